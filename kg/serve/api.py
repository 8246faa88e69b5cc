"""The named queries and the search as an API, and the OpenAPI description that says so."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kg.decide.model import VERDICTS
from kg.graph.query import NamedQuery, Parameter, named_queries
from kg.graph.vocabulary import STATUSES, TYPES
from kg.serve import asking, discovery
from kg.serve.described import listed, number, operation, problem, record, ref
from kg.serve.facets import FACETS, PARAMETERS, SCHEMA, narrowed_by
from kg.serve.protocol import GRAPHS, RefusedError, negotiate
from kg.serve.received import only, whole

if TYPE_CHECKING:
    from kg.serve.site import Site

__all__ = ["description", "routes"]

_MOST, _DEFAULT, _FARTHEST = 10_000, 1_000, 1_000_000_000
_LONGEST, _LONGEST_QUOTE = 200, 2_000
_STATUSES: Final = (*STATUSES, "any")
_MEDIA = {"json": "application/json", "csv": "text/csv"}
_NUMBER = re.compile(r"[+-]?[0-9]{1,30}(\.[0-9]{1,30})?")
_SHARED: Final = ("limit", "offset", "format")


def routes(site: Site, *, decides: bool = False) -> list[Route]:
    """Return the routes under ``/api`` and the description of them, which tells those of ``Editing`` where one ``decides``."""

    async def catalogue(request: Request) -> Response:
        only(request, ())
        queries = named_queries().values()
        media = negotiate(request.headers.get("accept"), [_MEDIA["json"], *GRAPHS])
        if media in GRAPHS:
            return discovery.queries(request, queries, media)
        headers = {"Vary": "Accept"}
        return JSONResponse({"queries": [_about(query) for query in queries]}, headers=headers)

    async def named(request: Request) -> Response:
        query = named_queries().get(request.path_params["name"])
        if query is None:
            raise RefusedError(404, "no query of this name; /api/queries lists them")
        given = only(request, (*(each.name for each in query.parameters), *_SHARED))
        media = _media(request, given)
        values = {each.name: given[each.name] for each in query.parameters if each.name in given}
        _check(query, values)
        limit, offset = whole(given, "limit", 1, _MOST, _DEFAULT), whole(given, "offset", 0, _FARTHEST, 0)
        reply = await site.ask(request, "named", query.name, values, limit, offset, media)
        return Response(reply.body, reply.status, media_type=reply.media)

    async def search(request: Request) -> Response:
        given = only(request, ("q", "limit", "offset", *FACETS))
        limit, offset = whole(given, "limit", 1, 100, 20), whole(given, "offset", 0, 100_000, 0)
        whole(given, "sources", 0, 1000, 0)
        reply = await site.ask(request, "search", _words(given), limit, offset, narrowed_by(given))
        facets = reply.body["facets"]
        return JSONResponse(
            {
                "entities": [_entity(each) for each in reply.body["entities"]],
                "quotes": [
                    {
                        "text": each["text"],
                        "start": each["start"],
                        "found_at": each["found_at"],
                        "article": {"iri": each["article"], "title": each["title"] or ""},
                        "facts": [{"iri": fact["iri"], "label": fact["label"]} for fact in each["facts"]],
                    }
                    for each in reply.body["quotes"]
                ],
                "facets": {**facets, "articles": [_counted(each) for each in facets["articles"]]},
            }
        )

    async def suggest(request: Request) -> Response:
        given = only(request, ("q", "limit"))
        reply = await site.ask(request, "suggest", _words(given), whole(given, "limit", 1, 50, 10))
        return JSONResponse({"entities": [_entity(each) for each in reply.body]})

    async def verify_quote(request: Request) -> Response:
        given = only(request, ("q", "limit"))
        limit = whole(given, "limit", 1, 100, 20)
        reply = await site.ask(request, "verify_quote", _words(given, _LONGEST_QUOTE), limit)
        return JSONResponse(reply.body)

    async def openapi(request: Request) -> Response:
        return JSONResponse(description(str(request.base_url).rstrip("/"), decides=decides))

    return [
        Route("/api/queries", catalogue),
        Route("/api/queries/{name}", named),
        Route("/api/search", search),
        Route("/api/suggest", suggest),
        Route("/api/verify-quote", verify_quote),
        asking.route(site),
        Route("/openapi.json", openapi),
    ]


def _entity(row: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: row[name] for name in ("iri", "label", "type", "matched", "degree")}
    return {**kept, "page": f"/id/{row['local']}" if row["local"] else ""}


def _counted(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"iri": row["iri"], "title": row["title"] or "", "count": row["count"]}


def _about(query: NamedQuery) -> dict[str, Any]:
    return {
        "name": query.name,
        "title": dict(query.title),
        "description": dict(query.description),
        "parameters": [
            {"name": each.name, "kind": each.kind, "example": each.example, "required": not each.optional}
            for each in query.parameters
        ],
        "sparql": query.text,
        "path": f"/api/queries/{query.name}",
    }


# reading requests ---------------------------------------------------------------------------------------------------


def _media(request: Request, given: Mapping[str, str]) -> str:
    if "format" in given:
        if given["format"] not in _MEDIA:
            raise RefusedError(400, "unknown format; known: json csv")
        return _MEDIA[given["format"]]
    media = negotiate(request.headers.get("accept"), list(_MEDIA.values()))
    if media is None:
        raise RefusedError(406, "answers come as application/json or text/csv")
    return media


def _words(given: Mapping[str, str], most: int = _LONGEST) -> str:
    words = given.get("q", "")
    if not 1 <= len(words) <= most or (most == _LONGEST_QUOTE and not words.strip()):
        raise RefusedError(400, f"q, what to search for, has 1 to {most} characters")
    return words


def _check(query: NamedQuery, values: Mapping[str, str]) -> None:
    for each in query.parameters:
        value = values.get(each.name)
        if value is None:
            if not each.optional:
                raise RefusedError(
                    400, f"the parameter {each.name} is missing, as {each.name}={each.example}"
                )
        elif each.kind == "status" and value not in _STATUSES:
            raise RefusedError(400, f"{each.name} is one of: {' '.join(_STATUSES)}")
        elif each.choices and value not in each.choices:
            raise RefusedError(400, f"{each.name} is one of: {' '.join(each.choices)}")
        elif each.kind == "number" and not _NUMBER.fullmatch(value):
            raise RefusedError(400, f"{each.name} is a number, as {each.example}")
        elif not 1 <= len(value) <= 500:
            raise RefusedError(400, f"{each.name} has 1 to 500 characters")


# the description ----------------------------------------------------------------------------------------------------


def description(server: str = "", *, decides: bool = False) -> dict[str, Any]:
    """Return the OpenAPI 3.1 description of the API, with that of deciding where the server takes decisions."""
    paths: dict[str, Any] = {
        "/api/queries": operation(
            "listQueries",
            "The named queries; as triples each is a sh:SPARQLExecutable",
            [],
            {"application/json": ref("Catalogue"), "text/turtle": {"type": "string"}},
        ),
        "/api/search": operation(
            "search",
            "Entities by name and quotes by words",
            [_words_parameter(), number("limit", 1, 100, 20), number("offset", 0, 100_000, 0), *PARAMETERS],
            {"application/json": ref("Found")},
        ),
        "/api/suggest": operation(
            "suggest",
            "Entities that a name being typed may mean",
            [_words_parameter(), number("limit", 1, 50, 10)],
            {"application/json": ref("Suggestions")},
        ),
        "/api/verify-quote": operation(
            "verifyQuote",
            "Whether words stand word for word in the texts, and where; else the nearest passages",
            [_words_parameter(_LONGEST_QUOTE), number("limit", 1, 100, 20)],
            {"application/json": ref("Verdict")},
        ),
        **asking.PATHS,
    }
    for query in named_queries().values():
        paths[f"/api/queries/{query.name}"] = _named_path(query)
    components: dict[str, Any] = {"schemas": _SCHEMAS}
    if decides:
        paths["/api/decisions"] = _decisions_path()
        components["schemas"] = {**_SCHEMAS, **_OF_DECISIONS}
        components["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "kg",
            "version": "1",
            "description": "A knowledge graph of Chinese news: named queries as JSON or CSV, and search. SPARQL is at /sparql.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        **({"servers": [{"url": server}]} if server else {}),
        "paths": paths,
        "components": json.loads(json.dumps(components)),
    }


def _named_path(query: NamedQuery) -> dict[str, Any]:
    parameters = [_parameter(each) for each in query.parameters]
    parameters += [
        number("limit", 1, _MOST, _DEFAULT),
        number("offset", 0, _FARTHEST, 0),
        {
            "name": "format",
            "in": "query",
            "description": "instead of the Accept header",
            "schema": {"type": "string", "enum": list(_MEDIA)},
        },
    ]
    answers = {"application/json": ref("Rows"), "text/csv": {"type": "string"}}
    summary = f"{query.title.get('en', query.name)} {query.title.get('zh', '')}".strip()
    path = operation(query.name, summary, parameters, answers)
    path["get"]["description"] = "\n\n".join(
        query.description[each] for each in ("en", "zh") if each in query.description
    )
    path["get"]["responses"]["404"] = problem("No entity or fact of this name")
    path["get"]["responses"]["406"] = problem("Neither JSON nor CSV is accepted")
    return path


def _decisions_path() -> dict[str, Any]:
    path = operation("listDecisions", "All decisions that stand", [], {"application/json": ref("Decisions")})
    path |= operation(
        "decide",
        "Write decisions to the folder's file: all of them, or none",
        [],
        {"application/json": ref("Decided")},
        "post",
    )
    one, several = ref("Decision"), listed(ref("Decision"))
    path["post"]["requestBody"] = {
        "required": True,
        "content": {
            "application/json": {
                "schema": {"anyOf": [one, several, record(("decisions",), decisions=several)]}
            }
        },
    }
    for each in path.values():
        each["security"] = [{"token": []}]
        each["responses"] = {
            "200": each["responses"]["200"],
            "403": problem("The token is missing"),
            "500": problem("The file cannot be read or written"),
        }
    path["post"]["responses"] |= {
        "400": problem("The body is no JSON"),
        "409": problem("They contradict each other, or what stands there: the ids of both"),
        "413": problem("The body is too large"),
        "415": problem("The body is no application/json"),
        "422": problem("One is no decision, or about no article of the graph"),
    }
    return path


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schemas: dict[str, dict[str, Any]] = {
        "status": {"type": "string", "enum": list(_STATUSES)},
        "number": {"type": "string", "pattern": f"^{_NUMBER.pattern}$"},
        "choice": {"type": "string", "enum": list(parameter.choices)},
    }
    meanings = {
        "entity": "an entity: any of its names, or its IRI",
        "fact": "a fact: its label, or its IRI",
        "status": "which facts to show",
    }
    return {
        "name": parameter.name,
        "in": "query",
        "required": not parameter.optional,
        "description": meanings.get(parameter.kind, parameter.kind),
        "schema": schemas.get(parameter.kind, {"type": "string", "minLength": 1, "maxLength": 500}),
        "example": parameter.example,
    }


def _words_parameter(most: int = _LONGEST) -> dict[str, Any]:
    schema = {"type": "string", "minLength": 1, "maxLength": most}
    return {
        "name": "q",
        "in": "query",
        "required": True,
        "description": "what to search for",
        "schema": schema,
    }


_TEXT = {"type": "string"}
_FOUND_AT = "page=3, page=3&viewrect=72,90,310,14 (points from the upper left corner) or paragraph=3 of a document that has any"
_TEXTS = {"type": "object", "additionalProperties": _TEXT}
_ENTITY = record(
    ("iri", "label", "type", "page"),
    iri=_TEXT,
    label=_TEXT,
    type={"type": "string", "enum": TYPES},
    matched=_TEXT,
    degree={"type": "integer", "minimum": 0},
    page=_TEXT,
)
_SCHEMAS: Final[dict[str, Any]] = {
    **asking.SCHEMAS,
    "Problem": record(
        ("status", "title"),
        status={"type": "integer"},
        title=_TEXT,
        detail=_TEXT,
        hint=_TEXT,
        ids={**listed(_TEXT), "description": "of decisions that contradict each other"},
    ),
    "Rows": record(
        ("query", "columns", "rows", "total"),
        query=_TEXT,
        columns={"type": "array", "items": _TEXT},
        rows={
            "type": "array",
            "items": {"type": "object", "additionalProperties": {"type": ["string", "number", "boolean"]}},
        },
        total={"type": "integer", "minimum": 0, "description": "rows without limit and offset"},
    ),
    "Catalogue": record(
        ("queries",),
        queries={
            "type": "array",
            "items": record(
                ("name", "title", "parameters", "sparql", "path"),
                name=_TEXT,
                title=_TEXTS,
                description=_TEXTS,
                sparql=_TEXT,
                path=_TEXT,
                parameters={
                    "type": "array",
                    "items": record(
                        ("name", "kind", "required"),
                        name=_TEXT,
                        kind=_TEXT,
                        example=_TEXT,
                        required={"type": "boolean"},
                    ),
                },
            ),
        },
    ),
    "Suggestions": record(("entities",), entities={"type": "array", "items": _ENTITY}),
    "Found": record(
        ("entities", "quotes", "facets"),
        facets=SCHEMA,
        entities={"type": "array", "items": _ENTITY},
        quotes={
            "type": "array",
            "items": record(
                ("text", "article", "facts"),
                text=_TEXT,
                start={"type": "integer"},
                found_at={**_TEXT, "description": _FOUND_AT},
                article=record(("iri", "title"), iri=_TEXT, title=_TEXT),
                facts={"type": "array", "items": record(("iri", "label"), iri=_TEXT, label=_TEXT)},
            ),
        },
    ),
    "Passage": record(
        ("article", "name", "start", "end", "quote", "facts"),
        article={**_TEXT, "description": "the IRI of the article"},
        name=_TEXT,
        title=_TEXT,
        start={"type": "integer", "description": "in code points"},
        end={"type": "integer"},
        quote={**_TEXT, "description": "the article's own characters"},
        before=_TEXT,
        after=_TEXT,
        found_at={**_TEXT, "description": _FOUND_AT},
        alike={"type": "number", "description": "how like the words, of the nearest"},
        differs=listed(record(("given", "article"), given=_TEXT, article=_TEXT)),
        facts={"type": "array", "items": record(("iri", "label"), iri=_TEXT, label=_TEXT)},
    ),
    "Verdict": record(
        ("answer", "exact", "total", "passages", "nearest"),
        words=_TEXT,
        answer={
            "type": "string",
            "enum": ["yes", "no", "cannot say"],
            "description": "cannot say: not found, and texts of the graph are not at hand",
        },
        exact={
            "type": "boolean",
            "description": "to the character; a yes without it: but for full and half width and white space",
        },
        total={"type": "integer", "minimum": 0},
        passages=listed(ref("Passage")),
        nearest=listed(ref("Passage")),
        articles={"type": "integer", "minimum": 0},
        without_text={"type": "integer", "minimum": 0, "description": "articles whose text is not at hand"},
        without_text_names=listed(_TEXT),
    ),
}
_STANDING: Final = {
    "state": {"type": "string", "enum": ["applied", "pending", "failed"]},
    "problem": {**_TEXT, "description": "why they are not applied, where that failed"},
    "version": {**_TEXT, "description": "of the graph that is served"},
}
_OF_DECISIONS: Final[dict[str, Any]] = {
    "Decision": {
        **record(
            ("verdict",),
            id=_TEXT,
            verdict={"type": "string", "enum": VERDICTS},
            by=_TEXT,
            on=_TEXT,
            note=_TEXT,
        ),
        "description": "The fields of decisions.toml; dates are texts, and value is a text or a number.",
    },
    "Decisions": record(("state", "decisions"), decisions=listed(ref("Decision")), **_STANDING),
    "Decided": record(
        ("ids", "written", "renamed", "state"),
        ids=listed(_TEXT),
        written=listed(ref("Decision")),
        renamed={**_TEXTS, "description": "ids that others had, and those given in their place"},
        replaced={**_TEXTS, "description": "ids of what was withdrawn for another answer, and of that"},
        **_STANDING,
    ),
}
