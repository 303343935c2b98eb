"""The offline copy in a real browser: stored after the first visit, updated, and removed."""

from __future__ import annotations

import functools
import threading

import pytest
from pages import PARTS

from builders import SiteTest
from hosts.servers import free_port
from quiet import QuietFiles, QuietServer

pytestmark = pytest.mark.browser

WORKER_READY = "navigator.serviceWorker.ready.then(() => 1)"
CACHE_COUNT = "caches.keys().then(names => names.length)"


class Host:
    """A web server that can be disconnected and lets browsers cache nothing by HTTP."""

    def __init__(self, folder):
        """Serve `folder` on a free port."""
        self.folder, self.port = folder, free_port()
        self.connect()

    @property
    def address(self):
        """The address of the served folder."""
        return f"http://127.0.0.1:{self.port}"

    def connect(self):
        """Start to answer."""
        handler = functools.partial(_Handler, directory=str(self.folder))
        self.server = QuietServer(("127.0.0.1", self.port), handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def disconnect(self):
        """Stop answering."""
        self.server.shutdown()
        self.server.server_close()


class _Handler(QuietFiles):
    protocol_version = "HTTP/1.0"

    def end_headers(self):
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


@pytest.fixture
def offline_site(tmp_path):
    """Build the sample with a service worker, serve it, and return the site and its host."""
    site = SiteTest(tmp_path, settings="OFFLINE = True\n").sample()
    built = site.build()
    assert built.code == 0, built.said
    host = Host(built.output)
    yield site, host
    host.disconnect()


@pytest.fixture
def reader(browser, offline_site):
    """Return the page of a reader who has visited the site once, with a silent console."""
    context = browser.new_context()
    page, complaints = context.new_page(), []
    page.set_default_timeout(10_000)
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.goto(f"{offline_site[1].address}/")
    page.evaluate(WORKER_READY)
    page.wait_for_timeout(500)
    assert complaints == []
    yield page
    context.close()


def test_the_whole_series_can_be_read_offline(offline_site, reader):
    """After one visit to the front page all parts are readable offline, with styles and font."""
    _, host = offline_site
    host.disconnect()
    reader.goto(f"{host.address}/")
    reader.locator(".masthead a").first.click()
    for number in range(1, PARTS + 1):
        reader.locator(".kicker-part", has_text=f"{number} of {PARTS}").wait_for()
        assert reader.evaluate("document.fonts.ready.then(() => document.fonts.check('1em \"Essay Text\"'))")
        if number < PARTS:
            reader.locator("a[rel=next]").click()
    reader.goto(f"{host.address}/playbook/")
    assert reader.locator(".plays").is_visible()
    host.connect()


def test_a_page_that_is_not_stored_leads_to_those_that_are(offline_site, reader):
    """Offline, a page that is not stored is replaced by a list of those that are."""
    _, host = offline_site
    host.disconnect()
    reader.goto(f"{host.address}/essays/never-seen/")
    assert reader.locator("h1").inner_text() == "Not here without a network"
    assert reader.locator("main li").count() == PARTS
    host.connect()


def test_a_new_version_replaces_the_old_one(offline_site, reader):
    """A reader who is online sees a change at once, and offline after that visit; the old version is deleted."""
    site, host = offline_site
    essay = site.folder / "content/essays/the-water-bill.md"
    essay.write_text(essay.read_text(encoding="utf-8") + "\nA last line, of today.\n", encoding="utf-8")
    site.build()
    reader.goto(f"{host.address}/essays/the-water-bill/")
    assert reader.get_by_text("A last line, of today.").is_visible()
    reader.goto(f"{host.address}/")
    reader.evaluate("navigator.serviceWorker.getRegistration().then(each => each.update())")
    counted = "caches.open((await caches.keys()).find(name => name.startsWith('kept')))"
    keys = f"(async () => (await (await {counted}).keys()).map(each => each.url))()"
    for _ in range(50):
        versions = [url for url in reader.evaluate(keys) if "/the-water-bill/" in url]
        if len(versions) == 1 and (site.folder / "output/sw.js").read_text().count(versions[0].split("?")[1]):
            break
        reader.wait_for_timeout(100)
    assert len(versions) == 1
    host.disconnect()
    reader.goto(f"{host.address}/essays/the-water-bill/")
    assert reader.get_by_text("A last line, of today.").is_visible()
    host.connect()


def test_the_worker_removes_itself_when_the_setting_is_off(offline_site, reader):
    """Once the setting is off, the worker deletes its cache and unregisters by itself."""
    site, host = offline_site
    site.settings = ""
    site.build()
    reader.goto(f"{host.address}/about/")
    for _ in range(100):
        left = reader.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)")
        if not left and not reader.evaluate(CACHE_COUNT):
            break
        reader.wait_for_timeout(100)
    assert (left, reader.evaluate(CACHE_COUNT)) == (0, 0)


def test_without_the_setting_no_page_registers_a_worker(output):
    """Without the setting no page has a script for a worker, and the policy allows none."""
    pages = [path.read_text(encoding="utf-8") for path in output.rglob("*.html")]
    assert pages
    assert not [page for page in pages if "register." in page or "worker-src" in page]
