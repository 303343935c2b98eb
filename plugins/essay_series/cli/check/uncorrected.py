"""The check for changed facts: published essays that were edited without a correction."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ...checks import Problem
from ...checks.problem import at_offset, at_value, short
from ...l10n.days import some
from ...model import PUBLISHED
from ...record.record import FILE
from ...sources.facts import changed_facts
from ...sources.frontmatter import Source, read
from ...sources.manuscript import Manuscript
from ..publish.git import git
from ..publish.history import history_of

CODE = "changed-fact"
MOST_NAMED = 3
"""How many facts a message lists."""


def changed_facts_of(manuscript: Manuscript) -> Iterator[Problem]:
    """A number, a name or a quotation in a published essay has changed, and the essay has no correction for it.

    The published text is that in the commit that last changed the published record.

    Bad: "half a year" in the published text, "four months" now.
    Good: the same, with ``Correction: 2009-05-02 | half a year | four months``.
    """
    folder = Path(manuscript.config.content)
    commit = history_of(folder / FILE).commit
    if not commit:
        return
    names = git(folder, "diff", "--name-only", "--relative", "-z", commit, "--", ".") or ""
    for path in filter(manuscript.by_path.__contains__, names.split("\0")):
        essay, source = manuscript.essays.get(path), manuscript.by_path[path]
        if essay and essay.status == PUBLISHED and f"/{essay.address.url}" in manuscript.record.facts:
            published = git(folder, "show", f"{commit}:./{path}")
            if published is not None:
                yield from _changes(read(path, source.kind, published.encode()), source)


def _changes(published: Source, present: Source) -> Iterator[Problem]:
    known, corrections = (
        {value.text for value in each.fields["correction"].values} if "correction" in each.fields else set()
        for each in (published, present)
    )
    gone, new = changed_facts(published.body, present.body)
    if corrections - known or not gone:
        return
    now_has = f"the text now has {_listed([fact.words for fact in new])}" if new else "which the text no longer has"
    message = f"published with {_listed(gone)}, {now_has}"
    hint = 'If that was wrong, add "Correction: day | what was wrong | what is right".'
    found = at_offset(present, new[0].start, message, hint) if new else at_value(present, "title", message, hint)
    yield Problem(found.path, found.line, found.column, CODE, found.message, found.hint)


def _listed(words: list[str]) -> str:
    return some([f'"{short(each)}"' for each in words], MOST_NAMED)
