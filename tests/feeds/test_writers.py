"""Whatever an author writes comes back from a feed reader's parser as the same text."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from html import unescape
from pathlib import Path

import feedparser
import jsonschema
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from lxml import etree, html

from builders import PATTERNS, a_couple, a_day, a_part, a_site, an_essay
from essay_series.feeds.body import Body, xml_text
from essay_series.feeds.compose import feed, specs, within_budget
from essay_series.feeds.files import files as files_of
from essay_series.feeds.items import FeedContext
from essay_series.feeds.shapes import Channel
from essay_series.feeds.topics import topics
from essay_series.l10n import ENGLISH
from essay_series.routes import Routes

CHANNEL = Channel("https://e.example", "A & <site>", "An author", "en", "https://e.example/feeds/")
NASTY = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30) | st.sampled_from(
    ['"quotes" & <b>', "]]>", "<!-- -->", "💥 🧑‍🤝‍🧑", "שלום", "é e\u0301", "&amp;amp;", "<3", "a\u2028b", "%s {x}"]
)


def made(*essays, **site) -> dict[str, bytes]:
    """Return the feeds of `essays` by path."""
    whole, routes = a_site(*essays, **site), Routes(PATTERNS)
    listed = topics(whole, routes, ENGLISH)
    addresses = [f"/{essay.address.url}" for essay in essays]
    addresses += [f"/{routes.feed(topic.key).url}" for topic in listed]
    ids = {address: f"tag:e.example,2026:{number}" for number, address in enumerate(addresses)}
    return files_of(listed, FeedContext(whole, routes, CHANNEL, ids, str))


def same(text: str) -> str:
    """Return `text` as XML and readers may give it back: without what they cannot hold, blanks folded."""
    return " ".join(xml_text(text).split())


def looks_misread(text: str) -> bool:
    """Tell whether feedparser would take `text` for UTF-8 that was read as Latin-1, and mend what is not broken."""
    try:
        return not text.isascii() and bool(text.encode("latin-1").decode("utf-8"))
    except UnicodeError:
        return False


@given(title=NASTY, summary=NASTY, words=NASTY)
def test_any_text_comes_back_as_it_was(title, summary, words):
    """Titles, summaries and bodies with quotes, markup, emoji or right-to-left text survive every format."""
    assume(not any(looks_misread(xml_text(text)) or not same(text) for text in (title, summary, words)))
    paragraph = etree.Element("p")
    paragraph.text = xml_text(words)
    content = html.tostring(paragraph, encoding="unicode")
    files = made(an_essay("one", title=title, summary=summary, content=content))
    for form in ("atom.xml", "rss.xml"):
        parsed = feedparser.parse(files[f"feeds/all.{form}"], sanitize_html=False, resolve_relative_uris=False)
        entry = parsed.entries[0]
        assert not parsed.bozo, parsed.bozo_exception
        shown = unescape(entry.summary) if form == "rss.xml" else entry.summary
        assert (same(entry.title), same(shown)) == (same(title), same(summary))
        read = html.fragment_fromstring(entry.content[0].value, create_parent="div")
        assert same(words) in same("".join(read.itertext()))
    item = json.loads(files["feeds/all.json"])["items"][0]
    assert (same(item["title"]), same(item["summary"])) == (same(title), same(summary))


def rss_description(essay) -> str:
    """Return what the RSS feed of `essay` has for its reader as HTML."""
    return feedparser.parse(made(essay)["feeds/all.rss.xml"], sanitize_html=False).entries[0].summary


def test_a_summary_in_rss_is_shown_as_it_was_written():
    """Readers take a description for HTML, so a summary with markup in it is shown as words and does nothing."""
    shown = rss_description(an_essay("one", summary="On <b>bold</b> & <img src=x onerror=alert(1)>"))
    assert shown == "On &lt;b&gt;bold&lt;/b&gt; &amp; &lt;img src=x onerror=alert(1)&gt;"


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (
            '<h2>No</h2><p>Begin &lt;here&gt;<sup id="fnref:1"><a href="#fn:1">1</a></sup>.</p><p>No.</p>',
            "Begin &lt;here&gt;.",
        ),
        (f"<p>{'word ' * 100}</p>", f"{'word ' * 59}word…"),
        ("<pre><code>x</code></pre>", "One"),
        ("", "One"),
    ],
    ids=["first-paragraph", "long", "no-paragraph", "nothing"],
)
def test_each_item_in_rss_has_a_description(content, shown):
    """Without a summary and an entry it is the beginning of the text, or the title; the text itself comes behind it."""
    assert rss_description(an_essay("one", content=content)) == shown
    assert rss_description(an_essay("one", content=content, entry="Its entry.")) == "Its entry."


def test_addresses_in_other_letters_are_urls_everywhere():
    """RSS, JSON Feed and OPML know no IRIs; each format has the same address, in letters that all can take."""
    files = made(a_part("pokémon", content='<p><a href="/é?ü#ö">x</a> <a href="https://x.example/a b">y</a></p>'))
    for path, data in files.items():
        text = data.decode()
        assert "pokémon" not in text, path
        if not path.endswith(".opml"):
            assert "https://e.example/essays/pok%C3%A9mon/" in text, path
            assert "https://e.example/%C3%A9?%C3%BC#%C3%B6" in text, path
            assert "x.example/a%20b" in text, path


@given(NASTY, st.text(max_size=60))
def test_no_html_breaks_a_feed(words, markup):
    """Whatever stands in a body, also broken or hostile HTML, every format can be parsed and holds no script."""
    files = made(an_essay("one", content=f"<p>{words}<{markup}><script>{words}</script><b onclick='{markup}'>x"))
    parsed = feedparser.parse(files["feeds/all.atom.xml"])
    assert not parsed.bozo, parsed.bozo_exception
    assert b"<script" not in files["feeds/all.atom.xml"]
    assert "<script" not in json.loads(files["feeds/all.json"])["items"][0]["content_html"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ('<a href="/b/">x</a>', '<a href="https://e.example/b/">x</a>'),
        ('<a href="#part">x</a>', '<a href="https://e.example/a/#part">x</a>'),
        ('<img src="i.png" alt="i">', '<img src="https://e.example/a/i.png" alt="i">'),
        (
            '<img srcset="i.png 1x, /j.png 2x" alt="">',
            '<img srcset="https://e.example/a/i.png 1x, https://e.example/j.png 2x" alt="">',
        ),
        ('<video poster="/p.png"></video>', '<video poster="https://e.example/p.png"></video>'),
        ('<q cite="/b/">x</q>', '<q cite="https://e.example/b/">x</q>'),
        ('<p style="color:red" onclick="x()" class="y" id="z">x</p>', "<p>x</p>"),
        ('<h2 id="a">A<a class="headerlink" href="#a">#</a></h2>', "<h2>A</h2>"),
        ('<a href="javascript:alert(1)">x</a>', "<a>x</a>"),
        ("<form><input><button>x</button></form>", "x"),
        ('<iframe src="https://v.example/1" title="Film"></iframe>y', '<a href="https://v.example/1">Film</a>y'),
        ("<svg><title>Curve</title><path/></svg>", '<a href="https://e.example/a/">Curve</a>'),
        ("<details open><summary>More</summary><p>t</p></details>", "<p>More</p><p>t</p>"),
        ('<span aria-hidden="true">•</span><b hidden>x</b>y', "y"),
        ("<pre><code class='py'>a\n  b</code></pre>", "<pre><code>a\n  b</code></pre>"),
        ("so\u00adft", "soft"),
    ],
)
def test_item_html_is_made_for_readers(written, shown):
    """References become absolute, and what a reader cannot or must not show becomes plain or goes."""
    assert Body(written, "https://e.example/a/", "a-en").html == shown


def test_footnotes_carry_the_names_that_readers_know():
    """Both ends of a note have unique ids, absolute addresses and the classes of NetNewsWire and others."""
    note = (
        '<sup id="fnref:n"><a class="footnote-ref" href="#fn:n">1</a></sup><div class="footnote"><ol><li id="fn:n">'
        '<p>N <a class="footnote-backref" href="#fnref:n">↩</a></p></li></ol></div>'
    )
    shown = Body(note, "https://e.example/a/", "a-en").html
    assert '<sup id="a-en-fnref-n"><a href="#a-en-fn-n" class="footnote footnote-ref">' in shown
    assert '<div class="footnotes"><ol><li id="a-en-fn-n">' in shown
    assert 'class="footnote-backref reversefootnote footnoteBackLink"' in shown


def test_side_place_and_way_on_stand_in_words():
    """The first line says side and part and leads to the page, the last to series, neighbours and the list of feeds."""
    files = made(*a_couple(), a_part("end", day=3))
    text = json.loads(files["feeds/series/turnings.json"])["items"][1]["content_html"]
    series = '<a href="https://e.example/series/turnings/">turnings</a>'
    page = '<a href="https://e.example/essays/gain/">On its own page</a>'
    assert text.startswith(f"<p>Benefit, part 2 of 3 in {series} · {page}</p><p><em>The gain.</em></p>")
    (alone,) = json.loads(made(an_essay())["feeds/all.json"])["items"]
    assert alone["content_html"].startswith('<p><a href="https://e.example/essays/one/">On its own page</a></p>')
    assert text.endswith(
        f'<p>Series: {series} · Previous: <a href="https://e.example/essays/price/">Price</a> · '
        'Next: <a href="https://e.example/essays/end/">End</a> · '
        '<a href="https://e.example/feeds/">All feeds of this site</a></p>'
    )


def test_a_series_is_in_reading_order_and_the_rest_newest_first():
    """Who reads a series begins at the beginning; who follows a site sees the newest."""
    files = made(*a_couple(), a_part("end", day=3))
    order = [
        [item["url"].split("/")[-2] for item in json.loads(files[f"feeds/{key}.json"])["items"]]
        for key in ("series/turnings", "all", "sides/costs")
    ]
    assert order == [["price", "gain", "end"], ["end", "gain", "price"], ["price"]]


def test_nothing_without_essays_has_a_feed():
    """A site without sides, series, plays or revisions has the one feed of its essays; an empty one has none."""
    assert sorted(path for path in made(an_essay()) if path.endswith("atom.xml")) == ["feeds/all.atom.xml"]
    assert made() == {}


@cache
def schema() -> dict:
    """Return the part of JSON Feed 1.1 that its text demands, as a schema."""
    return json.loads((Path(__file__).parent / "json-feed-1.1.schema.json").read_text(encoding="utf-8"))


def test_json_feed_keeps_to_its_text():
    """A feed with everything in it is what JSON Feed 1.1 asks for; one without a version or with an old key is not."""
    essay = an_essay("one", author="A guest", content="<p>x</p>", modified=a_day(9), revision="Mended.", summary="S.")
    feed = json.loads(made(essay, *a_couple())["feeds/all.json"])
    jsonschema.validate(feed, schema())
    for broken in ({**feed, "version": "1"}, {**feed, "hub": 1}, {**feed, "items": [{"id": 1}]}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(broken, schema())


def test_what_does_not_fit_is_left_to_the_archive():
    """A feed keeps within its budget, and holds at least its newest item."""
    long = an_essay("long", content=f"<p>{'word ' * 60_000}</p>")
    topic = topics(a_site(long), Routes(PATTERNS), ENGLISH)[0]
    items = feed(next(specs(topic, press(long))), press(long)).items
    assert len(within_budget(items * 3)) == 1
    assert within_budget([]) == []


def press(*essays) -> FeedContext:
    """Return what makes items of `essays`."""
    ids = {f"/{essay.address.url}": essay.slug for essay in essays} | {"/feeds/all.atom.xml": "all"}
    return FeedContext(a_site(*essays), Routes(PATTERNS), CHANNEL, ids, str)


def test_a_feed_of_nothing_new_is_as_old_as_its_newest_essay():
    """The build's clock is in no feed."""
    files = made(an_essay("one", date=datetime(1999, 1, 2, 3, 4, 5, tzinfo=UTC)))
    assert b"<updated>1999-01-02T03:04:05Z</updated>" in files["feeds/all.atom.xml"]
    assert b"20" not in files["feeds/all.rss.xml"].split(b"<lastBuildDate>")[1].split(b"</")[0][5:16]


def test_the_sign_for_a_lost_letter_is_carried_in_code():
    """An essay about encodings shows the sign, in feeds as on its page."""
    body = Body("<p>So: <code>\ufffd</code></p>", "https://site.example/", "a")
    assert "<code>\ufffd</code>" in body.html
    assert "<code>\ufffd</code>" in body.xhtml
