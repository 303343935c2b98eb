"""Text in a normal form for comparison: decoded as browsers and programs would do it, and without typography.

A text is split into runs: what is between two block tags, in one attribute, or in one comment. Words are compared in
lower case, without apostrophes, soft hyphens and directional marks.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

from ...values import dataclass

DEPTH = 4
"""How many layers of encoding may be nested, such as a percent-encoded address in HTML that is escaped in a feed."""

_INLINE = (
    "a|abbr|acronym|b|bdi|bdo|big|br|cite|code|data|del|dfn|em|font|i|img|ins|kbd|mark|q|s|samp|small|span|strike|strong|sub"
    "|label|nobr|rb|ruby|sup|textPath|time|tspan|tt|u|var|wbr"
)
# Patterns and no parser, since the text need not be HTML, and a false match is better than a miss
_INSIDE = r"(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+"
_TAG = re.compile(rf"</?(?P<name>[A-Za-z][\w:.-]*)(?P<inside>{_INSIDE})>")
_BLOCK = re.compile(
    rf"(</?(?!(?:{_INLINE})\b)[A-Za-z][\w:.-]*{_INSIDE}>|<!\[CDATA\[|\]\]>|<!--|-->|<[!?][^<>]*>)", re.IGNORECASE
)
_ATTRIBUTE = re.compile(r"""(?P<name>[\w:.-]+)\s*=\s*(?:"(?P<a>[^"]*)"|'(?P<b>[^']*)'|(?P<c>[^\s"'>]+))""")
_NOTE = re.compile(r"<sup\b[^<>]*>\s*<a\b[^<>]*>[^<>]*</a>\s*</sup>", re.IGNORECASE)
_UNICODE = re.compile(r"\\u(?P<json>[0-9a-fA-F]{4})|\\(?P<css>[0-9a-fA-F]{2,6}) ?")
_LINE = re.compile(r"\\[nrt]")
_PERCENT = re.compile(r"(?:%[0-9a-fA-F]{2})+")
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff"
)
"""Invisible characters: soft hyphens, joiners, directional marks, variation selectors, tags."""
_IGNORED = re.compile(f"[{_INVISIBLE}'\u2018\u2019\u201b\u02bc\u2032]")
_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_WORD = re.compile(rf"[{_IDEOGRAPHS}]|[^\W_{_IDEOGRAPHS}]+")
_PIECE = re.compile(r"[^\w\s'\u2018\u2019\u2032\u00ad\u2011-]+|\s[-\u2011]+\s|[\r\n]+")
_KEYWORD_ATTRIBUTES = frozenset(
    (
        *("as", "charset", "class", "crossorigin", "dir", "http-equiv", "lang", "loading", "media", "method", "name"),
        *("property", "rel", "role", "scope", "sizes", "type", "version", "xml:lang", "xmlns"),
    )
)
"""Attributes whose values are keywords, and not an author's words."""


@dataclass(frozen=True, slots=True)
class Run:
    """A continuous text, decoded."""

    text: str
    is_prose: bool = True
    """False if it is the value of an attribute for keywords, where one word means nothing."""


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of `text` in the form in which they are compared."""
    return tuple(_WORD.findall(unicodedata.normalize("NFKC", _IGNORED.sub("", text)).casefold()))


def pieces(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the words of each piece of `text` between punctuation marks."""
    return (found for piece in _PIECE.split(text) if (found := words_of(piece)))


def chunks(text: str) -> list[str]:
    """Split `text` at its block tags, which are chunks of their own; joined, the chunks are `text` again."""
    return _BLOCK.split(text)


def runs(chunk: str, depth: int = DEPTH) -> Iterator[Run]:
    """Yield every run of `chunk`, decoded in up to `depth` layers."""
    for tag in _TAG.finditer(chunk):
        for each in _ATTRIBUTE.finditer(tag["inside"]):
            value = each["a"] or each["b"] or each["c"] or ""
            yield from _decoded(value, depth, is_prose=each["name"].lower() not in _KEYWORD_ATTRIBUTES)
    for text in _without_tags(chunk):
        yield from _decoded(text, depth)


def _without_tags(chunk: str) -> Iterator[str]:
    """Yield `chunk` without tags, so that "mo<em>re</em>" is one word, and again with a space for each tag."""
    if "<" not in chunk:
        yield chunk
        return
    plain = _NOTE.sub("", chunk)
    joined, apart = _TAG.sub("", plain), _TAG.sub(" ", plain)
    yield joined
    if apart != joined:
        yield apart


def _decoded(text: str, depth: int, *, is_prose: bool = True) -> Iterator[Run]:
    plain = decoded(text)
    if plain != text and depth and "<" in plain:
        yield from (run for chunk in chunks(plain) for run in runs(chunk, depth - 1))
    elif plain != text and depth:
        yield from _decoded(plain, depth - 1, is_prose=is_prose)
    elif plain.strip():
        yield Run(plain, is_prose)


def decoded(text: str) -> str:
    """Return `text` with one layer of encoding removed: entities, escapes of JSON and CSS, percent-encoding."""
    if "&" in text:
        text = html.unescape(text)
    if "\\" in text:
        text = _LINE.sub(" ", _UNICODE.sub(_character, text))
    if "%" in text:
        text = _PERCENT.sub(lambda match: unquote(match[0]), text)
    return text


def _character(match: re.Match[str]) -> str:
    number = int(match["json"] or match["css"], 16)
    in_range = number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF  # noqa: PLR2004 - the ends of Unicode
    return chr(number) if in_range else " "
