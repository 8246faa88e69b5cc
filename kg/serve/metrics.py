"""What the server counts, as Prometheus reads it (text format 0.0.4)."""

from __future__ import annotations

import os
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator

__all__ = ["Metrics"]

_BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds


class Metrics:
    """Counts of requests by route and status, and how long they took."""

    def __init__(self) -> None:
        self.requests: Counter[tuple[str, str, int]] = Counter()
        self.closed: Counter[str] = Counter()  # connections, by why they were closed unanswered
        self.swaps = 0
        self._buckets: dict[str, list[int]] = {}
        self._seconds: Counter[str] = Counter()

    def add(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count one request."""
        self.requests[route, method, status] += 1
        buckets = self._buckets.setdefault(route, [0] * (len(_BOUNDS) + 1))
        buckets[bisect_left(_BOUNDS, seconds)] += 1
        self._seconds[route] += seconds  # type: ignore[assignment]

    def text(self, gauges: dict[str, float], ended: Counter[str]) -> str:
        """Return everything counted, with ``gauges`` (by name) and why workers ended."""
        return "\n".join([*self._lines(gauges, ended), ""])

    def _lines(self, gauges: dict[str, float], ended: Counter[str]) -> Iterator[str]:
        yield "# HELP kg_http_requests_total Requests answered."
        yield "# TYPE kg_http_requests_total counter"
        for (route, method, status), count in sorted(self.requests.items()):
            yield f'kg_http_requests_total{{route="{route}",method="{method}",status="{status}"}} {count}'
        yield "# HELP kg_http_request_seconds How long requests took."
        yield "# TYPE kg_http_request_seconds histogram"
        for route, buckets in sorted(self._buckets.items()):
            total = 0
            for bound, count in zip((*_BOUNDS, "+Inf"), buckets, strict=True):
                total += count
                yield f'kg_http_request_seconds_bucket{{route="{route}",le="{bound}"}} {total}'
            yield f'kg_http_request_seconds_sum{{route="{route}"}} {self._seconds[route]:.6f}'
            yield f'kg_http_request_seconds_count{{route="{route}"}} {total}'
        yield "# HELP kg_workers_ended_total Workers that were ended, and why."
        yield "# TYPE kg_workers_ended_total counter"
        for reason in ("deadline", "memory", "client gone", "killed"):
            yield f'kg_workers_ended_total{{reason="{reason}"}} {ended[reason]}'
        yield "# HELP kg_connections_closed_total Connections closed unanswered: no request in time, or too many of one address."
        yield "# TYPE kg_connections_closed_total counter"
        for reason in ("address", "head"):
            yield f'kg_connections_closed_total{{reason="{reason}"}} {self.closed[reason]}'
        yield "# TYPE kg_store_swaps_total counter"
        yield f"kg_store_swaps_total {self.swaps}"
        for name, value in {**gauges, **_process()}.items():
            yield f"# TYPE {name} gauge"
            yield f"{name} {value:g}" if value < 1e6 else f"{name} {value:.0f}"


def _process() -> dict[str, float]:
    try:
        with open("/proc/self/statm") as file:  # noqa: PTH123 - a path of the system
            resident = int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        return {
            "process_resident_memory_bytes": float(resident),
            "process_open_fds": float(len(os.listdir("/proc/self/fd"))),  # noqa: PTH208
        }
    except (OSError, ValueError):  # no Linux
        return {}
