"""Works out what a manuscript publishes: all current and former addresses, and the id of each feed and feed entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from ..feeds.topics import Topic, key_in, topics_of_all
from ..model import HIDDEN, PUBLISHED, Address, PlayPage, SeriesPage, Site
from ..record.record import PROVISIONAL, mint
from ..routes import FORMATS, Routes
from ..values import dataclass
from .declare import names_in
from .manuscript import Manuscript

_DECLARING = ("series", "play", "playbook")
"""The kinds of sources whose page exists without them too."""


@dataclass(frozen=True, slots=True)
class Move:
    """A change of address that a source declares with its aliases."""

    source: str
    then: str
    """The former address."""
    now: str
    """The current address."""


@dataclass(frozen=True)
class Published:
    """The addresses and ids of one manuscript. An address as a string has a leading slash."""

    manuscript: Manuscript

    @classmethod
    def of(cls, manuscript: Manuscript) -> Published:
        """Return what `manuscript` publishes, cached on the manuscript."""
        found: Published = manuscript.__dict__.setdefault("_published", cls(manuscript))
        return found

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """Everything that has a feed of its own."""
        config = self.manuscript.config
        return topics_of_all(self.manuscript.site, config.routes, config.languages)

    @cached_property
    def generated(self) -> tuple[Address, ...]:
        """The addresses of all pages and files without a source of their own."""
        return tuple(place for place, _ in self.made)

    @cached_property
    def made(self) -> tuple[tuple[Address, str], ...]:
        """The addresses in `generated`, each with a description of what is there."""
        declaring = {source.path for source in self.manuscript.sources if source.kind in _DECLARING}
        with_source = {place for path, place in self.manuscript.addresses.items() if path in declaring}
        return tuple((place, what) for place, what in self._made() if place.path and place not in with_source)

    def _made(self) -> Iterator[tuple[Address, str]]:
        routes, site = self.manuscript.config.routes, self.manuscript.site
        for each in site.everywhere:
            yield from _in_one_language(each, routes.in_language(each.lang))
        yield routes.page("SEARCH"), "the page to search from"
        forms = self.manuscript.config.book_formats
        yield from ((routes.book(s.slug, form), f'the book of "{s.title}"') for s in site.series for form in forms)
        yield from ((routes.feed(t.key, form), f'the feed "{t.title}"') for t in self.topics for form in FORMATS)
        if site.corrected:
            yield routes.page("CORRECTIONS"), "the list of corrections"
        if site.cases:
            yield routes.page("CASES"), "the list of cases"
        if self.topics:
            yield routes.page("FEEDS"), "the list of feeds"
            yield routes.page("OPML"), "the list of feeds"

    @cached_property
    def places(self) -> tuple[Address, ...]:
        """The addresses of all published pages and generated files, each with its output path."""
        return (*self.manuscript.addresses.values(), *self.generated)

    @cached_property
    def addresses(self) -> frozenset[str]:
        """The addresses of all published pages and generated files."""
        return frozenset(f"/{place.url}" for place in self.places)

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """Every move that a source declares."""
        return tuple(self._moves())

    @cached_property
    def former(self) -> Mapping[str, str]:
        """The current address for each former one."""
        return {move.then: move.now for move in reversed(self.moves)}

    @cached_property
    def redirects(self) -> Mapping[str, str]:
        """The current address for each former one that is redirected; feeds, data and books have copies instead."""
        routes, site = self.manuscript.config.routes, self.manuscript.site
        copied = {f"/{routes.feed(topic.key, form).url}" for topic in self.topics for form in FORMATS}
        copied |= {
            f"/{routes.in_language(each.lang).ledger_data(series.slug).url}"
            for each in site.everywhere
            for series in each.series
        }
        files = [form for form in self.manuscript.config.book_formats if form != "page"]
        copied |= {f"/{routes.book(series.slug, form).url}" for series in site.series for form in files}
        return {then: now for then, now in self.former.items() if now not in copied}

    @cached_property
    def ids(self) -> Mapping[str, str]:
        """The id of each essay and each feed by its address: the recorded id, else the one that would be minted."""
        record = self.manuscript.record
        known = dict(record.ids)
        before = {move.now: move.then for move in reversed(self.moves) if move.then in known}
        authority = record.authority or self.manuscript.config.authority or PROVISIONAL
        folder = self.manuscript.config.folder
        found: dict[str, str] = {}
        taken = set(known.values())
        for kind, address in self._tagged():
            recorded = known.get(address) or known.get(before.get(address, ""))
            found[address] = recorded or mint(kind, f"{folder}{address}", taken, authority)
            taken.add(found[address])
        return found

    def _tagged(self) -> Iterator[tuple[str, str]]:
        """Yield kind and address of everything that has an id, in the order in which ids are minted."""
        essays = (e for e in self.manuscript.essays.values() if e.status == PUBLISHED and e.address.path)
        yield from sorted(("essay", f"/{essay.address.url}") for essay in essays)
        yield from (("feed", f"/{self.manuscript.config.routes.feed(topic.key).url}") for topic in self.topics)

    def _moves(self) -> Iterator[Move]:
        manuscript = self.manuscript
        for essay in manuscript.essays.values():
            if essay.status in (PUBLISHED, HIDDEN):
                for alias in essay.aliases:
                    former = self._former(essay.source, alias, status=essay.status)
                    yield Move(essay.source, former, f"/{essay.address.url}")
        declared: list[SeriesPage | PlayPage] = [*manuscript.series_pages.values(), *manuscript.play_pages.values()]
        for page in (each for each in declared if each.source in manuscript.shown):
            for alias in page.aliases:
                now = self.addresses_with(page, page.slug)
                then = self.addresses_with(page, alias) if "/" not in alias else [_rooted(alias)]
                for present, past in zip(now, then, strict=False):
                    yield Move(page.source, past, present)
        for source in (each for each in manuscript.sources if each.kind == "page"):
            if address := manuscript.addresses.get(source.path):
                for alias in names_in(manuscript.text(source, "aliases")):
                    yield Move(source.path, self._former(source.path, alias), f"/{address.url}")

    def _former(self, path: str, alias: str, **changes: str) -> str:
        """Return the former address of an essay or page that `alias`, an address or a slug, names."""
        if "/" in alias:
            return _rooted(alias)
        return f"/{self.manuscript.address_with(path, slug=alias, save_as='', url='', **changes).url}"

    def addresses_with(self, page: SeriesPage | PlayPage, slug: str) -> list[str]:
        """Return every address that contains the slug of a series or play, for an original those of all languages."""
        config = self.manuscript.config
        sites = [each for each in self.manuscript.site.everywhere if page.lang in (each.lang, config.default_lang)]
        places: list[Address] = []
        for lang in [each.lang for each in sites] or [config.default_lang]:
            routes = config.routes.in_language(lang)
            if isinstance(page, SeriesPage):
                places += [routes.series(slug), routes.ledger_data(slug)]
                key = key_in(lang, config.default_lang, f"series/{slug}")
                forms = config.book_formats if lang == config.default_lang else ()
                places += [routes.book(slug, form) for form in forms]
            else:
                places += [routes.play(slug), routes.worksheet(slug)]
                key = key_in(lang, config.default_lang, f"plays/{slug}")
            places += [routes.feed(key, form) for form in FORMATS]
        return [f"/{place.url}" for place in places if place.path]


def _in_one_language(site: Site, routes: Routes) -> Iterator[tuple[Address, str]]:
    """Yield address and description of each page and file that every language has its own version of."""
    yield routes.home(), "the home page"
    yield routes.page("ARCHIVES"), "the archive"
    if site.plays or not site.is_edition:
        yield routes.page("PLAYBOOK"), "the playbook"
    yield from ((routes.series(each.slug), f'the series "{each.title}"') for each in site.series)
    yield from ((routes.ledger_data(each.slug), f'the ledger of "{each.title}"') for each in site.series)
    yield from ((routes.play(each.slug), f'the play "{each.title}"') for each in site.own_plays)
    yield from ((routes.worksheet(each.slug), f'the worksheet of "{each.title}"') for each in site.own_plays)


def _rooted(address: str) -> str:
    return f"/{address.removeprefix('/')}"
