"""The `Manuscript`: all sources of a site and everything that follows from their front matter and links.

It is complete before Pelican reads any text, and it is what the checks run on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property

from .. import assemble
from ..config import SiteConfig
from ..htmltext import Element
from ..l10n.tags import language
from ..model import HIDDEN, NOWHERE, PUBLISHED, SKIP, Address, Essay, Play, PlayPage, Series, SeriesPage, Site
from ..names import fold
from ..record.record import Record
from ..record.text import UnreadableRecordError, parse
from ..routes import UnknownWordError
from ..values import dataclass
from ..vocabulary import directory
from .comments import Comment, comments
from .declare import essay_from, play_page_from, series_page_from, side_from, text_in
from .dialect import Trap, traps
from .frontmatter import Source
from .markup import Reference, html_in, linked_files, references
from .masked import without_code
from .notes import Notes, notes


@dataclass(frozen=True)
class Manuscript:
    """The sources of one site, and what they declare. Paths are those of sources, relative to the content folder."""

    sources: tuple[Source, ...]
    files: frozenset[str]
    """Every file below the content folder, with ``/`` between folders."""
    config: SiteConfig
    record: Record = field(default_factory=Record)
    """The published record."""
    bad_record: UnreadableRecordError | None = None
    """The error if the record could not be read."""
    strays: frozenset[str] = frozenset()
    """The files that are broken symbolic links or lead out of the content folder; they are not read."""
    checked: Mapping[str, Sequence[Reference]] = field(default_factory=dict)
    """The links and images of the sources that an earlier build has checked, by path."""
    overrides: Mapping[str, Essay] = field(default_factory=dict)
    """Essays as Pelican read them, where other plugins changed or made them; they override the front matter."""
    page_overrides: Mapping[str, Address] = field(default_factory=dict)
    """The addresses of ordinary pages that other plugins changed or made."""

    @cached_property
    def by_path(self) -> Mapping[str, Source]:
        """Each source by its path."""
        return {source.path: source for source in self.sources}

    @cached_property
    def series_declared(self) -> bool:
        """Whether any file declares a series; then essays may name only declared series."""
        return any(source.kind == "series" for source in self.sources)

    @cached_property
    def plays_declared(self) -> bool:
        """Whether any file declares a play; then essays may name only declared plays."""
        return any(source.kind == "play" for source in self.sources)

    @property
    def closed(self) -> bool:
        """Whether any file declares a series or a play, so that unknown names and keys are mistakes."""
        return self.series_declared or self.plays_declared

    @cached_property
    def essays(self) -> Mapping[str, Essay]:
        """Each essay with its address, by its path; essays with the status ``skip`` are left out."""
        written = (s for s in self.sources if s.kind == "essay")
        essays = (self.overrides.get(s.path) or self._placed(self._sided(essay_from(s, self.config))) for s in written)
        return {e.source: e for e in essays if e.status != SKIP} | dict(self.overrides)

    @cached_property
    def originals(self) -> Mapping[str, Essay]:
        """The original of each translation, by the path of the translation, whatever the status of both."""
        versions: dict[str, list[Essay]] = defaultdict(list)
        for essay in sorted(self.essays.values(), key=lambda e: assemble.originality(e, self.config.default_lang)):
            versions[essay.slug].append(essay)
        groups = versions.values()
        return {e.source: same[0] for same in groups for e in same[1:] if e.lang != same[0].lang}

    @cached_property
    def placed(self) -> Mapping[str, Essay]:
        """Each essay by its path; a translation has the series, side and part of its original."""
        found = self.originals
        return {p: assemble.with_place_of(found[p], e) if p in found else e for p, e in self.essays.items()}

    @cached_property
    def series_pages(self) -> Mapping[str, SeriesPage]:
        """Each declared series by its path."""
        pages = (series_page_from(s, self.config) for s in self.sources if s.kind == "series")
        routes = self.config.routes
        return {
            p.source: replace(p, announced=p.announced or self._is_known(routes.in_language(p.lang).series(p.slug)))
            for p in pages
        }

    @cached_property
    def play_pages(self) -> Mapping[str, PlayPage]:
        """Each declared play by its path."""
        pages = (play_page_from(s, self.config) for s in self.sources if s.kind == "play")
        routes = self.config.routes
        return {
            p.source: replace(p, announced=p.announced or self._is_known(routes.in_language(p.lang).play(p.slug)))
            for p in pages
        }

    @cached_property
    def site(self) -> Site:
        """The site as the front matter declares it, without any content."""
        return assemble.site(
            self.essays.values(),
            self.series_pages.values(),
            self.play_pages.values(),
            self.config.slugify,
            self.config.default_lang,
            with_editions=bool(self.config.routes.language_folder),
        )

    @cached_property
    def addresses(self) -> Mapping[str, Address]:
        """The address of every source whose page is published, by its path."""
        found = {path: e.address for path, e in self.essays.items() if e.status in (PUBLISHED, HIDDEN)}
        found |= self._declared
        for source in self.sources:
            if source.kind == "playbook" and self.site.edition(self.language_of(source)):
                found[source.path] = self.config.routes.in_language(self.language_of(source)).page("PLAYBOOK")
            elif source.kind == "page" and self.is_public(source):
                found[source.path] = self.page_overrides.get(source.path) or self.address_with(source.path)
        return {path: address for path, address in found.items() if address != NOWHERE}

    @cached_property
    def _declared(self) -> Mapping[str, Address]:
        """The address of each series and play on the site, by the path of the file that declares it."""
        found: dict[str, Address] = {}
        for site in self.site.everywhere:
            routes = self.config.routes.in_language(site.lang)
            placed: list[tuple[Series | Play, Address]] = [(each, routes.series(each.slug)) for each in site.series]
            placed += [(each, routes.play(each.slug)) for each in site.plays]
            for each, address in placed:
                if each.source and (each.lang == site.lang or each.source not in found):
                    found[each.source] = address
        return found

    @cached_property
    def unchecked(self) -> tuple[Source, ...]:
        """The Markdown sources that no earlier build has checked; checks of a single text need only these."""
        return tuple(source for source in self.sources if source.html is None and source.path not in self.checked)

    @cached_property
    def elements(self) -> Mapping[str, Sequence[Element]]:
        """The raw HTML elements in each unchecked source, by its path."""
        return {
            source.path: html_in(without_code(source.body), source.body_line) if "<" in source.body else ()
            for source in self.unchecked
        }

    @cached_property
    def notes(self) -> Mapping[str, Notes]:
        """The footnotes in each unchecked source, by its path."""
        return {source.path: notes(source.body, source.body_line) for source in self.unchecked}

    @cached_property
    def comments(self) -> Mapping[str, Sequence[Comment]]:
        """The comments below the header of each source that has any, by its path."""
        found = {source.path: comments(source.body, self.config.to_html_with_comments) for source in self.sources}
        return {path: each for path, each in found.items() if each}

    @cached_property
    def traps(self) -> Mapping[str, Sequence[Trap]]:
        """The Markdown in each source that is not rendered as its author meant it, by its path."""
        written = (each for each in self.sources if each.closed and each.html is None)
        return {source.path: traps(source.body, source.body_line, self.config.to_html) for source in written}

    @cached_property
    def references(self) -> Mapping[str, Sequence[Reference]]:
        """Every link and image of each source, by its path."""
        return {s.path: self.checked[s.path] if s.path in self.checked else _references(s) for s in self.sources}

    @cached_property
    def series_directory(self) -> Mapping[str, str]:
        """The slug of each declared series by each of its names (slug or title), folded."""
        return directory(self.series_pages.values())

    def series_key(self, essay: Essay) -> str:
        """Return the slug of the declared series of `essay`, else the folded name it gives; empty if it gives none."""
        name = fold(essay.series or "")
        return self.series_directory.get(name, name)

    @cached_property
    def shown(self) -> frozenset[str]:
        """The paths of the files whose series or play is on the site: announced, or used by a published essay."""
        return frozenset(self._declared)

    def is_public(self, source: Source) -> bool:
        """Tell whether `source` becomes a page that readers may know of: published, and not dated in the future."""
        if source.kind == "essay":
            essay = self.essays.get(source.path)
            return essay is not None and essay.status == PUBLISHED
        if source.kind in ("series", "play"):
            return source.path in self.shown
        if source.kind == "playbook" and self.site.edition(self.language_of(source)) is None:
            return False
        allowed = (PUBLISHED, HIDDEN) if source.kind == "page" else (PUBLISHED,)
        return (self.text(source, "status").lower() or PUBLISHED) in allowed

    def language_of(self, source: Source) -> str:
        """Return the language tag of `source`, by default the site's."""
        return language(self.text(source, "lang")) or self.config.default_lang

    def text(self, source: Source, key: str) -> str:
        """Return the value of `key` (lower case) for `source`, its own or inherited; empty if there is none."""
        return text_in(source, key, self.config)

    @cached_property
    def static_files(self) -> frozenset[str]:
        """The files below ``STATIC_PATHS``, which are published unchanged."""
        places = self.config.static_paths
        found = self.files - self.by_path.keys() - self.strays
        return frozenset(file for file in found if is_below(file, places))

    def static_address(self, path: str) -> Address:
        """Return the address of a static file; `NOWHERE` if its pattern has a placeholder without a value."""
        return self._address("static", path, {})

    def missing_word(self, path: str) -> str:
        """Return the placeholder in the address pattern of the essay or page `path` that has no value, or ``""``."""
        essay, source = self.essays.get(path), self.by_path[path]
        try:
            self.config.address(source.kind, path, {**source.texts, **({"status": essay.status} if essay else {})})
        except UnknownWordError as error:
            return str(error)
        return ""

    def address_with(self, path: str, **changes: str) -> Address:
        """Return the address that Pelican would give to the essay or page `path` with some front matter changed.

        `changes` are by lower-case key; an empty one removes the key. `NOWHERE` is returned if the address pattern has
        a placeholder without a value.
        """
        source = self.by_path[path]
        texts = {**source.texts, **changes}
        return self._address(source.kind, path, {key: text for key, text in texts.items() if text})

    def _address(self, kind: str, path: str, texts: Mapping[str, str]) -> Address:
        try:
            return self.config.address(kind, path, texts)
        except UnknownWordError:
            return NOWHERE

    def side_names(self, series: str) -> Mapping[str, str]:
        """Return the names of the sides in the series with the slug `series`: its own, else the site's."""
        own = next((page.names for page in self.series_pages.values() if page.slug == series), {})
        return own or self.config.locale.names.given

    def _sided(self, essay: Essay) -> Essay:
        """Return `essay` with its side resolved, if it uses the series' own name for it."""
        text = "" if essay.side else self.text(self.by_path[essay.source], "side")
        return replace(essay, side=side_from(text, self.side_names(self.series_key(essay)))) if text else essay

    def _is_known(self, address: Address) -> bool:
        """Tell whether a page at `address` was published before, or the build is a preview, which shows all pages."""
        fact = self.record.facts.get(f"/{address.url}")
        return self.config.preview or (fact is not None and not fact.gone)

    def _placed(self, essay: Essay) -> Essay:
        """Return `essay` with its address and its links."""
        links = linked_files(essay.source, self.references[essay.source])
        return replace(essay, address=self.address_with(essay.source, status=essay.status), links=links)


def is_below(file: str, places: Iterable[str]) -> bool:
    """Tell whether `file` is one of `places` or below one; ``.`` and ``""`` are the content folder itself."""
    return any(place in (".", "", file) or file.startswith(f"{place}/") for place in places)


def _references(source: Source) -> Sequence[Reference]:
    """Return the links and images of `source`; if it is not in Markdown, each at the first line with its target."""
    found = references(source.prose, source.body_line)
    if source.html is None:
        return found
    lines = {
        each.target: next((n for n, text in enumerate(source.lines, 1) if each.target in text), 1) for each in found
    }
    return [replace(each, line=lines[each.target], column=1) for each in found]


def manuscript(
    sources: Iterable[Source],
    files: Iterable[str],
    config: SiteConfig,
    record: bytes | None = None,
    strays: Iterable[str] = (),
) -> Manuscript:
    """Return the manuscript of `sources`, sorted by path so that the order of messages is always the same.

    Args:
        sources: every source that was read, in any order.
        files: every file below the content folder.
        config: the site's settings.
        record: the bytes of the published record; None if there is none yet.
        strays: the files that are symbolic links out of the content folder, or broken ones.

    """
    in_order = sorted(sources, key=lambda source: source.path)
    read = Manuscript(tuple(in_order), frozenset(files), config, strays=frozenset(strays))
    try:
        return read if record is None else replace(read, record=parse(record))
    except UnreadableRecordError as error:
        return replace(read, bad_record=error)
