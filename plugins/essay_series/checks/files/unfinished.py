"""The check that nothing with which `make new` fills a new file is published."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import DRAFT, SKIP
from ...sources.frontmatter import NOTE, Source
from ...sources.keys import keys_of
from ...sources.manuscript import Manuscript
from ..problem import Flaw, at, at_offset, check


@check
def check_unfinished(manuscript: Manuscript) -> Iterator[Flaw]:
    """A file that is not a draft still contains a placeholder or the note of a new file.

    Bad: no ``Status: draft`` any more, and still ``Summary: (one sentence for lists, feeds and search engines)``, or
    the note ``<!-- Before you publish …`` above the text.
    Good: a summary of your own, and no such note; or ``Status: draft`` until then.
    """
    for source in manuscript.sources:
        if manuscript.text(source, "status").lower() not in (DRAFT, SKIP):
            yield from _fillers(source)
            yield from _notes(manuscript, source)


def _fillers(source: Source) -> Iterator[Flaw]:
    hint = 'Write it or remove the line, or add "Status: draft" until it is ready.'
    for key in keys_of(source.kind):
        for value in source.values(key.name.lower()):
            if value.text.strip().partition(" |")[0] == key.filler:
                yield at(source.path, value, f'"{key.name}" is still a placeholder', hint)


def _notes(manuscript: Manuscript, source: Source) -> Iterator[Flaw]:
    if NOTE not in source.body:
        return
    hint = 'Remove it, or add "Status: draft" until the text is ready.'
    for comment in manuscript.comments.get(source.path, ()):
        if source.body.startswith(NOTE, comment.start):
            yield at_offset(source, comment.start, "the note of a new file is still here", hint)
