"""Counts requests and writes Prometheus text."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping

_BOUNDS = (0.005, 0.025, 0.1, 0.5, 2.0, 10.0)


class Metrics:
    """Requests by method, route and status, and how long they took. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._buckets: Counter[tuple[str, float]] = Counter()
        self._seconds: dict[str, float] = {}

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """One request has ended."""
        with self._lock:
            self._requests[method, route, status] += 1
            self._seconds[route] = self._seconds.get(route, 0.0) + seconds
            for bound in (*_BOUNDS, float("inf")):
                if seconds <= bound:
                    self._buckets[route, bound] += 1

    def text(self, gauges: Mapping[str, int]) -> str:
        """Everything in the Prometheus exposition format."""
        lines = ["# TYPE desk_requests_total counter"]
        with self._lock:
            for (method, route, status), number in sorted(self._requests.items()):
                lines.append(f'desk_requests_total{{method="{method}",route="{route}",status="{status}"}} {number}')
            lines.append("# TYPE desk_request_seconds histogram")
            for route, total in sorted(self._seconds.items()):
                for bound in (*_BOUNDS, float("inf")):
                    label = "+Inf" if bound == float("inf") else f"{bound}"
                    number = self._buckets[route, bound]
                    lines.append(f'desk_request_seconds_bucket{{route="{route}",le="{label}"}} {number}')
                lines.append(f'desk_request_seconds_sum{{route="{route}"}} {total:.6f}')
                lines.append(f'desk_request_seconds_count{{route="{route}"}} {self._buckets[route, float("inf")]}')
        for name, value in sorted(gauges.items()):
            lines += [f"# TYPE desk_{name} gauge", f"desk_{name} {value}"]
        return "\n".join(lines) + "\n"
