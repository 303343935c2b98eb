"""The content security policy in a real browser: it allows the site's own files and blocks injected scripts."""

from __future__ import annotations

import re

import pytest
from pages import KINDS

pytestmark = pytest.mark.browser

CANARY = '<p><img src="/none.png" alt="" onerror="window.canary=1"><script>window.canary=2</script><b id="last">x</b>'


@pytest.fixture(scope="module")
def uncached_page(browser):
    """Return a page shared by tests, with the HTTP cache disabled."""
    context = browser.new_context()
    page = context.new_page()
    context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    yield page
    context.close()


@pytest.fixture
def watched(uncached_page):
    """Return an empty page and the list of its console's errors and warnings."""
    uncached_page.goto("about:blank")
    page, complaints = uncached_page, []

    def note(said):
        """Record errors and warnings, except that a feed has no icon."""
        if said.type in ("error", "warning") and not said.location["url"].endswith("/favicon.ico"):
            complaints.append(said.text)

    page.on("console", note)
    yield page, complaints
    page.remove_listener("console", note)
    page.unroute_all()


@pytest.mark.parametrize("kind", [*KINDS, "redirect"])
def test_no_page_violates_its_own_policy(published, watched, kind):
    """Styles, fonts, the icon and structured data are allowed, and a redirect works."""
    (address, built), (page, complaints) = published, watched
    if kind == "redirect":
        (built.output / "old.html").write_text('<meta http-equiv="refresh" content="0; url=/about/">')
    with page.expect_response(re.compile("vollkorn-regular")):
        page.goto(address + KINDS.get(kind, "/old.html"))
    page.wait_for_load_state("networkidle")
    assert complaints == []
    assert page.evaluate("document.fonts.check('1em \"Essay Text\"')")
    assert page.evaluate("getComputedStyle(document.querySelector('.skip-link')).position") == "absolute"


def test_a_feed_is_a_styled_page(published, watched):
    """A feed opened in a browser has its style sheet and its font, and the console is silent."""
    (address, _), (page, complaints) = published, watched
    page.goto(f"{address}/feeds/all.atom.xml")
    page.wait_for_load_state("networkidle")
    assert complaints == []
    style = "getComputedStyle(document.querySelector('{0}')).{1}"
    assert page.evaluate(style.format("feed > title", "display")) == "block"
    assert page.evaluate(style.format("feed > id", "display")) == "none"
    assert page.evaluate("[...document.fonts].some(font => font.status == 'loaded')")


@pytest.mark.parametrize("without", ["header", "meta", "both"])
def test_injected_scripts_do_not_run(published, watched, without):
    """The page's policy and the host's each block injected scripts alone; without both they run."""
    (address, built), (page, _) = published, watched
    html = built.page("essays/the-plan-is-no-longer-yours/index.html").replace("<main", f"{CANARY}<main", 1)
    if without != "header":
        html = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html)
    (built.output / "canary.html").write_text(html, encoding="utf-8")
    if without != "meta":
        page.route("**/canary.html", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(f"{address}/canary.html")
    page.wait_for_load_state("networkidle")
    assert page.locator("#last").count() == 1
    assert (page.evaluate("window.canary") is None) == (without != "both")


def test_the_site_cannot_be_framed(published, watched):
    """A page that frames one of the site's shows nothing of it."""
    (address, _), (page, _) = published, watched
    framing = f'<iframe src="{address}/about/"></iframe>'
    page.route("**/framing.html", lambda route: route.fulfill(body=framing, content_type="text/html"))
    page.goto(f"{address}/framing.html")
    page.wait_for_load_state("networkidle")
    assert page.frames[1].url.startswith("chrome-error:")
