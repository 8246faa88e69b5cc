"""A table of answers as people read it: names, titles and dates where the answers have IRIs."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from kg.base.language import Language, columns
from kg.graph.readable import readable
from kg.graph.rows import Rows
from kg.graph.store import Node, Term, text_of
from kg.serve.answers.opened import Opened, refusal
from kg.serve.reply import Reply

__all__ = ["table"]


def table(opened: Opened, data: bytes, language: Language) -> Reply:
    """Return the table that some rows of an answer (SPARQL 1.1 JSON) are to a reader of a language.

    It is the table that ``kg query`` prints, with the page of each node.
    """
    try:
        rows = Rows.parse("select", data)
    except (ValueError, SyntaxError):
        return refusal(400, "no table: send the results of a SELECT as application/sparql-results+json")
    shown = readable(rows, opened.graph, language)
    kept = [rows.columns.index(name) for name in shown.columns]
    texts = shown.cells(opened.graph.base)
    heads = columns() if language == "zh" else {}
    value = {
        "columns": list(shown.columns),
        "heads": [heads.get(name, name) for name in shown.columns],
        "rows": [
            [_cell(opened, text, row[at]) for text, at in zip(line, kept, strict=True)]
            for line, row in zip(texts, rows.rows, strict=True)
        ],
    }
    return Reply(200, "application/json", value)


def _cell(opened: Opened, text: str, term: Term | None) -> dict[str, Any]:
    if not isinstance(term, Node) or next(opened.graph.quads(term), None) is None:
        return {"text": text}
    iri = text_of(term)
    local = opened.local(iri)
    return {
        "text": text,
        "iri": iri,
        "page": f"/id/{quote(local)}" if local else f"/page?iri={quote(iri, safe='')}",
    }
