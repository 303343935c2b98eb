"""The site without a network, in a real browser: kept after the first visit, kept up to date, and let go."""

from __future__ import annotations

import functools
import threading

import pytest
from kinds import PARTS

from builders import SiteTest
from hosts.servers import free_port
from quiet import QuietFiles, QuietServer

pytestmark = pytest.mark.browser

WORKING = "navigator.serviceWorker.ready.then(() => 1)"
KEPT = "caches.keys().then(names => names.length)"


class Host:
    """A web server that can be cut off, and that asks browsers to keep nothing by themselves."""

    def __init__(self, folder):
        """Serve `folder` on a port of its own."""
        self.folder, self.port = folder, free_port()
        self.connect()

    @property
    def address(self):
        """Where browsers find it."""
        return f"http://127.0.0.1:{self.port}"

    def connect(self):
        """Answer."""
        handler = functools.partial(_Handler, directory=str(self.folder))
        self.server = QuietServer(("127.0.0.1", self.port), handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def cut(self):
        """Answer no more."""
        self.server.shutdown()
        self.server.server_close()


class _Handler(QuietFiles):
    protocol_version = "HTTP/1.0"

    def end_headers(self):
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


@pytest.fixture
def kept_site(tmp_path):
    """Return the sample with a worker, served by a host, and the host."""
    site = SiteTest(tmp_path, settings="OFFLINE = True\n").sample()
    built = site.build()
    assert built.code == 0, built.said
    host = Host(built.output)
    yield site, host
    host.cut()


@pytest.fixture
def reader(browser, kept_site):
    """Return the page of a reader who has visited the site once; nothing may be complained of while there is a net."""
    context = browser.new_context()
    page, complaints = context.new_page(), []
    page.set_default_timeout(10_000)
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.goto(f"{kept_site[1].address}/")
    page.evaluate(WORKING)
    page.wait_for_timeout(500)
    assert complaints == []
    yield page
    context.close()


def test_the_whole_series_is_read_without_a_network(kept_site, reader):
    """After one visit to the front page all parts can be read from first to last, with their styles and the font."""
    _, host = kept_site
    host.cut()
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


def test_what_is_not_kept_is_answered_kindly(kept_site, reader):
    """A page that nobody kept is told as not here, with what is."""
    _, host = kept_site
    host.cut()
    reader.goto(f"{host.address}/essays/never-seen/")
    assert reader.locator("h1").inner_text() == "Not here without a network"
    assert reader.locator("main li").count() == PARTS
    host.connect()


def test_a_new_version_takes_the_place_of_the_old_one(kept_site, reader):
    """A reader with a network sees a change at once, without one after a visit; nothing of the old one is left."""
    site, host = kept_site
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
    host.cut()
    reader.goto(f"{host.address}/essays/the-water-bill/")
    assert reader.get_by_text("A last line, of today.").is_visible()
    host.connect()


def test_a_site_that_keeps_nothing_any_more_is_let_go(kept_site, reader):
    """Once the setting is off, the worker takes away what it kept and ends, without a reader's doing."""
    site, host = kept_site
    site.settings = ""
    site.build()
    reader.goto(f"{host.address}/about/")
    for _ in range(100):
        left = reader.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)")
        if not left and not reader.evaluate(KEPT):
            break
        reader.wait_for_timeout(100)
    assert (left, reader.evaluate(KEPT)) == (0, 0)


def test_without_the_setting_no_page_registers_anything(output):
    """A site that does not ask for a worker has no script for one, and none may run."""
    pages = [path.read_text(encoding="utf-8") for path in output.rglob("*.html")]
    assert pages
    assert not [page for page in pages if "register." in page or "worker-src" in page]
