"""The benchmark's results as text for a terminal and as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from math import log10
from statistics import median
from typing import Protocol

US = "ours"
STOCK = "pelican"
"""Plain Pelican, which others are compared with, since an author would use it without us."""
SAME_SITE = "plugin"
"""Our plugin with the same pages as stock Pelican."""
EDITS = ("edit", "retitle", "retag", "new", "theme")
"""The modes with a small change."""


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
    description: str


def text(runs: Sequence[Run], modes: Sequence[str], shown: Sequence[Run] = ()) -> str:
    """Return tables and bars for a terminal; `shown` are the times of previews."""
    lines = [line for size in sizes(runs) for line in _text(runs, modes, size, shown)]
    return "\n".join([*lines, "", *_growth(runs, modes)])


def markdown(
    runs: Sequence[Run], modes: Sequence[str], contenders: Sequence[Named], machine: str, shown: Sequence[Run] = ()
) -> str:
    """Return the whole report; `shown` are the times of previews."""
    lines = ["# How fast", "", f"{datetime.now(UTC):%Y-%m-%d}, {machine}. Medians; only the ratios count.", ""]
    lines += [f"- **{one.name}**: {one.description}" for one in contenders]
    for size in sizes(runs):
        lines += ["", f"## {size} essays", ""]
        for title, columns, rows in _all_tables(runs, modes, size, shown):
            lines += [f"{title}:", "", f"| | {' | '.join(columns)} |", f"|---|{'---|' * len(columns)}"]
            lines += [f"| {' | '.join(row)} |" for row in rows]
            lines += [""]
        lines += [_worst(runs, size)]
    lines += ["", *_growth(runs, modes)] if len(sizes(runs)) > 1 else []
    return "\n".join(lines)


def ratio(runs: Sequence[Run], size: int, mode: str, name: str, base: str = US) -> list[float]:
    """Return the sorted ratios of `name` to `base`, one for each round with both."""
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
    for base in [each for each in (STOCK, US, SAME_SITE) if each in names(runs)]:
        yield f"How many times as long as {base} it takes: median of paired runs (least to most)", times(base)
    if not any(run.cpu for run in runs):
        return
    yield "CPU time in seconds", middle("cpu", "{:.2f}")
    yield "Peak memory in MiB", middle("memory", "{:.0f}")


def _all_tables(
    runs: Sequence[Run], modes: Sequence[str], size: int, shown: Sequence[Run]
) -> Iterator[tuple[str, list[str], list[list[str]]]]:
    """Yield title, column names and rows of each table of builds, then of previews."""
    for what, each, columns in (("", runs, list(modes)), ("From save to shown. ", shown, list(_modes(shown, size)))):
        if columns:
            of = [run for run in each if run.size == size]
            for title, cell in _tables(of, size):
                yield f"{what}{title}", columns, [[name, *(cell(name, mode) for mode in columns)] for name in names(of)]


def _modes(runs: Sequence[Run], size: int) -> dict[str, None]:
    return dict.fromkeys(run.mode for run in runs if run.size == size)


def _worst(runs: Sequence[Run], size: int) -> str:
    """Return a sentence on our slowest edit compared with stock Pelican, or "" if one was not measured."""
    found = {mode: median(ratio(runs, size, mode, US, STOCK)) for mode in EDITS if ratio(runs, size, mode, US, STOCK)}
    worst = max(found, key=lambda mode: found[mode], default="")
    return f"The worst of our edits, {worst}, takes {found[worst]:.2f} times as long as {STOCK}." if found else ""


def _text(runs: Sequence[Run], modes: Sequence[str], size: int, shown: Sequence[Run]) -> Iterator[str]:
    for title, columns, rows in _all_tables(runs, modes, size, shown):
        yield f"\n{size} essays. {title}"
        table = [["", *columns], *rows]
        widths = [max(len(row[column]) for row in table) for column in range(len(columns) + 1)]
        yield from ("  ".join(f"{word:>{width}}" for word, width in zip(row, widths, strict=True)) for row in table)
    yield _worst(runs, size)
    yield f"\n{size} essays. Wall time, each # is a tenth of a power of ten above a hundredth of a second"
    yield from (
        f"{mode:>10} {name:>9} {'#' * round(10 * length)} {wall:.2f}"
        for mode, name, length, wall in (bar[1:] for bar in _bars(runs, modes) if bar[0] == size)
    )


def _growth(runs: Sequence[Run], modes: Sequence[str]) -> Iterator[str]:
    """Yield how much more time and memory each size takes than the one before."""
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
    """Yield size, mode, contender, length and median wall time; the length is log10 of hundredths of a second."""
    for size in sizes(runs):
        for mode in modes:
            for name in names(runs):
                wall = median(run.wall for run in _of(runs, size, mode, name))
                yield size, mode, name, max(log10(wall * 100), 0.05), wall


def _of(runs: Sequence[Run], size: int, mode: str, name: str) -> list[Run]:
    return [run for run in runs if (run.size, run.mode, run.contender) == (size, mode, name)]


def sizes(runs: Sequence[Run]) -> list[int]:
    """Return the measured numbers of essays, in order."""
    return list(dict.fromkeys(run.size for run in runs))


def names(runs: Sequence[Run]) -> list[str]:
    """Return the measured contenders, in order."""
    return list(dict.fromkeys(run.contender for run in runs))
