"""Fixtures for all tests."""

from __future__ import annotations

import gc
import os
import sys

import pytest
from hypothesis import settings

from builders import SiteTest
from tiers import TIERS, Watch, put_into_tiers

os.environ.setdefault("MAKELEVEL", "1")  # as under make, whose words the messages then have
# No test may depend on what Python kept of another's modules, or find it among the files of a site
os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
sys.dont_write_bytecode = True
WATCH = Watch()

# Many more examples are drawn at night. Without a deadline: a busy machine is no reason to fail
settings.register_profile("usual", deadline=None, max_examples=int(os.environ.get("EXAMPLES") or 40))
settings.load_profile("usual")


def pytest_xdist_auto_num_workers() -> int:
    """Return one more than the number of CPUs, since tests often wait for a browser or a server."""
    return (os.cpu_count() or 1) + 1


def pytest_configure(config: pytest.Config) -> None:
    """Register the tiers as markers."""
    for name, words in TIERS.items():
        config.addinivalue_line("markers", f"{name}: {words}")


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """Switch the garbage collector off during collection, and freeze the tests: it would take a fifth of the time."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put each test into its tier before tests are selected by tier."""
    put_into_tiers(items)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item):
    """Watch unit tests and their fixtures."""
    WATCH.begin(item)
    try:
        return (yield)
    finally:
        WATCH.end()


@pytest.fixture
def site(tmp_path) -> SiteTest:
    """Return an empty site with the sample's settings and the project's theme."""
    return SiteTest(tmp_path)


@pytest.fixture
def bare_site(tmp_path) -> SiteTest:
    """Return an empty Pelican site with only this plugin and Pelican's own theme."""
    return SiteTest(tmp_path, settings="PLUGINS = ['essay_series']\nESSAY_SERIES_SITE = True\n", ours=False)
