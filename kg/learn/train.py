"""Annotated articles -> the weights that come with kg, each part with its report."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from kg.base.errors import KgError, OutputError
from kg.base.output import write_files
from kg.learn.gold import in_simplified, load_gold
from kg.pipeline import Pipeline
from kg.version import DISTRIBUTION

FEWEST = 10
"""Fewer annotated articles than these teach nothing: each fold of the cross-validation needs some to learn from."""


def train(
    folders: Sequence[Path],
    out: Path,
    progress: Callable[[str], None] = lambda _: None,
    *,
    calibrate: Sequence[Path] = (),
    learning_curve: bool = False,
) -> dict[str, Any]:
    """Learn from the annotated articles of ``folders``, write the weights to ``out`` and return the reports by part.

    The parts are learned in the order of reading, each on what the ones before it make of the articles: what is a name and how
    sure it is, whose a figure is, which pairs are relations. The same articles give the same bytes.

    Args:
        folders: each with ID.txt and ID.json files.
        out: the folder for the weights; ``KG_WEIGHTS`` makes kg use them.
        progress: told what happens.
        calibrate: more such folders, of articles that no rule was made from: what is stated, left out and how sure it is
            is decided by them alone.
        learning_curve: also learn from a quarter, half and three quarters of the articles (takes three times as long).

    Raises:
        SourceError: a folder holds no annotated articles.
        KgError: scikit-learn or PyTorch is missing, or there are too few articles.
    """
    try:
        import sklearn  # noqa: F401
        import torch  # noqa: F401 - asked for here, so that its absence is one line
    except ImportError as error:
        raise KgError(
            "kg train", "needs scikit-learn and PyTorch", f"pip install '{DISTRIBUTION}[train]'"
        ) from error
    from kg.facts.judge.learned import dump as dump_relations
    from kg.learn.figures import dump_figures, train_figures
    from kg.learn.names import dump_entities, train_names
    from kg.learn.relations import train_relations
    from kg.words.net_weights import FILE, dump

    unread = [in_simplified(item) for folder in calibrate for item in load_gold(folder)]
    gold = [*(in_simplified(item) for folder in folders for item in load_gold(folder)), *unread]
    if len(gold) < FEWEST:
        where = " ".join(map(str, [*folders, *calibrate]))
        raise KgError(
            where, f"{len(gold)} annotated articles are too few to learn from", f"give {FEWEST} or more"
        )
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            out, f"cannot be written: {error.strerror}", "choose another folder with -o"
        ) from error
    before = os.environ.get("KG_WEIGHTS")
    os.environ["KG_WEIGHTS"] = str(out)
    try:
        progress("names")
        names = train_names(gold, unread=len(unread), learning_curve=learning_curve, progress=progress)
        write_files(out, {"entity.json": dump_entities(names.model), FILE: dump(names.net)})
        progress("figures")
        figures = train_figures([item for item in gold if item.figures])
        write_files(out, {"figure.json": dump_figures(figures)})
        progress("relations")
        model, relations = train_relations(
            gold,
            Pipeline(),
            progress,
            unread=len(unread),
            learning_curve=learning_curve,
            named=names.named,
        )
    finally:
        if before is None:
            del os.environ["KG_WEIGHTS"]
        else:
            os.environ["KG_WEIGHTS"] = before
    reports = {"names": names.report, "figures": figures.report, "relations": relations}
    text = json.dumps(reports, ensure_ascii=False, indent=1) + "\n"
    write_files(out, {"relation.json.gz": dump_relations(model), "report.json": text.encode()})
    return reports
