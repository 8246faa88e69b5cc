"""``Article*`` -> the same articles with a model's answers: from the folder of answers, and, where one may be asked, from it.

What is to be asked is known, and told, before the first call. Each answer is kept before it is used, so a run that is cut off
goes on where it stopped. Which thread asked what is nowhere to be seen in what comes out.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed, wait
from dataclasses import dataclass, field, replace
from typing import Any, Final

from kg.base.errors import KgError
from kg.base.model import Answer, Article, Asked
from kg.propose.address import Address
from kg.propose.cache import Cache
from kg.propose.passage import Passage, as_read, passages
from kg.propose.prompt import Prompt, prompt_of

__all__ = ["Estimate", "Model", "Outcome", "Plan", "planned"]

TRIES: Final = 5
"""Calls for one answer, where an endpoint says that a later one may work."""

LONGEST_PAUSE: Final = 60.0
_FINAL: Final = frozenset({401, 402, 403, 405, 407, 410, 451})
"""Statuses that are the same for every passage."""


@dataclass(frozen=True)
class Model:
    """Who may be asked, and how."""

    name: str
    address: Address | None = None  # None: nobody, only what is kept counts
    key: str = field(default="", repr=False)
    calls: int | None = None  # at most; None: as many as it takes
    parallel: int = 4
    seconds: float = 120.0
    accepted: bool = False
    sure: tuple[tuple[str, float], ...] = ()
    least: float = 0.0


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a run would take."""

    passages: int
    kept: int  # have an answer already
    calls: int  # at least
    characters: int  # that are sent


@dataclass
class Outcome:
    """What became of a run; calls that were made, answers that came, passages without one, and why."""

    calls: int = 0
    answered: int = 0
    unanswered: int = 0
    failed: dict[str, int] = field(default_factory=dict)


class _SpentError(Exception):
    """No call is left."""


@dataclass(frozen=True)
class _Article:
    article: Article
    asked: tuple[tuple[Passage, Prompt], ...]


@dataclass(frozen=True)
class Plan:
    """The articles with what is to be asked about each."""

    model: Model
    cache: Cache
    articles: tuple[_Article, ...]

    def estimate(self) -> Estimate:
        """Return what asking takes."""
        every = {prompt.key: prompt for each in self.articles for _, prompt in each.asked}
        missing = self.missing()
        return Estimate(len(every), len(every) - len(missing), len(missing), sum(map(len, missing)))

    def missing(self) -> list[Prompt]:
        """Return the prompts that have no answer yet, each once, in the order of the articles."""
        every = {prompt.key: prompt for each in self.articles for _, prompt in each.asked}
        return [prompt for prompt in every.values() if self.cache.get(prompt) is None]

    def ask(self, progress: Callable[[int, int], None] = lambda _done, _all: None) -> Outcome:
        """Ask what has no answer yet, where somebody may be asked.

        Raises:
            KgError: the endpoint gives none, or no more; what it gave before is kept.
        """
        missing = self.missing()
        if self.model.address is None or not missing:
            return Outcome(unanswered=len(missing))
        return _Asking(self.model, self.model.address, self.cache).ask(missing, progress)

    def answered(self) -> tuple[Article, ...]:
        """Return the articles with the answers that are kept."""
        return tuple(self._answered(each) for each in self.articles)

    def _answered(self, each: _Article) -> Article:
        found = ((passage, self.cache.get(prompt)) for passage, prompt in each.asked)
        answers = tuple(
            Answer(passage.span.start, passage.span.end, words)
            for passage, words in found
            if words is not None
        )
        own = self.model
        return replace(each.article, asked=Asked(own.name, answers, own.accepted, own.sure, own.least))


def planned(articles: Iterable[Article], model: Model, cache: Cache) -> Plan:
    """Return what is to be asked about articles."""
    return Plan(
        model,
        cache,
        tuple(
            _Article(
                article, tuple((each, prompt_of(each, model.name)) for each in passages(as_read(article)))
            )
            for article in articles
        ),
    )


class _Asking:
    """Asks one endpoint, several questions at a time."""

    def __init__(self, model: Model, address: Address, cache: Cache) -> None:
        from kg.propose.ladder import Ladder  # opens sockets, which nobody needs without a model

        self._model, self._address, self._cache = model, address, cache
        self._ladder = Ladder(self._post, cache.rung(address, model.name))
        self._lock, self._stop = threading.Lock(), threading.Event()
        self.outcome = Outcome()

    def ask(self, prompts: Sequence[Prompt], progress: Callable[[int, int], None]) -> Outcome:
        progress(0, len(prompts))
        done = 0
        pool = ThreadPoolExecutor(self._model.parallel, thread_name_prefix="kg-model")
        try:
            for future in self._run(pool, prompts):
                done += 1
                self._settle(future, len(prompts))
                progress(done, len(prompts))
        finally:
            self._stop.set()
            pool.shutdown(wait=False, cancel_futures=True)
        if self.outcome.answered:
            self._cache.remember(self._address, self._model.name, self._ladder.rung)
        return self.outcome

    def _run(self, pool: ThreadPoolExecutor, prompts: Sequence[Prompt]) -> Iterator[Future[None]]:
        """Yield each question when it is done; the first goes alone, and says what the endpoint is like."""
        first = pool.submit(self._ask, prompts[0])
        wait([first])
        yield first
        yield from as_completed([pool.submit(self._ask, prompt) for prompt in prompts[1:]])

    def _settle(self, future: Future[None], every: int) -> None:
        """Take note of what became of a question; stop where no other one would be answered.

        Raises:
            KgError: the endpoint gives no answers.
        """
        from kg.propose.client import Failed

        try:
            future.result()
            self.outcome.answered += 1
        except _SpentError:
            self.outcome.unanswered += 1
        except Failed as failed:
            is_hopeless = failed.again or failed.status in _FINAL or 300 <= failed.status < 400
            if is_hopeless or not self.outcome.answered:
                self._stop.set()
                raise self._error(failed, every) from failed
            self.outcome.unanswered += 1
            self.outcome.failed[failed.what] = self.outcome.failed.get(failed.what, 0) + 1

    def _error(self, failed: Any, every: int) -> KgError:  # noqa: ANN401 - its module opens sockets
        done = self.outcome.answered
        if done:
            return KgError(
                self._address,
                failed.what,
                f"{done} of {every} passages are answered and kept: run it again to go on, or build with --offline",
            )
        hint = "is the key right? it is read from KG_MODEL_KEY" if failed.status in _FINAL else ""
        return KgError(self._address, failed.what, hint or "is the model there, and is its name right?")

    def _ask(self, prompt: Prompt) -> None:
        answered = self._ladder.ask(prompt)
        self._cache.put(prompt, answered.words, answered.rung)

    def _post(self, body: Mapping[str, Any]) -> Any:  # noqa: ANN401
        from kg.propose.client import Failed, post

        for attempt in range(TRIES):
            self._spend()
            try:
                return post(self._address, self._model.key, body, self._model.seconds)
            except Failed as failed:
                if not failed.again or attempt == TRIES - 1:
                    raise
                pause(self._stop, min(LONGEST_PAUSE, max(failed.after, 2.0**attempt)))
        raise AssertionError("unreachable")

    def _spend(self) -> None:
        """Take one of the calls that may be made."""
        with self._lock:
            most = self._model.calls
            if self._stop.is_set() or (most is not None and self.outcome.calls >= most):
                raise _SpentError
            self.outcome.calls += 1


def pause(stop: threading.Event, seconds: float) -> None:
    """Wait, unless all is to stop."""
    stop.wait(seconds)
