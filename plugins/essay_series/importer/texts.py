"""Convert the text of one item to Markdown for this site, with links and images rewritten."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from html import unescape
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from ..l10n.days import noun
from ..sources.embeds import host_of as origin_of
from ..sources.embeds import is_script
from ..sources.markup import content_path, references, split_target
from ..urls import resolved, split_url
from .addresses import OldSite, host_of, key_of
from .item import Item, without_control
from .markup.convert import ToHtml, converted, is_equivalent
from .markup.figures import LinkChange
from .markup.tree import TooDeepError

_FORBIDDEN = re.compile(
    r"<(?:script|style|iframe|frame|object|embed|form|input|button|video|audio|svg|canvas)\b|\son[a-z]+\s*=",
    re.IGNORECASE,
)
_DROPPED = re.compile(
    r"<!--.*?-->|<(?P<name>script|style|title|template|button|select|textarea|option|svg|math|iframe|video|audio|object|canvas)\b.*?</(?P=name)\s*>"
    r"|<\?.*?\?>|<![^>]*>",
    re.DOTALL | re.IGNORECASE,
)
_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|bdo|big|cite|code|del|dfn|em|font|i|ins|kbd|mark|q|s|small|span|strike|strong|tt|u|var|wbr)\b[^>]*>",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^>]*>")
_MOST_SHOWN = 5


@dataclass(frozen=True)
class LinkRewrites:
    """The new targets of links and images in all texts. New paths are below the content folder."""

    old_site: OldSite
    paths: Mapping[str, str]
    """New sources, by `Item.origin`."""
    public: frozenset[str]
    """The new sources that are published at once."""
    files: Mapping[str, str]
    """New paths of files, by their paths in the export."""
    fetched: Mapping[str, str]
    """New paths of downloaded images, by address."""
    allowed: frozenset[str] | None
    """Hosts from which pages may load images; None for all."""
    wanted: Mapping[str, frozenset[str]]
    """Ids that links point to, by the new source of the page."""
    attachments: Mapping[str, str]
    """Addresses of images, by the keys of the addresses of pages that show only that image."""
    site: str
    """The address of the old site, without a slash at the end; empty if it is not known."""


@dataclass(frozen=True)
class Text:
    """A converted text."""

    body: str
    anchors: frozenset[str] = frozenset()
    """The ids of its page that links point to."""
    files: tuple[str, ...] = ()
    """The files of the export that it uses."""
    missing: tuple[str, ...] = ()
    """The addresses of images that are not at hand, and were replaced by links."""
    notes: tuple[str, ...] = ()
    incomplete: tuple[str, ...] = ()
    """Parts of the original that are missing."""
    refused: str = ""
    """Why it cannot be imported; empty if it can."""


class _Links:
    """Rewrites the links and images of one text."""

    def __init__(self, item: Item, path: str, rewrites: LinkRewrites) -> None:
        self.item, self.path, self.rewrites = item, path, rewrites
        self.base = resolved(f"{rewrites.site}/", item.addresses[0]) or "/" if item.addresses else f"{rewrites.site}/"
        self.notes: dict[str, None] = {}
        self.files: dict[str, None] = {}
        self.gone: set[str] = set()
        """Ids of its own page that do not exist any more."""

    def link(self, old: str) -> str:
        """Return the new target of a link; empty if it leads nowhere."""
        what, path, fragment = split_target(old)
        if what in ("filename", "static", "attach", ""):
            found = self._to_source(old, what, path, fragment)
            found = self._to_file(what, path) if found is None else found
            if found is not None:
                return found
        if what or is_script(old) or old.startswith("data:") or split_url(old) is None:
            self.notes[f"a link that leads nowhere was replaced by its text: {old[:80]}"] = None
            return ""
        return self._elsewhere(old)

    def image(self, old: str) -> str:
        """Return the new address of an image; empty if it is not at hand."""
        what, path, _ = split_target(old)
        found = self._to_file(what, path)
        if found:
            return found
        address = self.absolute(old)
        if address in self.rewrites.fetched:
            return f"{{static}}/{self.rewrites.fetched[address]}"
        host = origin_of("/".join(address.split("/")[:3]))
        return address if address and (self.rewrites.allowed is None or host in self.rewrites.allowed) else ""

    def absolute(self, old: str) -> str:
        """Return the absolute address of an image; empty if it has none on the web."""
        address = resolved(self.base, old) or ""
        return address if address.startswith(("http://", "https://")) and len(address) < 2000 else ""  # noqa: PLR2004 - as browsers

    def _to_source(self, old: str, what: str, path: str, fragment: str) -> str | None:
        """Return the link to a new source; empty if readers would not find it, None if it leads to no source."""
        if what == "filename":
            source = self.rewrites.paths.get(content_path(self.item.origin, path), "")
        elif what or (not path and "?" not in old):
            source = "" if what else self.path
        else:
            relative = normpath(join(dirname(self.item.origin), unquote(path)))
            source = self.rewrites.old_site.source_at(self.base, old) or self.rewrites.paths.get(relative, "")
        if not source:
            return None
        if source == self.path and fragment:
            return "" if fragment in self.gone else f"#{fragment}"
        if source not in self.rewrites.public and self.path in self.rewrites.public:
            self.notes[f"a link to {source}, which is not public, was replaced by its text"] = None
            return ""
        return f"{{filename}}/{source}" + (f"#{fragment}" if fragment else "")

    def _to_file(self, what: str, path: str) -> str | None:
        if not path or "://" in path or what == "filename":
            return None
        if what:
            candidates = [content_path(self.item.origin, path)]
        else:
            plain = unquote(path)
            near = normpath(join(dirname(self.item.origin), plain.lstrip("/")))
            candidates = [] if plain.startswith("/") else [near]
            candidates += [
                f"{folder}{plain.lstrip('/')}"
                for folder in ("", "static/", "assets/", "public/", "content/", "source/")
            ]
        found = next((each for each in candidates if each in self.rewrites.files), None)
        if found is None:
            return None
        self.files[found] = None
        return f"{{static}}/{self.rewrites.files[found]}"

    def _elsewhere(self, old: str) -> str:
        """Return the target of a link to another site, or to a page of the old one that is not imported."""
        parts = split_url(old)
        if parts is None or (parts.scheme and parts.scheme not in ("http", "https")):
            return old if parts else ""
        if not parts.scheme and not parts.netloc and not self.rewrites.site:
            self.notes[f"a link of the old site was replaced by its text: {old[:80]}"] = None
            return ""
        address = f"https:{old}" if old.startswith("//") else resolved(self.base, old) or ""
        if address in self.rewrites.fetched:
            return f"{{static}}/{self.rewrites.fetched[address]}"
        is_old_site = host_of(address) in self.rewrites.old_site.hosts
        if is_old_site and key_of(address) in self.rewrites.attachments:
            image = self.rewrites.attachments[key_of(address)]
            return self.image(image) or image
        if not parts.scheme or is_old_site:
            self.notes[f"link to the old site: {address[:200]}"] = None
        return address


def text_of(item: Item, path: str, rewrites: LinkRewrites, to_html: ToHtml) -> Text:
    """Return the converted text of `item` for the new source `path`; `to_html` converts Markdown as this site does."""
    links = _Links(item, path, rewrites)
    found = _converted(item, links, to_html)
    own = frozenset(
        each.partition("#")[2] for each in re.findall(r"""(?:\]\(|\]:\s*|href=["'])#[^)"'\s]+""", found.body)
    )
    gone = {unquote(each) for each in own} - found.anchors - _ids(to_html(found.body) if own else "")
    if gone and not found.refused:
        links.gone = gone
        found = _converted(item, links, to_html)
        shown = ", ".join(f"#{each}" for each in sorted(gone)[:_MOST_SHOWN])
        links.notes[f"links to places that are gone were replaced by their text: {shown}"] = None
    return replace(found, files=tuple(links.files), notes=(*links.notes, *found.notes))


def _converted(item: Item, links: _Links, to_html: ToHtml) -> Text:
    links.files.clear()
    markdown = None if item.markdown is None else without_control(item.markdown).strip("\n")
    html = without_control(item.html)
    wanted = links.rewrites.wanted.get(links.path, frozenset())
    if markdown is not None:
        html = to_html(markdown) if item.native else _PARSER.render(markdown)
        kept = _kept(markdown, html, links, to_html, native=item.native)
        if kept is not None:
            return Text(kept, _ids(to_html(kept)) & wanted if wanted else wanted, notes=_html_note(markdown))
        html = re.sub(r'<a class="headerlink".*?</a>', "", html)
    change = LinkChange(links.link, links.image, links.absolute)
    try:
        found = converted(html, to_html, wanted=wanted, change=change)
    except TooDeepError:
        return Text("", refused="its HTML is nested too deep")
    incomplete = list(found.lost)
    lost = _lost_words(html, found.html)
    if lost:
        incomplete.append(f"the words {' '.join(lost[:_MOST_SHOWN])}")
    notes = [f"an embedded page was replaced by a link: {each}" for each in found.embeds]
    notes += [f"{found.raw} {noun(found.raw, 'block stays', 'blocks stay')} HTML"] if found.raw else []
    missing = tuple(dict.fromkeys(change.missing))
    return Text(found.text, _ids(found.html) & wanted, (), missing, tuple(notes), tuple(incomplete))


def _kept(markdown: str, html: str, links: _Links, to_html: ToHtml, *, native: bool) -> str | None:
    """Return `markdown` with only its links rewritten; None if it would become other HTML on this site."""
    if _FORBIDDEN.search(markdown) or ("{:" in markdown and not native):
        return None
    if not native and not is_equivalent(html, to_html(markdown)):
        return None
    lines = markdown.split("\n")
    rewritten: list[tuple[int, int, str, str]] = []
    for each in references(markdown):
        old = unescape(each.target)
        if each.kind == "image" and each.alt is None:
            return None
        now = links.image(old) if each.kind == "image" else links.link(old)
        if not now or not each.target or re.search(r"[\s()<>\"]", now):
            return None
        if now != old:
            rewritten.append((*each.target_at, each.target, now))
    for line, column, old, now in sorted(rewritten, reverse=True):
        text = lines[line - 1]
        is_autolink = text[column - 2 : column - 1] == "<" and text[max(0, column - 4) : column - 2] not in ("](", "]:")
        if not text.startswith(old, column - 1) or is_autolink:
            return None
        lines[line - 1] = text[: column - 1] + now + text[column - 1 + len(old) :]
    return "\n".join(lines)


def _html_note(markdown: str) -> tuple[str, ...]:
    return ("it contains HTML",) if re.search(r"^<(?:div|table|figure)\b", markdown, re.MULTILINE) else ()


def _ids(html: str) -> frozenset[str]:
    return frozenset(unescape(each) for each in re.findall(r"""\bid=["']?([^"'\s>]+)""", html))


def _lost_words(html: str, built: str) -> list[str]:
    """Return the words of `html` that are not in `built` or its captions, except the numbers of footnotes."""
    captions = " ".join(re.findall(r'\stitle="([^"]*)"', built))
    apart = _TAG.sub(" ", built)  # a link that replaces an image may touch a word
    lost = Counter(_words(html)) - (Counter(_words(built)) | Counter(_words(apart))) - Counter(_words(captions))
    return [word for word in lost if not re.fullmatch(r"\d{1,3}|[ivx]+|back|return", word, re.IGNORECASE)]


def _words(html: str) -> Iterable[str]:
    text = unescape(_TAG.sub(" ", _INLINE_TAG.sub("", _DROPPED.sub(" ", html))))
    return re.findall(r"[^\W_]+", text)


_PARSER = (
    MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).use(footnote_plugin).use(deflist_plugin)
)
"""GitHub's dialect with footnotes and definition lists: what most generators read."""
