"""The check that comments are closed, since readers must not see them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...htmltext import Places
from ...sources.comments import Comment, in_value, left_open
from ...sources.frontmatter import Source
from ...sources.manuscript import Manuscript
from ..problem import Flaw, check_when_closed


@check_when_closed
def check_unclosed_comment(manuscript: Manuscript) -> Iterator[Flaw]:
    """A comment is not closed, or not where its author thinks, so it hides too much or too little.

    Bad: ``<!-- ask Anna`` and no ``-->``; ``<!-- one <!-- two --> three -->``, which ends behind "two".
    Good: ``<!-- ask Anna -->``, without a comment inside; ``<!--`` as code for the characters themselves.
    """
    for source in manuscript.unchecked:
        yield from _in_values(source)
        found = manuscript.comments.get(source.path, ())
        yield from _left_open(source, source.body, source.body_line, found)


def _in_values(source: Source) -> Iterator[Flaw]:
    """Yield a flaw for each comment in the header that is not closed in the same value."""
    for field in source.occurrences:
        lines = [source.lines[line - 1] for line in range(field.line, field.last_line + 1)]
        text = "\n".join(lines)
        yield from _left_open(source, text, field.line, in_value(text))


def _left_open(source: Source, text: str, first_line: int, found: Sequence[Comment]) -> Iterator[Flaw]:
    """Yield a flaw for each of the comments `found` in `text`, a part of `source`, that is left open."""
    place = Places(text, first_line)
    for start, end in left_open(text, found):
        if end == start:
            yield Flaw(source.path, *place(start), "this comment is not closed", 'Write "-->" where it ends.')
        else:
            line, column = place(end)
            message = f'this comment ends at its first "-->", not at the one on line {line}, column {column}'
            yield Flaw(source.path, *place(start), message, 'Remove the "<!--" and "-->" inside it.')
