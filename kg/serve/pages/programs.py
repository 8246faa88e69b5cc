"""The page for programs: SPARQL, the named queries, the search, each with an example."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from urllib.parse import quote

from kg.graph.query import NamedQuery
from kg.serve.discovery import VOID
from kg.serve.html import el
from kg.serve.pages.frame import frame
from kg.serve.words import Language, word

__all__ = ["programs_page"]


_EXAMPLE: Final = """
PREFIX kg: <https://example.org/kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?name { ?person a kg:Person ; rdfs:label ?name }
"""


_QUERIES: Final = "curl -H 'Accept: text/turtle' {}/api/queries"


def programs_page(queries: Sequence[NamedQuery], address: str, language: Language) -> str:
    """Return the page that says how programs ask: SPARQL, the named queries, the search, each with an example."""
    examples = {
        "curl": f"curl -H 'Accept: text/csv' {address}/sparql --data-urlencode 'query={_EXAMPLE}'",
        "pandas": f'import pandas\n\npandas.read_csv("{address}/api/queries/people?format=csv")',
        "SPARQLWrapper": (
            "from SPARQLWrapper import JSON, SPARQLWrapper\n\n"
            f'wrapper = SPARQLWrapper("{address}/sparql")\nwrapper.setReturnFormat(JSON)\n'
            f'wrapper.setQuery("""{_EXAMPLE}""")\nwrapper.query().convert()["results"]["bindings"]'
        ),
        "rdflib": (
            "import rdflib\nfrom rdflib.plugins.stores.sparqlstore import SPARQLStore\n\n"
            f'graph = rdflib.Graph(SPARQLStore("{address}/sparql"))\n'
            f'for row in graph.query("""{_EXAMPLE}"""):\n    print(row.name)'
        ),
    }
    rows = []
    for each in queries:
        given = "&".join(f"{p.name}={quote(p.example)}" for p in each.parameters if not p.optional)
        path = f"/api/queries/{each.name}" + (f"?{given}" if given else "")
        table = path + ("&" if given else "?") + "format=csv"
        rows.append(
            el(
                "li",
                el("span", each.title.get(language) or each.name),
                el("a", "JSON", href=path),
                el("a", "CSV", href=table),
                el("span", each.description.get(language, ""), cls="muted"),
            )
        )
    return frame(
        word("for_programs", language),
        language,
        el("h1", word("for_programs", language)),
        el("p", word("for_programs_text", language)),
        el(
            "ul",
            [
                el("li", el("a", el("code", path), href=path))
                for path in ("/sparql", "/openapi.json", "/api/queries")
            ],
        ),
        el("h2", word("dataset", language), id="data"),
        el("p", word("dataset_text", language)),
        el("pre", f"curl -H 'Accept: text/turtle' {address}{VOID}\n{_QUERIES.format(address)}", tabindex=0),
        el("h2", word("examples", language)),
        [[el("h3", name), el("pre", text, tabindex=0)] for name, text in examples.items()],
        el("h2", word("named_queries", language)),
        el("ul", rows, cls="rows"),
    )
