"""`Site` → the view of the front page: what it is about, where to begin, and each series with its pairs."""

from __future__ import annotations

import re

from ..feeds.catalogue import newest_first
from ..model import Series
from ..names import same_name
from .ledgers import row
from .pieces import Link, SeriesCard, Unpublished
from .scribe import Scribe, counts_of, planned_parts, state_of, weighed
from .shapes import HomeView
from .shelf import Shelf

THE_LEDGER = "The ledger"
"""What the section of a series is called that has the name of the site."""
_PARAGRAPH = re.compile(r"<p>((?:(?!</?p>|footnote-ref).)*)</p>", re.DOTALL)


def home_view(shelf: Shelf, scribe: Scribe, desk: tuple[Unpublished, ...]) -> HomeView:
    """Return the view of the front page.

    Args:
        shelf: the whole site.
        scribe: tells of essays, plays and series.
        desk: what is not published, in a preview.

    """
    site, routes = shelf.site, shelf.routes
    begin = next((series.parts[0] for series in reversed(site.series) if series.parts), None)
    return HomeView(
        address=routes.home(),
        about=first_paragraph(site.series[0].content) if len(site.series) == 1 else "",
        begin=scribe.part(begin) if begin else None,
        series=cards(shelf, scribe, begun=begin.slug if begin else ""),
        essays=scribe.parts(newest_first(e for e in site.essays if e.slug not in site.places)),
        plays=tuple(scribe.play(play) for play in site.plays),
        playbook=Link(routes.playbook().url, shelf.playbook.title, shelf.playbook.summary),
        desk=desk,
    )


def cards(shelf: Shelf, scribe: Scribe, begun: str = "") -> tuple[SeriesCard, ...]:
    """Return every series as the front page shows it; the part `begun` stands there already."""
    return tuple(_card(series, shelf, scribe, begun) for series in shelf.site.series)


def _card(series: Series, shelf: Shelf, scribe: Scribe, begun: str) -> SeriesCard:
    ledger, routes = series.ledger, shelf.routes
    opening = {part.slug for part in ledger.opening}
    paired = {essay.slug for pair in ledger.pairs for essay in (pair.cost, pair.benefit)}
    topics = (topic.key for topic in shelf.topics if topic.key == f"series/{series.slug}")
    return SeriesCard(
        series=scribe.series(series),
        counts=counts_of(ledger),
        parts=scribe.parts(series.parts),
        planned=planned_parts(series.planned),
        state=state_of(series),
        heading=THE_LEDGER if ledger.pairs and same_name(series.title, shelf.name) else "",
        opening=scribe.parts(part for part in ledger.opening if part.slug != begun),
        rows=tuple(row(pair, scribe) for pair in ledger.pairs),
        weighed=weighed(pair.verdict for pair in ledger.pairs),
        others=scribe.parts(part for part in series.parts if part.slug not in {*opening, *paired, begun}),
        book=routes.book(series.slug).url if shelf.book and series.parts else "",
        feed=next((routes.feed(key).url for key in topics), ""),
    )


def first_paragraph(content: str) -> str:
    """Return what the first paragraph of the HTML `content` says, as HTML; empty where it has none without a note."""
    found = _PARAGRAPH.search(content)
    return found[1].strip() if found else ""
