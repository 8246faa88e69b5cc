"""What the documentation says of commands, options, terms and files is there; what is made of them is whole."""

from __future__ import annotations

import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, Final

import pytest
import typer

from kg.base.schema import schema
from kg.cli.app import app
from kg.graph.query import named_queries

ROOT: Final = Path(__file__).parents[2]
DOCS: Final = ROOT / "docs"
PAGES: Final = sorted([*DOCS.rglob("*.md"), *ROOT.glob("README*.md")])
COMMANDS: Final[dict[str, Any]] = typer.main.get_command(app).commands  # type: ignore[attr-defined]
OPTIONS: Final = {
    word for each in COMMANDS.values() for one in each.params for word in (*one.opts, *one.secondary_opts)
}
OTHERS: Final = {"--help", "--lang", "--version"}
_LARGEST: Final = 150_000


@pytest.fixture(scope="module")
def made() -> Any:
    """The program that makes the reference; it does not need Sphinx."""
    spec = spec_from_file_location("made", DOCS / "_program" / "made.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_command_option_and_query_that_a_page_names_is_there(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    code = "\n".join((*text.split("```")[1::2], *re.findall(r"`([^`\n]+)`", text)))
    lines = [line.partition("  #")[0] for line in code.splitlines() if re.match(r"(\$ |\S*/)?kg ", line)]

    for line in lines:
        words = re.findall(r"(?<!\S)(--[a-z][\w-]*)", line)
        assert set(words) <= OPTIONS | OTHERS, line
    assert set(re.findall(r"(?<![\w/-])kg ([a-z][a-z-]+)(?=[\s`])", code)) <= set(COMMANDS)
    assert set(re.findall(r"kg query ([a-z][a-z-]*)(?=[\s`]|$)", code)) <= set(named_queries())


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_reference_has_every_command_with_its_options(made: Any, language: str) -> None:
    text = made.commands(language)

    assert re.findall(r"^## kg (\S+)$", text, re.MULTILINE) == list(COMMANDS)
    for word in OPTIONS:
        if word.startswith("--"):
            assert re.search(rf"`[^`]*{word}\b", text), word
    assert ("写入的文件夹" in text) is (language == "zh")
    assert "[" not in re.sub(r"`[^`]*`|\\\[|```.*?```", "", text, flags=re.DOTALL)


def test_the_reference_has_every_term_and_every_query(made: Any) -> None:
    terms, queries = made.terms(), made.queries()

    for each in (
        *schema().types,
        *schema().kinds,
        *schema().predicates,
        *schema().statuses,
        *schema().derived,
    ):
        assert f"| `{each}` |" in terms
    assert "`rare-name` | a name that hardly anybody bears<br>" in made.rules()
    assert re.findall(r"^## (\S+)$", queries, re.MULTILINE) == list(named_queries())
    assert "`former`, `any`" in queries


def test_a_place_for_what_nobody_makes_is_an_error(made: Any) -> None:
    assert made.filled("a\n<!-- made: statuses -->\n").count("\n| `") == 7
    with pytest.raises(KeyError):
        made.filled("<!-- made: nothing -->")


def test_only_files_beside_the_site_are_handed_out(made: Any) -> None:
    text = "[a](../README.md) [b](../benchmarks/quality/README.zh.md) [c](model.md)"

    assert (
        made.handed_out(text, 0)
        == "[a](path:../README.md) [b](path:../benchmarks/quality/README.zh.md) [c](model.md)"
    )
    assert (
        made.handed_out("[a](../model.md) [b](../../README.md)", 1)
        == "[a](../model.md) [b](path:../../README.md)"
    )


def test_pictures_are_few_small_and_shown() -> None:
    pages = "".join(path.read_text(encoding="utf-8") for path in DOCS.glob("*.md"))
    pictures = sorted((DOCS / "pictures").iterdir())

    assert 1 <= len(pictures) <= 8
    for each in pictures:
        assert each.stat().st_size < _LARGEST, each.name
        assert f"](pictures/{each.name})" in pages


def test_links_between_pages_lead_somewhere() -> None:
    for path in PAGES:
        for target in re.findall(r"\]\(((?!https?:)[^)#\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"
