"""Checks of comments, which no reader may find."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...htmltext import Places
from ...sources.comments import Comment, in_value, left_open
from ...sources.frontmatter import Source
from ...sources.manuscript import Manuscript
from ..problem import Flaw, check_when_closed


@check_when_closed
def check_unclosed_comment(manuscript: Manuscript) -> Iterator[Flaw]:
    """A comment is not closed where its author thinks: it hides all that follows, or shows what it should hide.

    Bad: ``<!-- ask Anna`` and no ``-->``; ``<!-- one <!-- two --> three -->``, which ends behind "two".
    Good: ``<!-- ask Anna -->``, with no comment inside; ``<!--`` for the mere sign.
    """
    for source in manuscript.unchecked:
        yield from _in_values(source)
        found = manuscript.comments.get(source.path, ())
        yield from _left_open(source, source.body, source.body_line, found)


def _in_values(source: Source) -> Iterator[Flaw]:
    """Yield each comment in the header that its own value does not close."""
    for field in (*source.fields.values(), *source.repeated):
        lines = [source.lines[line - 1] for line in range(field.line, field.last_line + 1)]
        text = "\n".join(lines)
        yield from _left_open(source, text, field.line, in_value(text))


def _left_open(source: Source, text: str, first_line: int, found: Sequence[Comment]) -> Iterator[Flaw]:
    """Yield a finding for each of the comments `found` in `text`, a part of `source`, that its author left open."""
    place = Places(text, first_line)
    for start, end in left_open(text, found):
        if end == start:
            yield Flaw(source.path, *place(start), "this comment is not closed", 'Write "-->" where it ends.')
        else:
            line, column = place(end)
            message = f'this comment ends at its first "-->", and not at that in line {line}, column {column}'
            yield Flaw(source.path, *place(start), message, "Take out the signs of comments within it.")
