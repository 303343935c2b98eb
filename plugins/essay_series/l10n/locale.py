"""What one language says: messages, dates, numbers, lists, its direction, and the names of languages."""

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
"""Numbers among which each category of plurals that whole numbers have is found."""


@dataclass(frozen=True)
class Locale:
    """A language to speak to readers in.

    Every message is a format string with named placeholders, ``%(name)s``; a percent sign in it is written ``%%``.
    Values of whole numbers are written as the language writes them.
    """

    tag: str = SOURCE
    """The language that is asked for (BCP 47), in which the texts of a page are."""
    spoken: str = SOURCE
    """The language of the catalogue that serves it; English where none does."""
    messages: NullTranslations = field(default_factory=NullTranslations, compare=False, repr=False)
    names: Names = NAMES
    """What the site calls the things of the domain."""

    def gettext(self, message: str, **values: object) -> str:
        """Return `message` in this language."""
        return self.filled(self.said(message), values)

    def pgettext(self, context: str, message: str, **values: object) -> str:
        """Return `message` as it is said in `context`, which tells equal messages of different meaning apart."""
        return self.filled(self.said(message, context), values)

    def ngettext(self, one: str, many: str, num: int, **values: object) -> str:
        """Return the message for `num` of something; ``%(num)s`` in it is that number."""
        return self.filled(self.counted(one, many, num), {"num": num, **values})

    def npgettext(self, context: str, one: str, many: str, num: int, **values: object) -> str:
        """Return the message for `num` of something, as it is said in `context`."""
        return self.filled(self.counted(one, many, num, context), {"num": num, **values})

    def said(self, message: str, context: str = "") -> str:
        """Return `message` with its placeholders, but for names that the site has chosen."""
        message = self.names.instead_of(message)
        found = self.messages.pgettext(context, message) if context else self.messages.gettext(message)
        return self._in_order(self.names.filled(found), is_english=found == message)

    def counted(self, one: str, many: str, num: int, context: str = "") -> str:
        """Return the message for `num` of something, likewise."""
        if self.names.instead_of(many) != many:  # what is said instead has the number behind the name
            return self.said(many, context)
        messages = self.messages
        found = messages.npgettext(context, one, many, num) if context else messages.ngettext(one, many, num)
        return self._in_order(self.names.filled(found), is_english=found in (one, many))

    def _in_order(self, text: str, *, is_english: bool) -> str:
        """Return what is said in English for want of a translation so that it keeps its order from the right."""
        if is_english and self.direction == "rtl" and _LETTER.search(_PLACEHOLDER.sub("", text)):
            return f"\N{LEFT-TO-RIGHT ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"
        return text

    def plurals(self, one: str, many: str) -> Mapping[str, str]:
        """Return the message for each category of plurals (``Intl.PluralRules``), with its placeholders."""
        categories = {"one": 1, "other": 2} if self._is_source else cldr.plural_categories(self._cldr, _SAMPLES)
        found = {category: self.counted(one, many, num) for category, num in categories.items()}
        return {**found, "other": found.get("other") or found.get("many") or next(reversed(found.values()))}

    def filled(self, text: str, values: Mapping[str, object]) -> str:
        """Return `text` with its placeholders filled in."""
        return text % {name: self.number(each) if type(each) is int else each for name, each in values.items()}

    def date(self, day: dt.date) -> str:
        """Return a day, in its own zone, such as ``1 April 2009``."""
        return in_words(day) if self._is_source else cldr.long_date(_day(day), self._cldr)

    def months(self, first: dt.date, last: dt.date) -> str:
        """Return the months of two days, each in its own zone: April 2009, or April 2009 to May 2010."""
        begin, end = self._month(first), self._month(last)
        # translators: two months with their years, such as "April 2009 to May 2010"
        return begin if begin == end else self.gettext("%(first)s to %(last)s", first=begin, last=end)

    def number(self, value: int) -> str:
        """Return a whole number in groups of digits."""
        return f"{value:,}" if self._is_source else cldr.number(value, self._cldr)

    def list(self, items: Sequence[str]) -> str:
        """Return `items` as one list in words."""
        return ", ".join(items) if self._is_source else cldr.listed(items, self._cldr)

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """Which way texts of this language are set; left to right where that is not known."""
        if self.tag.partition("-")[0] == SOURCE:
            return "ltr"
        found = cldr.known(self.tag)
        return "rtl" if found and cldr.direction(found) == "rtl" else "ltr"

    def language(self, tag: str) -> str:
        """Return what the language `tag` is called in this one; the tag itself where that is not known."""
        found = cldr.known(tag)
        return cldr.name_of(found, self._cldr) if found else tag

    @property
    def own_name(self) -> str:
        """What the language is called in itself, such as ``Deutsch``; the tag where that is not known."""
        found = cldr.known(self.tag)
        return cldr.name_of(found, found) if found else self.tag

    def naming(self, names: Mapping[str, str]) -> Locale:
        """Return the same language with other names for things of the domain; see `names.TERMS`."""
        return replace(self, names=Names({**self.names.given, **names})) if names else self

    @property
    def in_html(self) -> Locale:
        """The same language with names that can stand in HTML as they are."""
        given = {term: escape(name) for term, name in self.names.given.items()}
        return replace(self, names=Names(given)) if given else self

    @property
    def _is_source(self) -> bool:
        """Whether it is the plain English of the messages, for which nothing has to be looked up."""
        return self._cldr == SOURCE

    @property
    def _cldr(self) -> str:
        """The tag by which days and numbers are written: the one asked for, if its language is spoken."""
        if self.spoken.partition("-")[0] != self.tag.partition("-")[0] or self.tag == SOURCE:
            return self.spoken if cldr_knows(self.spoken) else SOURCE
        return cldr.known(self.tag) or SOURCE

    def _month(self, day: dt.date) -> str:
        return month_in_words(day) if self._is_source else cldr.month_and_year(_day(day), self._cldr)


def cldr_knows(tag: str) -> bool:
    """Tell whether days can be written in the language `tag`."""
    return tag == SOURCE or cldr.known(tag) is not None


def _day(moment: dt.date) -> dt.date:
    return moment.date() if isinstance(moment, dt.datetime) else moment


ENGLISH = Locale()
"""English as the messages are written, with the usual names."""
