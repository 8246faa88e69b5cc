"""The small network around an entity, drawn without a script."""

from __future__ import annotations

from math import cos, pi, sin
from typing import Final
from urllib.parse import quote

from kg.graph.vocabulary import is_doubtful
from kg.serve.html import Markup, el, join
from kg.serve.pages.parts import Value, address
from kg.serve.words import Language, predicate, type_name, word

__all__ = ["around"]


_NEIGHBOURS: Final = 14
_WIDTH, _HEIGHT = 720, 400


def around(value: Value, language: Language) -> Markup:
    """Return the small network around an entity: its neighbours on an ellipse, each a link; the facts below say the same."""
    neighbours: dict[str, tuple[Value, set[str], list[bool]]] = {}
    for fact in value["facts"]:
        other = fact["object"] if fact["forward"] else fact["subject"]
        if other and other["iri"] != value["iri"]:
            _, names, doubts = neighbours.setdefault(other["iri"], (other, set(), []))
            names.add(predicate(fact["predicate"], language))
            doubts.append(is_doubtful(fact["confidence"]))
    shown = list(neighbours.values())[:_NEIGHBOURS]
    lines, spots = [], []
    for number, (other, names, doubts) in enumerate(shown):
        angle = 2 * pi * number / len(shown) - pi / 2 + (0.35 if len(shown) == 2 else 0)
        x, y = round(_WIDTH / 2 + 270 * cos(angle)), round(_HEIGHT / 2 + 140 * sin(angle))
        doubt = "doubt" if all(doubts) else None
        lines.append(el("line", x1=_WIDTH // 2, y1=_HEIGHT // 2, x2=x, y2=y, cls=doubt))
        middle_x, middle_y = round(_WIDTH / 2 + 150 * cos(angle)), round(_HEIGHT / 2 + 78 * sin(angle))
        lines.append(
            el(
                "text",
                _cut("、".join(sorted(names)), 9 if language == "zh" else 18),
                x=middle_x,
                y=middle_y,
                cls="via",
            )
        )
        spots.append(_spot(other, x, y, language))
    centre = join(
        [
            el("circle", cx=_WIDTH // 2, cy=_HEIGHT // 2, r=15, cls=f"t-{value['type']}"),
            el("text", _cut(value["label"], 14), x=_WIDTH // 2, y=_HEIGHT // 2 + 34, cls="self"),
        ]
    )
    links = (
        [el("a", word("open_network", language), href=f"/network?node={quote(value['name'])}")]
        if value["name"]
        else []
    )
    return el(
        "section",
        el("h2", word("network_of", language)),
        el(
            "svg",
            lines,
            spots,
            centre,
            viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
            cls="around",
            role="group",
            aria_label=word("network_of", language),
        ),
        el("p", links),
    )


def _spot(other: Value, x: int, y: int, language: Language) -> Markup:
    name = f"{other['label']} ({type_name(other['type'], language)})" if other["type"] else other["label"]
    return el(
        "a",
        el("title", name),
        el("circle", cx=x, cy=y, r=11, cls=f"t-{other['type'] or 'other'}"),
        el("text", _cut(other["label"], 11), x=x, y=y + 28),
        href=address(other),
        aria_label=name,
    )


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
