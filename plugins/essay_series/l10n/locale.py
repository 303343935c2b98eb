"""One language of the interface: its messages, dates, numbers, lists, direction, and names of languages."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from gettext import NullTranslations
from html import escape
from typing import Literal

from ..values import dataclass
from . import cldr
from .catalogue import SOURCE
from .days import in_words, month_in_words
from .names import NAMES, Names

_PLACEHOLDER, _LETTER = re.compile(r"%\(\w+\)s"), re.compile("[A-Za-z]")
_SAMPLES = (*range(200), 1000, 1_000_000)
"""Numbers that include one of each plural category that integers have in any language."""


@dataclass(frozen=True)
class Locale:
    """A language in which the site addresses its readers.

    Every message is a format string with named placeholders, ``%(name)s``, in which a percent sign is written ``%%``.
    Integers among the values are formatted by the rules of the language.
    """

    tag: str = SOURCE
    """The language of a page (BCP 47)."""
    spoken: str = SOURCE
    """The language of its catalogue; English if there is none."""
    messages: NullTranslations = field(default_factory=NullTranslations, compare=False, repr=False)
    names: Names = NAMES
    """The names that the site has chosen."""

    def gettext(self, message: str, **values: object) -> str:
        """Return the translation of `message`, with `values` in its placeholders."""
        return self.filled(self.said(message), values)

    def pgettext(self, context: str, message: str, **values: object) -> str:
        """Return the translation of `message` in `context`, which distinguishes equal messages of different meaning."""
        return self.filled(self.said(message, context), values)

    def ngettext(self, one: str, many: str, num: int, **values: object) -> str:
        """Return the translation of `one` or `many` for the number `num`, the value of ``%(num)s``."""
        return self.filled(self.counted(one, many, num), {"num": num, **values})

    def said(self, message: str, context: str = "") -> str:
        """Return the translation of `message` with its placeholders, but with the names that the site has chosen."""
        message = self.names.instead_of(message)
        found = self.messages.pgettext(context, message) if context else self.messages.gettext(message)
        return self._in_order(self.names.filled(found), is_english=found == message)

    def counted(self, one: str, many: str, num: int, context: str = "") -> str:
        """Return the translation of `one` or `many` for the number `num`, with placeholders like `said`."""
        if self.names.instead_of(many) != many:  # such a message needs no plural: the number follows the name
            return self.said(many, context)
        messages = self.messages
        found = messages.npgettext(context, one, many, num) if context else messages.ngettext(one, many, num)
        return self._in_order(self.names.filled(found), is_english=found in (one, many))

    def _in_order(self, text: str, *, is_english: bool) -> str:
        """Return `text`, isolated if it is an untranslated English message in a language from right to left."""
        if is_english and self.direction == "rtl" and _LETTER.search(_PLACEHOLDER.sub("", text)):
            return f"\N{LEFT-TO-RIGHT ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"
        return text

    def plurals(self, one: str, many: str) -> Mapping[str, str]:
        """Return the message for each plural category (of ``Intl.PluralRules``), with its placeholders."""
        categories = {"one": 1, "other": 2} if self._is_source else cldr.plural_categories(self._cldr, _SAMPLES)
        found = {category: self.counted(one, many, num) for category, num in categories.items()}
        return {**found, "other": found.get("other") or found.get("many") or next(reversed(found.values()))}

    def filled(self, text: str, values: Mapping[str, object]) -> str:
        """Return `text` with `values` in its placeholders."""
        return text % {name: self.number(each) if type(each) is int else each for name, each in values.items()}

    def date(self, day: dt.date) -> str:
        """Return a date in its own time zone, such as ``1 April 2009``."""
        return in_words(day) if self._is_source else cldr.long_date(_day(day), self._cldr)

    def months(self, first: dt.date, last: dt.date) -> str:
        """Return the months of two dates in their own time zones: April 2009, or April 2009 to May 2010."""
        begin, end = self._month(first), self._month(last)
        # translators: two months with their years, such as "April 2009 to May 2010"
        return begin if begin == end else self.gettext("%(first)s to %(last)s", first=begin, last=end)

    def number(self, value: int) -> str:
        """Return an integer with the language's digits and separators."""
        return f"{value:,}" if self._is_source else cldr.number(value, self._cldr)

    def list(self, items: Sequence[str]) -> str:
        """Return `items` joined as a list in a sentence."""
        return ", ".join(items) if self._is_source else cldr.listed(items, self._cldr)

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """The direction of texts in this language; ``ltr`` if it is not known."""
        if self.tag.partition("-")[0] == SOURCE:
            return "ltr"
        found = cldr.known(self.tag)
        return "rtl" if found and cldr.direction(found) == "rtl" else "ltr"

    def language(self, tag: str) -> str:
        """Return the name of the language `tag` in this one; the tag itself if there is none."""
        found = cldr.known(tag)
        return cldr.name_of(found, self._cldr) if found else tag

    @property
    def own_name(self) -> str:
        """The name of the language in itself, such as ``Deutsch``; the tag if there is none."""
        found = cldr.known(self.tag)
        return cldr.name_of(found, found) if found else self.tag

    def naming(self, names: Mapping[str, str]) -> Locale:
        """Return the same language with other names for the terms of `names.TERMS`."""
        return replace(self, names=Names({**self.names.given, **names})) if names else self

    @property
    def in_html(self) -> Locale:
        """The same language, with the chosen names escaped for HTML."""
        given = {term: escape(name) for term, name in self.names.given.items()}
        return replace(self, names=Names(given)) if given else self

    @property
    def _is_source(self) -> bool:
        """Whether dates and numbers are in the English of the messages, for which CLDR is not needed."""
        return self._cldr == SOURCE

    @property
    def _cldr(self) -> str:
        """The tag for dates and numbers, which knows the region; the catalogue's if that is in another language."""
        is_same = self.spoken.partition("-")[0] == self.tag.partition("-")[0]
        tag = self.tag if is_same else self.spoken
        return tag if tag == SOURCE else cldr.known(tag) or SOURCE

    def _month(self, day: dt.date) -> str:
        return month_in_words(day) if self._is_source else cldr.month_and_year(_day(day), self._cldr)


def _day(moment: dt.date) -> dt.date:
    return moment.date() if isinstance(moment, dt.datetime) else moment


ENGLISH = Locale()
"""The English of the messages, without names chosen by a site."""
