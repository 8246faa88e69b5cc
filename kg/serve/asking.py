"""Questions in Chinese over HTTP, ``/api/ask``, and the description of what is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, get_args

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kg.graph.vocabulary import STATUSES
from kg.questions.model import Outcome
from kg.questions.words import LONGEST
from kg.serve.described import listed, operation, record, ref
from kg.serve.protocol import RefusedError
from kg.serve.received import only

if TYPE_CHECKING:
    from kg.serve.site import Site

__all__ = ["PATHS", "SCHEMAS", "route"]

_TEXT: Final = {"type": "string"}

PATHS: Final[dict[str, Any]] = {
    "/api/ask": operation(
        "ask",
        "The answer to a question in Chinese: a sentence, its values and quotes, and the SPARQL that gave them",
        [
            {
                "name": "q",
                "in": "query",
                "required": True,
                "description": "the question",
                "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST},
                "example": "周渭超担任什么职务？",
            }
        ],
        {"application/json": ref("Answer")},
    )
}

_SOURCE: Final = record(
    ("quote", "article", "name", "start", "end", "node", "page"),
    quote=_TEXT,
    article={**_TEXT, "description": "its title"},
    name={**_TEXT, "description": "of the article, as its file in articles/ has it"},
    start={"type": "integer", "description": "in code points"},
    end={"type": "integer"},
    node={**_TEXT, "description": "IRI of the fact or figure; of the article, where no fact says it"},
    page=_TEXT,
)

SCHEMAS: Final[dict[str, Any]] = {
    "Value": record(
        ("text", "status", "former", "confidence"),
        text=_TEXT,
        iri={**_TEXT, "description": "of the thing, where it is one"},
        status={"type": "string", "enum": list(STATUSES)},
        former={"type": "boolean"},
        confidence={"type": "number", "minimum": 0, "maximum": 1},
        date={**_TEXT, "description": "EDTF"},
    ),
    "Answer": record(
        (
            *("question", "outcome", "answer", "understood", "values", "besides", "sources", "nearest"),
            *("passages", "sparql"),
        ),
        question=_TEXT,
        outcome={
            "type": "string",
            "enum": list(get_args(Outcome)),
            "description": "nothing: the graph does not say; several: it must be said which is meant; unknown: a name in it is "
            "in no article; unread: not understood",
        },
        answer={**_TEXT, "description": "a sentence in Chinese"},
        understood={**_TEXT, "description": "as what the question was read"},
        kind=_TEXT,
        values=listed(ref("Value")),
        besides={**listed(ref("Value")), "description": "former, doubtful and denied ones, said apart"},
        sources=listed(_SOURCE),
        nearest={**listed(_TEXT), "description": "questions that have an answer"},
        passages={
            **listed(_SOURCE),
            "description": "where there is no answer: sentences of the articles that speak of what is asked",
        },
        names={"type": "object", "additionalProperties": _TEXT},
        sparql=_TEXT,
    ),
}


def route(site: Site) -> Route:
    """Return the route that answers questions."""

    async def ask(request: Request) -> Response:
        words = only(request, ("q",)).get("q", "")
        if not words.strip() or len(words) > LONGEST:
            raise RefusedError(400, f"q, the question, has 1 to {LONGEST} characters")
        reply = await site.ask(request, "question", words)
        return JSONResponse(reply.body)

    return Route("/api/ask", ask)
