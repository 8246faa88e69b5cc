"""The tools that an assistant is given: what each is for, and what it takes.

A tool is one entry here and one function in ``kg.serve.answers.tools``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kg.base.errors import QueryError
from kg.graph.vocabulary import PREDICATES, TYPES

__all__ = ["INSTRUCTIONS", "TOOLS", "Parameter", "Tool", "checked"]

INSTRUCTIONS: Final = (
    "A knowledge graph of Chinese articles, read only. Every fact has an id and the exact words of the article it was read "
    "from. Quote these words, name the article, and say what is planned, denied or only reported (status), or doubtful "
    "(confidence under 0.6). Check a quotation with verify_quote before you give it. No answer means: not in these articles."
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a tool takes."""

    name: str
    about: str = ""
    required: bool = False
    kind: str = "string"  # string, integer, or object (of texts)
    least: int = 1
    most: int = 200  # characters, or the number itself
    default: int = 0

    def schema(self) -> dict[str, Any]:
        """Return its JSON schema."""
        about = {"description": self.about} if self.about else {}
        if self.kind == "object":
            return {"type": "object", "additionalProperties": {"type": "string"}, **about}
        if self.kind == "integer":
            return {"type": "integer", "minimum": self.least, "maximum": self.most, **about}
        return {"type": "string", "maxLength": self.most, **about}


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool."""

    name: str
    about: str  # {predicates} and {types} stand for those of the schema
    parameters: tuple[Parameter, ...]

    def told(self) -> str:
        """Return what it is for, with the relations and types that graphs have now, the user's among them."""
        holes: dict[str, Sequence[str]] = {"{predicates}": PREDICATES, "{types}": TYPES}
        text = self.about
        for hole, names in holes.items():
            text = text.replace(hole, " ".join(f"kg:{name}" for name in names))
        return text

    def schema(self) -> dict[str, Any]:
        """Return the JSON schema of what it takes."""
        required = [each.name for each in self.parameters if each.required]
        properties = {each.name: each.schema() for each in self.parameters}
        return {
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": False,
        }


def _limit(most: int, default: int) -> Parameter:
    return Parameter("limit", f"default {default}", kind="integer", most=most, default=default)


_OFFSET: Final = Parameter("offset", kind="integer", least=0, most=1_000_000)

TOOLS: Final = (
    Tool(
        "find",
        "Things (people, bodies, places, awards, documents, activities, products) whose name holds the words, and quotes of facts "
        "that hold all of them. Start here.",
        (Parameter("words", "Chinese, as articles write it", required=True), _limit(20, 10)),
    ),
    Tool(
        "about",
        "All facts and figures about one thing, each with id, status and quotes. Several of one name are listed: ask again by id.",
        (Parameter("thing", "a name or an id", required=True, most=500), _limit(50, 20), _OFFSET),
    ),
    Tool(
        "ask",
        "A question in Chinese, one at a time (周渭超担任什么职务？ 谁投资了甲公司？): a sentence, its values with the facts that say so, and "
        "the SPARQL. outcome: answered; nothing (the articles do not say); several (say which); unknown or unread (see nearest). passages: sentences that speak of it.",
        (Parameter("question", required=True, most=100),),
    ),
    Tool(
        "sparql",
        "A named query (people, honours, money, timeline, documents, activities, support, doubtful, conflicts, main-events, articles), "
        "or SPARQL 1.1 SELECT/ASK. Prefixes kg: rdf: rdfs: schema: prov: oa: are known. A fact is an rdf:Statement with rdf:subject, "
        "rdf:predicate ({predicates}), rdf:object, schema:roleName, kg:status; select it to get its quotes. Names: rdfs:label "
        '("..."@zh). Types: {types}.',
        (
            Parameter("query", required=True, most=20_000),
            Parameter("params", "of a named query", kind="object"),
            _limit(50, 20),
        ),
    ),
    Tool(
        "source",
        "The text of an article from a place on (offsets in code points), and the facts that quote it there.",
        (
            Parameter("article", "its id or name", required=True, most=500),
            Parameter("start", kind="integer", least=0, most=100_000_000),
            Parameter("length", "default 1000", kind="integer", most=4000, default=1000),
        ),
    ),
    Tool(
        "verify_quote",
        "Do these words stand word for word in the articles: yes, no or cannot say, where, and the nearest passages.",
        (Parameter("words", required=True, most=2000), _limit(20, 5)),
    ),
)
"""All tools, in the order in which they are told; together their schemas stay under 4 kB, for each costs every conversation."""


def checked(name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a tool was given, with what it takes by default.

    Raises:
        QueryError: there is no such tool, or it does not take this.
    """
    tool = next((each for each in TOOLS if each.name == name), None)
    if tool is None:
        raise QueryError(name[:60], f"no such tool; known: {' '.join(each.name for each in TOOLS)}")
    known = {each.name: each for each in tool.parameters}
    for word in given:
        if word not in known:
            raise QueryError(name, f"unknown argument {word[:60]}; known: {' '.join(known)}")
    return {each.name: _value(name, each, given.get(each.name)) for each in tool.parameters}


def _value(tool: str, parameter: Parameter, value: Any) -> Any:  # noqa: ANN401 - as JSON has it
    if value is None and parameter.required:
        raise QueryError(tool, f"the argument {parameter.name} is missing")
    if parameter.kind == "object":
        return _texts(tool, parameter, {} if value is None else value)
    if parameter.kind == "integer":
        return _whole(tool, parameter, parameter.default if value is None else value)
    if not isinstance(value, str) or not value.strip() or len(value) > parameter.most:
        raise QueryError(tool, f"{parameter.name} is a text of 1 to {parameter.most} characters")
    return value


def _whole(tool: str, parameter: Parameter, value: Any) -> int:  # noqa: ANN401
    if (
        isinstance(value, bool)
        or not isinstance(value, int)
        or not parameter.least <= value <= parameter.most
    ):
        raise QueryError(
            tool, f"{parameter.name} is a whole number from {parameter.least} to {parameter.most}"
        )
    return value


def _texts(tool: str, parameter: Parameter, value: Any) -> dict[str, str]:  # noqa: ANN401
    if not isinstance(value, dict) or not all(
        isinstance(each, str) and len(each) <= parameter.most for each in value.values()
    ):
        raise QueryError(tool, f"{parameter.name} is an object of texts")
    return dict(value)
