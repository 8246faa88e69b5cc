"""A dossier as text for a terminal, as Markdown, and as a page: one file that asks no one for anything."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Final

from kg.base.language import cells, language, say, translated
from kg.graph.readable import label_of, said_leaf
from kg.view.dossier import Dossier, Item, Quote, Section
from kg.view.when import drawing, marks_of

__all__ = ["FORMS", "HEADS", "NOTES", "heading", "more", "told", "written"]

HEADS: Final[Mapping[str, str]] = {
    "names": "Names, and how many articles use each",
    "why_one": "Why these are one, the weakest reason first",
    "posts": "Posts in order of time",
    "timeline": "Timeline",
    "figures": "Figures by measure",
    "conflicts": "Where articles contradict each other",
    "namesakes": "Others of this name, and why they are apart",
    "documents": "Documents",
    "companions": "Named with it in facts",
}
"""What stands above each section."""

NOTES: Final[Mapping[str, str]] = {
    "articles": "articles {value}",
    "stated": "stated {value}",
    "reported_by": "according to {source}",
    "sources": "sources {value}",
    "independent": "independent {value}",
    "confidence": "confidence {confidence}",
    "refused": "not merged: {value}",
    "apart": "nothing ties them",
    "facts": "facts {value}",
}
"""How a note is told; one that is not here stands for itself."""

_WHY_ONE: Final = "why_one"
_REASONS: Final = 5  # that a terminal shows, the weakest: who wants all takes another form
_IN_ORDER: Final = ("posts", "timeline")
_DAYS: Final = ("date", "stated")  # notes that tell a day
_MARKS: Final = re.compile(r"([\\`*_{}\[\]<>#|~])")
_NO_NAME: Final = re.compile(r"[^\w-]+")  # of a file
_STYLE: Final = (
    "body{font:16px/1.6 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#1b1f24}"
    "h1{font-size:1.6rem}h2{font-size:1.15rem;margin-top:2rem;border-bottom:1px solid #d0d7de}"
    "li{margin:.4rem 0}blockquote{margin:.2rem 0 .2rem 1rem;color:#444}small{color:#57606a}"
    ".sheet{overflow-x:auto}.when{min-width:760px;width:100%;height:auto}a{color:#0550ae}"
    "@media(prefers-color-scheme:dark){a{color:#79b8ff}}"
    "@media(prefers-color-scheme:dark){body{background:#0d1117;color:#e6edf3}blockquote{color:#b1bac4}small{color:#8b949e}}"
)
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"


def written(found: Sequence[Dossier], form: str) -> str:
    """Return dossiers in one of ``FORMS``, in the language spoken."""
    return _WRITERS[form](found)


def told(notes: Iterable[tuple[str, str]]) -> list[str]:
    """Return the notes of an item as they are told."""
    return [_note(key, value) for key, value in notes]


def heading(section: str) -> str:
    """Return what stands above a section."""
    return say(HEADS[section])


def more(number: int) -> str:
    """Return what stands for those that are left out."""
    return say("… and {number} more", number=number)


def _note(key: str, value: str) -> str:
    if key in ("rule", "level", "kind"):
        return cells().get(value, value) if language() == "zh" else value
    if key == "status":
        return label_of(value, language()) or value
    message = NOTES.get(key)
    value = translated(value) if key == "refused" else value
    return say(message, value=value, source=value, confidence=value) if message else value


def _kinds(found: Dossier) -> str:
    return " · ".join(label_of(name, language()) for name in (found.type, found.kind) if name)


def _caution(section: Section) -> Iterator[str]:
    """Yield that what is told in order of time is in none, where no day is known of several."""
    known = any(key in _DAYS for item in section.items for key, _ in item.notes)
    if section.key in _IN_ORDER and len(section.items) > 1 and not known:
        yield say("in no order of time: no day is known (kg build --meta FILE gives articles theirs)")


def _named_in(found: Dossier) -> str:
    if found.articles == 1:
        return say("named in one article")
    return say("named in {articles} articles", articles=found.articles)


# text -----------------------------------------------------------------------------------------------------------------


def _text(found: Sequence[Dossier]) -> str:
    lines = [line for each in found for line in _lines(each)]
    return "\n".join(_plain(line) for line in lines) + "\n"


def _lines(found: Dossier) -> Iterator[str]:
    yield f"{found.label}  {_kinds(found)}  {found.iri}"
    yield f"  {_named_in(found)}"
    for section in found.sections:
        yield ""
        yield heading(section.key)
        yield from (f"  {each}" for each in _caution(section))
        shown = section.items[:_REASONS] if section.key == _WHY_ONE else section.items
        for item in shown:
            notes = "  ".join(told(item.notes))
            yield f"  {item.text}" + (f"  [{notes}]" if notes else "")
            yield from (f"    「{each.text}」 {_where(each)}" for each in item.quotes)
            if item.more:
                yield f"    {more(item.more)}"
        left_out = len(section.items) - len(shown) + section.left_out
        if left_out:
            all_of_them = (
                f" ({say('all of them: kg dossier NAME -f markdown')})"
                if len(shown) < len(section.items)
                else ""
            )
            yield f"  {more(left_out)}{all_of_them}"
    yield ""


def _where(quote: Quote) -> str:
    return " ".join(filter(None, (quote.article, quote.start, said_leaf(quote.leaf), quote.published)))


def _plain(line: str) -> str:
    """Return a line without what a terminal would obey."""
    return "".join(character if character.isprintable() else " " for character in line)


# Markdown -------------------------------------------------------------------------------------------------------------


def _markdown(found: Sequence[Dossier]) -> str:
    return "\n".join(line for each in found for line in _marked_lines(each)) + "\n"


def _marked_lines(found: Dossier) -> Iterator[str]:
    yield f"# {_escaped(found.label)}"
    yield ""
    yield f"{_kinds(found)} · {_named_in(found)} · `{found.iri}`"
    for section in found.sections:
        yield ""
        yield f"## {heading(section.key)}"
        yield ""
        for caution in _caution(section):
            yield from (f"*{_escaped(caution)}*", "")
        for item in section.items:
            notes = " · ".join(told(item.notes))
            yield f"- **{_escaped(item.text)}**" + (f" ({_escaped(notes)})" if notes else "")
            yield from (f"  > {_escaped(each.text)} — {_escaped(_where(each))}\n" for each in item.quotes)
            if item.more:
                yield f"  {more(item.more)}"
        if section.left_out:
            yield f"- {more(section.left_out)}"
    yield ""


def _escaped(text: str) -> str:
    return _MARKS.sub(r"\\\1", _plain(text))


# a page ---------------------------------------------------------------------------------------------------------------


def _page(found: Sequence[Dossier]) -> str:
    title = escape(found[0].label if found else "")
    body = "\n".join(line for each in found for line in _tagged_lines(each))
    return (
        f'<!doctype html>\n<html lang="{"zh-CN" if language() == "zh" else "en"}">\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>{_STYLE}</style>\n<main>\n{body}\n</main>\n</html>\n"
    )


def _tagged_lines(found: Dossier) -> Iterator[str]:
    yield f"<h1>{escape(found.label)}</h1>"
    yield f"<p>{escape(_kinds(found))} · {escape(_named_in(found))} · <code>{escape(found.iri)}</code></p>"
    for section in found.sections:
        yield f"<section><h2>{escape(heading(section.key))}</h2>"
        yield from (f"<p><small>{escape(each)}</small></p>" for each in _caution(section))
        if section.key == "timeline":
            yield from _drawn(found)
        yield "<ul>"
        yield from map(_tagged, section.items)
        yield (
            f"<li>{escape(more(section.left_out))}</li></ul></section>"
            if section.left_out
            else "</ul></section>"
        )


def _drawn(found: Dossier) -> Iterator[str]:
    """Yield the timeline as a picture, and the way to save it."""
    marks = marks_of(found)
    if not marks:
        return
    name = escape(_NO_NAME.sub("-", found.label)[:60])
    file = b64encode(drawing(marks, alone=True).encode()).decode()
    yield f'<div class="sheet" tabindex="0" role="region" aria-label="{escape(heading("timeline"))}">{drawing(marks)}</div>'
    yield f'<p><a download="{name}-timeline.svg" href="data:image/svg+xml;base64,{file}">{escape(say("Save the picture"))}</a></p>'


def _tagged(item: Item) -> str:
    notes = " · ".join(told(item.notes))
    quotes = "".join(
        f"<blockquote>{escape(each.text)} <small>{escape(_where(each))}</small></blockquote>"
        for each in item.quotes
    )
    rest = f"<small>{escape(more(item.more))}</small>" if item.more else ""
    return (
        f"<li>{escape(item.text)}"
        + (f" <small>{escape(notes)}</small>" if notes else "")
        + f"{quotes}{rest}</li>"
    )


_WRITERS: Final[Mapping[str, Callable[[Sequence[Dossier]], str]]] = {
    "text": _text,
    "markdown": _markdown,
    "html": _page,
}

FORMS: Final = tuple(_WRITERS)
"""How a dossier is written."""
