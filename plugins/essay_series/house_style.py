"""Parses the setting ``HOUSE_STYLE``: rules of the author's own for their essays, which `make check` applies.

Every rule is off unless the setting names it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, fields
from typing import Any

from .values import dataclass

Range = tuple[int, int]
"""Minimum and maximum, both inclusive."""
ITEMS = ("steps", "questions")
"""The kinds of list items that can be required: numbered steps, or items that end with a question mark."""


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """The rules of one site; a rule that is None, False or empty is off."""

    essay_words: Range | None = None
    """How many words an essay has, including its footnotes."""
    summary_characters: int | None = None
    """The most characters in a summary."""
    entry_characters: int | None = None
    """The most characters in an entry."""
    entry_one_sentence: bool = False
    """Whether an entry must be one sentence that ends with a full stop."""
    source_with_year: bool = False
    """Whether an essay must have a footnote that names a year."""
    link_counterpart: bool = False
    """Whether an essay must link to the one that it answers."""
    link_plays: bool = False
    """Whether an essay must link to each play that it teaches."""
    paired_sides: bool = False
    """Whether each cost must be paired with a benefit, and essays without a side must be first or last."""
    days_between_parts: Range | None = None
    """The number of days between a part of a series and the next one."""
    repeated_phrase_words: int | None = None
    """The length in words from which a phrase must not be in two essays; titles and entries may be quoted."""
    foreign_words: Mapping[str, str] = field(default_factory=dict)
    """Foreign words that must be marked as such, each with its language."""
    play_outline: tuple[str, ...] = ()
    """The headings that every play must have, in order, with their ``#``."""
    play_lists: Mapping[str, tuple[str, int, int]] = field(default_factory=dict)
    """For a heading of a play: ``steps`` or ``questions``, and the minimum and maximum number in the list below it."""


@dataclass(frozen=True, slots=True)
class InvalidRule:
    """An invalid rule in the setting."""

    rule: str
    message: str
    hint: str


def house_style(setting: object) -> tuple[HouseStyle, tuple[InvalidRule, ...]]:
    """Parse the setting ``HOUSE_STYLE``; an invalid rule is off, and returned among the invalid ones.

    Args:
        setting: a mapping from rules to their values; None for no rules.

    """
    if not isinstance(setting, Mapping):
        hint = 'Write HOUSE_STYLE = {"essay_words": (700, 1300)}.'
        wrong = InvalidRule("HOUSE_STYLE", "it is not a dictionary", hint)
        return HouseStyle(), (wrong,) if setting is not None else ()
    known: dict[str, Any] = {}
    invalid = []
    types = {each.name: str(each.type) for each in fields(HouseStyle)}
    for rule, value in setting.items():
        form = _FORMS.get(types.get(rule, ""))
        if form is None:
            hint = f"The rules are {', '.join(types)}."
            invalid.append(InvalidRule(str(rule), f'there is no rule "{rule}"', hint))
        elif not form[0](value):
            invalid.append(InvalidRule(str(rule), f'"{rule}" cannot be {value!r}', form[1]))
        else:
            known[rule] = tuple(value) if isinstance(value, list) else value
    return HouseStyle(**known), tuple(invalid)


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


_FORMS: Mapping[str, tuple[Callable[[object], bool], str]] = {
    "Range | None": (_is_range, "Write the minimum and the maximum, such as (1, 2)."),
    "int | None": (_is_number, "Write a whole number above 0."),
    "bool": (lambda value: isinstance(value, bool), "Write True or False."),
    "Mapping[str, str]": (_are_words, 'Write {"Zeitgeist": "de"}.'),
    "tuple[str, ...]": (_are_headings, 'Write ["## Why it works", "## Do this week"].'),
    "Mapping[str, tuple[str, int, int]]": (
        _are_lists,
        'Write {"## Do this week": ("steps", 3, 6)}, or "questions" instead of "steps".',
    ),
}
"""For the type of a rule, the test whether a value is valid, and the hint if it is not."""
