"""Processes that answer: one that dies is replaced, and none is left when nobody wants answers any more."""

from __future__ import annotations

import os
from functools import partial

import pytest

from kg.base.process_pool import DiedError, ProcessPool

CODE = """
import os, sys, time
from kg.base.process_pool import answer_each

def answer(question):
    if question == "die":
        os._exit(1)
    if question == "wait":
        time.sleep(600)
    return os.getpid(), question

answer_each(int(sys.argv[1]), lambda: answer)
"""


def said(pool: ProcessPool, question: str) -> str:
    try:
        return str(pool.ask(question)[1])
    except DiedError:
        return "died"


def test_over_what_one_process_dies_of_the_others_answer_and_another_takes_its_place() -> None:
    with ProcessPool(2, CODE) as pool:
        found = list(pool.each(partial(said, pool), ["a", "die", "die", "die", "b", "c"]))

    assert sorted(found) == ["a", "b", "c", "died", "died", "died"]


@pytest.mark.parametrize("waiting", [1, 5])
def test_leaving_the_block_ends_what_is_being_answered_and_what_waits(waiting: int) -> None:
    with ProcessPool(2, CODE) as pool:
        answers = pool.each(pool.ask, ["a", *["wait"] * waiting])
        process, _ = next(answers)

    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
