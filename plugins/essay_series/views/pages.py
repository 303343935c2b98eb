"""`Site` → {output path: view}: what each page shows is decided here, and not in templates."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from ..assemble import changed_since
from ..feeds.topics import newest_first
from ..l10n import ENGLISH, Locale, phrases
from ..model import DRAFT, Address, Essay, Place, Site
from ..routes import COPIES, beside
from .context import PageContext
from .kinds.books import book_view
from .kinds.feeds import Announcer, feeds_page
from .kinds.home import cards, home_view
from .kinds.languages import alternates, in_language, with_alternates
from .kinds.ledgers import ledger_view, verdict_on
from .kinds.plays import playbook_view, plays
from .kinds.registers import corrections, register_links, registers
from .kinds.searching import search_view
from .linker import Linker, linking
from .pieces import Behind, Document, Link, Unpublished, Year
from .shapes.base import View
from .shapes.pages import ArchiveView, Contents, EssayView, HomeView, LedgerView, PageView
from .shapes.plays import PlayView
from .shapes.service import OfflineView
from .words import day, known_day, planned_parts, side_name, verdict_line


def pages(context: PageContext) -> dict[str, View]:
    """Return the view of every page of the site, by its output path; pages without an address are left out."""
    site, linker = context.site, linker_of(context)
    contexts = (context, *(in_language(context, edition) for edition in site.editions))
    linkers = {each.site.lang: linker_of(each) for each in contexts}
    listing = [view for each in contexts for view in _listing(each, linkers[each.site.lang])]
    views: list[View] = [
        *with_alternates(listing, contexts),
        *(_essay(essay, linkers.get(essay.lang, linker), site) for essay in site.versions),
        *(_essay(essay, linker, site, status=_status(essay, context)) for essay in context.unlisted),
        *(_page(document) for document in context.documents),
        *([_offline(context, linker)] if context.offline else []),
        *registers(linker),
        *([feeds_page(context.topics, context.routes, linker.locale, _finished(site))] if context.topics else []),
    ]
    views.append(search_view(context, linker, views))
    announcer = Announcer(context.topics, context.routes, context.name, linker.locale)
    others = {essay.address for essay in (*site.versions, *context.unlisted) if not essay.in_markdown}
    shown = (_with_card(_copied(view, context.copies, others), context) for view in views if view.address.path)
    return {view.address.path: _announcing(view, announcer) for view in shown}


def _listing(context: PageContext, linker: Linker) -> Iterator[View]:
    """Yield the views of the site or of one edition, without essays."""
    site = context.site
    ledgers = {series.slug: ledger_view(series, linker) for series in site.series}
    yield home_view(context, linker, tuple(_unpublished(context)) if context.preview else ())
    yield _archive(context, linker)
    if site.plays or not site.is_edition:
        yield playbook_view(context, linker)
    yield from ledgers.values()
    for series in site.series if context.book else ():
        if series.parts:
            yield book_view(series, ledgers[series.slug], linker, context)
    yield from plays(context, linker)


def linker_of(context: PageContext) -> Linker:
    """Return the linker for pages in the language of the site."""
    locale = context.languages.locale(context.site.lang)
    return Linker(context.site, context.routes, linking(context.site.essays), context.languages, locale, context.book)


def _finished(site: Site) -> frozenset[str]:
    """Return the sources of all parts of complete series."""
    return frozenset(part.source for series in site.series if series.complete for part in series.parts)


def _with_card(view: View, context: PageContext) -> View:
    if context.cards and view.listed and isinstance(view, EssayView | LedgerView | PlayView | HomeView):
        return replace(view, card=beside(view.address, "card.png").url)
    return view


def _copied(view: View, endings: Iterable[str], others: Collection[Address]) -> View:
    """Return `view` with links to the copies and citations of an essay, or to the citations of a series.

    `endings` are the formats that the site publishes, and `others` the addresses of essays that are not in Markdown.
    """
    if isinstance(view, EssayView | LedgerView) and view.listed:
        has_text = isinstance(view, EssayView) and view.address not in others
        forms = [ending for ending in endings if ending != "md" or has_text]
        return replace(view, copies=tuple(Link(beside(view.address, form).url, COPIES[form]) for form in forms))
    return view


def _announcing(view: View, announcer: Announcer) -> View:
    side = view.side if isinstance(view, EssayView) else None
    return replace(view, feeds=announcer.announced(view.address.url, side, view.lang))


def _status(essay: Essay, context: PageContext) -> str:
    if essay.status == DRAFT and essay.date and context.now and essay.date > context.now:
        return f"Scheduled for {ENGLISH.date(essay.date)}"
    return essay.status.capitalize()


def _unpublished(context: PageContext) -> Iterator[Unpublished]:
    for essay in sorted(context.unlisted, key=lambda essay: essay.slug):
        yield Unpublished(Link(essay.address.url, essay.title, lang=essay.lang), _status(essay, context))
    for document in context.documents:
        if document.status == DRAFT:
            yield Unpublished(Link(document.address.url, document.title, lang=document.lang), "Draft")


def _essay(essay: Essay, linker: Linker, whole: Site, status: str = "") -> EssayView:
    """Return the view of one version of an essay; `linker` is that of its edition, and `whole` has all versions."""
    linker = linker.in_language(essay.lang)
    site, listed = linker.site, not status
    place = site.places.get(essay.slug) if listed else None
    locale = linker.locale_of(place.series) if place else linker.locale
    others = _versions(essay, whole)
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
        all_corrections=linker.routes.page("CORRECTIONS").url if essay.corrections and listed else "",
        linked_from=linker.parts(_linking_to(essay, place, linker)) if listed else (),
        behind=_behind(essay, others, locale) if listed else None,
        status=status,
        translations=tuple(_link(other) for other in others if listed and other.lang != essay.lang),
        alternates=alternates([_link(other) for other in others]) if listed else (),
        listed=listed,
    )


def _versions(essay: Essay, whole: Site) -> list[Essay]:
    """Return all versions of an essay that has a translation, the original first."""
    translations = whole.translations.get(essay.slug, ())
    return [*(each for each in whole.essays if translations and each.slug == essay.slug), *translations]


def _behind(essay: Essay, versions: Sequence[Essay], locale: Locale) -> Behind | None:
    """Return the change that a translation does not follow yet, or None; the first of `versions` is the original."""
    original = versions[0] if versions else essay
    changed = changed_since(essay, original) if original.lang != essay.lang else None
    return Behind(_link(original), known_day(changed, locale)) if changed else None


def _link(version: Essay) -> Link:
    return Link(version.address.url, version.title, lang=version.lang)


def _linking_to(essay: Essay, place: Place | None, linker: Linker) -> Iterator[Essay]:
    """Yield the essays whose text links to `essay`, except those that its page links to elsewhere."""
    linked = (place.previous, place.next, place.answers) if place else ()
    return (each for each in linker.links.get(essay.source, ()) if each not in linked)


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
        position=next(at for at, part in enumerate(parts, 1) if part.slug == essay.slug),
        parts=parts,
        planned=planned_parts(series.planned, locale),
        previous=linker.version(place.previous, essay.lang),
        next=linker.version(place.next, essay.lang),
        book=linker.book(series) if total > 1 else "",
    )


def _archive(context: PageContext, linker: Linker) -> ArchiveView:
    essays = sorted(newest_first(context.site.essays), key=_year, reverse=True)
    years = groupby(essays, key=_year)
    return ArchiveView(
        address=context.routes.page("ARCHIVES"),
        years=tuple(Year(year, linker.parts(group)) for year, group in years),
        total=len(essays),
        title=linker.locale.gettext("Archive"),
        summary=linker.locale.gettext("Every essay, newest first."),
        registers=() if context.site.is_edition else tuple(register_links(linker)),
    )


def _offline(context: PageContext, linker: Linker) -> OfflineView:
    title = linker.locale.gettext("Not here without a network")
    return OfflineView(address=context.routes.page("OFFLINE"), series=cards(context, linker), title=title, summary="")


def _page(document: Document) -> PageView:
    return PageView(
        title=document.title,
        summary=document.summary,
        address=document.address,
        content=document.content,
        lang=document.lang,
        status="Draft" if document.status == DRAFT else "",
        listed=document.listed,
    )


def _year(essay: Essay) -> int:
    """Return the year of the date in its own time zone, as pages show it."""
    return essay.date.year if essay.date else 0
