"""`Site` → the views of the playbook, of each play, and of its worksheet."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Essay, Play, Series, Site
from ..context import PageContext
from ..linker import Linker
from ..pieces import Matrix, MatrixRow, PlayRow
from ..shapes.plays import PlaybookView, PlayView, WorksheetView
from ..words import counts
from .play_text import situations, when_to_use, worksheet


def playbook_view(context: PageContext, linker: Linker) -> PlaybookView:
    """Return the view of the playbook."""
    site, text = context.site, context.playbook
    taught = (series for series in site.series if any(part.slug in site.plays_of for part in series.run))
    return PlaybookView(
        title=text.title,
        summary=text.summary,
        address=context.routes.page("PLAYBOOK"),
        content=text.content,
        plays=tuple(_row(play, context, linker) for play in site.plays),
        matrices=tuple(_matrix(series, site, linker) for series in taught),
    )


def plays(context: PageContext, linker: Linker) -> Iterator[PlayView | WorksheetView]:
    """Yield the view of each play, followed by that of its worksheet."""
    for play in context.site.own_plays:
        yield _play(play, context, linker)
        yield _worksheet(play, context, linker)


def _row(play: Play, context: PageContext, linker: Linker) -> PlayRow:
    return PlayRow(
        play=linker.play(play),
        slug=play.slug,
        counts=counts(play.essays),
        essays=linker.parts(play.essays),
        when=when_to_use(play.content, context.play_sections),
        situations=situations(play.content, context.play_sections),
        first_step=next(iter(worksheet(play.content, context.play_sections).steps.items), ""),
        worksheet=linker.routes_of(play).worksheet(play.slug).url,
    )


def _matrix(series: Series, site: Site, linker: Linker) -> Matrix:
    taught = {part.slug: {play.slug for play in site.plays_of.get(part.slug, ())} for part in series.run}
    columns = [play for play in site.plays if any(play.slug in slugs for slugs in taught.values())]
    return Matrix(
        series=linker.series(series),
        plays=tuple(linker.play(play) for play in columns),
        groups=tuple(
            tuple(MatrixRow(linker.part(e), tuple(play.slug in taught[e.slug] for play in columns)) for e in group)
            for group in _groups(series)
        ),
    )


def _groups(series: Series) -> Iterator[tuple[Essay, ...]]:
    """Yield the parts of `series` in reading order, each pair as one group in the place of its first part."""
    pairs = {essay.slug: (p.cost, p.benefit) for p in series.ledger.pairs for essay in (p.cost, p.benefit)}
    return iter(dict.fromkeys(pairs.get(part.slug, (part,)) for part in series.run))


def _play(play: Play, context: PageContext, linker: Linker) -> PlayView:
    routes, site = context.routes, context.site
    by_slug = {each.slug: each for each in site.plays}
    return PlayView(
        title=play.title,
        summary=play.summary,
        address=routes.play(play.slug),
        content=play.content,
        costs=linker.parts(e for e in play.essays if e.side == "cost"),
        benefits=linker.parts(e for e in play.essays if e.side == "benefit"),
        others=linker.parts(e for e in play.essays if e.side is None),
        related=tuple(linker.play(by_slug[slug]) for slug in play.related if slug in by_slug),
        playbook=context.playbook_link,
        feed=context.feed(f"plays/{play.slug}"),
        worksheet=routes.worksheet(play.slug).url,
    )


def _worksheet(play: Play, context: PageContext, linker: Linker) -> WorksheetView:
    return WorksheetView(
        title=play.title,
        summary=play.summary,
        address=context.routes.worksheet(play.slug),
        play=linker.play(play),
        playbook=context.playbook_link,
        sheet=worksheet(play.content, context.play_sections),
    )
