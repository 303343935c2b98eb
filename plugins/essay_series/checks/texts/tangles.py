"""Checks of text that Markdown cannot convert in reasonable time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...sources.frontmatter import Source
from ...sources.manuscript import Manuscript
from ..problem import Flaw, check

MOST_OPEN, DEEPEST = 100, 40
_BRACKET = re.compile(r"\[|\]\(?|\)")
_LIST_ITEM = re.compile(r"(?P<indent>[ \t]+)(?:[-+*]|\d+[.)])\s")


@check
def check_unclosed_brackets(manuscript: Manuscript) -> Iterator[Flaw]:
    r"""A paragraph opens hundreds of brackets and never closes them, so it would take forever to convert.

    Bad: the remains of a damaged file, ``[[[[[[[[…``.
    Good: as many ``]`` as ``[``; ``\\[`` for a literal bracket, or a fenced block for a listing.
    """
    for source in manuscript.unchecked:
        if line := _never_closed(source):
            message = f"more than {MOST_OPEN} brackets are open here"
            yield Flaw(source.path, line, 1, message, "Close them, or put the text into a fenced code block.")


@check
def check_deep_list(manuscript: Manuscript) -> Iterator[Flaw]:
    """A list is nested so deeply that it would take forever to convert.

    Bad: an item below forty others, each indented more.
    Good: a list of two or three levels.
    """
    for source in manuscript.unchecked:
        if "\t" not in source.body and " " * 4 * DEEPEST not in source.body:
            continue
        for number, line in enumerate(source.body.split("\n"), start=source.body_line):
            item = _LIST_ITEM.match(line)
            if item and len(item["indent"].expandtabs(4)) > DEEPEST * 4:
                message = f"this list is nested in more than {DEEPEST} others"
                yield Flaw(source.path, number, len(item["indent"]) + 1, message, "Remove some levels.")
                break


def _never_closed(source: Source) -> int:
    """Return the number of the line in which too many brackets are open, or 0."""
    if source.body.count("[") <= MOST_OPEN:
        return 0
    square = round_ = 0
    for number, line in enumerate(source.body.split("\n"), start=source.body_line):
        if not line.strip():
            square = round_ = 0
        for mark in _BRACKET.findall(line):
            square = max(0, square + {"[": 1, "]": -1, "](": -1}.get(mark, 0))
            round_ = max(0, round_ + {"](": 1, ")": -1}.get(mark, 0))
        if max(square, round_) > MOST_OPEN:
            return number
    return 0
