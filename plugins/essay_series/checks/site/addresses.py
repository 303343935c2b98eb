"""Checks of where pages will lie: every one inside the output folder, no two in one place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from posixpath import normpath

from ...model import NOWHERE, Essay
from ...names import fold, spelled_out
from ...routes import stays_inside
from ...sources.attached import unread_files
from ...sources.keys import ADDRESSED
from ...sources.manuscript import Manuscript
from ...sources.published import Published
from ..problem import Flaw, at_name, at_value, check, check_when_closed, short

LONGEST_SLUG = 200
_USABLE_SLUG = re.compile(r"(?:[\w~+-][\w.~+-]{0,199}/)*[\w~+-][\w.~+-]{0,199}")
READABLE = (".md", ".markdown", ".mkd", ".mdown", ".txt", ".text")
"""How the names of texts end that were surely meant to be read."""


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
                yield at_value(
                    source,
                    key,
                    f'"{short(text)}" leads out of the output folder',
                    'Write it without "..", a leading slash or a drive.',
                )


@check_when_closed
def check_unread_file(manuscript: Manuscript) -> Iterator[Flaw]:
    """A file looks like a text of the author's, and is not read, so it would be missed in silence.

    Bad: ``content/essays/letting-go.MD``, ``content/letting-go.md``.
    Good: ``content/essays/letting-go.md``; a text file that an essay links to.
    """
    for path in sorted(unread_files(manuscript)):
        if PurePosixPath(path).suffix.lower() in READABLE:
            yield unread(path, manuscript)


def unread(path: str, manuscript: Manuscript) -> Flaw:
    """Return what is told of a file that looks like a text and is not read."""
    folders = manuscript.config.folders
    if not path.startswith(tuple(f"{folder}/" for folder in folders.values())):
        *others, last = (f"{folder}/" for folder in folders.values())
        hint = f"Put it into {', '.join(others)} or {last}, as a file .md."
    else:
        hint = f'Rename it to "{PurePosixPath(path).with_suffix(".md")}", or move it out of the folder.'
    return Flaw(path, 1, 1, "the file is not read", hint)


@check
def check_stray_file(manuscript: Manuscript) -> Iterator[Flaw]:
    """A file is a link that leaves the content folder or leads nowhere, so what is published might not be the author's.

    Bad: ``images/picture.png`` as a link to ``/etc/passwd``.
    Good: the file itself, or a link to another file of the content folder.
    """
    for path in sorted(manuscript.strays):
        yield Flaw(path, 1, 1, "the file is a link out of the content folder", "Put the file itself here.")


@check
def check_incomplete_address(manuscript: Manuscript) -> Iterator[Flaw]:
    """The site's pattern of addresses asks for a word that a file does not say.

    Bad: no ``Mood:`` line, where ``ARTICLE_URL = "{mood}/{slug}/"``.
    Good: ``Mood: calm``.
    """
    for source in manuscript.sources:
        essay = manuscript.essays.get(source.path)
        is_page = source.kind == "page" and manuscript.is_public(source) and source.path not in manuscript.addresses
        if not (is_page or (essay and essay.address == NOWHERE)):
            continue
        if word := manuscript.missing_word(source.path):
            told = f'the address needs "{short(word)}", which the file does not say'
            hint = f'Add "{short(word).capitalize()}: …", or change the pattern of addresses in the settings.'
            yield Flaw(source.path, 1, 1, told, hint)


@check
def check_unusable_slug(manuscript: Manuscript) -> Iterator[Flaw]:
    """A slug cannot stand in an address, or is too long for a file's name.

    Bad: ``Slug: let go?``, ``Slug: letting-go/``, ``Slug: .``.
    Good: ``Slug: letting-go``; ``Slug: 2009/letting-go`` makes folders.
    """
    for source in manuscript.sources:
        text = source.text("slug")
        if text and stays_inside(text) and not _USABLE_SLUG.fullmatch(text):
            yield at_value(
                source,
                "slug",
                f'"{short(text)}" cannot stand in an address',
                "Use letters, digits and hyphens, at most 200 between two slashes.",
            )


@check
def check_empty_slug(manuscript: Manuscript) -> Iterator[Flaw]:
    """A title or a name has no letter or digit that an address could use.

    Bad: ``Title: …!`` and no slug, ``Tags: ???``.
    Good: ``Slug: silence`` beside such a title.
    """
    for source in manuscript.sources:
        path = source.path
        thing = manuscript.essays.get(path) or manuscript.series_pages.get(path) or manuscript.play_pages.get(path)
        if thing and thing.title and not thing.slug:
            yield at_value(source, "title", "no address can be made of this title", 'Add "Slug: …" in plain letters.')
    for essay, key, name in _open_names(manuscript):
        if not manuscript.config.slugify(name):
            message = f'no address can be made of "{short(name)}"'
            source = manuscript.by_path[essay.source]
            yield at_name(source, key, name, message, "Use a name with at least one letter or digit.")


@check
def check_long_address(manuscript: Manuscript) -> Iterator[Flaw]:
    """The address that a title, a file's name or a tag would get is too long for a file's name.

    Bad: ``Tags:`` with a whole paragraph behind it.
    Good: a name of a few words, or ``Slug: …`` beside a long title.
    """
    for source in manuscript.sources:
        path = source.path
        thing = manuscript.essays.get(path) or manuscript.series_pages.get(path) or manuscript.play_pages.get(path)
        if thing and not source.text("slug") and len(thing.slug) > LONGEST_SLUG:
            hint = 'Add "Slug: …" with a short name.'
            yield at_value(source, "title", f'the address "{short(thing.slug)}" is too long', hint)
    for essay, key, name in _open_names(manuscript):
        if len(manuscript.config.slugify(name)) > LONGEST_SLUG:
            message = f'the address of "{short(name)}" would be too long'
            yield at_name(manuscript.by_path[essay.source], key, name, message, "Use a name of a few words.")


@check
def check_repeated_slug(manuscript: Manuscript) -> Iterator[Flaw]:
    """Two essays in one language have the same slug, drafts included, or two files of one language declare one slug.

    Bad: two essays with the title "Letting go" and no slug of their own.
    Good: ``Slug: letting-go-again`` in the second.
    """
    kinds = (
        ("essay", [(e.slug, e.lang, e.source) for e in manuscript.essays.values()]),
        ("series", [(s.slug, s.lang, s.source) for s in manuscript.series_pages.values()]),
        ("play", [(p.slug, p.lang, p.source) for p in manuscript.play_pages.values()]),
    )
    for kind, declared in kinds:
        first: dict[tuple[str, str], str] = {}
        for slug, lang, path in declared:
            if slug and first.setdefault((slug, lang), path) != path:
                source = manuscript.by_path[path]
                yield at_value(
                    source,
                    "slug" if source.text("slug") else "title",
                    f'the slug "{slug}" is taken by {first[slug, lang]}',
                    f'Give one of the two a "Slug: …" of its own; no two {_plural(kind)} share one.',
                )


@check
def check_repeated_address(manuscript: Manuscript) -> Iterator[Flaw]:
    """Two pages would be written to one file, or two names would share one address.

    Bad: ``Save_as: archive/index.html`` in an essay, or the tags ``C++`` and ``C#`` (both become ``c``).
    Good: a path of its own for each, and names that differ in letters or digits.
    """
    places = _Places(own_paths(manuscript))
    repeated_slugs = {found.path for found in check_repeated_slug(manuscript)}
    for path, address in manuscript.addresses.items():
        taken = places.take(address.path, path)
        if taken and path not in repeated_slugs:
            source = manuscript.by_path[path]
            key = next((key for key in ("save_as", "slug") if source.text(key)), "title")
            told = f'the output path "{address.path}" is taken by {taken}'
            yield at_value(source, key, told, "Change the slug or the Save_as of one of the two.")
    for path in sorted(manuscript.static_files):
        address = manuscript.static_address(path)
        taken = places.take(address.path, path) if address.path else ""
        if taken:
            hint = "Move one of the two, or give the file another place by EXTRA_PATH_METADATA."
            yield Flaw(path, 1, 1, f'the output path "{address.path}" is taken by {taken}', hint)
    yield from _names_that_share_an_address(manuscript)


class _Places:
    """Who has which output path; none can be a file and a folder of another."""

    def __init__(self, taken: Mapping[str, str]) -> None:
        self._files: dict[str, str] = {}
        self._folders: dict[str, str] = {}
        for path, what in taken.items():
            self.take(path, what)

    def take(self, path: str, what: str) -> str:
        """Return what has the output path already, or takes it for a folder; else an empty text, and it is taken."""
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
    names = [each for each in _open_names(manuscript) if _has_an_address(each[1], manuscript)]
    slugs = {(key, slugify(name)) for _, key, name in names}
    first: dict[tuple[str, str], tuple[str, str]] = {}
    told: set[tuple[str, str]] = set()
    for essay, key, name in names:
        slug = slugify(name)
        taken, where = first.setdefault((key, slug), (name, essay.source))
        if slug and fold(taken) != fold(name) and (key, fold(name)) not in told:
            told.add((key, fold(name)))
            message = f'"{short(name)}" would get the address of "{short(taken)}" ({where})'
            hint = "Choose a name that differs in a letter or digit."
            for old, place in ((name, "here"), (taken, f"in {where}")):
                if (key, slugify(spelled_out(old))) not in slugs:
                    hint = f'Write "{spelled_out(old)}" {place}.'
                    break
            yield at_name(manuscript.by_path[essay.source], key, name, message, hint)


def _has_an_address(key: str, manuscript: Manuscript) -> bool:
    """Tell whether each series or play, which essays name under `key`, has a page or a feed of its own."""
    routes = manuscript.config.routes
    page = routes.series("x") if key == "series" else routes.play("x")
    return bool(page.path or routes.feed("x").path)


def _open_names(manuscript: Manuscript) -> Iterator[tuple[Essay, str, str]]:
    """Yield the names of series and plays that essays make up because no file declares any."""
    for essay in manuscript.essays.values():
        if essay.series and not manuscript.series_declared:
            yield essay, "series", essay.series
        for name in essay.plays if not manuscript.plays_declared else ():
            yield essay, "tags", name


def own_paths(manuscript: Manuscript) -> Mapping[str, str]:
    """Return the output paths of the pages and files that have no source, each with what it is."""
    published = Published.of(manuscript)
    places = {place.path: what for place, what in published.made}
    standing = {address.path for path, address in manuscript.addresses.items() if _is_declaring(path, manuscript)}
    asked = {path: what for path, what in manuscript.config.made_files.items() if path and path not in standing}
    return {**asked, **places}


def _is_declaring(path: str, manuscript: Manuscript) -> bool:
    return manuscript.by_path[path].kind not in ADDRESSED


def _normal(path: str) -> str:
    """Two paths that differ only in case are one file on many disks."""
    return normpath(path.lower().replace("\\", "/"))


def _plural(kind: str) -> str:
    return kind if kind == "series" else f"{kind}s"
