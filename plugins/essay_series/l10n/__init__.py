"""The languages of the interface: gettext catalogues, and dates, numbers, lists and names by CLDR.

A catalogue is a file ``catalogues/LANG.po``, and these files are the list of languages. Messages are in English, which
therefore needs no file. Other rooms are given a `Locale`.
"""

from .catalogue import FOLDER, CatalogueError, tags_in
from .choice import chosen, sides_from
from .languages import Languages
from .locale import ENGLISH, Locale

__all__ = [
    "ENGLISH",
    "FOLDER",
    "CatalogueError",
    "Languages",
    "Locale",
    "chosen",
    "sides_from",
    "tags_in",
]
