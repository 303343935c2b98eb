"""One text of an export as Markdown of ours: links and images put to where they lead now, and what was lost, told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import unescape
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from ..sources.embeds import host_of as loaded_from
from ..sources.embeds import is_script
from ..sources.markup import content_path, references, split_target
from ..urls import joined, parts_of
from .item import Item, without_control
from .markup.convert import ToHtml, converted, is_lawful
from .markup.figures import TreeChange
from .markup.tree import TooDeepError
from .places import Places, host_of, key_of

IMAGES = "images"
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
    """Where everything is now; the same for all texts of an import."""

    places: Places
    paths: Mapping[str, str]
    """New sources, by what the export calls them, for links of Pelican's."""
    public: frozenset[str]
    """The new sources that readers will find."""
    files: Mapping[str, str] = field(default_factory=dict)
    """New files, below our content folder, by their paths in the export."""
    fetched: Mapping[str, str] = field(default_factory=dict)
    """New files, by the addresses that they were fetched from."""
    allowed: frozenset[str] | None = frozenset()
    """Hosts from which pages may load; None for all."""
    wanted: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The names of places that links lead to, by the new source they lie in."""
    attachments: Mapping[str, str] = field(default_factory=dict)
    """The addresses of images, by the keys of the addresses of the pages that show one alone."""
    site: str = ""
    """The address of the old site, without a slash at the end; empty where it is not known."""


@dataclass(frozen=True)
class Text:
    """A text as it will be here."""

    body: str
    anchors: frozenset[str] = frozenset()
    """Those of the wanted places that its page has."""
    files: tuple[str, ...] = ()
    """The files of the export that it shows."""
    missing: tuple[str, ...] = ()
    """The addresses of images that are not at hand; links to them stand in their place."""
    raw: int = 0
    """How many blocks stay HTML."""
    notes: tuple[str, ...] = ()
    incomplete: tuple[str, ...] = ()
    refused: str = ""
    """Why it cannot be brought in at all; empty where it can."""


class _Links:
    """Resolves the links and images of one text."""

    def __init__(self, item: Item, path: str, rewrites: LinkRewrites) -> None:
        self.item, self.path, self.rewrites = item, path, rewrites
        self.base = joined(f"{rewrites.site}/", item.addresses[0]) or "/" if item.addresses else f"{rewrites.site}/"
        self.own = key_of(self.base) if item.addresses else ""
        self.notes: dict[str, None] = {}
        self.files: dict[str, None] = {}
        self.gone: set[str] = set()

    def link(self, old: str) -> str:
        """Return where a link leads now; empty for nowhere."""
        what, path, fragment = split_target(old)
        if what in ("filename", "static", "attach", ""):
            found = self._to_source(old, what, path, fragment)
            found = self._to_file(what, path) if found is None else found
            if found is not None:
                return found
        if what or is_script(old) or old.startswith("data:") or parts_of(old) is None:
            self.notes[f"a link that leads nowhere is words now: {old[:80]}"] = None
            return ""
        return self._elsewhere(old)

    def image(self, old: str) -> str:
        """Return where an image is now; empty where it is not at hand."""
        what, path, _ = split_target(old)
        found = self._to_file(what, path)
        if found:
            return found
        whole = self.whole(old)
        if whole in self.rewrites.fetched:
            return f"{{static}}/{self.rewrites.fetched[whole]}"
        host = loaded_from(whole.split("/", 3)[0] + "//" + whole.split("/", 3)[2]) if whole.count("/") > 1 else ""
        return whole if whole and (self.rewrites.allowed is None or host in self.rewrites.allowed) else ""

    def whole(self, old: str) -> str:
        """Return the whole address of an image; empty where it has none that could be asked for."""
        address = joined(self.base, old) or ""
        return address if address.startswith(("http://", "https://")) and len(address) < 2000 else ""  # noqa: PLR2004 - as browsers

    def _to_source(self, old: str, what: str, path: str, fragment: str) -> str | None:
        if what == "filename":
            source = self.rewrites.paths.get(content_path(self.item.where, path), "")
        elif what or (not path and "?" not in old):
            source = "" if what else self.path
        else:
            relative = normpath(join(dirname(self.item.where), unquote(path)))
            source = self.rewrites.places.source_at(self.base, old) or self.rewrites.paths.get(relative, "")
        if not source:
            return None
        if source == self.path and fragment:
            return "" if fragment in self.gone else f"#{fragment}"
        if source not in self.rewrites.public and self.path in self.rewrites.public:
            self.notes[f"a link to {source}, which readers will not find, is words now"] = None
            return ""
        return f"{{filename}}/{source}" + (f"#{fragment}" if fragment else "")

    def _to_file(self, what: str, path: str) -> str | None:
        if not path or "://" in path or what == "filename":
            return None
        if what:
            candidates = [content_path(self.item.where, path)]
        else:
            plain = unquote(path)
            near = normpath(join(dirname(self.item.where), plain.lstrip("/")))
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
        parts = parts_of(old)
        if parts is None:
            return ""
        if parts.scheme and parts.scheme not in ("http", "https"):
            return old
        if not parts.scheme and not parts.netloc and not self.rewrites.site:
            self.notes[f"a link of the old site is words now: {old[:80]}"] = None
            return ""
        whole = joined(self.base, old) or ""
        whole = f"https:{old}" if old.startswith("//") else whole
        if whole in self.rewrites.fetched:
            return f"{{static}}/{self.rewrites.fetched[whole]}"
        if key_of(whole) in self.rewrites.attachments and host_of(whole) in self.rewrites.places.hosts:
            return self.image(self.rewrites.attachments[key_of(whole)]) or self.rewrites.attachments[key_of(whole)]
        if not parts.scheme or host_of(whole) in self.rewrites.places.hosts:
            self.notes[f"link to the old site: {whole[:200]}"] = None
        return whole


def text_of(item: Item, path: str, rewrites: LinkRewrites, to_html: ToHtml) -> Text:
    """Return the text of `item`, which will lie at `path`.

    Args:
        item: what is brought in.
        path: the new source.
        rewrites: where everything is now.
        to_html: Markdown as the site has it set up.

    """
    links = _Links(item, path, rewrites)
    found = _converted(item, links, to_html)
    own = frozenset(
        each.partition("#")[2] for each in re.findall(r"""(?:\]\(|\]:\s*|href=["'])#[^)"'\s]+""", found.body)
    )
    gone = {unquote(each) for each in own} - found.anchors - _ids(to_html(found.body) if own else "")
    if gone and not found.refused:
        links.gone = gone
        found = _converted(item, links, to_html)
        told = ", ".join(f"#{each}" for each in sorted(gone)[:_MOST_SHOWN])
        links.notes[f"links to places that are gone are words now: {told}"] = None
    return Text(
        found.body,
        found.anchors,
        tuple(links.files),
        found.missing,
        found.raw,
        (*links.notes, *found.notes),
        found.incomplete,
        found.refused,
    )


def _converted(item: Item, links: _Links, to_html: ToHtml) -> Text:
    links.files.clear()
    markdown = None if item.markdown is None else without_control(item.markdown).strip("\n")
    html = without_control(item.html)
    wanted = links.rewrites.wanted.get(links.path, frozenset())
    if markdown is not None:
        html = to_html(markdown) if item.native else _PARSER.render(markdown)
        kept = _kept(markdown, html, links, to_html, native=item.native)
        if kept is not None:
            return Text(kept, _ids(to_html(kept)) & wanted if wanted else frozenset(), notes=_note_of(markdown))
        html = _without_own(html)
    change = TreeChange(links.link, links.image, links.whole)
    try:
        found = converted(html, to_html, wanted=wanted, change=change)
    except TooDeepError:
        return Text("", refused="its HTML is nested deeper than a page can be")
    incomplete = [f"{each} has no place in a text" for each in found.lost]
    left = _lost_words(html, found.html)
    if left:
        incomplete.append(f"words of its HTML are lost: {' '.join(left[:_MOST_SHOWN])}")
    notes = [f"what it showed is a link now: {each}" for each in found.embeds]
    notes += [f"{found.raw} {'block stays' if found.raw == 1 else 'blocks stay'} HTML"] if found.raw else []
    anchors = _ids(found.html) & wanted if wanted else frozenset()
    return Text(
        found.text, anchors, (), tuple(dict.fromkeys(change.missing)), found.raw, tuple(notes), tuple(incomplete)
    )


def _kept(markdown: str, html: str, links: _Links, to_html: ToHtml, *, native: bool) -> str | None:
    """Return the Markdown as its author wrote it, with its links turned; None where it means something else here."""
    if _FORBIDDEN.search(markdown) or ("{:" in markdown and not native):
        return None
    if not native and not is_lawful(html, to_html(markdown)):
        return None
    lines = markdown.split("\n")
    turned: list[tuple[int, int, str, str]] = []
    for each in references(markdown):
        old = unescape(each.target)
        if each.kind == "image" and each.alt is None:
            return None
        now = links.image(old) if each.kind == "image" else links.link(old)
        if not now or not each.target or re.search(r"[\s()<>\"]", now):
            return None
        if now != old:
            turned.append((*each.target_at, each.target, now))
    for line, column, old, now in sorted(turned, reverse=True):
        text = lines[line - 1]
        is_bare = text[column - 2 : column - 1] == "<" and text[max(0, column - 4) : column - 2] not in (
            "](",
            "]:",
            "]: ",
        )
        if not text.startswith(old, column - 1) or is_bare:
            return None
        lines[line - 1] = text[: column - 1] + now + text[column - 1 + len(old) :]
    return "\n".join(lines)


def _note_of(markdown: str) -> tuple[str, ...]:
    return ("some HTML stands in it",) if re.search(r"^<(?:div|table|figure)\b", markdown, re.MULTILINE) else ()


def _without_own(html: str) -> str:
    """Return HTML that Markdown made, without the links that it adds to headings."""
    return re.sub(r'<a class="headerlink".*?</a>', "", html)


def _ids(html: str) -> frozenset[str]:
    return frozenset(unescape(each) for each in re.findall(r"""\bid=["']?([^"'\s>]+)""", html))


def _lost_words(html: str, built: str) -> list[str]:
    """Return the words of `html` that `built` lacks, but for the numbers of notes."""
    lost = Counter(_words(html)) - Counter(_words(built))
    return (
        [word for word in lost if not re.fullmatch(r"\d{1,3}|[ivx]+|back|return", word, re.IGNORECASE)] if lost else []
    )


def _words(html: str) -> Iterable[str]:
    text = unescape(_TAG.sub(" ", _INLINE_TAG.sub("", _DROPPED.sub(" ", html))))
    return re.findall(r"[^\W_]+", text)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return parser.use(footnote_plugin).use(deflist_plugin)


_PARSER = _parser()
