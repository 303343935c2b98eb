"""Checks of what the text points at: pages, places on a page, and images."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, partial
from pathlib import PurePosixPath
from urllib.parse import unquote

from ...htmltext import anchors, is_always_there, place_in
from ...model import HIDDEN, PUBLISHED
from ...names import fold, nearest
from ...sources.frontmatter import Source
from ...sources.manuscript import Manuscript
from ...sources.markup import INDICATORS, Reference, content_path, is_pelican_link, split_target
from ...sources.published import Published
from ...urls import resolved, split_url
from ..problem import Flaw, check, check_when_closed, did_you_mean, short

_EXTERNAL = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


@check
def check_broken_link(manuscript: Manuscript) -> Iterator[Flaw]:
    """A link or an image leads to a file of ours that does not exist.

    Bad: ``[the pair]({filename}/essays/futher.md)``.
    Good: ``[the pair]({filename}/essays/further.md)``.
    """
    for source, reference in _references(manuscript):
        what, path, _ = split_target(reference.target)
        if what and what not in INDICATORS:
            near = nearest(what, INDICATORS)
            yield _at(
                source,
                reference,
                f'"{{{what}}}" is not a kind of link',
                did_you_mean(near and f"{{{near}}}", "Use {filename} for pages and {static} for files."),
            )
        elif what in ("tag", "category", "author") and manuscript.closed:
            if not _is_listed(manuscript, what, path):
                yield _at(
                    source, reference, f'no page lists the {what} "{path}"', "Use {filename} and the page's file."
                )
        elif what in ("filename", "static", "attach") and path:
            wanted = content_path(source.path, path)
            if wanted in manuscript.files:
                if what == "filename" and manuscript.closed and wanted not in manuscript.by_path:
                    yield _at(source, reference, f"{wanted} is not a page", "Use {static} to link to a file as it is.")
            else:
                yield _at(
                    source,
                    reference,
                    f'there is no file "{wanted}"',
                    _suggest_file(manuscript, source, wanted, what),
                )


@check
def check_unreadable_address(manuscript: Manuscript) -> Iterator[Flaw]:
    """A link or an image leads to what no program can read as an address.

    Bad: ``https://[your-app].example.com/``.
    Good: an address that exists, or the made-up one as code, between backticks.
    """
    for source in manuscript.unchecked:
        for reference in manuscript.references[source.path]:
            target = reference.address
            below = target.partition("}")[2] if is_pelican_link(target) else ""
            if split_url(target) is None or split_url(below) is None:
                told = f'"{short(target)}" is no address'
                yield _at(source, reference, told, "Correct it, or write it as code, between backticks.")


@check_when_closed
def check_bare_link(manuscript: Manuscript) -> Iterator[Flaw]:
    """A link is written as a web address of this site, and no page has that address.

    Bad: ``[the pair](further.md)``, ``[the pair](/essays/futher/)``.
    Good: ``[the pair]({filename}/essays/further.md)``, which follows the essay wherever it moves.
    """
    urls = _urls(manuscript)
    for source, reference in _references(manuscript):
        what, path, _ = split_target(reference.target)
        elsewhere = what or _EXTERNAL.match(reference.address) or reference.address.startswith("#")
        if elsewhere or (reference.kind == "image" and not reference.target):
            continue
        own = manuscript.addresses.get(source.path)
        base = "/" + (own.url.lstrip("/") if own else "")
        folder = manuscript.config.folder
        outside = bool(folder) and path.startswith("/") and not path.startswith(f"{folder}/")
        target = unquote(resolved(base, path if outside else path.removeprefix(folder)) or "").lstrip("/")
        found = bool(path) and target.removesuffix("index.html") in urls
        if found == outside:  # a page outside the folder belongs to another site
            message = f'no page has the address "{path}"' if reference.target else "the link leads nowhere"
            told = f'"{path}" is outside the site, which lies in "{folder}"' if outside else message
            yield _at(source, reference, told, _indicated(manuscript, source, path))


def _indicated(manuscript: Manuscript, source: Source, path: str) -> str:
    """Say how to write a link to `path` so that it holds wherever the site and its pages lie."""
    near = content_path(source.path, path)
    if near in manuscript.files:
        return f'Write "{{{"filename" if near in manuscript.by_path else "static"}}}{path}".'
    return 'Write "{filename}/essays/….md" for a page, "{static}/images/…" for a file.'


@check
def check_broken_anchor(manuscript: Manuscript) -> Iterator[Flaw]:
    """A link leads to a place on a page that the page does not have.

    Bad: ``[below](#the-prise)``.
    Good: ``[below](#the-price)``: a heading's anchor is its text in small letters, with hyphens.
    """
    places = cache(partial(_places, manuscript))
    for source, reference in _references(manuscript):
        what, path, fragment = split_target(reference.target)
        if is_always_there(fragment) or what not in ("", "filename") or (not what and path):
            continue
        target = content_path(source.path, path) if path else source.path
        wanted = {place_in(fragment), place_in(reference.address.partition("#")[2])}  # as browsers do: decoded, or not
        if (
            target in manuscript.by_path
            and not wanted & places(target)
            and not wanted & manuscript.config.theme_anchors()
        ):
            where = "here" if target == source.path else f"in {target}"
            yield _at(
                source,
                reference,
                f'there is no place "#{fragment}" {where}',
                did_you_mean(nearest(fragment, places(target)), "Name a heading, or give one an id."),
            )


@check
def check_link_to_unpublished(manuscript: Manuscript) -> Iterator[Flaw]:
    """A page that all can read links to one that they cannot: a draft, a hidden or a future essay.

    Bad: ``[soon]({filename}/essays/next.md)`` while that essay is a draft.
    Good: ``Planned: Next | cost`` in the series file, and no link until it is out. A series or a play that no published
    essay uses does not show either, unless its own file says ``Status: published``.
    """
    for source, reference in _references(manuscript):
        what, path, _ = split_target(reference.target)
        target = manuscript.by_path.get(content_path(source.path, path)) if what == "filename" else None
        written = manuscript.is_public(source) or manuscript.text(source, "status").lower() == HIDDEN
        if target and written and not manuscript.is_public(target):
            told, cure = f"{target.path} is not published", "Publish it first, or take the link out until then."
            if _is_unused(target, manuscript):
                told = f"{target.path} does not show yet, since nothing published uses it"
                cure = 'Add "Status: published" there, or take the link out until an essay uses it.'
            yield _at(source, reference, told, cure)


@check_when_closed
def check_missing_alt(manuscript: Manuscript) -> Iterator[Flaw]:
    """An image says nothing to those who cannot see it.

    Bad: ``![]({static}/images/match.jpg)``.
    Good: ``![A lit match in the dark]({static}/images/match.jpg)``; ``<img alt="" …>`` for mere decoration.
    """
    for source, reference in _references(manuscript):
        if reference.kind == "image" and reference.alt is None:
            yield _at(
                source,
                reference,
                "the image has no alternative text",
                'Say between the brackets what it shows; of one that shows nothing say <img alt="" src="…">.',
            )


def _is_listed(manuscript: Manuscript, what: str, name: str) -> bool:
    if what != "tag":
        return bool(manuscript.config.routes.patterns.get(f"{what.upper()}_SAVE_AS"))
    return any(fold(unquote(name)) in (fold(play.slug), fold(play.title)) for play in manuscript.site.plays)


def _references(manuscript: Manuscript) -> Iterator[tuple[Source, Reference]]:
    for source in manuscript.sources:
        for reference in manuscript.references[source.path]:
            yield source, reference


def _is_unused(target: Source, manuscript: Manuscript) -> bool:
    """Tell whether `target` is a series or a play that is no draft, and waits for an essay that uses it."""
    page = manuscript.series_pages.get(target.path) or manuscript.play_pages.get(target.path)
    return page is not None and page.status == PUBLISHED


def _suggest_file(manuscript: Manuscript, source: Source, wanted: str, what: str) -> str:
    pages = what == "filename"
    known = manuscript.by_path if pages else manuscript.files - manuscript.by_path.keys()
    by_name = {PurePosixPath(path).stem: path for path in sorted(known) if path != source.path}
    near = nearest(PurePosixPath(wanted).stem, by_name)
    return did_you_mean(near and f"{{{what}}}/{by_name[near]}", "Correct the path, or add the file.")


def _urls(manuscript: Manuscript) -> set[str]:
    own = {place.url for place in Published.of(manuscript).places}
    return own | manuscript.config.other_urls | manuscript.files - manuscript.by_path.keys()


def _places(manuscript: Manuscript, path: str) -> set[str]:
    """Return the places of the page of the source `path` that links can lead to."""
    source = manuscript.by_path[path]
    found = set(anchors(manuscript.config.to_html(source.body) if source.html is None else source.html))
    page = manuscript.series_pages.get(path)
    play = manuscript.play_pages.get(path)
    if page:
        found |= {part.slug for s in manuscript.site.series if s.slug == page.slug for part in s.parts}
    if play:
        found |= {e.slug for p in manuscript.site.plays if p.slug == play.slug for e in p.essays if e.side}
    return found


def _at(source: Source, reference: Reference, message: str, hint: str) -> Flaw:
    return Flaw(source.path, reference.line, reference.column, message, hint)
