"""`Site` → the views of the playbook, of each play, and of the sheet to work with it."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Essay, Play, Series, Site
from .pieces import Link, Matrix, MatrixRow, PlayRow
from .play_shapes import PlaybookView, PlayView, WorksheetView
from .play_text import situations, when_to_use, worksheet
from .scribe import Scribe, counts
from .shelf import Shelf


def playbook_view(shelf: Shelf, scribe: Scribe) -> PlaybookView:
    """Return the view of the index of all plays."""
    site, text = shelf.site, shelf.playbook
    taught = (series for series in site.series if any(part.slug in site.plays_of for part in series.parts))
    return PlaybookView(
        title=text.title,
        summary=text.summary,
        address=shelf.routes.playbook(),
        content=text.content,
        plays=tuple(_row(play, shelf, scribe) for play in site.plays),
        matrices=tuple(_matrix(series, site, scribe) for series in taught),
    )


def plays(shelf: Shelf, scribe: Scribe) -> Iterator[PlayView | WorksheetView]:
    """Yield the view of each play, and that of its worksheet."""
    for play in shelf.site.plays:
        yield _play(play, shelf, scribe)
        yield _worksheet(play, shelf, scribe)


def _row(play: Play, shelf: Shelf, scribe: Scribe) -> PlayRow:
    return PlayRow(
        play=scribe.play(play),
        slug=play.slug,
        counts=counts(play.essays),
        essays=scribe.parts(play.essays),
        when=when_to_use(play.content, shelf.play_sections),
        situations=situations(play.content, shelf.play_sections),
        first_step=next(iter(worksheet(play.content, shelf.play_sections).steps.items), ""),
        worksheet=shelf.routes.worksheet(play.slug).url,
    )


def _matrix(series: Series, site: Site, scribe: Scribe) -> Matrix:
    taught = {part.slug: {play.slug for play in site.plays_of.get(part.slug, ())} for part in series.parts}
    columns = [play for play in site.plays if any(play.slug in slugs for slugs in taught.values())]
    return Matrix(
        series=scribe.series(series),
        plays=tuple(scribe.play(play) for play in columns),
        groups=tuple(
            tuple(MatrixRow(scribe.part(e), tuple(play.slug in taught[e.slug] for play in columns)) for e in group)
            for group in _groups(series)
        ),
    )


def _groups(series: Series) -> Iterator[tuple[Essay, ...]]:
    """Yield the parts of `series` in reading order, a pair together where its earlier part stands."""
    pairs = {essay.slug: (p.cost, p.benefit) for p in series.ledger.pairs for essay in (p.cost, p.benefit)}
    told: set[str] = set()
    for part in series.parts:
        if part.slug not in told:
            group = pairs.get(part.slug, (part,))
            told.update(essay.slug for essay in group)
            yield group


def _play(play: Play, shelf: Shelf, scribe: Scribe) -> PlayView:
    routes, site = shelf.routes, shelf.site
    by_slug = {each.slug: each for each in site.plays}
    return PlayView(
        title=play.title,
        summary=play.summary,
        address=routes.play(play.slug),
        content=play.content,
        costs=scribe.parts(e for e in play.essays if e.side == "cost"),
        benefits=scribe.parts(e for e in play.essays if e.side == "benefit"),
        others=scribe.parts(e for e in play.essays if e.side is None),
        related=tuple(scribe.play(by_slug[slug]) for slug in play.related if slug in by_slug),
        playbook=Link(routes.playbook().url, shelf.playbook.title),
        feed=next((routes.feed(topic.key).url for topic in shelf.topics if topic.key == f"plays/{play.slug}"), ""),
        worksheet=routes.worksheet(play.slug).url,
    )


def _worksheet(play: Play, shelf: Shelf, scribe: Scribe) -> WorksheetView:
    return WorksheetView(
        title=play.title,
        summary=play.summary,
        address=shelf.routes.worksheet(play.slug),
        play=scribe.play(play),
        playbook=Link(shelf.routes.playbook().url, shelf.playbook.title),
        sheet=worksheet(play.content, shelf.play_sections),
    )
