"""Show the state of all essays, and what is left to do: ``make status``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from ...adapter.reading.sources import open_manuscript
from ...l10n.days import in_words
from ...model import SIDES, Essay, Side
from ...sources.promises import Promise
from ..command import Options
from ..terminal import WIDTH, Style, counted, fitted, listed, styled
from .overview import Line, Overview, SeriesOverview, overview

SIGNS = {"cost": "-", "benefit": "+", None: " "}
STYLES: dict[str, Style] = {
    "hidden": "faint",
    "draft": "faint",
    "scheduled": "strong",
    "planned": "faint",
    "overdue": "alarm",
}


def report(seen: Overview) -> str:
    """Return the overview `seen` as lines of at most 80 columns."""
    return "\n".join(_lines(seen))


def _lines(seen: Overview) -> Iterator[str]:
    for each in seen.series:
        yield from _series(each, seen.today)
        yield ""
    if seen.outside:
        yield styled("Outside any series", "strong")
        yield from (_row(line, seen.today) for line in seen.outside)
        yield ""
    yield from _left_to_do(seen)
    yield _total(seen)


def _series(each: SeriesOverview, today: date) -> Iterator[str]:
    title = each.title if each.published else f"{each.title} (draft)"
    yield styled(fitted(title, WIDTH).rstrip(), "strong")
    yield fitted(f"  {_balance(each)}", WIDTH).rstrip()
    yield from (_row(line, today) for line in each.lines)


def _balance(each: SeriesOverview) -> str:
    parts = each.count("published")
    if not parts:
        return "no part is published yet"
    costs, benefits = (each.count("published", side) for side in SIDES)
    words = sum(line.words for line in each.lines if line.state == "published")
    return "; ".join(
        (
            counted(parts, "part"),
            f"{counted(costs, 'cost')}, {counted(benefits, 'benefit')} ({_difference(costs, benefits)})",
            counted(each.pairs, "pair"),
            counted(words, "word"),
        )
    )


def _difference(costs: int, benefits: int) -> str:
    if costs == benefits:
        return "balanced"
    more, side = (costs - benefits, "cost") if costs > benefits else (benefits - costs, "benefit")
    return f"{counted(more, side)} more"


def _row(line: Line, today: date) -> str:
    """Return the row of an essay: part, side, day, title, words, and its state unless it is published."""
    number = f"{line.number:4}" if line.number else "   ·"
    day = line.day.isoformat() if line.day else "no date   "
    state = _state(line, today)
    words = f"{line.words:,}" if line.words else ""
    room = WIDTH - len(f"{number} s  {day}  ") - 8 - (len(state) + 2 if state else 0)
    sign = styled(SIGNS[line.side], line.side) if line.side else " "
    end = f"  {styled(state, STYLES[line.state])}" if state else ""
    return f"{number} {sign}  {day}  {fitted(line.title, room)}{words:>8}{end}".rstrip()


def _state(line: Line, today: date) -> str:
    if line.state == "published":
        return ""
    if line.state == "scheduled" and line.day:
        return f"in {counted((line.day - today).days, 'day')}" if line.day > today else "today"
    return line.state


def _left_to_do(seen: Overview) -> Iterator[str]:
    sections: tuple[tuple[str, Iterable[str]], ...] = (
        ("Plays without both sides", (f"{play.title}: {_missing(sides)}" for play, sides in seen.one_sided)),
        ("Overdue promises", map(_promise, seen.overdue)),
        ("Translations behind their originals", (f"{day}  {e.title} ({e.lang})" for e, day in seen.outdated)),
        ("Last revisions", map(_revision, seen.revised)),
    )
    for title, lines in sections:
        fitting = [fitted(f"  {line}", WIDTH).rstrip() for line in lines]
        if fitting:
            yield from (styled(title, "strong"), *fitting, "")


def _missing(sides: Iterable[Side]) -> str:
    return listed([f"no {side}" for side in sides])


def _promise(promise: Promise) -> str:
    due = promise.state.due if promise.state else None
    return f"{in_words(due) if due else ''}  {promise.phrase.name} ({promise.source}:{promise.phrase.line})"


def _revision(essay: Essay) -> str:
    day = essay.modified.date().isoformat() if essay.modified else ""
    return f"{day}  {essay.title}: {essay.revision or 'no note'}"


def _total(seen: Overview) -> str:
    """Return the last line: the number of essays in each state, and of all words."""
    states = ("published", "scheduled", "hidden", "draft", "planned", "overdue")
    found = {state: sum(line.state == state for line in seen.lines) for state in states}
    words = counted(sum(line.words for line in seen.lines), "word")
    return ", ".join([*(f"{number} {state}" for state, number in found.items() if number), words])


def status(_: Options) -> str:
    """Return the overview of this site."""
    manuscript = open_manuscript()
    return report(overview(manuscript, manuscript.config.present.date()))
