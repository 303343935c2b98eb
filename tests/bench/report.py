"""What the benchmark found, as text for a terminal, as Markdown and as a drawing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from math import log10
from statistics import median
from typing import Protocol

US = "ours"
COLOURS = {"ours": "#7a2e1d", "plugin": "#b5654a", "pelican": "#4a6fa5", "hugo": "#c48f2c", "eleventy": "#5b7a4a"}


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
    return "\n".join(line for size in _sizes(runs) for line in _text(runs, modes, size))


def markdown(runs: Sequence[Run], modes: Sequence[str], contenders: Sequence[Named], machine: str) -> str:
    """Return the whole report."""
    lines = ["# How fast", "", f"{datetime.now(UTC):%Y-%m-%d}, {machine}. Medians; only the ratios count.", ""]
    lines += [f"- **{one.name}**: {one.says}" for one in contenders]
    for size in _sizes(runs):
        lines += ["", f"## {size} essays", ""]
        for title, cell in _tables(runs, size):
            lines += [f"{title}:", "", f"| | {' | '.join(modes)} |", f"|---|{'---|' * len(modes)}"]
            lines += [f"| {name} | {' | '.join(cell(name, mode) for mode in modes)} |" for name in _names(runs)]
            lines += [""]
    return "\n".join(lines)


def drawing(runs: Sequence[Run], modes: Sequence[str]) -> str:
    """Return an SVG of all median wall times, a bar for each, on a scale by powers of ten."""
    bars = list(_bars(runs, modes))
    height = 20 + 18 * len(bars)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 {height}" font-family="sans-serif" font-size="12">'
        f'<rect width="760" height="{height}" fill="#fff"/>{"".join(_drawn(bars))}</svg>\n'
    )


def ratio(runs: Sequence[Run], size: int, mode: str, name: str) -> list[float]:
    """Return how many times as long as ours `name` took, in each round, in order of size; none without ours."""
    ours = {run.round: run.wall for run in runs if (run.size, run.contender, run.mode) == (size, US, mode)}
    theirs = {run.round: run.wall for run in runs if (run.size, run.contender, run.mode) == (size, name, mode)}
    return sorted(theirs[number] / ours[number] for number in ours.keys() & theirs.keys())


def _tables(runs: Sequence[Run], size: int) -> Iterator[tuple[str, Callable[[str, str], str]]]:
    def middle(fact: str, form: str) -> Callable[[str, str], str]:
        return lambda name, mode: form.format(median(getattr(run, fact) for run in _of(runs, size, mode, name)))

    def times(name: str, mode: str) -> str:
        found = ratio(runs, size, mode, name)
        return f"{median(found):.2f} ({found[0]:.2f} to {found[-1]:.2f})" if found else ""

    yield "Wall time in seconds", middle("wall", "{:.2f}")
    yield "How many times as long as ours it takes: median of paired runs (least to most)", times
    yield "CPU time in seconds", middle("cpu", "{:.2f}")
    yield "Peak memory in MiB", middle("memory", "{:.0f}")


def _text(runs: Sequence[Run], modes: Sequence[str], size: int) -> Iterator[str]:
    for title, cell in _tables(runs, size):
        yield f"\n{size} essays. {title}"
        rows = [["", *modes], *([name, *(cell(name, mode) for mode in modes)] for name in _names(runs))]
        widths = [max(len(row[column]) for row in rows) for column in range(len(modes) + 1)]
        yield from ("  ".join(f"{word:>{width}}" for word, width in zip(row, widths, strict=True)) for row in rows)
    yield f"\n{size} essays. Wall time, each # is a tenth of a power of ten above a hundredth of a second"
    yield from (
        f"{mode:>10} {name:>9} {'#' * round(10 * length)} {wall:.2f}"
        for mode, name, length, wall in (bar[1:] for bar in _bars(runs, modes) if bar[0] == size)
    )


def _bars(runs: Sequence[Run], modes: Sequence[str]) -> Iterator[tuple[int, str, str, float, float]]:
    """Yield size, mode, contender, the powers of ten above a hundredth of a second, and the median wall time."""
    for size in _sizes(runs):
        for mode in modes:
            for name in _names(runs):
                wall = median(run.wall for run in _of(runs, size, mode, name))
                yield size, mode, name, max(log10(wall * 100), 0.05), wall


def _drawn(bars: Sequence[tuple[int, str, str, float, float]]) -> Iterator[str]:
    for row, (size, mode, name, length, wall) in enumerate(bars):
        y, x = 10 + 18 * row, 210 + 110 * length
        yield f'<text x="8" y="{y + 12}">{size}: {mode}, {name}</text>'
        yield f'<rect x="210" y="{y}" width="{110 * length:.1f}" height="14" fill="{COLOURS.get(name, "#888")}"/>'
        yield f'<text x="{x + 6:.1f}" y="{y + 12}">{wall:.2f} s</text>'


def _of(runs: Sequence[Run], size: int, mode: str, name: str) -> list[Run]:
    return [run for run in runs if (run.size, run.mode, run.contender) == (size, mode, name)]


def _sizes(runs: Sequence[Run]) -> list[int]:
    return list(dict.fromkeys(run.size for run in runs))


def _names(runs: Sequence[Run]) -> list[str]:
    return list(dict.fromkeys(run.contender for run in runs))
