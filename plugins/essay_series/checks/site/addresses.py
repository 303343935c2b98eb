"""Checks of addresses: every page is inside the output folder, and no two pages have the same path."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from posixpath import normpath

from ...model import NOWHERE, Essay, PlayPage, SeriesPage
from ...names import fold, spelled_out
from ...routes import stays_inside
from ...sources.attached import unread_files
from ...sources.frontmatter import Source
from ...sources.keys import ADDRESSED
from ...sources.manuscript import Manuscript
from ...sources.published import Published
from ..problem import Flaw, at_name, at_value, check, check_when_closed, essays, short

LONGEST_SLUG = 200
_USABLE_SLUG = re.compile(r"(?:[\w~+-][\w.~+-]{0,199}/)*[\w~+-][\w.~+-]{0,199}")
READABLE = (".md", ".markdown", ".mkd", ".mdown", ".txt", ".text")
"""The extensions of texts."""


@check
def check_unsafe_path(manuscript: Manuscript) -> Iterator[Flaw]:
    """A slug, path or address leads out of the output folder.

    Bad: ``Slug: ../../index``, ``Save_as: /etc/motd``.
    Good: ``Slug: letting-go``, ``Save_as: letting-go/index.html``.
    """
    for source in manuscript.sources:
        for key in ("slug", "save_as", "url"):
            text = source.text(key)
            if text and not stays_inside(text):
                hint = 'Write it without "..", a leading slash or a drive letter.'
                yield at_value(source, key, f'"{short(text)}" leads out of the output folder', hint)


@check_when_closed
def check_unread_file(manuscript: Manuscript) -> Iterator[Flaw]:
    """A file looks like a text but is not read, so it would be missing from the site without a warning.

    Bad: ``content/essays/letting-go.MD``, ``content/letting-go.md``.
    Good: ``content/essays/letting-go.md``; a text file that an essay links to.
    """
    for path in sorted(unread_files(manuscript)):
        if PurePosixPath(path).suffix.lower() in READABLE:
            yield unread(path, manuscript)


def unread(path: str, manuscript: Manuscript) -> Flaw:
    """Return a flaw about the file `path`, which looks like a text and is not read."""
    folders = tuple(f"{folder}/" for folder in manuscript.config.folders.values())
    if path.startswith(folders):
        hint = f'Rename it to "{PurePosixPath(path).with_suffix(".md")}", or move it out of the folder.'
    else:
        hint = f"Move it to {', '.join(folders[:-1])} or {folders[-1]}, with the extension .md."
    return Flaw(path, 1, 1, "the file is not read", hint)


@check
def check_stray_file(manuscript: Manuscript) -> Iterator[Flaw]:
    """A file is a symbolic link that is broken or leaves the content folder, so it might publish a private file.

    Bad: ``images/picture.png`` as a link to ``/etc/passwd``.
    Good: the file itself, or a link to another file of the content folder.
    """
    for path in sorted(manuscript.strays):
        yield Flaw(path, 1, 1, "this link is broken or leaves the content folder", "Put the file itself here.")


@check
def check_incomplete_address(manuscript: Manuscript) -> Iterator[Flaw]:
    """The pattern of addresses has a placeholder for which a file has no key.

    Bad: no ``Mood:`` line, where ``ARTICLE_URL = "{mood}/{slug}/"``.
    Good: ``Mood: calm``.
    """
    for source in manuscript.sources:
        essay = manuscript.essays.get(source.path)
        is_page = source.kind == "page" and manuscript.is_public(source) and source.path not in manuscript.addresses
        if not (is_page or (essay and essay.address == NOWHERE)):
            continue
        if word := manuscript.missing_word(source.path):
            hint = f'Add "{short(word).capitalize()}: …", or change the pattern of addresses in the settings.'
            yield Flaw(source.path, 1, 1, f'the address needs "{short(word)}", which the file does not set', hint)


@check
def check_unusable_slug(manuscript: Manuscript) -> Iterator[Flaw]:
    """A slug cannot be used in an address, or is too long for a file name.

    Bad: ``Slug: let go?``, ``Slug: letting-go/``, ``Slug: .``.
    Good: ``Slug: letting-go``; ``Slug: 2009/letting-go`` makes folders.
    """
    for source in manuscript.sources:
        text = source.text("slug")
        if text and stays_inside(text) and not _USABLE_SLUG.fullmatch(text):
            hint = "Use letters, digits and hyphens, at most 200 between two slashes."
            yield at_value(source, "slug", f'"{short(text)}" cannot be used in an address', hint)


@check
def check_empty_slug(manuscript: Manuscript) -> Iterator[Flaw]:
    """A title or a name has no letter or digit that an address could use.

    Bad: ``Title: …!`` and no slug, ``Tags: ???``.
    Good: ``Slug: silence`` beside such a title.
    """
    for source, each in titled(manuscript):
        if each.title and not each.slug:
            yield at_value(source, "title", "no address can be made from this title", 'Add "Slug: …" in plain letters.')
    for source, key, name in _open_names(manuscript):
        if not manuscript.config.slugify(name):
            message = f'no address can be made from "{short(name)}"'
            yield at_name(source, key, name, message, "Use a name with at least one letter or digit.")


@check
def check_long_address(manuscript: Manuscript) -> Iterator[Flaw]:
    """The address made from a title, a file name or a tag is too long for a file name.

    Bad: a whole paragraph as the value of ``Tags``.
    Good: a name of a few words, or ``Slug: …`` beside a long title.
    """
    for source, each in titled(manuscript):
        if not source.text("slug") and len(each.slug) > LONGEST_SLUG:
            yield at_value(source, "title", f'the address "{short(each.slug)}" is too long', 'Add a short "Slug: …".')
    for source, key, name in _open_names(manuscript):
        if len(manuscript.config.slugify(name)) > LONGEST_SLUG:
            yield at_name(source, key, name, f'the address of "{short(name)}" is too long', "Use a short name.")


@check
def check_repeated_slug(manuscript: Manuscript) -> Iterator[Flaw]:
    """Two essays, series or plays in the same language have the same slug, drafts included.

    Bad: two essays with the title "Letting go" and no slug of their own.
    Good: ``Slug: letting-go-again`` in the second.
    """
    first: dict[tuple[str, str, str], str] = {}
    for source, each in titled(manuscript):
        taken = first.setdefault((source.kind, each.slug, each.lang), source.path)
        if each.slug and taken != source.path:
            message = f'the slug "{each.slug}" is taken by {taken}'
            key = "slug" if source.text("slug") else "title"
            yield at_value(source, key, message, 'Give one of the two another "Slug: …".')


@check
def check_repeated_address(manuscript: Manuscript) -> Iterator[Flaw]:
    """Two pages would be written to the same file, or two names would share an address.

    Bad: ``Save_as: archive/index.html`` in an essay, or the tags ``C++`` and ``C#`` (both become ``c``).
    Good: a different path for each, and names that differ in letters or digits.
    """
    places = _Places(own_paths(manuscript))
    repeated_slugs = {found.path for found in check_repeated_slug(manuscript)}
    for path, address in manuscript.addresses.items():
        taken = places.take(address.path, path)
        if taken and path not in repeated_slugs:
            source = manuscript.by_path[path]
            key = next((key for key in ("save_as", "slug") if source.text(key)), "title")
            message = f'the output path "{address.path}" is taken by {taken}'
            yield at_value(source, key, message, "Change the slug or the Save_as of one of the two.")
    for path in sorted(manuscript.static_files):
        address = manuscript.static_address(path)
        taken = places.take(address.path, path) if address.path else ""
        if taken:
            hint = "Move one of the two, or give the file another path with EXTRA_PATH_METADATA."
            yield Flaw(path, 1, 1, f'the output path "{address.path}" is taken by {taken}', hint)
    yield from _names_that_share_an_address(manuscript)


class _Places:
    """The output paths that are in use; a file cannot have the path of another file's folder."""

    def __init__(self, taken: Mapping[str, str]) -> None:
        self._files: dict[str, str] = {}
        self._folders: dict[str, str] = {}
        for path, what in taken.items():
            self.take(path, what)

    def take(self, path: str, what: str) -> str:
        """Take the output path for `what`; if it is in use as a file or folder, return what uses it, else ``""``."""
        normal = _normal(path)
        above = [self._files[parent] for parent in _parents(normal) if parent in self._files]
        taken = self._files.get(normal) or self._folders.get(normal) or next(iter(above), "")
        if not taken:
            self._files[normal] = what
            for parent in _parents(normal):
                self._folders.setdefault(parent, what)
        return taken


def _parents(path: str) -> Iterator[str]:
    """Yield the folders that `path` lies in, the innermost first."""
    while path:
        path = path.rpartition("/")[0]
        yield path or "."


def _names_that_share_an_address(manuscript: Manuscript) -> Iterator[Flaw]:
    slugify = manuscript.config.slugify
    names = [each for each in _open_names(manuscript) if _has_address(each[1], manuscript)]
    slugs = {(key, slugify(name)) for _, key, name in names}
    first: dict[tuple[str, str], tuple[str, str]] = {}
    reported: set[tuple[str, str]] = set()
    for source, key, name in names:
        slug = slugify(name)
        taken, where = first.setdefault((key, slug), (name, source.path))
        if slug and fold(taken) != fold(name) and (key, fold(name)) not in reported:
            reported.add((key, fold(name)))
            message = f'"{short(name)}" would have the same address as "{short(taken)}" ({where})'
            hint = "Choose a name that differs in a letter or digit."
            for old, place in ((name, "here"), (taken, f"in {where}")):
                if (key, slugify(spelled_out(old))) not in slugs:
                    hint = f'Write "{spelled_out(old)}" {place}.'
                    break
            yield at_name(source, key, name, message, hint)


def _has_address(key: str, manuscript: Manuscript) -> bool:
    """Tell whether the series or plays that essays name under `key` have pages or feeds."""
    routes = manuscript.config.routes
    page = routes.series("x") if key == "series" else routes.play("x")
    return bool(page.path or routes.feed("x").path)


def titled(manuscript: Manuscript) -> Iterator[tuple[Source, Essay | SeriesPage | PlayPage]]:
    """Yield every essay, declared series and declared play with its source."""
    yield from essays(manuscript)
    yield from ((manuscript.by_path[path], page) for path, page in manuscript.series_pages.items())
    yield from ((manuscript.by_path[path], page) for path, page in manuscript.play_pages.items())


def _open_names(manuscript: Manuscript) -> Iterator[tuple[Source, str, str]]:
    """Yield the names of series and plays that essays make up because no file declares any, each with its key."""
    for source, essay in essays(manuscript):
        if essay.series and not manuscript.series_declared:
            yield source, "series", essay.series
        for name in essay.plays if not manuscript.plays_declared else ():
            yield source, "tags", name


def own_paths(manuscript: Manuscript) -> Mapping[str, str]:
    """Return the output paths of the pages and files that have no source, each with a description."""
    places = {place.path: what for place, what in Published.of(manuscript).made}
    declared = {a.path for path, a in manuscript.addresses.items() if manuscript.by_path[path].kind not in ADDRESSED}
    by_setting = {path: what for path, what in manuscript.config.made_files.items() if path and path not in declared}
    return {**by_setting, **places}


def _normal(path: str) -> str:
    """Return `path` in the form to compare: on many disks, paths that differ only in case are one file."""
    return normpath(path.lower().replace("\\", "/"))
