"""Fixtures that every room of the tests may use."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

from builders import SiteTest

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")  # a busy machine is no reason to fail


def pytest_xdist_auto_num_workers() -> int:
    """Return one process more than there are cores, since tests often wait for a browser or a server."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture
def site(tmp_path) -> SiteTest:
    """Return an empty site with the project's own settings and theme."""
    return SiteTest(tmp_path)


@pytest.fixture
def bare_site(tmp_path) -> SiteTest:
    """Return an empty Pelican site that has only this plugin and Pelican's stock theme."""
    return SiteTest(tmp_path, settings="PLUGINS = ['essay_series']\n", ours=False)
