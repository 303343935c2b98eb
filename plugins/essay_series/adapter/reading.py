"""Pelican's reader of Markdown, with the slow part done on all cores before and while Pelican asks for it.

The slow part, Markdown and typography, is a function of the text and the settings alone. Processes forked from this one
do their share of it and hand back plain words; what nobody has done is done here, when it is asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import field, replace
from functools import cached_property, partial
from typing import Any, cast

import smartypants
from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension
from pelican import readers
from pelican.utils import pelican_open
from typogrify import filters

from ..build.checked import links_from, links_in_words
from ..build.crew import Crew
from ..build.workers import workers
from ..comments import without_comments, words_alone
from ..frontmatter import Source
from ..manuscript import Manuscript
from ..markup import references
from ..values import dataclass
from .extensions import keeps_comments_back
from .quickening import ADDRESSES, TYPESET, date_of
from .settings import Settings
from .waiting import PROGRESS

WORTH_A_FORK = 30
"""Texts that one process converts in less time than two need to start and to talk; measured on two cores."""

_PACKAGE = __name__.rpartition(".adapter.")[0]

Converted = tuple[str, dict[str, list[str]], dict[str, str]]
"""A text as HTML, the words of its header, and those of them that are Markdown, each with its HTML."""
Work = tuple[Converted, dict[str, str]]
"""What is made of a file, and what becomes of each piece of it that Pelican puts through typography."""


class MarkdownReader(readers.MarkdownReader):
    """Reads as Pelican's own, which it takes the place of, and tells the same."""

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """Return the HTML and the metadata of the file `source_path`."""
        self._source_path = source_path
        done = CONVERSIONS.of(source_path)
        if done:
            (html, header, formatted), typeset = done
            TYPESET.clear()  # Pelican asks for them before it reads the next file
            TYPESET.update(typeset)
        else:
            html, header, formatted = self._converter.convert(source_path)
        self._md: Any = _Answers(formatted)
        return html, self._parse_metadata(header)

    @cached_property
    def _converter(self) -> Converter:
        return Converter(self.settings)


def without_comments_read(reader: type[readers.BaseReader]) -> type[readers.BaseReader]:
    """Return a reader of another language than Markdown that reads as `reader` does, and hands on no comment."""

    def read(self: readers.BaseReader, source_path: str) -> tuple[str, dict[str, Any]]:
        html, metadata = cast("Any", reader).read(self, source_path)
        facts = {name: words_alone(value) if isinstance(value, str) else value for name, value in metadata.items()}
        return without_comments(html), facts

    return type(reader.__name__, (reader,), {"read": read})


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
    _used: dict[str, Markdown] = field(default_factory=dict)

    def convert(self, source_path: str) -> Converted:
        """Return what is made of the Markdown file `source_path`."""
        of_texts = self._markdown("texts")
        with pelican_open(source_path) as text:
            html = of_texts.convert(text)
        header: dict[str, list[str]] = getattr(of_texts, "Meta", {})
        if keeps_comments_back(self.settings):
            header = {name: words_alone("\n".join(values)).split("\n") for name, values in header.items()}
        formatted = {}
        for words in ("\n".join(header[name]) for name in header if name.lower() in self.settings["FORMATTED_FIELDS"]):
            of_headers = self._markdown("headers")
            of_headers.preprocessors.deregister("meta", strict=False)
            formatted[words] = of_headers.convert(words)
        return html, header, formatted

    def _markdown(self, purpose: str) -> Markdown:
        """Return a Markdown that has converted nothing yet, or that knows nothing of what it has."""
        used = self._used.get(purpose)
        if used and not used.parser.state:  # else a text broke off
            return used.reset()
        made = Markdown(**self.settings["MARKDOWN"])
        if _survives_reset(made):
            self._used[purpose] = made
        return made

    def work(self, source_path: str) -> Work:
        """Return what is made of the Markdown file `source_path`, and its pieces typeset."""
        converted = self.convert(source_path)
        return converted, dict(self.typeset(converted))

    def typeset(self, converted: Converted) -> Iterator[tuple[str, str]]:
        """Yield every piece of `converted` that Pelican puts through typography, and what becomes of it."""
        if self.settings["TYPOGRIFY"]:
            html, header, formatted = converted
            for piece in (html, *header.get("title", ())[:1], *formatted.values()):
                yield piece, _typogrify(piece, self.settings)


class Conversions:
    """Texts that all cores convert, while this process does something else or waits for one of them."""

    def __init__(self) -> None:
        self._crews: list[Crew[str, Work]] = []
        self._places: dict[str, tuple[Crew[str, Work], int]] = {}

    def begin(self, paths: Collection[str], settings: Settings) -> None:
        """Let all cores begin to convert the Markdown files `paths` that they have not begun; nobody begins a few."""
        smartypants.Attr.default = dashes(settings)
        new = sorted(path for path in paths if path not in self._places)
        if len(new) < WORTH_A_FORK or workers() == 1:
            return
        crew = Crew(new, Converter(settings).work, WORTH_A_FORK)
        self._crews.append(crew)
        self._places.update({path: (crew, number) for number, path in enumerate(new)})

    def of(self, path: str) -> Work | None:
        """Return what was made of the file `path`; None where nobody has begun with it."""
        if path not in self._places:
            return None
        crew, number = self._places[path]
        return crew.result(number, partial(PROGRESS.step, "convert texts"))

    def end(self) -> None:
        """Let whoever is still at work stop: Pelican has read all, or never will."""
        for crew in self._crews:
            crew.dismiss()
        self._crews.clear()
        self._places.clear()


def _survives_reset(md: Markdown) -> bool:
    """Tell whether ``md.reset()`` makes `md` forget all it has converted.

    It does where every part of it is Python-Markdown's own or ours, and footnotes do not count the texts.
    """
    kinds = (md.preprocessors, md.parser.blockprocessors, md.treeprocessors, md.inlinePatterns, md.postprocessors)
    parts = (part for kind in (*kinds, md.registeredExtensions) for part in kind)
    known = all(type(part).__module__.startswith(("markdown.", f"{_PACKAGE}.")) for part in parts)
    notes = (each for each in md.registeredExtensions if isinstance(each, FootnoteExtension))
    return known and not any(each.getConfig("UNIQUE_IDS") for each in notes)


CONVERSIONS = Conversions()
"""Those of the build that is made; Pelican makes its readers itself, so they find them here."""


def begin_reading() -> None:
    """Forget what an earlier build of this process read."""
    forget_texts()
    ADDRESSES.forget()
    date_of.cache_clear()  # a day that names no year means this one


def looked_through(manuscript: Manuscript) -> Manuscript:
    """Return `manuscript` with the links and images of all texts that are new, which all cores look for."""
    new = manuscript.unproven
    found = Crew(new, _scan, WORTH_A_FORK).results()
    return replace(manuscript, looked_through={s.path: links_from(words) for s, words in zip(new, found, strict=True)})


def _scan(source: Source) -> str:
    return links_in_words(references(source.body, source.body_line))


def forget_texts() -> None:
    """Forget what was converted beforehand: Pelican has it, or will never ask for it."""
    CONVERSIONS.end()
    TYPESET.clear()


def _typogrify(text: str, settings: Settings) -> str:
    omitted = dict.fromkeys(settings["TYPOGRIFY_OMIT_FILTERS"], False)
    return str(filters.typogrify(text, settings["TYPOGRIFY_IGNORE_TAGS"], **omitted))


def dashes(settings: Settings) -> int:
    """Return the attributes that Pelican gives to smartypants before each file."""
    attributes = smartypants.Attr
    kinds = {"oldschool": attributes.set2, "oldschool_inverted": attributes.set3}
    return int(kinds.get(settings["TYPOGRIFY_DASHES"], attributes.set1) | attributes.w)
