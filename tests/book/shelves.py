"""The project's own site, to be built with its books."""

from __future__ import annotations

import shutil

from builders import PROJECT, SiteTest

ALL = "BOOK_FORMATS = ['page', 'epub', 'pdf']\nBOOK_FILES = True\n"
EPUB = "BOOK_FORMATS = ['page', 'epub']\nBOOK_FILES = True\n"


def a_shelf(folder, settings) -> SiteTest:
    """Return a site of the project's own content, to be built with books."""
    site = SiteTest(folder, settings=settings)
    shutil.copytree(PROJECT / "content", site.folder / "content")
    return site
