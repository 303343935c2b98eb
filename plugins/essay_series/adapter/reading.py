"""Pelican's reader of Markdown, with the slow part done on all cores before Pelican asks for it.

The slow part, Markdown and typography, is a function of the text and the settings alone. Processes forked from this one
do their share of it and hand back plain words; whatever does not come back is done here, when it is asked for.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, cast

import smartypants
from pelican import readers
from pelican.utils import pelican_open
from typogrify import filters

from .quickening import TYPESET
from .settings import Settings
from .waiting import PROGRESS

WORTH_A_FORK = 30
"""Texts that one process converts in less time than two need to start and to talk; measured on two cores."""

Converted = tuple[str, dict[str, list[str]], dict[str, str]]
"""A text as HTML, the words of its header, and those of them that are Markdown, each with its HTML."""


CONVERTED: dict[str, Converted] = {}
"""What was converted beforehand, by path. Pelican makes its readers itself, so it lies where they find it."""
READ: set[str] = set()
"""The files that were read here, by path, and not by a reader of somebody else's."""


class MarkdownReader(readers.MarkdownReader):
    """Reads as Pelican's own, which it takes the place of, and tells the same."""

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """Return the HTML and the metadata of the file `source_path`."""
        self._source_path = source_path
        READ.add(source_path)
        if source_path in CONVERTED:
            html, header, formatted = CONVERTED.pop(source_path)
        else:
            html, header, formatted = Converter(self.settings).convert(source_path)
        self._md: Any = _Answers(formatted)
        return html, self._parse_metadata(header)


@dataclass(frozen=True)
class _Answers:
    """Stands in for Markdown where Pelican asks for the HTML of a header's words, which is known."""

    known: Mapping[str, str]

    @property
    def preprocessors(self) -> _Answers:
        return self

    def deregister(self, name: str) -> None:
        """There is nothing to deregister."""

    def reset(self) -> None:
        """There is nothing to reset."""

    def convert(self, text: str) -> str:
        return self.known[text]


@dataclass(frozen=True)
class Converter:
    """Turns sources into HTML as Pelican does, under one set of settings."""

    settings: Settings

    def convert(self, source_path: str) -> Converted:
        """Return what is made of the Markdown file `source_path`."""
        text_converter = cast("Any", readers).Markdown(**self.settings["MARKDOWN"])
        with pelican_open(source_path) as text:
            html = text_converter.convert(text)
        header: dict[str, list[str]] = getattr(text_converter, "Meta", {})
        fields = [name for name in header if name.lower() in self.settings["FORMATTED_FIELDS"]]
        if fields:
            text_converter.preprocessors.deregister("meta")
        formatted = {}
        for words in ("\n".join(header[name]) for name in fields):
            formatted[words] = text_converter.reset().convert(words)
        return html, header, formatted

    def typeset(self, converted: Converted) -> Iterator[tuple[str, str]]:
        """Yield every piece of `converted` that Pelican puts through typography, and what becomes of it."""
        if self.settings["TYPOGRIFY"]:
            html, header, formatted = converted
            for piece in (html, *header.get("title", ())[:1], *formatted.values()):
                yield piece, _typogrify(piece, self.settings)


def prepare(paths: Collection[str], settings: Settings) -> None:
    """Convert the Markdown files `paths` on all cores, for readers to find; on one core, or for few, do nothing."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    READ.clear()
    forget_texts()
    if cores < 2 or len(paths) < WORTH_A_FORK or not hasattr(os, "fork"):  # noqa: PLR2004 - alone, or with others
        return
    smartypants.Attr.default = dashes(settings)
    in_order = sorted(paths)
    shares = [in_order[number::cores] for number in range(cores)]
    others = [_fork(share, settings) for share in shares[1:]]
    _take(_work(shares[0], settings, PROGRESS.step, len(in_order)))
    for child, pipe in others:
        _take(_received(child, pipe))


def forget_texts() -> None:
    """Forget what was converted beforehand: Pelican has it, or will never ask for it."""
    CONVERTED.clear()
    TYPESET.clear()


def _work(
    paths: Sequence[str], settings: Settings, say: Callable[[str, int, int], None] = lambda *_: None, of: int = 0
) -> tuple[dict[str, Converted], dict[str, str]]:
    converter = Converter(settings)
    texts = {}
    for number, path in enumerate(paths):
        say("convert texts", number * of // max(len(paths), 1), of)
        texts[path] = converter.convert(path)
    return texts, {piece: done for text in texts.values() for piece, done in converter.typeset(text)}


def _take(done: tuple[dict[str, Converted], dict[str, str]]) -> None:
    CONVERTED.update(done[0])
    TYPESET.update(done[1])


def _fork(paths: Sequence[str], settings: Settings) -> tuple[int, int]:
    """Start a process that converts `paths`; return it, and where it writes."""
    here, there = os.pipe()
    child = os.fork()
    if child:
        os.close(there)
        return child, here
    code = 1
    try:
        os.close(here)
        with os.fdopen(there, "wb") as pipe:
            pipe.write(marshal.dumps(_work(paths, settings)))
        code = 0
    finally:
        os._exit(code)


def _received(child: int, pipe: int) -> tuple[dict[str, Converted], dict[str, str]]:
    """Return what the process `child` has done; nothing if it failed, which leaves its share to be done here."""
    with os.fdopen(pipe, "rb") as data:
        words = data.read()
    _, status = os.waitpid(child, 0)
    with suppress(EOFError, ValueError, TypeError):
        if status == 0:
            texts, typeset = marshal.loads(words)  # noqa: S302 - from a process of our own, through no file
            return texts, typeset
    return {}, {}


def _typogrify(text: str, settings: Settings) -> str:
    omitted = dict.fromkeys(settings["TYPOGRIFY_OMIT_FILTERS"], False)
    return str(filters.typogrify(text, settings["TYPOGRIFY_IGNORE_TAGS"], **omitted))


def dashes(settings: Settings) -> int:
    """Return the attributes that Pelican gives to smartypants before each file."""
    attributes = smartypants.Attr
    kinds = {"oldschool": attributes.set2, "oldschool_inverted": attributes.set3}
    return int(kinds.get(settings["TYPOGRIFY_DASHES"], attributes.set1) | attributes.w)
