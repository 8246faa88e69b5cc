"""What a pattern's fields may hold: one table, which the reader of patterns, their JSON Schema and the tests go by.

A wrong field is one line that names file, pattern and field, says what is wrong, and how to mend it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from kg.base.errors import ResourceError
from kg.base.wordlist import checked_words, did_you_mean
from kg.facts.passage import LETTERS

__all__ = ["FIELDS", "ID", "KINDS", "LABELS", "READERS", "Field", "check_fields"]

Type = Literal["text", "choice", "words", "letters", "regex", "number", "count", "flag", "cases"]

KINDS: Final = ("frame", "shape", "engine")
ALL: Final = frozenset(KINDS)
FRAME: Final = frozenset({"frame"})
SHAPE: Final = frozenset({"shape"})
ENGINE: Final = frozenset({"engine"})

LABELS: Final = (
    *(
        "n",
        "nz",
        "nw",
        "vn",
        "an",
        "f",
        "s",
        "v",
        "vd",
        "a",
        "ad",
        "d",
        "m",
        "q",
        "r",
        "p",
        "c",
        "u",
        "xc",
        "w",
    ),
    *("PER", "LOC", "ORG", "TIME"),
)
"""The labels that the tagger gives words."""

READERS: Final = (
    *("table-post", "table-gift", "table-deal", "table-stake", "table-award", "list-post"),
    *("scene-said", "scene-attended", "scene-listed", "scene-organized", "scene-spoke", "scene-medal"),
    *(
        "scene-chaired",
        "document-aside",
        "title-issuer",
        "official-issuer",
        "two-states",
        "parts-listed",
        "part-in-list",
    ),
    *("name-part", "name-seat", "name-state", "name-place", "name-host", "name-venue", "name-struck"),
    *("name-maker", "name-site", "name-issuer"),
    *("chain-host", "chain-place", "chain-seat", "chain-site", "chain-part", "chain-maker"),
    *("post-stack", "post-behind", "post-aside", "post-apposition", "post-term", "post-removed"),
    *("post-appointed", "post-resume", "member-of", "member-title", "student-title"),
    *("degree-in-list", "scene-roll"),
)
"""What the code does by itself; each has one engine pattern that describes and tests it."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a pattern: what it holds, which kinds of pattern may have it, which must, and what it is for."""

    type: Type
    help: str
    of: frozenset[str] = ALL
    must: frozenset[str] = frozenset()
    choices: tuple[str, ...] = ()  # of a choice, or of each word of a list


FIELDS: Final[Mapping[str, Field]] = {
    "id": Field("text", "The pattern's name, in small letters: facts name the pattern that found them.", must=ALL),
    "kind": Field("choice", "frame: a verb; shape: a regular expression; engine: code.", must=ALL, choices=KINDS),
    "predicate": Field("choice", "The relation it states.", must=ALL),
    "description": Field("text", "What it finds, with an example.", must=ALL),
    "confidence": Field("number", "How often it is right: above 0, up to 1.", must=ALL),
    "cues": Field("words", "The words that say it; a shape is looked for where one of them stands.", must=FRAME),
    "pos": Field("words", "Labels that the cue's first word may have.", FRAME, choices=LABELS),
    "boundary": Field(
        "choice", "Where a word must begin or end at the cue.", FRAME, choices=("both", "start", "none")
    ),
    "subject": Field("letters", "Types of the subject, the preferred first: P O L A D E R.", FRAME),
    "object": Field("letters", "Types of the object, the preferred first: P O L A D E R.", FRAME),
    "subject_side": Field(
        "choice", "Where the subject stands; joint: subject and object together before the cue.", FRAME,
        choices=("left", "right", "joint"),
    ),
    "object_side": Field(
        "choice", "Where the object stands; marker: behind one of `markers`.", FRAME,
        choices=("right", "left", "marker"),
    ),
    "markers": Field("words", "Words before the object.", FRAME),
    "gap": Field("count", "Characters between cue and object, at most.", FRAME),
    "carry": Field(
        "choice", "How far a subject named before goes on.", FRAME, choices=("no", "clause", "sentence")
    ),
    "carry_types": Field("letters", "Types of subjects that go on; without it, all.", FRAME),
    "before": Field("regex", "Must stand right before the cue.", FRAME),
    "not_before": Field("regex", "Must not stand right before the cue.", FRAME),
    "after": Field("regex", "Must stand right behind the cue.", FRAME),
    "not_after": Field("regex", "Must not stand right behind the cue.", FRAME),
    "not_behind_object": Field("regex", "Must not stand right behind the object.", FRAME),
    "object_like": Field("regex", "Must be found in the object's name.", FRAME),
    "inner": Field(
        "flag", "The object may be what the name of a project begins with: 中标甲局大楼工程.", FRAME
    ),
    "turned": Field("flag", "What stands before the cue is the object.", FRAME),
    "shape": Field("regex", "Subject <s:O>, object <o:L+>, the words between; (?P<c>...) is the cue.", SHAPE, SHAPE),
    "reader": Field("choice", "The part of the code it describes.", ENGINE, ENGINE, READERS),
    "takes_status": Field("flag", "What is done, not what is: it may be planned or denied.", ENGINE),
    "passes": Field("cases", "Sentences with the facts it finds there.", must=ALL),
    "fails": Field("cases", "Sentences where it finds nothing, or only the facts given.", must=ALL),
}  # fmt: skip

ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FACT = re.compile(r"(?P<s>.+?) > (?P<o>.+?)(?: : .+)?")
_CASE = 'write ["{长河机械|O}访问{青岚市|L}。", "长河机械 > 青岚市"]'


def check_fields(
    item: Mapping[str, Any], where: str, domain: Mapping[Any, tuple[str, str]], *, tested: bool = False
) -> None:
    """Check every field of a pattern; ``domain`` has the types of each predicate's subject and object.

    Where the file is ``tested``, expressions are checked as texts only: to compile them is most of the work.

    Raises:
        ResourceError: a field is missing, unknown, of another kind of pattern, or holds what it cannot.
    """
    for key in item:
        if key not in FIELDS:
            raise ResourceError(where, f"unknown field {key!r}", did_you_mean(key, FIELDS))
    _check_choice(where, "kind", item.get("kind"), KINDS)
    kind = item["kind"]
    for key, field in FIELDS.items():
        if kind in field.must and key not in item:
            raise ResourceError(where, f"field {key!r} is missing or empty", _help(field))
        if key in item and kind not in field.of:
            raise ResourceError(
                where, f"{key!r} is no field of a pattern of kind {kind!r}", f"only of {', '.join(field.of)}"
            )
    for key, value in item.items():
        if key != "predicate":
            kind_of_field = FIELDS[key].type
            _CHECKS["text" if tested and kind_of_field == "regex" else kind_of_field](where, key, value)
    _check_choice(where, "predicate", item["predicate"], tuple(domain))
    _check_types(where, item, domain[item["predicate"]])
    _check_together(where, item)


def _help(field: Field) -> str:
    return field.help.rstrip(".")


def _check_text(where: str, key: str, value: object) -> None:
    if not isinstance(value, str):
        raise ResourceError(where, f"{key!r} is {value!r}, no text", f'write {key} = "..."')
    if not value.strip():
        raise ResourceError(where, f"field {key!r} is missing or empty", _help(FIELDS[key]))
    if key == "id" and not ID.fullmatch(value):
        raise ResourceError(where, f"'id' is {value!r}", "small letters, digits and hyphens: event-held")


def _check_choice(where: str, key: str, value: object, choices: tuple[str, ...] = ()) -> None:
    choices = choices or FIELDS[key].choices
    if value is None or value == "":
        raise ResourceError(where, f"field {key!r} is missing or empty", f"one of {', '.join(choices)}")
    if not isinstance(value, str) or value not in choices:
        raise ResourceError(where, f"unknown {key} {value!r}", did_you_mean(str(value), choices))


def _check_words(where: str, key: str, value: object) -> None:
    words = checked_words(where, key, value)
    if not words:
        raise ResourceError(where, f"field {key!r} is missing or empty", _help(FIELDS[key]))
    for word in words:
        if word != word.strip():
            raise ResourceError(where, f"{key!r} has {word!r}", f"leave the space out: {word.strip()!r}")
        if FIELDS[key].choices:
            _check_choice(where, key, word)


def _check_letters(where: str, key: str, value: object) -> None:
    if not isinstance(value, str) or not value:
        raise ResourceError(
            where, f"{key!r} is {value!r}, no letters of types", f'some of {" ".join(LETTERS)}: {key} = "PO"'
        )
    for letter in value:
        if letter not in LETTERS:
            raise ResourceError(
                where, f"{key!r} has the unknown type {letter!r}", f"one of {', '.join(LETTERS)}"
            )
        if value.count(letter) > 1:
            raise ResourceError(where, f"{key!r} has the type {letter!r} twice", "leave one out")


def _check_regex(where: str, key: str, value: object) -> None:
    _check_text(where, key, value)
    source = str(value)
    if key == "shape":  # its slots are made into symbols when it is compiled
        return
    try:
        compiled = re.compile(source)
    except re.error as error:
        raise ResourceError(where, f"{key!r} is no regular expression: {error}", f"{source!r}") from error
    if compiled.match("") and compiled.match("一"):
        raise ResourceError(
            where,
            f"{key!r} matches anywhere, for one of its parts is empty",
            "take out the | with nothing beside it",
        )


def _check_number(where: str, key: str, value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value <= 1:
        raise ResourceError(where, f"{key!r} is {value!r}", f"a number above 0, up to 1: {key} = 0.8")


def _check_count(where: str, key: str, value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ResourceError(
            where, f"{key!r} is {value!r}", f"a whole number from 0 up, without quotes: {key} = 24"
        )


def _check_flag(where: str, key: str, value: object) -> None:
    if not isinstance(value, bool):
        raise ResourceError(where, f"{key!r} is {value!r}", f"true or false, without quotes: {key} = true")


def _check_cases(where: str, key: str, value: object) -> None:
    if not isinstance(value, list) or not value:
        raise ResourceError(where, f"field {key!r} is missing or empty", _CASE)
    seen: set[str] = set()
    for case in value:
        parts = [case] if isinstance(case, str) else case
        if not isinstance(parts, list) or not parts or not all(isinstance(part, str) for part in parts):
            raise ResourceError(where, f"{key!r} holds no case: {case!r}", _CASE)
        if key == "passes" and len(parts) < 2:
            raise ResourceError(where, f"{key!r} has a case without a fact: {parts[0]}", _CASE)
        if parts[0] in seen:
            raise ResourceError(where, f"{key!r} has a case twice: {parts[0]}", "leave one out")
        seen.add(parts[0])
        names = _marked(where, key, parts[0])
        for fact in parts[1:]:
            match = _FACT.fullmatch(fact)
            if match is None:
                raise ResourceError(
                    where, f"{key!r} has no fact {fact!r}", "subject > object, or subject > object : role"
                )
            for name in match.group("s", "o"):
                if name not in names:
                    raise ResourceError(
                        where, f"{key!r}: {name!r} is not marked in {parts[0]}", f"write {{{name}|O}}"
                    )


def _marked(where: str, key: str, text: str) -> set[str]:
    """Return the names marked in a case."""
    names: set[str] = set()
    open_names: list[str] = []
    here = 0
    while here < len(text):
        char = text[here]
        if char == "{":
            open_names.append("")
        elif char == "|" and open_names:
            letter = text[here + 1 : here + 2]
            if letter not in LETTERS or text[here + 2 : here + 3] != "}":
                raise ResourceError(
                    where,
                    f"{key!r}: unknown type in {text[here : here + 3]!r} of {text}",
                    f"one of {', '.join(LETTERS)}",
                )
            name = open_names.pop()
            names.add(name)
            here += 2
        elif char == "}":
            raise ResourceError(
                where, f"{key!r}: a brace closes nothing in {text}", "mark a name as {长河机械|O}"
            )
        else:
            open_names = [name + char for name in open_names]
        here += 1
    if open_names:
        raise ResourceError(where, f"{key!r}: a brace is open in {text}", "mark a name as {长河机械|O}")
    return names


_CHECKS: Final[Mapping[str, Callable[[str, str, object], None]]] = {
    "text": _check_text,
    "choice": _check_choice,
    "words": _check_words,
    "letters": _check_letters,
    "regex": _check_regex,
    "number": _check_number,
    "count": _check_count,
    "flag": _check_flag,
    "cases": _check_cases,
}


def _check_types(where: str, item: Mapping[str, Any], domain: tuple[str, str]) -> None:
    """Check that subject and object have types that the predicate takes."""
    subject, object_ = item.get("subject", domain[0]), item.get("object", domain[1])
    predicate = item["predicate"]
    for end, own, letters in (("subject", subject, domain[0]), ("object", object_, domain[1])):
        for letter in own:
            if letter not in letters:
                raise ResourceError(
                    where, f"{end} type {letter!r} does not suit {predicate}", f"one of {letters}"
                )
    carried = object_ if item.get("turned") else subject
    for letter in item.get("carry_types", ""):
        if letter not in carried:
            raise ResourceError(
                where, f"'carry_types' has {letter!r}, no type of the subject", f"some of {carried}"
            )


def _check_together(where: str, item: Mapping[str, Any]) -> None:
    """Check what fields say together."""
    if item.get("object_side") == "marker" and not item.get("markers"):
        raise ResourceError(where, "object_side = \"marker\" needs 'markers'", 'markers = ["在", "于"]')
    if item.get("markers") and item.get("object_side") != "marker":
        raise ResourceError(
            where, "'markers' says nothing without object_side = \"marker\"", "add it, or drop them"
        )
    if item.get("carry_types") and item.get("carry") == "no":
        raise ResourceError(where, "'carry_types' says nothing beside carry = \"no\"", "drop one of them")
    both = {_text_of(case) for case in item["passes"]} & {
        _text_of(case) for case in item["fails"] if isinstance(case, str)
    }
    if both:
        raise ResourceError(where, f"a case passes and fails: {min(both)}", "leave one out")


def _text_of(case: Any) -> str:  # noqa: ANN401 - a case of TOML, checked before
    return case if isinstance(case, str) else str(case[0])
