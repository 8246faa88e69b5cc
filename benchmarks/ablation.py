"""What each step of the reading is worth: take it out, read the annotated articles again, score again.

    python benchmarks/ablation.py FOLDER [FOLDER ...]

A row per step: F1 of typed entities, relations, figures and figures+ (value, unit, modifier and subject) without it, and
what is lost against the whole. Differences below about 0.03 on twenty articles mean nothing.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import Any
from unittest.mock import patch

from kg.base.model import Entity, Link
from kg.facts.judge.rules import RuleJudge
from kg.figures.around import NONE
from kg.learn.gold import load_gold
from kg.learn.score import Score, read_gold, score_reading
from kg.pipeline import Pipeline

MEASURES = ("typed", "relations", "figures", "figures+")


def nothing(*_: Any, **__: Any) -> Iterator[Any]:
    return iter(())


def keep_all(
    entities: Sequence[Entity], links: Iterable[Link], *_: Any
) -> tuple[Sequence[Entity], tuple[Link, ...]]:
    return entities, tuple(links)


def no_rows(_article: Any, tagged: Sequence[Any], *_: Any) -> list[tuple[Any, ...]]:
    return [() for _ in tagged]


def no_scores(*_: Any) -> None:
    """As of a tagger that gives no sums: the names of the rules stand."""


def nobody(found: Sequence[Any], *_: Any) -> Any:
    return next(option for option in found if option.entity == NONE)


def uncarried(reader: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    def read(*words: Any) -> Iterator[Any]:
        return (
            hit for hit in reader(*words) if not hit.by.startswith(("carried", "sentence", "main-person"))
        )

    return read


def steps() -> dict[str, dict[str, Any]]:
    """Return what to put in place of what, by the name of the step that this takes out."""
    from kg.facts import candidate

    return {
        "names of works (activities, awards, documents, products)": {"kg.names.find.find_works": no_rows},
        "a name found once is found everywhere": {"kg.names.find.find_everywhere": no_rows},
        "names inside names": {
            "kg.names.find.bodies_inside": nothing,
            "kg.names.find.known_inside": nothing,
        },
        "places inside names": {"kg.names.find.places_inside": nothing},
        "the net that finds names, and its arbiter": {"kg.pipeline.find_spans": no_scores},
        "one node for full and short forms": {"kg.things.resolve.RULES": ()},
        "doubtful names left out": {"kg.pipeline.without_doubtful": keep_all},
        "learned judge (patterns alone)": {},
        "posts": {"kg.facts.candidate.read_posts": nothing, "kg.facts.candidate.read_terms": nothing},
        "verb frames": {"kg.facts.candidate.read_frames": nothing},
        "names as relations (part of, located in)": {"kg.facts.candidate.read_names": nothing},
        "shapes": {"kg.facts.candidate.read_shapes": nothing},
        "scenes (speakers, attendees, organisers)": {"kg.facts.candidate.read_scenes": nothing},
        "carried subjects": {"kg.facts.candidate.read_frames": uncarried(candidate.read_frames)},
        "whose figure it is": {"kg.figures.figure.choose": nobody},
    }


def measure(gold: Sequence[Any], patches: dict[str, Any], pipeline: Pipeline) -> list[float]:
    with ExitStack() as stack:
        for target, value in patches.items():
            stack.enter_context(patch(target, value))
        readings = read_gold(gold, pipeline)
    total = Score()
    for item, reading in zip(gold, readings, strict=True):
        total.add(score_reading(reading, item))
    return [total.counts[name].f1 for name in MEASURES]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path)
    options = parser.parse_args()
    gold = list(chain.from_iterable(load_gold(folder) for folder in options.folders))
    whole = measure(gold, {}, Pipeline())
    print(f"{'without':58}" + "".join(f"{name:>18}" for name in MEASURES))
    print(f"{'(nothing taken out)':58}" + "".join(f"{value:18.3f}" for value in whole))
    for name, patches in steps().items():
        pipeline = Pipeline() if patches else Pipeline(judge=RuleJudge())
        values = measure(gold, patches, pipeline)
        cells = "".join(
            f"{value:10.3f} {value - before:+7.3f}" for value, before in zip(values, whole, strict=True)
        )
        print(f"{name:58}{cells}")


if __name__ == "__main__":
    main()
