"""A generator of Pelican's for what Pelican does not know: series and play files in, ledgers and playbook out."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

from pelican.contents import Page
from pelican.generators import Generator
from pelican.writers import Writer

from ... import checks
from ...build.texts.checked import leave_checked, with_checked
from ...model import HIDDEN, PUBLISHED
from ...routes import folder_of
from ...sources.manuscript import Manuscript
from ...sources.promises import promise_states
from ...sources.schedule import scheduled
from ..building import build_of
from ..reading.sources import is_markdown, manuscript_from
from ..settings.config import ContentError, remembered_lang
from .illustrations import ImageSet


class IndexPages(Generator):
    """Reads the series and play files, checks all sources first, and writes the pages Pelican does not know."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Read and check the sources: generators are made before anything is read, deleted or written."""
        super().__init__(*args, **kwargs)
        if self.settings["LINKS_WITHOUT_HOST"]:
            self.context["localsiteurl"] = folder_of(self.settings["SITEURL"])
        self.build = build_of(self.settings)
        self.declared: dict[str, Page] = {}
        self.image_set = ImageSet(self.settings)
        """The images, once all is read."""
        self.write: Callable[[Writer], None] = lambda _: None
        """Writes all that Pelican does not, once all is read."""
        read = manuscript_from(self.settings)
        with ExitStack() as on_mistake:
            on_mistake.callback(self.build.conversions.end)
            texts = (each for each in read.sources if is_markdown(each.path))
            self.build.conversions.begin((each.full_text, remembered_lang(each.path, self.settings)) for each in texts)
            self.manuscript = with_checked(self.build.store, self.build.config_digest, read)
            self.build.timings.end("read all sources")
            self._check()
            on_mistake.pop_all()

    def _check(self) -> None:
        """Check all sources, and note what their promises and links will become."""
        _stop_at_problems(_as_written(self.manuscript))
        self.build.timings.end("check all sources")
        leave_checked(self.build.store, self.build.config_digest, self.manuscript)
        self.build.promises = promise_states(self.manuscript)
        as_of = self.manuscript.config.as_of
        self.build.waiting = {essay.source for essay in scheduled(self.manuscript)} if as_of else set()

    def generate_context(self) -> None:
        """Read the series and play files as pages, so that they are typeset and can be linked to."""
        if not self.settings["PREVIEW"]:
            self._keep_back_files_of_drafts()
        for path, address in self.manuscript.addresses.items():
            source = self.manuscript.by_path[path]
            if source.kind in ("series", "play", "playbook") and self.manuscript.is_public(source):
                page = self.readers.read_file(self.path, path, content_class=Page, context=self.context)
                page.override_save_as, page.override_url = address.path, address.url
                self.add_source_path(page)
                self.add_static_links(page)
                self.declared[path] = page

    def _keep_back_files_of_drafts(self) -> None:
        """Ask only for files that published pages link to: Pelican copies those of drafts too."""
        self.context["static_links"].clear()
        for name in ("articles", "translations", "hidden_articles", "hidden_translations", "pages", "hidden_pages"):
            for content in self.context.get(name, ()):
                for version in (content, *content.translations):
                    if version.status in (PUBLISHED, HIDDEN):
                        self.add_static_links(version)

    def content(self, path: str) -> str:
        """Return the HTML of the declaring file `path`."""
        return self.image_set.illustrated(str(self.declared[path].content)) if path in self.declared else ""

    def generate_output(self, writer: Writer) -> None:
        """Write all that Pelican has not."""
        self.write(writer)


def _as_written(sources: Manuscript) -> Manuscript:
    """The texts are today's also in a build as of another day, so they are judged with every essay in its place."""
    return replace(sources, config=replace(sources.config, now=None)) if sources.config.as_of else sources


def _stop_at_problems(sources: Manuscript) -> None:
    problems = checks.run(sources)
    if not problems:
        return
    for problem in problems:
        print(replace(problem, path=f"{sources.config.content}/{problem.path}"), file=sys.stderr)
    files = len({problem.path for problem in problems})
    count = f"{len(problems)} problem{'s' * (len(problems) > 1)} in {files} file{'s' * (files > 1)}"
    raise ContentError(f"{count}. Nothing was written; your last build is unchanged.")
