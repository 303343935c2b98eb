"""The sample's series as a book in every format, built once."""

from __future__ import annotations

import os

import pytest

from book.formats import EPUB, EPUB_AND_PDF
from builders import SiteTest
from essay_series.book.set_up import is_installed


@pytest.fixture(scope="session")
def pango():
    """Skip tests that need Pango where it is missing, or fail where CI is set."""
    if not is_installed():
        reason = "NO PANGO: PDFs were not tested"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)


@pytest.fixture(scope="session")
def with_epub(tmp_path_factory):
    """Build the sample with its EPUB."""
    built = SiteTest(tmp_path_factory.mktemp("epub"), EPUB).sample().build()
    assert built.code == 0, built.said
    return built


@pytest.fixture(scope="session")
def with_pdf(tmp_path_factory, pango):  # noqa: ARG001 - it may skip
    """Build the sample with its EPUB and its PDF."""
    built = SiteTest(tmp_path_factory.mktemp("pdf"), EPUB_AND_PDF).sample().build()
    assert built.code == 0, built.said
    return built
