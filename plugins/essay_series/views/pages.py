"""`Site` → {output path: view}: everything that a page shows is chosen here, and templates choose nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from ..feeds.catalogue import newest_first
from ..l10n import ENGLISH, phrases
from ..model import DRAFT, Address, Essay, Place, Site
from ..routes import COPIES, beside
from .books import book_view
from .context import MOST_NAMED, PageContext
from .feeds import Announcer, feeds_page
from .home import cards, home_view
from .ledgers import ledger_view, verdict_on
from .linker import Linker, linking
from .pieces import Document, Link, Unpublished, Year
from .play_shapes import PlayView
from .plays import playbook_view, plays
from .registers import corrections, registers
from .searching import search_view
from .shapes import (
    ArchiveView,
    Contents,
    EssayView,
    HomeView,
    LedgerView,
    OfflineView,
    PageView,
    View,
)
from .words import day, planned_parts, side_name, verdict_line


def pages(context: PageContext) -> dict[str, View]:
    """Return the view of every page of the site, by its output path; pages switched off are left out."""
    site, linker = context.site, linker_of(context)
    versions = [*site.essays, *(e for group in site.translations.values() for e in group)]
    ledgers = {series.slug: ledger_view(series, linker) for series in site.series}
    views: list[View] = [
        home_view(context, linker, tuple(_on_the_desk(context)) if context.preview else ()),
        _archive(context, linker),
        playbook_view(context, linker),
        *ledgers.values(),
        *(
            book_view(series, ledgers[series.slug], linker, context)
            for series in site.series
            if context.book and series.parts
        ),
        *plays(context, linker),
        *(_essay(essay, linker, site.places.get(essay.slug)) for essay in versions),
        *(_essay(essay, linker, None, standing=_standing(essay, context)) for essay in context.unlisted),
        *(_page(document) for document in context.documents),
        *([_offline(context, linker)] if context.offline else []),
        *registers(linker),
        *([feeds_page(context.topics, context.routes, linker.locale, _finished(site))] if context.topics else []),
    ]
    views.append(search_view(context, linker, views))
    announcer = Announcer(context.topics, context.routes, context.name, linker.locale)
    others = {essay.address for essay in (*versions, *context.unlisted) if not essay.in_markdown}
    shown = (_with_card(_copied(view, context.copies, others), context) for view in views if view.address.path)
    return {view.address.path: _announcing(view, announcer) for view in shown}


def linker_of(context: PageContext) -> Linker:
    """Return who tells of the site in its own language."""
    locale = context.languages.locale(context.site.lang)
    return Linker(context.site, context.routes, linking(context.site.essays), context.languages, locale, context.book)


def _finished(site: Site) -> frozenset[str]:
    """Return the sources of all parts of series to which no further part will come."""
    return frozenset(part.source for series in site.series if series.complete for part in series.parts)


def _with_card(view: View, context: PageContext) -> View:
    if context.cards and view.listed and isinstance(view, EssayView | LedgerView | PlayView | HomeView):
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


def navigation(context: PageContext) -> tuple[Link, ...]:
    """Return where a reader can go from every page: ledgers, playbook, archive, pages, and the page to search from."""
    routes, series, locale = context.routes, context.site.series, context.languages.locale(context.site.lang)
    if len(series) > MOST_NAMED:
        links = (
            [Link(f"{routes.home().url}#series-1", locale.pgettext("several series", "Series"))]
            if routes.home().path
            else []
        )
    else:
        links = [
            Link(
                routes.series(s.slug).url,
                locale.gettext("Ledger") if len(series) == 1 and s.is_two_sided else s.title,
            )
            for s in series
        ]
    if context.site.plays:
        links.append(Link(routes.playbook().url, locale.gettext("Playbook")))
    # translators: the page that lists all essays by date
    links.append(Link(routes.archive().url, locale.gettext("Archive")))
    links += [Link(page.address.url, page.title, lang=page.lang) for page in context.documents if page.listed]
    links.append(Link(routes.search().url, locale.gettext("Search")))
    return tuple(link for link in links if link.url)


def _standing(essay: Essay, context: PageContext) -> str:
    if essay.status == DRAFT and essay.date and context.now and essay.date > context.now:
        return f"Scheduled for {ENGLISH.date(essay.date)}"
    return essay.status.capitalize()


def _on_the_desk(context: PageContext) -> Iterator[Unpublished]:
    for essay in sorted(context.unlisted, key=lambda essay: essay.slug):
        yield Unpublished(Link(essay.address.url, essay.title, lang=essay.lang), _standing(essay, context))
    for document in context.documents:
        if document.status == DRAFT:
            yield Unpublished(Link(document.address.url, document.title, lang=document.lang), "Draft")


def _essay(essay: Essay, linker: Linker, place: Place | None, standing: str = "") -> EssayView:
    linker = linker.speaking(essay.lang)
    site, listed, locale = linker.site, not standing, linker.locale_of(place.series) if place else linker.locale
    versions = (e for e in site.essays if e.slug == essay.slug) if essay.slug in site.translations else ()
    others = [*versions, *site.translations.get(essay.slug, ())]
    return EssayView(
        title=essay.title,
        summary=essay.summary,
        address=essay.address,
        lang=essay.lang,
        day=day(essay.date, locale),
        author=essay.author,
        revised=day(essay.modified, locale) if essay.revision else None,
        revision=essay.revision,
        side=essay.side,
        side_name=side_name(essay.side, locale),
        names=place.series.names if place else {},
        entry=essay.entry,
        content=essay.content,
        contents=_contents(place, linker, essay) if place else None,
        answers=linker.version(place.answers, essay.lang) if place else None,
        verdict=verdict_line(verdict_on(essay, place, site), locale) if place else None,
        plays=tuple(linker.play(play) for play in site.plays_of.get(essay.slug, ())) if listed else (),
        corrections=corrections(essay, locale),
        all_corrections=linker.routes.corrections().url if essay.corrections and listed else "",
        linked_from=linker.parts(_linking_to(essay, place, linker)) if listed else (),
        standing=standing,
        translations=tuple(
            Link(other.address.url, other.title, lang=other.lang)
            for other in others
            if listed and other.lang != essay.lang
        ),
        alternates=tuple(_alternates(others)) if listed else (),
        listed=listed,
    )


def _alternates(versions: Sequence[Essay]) -> Iterator[Link]:
    """Yield every version of an essay by its language, and the original for readers of all others."""
    if versions:
        yield from (Link(each.address.url, each.title, lang=each.lang) for each in versions)
        yield Link(versions[0].address.url, versions[0].title, lang="x-default")


def _linking_to(essay: Essay, place: Place | None, linker: Linker) -> Iterator[Essay]:
    """Yield the essays that link to `essay`, without those that its page leads to anyway."""
    led_to = (place.previous, place.next, place.answers) if place else ()
    return (each for each in linker.linking_to(essay) if each not in led_to)


def _contents(place: Place, linker: Linker, essay: Essay) -> Contents:
    series, parts = place.series, linker.run(place.series, essay.lang)
    number, total, locale = place.number, place.total, linker.locale_of(series)
    # translators: such as "Part 3 of 10 of The Name of the Series", in a citation
    in_series = locale.gettext(
        "Part %(number)s of %(total)s of %(series)s", number=number, total=total, series=series.title
    )
    return Contents(
        series=linker.series(series),
        label=phrases.part_of(number, total, locale) if total > 1 else "",
        label_with_side=phrases.part_of(number, total, locale, essay.side) if total > 1 else "",
        label_in_series=in_series if total > 1 else "",
        number=number,
        total=total,
        parts=parts,
        planned=planned_parts(series.planned, locale),
        previous=parts[number - 2] if place.previous else None,
        next=parts[number] if place.next else None,
        book=linker.book(series) if total > 1 else "",
    )


def _archive(context: PageContext, linker: Linker) -> ArchiveView:
    essays = sorted(newest_first(context.site.essays), key=_year, reverse=True)
    years = groupby(essays, key=_year)
    return ArchiveView(
        address=context.routes.archive(),
        years=tuple(Year(year, linker.parts(group)) for year, group in years),
        total=len(essays),
        title=linker.locale.gettext("Archive"),
        summary=linker.locale.gettext("Every essay, newest first."),
    )


def _offline(context: PageContext, linker: Linker) -> OfflineView:
    title = linker.locale.gettext("Not here without a network")
    return OfflineView(address=context.routes.offline(), series=cards(context, linker), title=title)


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
