"""The check of what `make new` and its kin fill a new file with: none of it may reach readers."""

from __future__ import annotations

from collections.abc import Iterator

from ...htmltext import Places
from ...model import DRAFT, SKIP
from ...sources.frontmatter import NOTE, Source
from ...sources.keys import keys_of
from ...sources.manuscript import Manuscript
from ..problem import Flaw, check


@check
def check_unfinished(manuscript: Manuscript) -> Iterator[Flaw]:
    """A file that is to be published still holds what a new file is filled with.

    Bad: no ``Status: draft`` any more, and still ``Summary: (one sentence for lists, feeds and search engines)``, or
    the note ``<!-- Before you publish …`` above the text.
    Good: a summary of your own, and no such note; or ``Status: draft`` until then.
    """
    for source in manuscript.sources:
        if manuscript.text(source, "status").lower() not in (DRAFT, SKIP):
            yield from _fillers(source)
            yield from _notes(manuscript, source)


def _fillers(source: Source) -> Iterator[Flaw]:
    for key in keys_of(source.kind):
        field = source.fields.get(key.name.lower())
        for value in field.values if field else ():
            if value.text.strip().partition(" |")[0] == key.filler:
                message = f'"{key.name}" is not written yet'
                hint = 'Write it, or remove the line; "Status: draft" keeps the file back until then.'
                yield Flaw(source.path, value.line, value.column, message, hint)


def _notes(manuscript: Manuscript, source: Source) -> Iterator[Flaw]:
    """Yield each note of a new file; one that a text quotes as code is no note."""
    if NOTE not in source.body:
        return
    place = Places(source.body, source.body_line)
    for comment in manuscript.comments.get(source.path, ()):
        if source.body.startswith(NOTE, comment.start):
            hint = 'Remove it, down to "-->"; "Status: draft" keeps the file back until then.'
            yield Flaw(source.path, *place(comment.start), "the note of a new file still stands here", hint)
