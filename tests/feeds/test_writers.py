"""Feeds as readers parse them: texts survive, HTML is safe, and the formats follow their specifications."""

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
from essay_series.feeds.items import FeedContext
from essay_series.feeds.topics import topics
from essay_series.l10n import ENGLISH
from essay_series.routes import Routes
from feeds.sites import CHANNEL, feed_files

NASTY = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30) | st.sampled_from(
    ['"quotes" & <b>', "]]>", "<!-- -->", "💥 🧑‍🤝‍🧑", "שלום", "é e\u0301", "&amp;amp;", "<3", "a\u2028b", "%s {x}"]
)


def normalized(text: str) -> str:
    """Return `text` as XML and readers may give it back: without characters they cannot hold, spaces folded."""
    return " ".join(xml_text(text).split())


def looks_misread(text: str) -> bool:
    """Return whether feedparser would take `text` for UTF-8 that was decoded as Latin-1, and re-decode it."""
    try:
        return not text.isascii() and bool(text.encode("latin-1").decode("utf-8"))
    except UnicodeError:
        return False


@given(title=NASTY, summary=NASTY, words=NASTY)
def test_any_text_survives_every_format(title, summary, words):
    """Titles, summaries and bodies with quotes, markup, emoji or right-to-left text survive every format."""
    assume(not any(looks_misread(xml_text(text)) or not normalized(text) for text in (title, summary, words)))
    paragraph = etree.Element("p")
    paragraph.text = xml_text(words)
    content = html.tostring(paragraph, encoding="unicode")
    files = feed_files(an_essay("one", title=title, summary=summary, content=content))
    for form in ("atom.xml", "rss.xml"):
        parsed = feedparser.parse(files[f"feeds/all.{form}"], sanitize_html=False, resolve_relative_uris=False)
        entry = parsed.entries[0]
        assert not parsed.bozo, parsed.bozo_exception
        shown = unescape(entry.summary) if form == "rss.xml" else entry.summary
        assert (normalized(entry.title), normalized(shown)) == (normalized(title), normalized(summary))
        read = html.fragment_fromstring(entry.content[0].value, create_parent="div")
        assert normalized(words) in normalized("".join(read.itertext()))
    item = json.loads(files["feeds/all.json"])["items"][0]
    assert (normalized(item["title"]), normalized(item["summary"])) == (normalized(title), normalized(summary))


def rss_description(essay) -> str:
    """Return the description of an essay's item in the RSS feed, as HTML."""
    return feedparser.parse(feed_files(essay)["feeds/all.rss.xml"], sanitize_html=False).entries[0].summary


def test_markup_in_a_summary_is_escaped_in_rss():
    """Readers treat an RSS description as HTML, so markup in a summary is escaped."""
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
    """Without summary and entry, the description is the beginning of the text, or else the title."""
    assert rss_description(an_essay("one", content=content)) == shown
    assert rss_description(an_essay("one", content=content, entry="Its entry.")) == "Its entry."


def test_addresses_are_percent_encoded_in_every_format():
    """RSS, JSON Feed and OPML allow no IRIs, so addresses are percent-encoded in every format."""
    files = feed_files(a_part("pokémon", content='<p><a href="/é?ü#ö">x</a> <a href="https://x.example/a b">y</a></p>'))
    for path, data in files.items():
        text = data.decode()
        assert "pokémon" not in text, path
        if not path.endswith(".opml"):
            assert "https://e.example/essays/pok%C3%A9mon/" in text, path
            assert "https://e.example/%C3%A9?%C3%BC#%C3%B6" in text, path
            assert "x.example/a%20b" in text, path


@given(NASTY, st.text(max_size=60))
def test_no_html_breaks_a_feed(words, markup):
    """Whatever HTML a body has, every format can be parsed and has no script."""
    files = feed_files(an_essay("one", content=f"<p>{words}<{markup}><script>{words}</script><b onclick='{markup}'>x"))
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
def test_item_html_suits_feed_readers(written, shown):
    """References become absolute, and what a reader cannot or must not show is replaced or removed."""
    assert Body(written, "https://e.example/a/", "a-en").html == shown


def test_footnotes_have_the_classes_that_readers_know():
    """Note and reference have unique ids and the classes that NetNewsWire and others look for."""
    note = (
        '<sup id="fnref:n"><a class="footnote-ref" href="#fn:n">1</a></sup><div class="footnote"><ol><li id="fn:n">'
        '<p>N <a class="footnote-backref" href="#fnref:n">↩</a></p></li></ol></div>'
    )
    shown = Body(note, "https://e.example/a/", "a-en").html
    assert '<sup id="a-en-fnref-n"><a href="#a-en-fn-n" class="footnote footnote-ref">' in shown
    assert '<div class="footnotes"><ol><li id="a-en-fn-n">' in shown
    assert 'class="footnote-backref reversefootnote footnoteBackLink"' in shown


def test_an_item_begins_with_its_place_and_ends_with_links():
    """The first line has side, part and a link to the page; the last links to series, neighbours and feeds."""
    files = feed_files(*a_couple(), a_part("end", day=3))
    text = json.loads(files["feeds/series/turnings.json"])["items"][1]["content_html"]
    series = '<a href="https://e.example/series/turnings/">turnings</a>'
    page = '<a href="https://e.example/essays/gain/">On its own page</a>'
    assert text.startswith(f"<p>Benefit, part 2 of 3 in {series} · {page}</p><p><em>The gain.</em></p>")
    (alone,) = json.loads(feed_files(an_essay())["feeds/all.json"])["items"]
    assert alone["content_html"].startswith('<p><a href="https://e.example/essays/one/">On its own page</a></p>')
    assert text.endswith(
        f'<p>Series: {series} · Previous: <a href="https://e.example/essays/price/">Price</a> · '
        'Next: <a href="https://e.example/essays/end/">End</a> · '
        '<a href="https://e.example/feeds/">All feeds of this site</a></p>'
    )


def test_a_series_is_in_reading_order_and_the_rest_newest_first():
    """The feed of a series is in reading order; all others have the newest first."""
    files = feed_files(*a_couple(), a_part("end", day=3))
    order = [
        [item["url"].split("/")[-2] for item in json.loads(files[f"feeds/{key}.json"])["items"]]
        for key in ("series/turnings", "all", "sides/costs")
    ]
    assert order == [["price", "gain", "end"], ["end", "gain", "price"], ["price"]]


def test_topics_without_essays_have_no_feed():
    """A site has feeds only for what it has: one with a plain essay has one, and an empty one has none."""
    assert sorted(path for path in feed_files(an_essay()) if path.endswith("atom.xml")) == ["feeds/all.atom.xml"]
    assert feed_files() == {}


@cache
def json_feed_schema() -> dict:
    """Return the requirements of JSON Feed 1.1 as a JSON Schema."""
    return json.loads((Path(__file__).parent / "json-feed-1.1.schema.json").read_text(encoding="utf-8"))


def test_json_feeds_follow_their_specification():
    """A feed with everything in it is valid JSON Feed 1.1; one without a version or with an old key is not."""
    essay = an_essay("one", author="A guest", content="<p>x</p>", modified=a_day(9), revision="Mended.", summary="S.")
    feed = json.loads(feed_files(essay, *a_couple())["feeds/all.json"])
    jsonschema.validate(feed, json_feed_schema())
    for broken in ({**feed, "version": "1"}, {**feed, "hub": 1}, {**feed, "items": [{"id": 1}]}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(broken, json_feed_schema())


def test_a_feed_keeps_within_its_budget():
    """A feed over its budget keeps its newest items, and at least one."""
    long = an_essay("long", content=f"<p>{'word ' * 60_000}</p>")
    topic = topics(a_site(long), Routes(PATTERNS), ENGLISH)[0]
    items = feed(next(specs(topic, context_of(long))), context_of(long)).items
    assert len(within_budget(items * 3)) == 1
    assert within_budget([]) == []


def context_of(*essays) -> FeedContext:
    """Return the feed context of `essays`."""
    ids = {f"/{essay.address.url}": essay.slug for essay in essays} | {"/feeds/all.atom.xml": "all"}
    return FeedContext(a_site(*essays), Routes(PATTERNS), CHANNEL, ids, str)


def test_a_feed_is_dated_by_its_newest_essay():
    """The dates of a feed are those of its essays, and never the time of the build."""
    files = feed_files(an_essay("one", date=datetime(1999, 1, 2, 3, 4, 5, tzinfo=UTC)))
    assert b"<updated>1999-01-02T03:04:05Z</updated>" in files["feeds/all.atom.xml"]
    assert b"20" not in files["feeds/all.rss.xml"].split(b"<lastBuildDate>")[1].split(b"</")[0][5:16]


def test_replacement_characters_in_code_are_kept():
    """U+FFFD in code is kept in feeds."""
    body = Body("<p>So: <code>\ufffd</code></p>", "https://site.example/", "a")
    assert "<code>\ufffd</code>" in body.html
    assert "<code>\ufffd</code>" in body.xhtml
