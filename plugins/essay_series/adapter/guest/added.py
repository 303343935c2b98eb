"""Everything that a guest does in one build: reads files, extends the context of templates, writes pages and feeds."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from docutils.utils import SystemMessage
from pelican.contents import Page
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator
from pelican.writers import Writer

from ...build.speaker import Speaker
from ...checks import Problem
from ...feeds.shapes import Channel
from ...package import NAME
from ...sources.frontmatter import Source
from ...sources.keys import Kind
from ...views import LedgerView, View
from ..reading.typesetting import plain
from ..settings.common import by_line
from ..settings.guest import config_of, guest_settings
from .assembly import Assembly
from .declared import Declared, source_from
from .essays import gathered, placed, text_of
from .feeds import feeds_of, topics_of
from .listing import SeriesList, series_list
from .problems import TAKEN, UNSHOWABLE, UNSHOWABLE_HINT, Teller, logger, problems, series_line, told_of_settings
from .runs import article_series, offer_articles, offer_pages
from .taken import Taken
from .templates import UnshowableError, prepare, template

PAGES = ("ledger", "play", "playbook", "book", "feeds")
"""The templates of the pages that a guest adds."""


class Added:
    """The additions to one build."""

    def __init__(self, generator: Generator) -> None:
        """Read the settings; files are read later."""
        self.generator = generator
        self.settings, self.context, self.env = generator.settings, generator.context, generator.env
        self.own = guest_settings(self.settings)
        self.config = config_of(self.settings, self.own)
        self.teller = Teller(self.own, Path(os.path.relpath(generator.path)).as_posix())
        self.declared = Declared()
        self.articles: ArticlesGenerator | None = None
        self.speaker = Speaker(self.config.languages, self.config.default_lang)
        self.env_of_ours = prepare(self.env, self.settings, self.speaker)

    def read(self) -> None:
        """Read the files of series and plays as pages, so that texts can link to them."""
        sources: dict[str, Source] = {}
        pages: dict[str, Page] = {}
        kinds: tuple[tuple[Kind, tuple[str, ...]], ...]
        kinds = (("series", self.own.series_paths), ("play", self.own.playbook_paths))
        for kind, folders in kinds:
            for file in sorted(self.generator.get_files(folders)):
                if page := self._read(file):
                    path = str(page.get_relative_source_path())
                    pages[path], sources[path] = page, source_from(path, kind, page)
        self.declared = Declared(sources, pages)
        for path, address in self.declared.addresses(self.config).items():
            vars(pages[path]).update(override_save_as=address.path, override_url=address.url)
            self.generator.add_source_path(pages[path])
            self.generator.add_static_links(pages[path])

    def _read(self, file: str) -> Page | None:
        """Return a file as a page; None if it cannot be read or is invalid, which is logged."""
        try:
            page = self.generator.readers.read_file(self.generator.path, file, content_class=Page, context=self.context)
        except (SystemMessage, ValueError, OSError) as error:
            logger.error("Could not process %s: %s", file, error)
            return None
        return page if isinstance(page, Page) and page.is_valid() else None

    def gather(self, articles: ArticlesGenerator, pages: PagesGenerator) -> None:
        """Report problems, and set ``series`` on articles and pages and our variables in the context of templates.

        Raises:
            SeriesError: there are problems that the settings make errors.

        """
        self.articles = articles
        here = self._assembly(articles)
        for words in told_of_settings(self.own):
            self.teller.tell_setting(words)
        for problem in problems(here.read, self.declared.sources.values(), self.config):
            self.teller.tell(problem)
        self.teller.end()
        offer_articles(here.read, here.runs, here.url_of)
        self.context["article_series"] = article_series(here.read, here.runs, self.config.default_lang)
        self.context["page_series"] = self.context["series"] = offer_pages(pages.pages)
        self.context[NAME] = here.offered()

    def _assembly(self, articles: ArticlesGenerator) -> Assembly:
        return Assembly(self.own, self.config, self.declared, gathered(articles, self.config))

    def write(self, writer: Writer) -> None:
        """Write the pages and feeds of series and plays, except at paths that are taken.

        Raises:
            SeriesError: there are problems that the settings make errors.

        """
        if self.articles is None:
            return
        here = self._assembly(self.articles)
        root = self.settings["SITEURL"].rstrip("/")
        topics = topics_of(here.site, self.config, root)
        texts = {path: text_of(page) for path, page in self.declared.pages.items()}
        if topics or self.own.book:
            texts |= {each.source: text_of(here.read.articles[each.source]) for each in here.members()}
        shown = here.pages(here.with_texts(texts), texts, topics, self.settings["SITENAME"])
        taken = Taken.of(writer, self.context)
        added: list[View | SeriesList] = [view for view in shown.values() if view.template in PAGES]
        if here.site.series:
            added.append(series_list(here.site, self.own.routes, here.locale))
        for view in added:
            if view.address.path and (view.template != "playbook" or here.site.plays):
                self._write_page(view, shown, writer, taken, here)
        if topics:
            site = here.with_texts({source: placed(text, root) for source, text in texts.items()})
            found, channel = topics_of(site, self.config, root), Channel.of(self.config, root, by_line(self.settings))
            for path, data in feeds_of(found, site, self.config, channel, self._words).items():
                self._write_file(path, data, taken)
        self.teller.end()

    def _words(self, text: str) -> str:
        """Return plain text typeset, and still plain."""
        typeset = self.env.filters["typeset"]
        return plain(typeset(text)).replace("\N{NO-BREAK SPACE}", " ")

    def _write_page(
        self, view: View | SeriesList, shown: Mapping[str, View], writer: Writer, taken: Taken, here: Assembly
    ) -> None:
        path = view.address.path
        if path in taken:
            self._tell_taken(view, here)
            return
        taken.add(path)
        self.speaker.turn_to(view)
        try:
            writer.write_file(
                path,
                template(self.env, self.env_of_ours, view, self.settings),
                dict(self.context),  # a copy, since the writer changes it
                self.settings["RELATIVE_URLS"],
                url=view.address.url,
                views={**shown, path: view},
                view=view,
            )
        except UnshowableError as fault:
            message = f'the theme cannot render the page "{view.title}": {fault}'
            self.teller.tell(Problem(*self._place(view, here), UNSHOWABLE, message, UNSHOWABLE_HINT))

    def _tell_taken(self, view: View | SeriesList, here: Assembly) -> None:
        """Report that a series has no page since its path is taken, at the first line that names the series.

        For the lists of series and plays this is not a problem: the site then has its own.
        """
        if not isinstance(view, LedgerView):
            return
        message = f'the page "{view.title}" would be written to "{view.address.path}", where the site has another file'
        hint = "It is left out. Change the setting of its address, or move the other file."
        self.teller.tell(Problem(*self._place(view, here), TAKEN, message, hint))

    def _place(self, view: View | SeriesList, here: Assembly) -> tuple[str, int, int]:
        """Return the file, line and column that first ask for a page; the file is empty if no single one does."""
        parts = view.parts if isinstance(view, LedgerView) else ()
        first = parts[0].url if parts else ""
        essay = next((e for e in here.read.published if e.series and e.address.url == first), None)
        declared = next((each.source for each in self.declared.series(self.config) if each.title == view.title), "")
        return series_line(essay, here.read.articles) if essay else (declared, 1, 1)

    def _write_file(self, path: str, data: bytes, taken: Taken) -> None:
        if path in taken:
            return
        taken.add(path)
        file = Path(self.generator.output_path, path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
