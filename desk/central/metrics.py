"""Counts requests and writes Prometheus text."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Mapping

_OLD_NEWS = 86_400.0
_DETECT_BOUNDS = (1.0, 5.0, 30.0, 120.0, 600.0, float("inf"))
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

    def text(self, gauges: Mapping[str, int], more: Iterable[str] = ()) -> str:
        """Everything in the Prometheus exposition format, with `more` lines of others."""
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
        return "\n".join([*lines, *more]) + "\n"


class PathTimes:
    """How long automatic paths took, from ring to close, against policy's target. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._paths: Counter[str] = Counter()
        self._seconds = 0.0

    def count(self, seconds: float, target: int) -> None:
        """One path has ended."""
        with self._lock:
            self._paths["yes" if seconds <= target else "no"] += 1
            self._seconds += seconds

    def lines(self) -> list[str]:
        """In the Prometheus exposition format."""
        with self._lock:
            counted = [f'desk_auto_paths_total{{in_time="{one}"}} {self._paths[one]}' for one in ("yes", "no")]
            total = f"desk_auto_path_seconds_total {self._seconds:.3f}"
        return ["# TYPE desk_auto_paths_total counter", *counted, "# TYPE desk_auto_path_seconds_total counter", total]


class DetectTimes:
    """Tickets that detection raised, by rule, and how long after the rule would have had them (MISSION 64). What was
    already old when it was first seen, as in an import, is counted and not timed. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._raised: Counter[str] = Counter()
        self._buckets: Counter[float] = Counter()
        self._seconds = 0.0

    def count(self, rule: str, seconds: float) -> None:
        """One ticket was raised."""
        with self._lock:
            self._raised[rule] += 1
            if seconds < _OLD_NEWS:
                self._seconds += seconds
                self._buckets.update(bound for bound in _DETECT_BOUNDS if seconds <= bound)

    def lines(self) -> list[str]:
        """In the Prometheus exposition format."""
        with self._lock:
            lines = ["# TYPE desk_findings_total counter"]
            lines += [f'desk_findings_total{{rule="{rule}"}} {count}' for rule, count in sorted(self._raised.items())]
            lines.append("# TYPE desk_detect_seconds histogram")
            for bound in _DETECT_BOUNDS:
                label = "+Inf" if bound == float("inf") else f"{bound:g}"
                lines.append(f'desk_detect_seconds_bucket{{le="{label}"}} {self._buckets[bound]}')
            lines.append(f"desk_detect_seconds_sum {self._seconds:.3f}")
            lines.append(f"desk_detect_seconds_count {self._buckets[float('inf')]}")
        return lines
