"""Run systems on the articles of the benchmark, score what they find, and write a report.

    python -m benchmarks.quality -o REPORT                                  # our reader, twice, in processes of their own
    python -m benchmarks.quality -o REPORT --output NAME=FOLDER             # outputs of any system, in the form of README.md
    python -m benchmarks.quality -o REPORT --system langextract --python PEER/bin/python --url URL --model NAME

Each adds to the report: REPORT/report.md is of all systems that were scored there.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.quality.mapping import FROM, Words, read_mapping
from benchmarks.quality.output import Output, as_json, canonical, read_output
from benchmarks.quality.report import MEASURED, SCORES, markdown, scores_of, write_json
from benchmarks.quality.running import Model, Run, System, read_systems, run, weigh
from benchmarks.quality.scoring import marks_of, sameness
from benchmarks.quality.sets import ArticleSet, read_sets
from kg.base.errors import KgError
from kg.learn.gold import GoldArticle


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; 1 where something is to be mended, 2 for wrong usage."""
    parser = _parser()
    given = parser.parse_args(arguments)
    if given.output and (given.system or given.url):
        parser.error("--output scores what is there already, --system runs a system: one of them")
    try:
        sets = _sets(given)
        if given.output:
            _score_given(sets, given.output, given.report, errors=given.errors)
        else:
            _run(sets, read_systems()[given.system or "kg"], given)
        report = markdown(given.report, {each.name: each.used for each in read_sets()})
        (given.report / "report.md").write_text(report, encoding="utf-8")
    except KgError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(report, end="")
    return 0


def _parser() -> argparse.ArgumentParser:
    usage, _, more = (__doc__ or "").partition("\n")
    parser = argparse.ArgumentParser(
        "python -m benchmarks.quality",
        description=usage,
        epilog=more,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "-o", dest="report", type=Path, required=True, metavar="REPORT", help="folder of the report"
    )
    parser.add_argument(
        "--set", choices=[each.name for each in read_sets()], help="one set of articles; default: all"
    )
    parser.add_argument("--count", type=_count, help="only the first articles of each set")
    parser.add_argument(
        "--output",
        action="append",
        type=_named,
        metavar="NAME=FOLDER",
        help="score ID.json files, or those of run-1/ and run-2/",
    )
    parser.add_argument("--system", choices=list(read_systems()), help="the system to run; default: kg")
    parser.add_argument("--name", type=_name, help="what the report calls it; default: the system's name")
    parser.add_argument(
        "--python", default=sys.executable, help="Python of the environment it is installed in"
    )
    parser.add_argument("--runs", type=_count, default=2, help="how often; default: 2, for sameness")
    parser.add_argument(
        "--url", help="address of a model with an interface like OpenAI's, as http://localhost:11434/v1"
    )
    parser.add_argument("--model", default="", help="name of the model")
    parser.add_argument(
        "--key",
        default="KG_MODEL_KEY",
        metavar="VARIABLE",
        help="environment variable with its key; default: KG_MODEL_KEY",
    )
    parser.add_argument(
        "--price", type=_price, metavar="IN,OUT,CURRENCY", help="of a million tokens in and out, as 0.5,2,CNY"
    )
    parser.add_argument(
        "--mapping",
        action="append",
        type=Path,
        default=[],
        metavar="FILE",
        help="more words for types and predicates, as in mapping.toml",
    )
    parser.add_argument(
        "--errors",
        action="store_true",
        help="also write what is missed and wrong in each article: errors.txt",
    )
    parser.add_argument("--cluster", action="store_true", help="kg-gen: also ask which names are one thing")
    return parser


def _count(written: str) -> int:
    if not written.isdecimal() or not int(written):
        raise argparse.ArgumentTypeError(f"{written!r} is no number from 1")
    return int(written)


def _name(written: str) -> str:
    if not written or "/" in written or written.startswith("."):
        raise argparse.ArgumentTypeError(f"{written!r} is no name of a folder")
    return written


def _named(written: str) -> tuple[str, Path]:
    name, equal, folder = written.partition("=")
    if not equal or not Path(folder).is_dir():
        raise argparse.ArgumentTypeError(f"{written!r} is no NAME=FOLDER with a folder that is there")
    return _name(name), Path(folder)


def _price(written: str) -> tuple[float, float, str]:
    try:
        into, out, currency = written.split(",")
        return float(into), float(out), currency
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{written!r} is no IN,OUT,CURRENCY such as 0.5,2,CNY") from error


def _sets(given: argparse.Namespace) -> list[ArticleSet]:
    return [each.first(given.count) for each in read_sets() if given.set in (None, each.name)]


def _articles(sets: Sequence[ArticleSet]) -> list[GoldArticle]:
    return [gold for each in sets for gold in each.articles]


# Outputs that are there already -------------------------------------------------------------------------------------


def _score_given(
    sets: Sequence[ArticleSet], given: Sequence[tuple[str, Path]], report: Path, *, errors: bool
) -> None:
    for name, folder in given:
        runs = [each for each in (folder / "run-1", folder / "run-2") if each.is_dir()] or [folder]
        read = [_read_run(sets, each) for each in runs]
        native = [{key: canonical(as_json(each)) for key, each in one.items()} for one in read]
        write_json(report / name / SCORES, scores_of(sets, read[0], sameness(read, native)))
        _write_errors(sets, read[0], report / name, wanted=errors)


def _read_run(sets: Sequence[ArticleSet], folder: Path) -> dict[str, Output]:
    articles = [gold.article for gold in _articles(sets)]
    return {each.name: read_output(folder / f"{each.name}.json", each.text) for each in articles}


def _write_errors(
    sets: Sequence[ArticleSet], outputs: Mapping[str, Output], folder: Path, *, wanted: bool
) -> None:
    """Write each difference between outputs and annotations in a line, or take away those of another run."""
    path = folder / "errors.txt"
    if not wanted:
        path.unlink(missing_ok=True)
        return
    told = [
        f"{gold.article.name}: {error.measure:9} {error.text}\n"
        for gold in _articles(sets)
        for error in marks_of(outputs[gold.article.name], gold).score.errors
    ]
    path.write_text("".join(told), encoding="utf-8")


# Systems that are run -------------------------------------------------------------------------------------------------


def _run(sets: Sequence[ArticleSet], system: System, given: argparse.Namespace) -> None:
    words = read_mapping(given.mapping)
    model = Model(given.url, given.model, os.environ.get(given.key, ""), given.key) if given.url else None
    options = {"cluster": True} if given.cluster else {}
    articles = _articles(sets)
    weight = weigh(system, given.python)
    done = [
        run(system, given.python, articles, model, options, number) for number in range(1, given.runs + 1)
    ]
    outputs = [_outputs(system, each, articles, words) for each in done]
    folder = given.report / (given.name or system.name)
    _clear(folder)
    for number, (each, read) in enumerate(zip(done, outputs, strict=True), 1):
        write_json(folder / f"native-{number}.json", {"answers": each.native, "failed": each.failed})
        for name, output in read.items():
            write_json(folder / f"run-{number}" / f"{name}.json", as_json(output))
    same = sameness(outputs, [each.bytes_of() for each in done])
    write_json(folder / SCORES, scores_of(sets, outputs[0], same))
    _write_errors(sets, outputs[0], folder, wanted=given.errors)
    write_json(folder / MEASURED, _measured(done, len(articles), weight, given))


def _clear(folder: Path) -> None:
    """Take away what runs before wrote there, and nothing else."""
    for path in (*folder.glob("native-*.json"), *folder.glob("run-*/*.json")):
        path.unlink()


def _outputs(system: System, done: Run, articles: Sequence[GoldArticle], words: Words) -> dict[str, Output]:
    """Return what was found in each article: nothing where the system failed."""
    form = FROM[system.form]
    return {
        name: form(done.native[name], name, gold.article.text, words) if name in done.native else Output(name)
        for gold in articles
        for name in (gold.article.name,)
    }


def _measured(
    done: Sequence[Run], articles: int, weight: Mapping[str, Any], given: argparse.Namespace
) -> dict[str, Any]:
    runs = [
        {
            "seconds": each.seconds,
            "start": each.start,
            "failed": len(each.failed),
            "calls": each.usage.calls,
            "calls without count": each.usage.uncounted,
            "tokens in": each.usage.tokens_in,
            "tokens out": each.usage.tokens_out,
        }
        for each in done
    ]
    return {
        **weight,
        "model": given.model if given.url else "",
        "articles": articles,
        "runs": runs,
        "cost": _cost(done, given),
    }


def _cost(done: Sequence[Run], given: argparse.Namespace) -> str:
    """Return what one run costs: tokens times the price that was given; the machine is not counted."""
    if not given.url:
        return "0"
    if given.price is None:
        return "no price given"
    into, out, currency = given.price
    total = sum(each.usage.tokens_in * into + each.usage.tokens_out * out for each in done) / len(done) / 1e6
    uncounted = sum(each.usage.uncounted for each in done)
    return f"{total:.4f} {currency}" + (f" ({uncounted} calls not counted)" if uncounted else "")


if __name__ == "__main__":
    sys.exit(main())
