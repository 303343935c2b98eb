"""The one form in which an author's mistake is told, and the list of everything that is looked for.

A check is a generator function ``check_<code>`` over a `Manuscript`; its docstring says what is wrong, why that
matters, and shows a ``Bad:`` and a ``Good:`` form. Its name is its code.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from ..sources.frontmatter import Source, Value
from ..sources.manuscript import Manuscript
from ..values import dataclass


@dataclass(frozen=True, slots=True, order=True)
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
"""The code of what explains all else in its line: a value in quotes is no date and no name."""

CHECKS: dict[str, Check] = {}
"""Every check that always runs, by its code."""
CHECKS_WHEN_CLOSED: dict[str, Check] = {}
"""Every check that runs only where the author has declared series or plays."""


def check(function: Check) -> Check:
    """Register a check that always runs."""
    CHECKS[_code(function)] = function
    return function


def check_when_closed(function: Check) -> Check:
    """Register a check that runs where a vocabulary is declared, so that other sites build as they did."""
    CHECKS_WHEN_CLOSED[_code(function)] = function
    return function


def run(manuscript: Manuscript) -> list[Problem]:
    """Return every problem of `manuscript`, ordered by file, line and column."""
    checks = CHECKS | (CHECKS_WHEN_CLOSED if manuscript.closed else {})
    found = sorted(
        Problem(f.path, f.line, f.column, code, f.message, f.hint)
        for code, each in checks.items()
        for f in each(manuscript)
    )
    unread = {(each.path, each.line) for each in found if each.code == UNREAD}
    return [each for each in found if each.code == UNREAD or (each.path, each.line) not in unread]


def new_problems(before: Manuscript, after: Manuscript, moves: Mapping[str, str] | None = None) -> list[Problem]:
    """Return the problems of `after` that `before` does not have, ordered by file, line and column.

    A problem counts as known if `before` has one with its code in its file, since lines and messages may differ.

    Args:
        before: the manuscript as it is.
        after: the manuscript after a change.
        moves: the new path of each renamed file, by its old path.

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


def at_value(source: Source, key: str, message: str, hint: str) -> Flaw:
    """Return a finding at the value of `key`, or at the top of the file where the key is missing."""
    field = source.fields.get(key)
    value = field.values[0] if field else Value("", 1, 1)
    return Flaw(source.path, value.line, value.column, message, hint)


def at_name(source: Source, key: str, name: str, message: str, hint: str) -> Flaw:
    """Return a finding at one of the names in the list under `key`."""
    found = at_value(source, key, message, hint)
    text = source.fields[key].values[0].text if key in source.fields else ""
    between = ";" if ";" in text else ","
    column = found.column
    for piece in text.split(between):
        if piece.strip() == name:
            return replace(found, column=column + len(piece) - len(piece.lstrip()))
        column += len(piece) + 1
    return found


def at_offset(source: Source, offset: int, message: str, hint: str) -> Flaw:
    """Return a finding at the character `offset` of the text below the header."""
    line_start = source.body.rfind("\n", 0, offset) + 1
    line = source.body_line + source.body.count("\n", 0, offset)
    return Flaw(source.path, line, offset - line_start + 1, message, hint)


def did_you_mean(name: str | None, otherwise: str) -> str:
    """Return the hint that suggests `name`, or `otherwise` where nothing is near."""
    return f'Did you mean "{name}"?' if name else otherwise


def one_of(names: Iterable[str]) -> str:
    """Return the names as a list in a sentence."""
    return ", ".join(sorted(names)) or "none yet"


def short(text: str) -> str:
    """Return `text`, cut to what a message can quote."""
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"


def _code(function: Check) -> str:
    return function.__name__.removeprefix("check_").replace("_", "-")
