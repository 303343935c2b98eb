"""Converts a source to typeset HTML; the only place where Markdown is configured and called.

Creating a `Markdown` takes about as long as converting a short text, so one is reused with its public ``reset()`` if
that clears everything; see `survives_reset`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, field
from functools import cached_property, partial
from pkgutil import iter_modules
from typing import Any

import smartypants
from markdown import Markdown, extensions
from markdown.extensions.footnotes import FootnoteExtension

from ...l10n.tags import tag_of
from ...marks import set_marks, steps_for
from ...sources.comments import value_without_comments
from ...values import dataclass
from ..cache.fingerprint import plain_words
from .typography import typogrify

META = "markdown.extensions.meta"
"""The extension that reads headers; Pelican always adds it."""
_OURS = f"{__name__.rpartition('.')[0]}."
_PURE = ("markdown.", _OURS)
"""The packages of extensions whose HTML depends only on the text and their configuration."""
_BUNDLED = frozenset(module.name for module in iter_modules(extensions.__path__))
"""The short names of Python-Markdown's own extensions."""


def configuration(markdown: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments with which Pelican calls ``Markdown`` if the setting MARKDOWN is `markdown`."""
    configured = markdown.get("extension_configs", {})
    listed = dict.fromkeys(each for each in (*markdown.get("extensions", ()), *configured, META))
    return {**markdown, "extension_configs": configured, "extensions": [*listed]}


def survives_reset(md: Markdown) -> bool:
    """Tell whether ``md.reset()`` clears everything that earlier texts left in `md`.

    It does for Python-Markdown's own parts and ours; tests compare the output with that of a new converter for each
    text. For parts of other packages this is unknown, and footnotes with ``UNIQUE_IDS`` count the texts.
    """
    kinds = (md.preprocessors, md.parser.blockprocessors, md.treeprocessors, md.inlinePatterns, md.postprocessors)
    parts = (part for kind in (*kinds, md.registeredExtensions) for part in kind)
    notes = (each for each in md.registeredExtensions if isinstance(each, FootnoteExtension))
    return all(_is_pure(type(part).__module__) for part in parts) and not any(
        each.getConfig("UNIQUE_IDS") for each in notes
    )


@dataclass
class Converter:
    """Python-Markdown under one configuration."""

    configuration: Mapping[str, Any]
    """What `Markdown` is called with."""
    without: tuple[str, ...] = ()
    """The names of preprocessors to remove."""
    _used: Markdown | None = None

    def html(self, text: str) -> str:
        """Return the HTML of `text`."""
        return self.ready().convert(text)

    def ready(self) -> Markdown:
        """Return a `Markdown` that is new or reset."""
        if self._used and not self._used.parser.state:  # it has state if an exception ended a conversion
            return self._used.reset()
        made = Markdown(**self.configuration)
        for name in self.without:
            made.preprocessors.deregister(name, strict=False)
        self._used = made if survives_reset(made) else None
        return made

    @property
    def is_reused(self) -> bool:
        """Whether the next text will be converted by the same `Markdown`."""
        return self._used is not None


@dataclass(frozen=True)
class Typography:
    """Typogrify under Pelican's settings."""

    dashes: int
    """The attributes (``smartypants.Attr``) that Pelican passes to smartypants."""
    ignored_tags: tuple[str, ...] = ()
    omitted_filters: tuple[str, ...] = ()

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Typography | None:
        """Return the typography that Pelican would apply under `settings`; None if TYPOGRIFY is off."""
        if not settings["TYPOGRIFY"]:
            return None
        attributes = smartypants.Attr
        kinds = {"oldschool": attributes.set2, "oldschool_inverted": attributes.set3}
        dashes = kinds.get(settings["TYPOGRIFY_DASHES"], attributes.set1) | attributes.w
        ignored, omitted = (tuple(settings[f"TYPOGRIFY_{name}"]) for name in ("IGNORE_TAGS", "OMIT_FILTERS"))
        return cls(int(dashes), ignored, omitted)

    def typeset(self, html: str, lang: str = "en") -> str:
        """Return `html` with typogrify applied: all filters in English, and in another `lang` those that fit it."""
        smartypants.Attr.default = self.dashes
        return str(typogrify(html, self.ignored_tags, **steps_for(lang, self.omitted_filters)))


@dataclass(frozen=True)
class TextSettings:
    """All settings that the HTML of a text depends on."""

    markdown: Mapping[str, Any]
    """The arguments for `Markdown`."""
    typography: Typography | None = None
    formatted_fields: tuple[str, ...] = ("summary",)
    """The keys of front matter whose values are Markdown."""
    hides_comments: bool = False
    """Whether comments are removed from front matter."""
    lang: str = "en"
    """The language of texts that do not name one."""
    sets_marks: bool = False
    """Whether texts get the punctuation of their language (see `marks`) before typogrify."""

    @cached_property
    def key(self) -> str:
        """A text that is equal for settings that give equal HTML; empty if texts cannot be cached; see `not_cached`."""
        fields = (sorted(self.formatted_fields), self.hides_comments, self.lang, self.sets_marks)
        return "" if self.not_cached else repr((plain_words(self.markdown), self.typography, fields))

    def marked(self, html: str, lang: str) -> str:
        """Return `html` with the punctuation of the language `lang`, if `sets_marks`."""
        return set_marks(html, lang) if self.sets_marks else html

    @cached_property
    def not_cached(self) -> str:
        """Why HTML cannot be cached under these settings, as a clause for a message; empty if it can."""
        for each in self.markdown["extensions"]:
            if not isinstance(each, str):
                return (
                    f"the Markdown extension {type(each).__module__}.{type(each).__qualname__} is an object, not a name"
                )
            if not _is_pure(each) and each not in _BUNDLED:
                return f"the Markdown extension {each} is not Python-Markdown's own, so it may read other files"
        if plain_words(self.markdown) is None:
            return "MARKDOWN contains values other than texts, numbers, lists and dictionaries"
        return ""


@dataclass(frozen=True)
class Converted:
    """A converted source."""

    html: str
    """The HTML of its text, typeset."""
    header: Mapping[str, list[str]]
    """The unparsed lines of front matter, by key in lower case."""
    formatted: Mapping[str, str]
    """The HTML of the values of front matter that are Markdown, by value."""
    typeset: Mapping[str, str] = field(default_factory=dict)
    """The typeset HTML of the title and of the `formatted` values, by what it was before."""

    @classmethod
    def from_json(cls, text: str) -> Converted:
        """Return the value whose `json` is `text`."""
        return cls(**json.loads(text))

    @property
    def json(self) -> str:
        """The value as JSON, for the cache."""
        return json.dumps(asdict(self))


def conversion(settings: TextSettings) -> Callable[..., Converted]:
    """Return the function that converts a source, given the language that it inherits if its header names none."""
    texts, values = Converter(settings.markdown), Converter(settings.markdown, without=("meta",))

    def convert(source: str, inherited: str = "") -> Converted:
        md = texts.ready()
        html = md.convert(source)
        header = _header(md, settings)
        lang = tag_of("".join(header.get("lang", ())[:1]).strip()) or inherited or settings.lang
        marked = partial(settings.marked, lang=lang)
        to_html = values.html if texts.is_reused else partial(_value_to_html, md)
        formatted = {value: marked(html) for value, html in _formatted(header, settings, to_html)}
        if not settings.typography:
            return Converted(marked(html), header, formatted)
        typeset = partial(settings.typography.typeset, lang=lang)
        titles = {each: typeset(marked(each)) for each in header.get("title", ())[:1]}
        typeset_values = {each: typeset(each) for each in formatted.values()}
        return Converted(typeset(marked(html)), header, formatted, {**titles, **typeset_values})

    return convert


def _header(md: Markdown, settings: TextSettings) -> dict[str, list[str]]:
    found: Mapping[str, list[str]] = getattr(md, "Meta", {})
    if settings.hides_comments:
        return {name: value_without_comments("\n".join(values)).split("\n") for name, values in found.items()}
    return dict(found)


def _formatted(
    header: Mapping[str, list[str]], settings: TextSettings, to_html: Callable[[str], str]
) -> Iterator[tuple[str, str]]:
    for name, lines in header.items():
        if name.lower() in settings.formatted_fields:
            value = "\n".join(lines)
            yield value, to_html(value)


def _value_to_html(md: Markdown, value: str) -> str:
    """Return the HTML of a value of front matter from the `Markdown` that converted its text, as Pelican does."""
    md.preprocessors.deregister("meta", strict=False)
    return md.reset().convert(value)


def _is_pure(name: str) -> bool:
    return name.startswith(_PURE)
