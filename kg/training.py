"""Annotated articles -> the weights that come with kg, each with its report."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.gold import load_gold
from kg.learned_judge import dump
from kg.output import write_files
from kg.pipeline import Pipeline


def train(folder: Path, out: Path, progress: Callable[[str], None] = lambda _: None) -> dict[str, Any]:
    """Learn from the annotated articles of ``folder``, write the weights under ``out`` and return the reports by part.

    Raises:
        SourceError: the folder holds no annotated articles.
        KgError: scikit-learn is missing.
    """
    try:
        import sklearn  # noqa: F401 - asked for here, so that its absence is one line
    except ImportError as error:
        raise KgError("kg train", "needs scikit-learn", "pip install 'kg[train]'") from error
    from kg.relation_training import train_relations

    gold = load_gold(folder)
    pipeline = Pipeline()
    model, report = train_relations(gold, pipeline, progress)
    reports = {"relations": report}
    write_files(
        out,
        {
            "relation.json.gz": dump(model),
            "report.json": (json.dumps(reports, ensure_ascii=False, indent=1) + "\n").encode(),
        },
    )
    return reports
