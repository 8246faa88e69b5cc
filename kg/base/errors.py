"""What can go wrong, as one tree.

KgError                 every error a user can mend; the command line prints it as one line, exit status 1
├── SourceError         an article that cannot be read (missing, empty, binary, not Chinese ...)
├── ResourceError       a file under data/ or queries/ that is missing or does not hold what it should
├── GraphError          a graph file that cannot be read or written
├── DecisionError       what a person decided that cannot be read
│   └── ContradictionError  two decisions that contradict each other
├── QueryError          a SPARQL mistake, an unknown query, a missing parameter
└── OutputError         a place that cannot be written
"""

from __future__ import annotations

__all__ = [
    "ContradictionError",
    "DecisionError",
    "GraphError",
    "KgError",
    "OutputError",
    "QueryError",
    "ResourceError",
    "SourceError",
]


class KgError(Exception):
    """Something the user can mend.

    Args:
        where: the file, query or option at fault, as the user named it.
        what: what is wrong with it, in one sentence without a full stop.
        hint: how to mend it, or "".
    """

    def __init__(self, where: object, what: str, hint: str = "") -> None:
        self.where, self.what, self.hint = str(where), what, hint
        super().__init__(f"{where}: {what}" + (f" ({hint})" if hint else ""))

    def __reduce__(self) -> tuple[type[KgError], tuple[str, str, str]]:
        """Pickle by the three parts, so that an error crosses a process border whole."""
        return type(self), (self.where, self.what, self.hint)


class SourceError(KgError):
    """An article that cannot be read."""


class ResourceError(KgError):
    """A file of the product's own that is missing or wrong."""


class GraphError(KgError):
    """A graph that cannot be read, written or trusted."""


class QueryError(KgError):
    """A question that cannot be asked."""


class OutputError(KgError):
    """A place that cannot be written."""


class DecisionError(KgError):
    """A decision of a person that cannot be read, or contradicts another one."""


class ContradictionError(DecisionError):
    """Two decisions that cannot both be; ``ids`` names them, the one that stands first in the file first."""

    ids: tuple[str, ...] = ()

    def __reduce__(self) -> tuple[type[KgError], tuple[str, str, str], dict[str, object]]:  # type: ignore[override]
        """Pickle by the three parts and the ids."""
        return type(self), (self.where, self.what, self.hint), {"ids": self.ids}
