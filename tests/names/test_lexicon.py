"""The lists of the language: what they answer, and that a broken file is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.base.errors import ResourceError
from kg.base.wordlist import WordTable, read_words
from kg.names import lexicon
from kg.names.lexicon import (
    bodies,
    dealing_words,
    leagues,
    names,
    organizations,
    references,
    regions,
    stock_words,
    titles,
)

LOADERS = {
    "bodies": bodies,
    "names": names,
    "organization": organizations,
    "references": references,
    "regions": regions,
    "teams": leagues,
    "titles": titles,
}


@pytest.mark.parametrize("name", LOADERS)
def test_a_key_that_nobody_reads_is_told(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = {**read_words(f"language/{name}.toml").data, "strnog": ["甲"]}
    monkeypatch.setattr(lexicon, "read_words", lambda where: WordTable(f"data/{where}", data))
    with pytest.raises(ResourceError, match=rf"{name}\.toml: unknown key 'strnog'"):
        LOADERS[name].__wrapped__()


@pytest.mark.parametrize("name", LOADERS)
def test_a_list_that_is_missing_is_told(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "read_words", lambda where: WordTable(f"data/{where}", {}))
    with pytest.raises(ResourceError, match=rf"data/language/{name}\.toml: "):
        LOADERS[name].__wrapped__()


@pytest.mark.parametrize(("name", "loader"), [("stock", stock_words), ("dealing", dealing_words)])
def test_so_is_one_in_a_table_of_the_organisations(
    name: str, loader: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    table = {**read_words("language/organization.toml").table(name).data, "strnog": ["甲"]}
    monkeypatch.setattr(lexicon, "read_words", lambda where: WordTable(f"data/{where}", {name: table}))
    with pytest.raises(ResourceError, match="unknown key 'strnog'"):
        loader.__wrapped__()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("副董事长", "leading"),
        ("原市长", "leading"),
        ("主任医师", "professional"),
        ("增长", ""),
        ("海川", ""),
        ("", ""),
    ],
)
def test_the_class_of_a_title_is_that_of_its_longest_end(words: str, kind: str) -> None:
    assert titles().class_of(words) == kind


def test_a_title_is_whole_only_where_prefixes_are_all_that_stands_before_it() -> None:
    assert titles().is_title("原副市长")
    assert not titles().is_title("海川市长")


def test_every_form_of_a_well_known_body_means_its_full_name() -> None:
    assert all(bodies()[full] == full for full in bodies().values())


def test_another_name_of_a_country_means_one_that_is_listed() -> None:
    assert regions().same["我国"] == "中国"
    assert "华" in regions().one_character


def test_the_longest_legal_form_comes_first() -> None:
    forms = organizations().company_forms
    assert list(map(len, forms)) == sorted(map(len, forms), reverse=True)
