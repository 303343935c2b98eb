"""What the benchmark found, as text for a terminal and as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from math import log10
from statistics import median
from typing import Protocol

US = "ours"
SAME_SITE = "plugin"
"""Makes the pages that stock Pelican makes, and no more, as most others do."""


class Run(Protocol):
    """One build; see ``bench.Run``."""

    size: int
    contender: str
    mode: str
    round: int
    wall: float
    cpu: float
    memory: float


class Named(Protocol):
    """A contender; see ``contenders.Contender``."""

    name: str
    says: str


def text(runs: Sequence[Run], modes: Sequence[str]) -> str:
    """Return tables and bars for a terminal."""
    lines = [line for size in sizes(runs) for line in _text(runs, modes, size)]
    return "\n".join([*lines, "", *_growth(runs, modes)])


def markdown(runs: Sequence[Run], modes: Sequence[str], contenders: Sequence[Named], machine: str) -> str:
    """Return the whole report."""
    lines = ["# How fast", "", f"{datetime.now(UTC):%Y-%m-%d}, {machine}. Medians; only the ratios count.", ""]
    lines += [f"- **{one.name}**: {one.says}" for one in contenders]
    for size in sizes(runs):
        lines += ["", f"## {size} essays", ""]
        for title, cell in _tables(runs, size):
            lines += [f"{title}:", "", f"| | {' | '.join(modes)} |", f"|---|{'---|' * len(modes)}"]
            lines += [f"| {name} | {' | '.join(cell(name, mode) for mode in modes)} |" for name in names(runs)]
            lines += [""]
    lines += ["", *_growth(runs, modes)] if len(sizes(runs)) > 1 else []
    return "\n".join(lines)


def ratio(runs: Sequence[Run], size: int, mode: str, name: str, base: str = US) -> list[float]:
    """Return how many times as long as `base` `name` took, in each round, in order of size; none without `base`."""
    ours = {run.round: run.wall for run in runs if (run.size, run.contender, run.mode) == (size, base, mode)}
    theirs = {run.round: run.wall for run in runs if (run.size, run.contender, run.mode) == (size, name, mode)}
    return sorted(theirs[number] / ours[number] for number in ours.keys() & theirs.keys())


def _tables(runs: Sequence[Run], size: int) -> Iterator[tuple[str, Callable[[str, str], str]]]:
    def middle(fact: str, form: str) -> Callable[[str, str], str]:
        return lambda name, mode: form.format(_middle(runs, size, mode, name, fact))

    def times(base: str) -> Callable[[str, str], str]:
        def cell(name: str, mode: str) -> str:
            found = ratio(runs, size, mode, name, base)
            return f"{median(found):.2f} ({found[0]:.2f} to {found[-1]:.2f})" if found else ""

        return cell

    yield "Wall time in seconds", middle("wall", "{:.2f}")
    for base in [each for each in (US, SAME_SITE) if each in names(runs)]:
        yield f"How many times as long as {base} it takes: median of paired runs (least to most)", times(base)
    yield "CPU time in seconds", middle("cpu", "{:.2f}")
    yield "Peak memory in MiB", middle("memory", "{:.0f}")


def _text(runs: Sequence[Run], modes: Sequence[str], size: int) -> Iterator[str]:
    for title, cell in _tables(runs, size):
        yield f"\n{size} essays. {title}"
        rows = [["", *modes], *([name, *(cell(name, mode) for mode in modes)] for name in names(runs))]
        widths = [max(len(row[column]) for row in rows) for column in range(len(modes) + 1)]
        yield from ("  ".join(f"{word:>{width}}" for word, width in zip(row, widths, strict=True)) for row in rows)
    yield f"\n{size} essays. Wall time, each # is a tenth of a power of ten above a hundredth of a second"
    yield from (
        f"{mode:>10} {name:>9} {'#' * round(10 * length)} {wall:.2f}"
        for mode, name, length, wall in (bar[1:] for bar in _bars(runs, modes) if bar[0] == size)
    )


def _growth(runs: Sequence[Run], modes: Sequence[str]) -> Iterator[str]:
    """Yield, for each two sizes that follow each other, how much more time and memory the larger takes."""
    for small, large in pairwise(sizes(runs)):
        for name in names(runs):
            grown = ", ".join(
                f"{mode} {_middle(runs, large, mode, name, 'wall') / _middle(runs, small, mode, name, 'wall'):.2f}"
                for mode in modes
            )
            memory = max(_middle(runs, large, mode, name, "memory") for mode in modes)
            before = max(_middle(runs, small, mode, name, "memory") for mode in modes)
            yield f"From {small} to {large} essays {name} takes so many times as long: {grown}."
            yield f"  At its peak it takes {memory / before:.2f} times as much memory."


def _middle(runs: Sequence[Run], size: int, mode: str, name: str, fact: str) -> float:
    return float(median(getattr(run, fact) for run in _of(runs, size, mode, name)))


def _bars(runs: Sequence[Run], modes: Sequence[str]) -> Iterator[tuple[int, str, str, float, float]]:
    """Yield size, mode, contender, the powers of ten above a hundredth of a second, and the median wall time."""
    for size in sizes(runs):
        for mode in modes:
            for name in names(runs):
                wall = median(run.wall for run in _of(runs, size, mode, name))
                yield size, mode, name, max(log10(wall * 100), 0.05), wall


def _of(runs: Sequence[Run], size: int, mode: str, name: str) -> list[Run]:
    return [run for run in runs if (run.size, run.mode, run.contender) == (size, mode, name)]


def sizes(runs: Sequence[Run]) -> list[int]:
    """Return the numbers of essays that were built, in their order."""
    return list(dict.fromkeys(run.size for run in runs))


def names(runs: Sequence[Run]) -> list[str]:
    """Return the contenders, in their order."""
    return list(dict.fromkeys(run.contender for run in runs))
