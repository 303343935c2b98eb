"""What a site asks of its own essays beyond what is right: the setting ``HOUSE_STYLE``, which `make check` reads.

Every rule is off until the setting names it, so that a site has the house style that its author wants, or none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, fields
from typing import Any

from .values import dataclass

Range = tuple[int, int]
"""The fewest and the most."""
ITEMS = ("steps", "questions")
"""What a list of a play may hold: numbered steps, or items that end with a question mark."""


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """The rules of one site; a rule that is None, False or empty is off."""

    essay_words: Range | None = None
    """How many words an essay has, notes included."""
    summary_characters: int | None = None
    """How many characters a summary has at most."""
    entry_characters: int | None = None
    """How many characters an entry has at most."""
    entry_one_sentence: bool = False
    """Whether an entry is one sentence that ends with a full stop."""
    source_with_year: bool = False
    """Whether an essay has a note, and a note that names a year."""
    link_counterpart: bool = False
    """Whether an essay links to the one that it answers."""
    link_plays: bool = False
    """Whether an essay links to each play that it teaches."""
    paired_sides: bool = False
    """Whether each cost has its benefit, and essays without a side stand first or last."""
    days_between_parts: Range | None = None
    """How many days one part of a series follows the part before it."""
    repeated_phrase_words: int | None = None
    """From how many words on a phrase may not stand in two essays; titles and entries may be quoted."""
    foreign_words: Mapping[str, str] = field(default_factory=dict)
    """Words of other languages, each with the language that it has to be marked with."""
    play_outline: tuple[str, ...] = ()
    """The headings of every play, in order, as they are written."""
    play_lists: Mapping[str, tuple[str, int, int]] = field(default_factory=dict)
    """What the list below a heading of a play holds, ``steps`` or ``questions``, with the fewest and the most."""


@dataclass(frozen=True, slots=True)
class Misread:
    """A rule of the setting that cannot be understood."""

    rule: str
    message: str
    hint: str


def house_style(setting: object) -> tuple[HouseStyle, tuple[Misread, ...]]:
    """Read the setting ``HOUSE_STYLE``; a rule that cannot be understood is off, and told.

    Args:
        setting: what the author wrote, a mapping of rules to their values; None for no rules.

    """
    if not isinstance(setting, Mapping):
        wrong = Misread("HOUSE_STYLE", "it is no mapping of rules", 'Write HOUSE_STYLE = {"essay_words": (700, 1300)}.')
        return HouseStyle(), (wrong,) if setting is not None else ()
    known: dict[str, Any] = {}
    misread = []
    for rule, value in setting.items():
        form = _FORMS.get(rule)
        if form is None:
            hint = f"Rules are {', '.join(each.name for each in fields(HouseStyle))}."
            misread.append(Misread(str(rule), f'there is no rule "{rule}"', hint))
        elif not form[0](value):
            misread.append(Misread(str(rule), f'"{rule}" cannot be {value!r}', form[1]))
        else:
            known[rule] = tuple(value) if isinstance(value, list) else value
    return HouseStyle(**known), tuple(misread)


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _is_range(value: object) -> bool:
    match value:
        case [int(least), int(most)]:
            return 0 <= least <= most
    return False


def _are_words(value: object) -> bool:
    return isinstance(value, Mapping) and all(
        isinstance(word, str) and word and isinstance(lang, str) and lang for word, lang in value.items()
    )


def _are_headings(value: object) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(each, str) and each.startswith("#") for each in value)


def _are_lists(value: object) -> bool:
    return isinstance(value, Mapping) and _are_headings([*value]) and all(map(_is_list, value.values()))


def _is_list(value: object) -> bool:
    match value:
        case [str(what), int(least), int(most)]:
            return what in ITEMS and 0 <= least <= most
    return False


_RANGE = (_is_range, "Write the fewest and the most, as (1, 2).")
_NUMBER = (_is_number, "Write a whole number above 0.")
_FLAG = (lambda value: isinstance(value, bool), "Write True or False.")
_FORMS: Mapping[str, tuple[Callable[[object], bool], str]] = {
    "essay_words": _RANGE,
    "summary_characters": _NUMBER,
    "entry_characters": _NUMBER,
    "entry_one_sentence": _FLAG,
    "source_with_year": _FLAG,
    "link_counterpart": _FLAG,
    "link_plays": _FLAG,
    "paired_sides": _FLAG,
    "days_between_parts": _RANGE,
    "repeated_phrase_words": _NUMBER,
    "foreign_words": (_are_words, 'Write {"Zeitgeist": "de"}.'),
    "play_outline": (_are_headings, 'Write ["## Why it works", "## Do this week"].'),
    "play_lists": (_are_lists, 'Write {"## Do this week": ("steps", 3, 6)}; instead of "steps" also "questions".'),
}
"""For each rule, whether a value can be read, and how it is written."""
