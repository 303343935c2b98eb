"""`Site` → {output path: view}: everything that a page shows is chosen here, and templates choose nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from ..days import in_words
from ..feeds.catalogue import newest_first
from ..model import DRAFT, SIDES, Address, Essay, Place, Site
from ..routes import COPIES, beside
from .books import book_view
from .feeds import Announcer, feeds_page
from .home import cards, home_view
from .ledgers import ledger_view, verdict_on
from .pieces import Document, Link, Unpublished, Year
from .play_shapes import PlayView
from .plays import playbook_view, plays
from .registers import corrections, registers
from .scribe import Scribe, day, linking, planned_parts
from .shapes import (
    ArchiveView,
    Contents,
    EssayView,
    HomeView,
    LedgerView,
    OfflineView,
    PageView,
    SearchView,
    View,
)
from .shelf import Shelf

MOST_NAMED = 4
"""Series that the navigation names each; more stand together, since no page should grow with the number of series."""


def pages(shelf: Shelf) -> dict[str, View]:
    """Return the view of every page of the site, by its output path; pages switched off are left out."""
    site, scribe = shelf.site, Scribe(shelf.site, shelf.routes, linking(shelf.site.essays))
    versions = [*site.essays, *(e for group in site.translations.values() for e in group)]
    ledgers = {series.slug: ledger_view(series, scribe, book=shelf.book) for series in site.series}
    views: list[View] = [
        home_view(shelf, scribe, tuple(_on_the_desk(shelf)) if shelf.preview else ()),
        _archive(shelf, scribe),
        playbook_view(shelf, scribe),
        *ledgers.values(),
        *(
            book_view(series, ledgers[series.slug], scribe, shelf)
            for series in site.series
            if shelf.book and series.parts
        ),
        *plays(shelf, scribe),
        *(_essay(essay, scribe, site.places.get(essay.slug)) for essay in versions),
        *(_essay(essay, scribe, None, standing=_standing(essay, shelf)) for essay in shelf.unlisted),
        *(_page(document) for document in shelf.documents),
        _search(shelf, scribe),
        *([_offline(shelf, scribe)] if shelf.offline else []),
        *registers(scribe),
        *([feeds_page(shelf.topics, shelf.routes, _finished(site))] if shelf.topics else []),
    ]
    announcer = Announcer(shelf.topics, shelf.routes, shelf.name)
    others = {essay.address for essay in (*versions, *shelf.unlisted) if not essay.in_markdown}
    shown = (_with_card(_copied(view, shelf.copies, others), shelf) for view in views if view.address.path)
    return {view.address.path: _announcing(view, announcer) for view in shown}


def _finished(site: Site) -> frozenset[str]:
    """Return the sources of all parts of series to which no further part will come."""
    return frozenset(part.source for series in site.series if series.complete for part in series.parts)


def _with_card(view: View, shelf: Shelf) -> View:
    if shelf.cards and view.listed and isinstance(view, EssayView | LedgerView | PlayView | HomeView):
        return replace(view, card=beside(view.address, "card.png").url)
    return view


def _copied(view: View, endings: Iterable[str], others: Collection[Address]) -> View:
    """Return `view` with the forms in which it stands beside its page: essays with their text, series to be cited.

    Args:
        view: any page.
        endings: the forms that the site has.
        others: the pages of essays that are not in Markdown.

    """
    if isinstance(view, EssayView | LedgerView) and view.listed:
        has_text = isinstance(view, EssayView) and view.address not in others
        forms = [ending for ending in endings if ending != "md" or has_text]
        return replace(view, copies=tuple(Link(beside(view.address, form).url, COPIES[form]) for form in forms))
    return view


def _announcing(view: View, announcer: Announcer) -> View:
    side = view.side if isinstance(view, EssayView) else None
    return replace(view, feeds=announcer.announced(view.address.url, side))


def navigation(shelf: Shelf) -> tuple[Link, ...]:
    """Return where a reader can go from every page: ledgers, playbook, archive, pages, and the page to search from."""
    routes, series = shelf.routes, shelf.site.series
    if len(series) > MOST_NAMED:
        links = [Link(f"{routes.home().url}#series-1", "Series")] if routes.home().path else []
    else:
        links = [Link(routes.series(s.slug).url, s.title if len(series) > 1 else "Ledger") for s in series]
    if shelf.site.plays:
        links.append(Link(routes.playbook().url, "Playbook"))
    links.append(Link(routes.archive().url, "Archive"))
    links += [Link(page.address.url, page.title) for page in shelf.documents if page.listed]
    links.append(Link(routes.search().url, "Search"))
    return tuple(link for link in links if link.url)


def _standing(essay: Essay, shelf: Shelf) -> str:
    if essay.status == DRAFT and essay.date and shelf.now and essay.date > shelf.now:
        return f"Scheduled for {in_words(essay.date)}"
    return essay.status.capitalize()


def _on_the_desk(shelf: Shelf) -> Iterator[Unpublished]:
    for essay in sorted(shelf.unlisted, key=lambda essay: essay.slug):
        yield Unpublished(Link(essay.address.url, essay.title), _standing(essay, shelf))
    for document in shelf.documents:
        if document.status == DRAFT:
            yield Unpublished(Link(document.address.url, document.title), "Draft")


def _essay(essay: Essay, scribe: Scribe, place: Place | None, standing: str = "") -> EssayView:
    site, listed = scribe.site, not standing
    versions = (e for e in site.essays if e.slug == essay.slug) if essay.slug in site.translations else ()
    others = [*versions, *site.translations.get(essay.slug, ())]
    return EssayView(
        title=essay.title,
        summary=essay.summary,
        address=essay.address,
        lang=essay.lang,
        day=day(essay.date),
        author=essay.author,
        revised=day(essay.modified) if essay.revision else None,
        revision=essay.revision,
        side=essay.side,
        entry=essay.entry,
        content=essay.content,
        contents=_contents(place, scribe, essay.lang) if place else None,
        answers=scribe.version(place.answers, essay.lang) if place else None,
        verdict=verdict_on(essay, place, site) if place else None,
        plays=tuple(scribe.play(play) for play in site.plays_of.get(essay.slug, ())) if listed else (),
        corrections=corrections(essay),
        all_corrections=scribe.routes.corrections().url if essay.corrections and listed else "",
        linked_from=scribe.parts(_linking_to(essay, place, scribe)) if listed else (),
        standing=standing,
        translations=tuple(
            Link(other.address.url, other.title, lang=other.lang)
            for other in others
            if listed and other.lang != essay.lang
        ),
        listed=listed,
    )


def _linking_to(essay: Essay, place: Place | None, scribe: Scribe) -> Iterator[Essay]:
    """Yield the essays that link to `essay`, without those that its page leads to anyway."""
    led_to = (place.previous, place.next, place.answers) if place else ()
    return (each for each in scribe.linking_to(essay) if each not in led_to)


def _contents(place: Place, scribe: Scribe, lang: str) -> Contents:
    series, parts = place.series, scribe.run(place.series, lang)
    return Contents(
        series=scribe.series(series),
        label=f"Part {place.number} of {place.total}" if place.total > 1 else "",
        number=place.number,
        total=place.total,
        parts=parts,
        planned=planned_parts(series.planned),
        previous=parts[place.number - 2] if place.previous else None,
        next=parts[place.number] if place.next else None,
    )


def _archive(shelf: Shelf, scribe: Scribe) -> ArchiveView:
    essays = sorted(newest_first(shelf.site.essays), key=_year, reverse=True)
    years = groupby(essays, key=_year)
    return ArchiveView(
        address=shelf.routes.archive(),
        years=tuple(Year(year, scribe.parts(group)) for year, group in years),
        total=len(essays),
    )


def _search(shelf: Shelf, scribe: Scribe) -> SearchView:
    routes, text, series = shelf.routes, shelf.playbook, shelf.site.series
    ways = [Link(routes.playbook().url, text.title, text.summary)] if shelf.site.plays else []
    ways += [scribe.series(each) for each in series] if len(series) <= MOST_NAMED else []
    ways.append(Link(routes.archive().url, "Archive", "Every essay, newest first."))
    return SearchView(
        address=routes.search(),
        ways=tuple(way for way in ways if way.url),
        sides=tuple(side for side in SIDES if any(essay.side == side for essay in shelf.site.essays)),
        plays=tuple(play.title for play in shelf.site.plays),
        series=tuple(each.title for each in series),
    )


def _offline(shelf: Shelf, scribe: Scribe) -> OfflineView:
    return OfflineView(address=shelf.routes.offline(), series=cards(shelf, scribe))


def _page(document: Document) -> PageView:
    return PageView(
        title=document.title,
        summary=document.summary,
        address=document.address,
        content=document.content,
        lang=document.lang,
        standing="Draft" if document.status == DRAFT else "",
        listed=document.listed,
    )


def _year(essay: Essay) -> int:
    """Return the year of the date as it is shown, whichever zone it is in."""
    return essay.date.year if essay.date else 0
