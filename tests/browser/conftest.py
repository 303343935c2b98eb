"""The built site, served on this machine, and a real browser to open it in."""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import sync_playwright

from builders import SiteTest
from quiet import served
from set_up import installed


@pytest.fixture(scope="session")
def output(tmp_path_factory):
    """Return the folder of the sample, built for this run."""
    site = SiteTest(tmp_path_factory.mktemp("site")).sample()
    built = site.build()
    assert built.code == 0, built.said
    return built.output


@pytest.fixture(scope="session")
def address(output):
    """Return the address under which the built site is served."""
    with served(output) as root:
        yield root


@pytest.fixture(scope="session")
def chromium():
    """Return what launches a headless Chromium; without one the tests are skipped, but fail where CI is set."""
    path = installed()
    if not path:
        reason = "NO BROWSER: what people see was not tested"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        yield lambda *more: playwright.chromium.launch(executable_path=path, args=[*arguments, *more])


@pytest.fixture(scope="session")
def browser(chromium):
    """Return a browser as most people have it."""
    with chromium() as launched:
        yield launched


@pytest.fixture(scope="session")
def large_print(chromium):
    """Return the browser of a reader who has set its text to 32 px instead of 16."""
    with chromium("--blink-settings=defaultFontSize=32") as launched:
        yield launched


@pytest.fixture(scope="session", params=[390, 1280], ids=["phone", "desk"])
def window(browser, request):
    """Return a page that tests share, as wide as a phone and as a desk; to open another takes half a second."""
    context = browser.new_context(viewport={"width": request.param, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def page(window):
    """Return a page, once as wide as a phone and once as a desk; what another test opened may still be in it."""
    yield window
    window.unroute_all()
    window.emulate_media(media="null", color_scheme="null")
