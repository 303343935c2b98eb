"""Searching the published site in a real browser, under its own security policy."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from pages import COUNT_SHIFTS, KINDS, check_accessibility

from builders import SiteTest
from hosts.servers import free_port, serving

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(published):
    """Return the address of the published sample."""
    return published[0]


@pytest.fixture(scope="module")
def phone(browser):
    """Return a page shared by tests, as wide as a phone, with the HTTP cache disabled."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.set_default_timeout(8000)
    context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    yield page
    context.close()


@pytest.fixture
def search_page(phone):
    """Return an empty page and the addresses that it requests; its console must stay empty."""
    phone.goto("about:blank")
    complaints, requested = [], []
    listeners = {
        "console": lambda said: complaints.append(said.text),
        "pageerror": lambda error: complaints.append(str(error)),
        "request": lambda request: requested.append(request.url),
    }
    for event, listener in listeners.items():
        phone.on(event, listener)
    yield phone, requested
    for event, listener in listeners.items():
        phone.remove_listener(event, listener)
    assert complaints == []
    assert len({urlsplit(url).netloc for url in requested}) == 1


def titles(page) -> list[str]:
    """Return the titles of the results, with plain spaces."""
    return [title.replace("\xa0", " ") for title in page.locator(".result h2").all_inner_texts()]


def test_a_search_finds_its_essay_first(search_page, address):
    """The essay about the words comes first, and the address of the search can be kept."""
    search_for_essays(search_page[0], address)


def test_a_search_works_from_nginx(search_page, tmp_path):
    """The search works from nginx too, for a site in a folder that is read under another host name."""
    port = free_port()
    built = SiteTest(tmp_path).sample().publish(f"http://127.0.0.1:{port}/essays")
    assert built.code == 0, built.said
    with serving("nginx", built, port, "/essays"):
        search_for_essays(search_page[0], f"http://localhost:{port}/essays")


def search_for_essays(page, address):
    """Search for three essays, and check the results, their number and the address."""
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


def test_a_search_is_narrowed_by_side_and_play(search_page, address):
    """The filters leave only costs, or only pages of a play, and the address holds them."""
    page, _ = search_page
    page.goto(f"{address}/search/?q=garden&side=cost")
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


def test_results_are_reached_by_keyboard(search_page, address):
    """A slash focuses the search field, Enter the first result, arrows move, and Enter follows the link."""
    page, _ = search_page
    page.goto(f"{address}/search/")
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
def test_every_page_links_to_the_search_and_loads_nothing_of_it(search_page, address, kind):
    """Every page links to the search page and loads no part of the search itself."""
    page, requested = search_page
    page.goto(address + KINDS[kind])
    page.wait_for_load_state("networkidle")
    assert requested
    assert kind == "search" or [url for url in requested if "pagefind" in url or url.endswith(".js")] == []
    page.get_by_role("banner").get_by_role("link", name="Search", exact=True).click()
    page.wait_for_url("**/search/")
    assert page.evaluate("document.activeElement.id") == "words"


@pytest.mark.parametrize("width", [390, 1280])
def test_results_cause_no_layout_shift(browser, address, width):
    """Results and filters appear without shifting what is already on the page."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.add_init_script(COUNT_SHIFTS)
    page.goto(f"{address}/search/?q=garden")
    page.locator(".result").first.wait_for()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("shift") <= 0.01
    context.close()


def test_a_search_without_results_says_so(search_page, address):
    """A word that is on no page gets a message with advice."""
    page, _ = search_page
    page.goto(f"{address}/search/?q=zyzzyva")
    page.get_by_text("Nothing with “zyzzyva”. Try fewer or shorter words, or take a filter away.").wait_for()
    assert titles(page) == []


def test_a_first_search_loads_less_than_250_kb(search_page, address):
    """Script, index and program of a first search are under 250 kB, uncompressed."""
    page, requested = search_page
    page.goto(f"{address}/search/?q=garden")
    page.get_by_role("status").filter(has_text="with “garden”").wait_for()
    loaded = [url for url in requested if "/pagefind/" in url or url.endswith(".js")]
    assert 10_000 < sum(len(page.request.get(url).body()) for url in loaded) < 250_000


def test_search_results_are_accessible(browser, address):
    """With words, filters and results axe finds no violation, and nothing scrolls sideways."""
    context = browser.new_context(viewport={"width": 320, "height": 800}, reduced_motion="reduce", bypass_csp=True)
    page = context.new_page()
    page.goto(f"{address}/search/?q=garden")
    page.get_by_role("status").filter(has_text="with “garden”").wait_for()
    check_accessibility(page)
    context.close()


def test_without_scripts_the_search_page_offers_other_pages(browser, address):
    """Without scripts the page says so, hides the form, and links to playbook, ledger and archive."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/search/")
    assert "Searching is done by a script" in page.locator(".lead-summary").inner_text()
    assert not page.locator("form").is_visible()
    ways = page.locator(".ways a").all_inner_texts()
    assert [way.replace("\xa0", " ") for way in ways] == ["The garden playbook", "The shared garden", "Archive"]
    context.close()
