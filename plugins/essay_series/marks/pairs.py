"""The straight marks of a block → their roles: opening or closing quotation mark, apostrophe, prime, or none.

A mark opens a quotation after a space, bracket or dash, and closes one after a letter. Where both are possible, as in
scripts without spaces, it closes a quotation that is open. Single marks without a partner are apostrophes, in scripts
that use them. In Hebrew, a mark between two letters is a part of the word.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from .blocks import MARKER

Role = Literal["open", "close", "inner open", "inner close", "apostrophe", "prime", "alone"]
"""The role of a mark; ``alone`` means that it stays straight."""

_BRACKETS = frozenset("([{<«„“‚‘‹「『（【《〈¿¡/")
_DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015")
_STOPS = frozenset(".,;:!?)]}>…»”’›」』）】》〉、。，；：！？؟،؛%" + MARKER)
_WITH_APOSTROPHES = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN")
_HEBREW_PREFIXES = frozenset("בהוכלמש")
_AND = re.compile(r"(?<!\w)'n'(?!\w)", re.IGNORECASE)
"""``'n'`` as in Rock 'n' Roll, in any language."""
_THOUSANDS = re.compile(r"'\d{3}(?!\d)")
_ELISIONS = {
    "de": "s|n|ne|nem|nen|ner|nes|ran|rauf|raus|rein|rüber|rum|runter",
    "nl": "k|m|n|r|s|t|ns",
    "it": "l|ndrangheta|sta|ste|sti|sto",
}
"""Words after an apostrophe that are common enough not to be the beginning of a quotation."""


@dataclass(slots=True)
class _Line:
    text: str
    lang: str
    marks: Mapping[int, str]
    roles: dict[int, Role] = field(default_factory=dict)
    stack: list[tuple[str, int, bool]] = field(default_factory=list)
    """The open quotations: mark, offset, and whether it can only be an opening mark."""
    opened: Counter[str] = field(default_factory=Counter)
    """The number of open quotations by mark."""
    pairs: list[tuple[int, int]] = field(default_factory=list)
    places: Mapping[str, list[int]] = field(default_factory=dict)
    """The sorted offsets of each kind of mark."""
    runs: dict[int, tuple[int, int]] = field(default_factory=dict)
    """For each mark, start and end of the run of adjacent marks that it is in."""

    def open(self, mark: str, at: int, *, is_sure: bool) -> None:
        """Open a quotation."""
        self.stack.append((mark, at, is_sure))
        self.opened[mark] += 1

    def before(self, at: int) -> str:
        """Return the character before the run of marks at `at`; empty at the start."""
        start = self.runs[at][0]
        return self.text[start - 1 : start]

    def after(self, at: int) -> str:
        """Return the character after the run of marks at `at`; empty at the end."""
        end = self.runs[at][1]
        return self.text[end : end + 1]

    def opens(self, at: int) -> bool:
        """Tell whether the mark at `at` can only open a quotation."""
        before, after = self.before(at), self.after(at)
        if not after or after.isspace():
            return False
        if not before or before.isspace() or before in _BRACKETS:
            return True
        return before in _DASHES and after not in _STOPS

    def can_close(self, at: int) -> bool:
        before = self.before(at)
        return bool(before) and not before.isspace() and before not in _BRACKETS

    def can_open(self, at: int) -> bool:
        after = self.after(at)
        return bool(after) and not after.isspace() and after not in _STOPS


def roles(text: str, lang: str, marks: Mapping[int, str], *, spaced: bool = False) -> dict[int, Role]:
    """Return the role of each mark, by its offset.

    Args:
        text: the text of a block.
        lang: its language (BCP 47).
        marks: the straight marks that may be replaced, by their offsets.
        spaced: whether quotation marks of the language have spaces inside, so that straight ones may be between spaces.

    """
    places = {mark: sorted(at for at, other in marks.items() if other == mark) for mark in "\"'"}
    line = _Line(text, lang.lower().partition("-")[0], marks, places=places, runs=_runs(marks))
    taken = {at for match in _AND.finditer(text) for at in (match.start(), match.end() - 1) if at in marks}
    line.roles.update(dict.fromkeys(taken, "apostrophe"))
    for at in sorted(marks.keys() - taken):
        _read(line, at, spaced=spaced)
    for mark, at, is_sure in line.stack:
        line.roles[at] = _unpaired(line, mark, at, is_sure=is_sure)
    _set_levels(line)
    return line.roles


def _runs(marks: Mapping[int, str]) -> dict[int, tuple[int, int]]:
    found: dict[int, tuple[int, int]] = {}
    run: list[int] = []
    for at in sorted(marks):
        if run and run[-1] != at - 1:
            found.update(dict.fromkeys(run, (run[0], run[-1] + 1)))
            run = []
        run.append(at)
    return found | (dict.fromkeys(run, (run[0], run[-1] + 1)) if run else {})


def _read(line: _Line, at: int, *, spaced: bool) -> None:
    mark = line.marks[at]
    before, after = line.text[at - 1 : at], line.text[at + 1 : at + 2]
    if mark == "'" and _is_within_word(line, at, before, after):
        line.roles[at] = _within_word(line.text, at)
    elif mark == '"' and _is_hebrew(before) and _is_hebrew(after):
        _read_within_hebrew(line, at)
    elif spaced and mark == '"' and not before.strip() and not after.strip():
        if not _close(line, mark, at):
            line.open(mark, at, is_sure=True)
    elif line.opens(at):
        _open_sure(line, mark, at)
    elif _is_prime(line, mark, at, before):
        line.roles[at] = "prime"
    elif line.can_close(at) and _close(line, mark, at):
        pass
    elif line.can_open(at) and (mark == '"' or _is_wide(before) or _is_wide(after)):
        line.open(mark, at, is_sure=_is_sure(before))
    else:
        line.roles[at] = _unpaired_end(line, mark, before)


def _is_within_word(line: _Line, at: int, before: str, after: str) -> bool:
    """Tell whether a single mark is within a word, or between an article and a quotation (``l'"Europa"``)."""
    if before.isalnum() and after.isalnum():
        return not (_is_wide(before) or _is_wide(after))
    return before.isalpha() and after == '"' and line.after(at).isalpha() and not line.opened["'"]


def _within_word(text: str, at: int) -> Role:
    before, after = text[at - 1], text[at + 1]
    if before.isdigit() and after.isdigit():
        return "apostrophe" if _THOUSANDS.match(text, at) else "prime"
    return "apostrophe" if before.isdigit() or _has_apostrophes(before) else "alone"


def _read_within_hebrew(line: _Line, at: int) -> None:
    """Read a double mark between two letters: it is a part of the word, or opens a quotation after a prefix."""
    start = at
    while start and _is_hebrew(line.text[start - 1]):
        start -= 1
    line.roles[at] = "alone"
    if {*line.text[start:at]} <= _HEBREW_PREFIXES and _is_hebrew(line.text[at + 2 : at + 3]):
        line.open('"', at, is_sure=False)


def _open_sure(line: _Line, mark: str, at: int) -> None:
    if mark == "'" and _is_elision(line, at):
        line.roles[at] = "apostrophe"
    else:
        line.open(mark, at, is_sure=True)


def _is_elision(line: _Line, at: int) -> bool:
    words = _ELISIONS.get(line.lang)
    return bool(words) and bool(re.compile(rf"(?:{words})(?![\w'])", re.IGNORECASE).match(line.text, at + 1))


def _is_prime(line: _Line, mark: str, at: int, before: str) -> bool:
    """Tell whether a mark after a digit means feet, inches, minutes or seconds, and does not close a quotation."""
    if not before.isdigit():
        return False
    if not line.opened[mark]:
        return True
    after = line.after(at)
    later = line.places[mark]
    number = bisect_right(later, at)
    closes_later = number < len(later) and not line.opens(later[number])
    return bool(after) and not after.isspace() and after not in _STOPS and closes_later


def _close(line: _Line, mark: str, at: int) -> bool:
    """Pair a mark with the nearest open one, if any, and drop the quotations opened between them."""
    number = _nearest(line, mark) if line.opened[mark] else None
    if number is None:
        return False
    for other, place, is_sure in line.stack[number + 1 :]:
        line.roles[place] = _unpaired(line, other, place, is_sure=is_sure)
    line.pairs.append((line.stack[number][1], at))
    line.opened.subtract(other for other, _, _ in line.stack[number:])
    del line.stack[number:]
    return True


def _nearest(line: _Line, mark: str) -> int | None:
    """Return the index in the stack of the mark that `mark` closes; a single one does not close across a double one."""
    weak = None
    for number in range(len(line.stack) - 1, -1, -1):
        other, _, is_sure = line.stack[number]
        if other == mark and is_sure:
            return number
        if other == mark and weak is None:
            weak = number
        if mark == "'" and other == '"' and is_sure:
            break
    return weak


def _set_levels(line: _Line) -> None:
    """Give each pair its role: outer or, if it is within another of its kind, inner; single marks start as inner."""
    depth = Counter[str]()
    ends = {end: start for start, end in line.pairs}
    starts = {start for start, _ in line.pairs}
    for at in sorted(starts | ends.keys()):
        mark = line.marks[at]
        if at in ends:
            depth[mark] -= 1
        inner = (mark == "'") != bool(depth[mark] % 2)
        if at in starts:
            depth[mark] += 1
            line.roles[at] = "inner open" if inner else "open"
        else:
            line.roles[at] = "inner close" if inner else "close"


def _unpaired(line: _Line, mark: str, at: int, *, is_sure: bool) -> Role:
    """Return the role of a mark that opens a quotation without an end in the block."""
    after = line.after(at)
    if mark == "'":
        return "apostrophe" if after.isdigit() or _has_apostrophes(after) else "alone"
    return "open" if is_sure and not _is_hebrew(after) else "alone"


def _unpaired_end(line: _Line, mark: str, before: str) -> Role:
    """Return the role of a mark that closes a quotation without a beginning in the block."""
    if mark == "'":
        return "apostrophe" if _has_apostrophes(before) else "alone"
    near = before or line.before(0)
    return "close" if near and not near.isspace() and not _is_hebrew(near) else "alone"


def _is_sure(before: str) -> bool:
    """Tell whether a quotation may begin after this character without a space: punctuation, or a full-width letter."""
    return not before.isalnum() or _is_wide(before)


def _is_wide(letter: str) -> bool:
    return bool(letter) and unicodedata.east_asian_width(letter) in "WF"


def _is_hebrew(letter: str) -> bool:
    return "\u05d0" <= letter <= "\u05ea"


def _has_apostrophes(letter: str) -> bool:
    return letter.isalpha() and unicodedata.name(letter, "").startswith(_WITH_APOSTROPHES)
