"""Hostile texts in a real browser: no script in an author's text ever runs."""

from __future__ import annotations

import pytest

from builders import SiteTest, a_manuscript
from essay_series.checks import run
from hostile.cases import SET, TEXTS

pytestmark = pytest.mark.browser

FIRE_EVENTS = """() => {
    for (const each of document.querySelectorAll('*')) {
        for (const kind of ['click', 'focus', 'mouseover', 'error', 'load', 'toggle', 'pointerenter'])
            each.dispatchEvent(new Event(kind));
        if (each.focus) each.focus();
    }
    return window.__canary === undefined;
}"""


@pytest.fixture(scope="module")
def hostile_output(tmp_path_factory):
    """Build a site whose titles, entries, summaries, plays and series are disguised scripts."""
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
        if is_refused(site, f"e{number}"):
            site.remove(f"content/essays/e{number}.md")
    built = site.build()
    assert built.code == 0, built.said
    return built


def is_refused(site: SiteTest, name: str) -> bool:
    """Return whether the checks refuse an essay."""
    text = (site.folder / f"content/essays/{name}.md").read_text(encoding="utf-8")
    return bool(run(a_manuscript({f"essays/{name}.md": text})))


def test_no_hostile_text_runs_on_any_page(hostile_output, browser):
    """On every page and feed no script from a title, entry, summary or name runs, whatever events are fired."""
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    pages = [path for path in hostile_output.files() if path.endswith((".html", ".xml", ".svg"))]
    assert len(pages) > 80
    for path in pages:
        page.goto((hostile_output.output / path).as_uri())
        assert page.evaluate(FIRE_EVENTS), path
    assert not [url for url in asked if not url.startswith(("file:", "data:"))]
    page.close()


def test_a_script_that_runs_is_noticed(browser):
    """The check can fail: a page that runs a hostile text is noticed."""
    page = browser.new_page()
    page.set_content(f"<p>{TEXTS['image']}</p>")
    page.wait_for_timeout(200)
    assert not page.evaluate(FIRE_EVENTS)
    page.close()
