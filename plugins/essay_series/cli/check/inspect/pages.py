"""Checks of built pages: links, anchors, images, headings, ids and titles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from lxml import html
from lxml.html import HtmlElement

from ....checks import Problem
from ....htmltext import addresses_in, is_always_there, place_in
from ....routes import folder_of
from ....urls import split_url
from ....values import dataclass
from .feeds import BRACES, unresolved

LINK_ATTRIBUTES = ("href", "src", "poster")


@dataclass(frozen=True)
class Page:
    """One page of a built site."""

    path: str
    """Its output path."""
    root: HtmlElement

    def ids(self) -> list[str]:
        """Return the ids of its elements, in document order."""
        return [str(each) for each in self.root.xpath("//@id")]

    @cached_property
    def title(self) -> str:
        """Its title; empty if it has none."""
        return (self.root.findtext(".//title") or "").strip()

    @cached_property
    def is_redirect(self) -> bool:
        """Whether it redirects to another address."""
        return any(each.get("http-equiv", "").lower() == "refresh" for each in self.root.iter("meta"))

    @cached_property
    def anchors(self) -> frozenset[str]:
        """The ids and anchor names to which links can lead."""
        return frozenset((*self.ids(), *(str(each) for each in self.root.xpath("//a/@name"))))


@dataclass(frozen=True)
class BuiltSite:
    """The output of a build."""

    pages: Mapping[str, Page]
    """The pages by output path."""
    files: frozenset[str]
    """The output paths of all files."""
    root: str
    """The URL of the site, without a slash at the end; empty in a preview."""
    generated: frozenset[str] = frozenset()
    """The output paths of the pages that have no source of their own."""


_UNRESOLVED = "unresolved-link-in-page"
_WRITE_A_LINK = "Write it as a link that Pelican knows, or as code, between backticks."
Found = tuple[HtmlElement, str, str]
"""An element, the message about it, and the hint."""
PageCheck = Callable[[Page, BuiltSite], Iterator[Found]]
PAGE_CHECKS: dict[str, PageCheck] = {}


def page_check(function: PageCheck) -> PageCheck:
    """Register a check of one page; its code is its name without ``check_``."""
    PAGE_CHECKS[function.__name__.removeprefix("check_").replace("_", "-")] = function
    return function


def inspect(files: Mapping[str, bytes], root: str = "", generated: Iterable[str] = ()) -> list[Problem]:
    """Return the problems in the pages and feeds of a built site, sorted by page and line; redirect pages have none.

    Args:
        files: the content of every file by output path.
        root: the URL of the site, without a slash at the end.
        generated: the output paths of pages whose titles no author chose.

    """
    parsed = {
        path: Page(path, html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8")))
        for path, data in files.items()
        if path.endswith(".html")
    }
    site = BuiltSite(parsed, frozenset(files), root, frozenset(generated))
    found = [
        Problem(page.path, element.sourceline or 1, 1, code, message, hint)
        for page in parsed.values()
        if not page.is_redirect
        for code, check in PAGE_CHECKS.items()
        for element, message, hint in check(page, site)
    ]
    if not any(each.code == _UNRESOLVED for each in found):
        in_feeds = unresolved(files)
        found += [Problem(p, 1, 1, _UNRESOLVED, f'"{link}" is not resolved', _WRITE_A_LINK) for p, link in in_feeds]
    return sorted(found)


@page_check
def check_dead_link(page: Page, site: BuiltSite) -> Iterator[Found]:
    """A link, an image or a style sheet has the address of a file that does not exist.

    Bad: ``<a href="/essays/nowhere/">``.
    Good: the address of a page of the site, in the same upper and lower case.
    """
    for element, target in _references(page):
        path = _path(target, page, site)
        if path is not None and _file(path, site) is None:
            yield element, f"{target} does not exist", "Correct the address, or add the page."


@page_check
def check_dead_place(page: Page, site: BuiltSite) -> Iterator[Found]:
    """A link leads to an anchor that its target does not have.

    Bad: ``<a href="/about/#nowhere">``.
    Good: the id of an element of that page.
    """
    for element, target in _references(page):
        fragment = target.partition("#")[2]
        wanted = {place_in(fragment), place_in(unquote(fragment))}
        path = _path(target, page, site)
        file = _file(path, site) if path is not None else None
        linked = site.pages.get(file or "")
        if linked and not is_always_there(fragment) and wanted.isdisjoint(linked.anchors):
            yield element, f"{target}: {file} has no anchor #{unquote(fragment)}", "Use the id of an element there."


@page_check
def check_heading_order(page: Page, site: BuiltSite) -> Iterator[Found]:  # noqa: ARG001
    """A page does not have exactly one first-level heading, or skips a level (WCAG 2.2, technique G141).

    Bad: ``<h1>`` followed by ``<h3>``.
    Good: one ``<h1>``, and no level skipped on the way down.
    """
    headings = page.root.xpath("//h1|//h2|//h3|//h4|//h5|//h6")
    levels = [int(each.tag[1]) for each in headings]
    if levels.count(1) != 1:
        yield page.root, f"the page has {levels.count(1)} first-level headings", "Give it exactly one."
    for above, below, element in zip(levels, levels[1:], headings[1:], strict=False):
        if below > above + 1:
            words = " ".join(element.text_content().rstrip("#").split())
            message = f'the heading "{words}" has level {below}, below one of level {above}'
            yield element, message, f"Make it a heading of level {above + 1}."


@page_check
def check_image_without_text(page: Page, site: BuiltSite) -> Iterator[Found]:  # noqa: ARG001
    """An image has no alternative text (WCAG 2.2, success criterion 1.1.1).

    Bad: ``<img src="a.png">``.
    Good: ``<img src="a.png" alt="What it shows">``; ``alt=""`` for a decoration.
    """
    for image in page.root.iter("img"):
        if image.get("alt") is None:
            yield (
                image,
                f"{image.get('src', 'an image')} has no alternative text",
                "Describe it between [ and ].",
            )


@page_check
def check_repeated_id_in_page(page: Page, site: BuiltSite) -> Iterator[Found]:  # noqa: ARG001
    """Two elements of a page have the same id, so links reach only the first.

    Bad: two headings with the id ``a``.
    Good: unique ids.
    """
    for name, number in Counter(page.ids()).items():
        if number > 1:
            yield (
                page.root.xpath("//*[@id=$name]", name=name)[1],
                f'{number} elements have the id "{name}"',
                "Rename all but one.",
            )


@page_check
def check_unclear_page(page: Page, site: BuiltSite) -> Iterator[Found]:
    """A page has no language, no title, or the same title as another page in its language.

    Bad: two pages with the title ``Essay``.
    Good: ``<html lang="en">`` and a title that no other page in that language has.
    """
    if page.path in site.generated:
        return
    if not page.root.get("lang"):
        yield page.root, "the page has no lang attribute", 'Set DEFAULT_LANG, or add "Lang: …" to its source.'
    lang = page.root.get("lang")
    same = [
        each
        for each in site.pages.values()
        if each.title == page.title and each.root.get("lang") == lang and not each.is_redirect
    ]
    others = sorted(same, key=lambda each: each.path not in site.generated)
    if not page.title or others[0] is not page:
        yield page.root, f'{others[0].path} has the title "{page.title}" too', "Change one of them."


@page_check
def check_unresolved_link_in_page(page: Page, site: BuiltSite) -> Iterator[Found]:  # noqa: ARG001
    """A page contains a link to a source or a file that was not resolved, with its braces.

    Bad: ``<a href="{filename}two.md">``, ``<p>See {static}/images/a.png</p>``.
    Good: the address; braces are fine in code.
    """
    for element in page.root.iter():
        if not isinstance(element.tag, str):
            continue
        is_code = any(each.tag in ("code", "pre", "script") for each in (element, *element.iterancestors()))
        words = [unquote(value) for value in element.values()] + ["" if is_code else element.text or ""]
        words += [child.tail or "" for child in element if not is_code]
        for found in (match for text in words for match in BRACES.finditer(text)):
            yield element, f'"{found[0]}" is not resolved', _WRITE_A_LINK


def _references(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    for element in page.root.iter("a", "img", "link", "script", "source", "video", "audio", "iframe", "track"):
        if element.get("rel") in ("canonical", "alternate") and element.tag == "link" and not element.get("type"):
            continue
        targets = (element.get(name) for name in LINK_ATTRIBUTES)
        yield from ((element, target) for target in targets if target is not None)
        yield from ((element, found) for found in addresses_in(element.get("srcset", "")))


def _path(target: str, page: Page, site: BuiltSite) -> str | None:
    """Return the address `target` on `page` as a path below the site's root; None if it is of another site."""
    if site.root and target.startswith(f"{site.root}/"):
        target = folder_of(site.root) + target.removeprefix(site.root)
    parts = split_url(target)
    if parts is None or parts.scheme or parts.netloc:
        return None
    if not parts.path:
        return page.path
    folder = folder_of(site.root)
    if parts.path.startswith("/") and not parts.path.startswith(f"{folder}/"):
        return None
    path = parts.path.removeprefix(folder) if parts.path.startswith("/") else join(f"/{dirname(page.path)}", parts.path)
    slash = "/" if path.endswith("/") else ""
    return normpath(unquote(path)).lstrip("/") + slash


def _file(path: str, site: BuiltSite) -> str | None:
    """Return the output path of the file that a host sends for `path`; None if there is none."""
    inside = path.lstrip("/")
    candidates = [f"{inside}index.html"] if not inside or inside.endswith("/") else [inside, f"{inside}/index.html"]
    return next((each for each in candidates if each in site.files), None)
