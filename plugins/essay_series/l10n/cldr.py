"""What the CLDR knows of a language, by Babel, which is loaded only where a language other than English is asked for.

Every function takes a tag (BCP 47) that CLDR knows; `known` finds one.
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
    """Return `tag` without the subtags that CLDR has no data for; None where it does not know the language."""
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
    """Return the language, the script and the region that `tag` most likely means, each as far as CLDR knows."""
    from babel.core import get_global, parse_locale  # noqa: PLC0415 - see above

    try:
        language, region, script, *_ = parse_locale(tag.replace("-", "_"))
    except ValueError:
        return tag, "", ""
    language = get_global("language_aliases").get(language, language)
    language = get_global("parent_exceptions").get(language, language)  # Norwegian is one, whichever of the two it is
    told = {"script": script, "region": region}
    subtags = get_global("likely_subtags")
    for given in ((script, region), (region,), (script,), ()):
        found = subtags.get("_".join(filter(None, (language, *given))))
        if found:
            likely_language, likely_region, likely_script, *_ = parse_locale(found)
            told = {"script": script or likely_script, "region": region or likely_region}
            language = likely_language
            break
    return language, told["script"] or "", told["region"] or ""


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
    """Return ``ltr`` or ``rtl``: the direction of the language that most of what is in the script of `tag` is in."""
    script = likely(tag)[1]
    main, *_ = likely(f"und-{script}")
    return _of(known(f"{main}-{script}") or tag).text_direction


def name_of(tag: str, in_tag: str) -> str:
    """Return what the language `tag` is called in the language `in_tag`."""
    return _of(tag).get_display_name(_of(in_tag)) or tag


def plural_categories(tag: str, numbers: Iterable[int]) -> dict[str, int]:
    """Return the categories of plurals, such as ``few``, that any of `numbers` is in, each with the first of them."""
    rule = _of(tag).plural_form
    found: dict[str, int] = {}
    for each in numbers:
        found.setdefault(rule(each), each)
    return found


@cache
def _of(tag: str) -> Locale:
    from babel import Locale  # noqa: PLC0415 - see above

    return Locale.parse(tag, sep="-")
