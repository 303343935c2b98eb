"""`Site` → the view of the home page: an introduction, the essay to begin with, and each series with its pairs."""

from __future__ import annotations

import re

from ...feeds.topics import newest_first
from ...model import Series, Site
from ...names import same_name
from ..context import PageContext
from ..linker import Linker
from ..pieces import SeriesCard, Unpublished
from ..shapes.pages import HomeView
from ..words import counts, planned_parts, state_of, weighed
from .ledgers import row

_PARAGRAPH = re.compile(r"<p>((?:(?!</?p>|footnote-ref).)*)</p>", re.DOTALL)


def home_view(context: PageContext, linker: Linker, desk: tuple[Unpublished, ...]) -> HomeView:
    """Return the view of the home page; `desk` is what is not published, in a preview."""
    site = context.site
    begin = next((series.parts[0] for series in reversed(site.series) if series.parts), None)
    return HomeView(
        address=context.routes.home(),
        about=first_paragraph(site.series[0].content) if _has_introduction(site) else "",
        begin=linker.part(begin) if begin else None,
        series=cards(context, linker, begun=begin.slug if begin else ""),
        essays=linker.parts(newest_first(e for e in site.essays if e.slug not in site.places)),
        plays=tuple(linker.play(play) for play in site.plays),
        playbook=context.playbook_link,
        desk=desk,
    )


def _has_introduction(site: Site) -> bool:
    """Tell whether there is a single series, whose text introduces the site in the language of its readers."""
    return len(site.series) == 1 and (not site.is_edition or site.series[0].lang == site.lang)


def cards(context: PageContext, linker: Linker, begun: str = "") -> tuple[SeriesCard, ...]:
    """Return every series as the home page shows it, without the part with the slug `begun`, which is shown above."""
    return tuple(_card(series, context, linker, begun) for series in context.site.series)


def _card(series: Series, context: PageContext, linker: Linker, begun: str) -> SeriesCard:
    ledger, locale = series.ledger, linker.locale_of(series)
    opening = {part.slug for part in ledger.opening}
    paired = {essay.slug for pair in ledger.pairs for essay in (pair.cost, pair.benefit)}
    return SeriesCard(
        series=linker.series(series),
        counts=counts(series.run),
        parts=linker.parts(series.parts),
        planned=planned_parts(series.planned, locale),
        state=state_of(series, locale),
        heading=locale.gettext("The ledger") if ledger.pairs and same_name(series.title, context.name) else "",
        opening=linker.parts(part for part in ledger.opening if part.slug != begun),
        rows=tuple(row(pair, linker, locale) for pair in ledger.pairs),
        weighed=weighed(ledger.pairs, locale),
        others=linker.parts(part for part in series.run if part.slug not in {*opening, *paired, begun}),
        book=linker.book(series),
        feed=context.feed(f"series/{series.slug}"),
    )


def first_paragraph(content: str) -> str:
    """Return the inline HTML of the first paragraph of `content` that has no footnote; empty if there is none."""
    found = _PARAGRAPH.search(content)
    return found[1].strip() if found else ""
