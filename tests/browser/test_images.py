"""Images in a real browser: the best format, a fitting size, reserved space, and figures that fit the page."""

from __future__ import annotations

import pytest
from pages import FITS, violations

from builders import SiteTest
from hosts.servers import free_port, serving
from images.photos import a_photo

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def illustrated_essay(tmp_path_factory):
    """Return the address of an essay with a figure below its first screen, served by Caddy."""
    site = SiteTest(tmp_path_factory.mktemp("images"))
    site.write("content/images/harbour.jpg", a_photo(1800, 900))
    words = "The tide came in over the sand. " * 60
    site.essay(
        "one", f'{words}\n\n![A harbour at dusk]({{static}}/images/harbour.jpg "The harbour, at dusk.")\n\n{words}'
    )
    port = free_port()
    built = site.publish(f"http://127.0.0.1:{port}")
    assert built.code == 0, built.said
    with serving("caddy", built, port):
        yield f"http://127.0.0.1:{port}/essays/one/"


@pytest.mark.parametrize(("width", "largest"), [(320, 480), (390, 480), (1280, 800)])
def test_a_browser_takes_the_best_format_in_a_fitting_size(browser, illustrated_essay, width, largest):
    """The browser loads one image no larger than its column needs; nothing shifts or scrolls sideways."""
    context = browser.new_context(viewport={"width": width, "height": 700}, reduced_motion="reduce")
    page, complaints, asked = context.new_page(), [], []
    page.on("console", lambda said: complaints.append(said.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(illustrated_essay)
    height = page.evaluate("document.querySelector('figure').getBoundingClientRect().height")
    page.locator("figure").scroll_into_view_if_needed()
    image = page.locator("figure img")
    image.evaluate("image => image.decode()")
    assert image.evaluate("image => image.currentSrc").split(".")[-1] == "avif"
    assert f"harbour-{largest}." in image.evaluate("image => image.currentSrc")
    assert len([url for url in asked if "harbour" in url]) == 1
    assert page.evaluate("document.querySelector('figure').getBoundingClientRect().height") == height > 100
    assert page.locator("figcaption").inner_text() == "The harbour, at\N{NO-BREAK SPACE}dusk."
    assert page.evaluate(FITS)
    assert complaints == []
    context.close()


def test_a_figure_is_accessible(browser, illustrated_essay):
    """Axe finds no violation in a figure, its image and its caption."""
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    page.goto(illustrated_essay)
    assert violations(page) == []
    context.close()
