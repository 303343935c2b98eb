"""Checks of the essays together: what they say of their series, their sides, their parts and their plays."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from ...model import PUBLISHED, Essay, PlayPage, SeriesPage
from ...names import fold, nearest
from ...sources.declare import names_in
from ...sources.manuscript import Manuscript
from ...vocabulary import directory
from ..files.header import is_misspelt
from ..problem import Flaw, at_value, check, check_when_closed, did_you_mean, one_of


@check
def check_unknown_series(manuscript: Manuscript) -> Iterator[Flaw]:
    """An essay names a series that no file declares, though files declare series.

    Bad: ``Series: micro-revolution`` beside ``content/series/micro-revolutions.md``.
    Good: ``Series: micro-revolutions``.
    """
    if not manuscript.series_declared:
        return
    known = manuscript.series_directory
    for essay in manuscript.essays.values():
        if essay.series and fold(essay.series) not in known:
            yield at_value(
                manuscript.by_path[essay.source],
                "series",
                f'no series is called "{essay.series}"',
                did_you_mean(nearest(essay.series, known.values()), f"The series are {one_of(known.values())}."),
            )


@check
def check_unknown_play(manuscript: Manuscript) -> Iterator[Flaw]:
    """An essay or a play names a play that no file declares, though files declare plays.

    Bad: ``Tags: let-go-of-how`` beside ``content/playbook/let-go-of-the-how.md``.
    Good: ``Tags: let-go-of-the-how``.
    """
    if not manuscript.plays_declared:
        return
    known = directory(manuscript.play_pages.values())
    for source in manuscript.sources:
        key = {"essay": "tags", "play": "related"}.get(source.kind, "")
        field = source.fields.get(key)
        for name in names_in(field.text) if field else ():
            if fold(name) not in known and field:
                value = field.values[0]
                yield Flaw(
                    source.path,
                    value.line,
                    value.column + _place_in_list(name, value.text),
                    f'no play is called "{name}"',
                    did_you_mean(nearest(name, known.values()), f"The plays are {one_of(known.values())}."),
                )


@check
def check_unpublished_name(manuscript: Manuscript) -> Iterator[Flaw]:
    """A published essay names a series or a play whose own file is a draft, and would give it away.

    Bad: ``Tags: let-go`` while ``content/playbook/let-go.md`` has ``Status: draft``.
    Good: the file published too, or the name left out until then.
    """
    pages: list[SeriesPage | PlayPage] = [*manuscript.series_pages.values(), *manuscript.play_pages.values()]
    shown = {(type(page), page.slug) for page in pages if page.status == PUBLISHED}
    drafts = directory(page for page in pages if (type(page), page.slug) not in shown)
    for essay in manuscript.essays.values():
        names = [("series", essay.series or ""), *(("tags", name) for name in essay.plays)]
        for key, name in names if essay.status == PUBLISHED else ():
            if fold(name) in drafts:
                yield at_value(
                    manuscript.by_path[essay.source],
                    key,
                    f'"{name}" is not published yet',
                    "Publish its file too, or leave the name out until then.",
                )


@check
def check_side_without_series(manuscript: Manuscript) -> Iterator[Flaw]:
    """An essay stands on a side of no ledger.

    Bad: ``Side: cost`` and no ``Series:`` line.
    Good: both lines, or neither.
    """
    for essay in manuscript.essays.values():
        source = manuscript.by_path[essay.source]
        placed = manuscript.placed[essay.source]
        if essay.side and not placed.series and not is_misspelt(manuscript, source, "series"):
            yield at_value(
                source,
                "side",
                "a side is given, and no series",
                'Add "Series: …", or remove "Side".',
            )


@check_when_closed
def check_side_without_entry(manuscript: Manuscript) -> Iterator[Flaw]:
    """An essay stands in the ledger and has nothing to put there.

    Bad: ``Side: cost`` and no ``Entry:`` line.
    Good: ``Entry: You no longer decide how the work is done.``
    """
    for essay in manuscript.essays.values():
        source = manuscript.by_path[essay.source]
        if essay.side and not essay.entry and not is_misspelt(manuscript, source, "entry"):
            yield at_value(
                source,
                "side",
                "a side is given, and no entry",
                'Add "Entry: …", the one sentence that the essay adds to the ledger.',
            )


@check
def check_entry_without_side(manuscript: Manuscript) -> Iterator[Flaw]:
    """An essay has an entry or an answer, and no side of the ledger to stand on.

    Bad: ``Entry: …`` and no ``Side:`` line.
    Good: ``Side: benefit`` beside it, or no entry in an opening or closing essay.
    """
    for essay in manuscript.essays.values():
        source = manuscript.by_path[essay.source]
        for key in ("entry", "answers"):
            missing = source.text(key) and not manuscript.placed[essay.source].side and not source.text("side")
            if missing and not is_misspelt(manuscript, source, "side"):
                yield at_value(
                    source,
                    key,
                    f'"{source.fields[key].name}" is given, and no side',
                    f'Add "Side: cost" or "Side: benefit", or remove "{source.fields[key].name}".',
                )


@check_when_closed
def check_half_a_revision(manuscript: Manuscript) -> Iterator[Flaw]:
    """An essay was revised, and readers are not told when, or not told what.

    Bad: ``Modified: 2009-05-01`` alone, or ``Revision: A date corrected.`` alone.
    Good: both of them.
    """
    for essay in manuscript.essays.values():
        source = manuscript.by_path[essay.source]
        for key, other in (("modified", "Revision"), ("revision", "Modified")):
            if source.text(key) and not source.text(other.lower()):
                yield at_value(
                    source,
                    key,
                    f'"{source.fields[key].name}" is given, and no "{other}"',
                    "Say when it was revised (Modified) and what was (Revision), or neither.",
                )


@check
def check_repeated_part(manuscript: Manuscript) -> Iterator[Flaw]:
    """Two essays of a series have the same sort key.

    Bad: ``Part: 20`` in two essays of one series.
    Good: ``Part: 20`` and ``Part: 30``.
    """
    for run in _runs(manuscript):
        first: dict[int, Essay] = {}
        for essay in run:
            if essay.part is not None and first.setdefault(essay.part, essay) is not essay:
                yield at_value(
                    manuscript.by_path[essay.source],
                    _part_key(manuscript, essay),
                    f"part {essay.part} is taken by {first[essay.part].source}",
                    "Give each essay of a series a number of its own; gaps are welcome.",
                )


@check_when_closed
def check_missing_part(manuscript: Manuscript) -> Iterator[Flaw]:
    """Some essays of a series are sorted by a number and some by date, which is no order.

    Bad: ``Part: 10`` in one essay of a series and no such line in another.
    Good: ``Part`` in all of them, or in none.
    """
    for run in _runs(manuscript):
        numbered = [essay for essay in run if _writes_part(manuscript, essay)]
        for essay in run if numbered else ():
            if essay not in numbered:
                yield at_value(
                    manuscript.by_path[essay.source],
                    "part",
                    f"the part is missing, and {numbered[0].source} has one",
                    'Add "Part: …" here, or remove it from all essays of the series.',
                )


def _place_in_list(name: str, names: str) -> int:
    whole = re.search(rf"(?:^|[,;])\s*(?P<name>{re.escape(name)})\s*(?:[,;]|$)", names)
    return whole.start("name") if whole else 0


def _writes_part(manuscript: Manuscript, essay: Essay) -> bool:
    source = manuscript.by_path[essay.source]
    return bool(source.text("part") or source.text("series_index"))


def _part_key(manuscript: Manuscript, essay: Essay) -> str:
    return "part" if manuscript.by_path[essay.source].text("part") else "series_index"


def _runs(manuscript: Manuscript) -> list[Sequence[Essay]]:
    """Return the essays of each series and language, drafts too: they will be parts one day.

    A translation is the part that its original is.
    """
    runs: dict[tuple[str, str], list[Essay]] = defaultdict(list)
    for essay in manuscript.essays.values():
        if essay.series and essay.source not in manuscript.originals:
            runs[manuscript.series_key(essay), essay.lang].append(essay)
    return list(runs.values())


@check
def check_more_than_complete(manuscript: Manuscript) -> Iterator[Flaw]:
    """A series says that it is complete, and announces a part; or says neither yes nor no.

    Bad: ``Complete: true`` and a ``Planned:`` line, or ``Complete: soon``.
    Good: ``Complete: true`` once the last part is out.
    """
    for source in (source for source in manuscript.sources if source.kind == "series"):
        said = source.text("complete").lower()
        if said and said not in ("true", "false"):
            yield at_value(source, "complete", f'"{said}" is neither true nor false', "Write true, or remove the line.")
        elif said == "true" and source.text("planned"):
            yield at_value(
                source,
                "complete",
                "the series is complete, and a part of it is planned",
                'Remove the "Planned" line, or "Complete" until that part is out.',
            )
