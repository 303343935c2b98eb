"""Checks of links and images: that their targets exist and readers can see them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, partial
from pathlib import PurePosixPath
from urllib.parse import unquote

from ...htmltext import anchors, is_always_there, place_in
from ...model import HIDDEN, PUBLISHED
from ...names import did_you_mean, fold, nearest
from ...sources.frontmatter import Source
from ...sources.manuscript import Manuscript
from ...sources.markup import INDICATORS, Reference, content_path, is_pelican_link, split_target
from ...sources.published import Published
from ...urls import resolved, split_url
from ..problem import Flaw, at, check, check_when_closed, short

_EXTERNAL = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


@check
def check_broken_link(manuscript: Manuscript) -> Iterator[Flaw]:
    """A link or an image leads to a file of the site that does not exist.

    Bad: ``[the pair]({filename}/essays/futher.md)``.
    Good: ``[the pair]({filename}/essays/further.md)``.
    """
    for source, reference in _references(manuscript):
        what, path, _ = split_target(reference.target)
        if what and what not in INDICATORS:
            hint = did_you_mean(what, INDICATORS, "Use {filename} for pages and {static} for files.", "{{{}}}")
            yield at(source.path, reference, f'"{{{what}}}" is not a kind of link', hint)
        elif what in ("tag", "category", "author") and manuscript.closed:
            if not _is_listed(manuscript, what, path):
                hint = "Link to the file of a page with {filename}."
                yield at(source.path, reference, f'there is no page for the {what} "{path}"', hint)
        elif what in ("filename", "static", "attach") and path:
            wanted = content_path(source.path, path)
            if wanted not in manuscript.files:
                hint = _suggest_file(manuscript, source, wanted, what)
                yield at(source.path, reference, f'there is no file "{wanted}"', hint)
            elif what == "filename" and manuscript.closed and wanted not in manuscript.by_path:
                yield at(source.path, reference, f"{wanted} is not a page", "Use {static} to link to other files.")


@check
def check_unreadable_address(manuscript: Manuscript) -> Iterator[Flaw]:
    """The address of a link or an image is not valid.

    Bad: ``https://[your-app].example.com/``.
    Good: an address that exists, or an invented one as code, between backticks.
    """
    for source in manuscript.unchecked:
        for reference in manuscript.references[source.path]:
            target = reference.address
            below = target.partition("}")[2] if is_pelican_link(target) else ""
            if split_url(target) is None or split_url(below) is None:
                hint = "Correct it, or write it as code, between backticks."
                yield at(source.path, reference, f'"{short(target)}" is not a valid address', hint)


@check_when_closed
def check_bare_link(manuscript: Manuscript) -> Iterator[Flaw]:
    """A link is written as an address of this site, but no page has that address.

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
            message = f'no page has the address "{path}"' if reference.target else "the link has no target"
            message = f'"{path}" is outside the site, which is in "{folder}"' if outside else message
            yield at(source.path, reference, message, _as_source_link(manuscript, source, path))


def _as_source_link(manuscript: Manuscript, source: Source, path: str) -> str:
    """Return a hint with the link to `path` in the form that does not depend on addresses."""
    near = content_path(source.path, path)
    if near in manuscript.files:
        return f'Write "{{{"filename" if near in manuscript.by_path else "static"}}}{path}".'
    return 'Write "{filename}/essays/….md" for a page, "{static}/images/…" for a file.'


@check
def check_broken_anchor(manuscript: Manuscript) -> Iterator[Flaw]:
    """A link leads to a place on a page that does not exist there.

    Bad: ``[below](#the-prise)``.
    Good: ``[below](#the-price)``: a heading's anchor is its text in small letters, with hyphens.
    """
    anchors_of = cache(partial(_anchors, manuscript))
    for source, reference in _references(manuscript):
        what, path, fragment = split_target(reference.target)
        if is_always_there(fragment) or what not in ("", "filename") or (not what and path):
            continue
        target = content_path(source.path, path) if path else source.path
        wanted = {place_in(fragment), place_in(reference.address.partition("#")[2])}  # as browsers do: decoded, or not
        if target in manuscript.by_path and not wanted & (anchors_of(target) | manuscript.config.theme_anchors()):
            where = "on this page" if target == source.path else f"in {target}"
            hint = did_you_mean(fragment, anchors_of(target), "Use the anchor of a heading, or add an id.")
            yield at(source.path, reference, f'there is no anchor "#{fragment}" {where}', hint)


@check
def check_link_to_unpublished(manuscript: Manuscript) -> Iterator[Flaw]:
    """A page that readers see links to one that they do not: a draft, or a hidden or future essay.

    Bad: ``[soon]({filename}/essays/next.md)`` while that essay is a draft.
    Good: ``Planned: Next | cost`` in the series file, and no link until it is out. A series or a play that no published
    essay uses is not on the site either, unless its own file says ``Status: published``.
    """
    for source, reference in _references(manuscript):
        what, path, _ = split_target(reference.target)
        target = manuscript.by_path.get(content_path(source.path, path)) if what == "filename" else None
        written = manuscript.is_public(source) or manuscript.text(source, "status").lower() == HIDDEN
        if target and written and not manuscript.is_public(target):
            message, hint = f"{target.path} is not published", "Publish it first, or remove the link until then."
            page = manuscript.series_pages.get(target.path) or manuscript.play_pages.get(target.path)
            if page and page.status == PUBLISHED:
                message = f"{target.path} is not on the site, because no published essay uses it"
                hint = 'Add "Status: published" there, or remove the link until an essay uses it.'
            yield at(source.path, reference, message, hint)


@check_when_closed
def check_missing_alt(manuscript: Manuscript) -> Iterator[Flaw]:
    """An image has no alternative text, so it says nothing to readers who cannot see it.

    Bad: ``![]({static}/images/match.jpg)``.
    Good: ``![A lit match in the dark]({static}/images/match.jpg)``; ``<img alt="" …>`` for mere decoration.
    """
    hint = 'Describe it between the brackets; for mere decoration, write <img alt="" src="…">.'
    for source, reference in _references(manuscript):
        if reference.kind == "image" and reference.alt is None:
            yield at(source.path, reference, "the image has no alternative text", hint)


def _is_listed(manuscript: Manuscript, what: str, name: str) -> bool:
    if what != "tag":
        return bool(manuscript.config.routes.patterns.get(f"{what.upper()}_SAVE_AS"))
    return any(fold(unquote(name)) in (fold(play.slug), fold(play.title)) for play in manuscript.site.plays)


def _references(manuscript: Manuscript) -> Iterator[tuple[Source, Reference]]:
    for source in manuscript.sources:
        for reference in manuscript.references[source.path]:
            yield source, reference


def _suggest_file(manuscript: Manuscript, source: Source, wanted: str, what: str) -> str:
    pages = what == "filename"
    known = manuscript.by_path if pages else manuscript.files - manuscript.by_path.keys()
    by_name = {PurePosixPath(path).stem: path for path in sorted(known) if path != source.path}
    near = nearest(PurePosixPath(wanted).stem, by_name)
    return f'Did you mean "{{{what}}}/{by_name[near]}"?' if near else "Correct the path, or add the file."


def _urls(manuscript: Manuscript) -> set[str]:
    own = {place.url for place in Published.of(manuscript).places}
    return own | manuscript.config.other_urls | manuscript.files - manuscript.by_path.keys()


def _anchors(manuscript: Manuscript, path: str) -> set[str]:
    """Return the anchors on the page of the source `path`."""
    source = manuscript.by_path[path]
    found = set(anchors(manuscript.config.to_html(source.body) if source.html is None else source.html))
    page = manuscript.series_pages.get(path)
    play = manuscript.play_pages.get(path)
    if page:
        found |= {part.slug for s in manuscript.site.series if s.slug == page.slug for part in s.parts}
    if play:
        found |= {e.slug for p in manuscript.site.plays if p.slug == play.slug for e in p.essays if e.side}
    return found
