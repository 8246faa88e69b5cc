"""What the graph is as a dataset."""

from __future__ import annotations

from kg.serve.answers.opened import Opened
from kg.serve.reply import Reply

__all__ = ["dataset"]


def dataset(opened: Opened) -> Reply:
    """Return what the store consists of, and what its IRIs begin with."""
    return Reply(200, "", (opened.census, opened.bases))
