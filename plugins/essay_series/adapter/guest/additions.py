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
from ..reading.typesetting import in_lists
from ..settings.common import by_line
from ..settings.guest import config_of, guest_settings
from .assembly import Assembly
from .declarations import Declarations, source_from
from .essays import essays_of, text_of, with_root
from .feeds import feeds_of, topics_of
from .listing import series_list
from .problems import TAKEN, UNSHOWABLE, Reporter, logger, problems, series_line
from .runs import article_series, offer_articles, offer_pages
from .taken import Taken
from .templates import UnshowableError, prepare, template

PAGES = ("ledger", "play", "playbook", "book", "feeds")
"""The templates of the pages that a guest adds."""


class Additions:
    """The additions to one build."""

    def __init__(self, generator: Generator) -> None:
        """Read the settings; files are read later."""
        self.generator = generator
        self.settings, self.context, self.env = generator.settings, generator.context, generator.env
        self.own = guest_settings(self.settings)
        self.config = config_of(self.settings, self.own)
        self.reporter = Reporter(self.own, Path(os.path.relpath(generator.path)).as_posix())
        self.declarations = Declarations(self.config)
        self.articles: ArticlesGenerator | None = None
        self.speaker = Speaker(self.config.languages, self.config.default_lang)
        self.env_of_ours = prepare(self.env, self.settings, self.speaker)

    def read(self) -> None:
        """Read the files of series and plays as pages, so that texts can link to them."""
        sources: dict[str, Source] = {}
        pages: dict[str, Page] = {}
        folders: dict[Kind, tuple[str, ...]] = {"series": self.own.series_paths, "play": self.own.playbook_paths}
        for kind, paths in folders.items():
            for file in sorted(self.generator.get_files(paths)):
                if page := self._read(file):
                    path = str(page.get_relative_source_path())
                    pages[path], sources[path] = page, source_from(path, kind, page)
        self.declarations = Declarations(self.config, sources, pages)
        for path, address in self.declarations.addresses.items():
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
        assembly = Assembly(self.config, self.declarations, essays_of(articles, self.config))
        essays, runs = assembly.essays, assembly.runs
        self.reporter.add_settings()
        for problem in problems(essays, self.declarations.sources.values(), self.config):
            self.reporter.add(problem)
        self.reporter.report()
        offer_articles(essays, runs, assembly.url_of)
        self.context["article_series"] = article_series(essays, runs, self.config.default_lang)
        self.context["page_series"] = self.context["series"] = offer_pages(pages.pages)
        self.context[NAME] = assembly.variable()

    def write(self, writer: Writer) -> None:
        """Write the pages and feeds of series and plays, except at paths that are taken.

        Raises:
            SeriesError: there are problems that the settings make errors.

        """
        if self.articles is None:
            return
        assembly = Assembly(self.config, self.declarations, essays_of(self.articles, self.config))  # as they are now
        root = self.settings["SITEURL"].rstrip("/")
        topics = topics_of(assembly.site, self.config, root)
        texts = {path: text_of(page) for path, page in self.declarations.pages.items()}
        if topics or self.own.book:
            texts |= {each.source: text_of(assembly.essays.articles[each.source]) for each in assembly.members()}
        shown = assembly.pages(texts, topics)
        views = [view for view in shown.values() if view.template in PAGES]
        if assembly.site.series:
            views.append(series_list(assembly.site, self.config))
        taken = Taken.of(writer, self.context)
        for view in views:
            if view.address.path and (view.template != "playbook" or assembly.site.plays):
                self._write_page(view, shown, writer, taken, assembly)
        if topics:
            site = assembly.with_texts({source: with_root(text, root) for source, text in texts.items()})
            channel = Channel.of(self.config, root, by_line(self.settings))
            typeset = in_lists(self.env.filters["typeset_plain"])
            for path, data in feeds_of(topics_of(site, self.config, root), site, self.config, channel, typeset).items():
                self._write_file(path, data, taken)
        self.reporter.report()

    def _write_page(
        self, view: View, shown: Mapping[str, View], writer: Writer, taken: Taken, assembly: Assembly
    ) -> None:
        path = view.address.path
        if path in taken:
            if isinstance(view, LedgerView):  # in place of other pages, such as the list of series, a site has its own
                message = f'the page "{view.title}" would be written to "{path}", where the site has another file'
                hint = "It is left out. Change the setting of its address, or move the other file."
                self.reporter.add(Problem(*self._place(view, assembly), TAKEN, message, hint))
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
            hint = "It is left out. Correct the theme's page.html, or add a template for such pages to the theme."
            self.reporter.add(Problem(*self._place(view, assembly), UNSHOWABLE, message, hint))

    def _place(self, view: View, assembly: Assembly) -> tuple[str, int, int]:
        """Return the file, line and column that first ask for a page; the file is empty if no single one does."""
        parts = view.parts if isinstance(view, LedgerView) else ()
        essays = assembly.essays
        first = next((e for e in essays.published if e.series and parts and e.address.url == parts[0].url), None)
        declared = next((each.source for each in self.declarations.series if each.title == view.title), "")
        return series_line(first, essays.articles) if first else (declared, 1, 1)

    def _write_file(self, path: str, data: bytes, taken: Taken) -> None:
        if path in taken:
            return
        taken.add(path)
        file = Path(self.generator.output_path, path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
