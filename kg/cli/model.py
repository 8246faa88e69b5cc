"""What the commands share that ask a language model, or build from what one answered: who is asked, what it takes, what came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.base.errors import SourceError
from kg.base.language import say
from kg.cli.streams import tell

if TYPE_CHECKING:
    from kg.base.model import Article
    from kg.corpus.listing import Listing
    from kg.propose.asking import Estimate, Model, Outcome
    from kg.propose.cache import Cache
    from kg.propose.settings import Settings

__all__ = [
    "AcceptOption",
    "CacheOption",
    "CallsOption",
    "ConfigOption",
    "Given",
    "ModelOption",
    "NameOption",
    "OfflineOption",
    "ask",
    "asked_articles",
]

ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="URL",
        help="Let a language model propose facts: an endpoint that speaks chat completions, as http://localhost:11434/v1. Its key, where it needs one, is read from KG_MODEL_KEY.",
        show_default=False,
    ),
]
NameOption = Annotated[
    str, typer.Option("--model-name", metavar="NAME", help="The name of the model, as its endpoint knows it.")
]
CallsOption = Annotated[
    int | None,
    typer.Option(
        "--model-calls",
        min=0,
        help="Ask the model at most so often; what is answered is kept, and the next run goes on. 0: only say what it would take.",
        show_default=False,
    ),
]
CacheOption = Annotated[
    Path | None,
    typer.Option(
        "--model-cache",
        metavar="DIR",
        help="Where answers of the model are kept; default: model-cache in the folder that is written.",
        show_default=False,
    ),
]
OfflineOption = Annotated[
    bool,
    typer.Option(
        "--offline", help="Ask nobody: build from the answers that are kept, without address and key."
    ),
]
AcceptOption = Annotated[
    bool,
    typer.Option(
        "--accept-model",
        help="Take what the model alone proposes for facts like others, without your confirming them.",
    ),
]
ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        help="Settings of the model; default: kg.toml beside the articles, where there is one.",
        show_default=False,
    ),
]


@dataclass(frozen=True)
class Given:
    """What a command line says of a model."""

    url: str | None = None
    name: str = ""
    calls: int | None = None
    cache: Path | None = None
    offline: bool = False
    accept: bool = False
    config: Path | None = None

    def __bool__(self) -> bool:
        """Say whether a model is meant to propose.

        Raises:
            typer.BadParameter: something is said of one, and none is to be asked.
        """
        wanted = self.url is not None or self.offline
        if not wanted and (self.name or self.calls is not None or self.cache or self.accept or self.config):
            raise typer.BadParameter(say("give --model URL, or --offline"), param_hint="--model")
        return wanted

    def model(self, sources: Sequence[Path], home: Path, least: float | None) -> tuple[Model, Cache]:
        """Return who is asked, and where answers are kept.

        Args:
            sources: the articles, beside which settings may lie.
            home: the folder in which answers are kept where nothing else is said.
            least: what proposals have to be sure to be kept.

        Raises:
            KgError: something is missing, or wrong, or secret and where it should not be.
        """
        from kg.propose.proposer import CACHE, Proposer

        own = _settings(self.config, sources)
        return Proposer(
            self.name or own.name,
            None if self.offline else self.url,
            self.cache or own.cache or home / CACHE,
            self.calls if self.calls is not None else own.calls,
            self.accept,
            least or 0.0,
            own.parallel,
            own.seconds,
            own.confidence,
        ).model()


def _settings(config: Path | None, sources: Sequence[Path]) -> Settings:
    from kg.propose.settings import FILE, Settings, read_settings

    if config is not None:
        return read_settings(config)
    first = next((each for each in sources if str(each) != "-"), None)
    if first is None:
        return Settings()
    beside = (first if first.is_dir() else first.parent) / FILE
    return read_settings(beside) if beside.is_file() else Settings()


def ask(listing: Listing, given: Given, sources: Sequence[Path], home: Path, least: float | None) -> Listing:
    """Return a listing whose articles have what the model answered about them, asking it for what is not kept.

    Raises:
        KgError: the model cannot be asked, or nothing that it answered is kept.
    """
    from kg.corpus.asked import with_answers

    asked = asked_articles(listing.articles, given, sources, home, least)
    return with_answers(listing, {each.sha256: each.asked for each in asked if each.asked is not None})


def asked_articles(
    articles: Sequence[Article], given: Given, sources: Sequence[Path], home: Path, least: float | None = None
) -> tuple[Article, ...]:
    """Return articles with what the model answered about them, asking it for what is not kept.

    Raises:
        KgError: the model cannot be asked, or nothing that it answered is kept.
    """
    from kg.cli.writing import progress
    from kg.propose.asking import planned

    model, cache = given.model(sources, home, least)
    plan = planned(articles, model, cache)
    estimate = plan.estimate()
    _tell_estimate(estimate, model)
    if model.address is None and estimate.calls and not estimate.kept:
        raise SourceError(
            cache.folder,
            f"holds no answer of {model.name!r} about these articles",
            "name the folder with --model-cache, the model with --model-name, or ask it: --model URL",
        )
    with progress(estimate.calls) as step:
        outcome = plan.ask(lambda done, every: step("asking", done, every))
    _tell_outcome(outcome, estimate)
    return plan.answered()


def _tell_estimate(estimate: Estimate, model: Model) -> None:
    tell(
        say(
            "kg: model {model}: {passages} passages, {kept} of them answered before",
            model=model.name,
            passages=estimate.passages,
            kept=estimate.kept,
        ),
        err=True,
    )
    if estimate.calls and model.address is not None:
        tell(
            say(
                "kg: to ask: {calls} calls or more, about {characters} characters sent, to {address}",
                calls=estimate.calls,
                characters=f"{estimate.characters:,}",
                address=model.address,
            ),
            err=True,
        )


def _tell_outcome(outcome: Outcome, estimate: Estimate) -> None:
    if outcome.calls:
        tell(
            say(
                "kg: {calls} calls made, {answered} passages answered",
                calls=outcome.calls,
                answered=outcome.answered,
            ),
            err=True,
        )
    for why, many in sorted(outcome.failed.items()):
        tell(say("kg: {many} passages got no answer: {why}", many=many, why=why), err=True)
    if outcome.unanswered:
        tell(
            say(
                "kg: {many} of {every} passages are without an answer, and the graph without what it would say: run it again to go on",
                many=outcome.unanswered,
                every=estimate.passages,
            ),
            err=True,
        )
