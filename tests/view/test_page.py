"""The page as a file: what it holds, and what it may not."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import kg.view.page
from kg.base.model import Reading
from kg.base.resources import data_path
from kg.graph.store import Graph
from kg.graph.vocabulary import KG, KINDS, PREDICATES, RDFS, STATUSES, TYPES
from kg.view.page import important_part, label_width, page_of, render, wrap
from kg.view.picture import Fact, Node, Picture

WEB = Path(kg.view.page.__file__).parent / "web"
ASSETS = Path(kg.view.page.__file__).parent / "assets"


@pytest.fixture(scope="module")
def page(gold_graph: Graph, gold_reading: Reading) -> str:
    return page_of(gold_graph, [gold_reading.article.text])


def data_of(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def star(count: int) -> Picture:
    nodes = tuple(Node(f"https://example.org/kg/e{i:04}", "Person", f"第{i}人") for i in range(count))
    ties = tuple(
        Fact(f"https://example.org/kg/f{i:04}", nodes[i].iri, "partneredWith", nodes[0].iri)
        for i in range(1, count)
    )
    return Picture(nodes, ties, title="星")


def test_same_graph_gives_the_same_bytes_whatever_the_hash_seed(page: str, tmp_path: Path) -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parents[1])!r})\n"
        "from conftest import read_gold\nfrom kg.graph.store import Graph\nfrom kg.view.page import page_of\n"
        "reading = read_gold()\n"
        "sys.stdout.buffer.write(page_of(Graph.from_readings([reading]), [reading.article.text]).encode())"
    )
    for seed in ("0", "77"):
        run = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=tmp_path,
            capture_output=True,
            check=True,
        )
        assert hashlib.sha256(run.stdout).digest() == hashlib.sha256(page.encode()).digest()


def test_page_of_the_source_article_is_small(page: str) -> None:
    assert len(page.encode()) < 1_500_000


def test_page_asks_nobody_for_anything(page: str) -> None:
    shell = re.sub(r"<script.*?</script>|<style>.*?</style>", "", page, flags=re.DOTALL)

    assert not re.search(r"\b(src|href)\s*=\s*\"(?!#)", shell)
    assert "url(" not in (ASSETS / "page.css").read_text(encoding="utf-8")
    assert "@import" not in (ASSETS / "page.css").read_text(encoding="utf-8")


def test_the_page_calls_things_as_the_graph_does(page: str) -> None:
    labels, ontology = data_of(page)["labels"], Graph.load(data_path("ontology.ttl"))

    assert list(labels["types"]) == [*TYPES, *KINDS]
    assert list(labels["predicates"]) == ["containedInPlace", *PREDICATES]
    assert list(labels["statuses"]) == list(STATUSES)
    for name, said in ((name, said) for table in labels.values() for name, said in table.items()):
        if name != "containedInPlace":  # a term of schema.org
            assert set(said[:2]) == set(ontology.values(KG + name, RDFS + "label")), name


def test_script_and_style_of_the_page_name_no_predicate_and_a_colour_for_every_type() -> None:
    scripts = "".join(path.read_text(encoding="utf-8") for path in sorted((WEB / "src").glob("*.js")))

    assert not re.findall(rf"['\".]({'|'.join(PREDICATES)})\b", scripts)
    assert all(f"--{name}:" in (WEB / "src" / "page.css").read_text(encoding="utf-8") for name in TYPES)


def test_policy_names_the_hash_of_each_script_and_style(page: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    for tag in ("style", "script"):
        for content in re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL):
            digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
            assert f"&#x27;sha256-{digest}&#x27;" in policy[1]
    assert "default-src &#x27;none&#x27;" in policy[1]
    assert "unsafe" not in policy[1]


def test_texts_cannot_leave_their_script_element() -> None:
    attack = "</script><!--<script>&\u2028\u2029{{app}}"
    page = render(
        Picture((Node("https://example.org/kg/e1", "Person", attack, (attack,)),), (), title=attack)
    )

    assert page.count("</script>") == 3
    assert data_of(page)["nodes"][0]["label"] == attack
    assert "\u2028" not in page[page.index("<script") :]


def test_built_scripts_do_not_end_their_own_element() -> None:
    for name in ("app.js", "vis.js", "sigma.js"):
        assert "</script" not in (ASSETS / name).read_text(encoding="utf-8").lower()
        assert "<!--" not in (ASSETS / name).read_text(encoding="utf-8")


def test_pyvis_holds_nodes_edges_and_options(page: str) -> None:
    data = data_of(page)
    drawn = data["drawn"]

    assert len(drawn["nodes"]) == len(data["nodes"])
    assert {"id", "label", "x", "y", "size", "shape"} <= set(drawn["nodes"][0])
    assert sorted(fact for edge in drawn["edges"] for fact in edge["facts"]) == list(range(len(data["ties"])))
    assert drawn["options"]["physics"] == {"enabled": False}


def test_parallel_facts_share_a_line_and_opposite_ones_do_not() -> None:
    a, b = (Node(f"https://example.org/kg/{name}", "Person", name) for name in ("ea", "eb"))
    ties = tuple(
        Fact(f"https://example.org/kg/f{i}", s.iri, "supported", o.iri)
        for i, (s, o) in enumerate([(a, b), (a, b), (b, a)])
    )

    edges = data_of(render(Picture((a, b), ties)))["drawn"]["edges"]

    assert sorted(len(edge["facts"]) for edge in edges) == [1, 2]


def test_small_networks_come_with_vis_and_large_ones_with_sigma() -> None:
    assert data_of(render(star(300)))["large"] is False
    page = render(star(301))
    assert data_of(page)["large"] is True
    assert (ASSETS / "sigma.js").read_text(encoding="utf-8") in page
    assert (ASSETS / "vis.js").read_text(encoding="utf-8") not in page


def test_beyond_the_limit_the_most_important_part_stays() -> None:
    part = important_part(star(50), 10)

    assert star(50).nodes[0] in part.nodes
    assert len(part.nodes) == 10
    assert part.left_out == {"nodes": 40, "ties": 40}
    assert {tie.object for tie in part.facts} == {star(50).nodes[0].iri}


def test_an_empty_graph_gives_a_page() -> None:
    assert data_of(page_of(Graph()))["nodes"] == []


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("云溪区", ("云溪区",)),
        ("九个字也是一行的名", ("九个字也是一行的名",)),
        ("岳阳绿色化工高新技术产业开发区", ("岳阳绿色化工高新", "技术产业开发区")),
        ("United Nations Development", ("United Nations", "Development")),
        ("甲" * 40, ("甲" * 13, "甲" * 13, "甲" * 9 + "…")),
        ("“岳阳市三八红旗手”", ("“岳阳市三", "八红旗手”")),
        ("", ("",)),
    ],
)
def test_long_labels_break_into_even_lines(label: str, lines: tuple[str, ...]) -> None:
    assert wrap(label) == lines
    assert max(map(label_width, lines)) <= 14


PICTURE = """
from kg.view.page import render
from kg.view.picture import Node, Picture
picture = Picture((Node('https://example.org/kg/e1', 'Person', '甲'),), ())
page = render(picture)
"""
"""What a script of its own begins with that makes a page."""


def test_page_is_made_without_what_pyvis_does_not_need_for_it() -> None:
    code = (
        f"{PICTURE}import sys\n"
        "left = {'IPython', 'jinja2', 'jsonpickle', 'pyvis'} & {name.split('.')[0] for name in sys.modules}\n"
        "assert not left, left"
    )

    subprocess.run([sys.executable, "-c", code], check=True)


def test_who_uses_pyvis_beside_a_page_has_a_whole_one() -> None:
    code = (
        f"{PICTURE}import jinja2, jsonpickle\nfrom pyvis.network import Network\n"
        "network = Network()\nnetwork.add_node(1, label='甲')\n"
        "assert '<html>' in network.generate_html()\nassert jsonpickle.encode(1) == '1'\n"
        "assert render(picture) == page"
    )

    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_pyvis_that_is_there_is_used_and_kept() -> None:
    code = f"import sys\nimport pyvis.network\n{PICTURE}assert sys.modules['pyvis.network'] is pyvis.network"

    subprocess.run([sys.executable, "-c", code], check=True)


def test_licences_of_all_bundled_packages_are_listed() -> None:
    listed = (ASSETS / "LICENSES.txt").read_text(encoding="utf-8")

    for package in ("vis-network", "vis-data", "sigma", "graphology"):
        assert re.search(rf"^{package} \d", listed, re.MULTILINE)
    assert "GPL" not in listed


node = shutil.which("node")


@pytest.mark.more
@pytest.mark.skipif(node is None, reason="the script's own tests need Node")
def test_the_scripts_own_tests_pass() -> None:
    run = subprocess.run([str(node), "--test", "test/"], cwd=WEB, capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stdout[-4000:]


@pytest.mark.more
@pytest.mark.skipif(not (WEB / "node_modules").is_dir(), reason="needs `npm ci` in kg/view/web")
def test_built_files_are_what_the_sources_build(tmp_path: Path) -> None:
    subprocess.run([str(node), "build.mjs", str(tmp_path)], cwd=WEB, check=True)

    for name in ("app.js", "vis.js", "sigma.js", "page.css", "LICENSES.txt"):
        assert (tmp_path / name).read_bytes() == (ASSETS / name).read_bytes(), name
