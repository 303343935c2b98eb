"""The built site, served on this machine, and a real browser to open it in."""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import sync_playwright

from builders import SiteTest
from hosts.servers import free_port, serving
from quiet import served
from set_up import installed


@pytest.fixture(scope="session")
def output(tmp_path_factory):
    """Build the sample once and return its output folder."""
    site = SiteTest(tmp_path_factory.mktemp("site")).sample()
    built = site.build()
    assert built.code == 0, built.said
    return built.output


@pytest.fixture(scope="session")
def address(output):
    """Serve the built sample and return its address, without a slash at the end."""
    with served(output) as root:
        yield root


@pytest.fixture(scope="session")
def published(tmp_path_factory):
    """Publish the sample once, serve it by Caddy, and return its address and the build."""
    site = SiteTest(tmp_path_factory.mktemp("published")).sample()
    port = free_port()
    built = site.publish(f"http://127.0.0.1:{port}")
    assert built.code == 0, built.said
    with serving("caddy", built, port):
        yield f"http://127.0.0.1:{port}", built


@pytest.fixture(scope="session")
def chromium():
    """Return a function that launches a headless Chromium; without one, skip the tests, or fail where CI is set."""
    path = installed()
    if not path:
        reason = "NO BROWSER: the browser tests did not run"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        yield lambda *more: playwright.chromium.launch(executable_path=path, args=[*arguments, *more])


@pytest.fixture(scope="session")
def browser(chromium):
    """Return a browser with default settings."""
    with chromium() as launched:
        yield launched


@pytest.fixture(scope="session")
def large_print(chromium):
    """Return a browser whose default text size is 32 px instead of 16."""
    with chromium("--blink-settings=defaultFontSize=32") as launched:
        yield launched


@pytest.fixture(scope="session", params=[390, 1280], ids=["phone", "desktop"])
def window(browser, request):
    """Return a page shared by tests, once as wide as a phone and once as a desktop; a new one costs half a second."""
    context = browser.new_context(viewport={"width": request.param, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def page(window):
    """Return the shared page without routes or emulated media; it may still show what another test opened."""
    yield window
    window.unroute_all()
    window.emulate_media(media="null", color_scheme="null")
