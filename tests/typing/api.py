"""What the public face promises to a type checker: read by mypy, never run."""

from __future__ import annotations

from pathlib import Path
from typing import assert_type

import rdflib

import kg
from kg.base.model import Entity, Fact, Figure, Reading
from kg.graph.rows import Rows
from kg.graph.store import Graph
from kg.graph.verbatim import Verdict


def building(source: Path) -> None:
    assert_type(kg.build(), kg.KnowledgeGraph)
    assert_type(kg.build(source, "b.txt", base="https://example.org/"), kg.KnowledgeGraph)
    assert_type(kg.build_text("甲", name="a"), kg.KnowledgeGraph)
    assert_type(kg.load("out"), kg.KnowledgeGraph)
    assert_type(kg.load(source), kg.KnowledgeGraph)
    assert_type(kg.__version__, str)
    kg.build(1)  # type: ignore[arg-type]
    kg.build_text("甲", "a")  # type: ignore[call-arg]
    kg.load()  # type: ignore[call-arg]


def asking(known: kg.KnowledgeGraph) -> None:
    assert_type(known.query("people", entity="甲"), Rows)
    assert_type(known.verify_quote("甲"), Verdict)
    assert_type(known.graph, Graph)
    assert_type(known.to_turtle(), str)
    assert_type(known.to_html(), str)
    assert_type(known.to_rdflib(), rdflib.Graph)
    assert_type(known.save("out"), None)
    known.query("people", entity=1)  # type: ignore[arg-type]
    known.texts["a"] = "甲"  # type: ignore[index]
    known.graph = Graph()  # type: ignore[misc]


def reading(known: kg.KnowledgeGraph) -> None:
    assert_type(known.readings, tuple[Reading, ...])
    assert_type(known.readings[0].entities, tuple[Entity, ...])
    assert_type(known.readings[0].facts, tuple[Fact, ...])
    assert_type(known.readings[0].figures, tuple[Figure, ...])


def failing(error: kg.KgError) -> Exception:
    return error
