"""The command ``kg verify-quote``: does this stand in the texts, word for word."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Final

import typer

from kg.base.errors import KgError
from kg.base.language import say, told
from kg.cli.common import GraphOption, choice, load_graph
from kg.cli.streams import print_text, tell_failure

if TYPE_CHECKING:
    from kg.graph.verbatim import Found, Verdict

__all__ = ["register"]

_FORMS: Final = ("text", "json")
CANNOT_SAY: Final = 3


def register(app: typer.Typer) -> None:
    """Add the command ``verify-quote``."""
    app.command(name="verify-quote")(verify_quote)


def verify_quote(
    words: Annotated[str, typer.Argument(metavar="WORDS", help="The words; - for standard input.")],
    graph: GraphOption = None,
    form: Annotated[str, choice("-f", "--format", known=_FORMS, help="How the answer is written.")] = _FORMS[
        0
    ],
) -> None:
    """Say whether words stand in the texts, word for word, and where: yes, no, cannot say; exit status 0, 1, 3."""
    from kg.graph.verbatim import plain

    given = _standard_input() if words == "-" else words
    if not given.strip():
        raise typer.BadParameter(say("give words to look for"), param_hint="WORDS")
    try:
        verdict = load_graph(graph).verify_quote(given)
    except KgError as error:  # status 1 would be a no
        tell_failure(told(error), CANNOT_SAY)
    if form == "json":
        print_text(json.dumps(plain(verdict), ensure_ascii=False, indent=1) + "\n", data=True)
    else:
        print_text("".join(f"{line}\n" for line in _lines(verdict)))
    raise SystemExit(verdict.status)


def _standard_input() -> str:
    return sys.stdin.buffer.read().decode("utf-8", "replace")


def _lines(verdict: Verdict) -> Iterator[str]:
    yield _answer(verdict)
    for each in verdict.passages:
        yield from _passage(each)
    if verdict.total > len(verdict.passages):
        yield "  " + say("and {number} more", number=verdict.total - len(verdict.passages))
    if verdict.nearest:
        yield say("nearest:")
    for each in verdict.nearest:
        yield from _passage(each, say("{share} % alike", share=round(each.alike * 100)), verdict.words)


def _answer(verdict: Verdict) -> str:
    if verdict.answer == "yes" and verdict.exact:
        return say("yes: word for word; places: {places}", places=verdict.total)
    if verdict.answer == "yes":
        return say(
            "yes, but for full and half width and white space (the article's own characters are shown); places: {places}",
            places=verdict.total,
        )
    if verdict.answer == "no":
        return say("no: nowhere in the texts; articles looked through: {articles}", articles=verdict.articles)
    if not verdict.articles:
        return say("cannot say: the graph has no articles")
    return say(
        "cannot say: not in the texts at hand; of {missing} of {articles} articles the text is not here, or not the one "
        "the graph was made of: {names}",
        missing=len(verdict.without_text),
        articles=verdict.articles,
        names="、".join(verdict.without_text[:3]) + ("…" if len(verdict.without_text) > 3 else ""),
    )


def _passage(found: Found, note: str = "", given: str = "") -> Iterator[str]:
    from kg.graph.readable import said_leaf

    place = f"{found.name} {found.start}-{found.end}"
    yield "  " + ", ".join(filter(None, (place, said_leaf(found.found_at), note)))
    words = " ".join(found.quote.split()) if note else found.quote
    yield f"    {_line(found.before)}「{words}」{_line(found.after)}"
    yield from _differences(given, found)
    for iri, label in found.facts[:5]:
        yield f"    {label}  {iri}"


def _differences(given: str, found: Found) -> Iterator[str]:
    """Yield in what words that were given differ from a passage, where that is little."""
    from kg.graph.verbatim import FEW, differences

    unlike = differences(given, found.quote) if given else ()
    if len(unlike) <= FEW:
        for words, own in unlike:
            yield "    " + _difference(words, own)


def _difference(words: str, own: str) -> str:
    if not own:
        return say("differs: 「{words}」 is not in the article", words=words)
    if not words:
        return say("differs: the article has 「{own}」 besides", own=own)
    return say("differs: given 「{words}」, the article has 「{own}」", words=words, own=own)


def _line(text: str) -> str:
    return " ".join(text.split())
