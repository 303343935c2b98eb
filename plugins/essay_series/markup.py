"""Links and images in a Markdown source, with the place where each is written.

The rendered HTML no longer knows the line, so the source itself is scanned: code and comments are blanked first,
every character keeping its place.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from posixpath import dirname, join, normpath
from typing import Literal
from urllib.parse import unquote

from .comments import end_of_comment

_UNESCAPED = r"(?<!(?<!\\)\\)"
_FENCE = re.compile(r"(?P<fence>`{3,}+|~{3,}+)(?P<info>.*)")
_INDENTED = re.compile(r"\n(?:    |\t)")
_CONTAINER = re.compile(r" {0,3}([*+-]|\d+[.)]|:|\[\^[^\]]+\]:)\s")
# What must not stand before a mark is looked for behind it, so that the search can leap from mark to mark
_TICKS_OR_COMMENT = re.compile(r"`(?<!(?<!\\)\\`)`*|<!--")
_TICKS = re.compile("`+")
_BLANK_LINE = re.compile(r"\n[^\S\n]*+(?=\n)")
_WORD = r"(?:[^\s()]|\([^()\n]*\))+"
_LONGEST, _TITLE = 4000, 500
"""So long may an address or a tag be, and a title; without a bound, what is never closed costs its square."""
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
    r"^ {0,3}\[(?!\^)(?P<label>[^\[\]]+)\]: *(?:\n *)?(?P<target><[^>\n]*>|\S+)"
    r" *(?:\n? *(?:\"[^\n]*\"|'[^\n]*'|\([^\n]*\)) *)?$",
    re.MULTILINE,
)
_ANCHOR = re.compile(r"<a\s(?:[^<>]*?\s)?href\s*=\s*(?P<quote>[\"'])(?P<target>[^<>]*?)(?P=quote)", re.IGNORECASE)
_AUTOLINK = re.compile(rf"{_UNESCAPED}(?P<target><https?://[^<>\s]+>)", re.IGNORECASE)
_PELICAN_ATTRIBUTE = re.compile(
    r"<[a-z][^<>]*?\s(?:href|data|cite|formaction|action|content)\s*=\s*"
    r"(?P<quote>[\"'])(?P<target>[{|][a-z]+[|}][^<>]*?)(?P=quote)",
    re.IGNORECASE,
)
_MEDIA = re.compile(rf"<(?:img|source|video|audio|embed|track)\b[^>]{{0,{_LONGEST}}}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"\s(?P<name>src|poster|alt)\s*=\s*(?P<quote>[\"'])(?P<value>.*?)(?P=quote)", re.IGNORECASE | re.DOTALL
)
_PROMISE = re.compile(
    r"<span\b[^<>]*?\sdata-promise\s*=\s*(?P<quote>[\"'])(?P<name>[^<>]*?)(?P=quote)[^<>]*>"
    rf"(?P<phrase>.{{0,{_LONGEST}}}?)</span>",
    re.IGNORECASE | re.DOTALL,
)
_PELICAN_LINK = re.compile(r"[{|](?P<what>[a-z]*)[|}](?P<rest>.*)", re.DOTALL)
_LINKS = (
    ("<", _PELICAN_ATTRIBUTE),
    ("<", _AUTOLINK),
    ("](", _LINK),
    ("]:", _DEFINITION),
    ("<", _ANCHOR),
)
"""Every kind of link, and what a text must hold for one of it."""


Place = Callable[[int], tuple[int, int]]
"""Line and column of an offset in a text."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Something that the text points at; lines and columns count from 1."""

    kind: Literal["link", "image"]
    target: str
    line: int
    column: int
    alt: str | None = None
    """An image's alternative text; None where there is none at all."""
    target_at: tuple[int, int] = (0, 0)
    """Line and column of the target's first character; an image's own place is where the image begins."""


@dataclass(frozen=True, slots=True)
class MarkedPhrase:
    """A phrase that stands in an element of HTML with a name of its own; lines and columns count from 1."""

    name: str
    phrase: str
    line: int
    column: int


def references(text: str, first_line: int = 1) -> list[Reference]:
    """Return every link and image of the Markdown `text`, in the order they are written.

    Args:
        text: the body of a source.
        first_line: number of its first line in the file.

    """
    masked = without_code(text)
    place = places(text, first_line)
    images, rest = _images(masked, place)
    links = {
        match.start("target"): _link(match, place)
        for needed, pattern in _LINKS
        if needed in rest
        for match in pattern.finditer(rest)
    }
    return sorted([*images, *links.values()], key=lambda each: (each.line, each.column))


def defined_images(text: str, first_line: int = 1) -> list[Reference]:
    """Return the images of `text` that name their file elsewhere, ``![a match][label]``, each with that file."""
    masked = without_code(text)
    place = places(text, first_line)
    targets = {match["label"].lower(): match["target"] for match in _DEFINITION.finditer(masked)}
    labelled = ((match, (match["label"] or match["text"]).lower()) for match in _IMAGE_REFERENCE.finditer(masked))
    return [_image(m, targets[label], place, place(m.start())) for m, label in labelled if label in targets]


def marked_phrases(text: str, first_line: int = 1) -> list[MarkedPhrase]:
    """Return the phrases that `text` marks as promises, ``<span data-promise="name">phrase</span>``."""
    if "data-promise" not in text:
        return []
    masked = without_code(text)
    place = places(text, first_line)
    return [
        MarkedPhrase(unescape(m["name"]), " ".join(m["phrase"].split()), *place(m.start("name")))
        for m in _PROMISE.finditer(masked)
    ]


def without_code(text: str) -> str:
    """Return the Markdown `text` with code and comments blanked, every other character in its place."""
    if "```" in text or "~~~" in text:
        text = "\n".join(_without_fenced(text.split("\n")))
    if text.startswith(("    ", "\t")) or _INDENTED.search(text):
        text = _without_indented_code(text)
    if "`" in text or "<!--" in text:
        text = _blanked(text, _code_spans_and_comments(text))
    return text


def _without_indented_code(text: str) -> str:
    lines = text.split("\n")
    in_container, after_blank = False, True
    for number, line in enumerate(lines):
        indented = line.startswith(("    ", "\t"))
        if line.strip() and indented and after_blank and not in_container:
            lines[number] = _blank(line)
            continue
        if line.strip() and not indented and (after_blank or _CONTAINER.match(line)):
            in_container = bool(_CONTAINER.match(line))
        after_blank = not line.strip()
    return "\n".join(lines)


def split_target(target: str) -> tuple[str, str, str]:
    """Split ``{what}path#fragment`` into its three parts, any of which may be empty."""
    match = _PELICAN_LINK.match(target)
    what, rest = (match["what"], match["rest"]) if match else ("", target)
    path, _, fragment = rest.partition("#")
    return what, path.partition("?")[0], unquote(fragment)


def content_path(source: str, path: str) -> str:
    """Return the path below the content folder that `path`, written in the file `source`, stands for."""
    relative = unquote(path)
    return normpath(relative.lstrip("/") if relative.startswith("/") else join(dirname(source), relative))


def linked_files(source: str, written: Iterable[Reference]) -> tuple[str, ...]:
    """Return the files below the content folder that the references of the file `source` lead to as pages."""
    targets = (split_target(reference.target) for reference in written)
    return tuple(dict.fromkeys(content_path(source, path) for what, path, _ in targets if what == "filename"))


def places(text: str, first_line: int) -> Place:
    """Return what tells line and column of each offset in `text`, whose first line has the number `first_line`."""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def place(offset: int) -> tuple[int, int]:
        line = bisect_right(starts, offset)
        return first_line + line - 1, offset - starts[line - 1] + 1

    return place


def _link(match: re.Match[str], place: Place) -> Reference:
    at = place(match.start("target"))
    return Reference("link", match["target"].strip("<>"), *at, target_at=_inside(match, place))


def _inside(match: re.Match[str], place: Place) -> tuple[int, int]:
    """Return the place of a target's first character, behind the ``<`` that may stand before it."""
    target = match["target"]
    return place(match.start("target") + len(target) - len(target.lstrip("<>")))


def _images(masked: str, place: Place) -> tuple[list[Reference], str]:
    """Return the images, and `masked` with them blanked, so that a link around one is found."""
    media = list(_MEDIA.finditer(masked))
    inline = list(_IMAGE.finditer(masked)) if "![" in masked else []
    by_label = _images_by_label(masked) if "![" in masked else []
    found = [_image(match, match["target"], place, _inside(match, place)) for match in inline]
    found += [_image(match, "", place, place(match.start())) for match in by_label]
    for match in media:
        found.extend(_media(match, place))
    return found, _blanked(masked, (match.span() for match in (*inline, *by_label, *media)))


def _images_by_label(masked: str) -> list[re.Match[str]]:
    defined = {match["label"].lower() for match in _DEFINITION.finditer(masked)}
    return [m for m in _IMAGE_REFERENCE.finditer(masked) if (m["label"] or m["text"]).lower() in defined]


def _image(match: re.Match[str], target: str, place: Place, target_at: tuple[int, int]) -> Reference:
    return Reference("image", target.strip("<>"), *place(match.start()), match["text"].strip() or None, target_at)


def _media(match: re.Match[str], place: Place) -> Iterator[Reference]:
    attributes = {a["name"].lower(): a for a in _ATTRIBUTE.finditer(match[0])}
    is_image = match[0].lower().startswith("<img")
    alt = attributes["alt"]["value"] if "alt" in attributes else None
    for name in ("src", "poster"):
        if name in attributes:
            value = attributes[name]
            target_at = place(match.start() + value.start("value"))
            yield Reference("image", value["value"], *place(match.start()), alt if is_image else "", target_at)


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return `text` with blanks in each of the `spans`, which may overlap."""
    parts: list[str] = []
    done = 0
    for start, end in sorted(spans):
        if end > done:
            parts += [text[done:start], _blank(text[max(done, start) : end])]
            done = end
    return "".join([*parts, text[done:]])


def _code_spans_and_comments(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each code span and each comment starts and ends.

    A span ends at the next run of as many ticks, in the same paragraph. This is no pattern, since a pattern tries
    every end for every start.
    """
    closing: dict[int, list[int]] = {}
    for ticks in _TICKS.finditer(text):
        closing.setdefault(len(ticks[0]), []).append(ticks.start())
    breaks = [match.start() for match in _BLANK_LINE.finditer(text)] + [len(text)]
    done = 0
    for opening in _TICKS_OR_COMMENT.finditer(text):
        start, inside = opening.span()
        if start < done:
            continue
        if opening[0] == "<!--":
            done = end_of_comment(text, start) or len(text)
        else:
            ends = closing.get(inside - start, [])
            number = bisect_left(ends, inside)
            paragraph = breaks[bisect_left(breaks, inside)]
            done = ends[number] + inside - start if number < len(ends) and ends[number] < paragraph else 0
        if done:
            yield start, done


def _without_fenced(lines: list[str]) -> list[str]:
    """Return `lines` with blanks for all that stands between a line of ticks or tildes and the next such line."""
    fences = {number: match for number, line in enumerate(lines) if (match := _FENCE.match(line))}
    closing: dict[str, list[int]] = {}
    for number, fence in fences.items():
        if not fence["info"].strip(" "):
            closing.setdefault(fence["fence"], []).append(number)
    found, done = list(lines), -1
    for number, fence in fences.items():
        ends = closing.get(fence["fence"], [])
        after = bisect_right(ends, number)
        if number > done and after < len(ends):
            done = ends[after]
            found[number : done + 1] = [_blank(line) for line in lines[number : done + 1]]
    return found
