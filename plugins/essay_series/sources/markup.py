"""Finds links and images in a Markdown source, with line and column.

Rendered HTML has lost the line numbers, so the source itself is scanned, after `masked` has blanked code and comments.
Markdown syntax is matched by regular expressions; raw HTML is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from posixpath import dirname, join, normpath
from typing import Literal
from urllib.parse import unquote

from ..htmltext import Attribute, Element, Places, elements
from ..values import dataclass
from .masked import blanked, without_code

_UNESCAPED = r"(?<!(?<!\\)\\)"
_WORD = r"(?:[^\s()]|\([^()\n]*\))+"
_LONGEST, _TITLE = 4000, 500
"""The longest address or tag, and the longest link title; without a limit, unclosed ones take quadratic time."""
_TARGET = rf"(?P<target><[^>\n]{{0,{_LONGEST}}}>|(?:{_WORD}(?: +(?![\"']){_WORD})*)?)"
_INLINE = (
    r"(?P<text>(?:\\.|[^\[\]\\]|\[[^\[\]]*\])*)\]\(\s*"
    + _TARGET
    + rf"\s*(?:[\"'](?:(?!\n[^\S\n]*\n)[\s\S]){{0,{_TITLE}}}?[\"']\s*)?\)"
)
_IMAGE = re.compile(rf"!\[(?<!(?<!\\)\\!\[){_INLINE}")
_LINK = re.compile(rf"\[(?<!(?<!\\)\\\[){_INLINE}")
_IMAGE_REFERENCE = re.compile(rf"{_UNESCAPED}!\[(?P<text>[^\[\]]*)\] ?\[(?P<label>[^\[\]]*)\]")
_DEFINITION = re.compile(
    r"^ {0,3}\[(?!\^)(?P<label>[^\[\]]+)\]: *(?:\n *)?(?P<target>\S+)"
    r" *(?:\n? *(?:\"[^\n]*\"|'[^\n]*'|\([^\n]*\)) *)?$",
    re.MULTILINE,
)
_AUTOLINK = re.compile(rf"{_UNESCAPED}(?P<target><https?://[^<>\s]+>)", re.IGNORECASE)
_IN_PARAGRAPH = r"\n(?![^\S\n]*\n)"
_HTML = re.compile(
    r"(?P<block>^ {0,3}</?[a-z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*+>)"
    rf"|(?P<inline></?[a-z](?:[^<>\"'\n]|{_IN_PARAGRAPH}|\"(?:[^\"\n]|{_IN_PARAGRAPH})*\"|'(?:[^'\n]|{_IN_PARAGRAPH})*')*+>)"
    rf"|(?P<odd></?[a-z](?:[^<>\n]|{_IN_PARAGRAPH})*+>)|<",
    re.IGNORECASE | re.MULTILINE,
)
"""A tag as Markdown reads it: at the start of a line, in a paragraph, or with an unpaired quotation mark; other ``<``
match without a group."""
_MEDIA = frozenset(("img", "source", "video", "audio", "embed", "track"))
_SPAN_END = re.compile(r"</span\s*>", re.IGNORECASE)
_PELICAN_LINK = re.compile(r"[{|](?P<what>[A-Za-z \t]*)[|}](?P<rest>.*)", re.DOTALL)
_LINKS = (("<", _AUTOLINK), ("](", _LINK), ("]:", _DEFINITION))
"""The pattern of each kind of Markdown link, with a string that must be in the text before it is worth trying."""


INDICATORS = ("attach", "author", "category", "filename", "index", "static", "tag")
"""The words that Pelican resolves between braces, as in ``{filename}``."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A link or an image in a source; lines and columns count from 1."""

    kind: Literal["link", "image"]
    target: str
    """The address as it is written, with character references."""
    line: int
    column: int
    alt: str | None = None
    """An image's alternative text; None if it has none."""
    target_at: tuple[int, int] = (0, 0)
    """Line and column of the target's first character; `line` and `column` of an image are where the image starts."""

    @property
    def address(self) -> str:
        """The target as a browser reads it, with character references decoded."""
        return unescape(self.target).strip()


@dataclass(frozen=True, slots=True)
class MarkedPhrase:
    """A phrase that is marked as a promise, with its name; lines and columns count from 1."""

    name: str
    phrase: str
    line: int
    column: int


def references(text: str, first_line: int = 1) -> list[Reference]:
    """Return every link and image of the Markdown `text`, which begins at line `first_line` of its file, in order."""
    masked = without_code(text)
    place = Places(text, first_line)
    tags = html_in(masked)
    images, rest = _images(masked, tags, place)
    links = {
        match.start("target"): _link(match, place)
        for needed, pattern in _LINKS
        if needed in rest
        for match in pattern.finditer(rest)
    }
    links |= {each.start: _linked(each, place) for tag in tags for each in _links_of(tag)}
    return sorted([*images, *links.values()], key=lambda each: (each.line, each.column))


def html_in(masked: str, first_line: int = 1) -> list[Element]:
    """Return the raw HTML elements in Markdown whose code and comments are blanked, as `without_code` returns it."""
    if "<" not in masked:
        return []
    end = masked.rfind(">") + 1
    return elements(_HTML.sub(lambda found: found[0] if found.lastgroup else " ", masked[:end]), first_line)


def defined_images(text: str, first_line: int = 1) -> list[Reference]:
    """Return the reference-style images of `text`, ``![a match][label]``, each with the file of its definition."""
    masked = without_code(text)
    place = Places(text, first_line)
    targets = {match["label"].lower(): match["target"] for match in _DEFINITION.finditer(masked)}
    labelled = ((match, (match["label"] or match["text"]).lower()) for match in _IMAGE_REFERENCE.finditer(masked))
    return [_image(m, targets[label], place, place(m.start())) for m, label in labelled if label in targets]


def marked_phrases(text: str, first_line: int = 1) -> list[MarkedPhrase]:
    """Return the phrases that `text` marks as promises, ``<span data-promise="name">phrase</span>``."""
    place = Places(text, first_line)
    return [
        MarkedPhrase(name.value, " ".join(text[tag.end : end.start()].split()), *place(name.start))
        for tag, name, end in _promises(text)
    ]


def unmarked(text: str) -> str:
    """Return `text` without the tags that mark promises; the phrases stay."""
    spans = ((tag.start, tag.end, end.start(), end.end()) for tag, _, end in _promises(text))
    for start, behind, end, rest in sorted(spans, reverse=True):
        text = text[:start] + text[behind:end] + text[rest:]
    return text


def _promises(text: str) -> Iterator[tuple[Element, Attribute, re.Match[str]]]:
    """Yield the opening tag, the name and the closing tag of each promise in `text`."""
    if "data-promise" not in text.lower():
        return
    masked = without_code(text)
    for tag in html_in(masked):
        name = tag.get("data-promise") if tag.name == "span" else None
        end = _SPAN_END.search(masked, tag.end, tag.end + _LONGEST) if name else None
        if name and end:
            yield tag, name, end


def split_target(target: str) -> tuple[str, str, str]:
    """Split ``{what}path?query#fragment`` into what, path and decoded fragment; each may be empty."""
    target = unescape(target).strip() if "&" in target else target.strip()
    match = _PELICAN_LINK.match(target)
    what, rest = (match["what"], match["rest"]) if match else ("", target)
    path, _, fragment = rest.partition("#")
    return what, path.partition("?")[0], unquote(fragment)


def content_path(source: str, path: str) -> str:
    """Resolve `path`, as a link in the file `source` has it; both are relative to the content folder afterwards."""
    relative = unquote(path)
    return normpath(relative.lstrip("/") if relative.startswith("/") else join(dirname(source), relative))


def linked_files(source: str, written: Iterable[Reference]) -> tuple[str, ...]:
    """Return the files, relative to the content folder, that ``{filename}`` links of the file `source` lead to."""
    targets = (split_target(reference.target) for reference in written)
    return tuple(dict.fromkeys(content_path(source, path) for what, path, _ in targets if what == "filename"))


def _link(match: re.Match[str], place: Places) -> Reference:
    at = place(match.start("target"))
    return Reference("link", match["target"].strip("<>"), *at, target_at=_inside(match, place))


def _inside(match: re.Match[str], place: Places) -> tuple[int, int]:
    """Return line and column of a target's first character, after its ``<`` if it has one."""
    target = match["target"]
    return place(match.start("target") + len(target) - len(target.lstrip("<>")))


def _linked(target: Attribute, place: Places) -> Reference:
    at = place(target.start)
    return Reference("link", target.written, *at, target_at=at)


def _links_of(tag: Element) -> Iterator[Attribute]:
    """Yield the attributes of `tag` that are links: ``href`` of anchors, and any that Pelican would resolve."""
    if tag.name in _MEDIA:
        return
    is_anchor = tag.name in ("a", "area")
    for each in tag.addresses():
        if (is_anchor and each.name == "href") or is_pelican_link(each.value):
            yield each
    content = tag.get("content")
    if content and is_pelican_link(content.value):
        yield content


def is_pelican_link(target: str) -> bool:
    """Tell whether `target` is ``{filename}…`` or the like."""
    return bool(_PELICAN_LINK.match(target.strip()))


def _images(masked: str, tags: Iterable[Element], place: Places) -> tuple[list[Reference], str]:
    """Return the images, and `masked` with them blanked, so that links around images are found."""
    media = [tag for tag in tags if tag.name in _MEDIA]
    inline = list(_IMAGE.finditer(masked)) if "![" in masked else []
    by_label = _images_by_label(masked) if "![" in masked else []
    found = [_image(match, match["target"], place, _inside(match, place)) for match in inline]
    found += [_image(match, "", place, place(match.start())) for match in by_label]
    for tag in media:
        found.extend(_media(tag, place))
    spans = [match.span() for match in (*inline, *by_label)] + [(tag.start, tag.end) for tag in media]
    return found, blanked(masked, spans)


def _images_by_label(masked: str) -> list[re.Match[str]]:
    defined = {match["label"].lower() for match in _DEFINITION.finditer(masked)}
    return [m for m in _IMAGE_REFERENCE.finditer(masked) if (m["label"] or m["text"]).lower() in defined]


def _image(match: re.Match[str], target: str, place: Places, target_at: tuple[int, int]) -> Reference:
    return Reference("image", target.strip("<>"), *place(match.start()), match["text"].strip() or None, target_at)


def _media(tag: Element, place: Places) -> Iterator[Reference]:
    alt = tag.get("alt")
    own = (alt.value if alt else None) if tag.name == "img" else ""
    for each in tag.addresses():
        says = "" if each.name == "srcset" else own
        yield Reference("image", each.written, *place(tag.start), says, place(each.start))
