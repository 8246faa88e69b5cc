"""Scores as one HTML file: the table, then each article marked up, with every error beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from kg.base.home import MADE_BY_KG
from kg.base.model import Reading, Span
from kg.learn.gold import GoldArticle
from kg.learn.score import MEASURES, SHARES, Score, normalize

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.6 system-ui, "Noto Sans CJK SC", sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; display: block; overflow-x: auto; }
th, td { padding: .2rem .6rem; text-align: right; border-bottom: 1px solid #8884; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; }
article { border-top: 2px solid #8888; margin-top: 2rem; display: grid; grid-template-columns: 3fr 2fr; gap: 0 2rem; }
article h2 { grid-column: 1 / -1; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; }
mark { color: inherit; background: none; border-bottom: 3px solid; padding-bottom: 1px; }
mark.right { border-color: #1a7f37; } mark.wrong { border-color: #cf222e; border-bottom-style: dashed; }
mark.missed { border-color: #bf8700; border-bottom-style: dotted; }
li { margin-bottom: .3rem; overflow-wrap: anywhere; }
@media (max-width: 60rem) { article { grid-template-columns: 1fr; } }
"""


def page_of_scores(
    gold: Sequence[GoldArticle], readings: Sequence[Reading], scores: Mapping[str, Score]
) -> str:
    """Return the report; the same scores give the same bytes. Nothing in it runs and nothing is fetched."""
    total = Score()
    for own in scores.values():
        total.add(own)
    parts = [
        "<!doctype html><html lang='en'><head><meta charset='utf-8'>",
        MADE_BY_KG,
        "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<meta name='viewport' content='width=device-width'><title>kg score</title><style>{_STYLE}</style></head><body>",
        (
            f"<h1>kg score</h1><p>{len(gold)} annotated articles. Names: <mark class='right'>right</mark>, "
            "<mark class='wrong'>read, not annotated</mark>, <mark class='missed'>annotated, not read</mark>.</p>"
        ),
        _table({**scores, "ALL": total}),
    ]
    for item, reading in zip(gold, readings, strict=True):
        name = item.article.name
        errors = "".join(
            f"<li><b>{escape(error.measure)}</b> {escape(error.text)}</li>" for error in scores[name].errors
        )
        parts.append(
            f"<article id='{escape(name)}'><h2>{escape(name)} {escape(item.article.title)}</h2>"
            f"<div class='text' lang='zh'>{_marked(item, reading)}</div><ul>{errors or '<li>no error</li>'}</ul></article>"
        )
    return "\n".join([*parts, "</body></html>\n"])


def _table(scores: Mapping[str, Score]) -> str:
    head = "".join(f"<th>{escape(measure)}</th>" for measure in MEASURES)
    rows = []
    for name, score in scores.items():
        cells = []
        for measure in MEASURES:
            count = score.counts[measure]
            three = f"{count.precision:.2f} / {count.recall:.2f} / {count.f1:.2f}"
            cells.append(f"<td>{f'{count.recall:.2f}' if measure in SHARES else three}</td>")
        rows.append(f"<tr><td>{escape(name)}</td>{''.join(cells)}</tr>")
    return f"<table><tr><th>precision / recall / F1</th>{head}</tr>{''.join(rows)}</table>"


def _marked(item: GoldArticle, reading: Reading) -> str:
    """Return the article's text with its names marked; where names nest, the outermost."""
    text = item.article.text
    annotated = {normalize(name) for entity in item.entities for name in entity.names}
    spans = [
        (link.span, "right" if normalize(link.text) in annotated else "wrong")
        for link in reading.links
        if link.is_name
    ]
    read = {normalize(link.text) for link in reading.links}
    for entity in item.entities:
        if not entity.optional and not any(normalize(name) in read for name in entity.names):
            spans += [
                (Span(at, at + len(name)), "missed") for name in entity.names for at in _places(text, name)
            ]
    spans.sort(key=lambda each: (each[0].start, -each[0].end, each[1]))
    parts, at = [], 0
    for span, kind in spans:
        if span.start >= at:
            parts.append(escape(text[at : span.start]))
            parts.append(f"<mark class='{kind}'>{escape(span.of(text))}</mark>")
            at = span.end
    return "".join([*parts, escape(text[at:])])


def _places(text: str, name: str) -> list[int]:
    found, at = [], text.find(name) if name else -1
    while at >= 0:
        found.append(at)
        at = text.find(name, at + len(name))
    return found
