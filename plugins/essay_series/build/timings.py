"""How many seconds each phase of a build takes."""

from __future__ import annotations

from time import perf_counter


class Timings:
    """The seconds of each phase, in the order in which they first ended."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = perf_counter()

    def end(self, phase: str) -> None:
        """End `phase`, which began when the previous one ended."""
        now = perf_counter()
        self.seconds[phase] = self.seconds.get(phase, 0.0) + now - self._last
        self._last = now

    def table(self) -> str:
        """Return a table of the phases with their seconds and shares, one per line, and the total."""
        whole = sum(self.seconds.values())
        width = max(map(len, self.seconds), default=0)
        lines = [
            f"{phase:<{width}} {seconds:8.2f} s {seconds / whole if whole else 0:6.0%}"
            for phase, seconds in (*self.seconds.items(), ("all", whole))
        ]
        return "\n".join(lines)
