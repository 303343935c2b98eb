"""Typography measured in the browser: line length, size, notes, layout shifts and weight."""

from __future__ import annotations

import gzip
import re
import statistics
from contextlib import contextmanager

import pytest
from lxml import html
from pages import COUNT_SHIFTS, KINDS, PARTS

pytestmark = pytest.mark.browser

LINE_LENGTHS = """() => [...document.querySelectorAll('.prose > p')].flatMap(p => {
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
WORDS_ON_LAST_LINES = """() => [...document.querySelectorAll('.prose > p')].map(p => {
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
VISIBLE_TEXTS = "//text()[not(ancestor::style or ancestor::script or ancestor::code or ancestor::pre)]"
ESSAY = KINDS["essay"]
MEASURES = [(320, 34, 75), (390, 42, 75), (768, 60, 70), (1280, 60, 70)]


@pytest.fixture(scope="module")
def open_at(address):
    """Return a function that opens a page at a width, with or without web fonts; tests share the pages."""
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
    """A full line has 60 to 70 characters in the median and at most 75; on a phone at least 34 or 42."""
    width, lowest, highest = measure
    lines = open_at(browser, width, fonts=fonts).evaluate(LINE_LENGTHS)
    assert len(lines) > 40
    assert lowest <= statistics.median(lines) <= highest
    assert max(lines) <= 75


@pytest.mark.parametrize(("width", "smallest", "largest"), [(390, 18, 19), (1280, 19, 21)])
def test_text_has_a_readable_size_and_leading(open_at, browser, width, smallest, largest):
    """Text is 18 to 19 px on a phone and 19 to 21 px on a desktop, with a line height of 1.5 to 1.6."""
    size, leading = open_at(browser, width).evaluate(SIZE_AND_LEADING)
    assert smallest <= size <= largest
    assert 1.5 <= leading / size <= 1.6


def test_text_follows_the_readers_own_size(open_at, browser, large_print):
    """With a default text size of 32 px all text is twice as large."""
    before = open_at(browser, 390).evaluate(SIZES)
    after = open_at(large_print, 390).evaluate(SIZES)
    ratios = [large / small for large, small in zip(after, before, strict=True)]
    assert 1.85 < min(ratios) <= max(ratios) < 2.05


@pytest.mark.parametrize("width", [1120, 1280, 1600])
def test_notes_are_beside_their_lines_on_a_desktop(open_at, browser, width):
    """Each note is right of the text, level with its reference or directly below the note above."""
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
def test_few_paragraphs_end_in_a_single_word(open_at, browser, width, share):
    """No paragraph ends in a line of one word on a desktop, and few do on a phone."""
    single = paragraphs = 0
    page = open_at(browser, width, path=KINDS["ledger"])
    essays = page.evaluate("[...document.querySelectorAll('.entry-text a, .essay-card a')].map(a => a.href)")
    for essay in dict.fromkeys(essays):
        page.goto(essay)
        page.evaluate("document.fonts.ready")
        counts = page.evaluate(WORDS_ON_LAST_LINES)
        paragraphs += len(counts)
        single += counts.count(1)
    assert paragraphs > 60
    assert single / paragraphs <= share


def test_every_part_links_to_every_other(open_at, browser):
    """Every part has the same contents, which link to all parts."""
    page = open_at(browser, 1280)
    parts = page.evaluate("[...document.querySelectorAll('.contents li a')].map(a => a.href)")
    assert len(parts) == PARTS
    for part in parts:
        page.goto(part)
        assert page.evaluate("[...document.querySelectorAll('.contents li a')].map(a => a.href)") == parts


def test_notes_are_endnotes_on_a_phone_and_on_paper(open_at, browser):
    """Without room beside the text, the notes are below it."""
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
def shift_page(browser):
    """Return a page that adds up its layout shifts."""
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(COUNT_SHIFTS)
    yield page
    context.close()


@contextmanager
def late_fonts(page):
    """Hold back all fonts within the context, and yield the requests held so far."""
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
def test_pages_do_not_shift_when_their_fonts_load(shift_page, address, kind, width):
    """The fallback font has the metrics of the web font: the layout shifts by at most 0.01."""
    shift_page.set_viewport_size({"width": width, "height": 800})
    with late_fonts(shift_page) as held:
        shift_page.goto(f"{address}{KINDS[kind]}", wait_until="domcontentloaded")
        shift_page.evaluate(PAINTED)
        assert not shift_page.evaluate("document.fonts.check('1em \"Essay Text\"')")
        assert held
    shift_page.evaluate("document.fonts.ready")
    assert shift_page.evaluate("document.fonts.check('1em \"Essay Text\"')")
    shift_page.evaluate(PAINTED)
    shift_page.evaluate("new Promise(done => setTimeout(done))")  # the observer is told after a frame
    assert shift_page.evaluate("window.shift") <= 0.01


def test_a_layout_shift_is_noticed(shift_page, address):
    """The check can fail: a paragraph inserted above the text counts as a shift."""
    page = shift_page
    page.goto(f"{address}{ESSAY}")
    page.evaluate(PAINTED)
    page.evaluate("const late = document.createElement('p'); late.style.height = '9em'; document.body.prepend(late)")
    shift = page.evaluate(
        """new Promise(done => {
            const until = performance.now() + 30000;
            const look = () =>
                window.shift > 0.01 || performance.now() > until ? done(window.shift) : requestAnimationFrame(look);
            look();
        })"""
    )
    assert shift > 0.01


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_fits_the_first_round_trip(output, kind):
    """A page with its styles is at most 14,600 bytes compressed, the first round trip of a slow connection."""
    path = KINDS[kind].lstrip("/")
    html = (output / path / "index.html" if not path.endswith(".html") else output / path).read_bytes()
    assert len(gzip.compress(html, 9)) <= 14_600


def test_no_typewriter_punctuation_is_left(output):
    """No page has straight quotes, double hyphens, three dots or hyphens between years."""
    marks = re.compile(r"[\"']|--|\.\.\.|(?<![\w-])\d+-\d+(?![\w-])")
    left = {
        (path.name, text)
        for path in output.rglob("*.html")
        for text in html.document_fromstring(path.read_bytes()).xpath(VISIBLE_TEXTS)
        if marks.search(text)
    }
    assert left == set()


def test_an_essay_weighs_at_most_100_kb(output):
    """An essay with its fonts and icon is at most 100 kB, its fonts at most 60 kB in three files."""
    fonts = sorted((output / "theme").glob("*.woff2"))
    weight = sum(font.stat().st_size for font in fonts)
    essays = [path.stat().st_size for path in (output / "essays").rglob("index.html")]
    assert len(fonts) <= 3
    assert weight <= 60_000
    assert max(essays) + weight + next((output / "theme").glob("match.*.svg")).stat().st_size <= 100_000


def test_printed_text_is_readable_and_has_no_navigation(open_at, browser):
    """Printed text is 10.5 to 12 pt in lines of 60 to 75 characters, without navigation."""
    page = open_at(browser, 640)
    page.emulate_media(media="print")
    size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.prose p')).fontSize)")
    assert 10.5 <= size * 0.75 <= 12
    assert 60 <= statistics.median(page.evaluate(LINE_LENGTHS)) <= 75
    for hidden in (".site-header nav", ".contents", ".turn", ".skip-link"):
        assert page.locator(hidden).count() == 1
        assert not page.locator(hidden).is_visible()
    assert page.locator(".print-address").is_visible()
