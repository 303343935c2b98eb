"""Data of CLDR about a language, from Babel, which is imported only for languages other than English.

Every function but `known` and `likely` needs a tag (BCP 47) that CLDR knows; `known` finds one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale


@cache
def known(tag: str) -> str | None:
    """Return `tag` without subtags for which CLDR has no data; None if it does not know the language."""
    from babel import UnknownLocaleError  # noqa: PLC0415 - see above

    subtags = tag.split("-")
    while subtags:
        try:
            _of("-".join(subtags))
        except (UnknownLocaleError, ValueError):
            subtags.pop()
        else:
            return "-".join(subtags)
    return None


@cache
def likely(tag: str) -> tuple[str, str, str]:
    """Return the likely language, script and region of `tag`, by CLDR's likely subtags; empty where not known."""
    from babel.core import get_global, parse_locale  # noqa: PLC0415 - see above

    try:
        language, region, script, *_ = parse_locale(tag.replace("-", "_"))
    except ValueError:
        return tag, "", ""
    language = get_global("language_aliases").get(language, language)
    language = get_global("parent_exceptions").get(language, language)  # Norwegian is one, whichever of the two it is
    subtags = get_global("likely_subtags")
    for given in ((script, region), (region,), (script,), ()):
        found = subtags.get("_".join(filter(None, (language, *given))))
        if found:
            language, likely_region, likely_script, *_ = parse_locale(found)
            return language, script or likely_script or "", region or likely_region or ""
    return language, script or "", region or ""


def long_date(day: date, tag: str) -> str:
    """Return a day with its month as a word, such as ``1. April 2009``."""
    from babel.dates import format_date  # noqa: PLC0415 - see above

    return format_date(day, "long", locale=_of(tag))


def month_and_year(day: date, tag: str) -> str:
    """Return the month of a day, such as ``April 2009``."""
    from babel.dates import format_skeleton  # noqa: PLC0415 - see above

    return format_skeleton("yMMMM", day, locale=_of(tag))


def number(value: int, tag: str) -> str:
    """Return a whole number in groups of digits."""
    from babel.numbers import format_decimal  # noqa: PLC0415 - see above

    return format_decimal(value, locale=_of(tag))


def listed(items: Iterable[str], tag: str) -> str:
    """Return `items` as one list in words, the last joined by the language's "and"."""
    from babel.lists import format_list  # noqa: PLC0415 - see above

    return format_list(list(items), locale=_of(tag))


def direction(tag: str) -> str:
    """Return ``ltr`` or ``rtl``: the direction of the most likely language in the script of `tag`."""
    script = likely(tag)[1]
    main, *_ = likely(f"und-{script}")
    return _of(known(f"{main}-{script}") or tag).text_direction


def name_of(tag: str, in_tag: str) -> str:
    """Return the name of the language `tag` in the language `in_tag`."""
    return _of(tag).get_display_name(_of(in_tag)) or tag


def plural_categories(tag: str, numbers: Iterable[int]) -> dict[str, int]:
    """Return the plural categories, such as ``few``, of `numbers`, each with the first number in it."""
    rule = _of(tag).plural_form
    found: dict[str, int] = {}
    for each in numbers:
        found.setdefault(rule(each), each)
    return found


@cache
def _of(tag: str) -> Locale:
    from babel import Locale  # noqa: PLC0415 - see above

    return Locale.parse(tag, sep="-")
