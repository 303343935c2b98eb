"""Checks of series, sides, parts, revisions and plays that essays name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ...model import PUBLISHED, Essay, PlayPage, SeriesPage
from ...names import did_you_mean, fold, one_of
from ...sources.declare import names_in
from ...sources.frontmatter import Source
from ...sources.manuscript import Manuscript
from ...vocabulary import directory
from ..files.header import lacks, unpaired_keys
from ..problem import Flaw, at_name, at_value, check, check_when_closed, essays


@check
def check_unknown_series(manuscript: Manuscript) -> Iterator[Flaw]:
    """An essay names a series that no file declares, although files declare other series.

    Bad: ``Series: micro-revolution`` beside ``content/series/micro-revolutions.md``.
    Good: ``Series: micro-revolutions``.
    """
    known = manuscript.series_directory
    for source, essay in essays(manuscript) if manuscript.series_declared else ():
        if essay.series and fold(essay.series) not in known:
            hint = did_you_mean(essay.series, known.values(), f"The series are {one_of(known.values())}.")
            yield at_value(source, "series", f'no series is called "{essay.series}"', hint)


@check
def check_unknown_play(manuscript: Manuscript) -> Iterator[Flaw]:
    """An essay or a play names a play that no file declares, although files declare other plays.

    Bad: ``Tags: let-go-of-how`` beside ``content/playbook/let-go-of-the-how.md``.
    Good: ``Tags: let-go-of-the-how``.
    """
    known = directory(manuscript.play_pages.values())
    for source in manuscript.sources if manuscript.plays_declared else ():
        key = {"essay": "tags", "play": "related"}.get(source.kind, "")
        for name in names_in(source.text(key)):
            if fold(name) not in known:
                hint = did_you_mean(name, known.values(), f"The plays are {one_of(known.values())}.")
                yield at_name(source, key, name, f'no play is called "{name}"', hint)


@check
def check_unpublished_name(manuscript: Manuscript) -> Iterator[Flaw]:
    """A published essay names a series or a play whose own file is a draft, so it would reveal the draft.

    Bad: ``Tags: let-go`` while ``content/playbook/let-go.md`` has ``Status: draft``.
    Good: the file published too, or the name removed until then.
    """
    pages: list[SeriesPage | PlayPage] = [*manuscript.series_pages.values(), *manuscript.play_pages.values()]
    shown = {(type(page), page.slug) for page in pages if page.status == PUBLISHED}
    drafts = directory(page for page in pages if (type(page), page.slug) not in shown)
    hint = "Publish its file too, or remove the name until then."
    for source, essay in essays(manuscript):
        names = [("series", essay.series or ""), *(("tags", name) for name in essay.plays)]
        for key, name in names if essay.status == PUBLISHED else ():
            if fold(name) in drafts:
                yield at_value(source, key, f'"{name}" is not published yet', hint)


@check
def check_side_without_series(manuscript: Manuscript) -> Iterator[Flaw]:
    """An essay has a side but no series, so it is in no ledger.

    Bad: ``Side: cost`` and no ``Series:`` line.
    Good: both lines, or neither.
    """
    for source, essay in essays(manuscript):
        if essay.side and not manuscript.placed[source.path].series and lacks(manuscript, source, "Series"):
            yield at_value(source, "side", '"Side" needs "Series"', 'Add "Series: …", or remove "Side".')


@check_when_closed
def check_side_without_entry(manuscript: Manuscript) -> Iterator[Flaw]:
    """An essay has a side but no entry, so the ledger cannot show it.

    Bad: ``Side: cost`` and no ``Entry:`` line.
    Good: ``Entry: You no longer decide how the work is done.``
    """
    hint = 'Add "Entry: …", the one sentence that the essay adds to the ledger.'
    for source, essay in essays(manuscript):
        if essay.side and not essay.entry and lacks(manuscript, source, "Entry"):
            yield at_value(source, "side", '"Side" needs "Entry"', hint)


@check
def check_entry_without_side(manuscript: Manuscript) -> Iterator[Flaw]:
    """An essay has an entry or an answer but no side, so the ledger has no place for it.

    Bad: ``Entry: …`` and no ``Side:`` line.
    Good: ``Side: benefit`` beside it, or no entry in an opening or closing essay.
    """
    for source, _ in essays(manuscript):
        if not manuscript.placed[source.path].side and lacks(manuscript, source, "Side"):
            for key in filter(source.text, ("entry", "answers")):
                hint = f'Add "Side: cost" or "Side: benefit", or remove "{key.capitalize()}".'
                yield at_value(source, key, f'"{key.capitalize()}" needs "Side"', hint)


@check_when_closed
def check_half_a_revision(manuscript: Manuscript) -> Iterator[Flaw]:
    """An essay was revised, but readers are told only when or only what.

    Bad: ``Modified: 2009-05-01`` alone, or ``Revision: A date corrected.`` alone.
    Good: both of them.
    """
    hint = "Say when it was revised (Modified) and what changed (Revision), or remove both."
    yield from unpaired_keys(manuscript, "Modified", "Revision", hint)


@check
def check_repeated_part(manuscript: Manuscript) -> Iterator[Flaw]:
    """Two essays of a series have the same sort key, so their order is not clear.

    Bad: ``Part: 20`` in two essays of one series.
    Good: ``Part: 20`` and ``Part: 30``.
    """
    hint = "Give each essay of a series a different number; gaps are fine."
    for run in _runs(manuscript):
        first: dict[int, Essay] = {}
        for source, essay in run:
            if essay.part is not None and first.setdefault(essay.part, essay) is not essay:
                key = "part" if source.text("part") else "series_index"
                yield at_value(source, key, f"part {essay.part} is taken by {first[essay.part].source}", hint)


@check_when_closed
def check_missing_part(manuscript: Manuscript) -> Iterator[Flaw]:
    """Some essays of a series have a sort key and some do not, so their order is not clear.

    Bad: ``Part: 10`` in one essay of a series and no such line in another.
    Good: ``Part`` in all of them, or in none.
    """
    hint = 'Add "Part: …" here, or remove it from all essays of the series.'
    for run in _runs(manuscript):
        numbered = [source.path for source, _ in run if source.text("part") or source.text("series_index")]
        for source, _ in run if numbered else ():
            if source.path not in numbered:
                yield at_value(source, "part", f'"Part" is missing, but {numbered[0]} has one', hint)


@check
def check_more_than_complete(manuscript: Manuscript) -> Iterator[Flaw]:
    """A series is declared complete but announces a part, or ``Complete`` is neither true nor false.

    Bad: ``Complete: true`` and a ``Planned:`` line, or ``Complete: soon``.
    Good: ``Complete: true`` once the last part is out.
    """
    for source in (source for source in manuscript.sources if source.kind == "series"):
        said = source.text("complete").lower()
        if said and said not in ("true", "false"):
            yield at_value(source, "complete", f'"{said}" is neither true nor false', "Write true, or remove the line.")
        elif said == "true" and source.text("planned"):
            hint = 'Remove the "Planned" line, or "Complete" until that part is out.'
            yield at_value(source, "complete", "the series is complete but has a planned part", hint)


def _runs(manuscript: Manuscript) -> list[Sequence[tuple[Source, Essay]]]:
    """Return the essays of each series and language, drafts included, without translations."""
    runs: dict[tuple[str, str], list[tuple[Source, Essay]]] = defaultdict(list)
    for source, essay in essays(manuscript):
        if essay.series and essay.source not in manuscript.originals:
            runs[manuscript.series_key(essay), essay.lang].append((source, essay))
    return list(runs.values())
