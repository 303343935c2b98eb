"""The form of every message to authors, and the registers of all checks and of all advice.

A check is a generator function ``check_<code>`` over a `Manuscript` that yields a `Flaw` for each mistake. Advice is
the same for what is no mistake and stops no build; its functions are named ``advise_<code>``. The docstring says what
is wrong and why that matters, with a ``Bad:`` and a ``Good:`` example; the reference of problems is made from it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Protocol

from ..htmltext import Places
from ..model import Essay
from ..sources.frontmatter import Source, Value
from ..sources.manuscript import Manuscript
from ..values import dataclass


@dataclass(frozen=True, slots=True)
class Flaw:
    """What a check found, and where; lines and columns count from 1."""

    path: str
    line: int
    column: int
    message: str
    hint: str


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """An author's mistake, with its place and its cure."""

    path: str
    line: int
    column: int
    code: str
    message: str
    hint: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message} [{self.code}]. {self.hint}"


Check = Callable[[Manuscript], Iterator[Flaw]]

LONGEST_QUOTE = 40
UNREAD = "yaml-header"
"""The code that hides all other problems of its line: a date in quotation marks, for example, is not a date."""

CHECKS: dict[str, Check] = {}
"""The checks that always run, by code."""
CHECKS_WHEN_CLOSED: dict[str, Check] = {}
"""The checks that run only if a file declares a series or a play, by code; without one, authors may use any names."""
ADVICE: dict[str, Check] = {}
"""All advice, by code."""


def _register(checks: dict[str, Check], function: Check) -> Check:
    """Add `function` to `checks`; its code is its name without the first word."""
    checks[function.__name__.partition("_")[2].replace("_", "-")] = function
    return function


check = partial(_register, CHECKS)
"""Registers a check that always runs."""
check_when_closed = partial(_register, CHECKS_WHEN_CLOSED)
"""Registers a check that runs only if a file declares a series or a play."""
advise = partial(_register, ADVICE)
"""Registers advice."""


def run(manuscript: Manuscript) -> list[Problem]:
    """Return every mistake in `manuscript`, ordered by file, line and column."""
    found = problems_of(CHECKS | (CHECKS_WHEN_CLOSED if manuscript.closed else {}), manuscript)
    unread = {(each.path, each.line) for each in found if each.code == UNREAD}
    return [each for each in found if each.code == UNREAD or (each.path, each.line) not in unread]


def advice(manuscript: Manuscript) -> list[Problem]:
    """Return all advice on `manuscript`, ordered by file, line and column."""
    return problems_of(ADVICE, manuscript)


def problems_of(checks: Mapping[str, Check], manuscript: Manuscript) -> list[Problem]:
    """Return what `checks` find in `manuscript`, ordered by file, line and column."""
    return sorted(
        Problem(flaw.path, flaw.line, flaw.column, code, flaw.message, flaw.hint)
        for code, each in checks.items()
        for flaw in each(manuscript)
    )


def new_problems(before: Manuscript, after: Manuscript, moves: Mapping[str, str] | None = None) -> list[Problem]:
    """Return the problems of `after` that `before` does not have, ordered by file, line and column.

    A problem counts as known if `before` has one with its code in its file, since lines and messages may differ.
    `moves` has the new path of each renamed file, by its old path.
    """
    old = [replace(each, path=(moves or {}).get(each.path, each.path)) for each in run(before)]
    known = Counter((each.path, each.code) for each in old)
    messages = {(each.path, each.code, each.message) for each in old}
    found: list[Problem] = []
    for each in sorted(run(after), key=lambda each: (each.path, each.code, each.message) not in messages):
        known[each.path, each.code] -= 1
        if known[each.path, each.code] < 0:
            found.append(each)
    return sorted(found)


class Placed(Protocol):
    """Anything with a line and a column, from 1: a value, a link, an element."""

    @property
    def line(self) -> int: ...  # noqa: D102
    @property
    def column(self) -> int: ...  # noqa: D102


def at(path: str, place: Placed, message: str, hint: str) -> Flaw:
    """Return a flaw in the file `path`, at the line and column of `place`."""
    return Flaw(path, place.line, place.column, message, hint)


def at_value(source: Source, key: str, message: str, hint: str) -> Flaw:
    """Return a flaw at the value of `key`, or at the top of the file if the key is missing."""
    return at(source.path, next(iter(source.values(key)), Value("", 1, 1)), message, hint)


def at_name(source: Source, key: str, name: str, message: str, hint: str) -> Flaw:
    """Return a flaw at one of the names in the list under `key`."""
    found = at_value(source, key, message, hint)
    text = next((value.text for value in source.values(key)), "")
    column = found.column
    for piece in text.split(";" if ";" in text else ","):
        if piece.strip() == name:
            return replace(found, column=column + len(piece) - len(piece.lstrip()))
        column += len(piece) + 1
    return found


def at_offset(source: Source, offset: int, message: str, hint: str) -> Flaw:
    """Return a flaw at the character `offset` of the text below the header."""
    line, column = Places(source.body, source.body_line)(offset)
    return Flaw(source.path, line, column, message, hint)


def essays(manuscript: Manuscript) -> Iterator[tuple[Source, Essay]]:
    """Yield every essay with its source."""
    for path, essay in manuscript.essays.items():
        if path in manuscript.by_path:
            yield manuscript.by_path[path], essay


def short(text: str) -> str:
    """Return `text`, cut to what a message can quote."""
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"
