"""A text and settings → HTML with its typography: the one place where Markdown is set up and asked.

Making a `Markdown` takes about as long as converting a short text, so one is used again through its public ``reset()``
wherever nothing of a text can stay in it; see `survives_reset`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, field
from functools import cached_property, partial
from typing import Any

import smartypants
from markdown import Markdown
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
"""Where extensions come from whose HTML is known to depend on the text and their configuration alone."""
_BUNDLED = frozenset(
    [
        "abbr",
        "admonition",
        "attr_list",
        "codehilite",
        "def_list",
        "extra",
        "fenced_code",
        "footnotes",
        "legacy_attrs",
        "legacy_em",
        "md_in_html",
        "meta",
        "nl2br",
        "sane_lists",
        "smarty",
        "tables",
        "toc",
        "wikilinks",
    ]
)
"""The short names of Python-Markdown's own extensions."""


def configuration(markdown: Mapping[str, Any]) -> dict[str, Any]:
    """Return how Pelican calls ``Markdown`` when the setting MARKDOWN is `markdown`."""
    configured = markdown.get("extension_configs", {})
    listed = dict.fromkeys(each for each in (*markdown.get("extensions", ()), *configured, META))
    return {**markdown, "extension_configs": configured, "extensions": [*listed]}


def survives_reset(md: Markdown) -> bool:
    """Tell whether ``md.reset()`` makes `md` forget all that it has converted.

    Python-Markdown's own parts and ours do, which the tests hold against a new converter for each text. What the parts
    of other packages keep is not known, and footnotes with ``UNIQUE_IDS`` count the texts.
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
    """The preprocessors that are taken away again."""
    _used: Markdown | None = None

    def html(self, text: str) -> str:
        """Return the HTML of `text`."""
        return self.ready().convert(text)

    def ready(self) -> Markdown:
        """Return a `Markdown` that has converted nothing yet, or that has forgotten what it has converted."""
        if self._used and not self._used.parser.state:  # else a text broke off in the middle
            return self._used.reset()
        made = Markdown(**self.configuration)
        for name in self.without:
            made.preprocessors.deregister(name, strict=False)
        self._used = made if survives_reset(made) else None
        return made

    @property
    def is_used_again(self) -> bool:
        """Whether the next text is converted by the same `Markdown` as the last one."""
        return self._used is not None


@dataclass(frozen=True)
class Typography:
    """Typogrify under Pelican's settings."""

    dashes: int
    """The attributes that Pelican gives to smartypants."""
    ignored_tags: tuple[str, ...] = ()
    omitted_filters: tuple[str, ...] = ()

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Typography | None:
        """Return what Pelican does under `settings`; None where TYPOGRIFY is off."""
        if not settings["TYPOGRIFY"]:
            return None
        attributes = smartypants.Attr
        kinds = {"oldschool": attributes.set2, "oldschool_inverted": attributes.set3}
        dashes = kinds.get(settings["TYPOGRIFY_DASHES"], attributes.set1) | attributes.w
        ignored, omitted = (tuple(settings[f"TYPOGRIFY_{name}"]) for name in ("IGNORE_TAGS", "OMIT_FILTERS"))
        return cls(int(dashes), ignored, omitted)

    def typeset(self, html: str, lang: str = "en") -> str:
        """Return `html`, which is in `lang`, with what typogrify does to it: all, or what fits other languages too."""
        smartypants.Attr.default = self.dashes
        return str(typogrify(html, self.ignored_tags, **steps_for(lang, self.omitted_filters)))


@dataclass(frozen=True)
class TextSettings:
    """All settings that decide what a text becomes."""

    markdown: Mapping[str, Any]
    """What `Markdown` is called with."""
    typography: Typography | None = None
    formatted_fields: tuple[str, ...] = ("summary",)
    """The keys of front matter that are Markdown."""
    hides_comments: bool = False
    """Whether comments are taken out of front matter."""
    lang: str = "en"
    """The language of texts that name none."""
    sets_marks: bool = False
    """Whether texts get the marks of their language before typogrify sees them."""

    @cached_property
    def key(self) -> str:
        """The settings as words: equal words, equal HTML. Empty where they may not tell all; see `not_cached`."""
        if self.not_cached:
            return ""
        marks = (self.lang, self.sets_marks)
        return repr(
            (plain_words(self.markdown), self.typography, sorted(self.formatted_fields), self.hides_comments, marks)
        )

    def marked(self, html: str, lang: str) -> str:
        """Return `html` with the marks of the language `lang`."""
        return set_marks(html, lang) if self.sets_marks else html

    @cached_property
    def not_cached(self) -> str:
        """Why the HTML of a text cannot be cached under these settings; empty where it can."""
        for each in self.markdown["extensions"]:
            if not isinstance(each, str):
                return f"the extension {_name(each)} is an object, which may do anything"
            if not _is_pure(each) and each not in _BUNDLED:
                return f"the extension {each} is not Python-Markdown's own, and may read other files"
        if plain_words(self.markdown) is None:
            return "MARKDOWN holds values that are not plain"
        return ""


@dataclass(frozen=True)
class Converted:
    """What a source with its header becomes."""

    html: str
    """Its text, typeset."""
    header: Mapping[str, list[str]]
    """The lines of front matter by key, as they are written."""
    formatted: Mapping[str, str]
    """The HTML of those values that are Markdown, by value."""
    typeset: Mapping[str, str] = field(default_factory=dict)
    """What becomes of title and summary, by what they are before."""

    @classmethod
    def from_json(cls, text: str) -> Converted:
        """Return what `json` was made of."""
        return cls(**json.loads(text))

    @property
    def json(self) -> str:
        """All of it as text."""
        return json.dumps(asdict(self))


def conversion(settings: TextSettings) -> Callable[..., Converted]:
    """Return the function that converts sources under `settings`.

    It takes a source, and the language of one whose header names none where that is not the site's.
    """
    texts, values = Converter(settings.markdown), Converter(settings.markdown, without=("meta",))

    def convert(source: str, inherited: str = "") -> Converted:
        md = texts.ready()
        html = md.convert(source)
        header = _header(md, settings)
        lang = tag_of("".join(header.get("lang", ())[:1]).strip()) or inherited or settings.lang
        marked = partial(settings.marked, lang=lang)
        to_html = values.html if texts.is_used_again else partial(_value_to_html, md)
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
    """Return the HTML of a value of front matter by the `Markdown` that has converted its text, as Pelican does."""
    md.preprocessors.deregister("meta", strict=False)
    return md.reset().convert(value)


def _is_pure(name: str) -> bool:
    return name.startswith(_PURE)


def _name(extension: object) -> str:
    return f"{type(extension).__module__}.{type(extension).__qualname__}"
