"""The sample, to be built with its books."""

from __future__ import annotations

from builders import SiteTest

ALL = "BOOK_FORMATS = ['page', 'epub', 'pdf']\nBOOK_FILES = True\n"
EPUB = "BOOK_FORMATS = ['page', 'epub']\nBOOK_FILES = True\n"


def a_shelf(folder, settings) -> SiteTest:
    """Return the sample, to be built with books."""
    return SiteTest(folder, settings=settings).sample()
