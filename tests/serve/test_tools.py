"""What the tools of an assistant answer, asked of a store as a worker has it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.base.errors import QueryError
from kg.graph.query import named_queries
from kg.graph.store import Graph
from kg.serve.answers.opened import Opened
from kg.serve.answers.tools import tool
from kg.serve.bulk_load import current_version, find_sources, load_store
from kg.serve.limits import Limits
from kg.serve.tools import INSTRUCTIONS, TOOLS

PLANNED = "SELECT ?f { ?f kg:status kg:planned }"


@pytest.fixture(scope="module")
def opened(
    both_graph: Graph, gold_reading: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Opened]:
    folder = tmp_path_factory.mktemp("tools")
    both_graph.write(folder / "graph.ttl")
    (folder / "articles").mkdir()
    (folder / "articles" / "yueyang.txt").write_bytes(gold_reading.article.text.encode())
    load_store(find_sources([folder / "graph.ttl"]), folder / "store")
    one = Opened(current_version(folder / "store"), Limits())
    yield one
    one.index.close()
    one._used.close()


def ask(opened: Opened, name: str, **given: Any) -> Any:
    reply = tool(opened, name, given)
    assert reply.status == 200
    return json.loads(json.dumps(reply.body))


def test_all_tools_together_cost_little() -> None:
    told = [{"name": each.name, "description": each.told(), "inputSchema": each.schema()} for each in TOOLS]

    assert len(TOOLS) <= 6
    assert len(json.dumps(told, ensure_ascii=False).encode()) < 4000
    assert len(INSTRUCTIONS.encode()) < 600


def test_the_named_queries_that_are_told_are_there() -> None:
    (about,) = [each.about for each in TOOLS if each.name == "sparql"]
    names = about.split("(", 1)[1].split(")", 1)[0].split(", ")

    assert set(names) <= set(named_queries())
    assert not [name for name in names if any(not p.optional for p in named_queries()[name].parameters)]


def test_words_find_things_and_quotes_each_with_a_fact(opened: Opened) -> None:
    found = ask(opened, "find", words="周渭超")

    (thing,) = found["things"]
    assert (thing["name"], thing["type"]) == ("周渭超", "Person")
    assert "周渭超" in thing["fact"]["quotes"][0]["quote"]
    assert found["quotes"]
    for row in found["quotes"]:
        assert row["facts"]
        assert "周渭超" in row["quote"]
        assert row["article"] == "yueyang"


def test_a_thing_is_told_fact_by_fact_and_page_by_page(opened: Opened) -> None:
    first = ask(opened, "about", thing="青禾集团", limit=3)
    by_id = ask(opened, "about", thing=first["id"], limit=3, offset=3)

    assert first["total"] == 4
    assert first["next_offset"] == 3
    assert "next_offset" not in by_id
    facts = [*first["facts"], *by_id["facts"]]
    assert {each["status"] for each in facts} == {"asserted", "planned", "denied", "reported"}
    for fact in facts:
        assert fact["quotes"][0]["quote"]
        assert fact["quotes"][0]["end"] - fact["quotes"][0]["start"] == len(fact["quotes"][0]["quote"])
    assert first["figures"][0]["quotes"][0]["quote"].startswith("青禾集团计划")


def test_a_question_is_answered_with_the_facts_that_say_so(opened: Opened) -> None:
    found = ask(opened, "ask", question="周渭超担任什么职务？")
    silent = ask(opened, "ask", question="今天天气怎么样")

    assert found["outcome"] == "answered"
    assert "铂盛热力公司董事长" in found["answer"]
    assert found["sparql"].startswith("PREFIX")
    for value in found["values"]:
        assert value["facts"][0]["id"]
        assert "周渭超" in value["facts"][0]["quotes"][0]["quote"]
    assert silent["outcome"] == "unread"
    assert "values" not in silent


def test_rows_of_named_queries_and_of_sparql_come_with_their_facts(opened: Opened) -> None:
    named = ask(opened, "sparql", query="people", limit=2)
    tied = ask(
        opened,
        "sparql",
        query="SELECT ?a ?b { ?f rdf:subject ?a ; rdf:object ?b ; rdf:predicate kg:receivedAward }",
    )
    itself = ask(opened, "sparql", query=PLANNED)

    assert (len(named["rows"]), named["more"]) == (2, True)
    assert named["total"] > 2
    for row in (*named["rows"], *tied["rows"], *itself["rows"]):
        assert row["facts"][0]["id"]
        assert row["facts"][0]["quotes"][0]["quote"]
    assert tied["names"][tied["rows"][0]["a"]]
    assert ask(opened, "sparql", query="ASK { ?s a kg:Person }") == {"answer": True}


def test_an_article_is_shown_in_pieces_with_what_quotes_them(opened: Opened, gold_reading: Any) -> None:
    text = gold_reading.article.text
    at = text.index("铂盛热力公司董事长")
    piece = ask(opened, "source", article="yueyang", start=at, length=9)

    assert piece["text"] == "铂盛热力公司董事长"
    assert piece["characters"] == len(text)
    assert "周渭超 任职于 铂盛热力公司（董事长）" in {each["says"] for each in piece["facts"]}
    assert all(each["quote"] for each in piece["facts"])
    assert ask(opened, "source", article=piece["id"], start=at, length=9) == piece
    assert ask(opened, "source", article="statuses")["text"] == ""


def test_a_quotation_is_verified(opened: Opened) -> None:
    found = ask(opened, "verify_quote", words="铂盛热力公司董事长周渭超")

    assert (found["answer"], found["exact"]) == ("yes", True)
    assert found["passages"][0]["facts"][0]["id"]
    assert ask(opened, "verify_quote", words="没有这句话的文章")["answer"] == "cannot say"
    near = ask(opened, "verify_quote", words="铂盛热力公司董事长周渭起同志")["nearest"][0]
    assert near["differs"] == [{"given": "起", "article": "超"}]


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("nothing", {}, "no such tool; known: find about ask"),
        ("find", {}, "the argument words is missing"),
        ("find", {"words": " "}, "words is a text of 1 to 200 characters"),
        ("find", {"words": 3}, "words is a text"),
        ("find", {"words": "甲", "limit": 21}, "limit is a whole number from 1 to 20"),
        ("find", {"words": "甲", "limit": True}, "limit is a whole number"),
        ("find", {"words": "甲", "where": "x"}, "unknown argument where; known: words limit"),
        ("about", {"thing": "周渭"}, "did you mean 周渭超?"),
        ("ask", {"question": "问" * 101}, "question is a text of 1 to 100 characters"),
        ("source", {"article": "none"}, "no article has this id or name"),
        ("sparql", {"query": "people", "params": {"who": 3}}, "params is an object of texts"),
        ("sparql", {"query": "SELECT ?x {}", "params": {"who": "x"}}, "params are of a named query"),
        ("sparql", {"query": "CONSTRUCT WHERE { ?s ?p ?o }"}, "ask a SELECT or an ASK"),
        ("sparql", {"query": "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }"}, "SERVICE is not allowed"),
        ("sparql", {"query": "SELECT"}, "line 1"),
    ],
)
def test_what_a_tool_does_not_take_is_one_line(
    opened: Opened, name: str, given: dict[str, Any], said: str
) -> None:
    with pytest.raises(QueryError) as error:
        tool(opened, name, given)

    assert said in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("words", [("mcp",), ("serve", "--mcp")])
def test_a_missing_extra_is_one_line_that_names_ours(words: tuple[str, ...], tmp_path: Path) -> None:
    code = f"import sys; sys.modules['mcp'] = None; from kg.cli.app import main; sys.argv = ['kg', *{words!r}]; main()"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False, cwd=tmp_path
    )

    asked = "--mcp" if len(words) > 1 else "kg mcp"
    assert done.returncode == 1
    assert done.stderr == f"kg: {asked}: needs packages that are not installed (pip install 'kg-zh[mcp]')\n"
