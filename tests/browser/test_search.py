"""Searching the published site in a real browser, under its own policy: found, narrowed, followed by keyboard."""

from __future__ import annotations

import re
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from kinds import KINDS, RULES
from test_accessibility import CONTRAST, NO_SIDEWAYS, OF_WIDTH, WIDTHS, broken

from builders import SiteTest
from hosts.servers import free_port, serving

pytestmark = pytest.mark.browser


@contextmanager
def publishing(folder, server, below="", name="127.0.0.1"):
    """Publish the sample for an address of this machine, and serve it there; the address yielded is under `name`."""
    port = free_port()
    built = SiteTest(folder).sample().publish(f"http://127.0.0.1:{port}{below}")
    assert built.code == 0, built.said
    with serving(server, built, port, below):
        yield f"http://{name}:{port}{below}"


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """Return where Caddy serves the sample, published for that address."""
    with publishing(tmp_path_factory.mktemp("search"), "caddy") as address:
        yield address


@pytest.fixture(scope="module")
def phone(browser):
    """Return a page that tests share, as wide as a phone, which keeps nothing of what it loads."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.set_default_timeout(8000)
    context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    yield page
    context.close()


@pytest.fixture
def seeker(phone):
    """Return an empty page, and all that it asks for; its console may complain of nothing."""
    phone.goto("about:blank")
    complaints, asked = [], []
    listeners = {
        "console": lambda said: complaints.append(said.text),
        "pageerror": lambda error: complaints.append(str(error)),
        "request": lambda request: asked.append(request.url),
    }
    for event, listener in listeners.items():
        phone.on(event, listener)
    yield phone, asked
    for event, listener in listeners.items():
        phone.remove_listener(event, listener)
    assert complaints == []
    assert len({urlsplit(url).netloc for url in asked}) == 1


def titles(page) -> list[str]:
    """Return the titles of what was found, with plain blanks."""
    return [title.replace("\xa0", " ") for title in page.locator(".result h2").all_inner_texts()]


def test_three_words_find_their_essays(seeker, published):
    """Each of three searches finds the essay that is about it first, says how many there are, and can be kept."""
    find_three_words(seeker[0], published)


def test_nginx_serves_a_search_too(seeker, tmp_path):
    """What a search loads has the types and headers that it needs from nginx as well.

    The site lies in a folder, and is read under another name than that of its publication; nothing is blocked.
    """
    with publishing(tmp_path, "nginx", "/essays", "localhost") as address:
        find_three_words(seeker[0], address)


def find_three_words(page, address):
    """Search for three words, and look at what is found."""
    page.goto(f"{address}/search/")
    for words, essay in (
        ("brambles", "More hands than beds"),
        ("water bill", "The water bill"),
        ("prune", "Everyone learns to prune"),
    ):
        page.get_by_label("Words to look for").fill(words)
        page.get_by_text(re.compile(f"pages? with “{words}”")).wait_for()
        assert titles(page)[0] == essay
        count = int(page.get_by_role("status").inner_text().split()[0])
        assert count >= len(titles(page)) > 0
        assert f"q={words.replace(' ', '+')}" in page.url
        assert "The shared garden · Part " in page.locator(".result .kicker").first.inner_text()


def test_a_search_is_narrowed_by_side_and_play(seeker, published):
    """Only costs are left where the side is cost, only pages of a play where one is chosen; the address says so."""
    page, _ = seeker
    page.goto(f"{published}/search/?q=garden&side=cost")
    page.get_by_role("status").filter(has_text="with “garden”").wait_for()
    kickers = page.locator(".result .kicker").all_inner_texts()
    assert kickers
    assert all(kicker.endswith(" Cost") for kicker in kickers)
    page.get_by_label("Side").select_option("")
    page.get_by_label("Play").select_option("Leave a path")
    page.wait_for_url("**/search/?q=garden&play=Leave+a+path")
    page.locator(".result", has_text="Tools wear out faster").wait_for(state="detached")
    page.locator(".result", has_text="Play").filter(has_text=re.compile("Leave a.path")).first.wait_for()
    assert "Tools wear out faster" not in titles(page)


def test_what_was_found_is_followed_by_keyboard(seeker, published):
    """A slash leads to the words, Enter to the first that was found, arrows on and back, Enter again to the page."""
    page, _ = seeker
    page.goto(f"{published}/search/")
    page.wait_for_load_state("networkidle")
    page.locator("h1").click()
    page.keyboard.press("/")
    page.keyboard.type("bill")
    page.keyboard.press("Enter")
    page.locator(".result a:focus").wait_for()
    first = page.evaluate("document.activeElement.href")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.href") != first
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.href") == first
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "words"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/essays/the-water-bill/")
    page.go_back()
    page.get_by_role("status").filter(has_text="with “bill”").wait_for()


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_leads_to_the_search(seeker, published, kind):
    """From the head of every page one link leads to the page to search from; before it is followed it costs nothing."""
    page, asked = seeker
    page.goto(published + KINDS[kind])
    page.wait_for_load_state("networkidle")
    assert asked
    assert kind == "search" or [url for url in asked if "pagefind" in url or url.endswith(".js")] == []
    page.get_by_role("banner").get_by_role("link", name="Search", exact=True).click()
    page.wait_for_url("**/search/")
    assert page.evaluate("document.activeElement.id") == "words"


@pytest.mark.parametrize("width", [390, 1280])
def test_results_move_nothing(browser, published, width):
    """What was found comes without a shift of what is on the page already, and so do the fields to narrow it by."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.add_init_script(
        "window.shifted = 0; new PerformanceObserver(list => { for (const each of list.getEntries())"
        " if (!each.hadRecentInput) shifted += each.value }).observe({ type: 'layout-shift', buffered: true })"
    )
    page.goto(f"{published}/search/?q=garden")
    page.locator(".result").first.wait_for()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("shifted") <= 0.01
    context.close()


def test_what_is_not_there_is_said(seeker, published):
    """A word that no page has is told as such, with what to try."""
    page, _ = seeker
    page.goto(f"{published}/search/?q=zyzzyva")
    page.get_by_text("Nothing with “zyzzyva”. Try fewer or shorter words, or take a filter away.").wait_for()
    assert titles(page) == []


def test_a_search_is_light(seeker, published):
    """Script, index and program of a first search are less than 250 KB in all, without any compression by the host."""
    page, asked = seeker
    page.goto(f"{published}/search/?q=garden")
    page.get_by_role("status").filter(has_text="with “garden”").wait_for()
    loaded = [url for url in asked if "/pagefind/" in url or url.endswith(".js")]
    assert 10_000 < sum(len(page.request.get(url).body()) for url in loaded) < 250_000


def test_what_was_found_breaks_no_rule(browser, published):
    """With words, filters and results, axe finds nothing, dark or light, and nothing scrolls sideways at any width."""
    context = browser.new_context(viewport={"width": 320, "height": 800}, reduced_motion="reduce", bypass_csp=True)
    page = context.new_page()
    page.goto(f"{published}/search/?q=garden")
    page.get_by_role("status").filter(has_text="with “garden”").wait_for()
    assert broken(page, RULES) == []
    page.emulate_media(color_scheme="dark")
    assert broken(page, {"type": "rule", "values": CONTRAST}) == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert (width, broken(page, {"type": "rule", "values": OF_WIDTH})) == (width, [])
        assert page.evaluate(NO_SIDEWAYS)
    context.close()


def test_without_script_there_are_other_ways(browser, published):
    """Who runs no script is told so, sees no form, and finds playbook, ledger and archive."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{published}/search/")
    assert "Searching is done by a script" in page.locator(".lead-summary").inner_text()
    assert not page.locator("form").is_visible()
    ways = page.locator(".ways a").all_inner_texts()
    assert [way.replace("\xa0", " ") for way in ways] == ["The garden playbook", "The shared garden", "Archive"]
    context.close()
