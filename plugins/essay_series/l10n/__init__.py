"""What readers are told, in their language: gettext catalogues, and dates, numbers, lists and names by CLDR.

A catalogue is one file, ``catalogues/LANG.po``; the list of languages is the list of these files. English is the
language of the messages themselves and needs no file. `Locale` is the value that pure rooms are given.
"""

from .catalogue import FOLDER, CatalogueError, tags_in
from .choice import Choice, chosen, sides_from
from .languages import Languages
from .locale import ENGLISH, Locale
from .names import NAMES, Names

__all__ = [
    "ENGLISH",
    "FOLDER",
    "NAMES",
    "CatalogueError",
    "Choice",
    "Languages",
    "Locale",
    "Names",
    "chosen",
    "sides_from",
    "tags_in",
]
