"""The report: what the outputs are worth (the same bytes for the same outputs), and beside it what was measured."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.quality.output import Output
from benchmarks.quality.scoring import Marks, marks_of
from benchmarks.quality.sets import ArticleSet

SCORES: Final = "scores.json"
MEASURED: Final = "measured.json"
HEADS: Final = (
    "system", "entities F1", "typed F1", "relations P", "R", "F1", "figures F1", "figures+ F1",
    "exact quotes", "both ends quoted", "names in text", "same bytes", "same statements",
)  # fmt: skip
COSTS: Final = (
    "system", "version", "model", "seconds an article", "seconds to start", "tokens in", "tokens out", "cost", "failed", "MB installed",
)  # fmt: skip


def scores_of(
    sets: Sequence[ArticleSet], outputs: Mapping[str, Output], same: Mapping[str, Any] | None
) -> dict[str, Any]:
    """Return the marks of a system by set and by article; ``same``: what two runs share."""
    plain: dict[str, Any] = {}
    for each in sets:
        total, own = Marks(), {}
        for gold in each.articles:
            marks = marks_of(outputs[gold.article.name], gold)
            own[gold.article.name] = marks.as_json()
            total.add(marks)
        plain[each.name] = {"all": total.as_json(), "each": own, "articles": digest(each)}
    return {"sets": plain, "two runs": same}


def digest(articles: ArticleSet) -> str:
    """Return what tells these articles with these annotations from others: two reports with the same can be compared."""
    sums = hashlib.sha256()
    for each in articles.articles:
        own = hashlib.sha256(repr((each.article.text, each.entities, each.relations, each.figures)).encode())
        sums.update(f"{each.article.name} {own.hexdigest()}\n".encode())
    return sums.hexdigest()


def write_json(path: Path, value: object) -> None:
    """Write JSON, in an order of its own."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def read_all(folder: Path, name: str) -> dict[str, Any]:
    """Return a file of each system in the folder of a report."""
    return {
        path.parent.name: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob(f"*/{name}"))
    }


def markdown(folder: Path, used: Mapping[str, str]) -> str:
    """Return the report of all systems in a folder; ``used``: what the articles of a set were used for before."""
    scores, measured = read_all(folder, SCORES), read_all(folder, MEASURED)
    lines = ["# How well Chinese news is read", ""]
    for name in dict.fromkeys(name for each in scores.values() for name in each["sets"]):
        lines += _of_set(name, used.get(name, ""), scores)
    lines += [
        "P, R: precision and recall. figures+: value, unit, modifier and owner. exact quotes: relations and figures whose quote stands",
        "word for word in the text. both ends quoted: relations whose quote names subject and object. names in text: names of things",
        "that stand word for word in it. same bytes, same statements: what two runs of the same articles share (all sets).",
        "—: the system says nothing of the kind, or ran once.",
    ]
    if measured:
        lines += ["", "## What it took, on this machine", "", "Not the same from run to run.", ""]
        lines += _table(COSTS, [_costs(name, each) for name, each in measured.items()])
    return "\n".join(lines) + "\n"


def _of_set(name: str, used: str, scores: Mapping[str, Any]) -> Iterator[str]:
    having = {system: each for system, each in scores.items() if name in each["sets"]}
    count = max(each["sets"][name]["all"]["articles"] for each in having.values())
    yield from (f"## {name}: {count} articles", "")
    if used:
        yield from (f"{used[0].upper()}{used[1:]}.", "")
    digests = {each["sets"][name]["articles"] for each in having.values()}
    if len(digests) > 1:
        yield from ("**The systems were not scored on the same articles: run them again.**", "")
    yield from _table(HEADS, [_row(system, each, name) for system, each in having.items()])
    yield ""


def _row(system: str, scores: Mapping[str, Any], name: str) -> list[str]:
    marks, same = scores["sets"][name]["all"], scores["two runs"]
    relations = marks["relations"]
    cells = [_f1(marks["entities"]), _f1(marks["typed"])]
    cells += [_number(relations[share]) for share in ("precision", "recall", "f1")]
    cells += [_f1(marks["figures"]), _f1(marks["figures+"])]
    cells += [_percent(marks[share]) for share in ("exact quotes", "grounded", "names in the text")]
    cells += (
        [f"{same['same bytes']} of {same['articles']}", _percent(same["statements"])] if same else ["—", "—"]
    )
    return [system, *cells]


def _costs(system: str, measured: Mapping[str, Any]) -> list[str]:
    runs = measured["runs"]
    articles = max(measured["articles"], 1)
    tokens = [
        str(round(sum(each[way] for each in runs) / len(runs))) if measured["model"] else "0"
        for way in ("tokens in", "tokens out")
    ]
    failed = f"{sum(each['failed'] for each in runs)} of {articles * len(runs)}"
    return [
        system,
        measured["version"],
        measured["model"] or "none",
        f"{sum(each['seconds'] for each in runs) / len(runs) / articles:.2f}",
        f"{sum(each['start'] for each in runs) / len(runs):.1f}",
        *tokens,
        measured["cost"],
        failed,
        f"{measured['bytes'] / 1e6:.0f}",
    ]


def _f1(triple: Mapping[str, float] | None) -> str:
    return "—" if triple is None else _number(triple["f1"])


def _number(value: float) -> str:
    return f"{value:.3f}"


def _percent(value: float | None) -> str:
    return "—" if value is None else f"{value:.1%}"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [heads, ["---"] * len(heads), *rows]
    return [f"| {' | '.join(line)} |" for line in lines]
