"""A generator of Pelican's for what Pelican does not know: series and play files in, ledgers and playbook out."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from pelican.contents import Page
from pelican.generators import Generator
from pelican.writers import Writer

from .. import checks, hosts, images, offline, search, views
from ..build.checked import leave_checked, with_checked
from ..build.crew import Crew
from ..build.laps import LAPS
from ..build.litter import LITTER
from ..build.memory import Memory
from ..feeds.editions import Edition, also_at_former
from ..manuscript import Manuscript
from ..model import HIDDEN, PUBLISHED
from ..promises import standings
from ..routes import folder_of
from ..schedule import scheduled
from .illustrations import Gallery
from .offered import ASSETS
from .reading import CONVERSIONS, begin_reading, forget_texts, looked_through
from .settings import ContentError
from .sources import find_sources, is_markdown, manuscript_from
from .waiting import PROGRESS
from .writer import KEYS, MADE, MEMORY, WORTH_A_FORK, KeepingWriter

OF_PELICAN = ("article", "page", "index", "archives")
"""Templates of the pages that Pelican itself writes."""


INPUTS = "ESSAY_SERIES_INPUTS"
"""Key under which a build's settings hold how everything was that it reads, when it began."""

DUE = "ESSAY_SERIES_DUE"
"""Key under which a build's settings hold the moment of the next scheduled essay."""

STAGE = "ESSAY_SERIES_STAGE"
"""Key under which a build's settings hold the folder that it writes to."""

PROMISES = "ESSAY_SERIES_PROMISES"
"""Key under which a build's settings hold the standing of everything that can be promised."""

WAITING = "ESSAY_SERIES_WAITING"
"""Key under which the settings of a build as of a day hold the files of the essays that are dated later."""


class IndexPages(Generator):
    """Reads the series and play files, checks all sources first, and writes the pages Pelican does not know."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Read and check the sources: generators are made before anything is read, deleted or written."""
        super().__init__(*args, **kwargs)
        if self.settings["LINKS_WITHOUT_HOST"]:
            self.context["localsiteurl"] = folder_of(self.settings["SITEURL"])
        self.memory: Memory = self.settings[MEMORY]
        self.declared: dict[str, Page] = {}
        self.editions: Sequence[Edition] = ()
        """The feeds, once all is read."""
        self.copies: Mapping[str, tuple[str, Callable[[], bytes]]] = {}
        """By output path, the key of each file that stands beside a page or lists them all, and what makes it."""
        self.gallery = Gallery(self.settings)
        """The images, likewise."""
        self.books: dict[str, bytes] = {}
        """The files of books that are made anew, by output path."""
        self.former: Mapping[str, str] = {}
        """Former addresses with the present ones."""
        begin_reading()
        found = find_sources(self.settings)
        with ExitStack() as on_mistake:
            on_mistake.callback(forget_texts)
            if self.memory.is_empty:  # all must be converted, so others begin before anything is read
                CONVERSIONS.begin(self._files(found.readable), self.settings)
                self.manuscript = manuscript_from(self.settings, found)
            else:
                self.manuscript = looked_through(with_checked(self.memory, manuscript_from(self.settings, found)))
                CONVERSIONS.begin(self._files(source.path for source in self.manuscript.unproven), self.settings)
            LAPS.lap("read all sources")
            self._check()
            CONVERSIONS.begin(self._files(self.manuscript.by_path), self.settings)
            on_mistake.pop_all()
        LITTER.keep()

    def _check(self) -> None:
        """Check all sources, and note what their promises and links will become."""
        _stop_at_problems(_as_written(self.manuscript))
        LAPS.lap("check all sources")
        leave_checked(self.memory, self.manuscript)
        self.settings[PROMISES] = standings(self.manuscript)
        as_of = self.manuscript.config.as_of
        self.settings[WAITING] = {essay.source for essay in scheduled(self.manuscript)} if as_of else set()

    def _files(self, paths: Iterable[str]) -> set[str]:
        """Return the files of `paths` that are in Markdown, as Pelican names them."""
        return {os.path.abspath(Path(self.path, path)) for path in paths if is_markdown(path)}  # noqa: PTH100 - as Pelican

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
        return self.gallery.illustrated(str(self.declared[path].content)) if path in self.declared else ""

    def generate_output(self, writer: Writer) -> None:
        """Write the ledgers, the plays, the playbook and the feeds."""
        own = {view.address.path for view in views.not_shown_by(self.context["views"], OF_PELICAN)}
        for path in sorted(own):
            view = self.context["views"][path]
            template = self.get_template(view.template)
            writer.write_file(path, template, self.context, self.settings["RELATIVE_URLS"], url=view.address.url)
        if isinstance(writer, KeepingWriter):
            writer.finish()
        LAPS.lap("write pages")
        data = views.files(self.context["views"], self.settings["SITEURL"])
        self._write(self.settings[ASSETS].files)
        for path, image in self.gallery.made.items():
            self._write({path: image.clean, **image.files})
        self._write(also_at_former({path: text.encode() for path, text in data.items()}, self.former))
        self._write(self.books)
        self._write_feeds_and_copies()
        LAPS.lap("write feeds and copies")
        if self.settings["SEARCH_INDEX"]:
            self._write_search(keep=isinstance(writer, KeepingWriter) and writer.keeps)
        self._write(self._for_devices())
        self._write(self._for_hosts())

    def _write_feeds_and_copies(self) -> None:
        """Write, on all cores, whatever feeds and copies cannot be taken over."""
        keys = {each.name: self.memory.key(*each.material, repr(self.former)) for each in self.editions}
        feeds = [each for each in self.editions if not self.memory.keep_group(each.name, keys[each.name])]
        copies = [path for path, (key, _) in self.copies.items() if not self.memory.keep(path, key)]
        makers = [lambda each=each: also_at_former(each.make(), self.former) for each in feeds]
        makers += [lambda path=path: {path: self.copies[path][1]()} for path in copies]
        written = Crew(makers, self._written_by, WORTH_A_FORK).results(partial(PROGRESS.step, "write feeds and copies"))
        for paths in written:
            self.context[MADE].update(Path(self.output_path, path) for path in paths)
        for each, paths in zip(feeds, written, strict=False):
            self.memory.note_group(each.name, keys[each.name], paths)

    def _written_by(self, make: Callable[[], Mapping[str, bytes]]) -> list[str]:
        files = make()
        self._write(files)
        return sorted(files)

    def _write_search(self, *, keep: bool) -> None:
        """Write what readers search in: all pages that are listed, of which some may have been taken over.

        Args:
            keep: take it over too if no page is another.

        """
        listed = sorted(path for path, view in self.context["views"].items() if view.listed)
        key = self.memory.key(*(f"{path} {self.settings[KEYS][path]}" for path in listed))
        if not (keep and self.memory.keep_group(search.FOLDER, key)):
            files = search.index(self._written(listed))
            self._write(files)
            self.memory.note_group(search.FOLDER, key, files)

    def _written(self, paths: Iterable[str]) -> Mapping[str, bytes]:
        """Return those of the output files `paths` that there are, whether they were written or taken over."""
        folders = (Path(self.output_path), self.memory.live)
        found = {path: next((f / path for f in folders if (f / path).is_file()), None) for path in paths}
        return {path: file.read_bytes() for path, file in found.items() if file}

    def _for_devices(self) -> Mapping[str, bytes]:
        """Return what lets a device know the site by name and mark, and keep it for when there is no network."""
        settings, made = self.settings, {}
        if path := settings["MANIFEST_SAVE_AS"]:
            made[path] = self.env.get_template("manifest.json").render(self.context).encode()
        if settings["OFFLINE"] and not settings["PREVIEW"]:
            kept = {view.address.path: view.address.url for view in views.dearest_first(self.context["views"].values())}
            pages = {kept[path]: data for path, data in self._written(kept).items()}
            assets = {path: data for path, data in settings[ASSETS].files.items() if not path.endswith(".txt")}
            made[offline.WORKER] = offline.worker(
                {**assets, **made, **pages}, self.manuscript.config.routes.offline().url
            )
        elif settings["OFFLINE"] is not None:
            made[offline.WORKER] = offline.farewell()
        return made

    def _for_hosts(self) -> Mapping[str, bytes]:
        """Return what hosts and former addresses need; where a file of the author's own stands, that one stays."""
        root, files = self.settings["SITEURL"], self.settings[ASSETS].files
        facts = replace(
            hosts.hosting(self.manuscript),
            assets=tuple(f"/{path}" for path in sorted(files)),
            lasting=tuple(self._lasting()),
        )
        titles = {f"/{view.address.url}": view.title for view in self.context["views"].values()}
        taken = {Path(os.path.relpath(file, self.output_path)).as_posix() for file in self.context[MADE]}
        taken |= self.memory.kept
        made = hosts.redirect_pages(facts.moved, titles, taken, root, self.manuscript.config.default_lang)
        if not facts.folder:  # a host is asked for the one at its own root only
            made["robots.txt"] = hosts.robots("" if self.settings["PREVIEW"] else root)
        if root:
            made |= hosts.in_the_site(facts) | {"sitemap.xml": hosts.sitemap(self.context["views"], root)}
        return {path: content for path, content in made.items() if path not in taken}

    def _lasting(self) -> Iterator[str]:
        """Yield the folders of which every file has a name that changes with what it holds."""
        if self.gallery.made:
            yield f"/{images.FOLDER}/"
        if self.settings["SEARCH_INDEX"]:
            yield from (f"/{search.FOLDER}/{folder}/" for folder in search.NAMED_BY_CONTENT_IN)

    def _write(self, files: Mapping[str, bytes]) -> None:
        for path, content in files.items():
            file = Path(self.output_path, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
            self.context[MADE].add(file)


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
    raise ContentError(f"{count}; nothing was written, the last output is as it was.")
