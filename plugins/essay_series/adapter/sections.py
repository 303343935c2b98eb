"""The setting that says what the headings in the texts of plays are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..config import SettingsError
from ..l10n import Locale
from ..model import PLAY_SECTIONS


def play_sections(setting: Any, locale: Locale) -> Mapping[str, str]:
    """Return what each heading in the text of a play is called; what the setting leaves out is called as usual.

    Args:
        setting: what the site says.
        locale: the site's language.

    Raises:
        SettingsError: it is no dictionary of words, or names a heading that there is not.

    """
    if isinstance(setting, Mapping) and setting.keys() <= PLAY_SECTIONS.keys():
        words = {**_usual(locale), **setting}
        if all(isinstance(each, str) and each.strip() for each in words.values()):
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
