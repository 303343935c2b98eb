"""Images in a real browser: the best format in a fitting size, room kept for it, and a figure that fits the page."""

from __future__ import annotations

import pytest
from kinds import RULES
from test_accessibility import broken

from builders import SiteTest
from hosts.servers import free_port, serving
from images.photos import a_photo

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def illustrated(tmp_path_factory):
    """Return the address of an essay with a figure below its first screen, as Caddy serves it."""
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


@pytest.mark.parametrize(("breadth", "most"), [(320, 480), (390, 480), (1280, 800)])
def test_a_browser_takes_the_best_format_in_a_fitting_size(browser, illustrated, breadth, most):
    """No more pixels come than the column has use for; nothing jumps when they do, and nothing scrolls sideways."""
    context = browser.new_context(viewport={"width": breadth, "height": 700}, reduced_motion="reduce")
    page, complaints, asked = context.new_page(), [], []
    page.on("console", lambda said: complaints.append(said.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(illustrated)
    room = page.evaluate("document.querySelector('figure').getBoundingClientRect().height")
    page.locator("figure").scroll_into_view_if_needed()
    image = page.locator("figure img")
    image.evaluate("image => image.decode()")
    assert image.evaluate("image => image.currentSrc").split(".")[-1] == "avif"
    assert f"harbour-{most}." in image.evaluate("image => image.currentSrc")
    assert len([url for url in asked if "harbour" in url]) == 1
    assert page.evaluate("document.querySelector('figure').getBoundingClientRect().height") == room > 100
    assert page.locator("figcaption").inner_text() == "The harbour, at\N{NO-BREAK SPACE}dusk."
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert complaints == []
    context.close()


def test_a_figure_breaks_no_rule(browser, illustrated):
    """Axe finds nothing wrong with a figure, its image and its caption."""
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    page.goto(illustrated)
    assert broken(page, RULES) == []
    context.close()
