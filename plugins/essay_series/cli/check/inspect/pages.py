"""Every page of a built site against the others: links, places, images, headings, names and titles."""

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
from ....urls import parts_of
from ....values import dataclass
from .feeds import BRACES, unresolved

REFERENCES = ("href", "src", "poster")


@dataclass(frozen=True)
class Page:
    """One page of a built site."""

    path: str
    root: HtmlElement

    def ids(self) -> list[str]:
        """Return the ids of its elements, in order."""
        return [str(each) for each in self.root.xpath("//@id")]

    @cached_property
    def title(self) -> str:
        """Its title, empty where it has none."""
        return (self.root.findtext(".//title") or "").strip()

    @cached_property
    def sends_on(self) -> bool:
        """Whether it does nothing but send its reader to another address."""
        return any(each.get("http-equiv", "").lower() == "refresh" for each in self.root.iter("meta"))

    @cached_property
    def places(self) -> frozenset[str]:
        """The names of all places that a link can lead to."""
        return frozenset((*self.ids(), *(str(each) for each in self.root.xpath("//a/@name"))))


@dataclass(frozen=True)
class BuiltSite:
    """All that a build made."""

    pages: Mapping[str, Page]
    files: frozenset[str]
    root: str
    """The site's own address, without a slash at the end; empty in a preview."""
    generated: frozenset[str] = frozenset()
    """The pages that have no source of their own."""


_BRACES_LEFT = "unresolved-link-in-page"
_WRITE_A_LINK = "Write it as a link that Pelican knows, or as code, between backticks."
PageCheck = Callable[[Page, BuiltSite], Iterator[tuple[HtmlElement, str, str]]]
PAGE_CHECKS: dict[str, PageCheck] = {}


def page_check(function: PageCheck) -> PageCheck:
    """Register a check of one page, by its name without ``check_``."""
    PAGE_CHECKS[function.__name__.removeprefix("check_").replace("_", "-")] = function
    return function


def inspect(files: Mapping[str, bytes], root: str = "", generated: Iterable[str] = ()) -> list[Problem]:
    """Return every problem of the built site `files`, by page and line.

    A page that only sends its reader on is not looked at: it is made of an address, and its target is looked at.

    Args:
        files: every output file by its path.
        root: the site's own address, without a slash at the end.
        generated: the pages that have no source of their own, so that no author chose their titles.

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
        if not page.sends_on
        for code, check in PAGE_CHECKS.items()
        for element, message, hint in check(page, site)
    ]
    if not any(each.code == _BRACES_LEFT for each in found):
        told = ((path, f'"{link}" is carried as it is written') for path, link in unresolved(files))
        found += [Problem(path, 1, 1, _BRACES_LEFT, message, _WRITE_A_LINK) for path, message in told]
    return sorted(found)


@page_check
def check_dead_link(page: Page, site: BuiltSite) -> Iterator[tuple[HtmlElement, str, str]]:
    """A link, an image or a style leads to a file that the site does not have.

    Bad: ``<a href="/essays/nowhere/">``.
    Good: an address of a page that is built, in the same letters.
    """
    for element, target in _references(page):
        path = _path(target, page, site)
        if path is not None and _file(path, site) is None:
            yield element, f"{target} leads to nothing", "Correct the address, or build what it names."


@page_check
def check_dead_place(page: Page, site: BuiltSite) -> Iterator[tuple[HtmlElement, str, str]]:
    """A link leads to a place on a page that has none of that name.

    Bad: ``<a href="/about/#nowhere">``.
    Good: the id of an element of that page.
    """
    for element, target in _references(page):
        fragment = target.partition("#")[2]
        wanted = {place_in(fragment), place_in(unquote(fragment))}
        path = _path(target, page, site)
        file = _file(path, site) if path is not None else None
        if file and file in site.pages and not is_always_there(fragment) and wanted.isdisjoint(site.pages[file].places):
            yield element, f"{target}: {file} has no place #{unquote(fragment)}", "Name an id of that page."


@page_check
def check_heading_order(page: Page, site: BuiltSite) -> Iterator[tuple[HtmlElement, str, str]]:  # noqa: ARG001
    """A page has not exactly one first heading, or a level is left out.

    Bad: ``<h1>`` followed by ``<h3>``.
    Good: one ``<h1>``, and no level skipped on the way down.
    """
    headings = page.root.xpath("//h1|//h2|//h3|//h4|//h5|//h6")
    levels = [int(each.tag[1]) for each in headings]
    if levels.count(1) != 1:
        yield page.root, f"the page has {levels.count(1)} headings of the first level", "A page has one title."
    for above, below, element in zip(levels, levels[1:], headings[1:], strict=False):
        if below > above + 1:
            words = " ".join(element.text_content().rstrip("#").split())
            told = f'the heading "{words}" is of level {below}, under one of level {above}'
            yield element, told, f"Make it one of level {above + 1}."


@page_check
def check_image_without_text(page: Page, site: BuiltSite) -> Iterator[tuple[HtmlElement, str, str]]:  # noqa: ARG001
    """An image says nothing to who cannot see it.

    Bad: ``<img src="a.png">``.
    Good: ``<img src="a.png" alt="What it shows">``; ``alt=""`` for mere ornament.
    """
    for image in page.root.iter("img"):
        if image.get("alt") is None:
            yield (
                image,
                f"{image.get('src', 'an image')} has no alternative text",
                "Say what it shows, between [ and ].",
            )


@page_check
def check_repeated_id_in_page(page: Page, site: BuiltSite) -> Iterator[tuple[HtmlElement, str, str]]:  # noqa: ARG001
    """Two elements of a page have one id, so that a link reaches only the first.

    Bad: two headings with the id ``a``.
    Good: an id of its own for each.
    """
    for name, number in Counter(page.ids()).items():
        if number > 1:
            yield (
                page.root.xpath("//*[@id=$name]", name=name)[1],
                f'the id "{name}" stands {number} times',
                "Rename one.",
            )


@page_check
def check_unclear_page(page: Page, site: BuiltSite) -> Iterator[tuple[HtmlElement, str, str]]:
    """A page has no language, no title, or the title of another in its language.

    Bad: two pages with the title ``Essay``.
    Good: ``<html lang="en">`` and a title that no other page in that language has.
    """
    if page.path in site.generated:
        return
    if not page.root.get("lang"):
        yield page.root, "the page does not name its language", 'Set DEFAULT_LANG, or "Lang: …" in its source.'
    lang = page.root.get("lang")
    same = [
        each
        for each in site.pages.values()
        if each.title == page.title and each.root.get("lang") == lang and not each.sends_on
    ]
    others = sorted(same, key=lambda each: each.path not in site.generated)
    if not page.title or others[0] is not page:
        yield page.root, f'the title "{page.title}" is that of {others[0].path} too', "Give one of the two another."


@page_check
def check_unresolved_link_in_page(page: Page, site: BuiltSite) -> Iterator[tuple[HtmlElement, str, str]]:  # noqa: ARG001
    """A page shows a link to a source or a file as its author wrote it, with the braces.

    Bad: ``<a href="{filename}two.md">``, ``<p>See {static}/images/a.png</p>``.
    Good: the address; in code, the braces.
    """
    for element in page.root.iter():
        if not isinstance(element.tag, str):
            continue
        is_code = any(each.tag in ("code", "pre", "script") for each in (element, *element.iterancestors()))
        words = [unquote(value) for value in element.values()] + ["" if is_code else element.text or ""]
        words += [child.tail or "" for child in element if not is_code]
        for found in (match for text in words for match in BRACES.finditer(text)):
            yield element, f'"{found[0]}" is printed as it is', _WRITE_A_LINK


def _references(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    for element in page.root.iter("a", "img", "link", "script", "source", "video", "audio", "iframe", "track"):
        if element.get("rel") in ("canonical", "alternate") and element.tag == "link" and not element.get("type"):
            continue
        targets = (element.get(name) for name in REFERENCES)
        yield from ((element, target) for target in targets if target is not None)
        yield from ((element, found) for found in addresses_in(element.get("srcset", "")))


def _path(target: str, page: Page, site: BuiltSite) -> str | None:
    """Return the path below the site's root that `target` means, or None if it is elsewhere."""
    if site.root and target.startswith(f"{site.root}/"):
        target = folder_of(site.root) + target.removeprefix(site.root)
    parts = parts_of(target)
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
    """Return the file that a host sends for `path`, or None if there is none."""
    inside = path.lstrip("/")
    candidates = [f"{inside}index.html"] if not inside or inside.endswith("/") else [inside, f"{inside}/index.html"]
    return next((each for each in candidates if each in site.files), None)
