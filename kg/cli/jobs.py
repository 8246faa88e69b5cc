"""The folder of a job of ``kg spark`` as the source of ``kg build``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.base.errors import SourceError

if TYPE_CHECKING:
    from kg.corpus.listing import Listing
    from kg.spark.taken import Taken
    from kg.text.gather import Found

__all__ = ["job_in", "settings_of", "taken_from"]

_JOB: Final = "job.json"


def job_in(sources: Sequence[Path]) -> Taken | None:
    """Return the job whose folder is the source, None where articles are.

    Raises:
        SourceError: the job is not finished, or it is not the only source.
    """
    jobs = [source for source in sources if (source / _JOB).is_file()]
    if not jobs:
        return None
    if len(sources) > 1:
        raise SourceError(jobs[0], "is a job, and a job is the only source", "add the others with kg add")
    from kg.spark.taken import Taken

    return Taken.of(jobs[0])


def settings_of(
    job: Taken, base: str, mask: tuple[str, ...], least_confidence: float | None, merge: str | None
) -> tuple[str, tuple[str, ...], float | None, str]:
    """Return how the articles of a job were read, and joined where ``merge`` does not say it: the corpus is made so too.

    Raises:
        SourceError: an option says otherwise.
    """
    asked = job.asked
    own = (("--base", base, asked.base), ("--mask", mask, asked.mask))
    more = (("--least-confidence", least_confidence or None, asked.least_confidence),)
    for option, given, was in (*own, *more):
        if given and given != was:
            what = f"was read with another {option}"
            raise SourceError(job.folder, what, "leave the option out, or run the job again with it")
    return asked.base, asked.mask, asked.least_confidence, merge or asked.level


def taken_from(job: Taken, out: Path, skip: Callable[[SourceError], None]) -> tuple[list[Found], Listing]:
    """Return the articles of a job and the listing of a corpus of them; ``skip`` is told of what is none."""
    for fault in job.skipped:
        skip(fault)
    return job.found, job.listing(out)
