"""The setting ``PLAY_SECTIONS``: the headings that plays use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...config import SettingsError
from ...l10n import Locale
from ...l10n.tags import tag_of
from ...model import PLAY_SECTIONS


def play_sections(setting: Any, locale: Locale, *, is_own: bool = True) -> Mapping[str, str]:
    """Return the heading of each section of a play in the language `locale`; one that is not set has its usual name.

    A dictionary under a language tag in the setting applies to that language, all else to the site's own (`is_own`).

    Raises:
        SettingsError: it is not a dictionary of texts, or a key is neither a section nor a language tag.

    """
    given = setting if isinstance(setting, Mapping) else {"": ""}
    others = {tag_of(str(key)) or "": words for key, words in given.items() if isinstance(words, Mapping)}
    own = {key: words for key, words in given.items() if not isinstance(words, Mapping)}
    # translators: headings of the pieces of a play; authors may use the same in their texts
    usual = {
        "when": locale.gettext("When to use it"),
        "steps": locale.gettext("Do this week"),
        "before": locale.gettext("Ask before"),
        "after": locale.gettext("Ask after"),
    }
    words = {**usual, **(own if is_own else others.get(locale.tag, {}))}
    are_words = all(isinstance(each, str) and each.strip() for each in words.values())
    if are_words and words.keys() == PLAY_SECTIONS.keys() and "" not in others:
        return words
    names = ", ".join(f'"{name}"' for name in PLAY_SECTIONS)
    raise SettingsError(f'PLAY_SECTIONS: write a dictionary such as {{"when": "When to use it"}}; its keys: {names}.')
