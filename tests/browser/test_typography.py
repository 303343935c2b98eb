"""The page as a piece of type: measure, size, notes and weight, counted in the browser."""

from __future__ import annotations

import gzip
import re
import statistics
from contextlib import contextmanager

import pytest
from kinds import KINDS, PARTS
from lxml import html

pytestmark = pytest.mark.browser

LINES = """() => [...document.querySelectorAll('.prose > p')].flatMap(p => {
    const range = document.createRange(), walk = document.createTreeWalker(p, NodeFilter.SHOW_TEXT)
    const lines = []; let count = 0, last = null
    while (walk.nextNode()) for (let i = 0; i < walk.currentNode.length; i++) {
        range.setStart(walk.currentNode, i); range.setEnd(walk.currentNode, i + 1)
        const box = range.getBoundingClientRect()
        if (!box.width || walk.currentNode.parentElement.closest('sup')) continue
        if (last !== null && box.bottom - last > 8) { lines.push(count); count = 0 }
        last = box.bottom; count++
    }
    return lines })"""
SIZE_AND_LEADING = """() => { const s = getComputedStyle(document.querySelector('.prose p'))
    return [parseFloat(s.fontSize), parseFloat(s.lineHeight)] }"""
SIZES = "[...document.querySelectorAll('p, h1, h2, li')].map(e => parseFloat(getComputedStyle(e).fontSize))"
SHIFTS = """window.shift = 0
new PerformanceObserver(list => { for (const entry of list.getEntries()) window.shift += entry.value })
    .observe({ type: 'layout-shift', buffered: true })"""
LAST_LINES = """() => [...document.querySelectorAll('.prose > p')].map(p => {
    const range = document.createRange(), walk = document.createTreeWalker(p, NodeFilter.SHOW_TEXT), words = []
    while (walk.nextNode()) {
        if (walk.currentNode.parentElement.closest('sup')) continue
        for (const word of walk.currentNode.data.matchAll(/[^\\s\\u00a0]+/g)) {
            range.setStart(walk.currentNode, word.index); range.setEnd(walk.currentNode, word.index + word[0].length)
            words.push(range.getBoundingClientRect().bottom)
        }
    }
    const lines = new Set(words.map(bottom => Math.round(bottom / 10)))
    return lines.size > 1 ? words.filter(bottom => words[words.length - 1] - bottom < 8).length : 99 })"""
PAINTED = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
SEEN = "//text()[not(ancestor::style or ancestor::script or ancestor::code or ancestor::pre)]"
ESSAY = KINDS["essay"]
MEASURES = [(320, 34, 75), (390, 42, 75), (768, 60, 70), (1280, 60, 70)]


@pytest.fixture(scope="module")
def open_at(address):
    """Return what opens a page of the built site at a width, with or without its web fonts; tests share the pages."""
    pages = {}

    def opened(browser, width, *, fonts=True, path=ESSAY):
        if (browser, fonts) not in pages:
            pages[browser, fonts] = browser.new_context().new_page()
            if not fonts:
                pages[browser, fonts].route("**/*.woff2", lambda route: route.abort())
        page = pages[browser, fonts]
        page.emulate_media(media="null")
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{address}{path}")
        page.evaluate("document.fonts.ready")
        return page

    yield opened
    for page in pages.values():
        page.context.close()


@pytest.mark.parametrize("fonts", [True, False], ids=["web-font", "fallback"])
@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: str(measure[0]))
def test_lines_have_a_readable_length(open_at, browser, measure, fonts):
    """A full line has 60 to 70 characters in the median and never over 75; on a phone at least 34 or 42."""
    width, least, most = measure
    lines = open_at(browser, width, fonts=fonts).evaluate(LINES)
    assert len(lines) > 40
    assert least <= statistics.median(lines) <= most
    assert max(lines) <= 75


@pytest.mark.parametrize(("width", "least", "most"), [(390, 18, 19), (1280, 19, 21)])
def test_text_has_a_readable_size_and_leading(open_at, browser, width, least, most):
    """Text is at least 18 px on a phone and 19 to 21 px on a desk, with lines 1.5 to 1.6 times as high."""
    size, leading = open_at(browser, width).evaluate(SIZE_AND_LEADING)
    assert least <= size <= most
    assert 1.5 <= leading / size <= 1.6


def test_text_follows_the_readers_own_size(open_at, browser, large_print):
    """For a reader who has set the browser's text to 32 px instead of 16, all text is twice as large."""
    before = open_at(browser, 390).evaluate(SIZES)
    after = open_at(large_print, 390).evaluate(SIZES)
    ratios = [large / small for large, small in zip(after, before, strict=True)]
    assert 1.85 < min(ratios) <= max(ratios) < 2.05


@pytest.mark.parametrize("width", [1120, 1280, 1600])
def test_notes_stand_beside_their_lines_on_a_desk(open_at, browser, width):
    """Each note begins at the height of its mark, or right under the note above, to the right of the text."""
    page = open_at(browser, width)
    notes = page.evaluate(
        """[...document.querySelectorAll('.footnote')].map(li => { const box = li.getBoundingClientRect()
        const mark = document.getElementById(li.id.replace('fn:', 'fnref:')).getBoundingClientRect()
        return [box.left, box.top, box.bottom, box.right, mark.top] })"""
    )
    edge = page.evaluate("document.querySelector('.prose').getBoundingClientRect().right")
    above = 0.0
    assert len(notes) >= 3
    for left, top, bottom, right, mark in notes:
        assert left > edge
        assert right <= width
        assert abs(top - mark) < 32 or 0 <= top - above < 32
        above = bottom


@pytest.mark.parametrize(("width", "share"), [(768, 0.0), (356, 0.06)])
def test_hardly_a_paragraph_ends_in_a_lonely_word(open_at, browser, width, share):
    """In lines as long as a desk's no paragraph of the series ends in one word alone, and on a phone few do."""
    lonely = paragraphs = 0
    page = open_at(browser, width, path=KINDS["ledger"])
    essays = page.evaluate("[...document.querySelectorAll('.entry-text a, .essay-card a')].map(a => a.href)")
    for essay in dict.fromkeys(essays):
        page.goto(essay)
        page.evaluate("document.fonts.ready")
        counts = page.evaluate(LAST_LINES)
        paragraphs += len(counts)
        lonely += counts.count(1)
    assert paragraphs > 60
    assert lonely / paragraphs <= share


def test_any_part_is_two_clicks_from_any_other(open_at, browser):
    """Every part links to every other, through the contents that each of them carries."""
    page = open_at(browser, 1280)
    parts = page.evaluate("[...document.querySelectorAll('.contents li a')].map(a => a.href)")
    assert len(parts) == PARTS
    for part in parts:
        page.goto(part)
        assert page.evaluate("[...document.querySelectorAll('.contents li a')].map(a => a.href)") == parts


def test_notes_are_endnotes_on_a_phone_and_on_paper(open_at, browser):
    """Where there is no room beside the text, the notes stand under it, in one copy."""
    for media, width in (("screen", 390), ("print", 1280)):
        page = open_at(browser, width)
        page.emulate_media(media=media)
        places = page.evaluate(
            """[document.querySelector('.prose > p:last-of-type'), ...document.querySelectorAll('.footnote')]
            .map(e => e.getBoundingClientRect().top)"""
        )
        assert len(places) > 3
        assert places == sorted(places)


@pytest.fixture(scope="module")
def slow_line(browser):
    """Return a page that adds up by how much its layout shifts."""
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(SHIFTS)
    yield page
    context.close()


@contextmanager
def late_fonts(page):
    """Hold all fonts back until the end; yield those that are held."""
    held, late = [], True

    def hold(route):
        if late:
            held.append(route)
        else:
            route.continue_()

    page.route("**/*.woff2", hold)
    yield held
    late = False
    for route in held:
        route.continue_()
    page.evaluate("document.fonts.ready")
    page.unroute("**/*.woff2", hold)


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("kind", ["home", "essay", "opening", "ledger", "play", "cases"])
def test_the_page_does_not_jump_when_its_fonts_come_late(slow_line, address, kind, width):
    """The fallback has the measure of the web font: on a slow line the layout shifts by no more than 0.01."""
    slow_line.set_viewport_size({"width": width, "height": 800})
    with late_fonts(slow_line) as held:
        slow_line.goto(f"{address}{KINDS[kind]}", wait_until="domcontentloaded")
        slow_line.evaluate(PAINTED)
        assert not slow_line.evaluate("document.fonts.check('1em \"Essay Text\"')")
        assert held
    slow_line.evaluate("document.fonts.ready")
    assert slow_line.evaluate("document.fonts.check('1em \"Essay Text\"')")
    slow_line.evaluate(PAINTED)
    slow_line.evaluate("new Promise(done => setTimeout(done))")  # the observer is told after a frame
    assert slow_line.evaluate("window.shift") <= 0.01


def test_a_jump_would_be_noticed(slow_line, address):
    """The measure of the test above is alive: a paragraph that comes late above the text is a shift."""
    page = slow_line
    page.goto(f"{address}{ESSAY}")
    page.evaluate(PAINTED)
    page.evaluate("const late = document.createElement('p'); late.style.height = '9em'; document.body.prepend(late)")
    page.wait_for_function("window.shift > 0.01")


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_and_its_style_fit_the_first_flight(output, kind):
    """HTML and all of its style are at most 14,600 bytes when compressed: the first round trip of a slow line."""
    path = KINDS[kind].lstrip("/")
    html = (output / path / "index.html" if not path.endswith(".html") else output / path).read_bytes()
    assert len(gzip.compress(html, 9)) <= 14_600


def test_no_typewriter_marks_are_left_on_any_page(output):
    """Straight quotes, double hyphens, three dots and hyphens between years are set, in the theme's own words too."""
    marks = re.compile(r"[\"']|--|\.\.\.|(?<![\w-])\d+-\d+(?![\w-])")
    left = {
        (path.name, text)
        for path in output.rglob("*.html")
        for text in html.document_fromstring(path.read_bytes()).xpath(SEEN)
        if marks.search(text)
    }
    assert left == set()


def test_an_essay_weighs_less_than_a_picture(output):
    """An essay, its style, fonts and mark are at most 100 KB uncompressed, its fonts at most 60 KB in three files."""
    fonts = sorted((output / "theme").glob("*.woff2"))
    weight = sum(font.stat().st_size for font in fonts)
    essays = [path.stat().st_size for path in (output / "essays").rglob("index.html")]
    assert len(fonts) <= 3
    assert weight <= 60_000
    assert max(essays) + weight + next((output / "theme").glob("match.*.svg")).stat().st_size <= 100_000


def test_paper_gets_the_text_and_none_of_the_ways(open_at, browser):
    """Printed text is 10.5 to 12 pt, in lines of 60 to 75 characters, and navigation is gone."""
    page = open_at(browser, 640)
    page.emulate_media(media="print")
    size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.prose p')).fontSize)")
    assert 10.5 <= size * 0.75 <= 12
    assert 60 <= statistics.median(page.evaluate(LINES)) <= 75
    for gone in (".site-header nav", ".contents", ".turn", ".skip-link"):
        assert page.locator(gone).count() == 1
        assert not page.locator(gone).is_visible()
    assert page.locator(".print-address").is_visible()
