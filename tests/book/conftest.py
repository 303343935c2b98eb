"""The series of the sample as a book in every form, built once."""

from __future__ import annotations

import os

import pytest

from book.shelves import ALL, EPUB, a_shelf
from essay_series.book.set_up import is_installed


@pytest.fixture(scope="session")
def pango():
    """Skip what needs Pango where there is none, but fail where CI is set."""
    if not is_installed():
        reason = "NO PANGO: PDFs were not tested"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)


@pytest.fixture(scope="session")
def with_epub(tmp_path_factory):
    """Return a build of the sample with its EPUB."""
    built = a_shelf(tmp_path_factory.mktemp("epub"), EPUB).build()
    assert built.code == 0, built.said
    return built


@pytest.fixture(scope="session")
def with_pdf(tmp_path_factory, pango):  # noqa: ARG001 - it is asked for so that it may skip
    """Return a build of the sample with its EPUB and its PDF."""
    built = a_shelf(tmp_path_factory.mktemp("pdf"), ALL).build()
    assert built.code == 0, built.said
    return built
