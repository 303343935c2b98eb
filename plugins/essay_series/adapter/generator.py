"""Our Pelican generator: reads and checks all sources, reads the files of series and plays, and writes our pages."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

from pelican.contents import Page
from pelican.generators import Generator
from pelican.writers import Writer

from .. import checks
from ..build.texts.checked import leave_checked, with_checked
from ..config import SiteConfig
from ..model import HIDDEN, PUBLISHED
from ..routes import folder_of
from ..sources.manuscript import Manuscript
from ..sources.promises import promise_states
from ..sources.schedule import scheduled
from .building import build_of
from .outputs.illustrations import ImageSet
from .reading.sources import is_markdown, manuscript_from
from .settings.config import ContentError, remembered_lang


class SiteGenerator(Generator):
    """Checks all sources when it is created, before Pelican reads, deletes or writes anything."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Read and check all sources.

        Raises:
            ContentError: there are problems, which have been printed.

        """
        super().__init__(*args, **kwargs)
        if self.settings["LINKS_WITHOUT_HOST"]:
            self.context["localsiteurl"] = folder_of(self.settings["SITEURL"])
        self.build = build_of(self.settings)
        self.declared: dict[str, Page] = {}
        self.image_set = ImageSet(self.settings)
        """The images; empty until everything is read."""
        self.write: Callable[[Writer], None] = lambda _: None
        """The function that writes everything that Pelican does not; set once everything is read."""
        read = manuscript_from(self.settings)
        with ExitStack() as on_mistake:
            on_mistake.callback(self.build.conversions.end)
            texts = (each for each in read.sources if is_markdown(each.path))
            self.build.conversions.begin((each.full_text, remembered_lang(each.path, self.settings)) for each in texts)
            self.manuscript = with_checked(self.build.store, self.build.config_digest, read)
            self.build.timings.end("read all sources")
            self._check()
            on_mistake.pop_all()

    @property
    def config(self) -> SiteConfig:
        """What the rooms above know of the settings."""
        return self.manuscript.config

    def _check(self) -> None:
        """Check all sources, and set what their promises and links resolve to."""
        _stop_at_problems(_as_written(self.manuscript))
        self.build.timings.end("check all sources")
        leave_checked(self.build.store, self.build.config_digest, self.manuscript)
        self.build.promises = promise_states(self.manuscript)
        as_of = self.manuscript.config.as_of
        self.build.waiting = {essay.source for essay in scheduled(self.manuscript)} if as_of else set()

    def generate_context(self) -> None:
        """Read the files of series and plays as pages, so that they are typeset and texts can link to them."""
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
        """Reset the static files that Pelican will copy to those that published pages link to."""
        self.context["static_links"].clear()
        for name in ("articles", "translations", "hidden_articles", "hidden_translations", "pages", "hidden_pages"):
            for content in self.context.get(name, ()):
                for version in (content, *content.translations):
                    if version.status in (PUBLISHED, HIDDEN):
                        self.add_static_links(version)

    def content(self, path: str) -> str:
        """Return the HTML of the file `path` of a series or play; empty if it was not read."""
        return self.image_set.illustrated(str(self.declared[path].content)) if path in self.declared else ""

    def generate_output(self, writer: Writer) -> None:
        """Write everything that Pelican has not."""
        self.write(writer)


def _as_written(sources: Manuscript) -> Manuscript:
    """Return `sources` for the checks: with ``AS_OF`` the texts are still today's, so all essays count as published."""
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
