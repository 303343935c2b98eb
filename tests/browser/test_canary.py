"""Hostile texts in a real browser: nothing that an author's words hold is ever run."""

from __future__ import annotations

import pytest

from builders import SiteTest, a_manuscript
from essay_series.checks import run
from hostile.cases import SET, TEXTS

pytestmark = pytest.mark.browser

TOUCH_EVERYTHING = """() => {
    for (const each of document.querySelectorAll('*')) {
        for (const kind of ['click', 'focus', 'mouseover', 'error', 'load', 'toggle', 'pointerenter'])
            each.dispatchEvent(new Event(kind));
        if (each.focus) each.focus();
    }
    return window.__canary === undefined;
}"""


@pytest.fixture(scope="module")
def hostile_output(tmp_path_factory):
    """Return the built site whose titles, entries, summaries, plays, series and promises are scripts in disguise."""
    site = SiteTest(tmp_path_factory.mktemp("canary"))
    for number, text in enumerate(" ".join(text.split()) for text in TEXTS.values() if SET in text):
        keys = {
            "Slug": f"e{number}",
            "Side": "cost",
            "Entry": text,
            "Summary": text,
            "Series": f"S{number} {text[:40]}",
        }
        site.essay(f"e{number}", f"`{text}`\n\n    {text}\n", Title=text, Tags=f"Play {number} {text[:40]}", **keys)
        if run_refuses(site, f"e{number}"):
            site.remove(f"content/essays/e{number}.md")
    built = site.build()
    assert built.code == 0, built.said
    return built


def run_refuses(site: SiteTest, name: str) -> bool:
    """Tell whether an essay would be refused, as the checks alone see it."""
    text = (site.folder / f"content/essays/{name}.md").read_text(encoding="utf-8")
    return bool(run(a_manuscript({f"essays/{name}.md": text})))


def test_nothing_hostile_runs_on_any_page(hostile_output, browser):
    """On every page and in every feed, whatever is touched, no script of a title, entry, summary or name has run."""
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    pages = [path for path in hostile_output.files() if path.endswith((".html", ".xml", ".svg"))]
    assert len(pages) > 80
    for path in pages:
        page.goto((hostile_output.output / path).as_uri())
        assert page.evaluate(TOUCH_EVERYTHING), path
    assert not [url for url in asked if not url.startswith(("file:", "data:"))]
    page.close()


def test_the_canary_would_sing(browser):
    """The test can fail: a page that does run such a text is noticed."""
    page = browser.new_page()
    page.set_content(f"<p>{TEXTS['image']}</p>")
    page.wait_for_timeout(200)
    assert not page.evaluate(TOUCH_EVERYTHING)
    page.close()
