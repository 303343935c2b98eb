"""The setting that says what the headings in the texts of plays are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...config import SettingsError
from ...l10n import Locale
from ...l10n.tags import tag_of
from ...model import PLAY_SECTIONS


def play_sections(setting: Any, locale: Locale, *, is_own: bool = True) -> Mapping[str, str]:
    """Return what each heading in the text of a play is called; what the setting leaves out is called as usual.

    Args:
        setting: what the site says; a dictionary under a tag of a language is for that language.
        locale: the language of the play.
        is_own: whether that is the site's own.

    Raises:
        SettingsError: it is no dictionary of words, or names neither a heading nor a language.

    """
    given = setting if isinstance(setting, Mapping) else {"": ""}
    others = {tag_of(str(key)) or "": words for key, words in given.items() if isinstance(words, Mapping)}
    own = {key: words for key, words in given.items() if not isinstance(words, Mapping)}
    words = {**_usual(locale), **(own if is_own else others.get(locale.tag, {}))}
    are_words = all(isinstance(each, str) and each.strip() for each in words.values())
    if are_words and words.keys() == PLAY_SECTIONS.keys() and "" not in others:
        return words
    names = ", ".join(f'"{name}"' for name in PLAY_SECTIONS)
    raise SettingsError(f'PLAY_SECTIONS: write a dictionary such as {{"when": "When to use it"}}; its keys: {names}.')


def _usual(locale: Locale) -> Mapping[str, str]:
    # translators: headings of the pieces of a play; authors may use the same in their texts
    return {
        "when": locale.gettext("When to use it"),
        "steps": locale.gettext("Do this week"),
        "before": locale.gettext("Ask before"),
        "after": locale.gettext("Ask after"),
    }
