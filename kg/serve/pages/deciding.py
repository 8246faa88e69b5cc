"""What the pages show who may decide: what stands of it, and plain forms that work by keyboard and without scripts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.decide.model import Decision, Verdict
from kg.decide.told import VERDICT_LABELS, says
from kg.serve.html import Markup, el
from kg.serve.pages.frame import frame
from kg.serve.pages.parts import Value
from kg.serve.words import Language, word

__all__ = ["Deciding", "banner", "buttons", "decisions_page", "name_page"]


@dataclass(frozen=True, slots=True)
class Deciding:
    """What a page knows of decisions."""

    back: str  # the page itself
    state: str
    problem: str
    name: str = ""  # of who decides

    @property
    def headers(self) -> dict[str, str]:
        """Return the headers of the page: it is asked for again while what was decided is being applied."""
        return {"Refresh": "1"} if self.state == "pending" else {}


def banner(deciding: Deciding | None, language: Language) -> Markup | None:
    """Return whether all that is decided is in the graph, with the ways to the page and the list."""
    if deciding is None:
        return None
    return el(
        "p",
        el("strong", word(f"decisions_{deciding.state}", language)),
        f" {deciding.problem}" if deciding.problem else None,
        " · ",
        el("a", word("decide_on_page", language), href="/graph"),
        " · ",
        el("a", word("decisions", language), href="/decisions"),
        " · ",
        el("a", deciding.name or word("no_name", language), href="/edit/name"),
        cls="deciding",
        role="status",
    )


def buttons(
    deciding: Deciding | None, node: Value, verdicts: Sequence[Verdict], language: Language
) -> Markup | None:
    """Return the form by which a verdict on a node is given."""
    if deciding is None or not node["name"]:
        return None
    # After "wrong" and "no such thing" the page of the node itself is gone.
    own = deciding.back.partition("?")[0] == f"/page/{node['name']}"
    return el(
        "form",
        el("input", type="hidden", name="node", value=node["name"]),
        el("input", type="hidden", name="back", value="/decisions" if own else deciding.back),
        [
            el(
                "button",
                word(f"verdict_{each}", language),
                name="verdict",
                value=each,
                aria_label=f"{word(f'verdict_{each}', language)}: {node['label']}",
            )
            for each in verdicts
        ],
        method="post",
        action="/decide",
        cls="decide",
    )


def decisions_page(decisions: Sequence[Decision], deciding: Deciding, language: Language) -> str:
    """Return the page of all decisions that stand, the newest first, each with a button that takes it back."""
    rows = [
        el(
            "tr",
            el("th", el("code", each.id), scope="row", id=each.id),
            el(
                "td", VERDICT_LABELS[each.verdict].zh if language == "zh" else VERDICT_LABELS[each.verdict].en
            ),
            el("td", says(each).partition("：")[2]),
            el("td", each.by),
            el("td", each.on.isoformat() if each.on else ""),
            el("td", each.note),
            el("td", _undo(each, language)),
        )
        for each in decisions
    ]
    heads = ("id", "verdict", "statement", "decided_by", "date", "decided_why", "undo")
    return frame(
        word("decisions", language),
        language,
        el("h1", word("decisions", language)),
        banner(deciding, language),
        el(
            "div",
            el(
                "table",
                el("thead", el("tr", [el("th", word(each, language), scope="col") for each in heads])),
                el("tbody", rows),
            ),
            cls="scroll",
            tabindex="0",
        )
        if rows
        else el("p", word("no_decisions", language)),
    )


def _undo(decision: Decision, language: Language) -> Markup:
    label = word("undo", language)
    return el(
        "form",
        el("input", type="hidden", name="back", value="/decisions"),
        el("button", label, name="of", value=decision.id, aria_label=f"{label}: {says(decision)}"),
        method="post",
        action="/decide",
        cls="decide",
    )


def name_page(name: str, language: Language) -> str:
    """Return the page that asks who decides; nobody has to say it."""
    return frame(
        word("your_name", language),
        language,
        el("h1", word("your_name", language)),
        el("p", word("your_name_text", language), id="why"),
        el(
            "form",
            el("label", word("your_name", language), for_="editor-name"),
            el(
                "input",
                id="editor-name",
                name="name",
                value=name,
                maxlength="60",
                autocomplete="name",
                autofocus=True,
                aria_describedby="why",
            ),
            el("button", word("go_on", language)),
            method="post",
            action="/edit/name",
            cls="field",
        ),
    )
