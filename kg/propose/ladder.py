"""How a model is brought to answer in JSON: the surest way that its endpoint knows, found out and remembered.

json_schema    the form of the answer is given; some refuse it (HTTP 400), some answer nothing
json_object    only that it is JSON; the prompt says the form
text           neither; the answer is looked for in what comes
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final

from kg.propose.client import Failed, Reply
from kg.propose.prompt import Prompt
from kg.propose.proposal import proposals_in

__all__ = ["RUNGS", "Answered", "Ladder"]

RUNGS: Final = ("json_schema", "json_object", "text")
_NOT_SO: Final = frozenset({400, 404, 415, 422, 501})
"""Statuses by which endpoints say that they do not know a form of answers; or that all else is wrong, which shows below."""

_MOST: Final = 4096  # tokens of an answer
_NOTHING: Final = "its answer has no words"


@dataclass(frozen=True, slots=True)
class Answered:
    """The words of an answer, and the rung they were got on."""

    words: str
    rung: str


class Ladder:
    """Climbs down until an answer can be read; the rung that gave one is where the next question begins.

    Args:
        post: sends one body and returns the reply; retries are its business.
        rung: the one to begin at, as a run before has found it.
    """

    def __init__(self, post: Callable[[dict[str, Any]], Reply], rung: str = RUNGS[0]) -> None:
        self._post, self._lock = post, Lock()
        self._at = RUNGS.index(rung) if rung in RUNGS else 0
        self._proven = False

    @property
    def rung(self) -> str:
        """Where the next question begins."""
        return RUNGS[self._at]

    def ask(self, prompt: Prompt) -> Answered:
        """Return the answer to a prompt; where no rung gives one that can be read, the last one with any words.

        Raises:
            Failed: none gives an answer at all.
        """
        last: Answered | None = None
        failed: Failed | None = None
        for at in range(self._at, len(RUNGS)):
            try:
                words = _words(self._post(_body(prompt, RUNGS[at])))
            except Failed as error:
                if error.status not in _NOT_SO and error.what != _NOTHING:
                    raise
                failed = error
                continue
            if proposals_in(words) is not None:
                self._remember(at)
                return Answered(words, RUNGS[at])
            last = Answered(words, RUNGS[at])
        if last is not None:
            return last
        raise failed or Failed(_NOTHING)

    def _remember(self, at: int) -> None:
        """Begin there from now on; a rung that gave an answer before is not left for one passage that it failed on."""
        with self._lock:
            if not self._proven:
                self._at, self._proven = at, True


def _body(prompt: Prompt, rung: str) -> dict[str, Any]:
    body: dict[str, Any] = {
        "model": prompt.model,
        "messages": [
            {"role": "system", "content": prompt.system},
            {"role": "user", "content": prompt.user},
        ],
        "temperature": 0,
        "max_tokens": _MOST,
        "stream": False,
    }
    if rung == "json_schema":
        form = {"name": "facts", "strict": True, "schema": prompt.form}
        body["response_format"] = {"type": rung, "json_schema": form}
    elif rung == "json_object":
        body["response_format"] = {"type": rung}
    return body


def _words(reply: Reply) -> str:
    """Return the words of the answer in a reply."""
    try:
        words = reply.value["choices"][0]["message"]["content"]
    except (LookupError, TypeError):
        raise Failed("its answer has not the form of chat completions") from None
    if not isinstance(words, str) or not words.strip():
        raise Failed(_NOTHING)
    return words.encode("utf-8", "replace").decode()
