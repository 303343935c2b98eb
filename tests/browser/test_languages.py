"""Search in a site in six languages: every essay is found by its own words from one page."""

# ruff: noqa: RUF001 - texts in their own scripts

from __future__ import annotations

import pytest
from pages import COUNT_SHIFTS

from builders import SiteTest
from quiet import served

pytestmark = pytest.mark.browser

TEXTS = {
    "ferry": ("en", "The ferryman", "He rows the boats across the river, and reads a code of conduct: 行为准则."),
    "boot": ("de", "Der Fährmann", "Er rudert das Boot über den Fluss. Die Häuser stehen am Ufer; Pelican auch."),
    "lodka": ("ru", "Паромщик", "Он гребёт через реку. Дома стоят на берегу."),
    "markib": ("ar", "الملاح", "يجدف الملاح القارب عبر النهر. البيوت على الضفة."),
    "rules": ("zh-Hans", "我们的规则", "我们制定了行为准则。每个人都要遵守，用 Pelican 写成。"),
    "walkers": ("zh-Hans", "行人", "准则是为行人写的，不是行为。"),
    "fune": ("ja", "船頭", "船頭は川を渡って舟を漕ぐ。コードを読む。"),
}


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Serve a site with an essay in each language and return its address."""
    site = SiteTest(tmp_path_factory.mktemp("languages"), "SEARCH_INDEX = True\n")
    for slug, (lang, title, text) in TEXTS.items():
        site.essay(slug, f"{text}\n", Title=title, Lang=lang)
    built = site.build()
    assert built.code == 0, built.said
    with served(built.output) as root:
        yield root


@pytest.fixture(scope="module")
def search_page(browser, address):
    """Return the search page, whose console must stay empty."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page, complaints = context.new_page(), []
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_default_timeout(8000)
    page.goto(f"{address}/search/")
    yield page
    assert complaints == []
    context.close()


def found_slugs(page, words: str) -> list[str]:
    """Return the slugs of the essays found_slugs by a search for `words`, in the order shown."""
    page.get_by_label("Words to look for").fill(words)
    page.get_by_role("status").filter(has_text=f"with “{words}”").wait_for()
    links = page.locator(".result h2 a").evaluate_all("all => all.map(each => new URL(each.href).pathname)")
    return [link.split("/")[2] for link in links if link.startswith("/essays/")]


@pytest.mark.parametrize(
    ("words", "slugs"),
    [
        ("boat", {"ferry"}),
        ("Haus", {"boot"}),
        ("Häuser", {"boot"}),
        ("река", {"lodka"}),
        ("القارب", {"markib"}),
        ("行为准则", {"ferry", "rules"}),
        ("行为", {"ferry", "rules", "walkers"}),
        ("为", {"ferry", "rules", "walkers"}),
        ("人", {"rules", "walkers"}),
        ("川", {"fune"}),
        ("コード", {"fune"}),
        ("Pelican", {"boot", "rules"}),
        ("行为准则 Pelican", {"rules"}),
        ("行为 规则", {"rules"}),
        ("制定，行为", {"rules"}),
        ("则行", set()),
    ],
)
def test_each_language_is_found_by_its_own_words(search_page, words, slugs):
    """Stems of each language, character sequences at any place and single characters are found from one page."""
    assert set(found_slugs(search_page, words)) == slugs


def test_results_in_the_pages_language_come_first(search_page):
    """The first result is in the language of the search page; the others follow by relevance."""
    assert found_slugs(search_page, "行为准则") == ["ferry", "rules"]


def test_a_result_is_marked_with_its_language_and_direction(search_page):
    """A result in another language has its `lang` and, where needed, its `dir`."""
    found_slugs(search_page, "القارب")
    title = search_page.locator(".result h2")
    assert (title.get_attribute("lang"), title.get_attribute("dir")) == ("ar", "rtl")
    found_slugs(search_page, "boat")
    assert search_page.locator(".result h2").get_attribute("lang") is None


def test_excerpts_have_no_added_spaces(search_page):
    """The spaces that separate words in the index are not shown, and matches are highlighted."""
    found_slugs(search_page, "规则")
    result = search_page.locator(".result")
    assert result.locator("h2").inner_text() == "我们的规则"
    assert "我们制定了行为准则。每个人都要遵守，用 Pelican 写成。" in result.locator(".result-excerpt").inner_text()
    assert [mark.strip(". ") for mark in result.locator("mark").all_inner_texts()] == ["规", "则"]


def test_results_in_many_languages_cause_no_layout_shift(browser, address):
    """Results in many languages do not shift what is already on the page."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.add_init_script(COUNT_SHIFTS)
    page.goto(f"{address}/search/?q=行为")
    page.locator(".result").first.wait_for()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("shift") <= 0.01
    page.close()
