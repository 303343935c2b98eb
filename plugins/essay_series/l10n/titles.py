"""Titles of the links that Markdown's extensions add → the same in the language of the text."""

from __future__ import annotations

import re

from .locale import Locale

SECTION, NOTE = "Link to this section", "Back to the text of note {}"
"""The titles in `site.MARKDOWN`; other titles, which a site has chosen, are not translated."""
_TITLE = re.compile(rf'(?<= title=")(?:{SECTION}|{NOTE.format("(?P<note>[0-9]+)")})(?=")')


def in_language(html: str, locale: Locale) -> str:
    """Return `html` with the titles of permalinks and of links back from notes in the language of `locale`."""
    section = locale.gettext("Link to this section")
    note = locale.said("Back to the text of note %(number)s")
    return _TITLE.sub(lambda found: locale.filled(note, {"number": found["note"]}) if found["note"] else section, html)
