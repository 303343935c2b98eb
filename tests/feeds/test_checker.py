"""Feeds of two sites pass every check, and every check notices a feed that breaks its rule."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from builders import SiteTest
from feeds.checker import CHECKS, Folder
from feeds.sites import ROOT, published, write

pytestmark = pytest.mark.site

SAMPLE_ROOT = "https://usual.example"
ATOM, RSS, JSON = (f"feeds/plays/let-go.{form}" for form in ("atom.xml", "rss.xml", "json"))


@pytest.fixture(scope="module")
def hard_feeds(tmp_path_factory) -> Folder:
    """Return the files of a site with everything that breaks feeds, and with archives."""
    site = write(SiteTest(tmp_path_factory.mktemp("hard_feeds")), essays=60)
    return Folder(ROOT, published(site).files())


@pytest.fixture(scope="module")
def sample_feeds(tmp_path_factory) -> Folder:
    """Return the files of the published sample."""
    site = SiteTest(tmp_path_factory.mktemp("sample_feeds")).sample()
    site.settings = f"SITEURL = {SAMPLE_ROOT!r}\nTAG_AUTHORITY = 'usual.example,2026-11-22'\n"
    return Folder(SAMPLE_ROOT, published(site).files())


def test_every_check_has_broken_feeds():
    """Every check has feeds that break its rule."""
    assert BROKEN.keys() == CHECKS.keys()


@pytest.mark.parametrize("name", sorted(CHECKS))
@pytest.mark.parametrize("site", ["hard_feeds", "sample_feeds"])
def test_feeds_pass_every_check(request, site, name):
    """The feeds of the hard site and of the sample pass every check."""
    assert list(CHECKS[name](request.getfixturevalue(site))) == []


def swap(path: str, old: str, new: str, count: int = 1) -> Callable[[dict[str, bytes]], None]:
    """Return a function that replaces a regular expression in a file, and fails if it is not there."""

    def change(files: dict[str, bytes]) -> None:
        text, number = re.subn(old, new, files[path].decode(), count=count, flags=re.DOTALL)
        assert number, f"{path} has no {old}"
        files[path] = text.encode()

    return change


BROKEN = {
    "well_formed_in_utf8": [
        swap(ATOM, "</entry>", ""),
        swap(RSS, "<rss", "<!--" + "x" * 600 + "--><rss"),
        swap(ATOM, 'encoding="utf-8"', 'encoding="latin-1"'),
    ],
    "required_elements": [
        swap(ATOM, r"<author>.*?</author>", ""),
        swap(RSS, r"<pubDate>.*?</pubDate>", ""),
        swap(JSON, r'"content_html"', '"content"'),
    ],
    "ids_are_tag_uris": [
        swap(ATOM, "<id>tag:essays.example,2026-11-22:essay/", "<id>https://essays.example/"),
        swap(ATOM, "<id>tag:essays.example,", "<id> tag:essays.example,"),
        swap(ATOM, "<id>tag:essays.example,2026-11-22", "<id>tag:preview.invalid,2000"),
    ],
    "ids_are_unique_in_a_feed": [
        swap(ATOM, r"(<entry><id>)([^<]+)(.*?<entry><id>)[^<]+", r"\1\2\3\2"),
        swap(RSS, r'(<guid isPermaLink="false">)([^<]+)(.*?<guid isPermaLink="false">)[^<]+', r"\1\2\3\2"),
    ],
    "each_feed_has_its_own_id": [
        lambda files: files.update({"feeds/copy.atom.xml": files[ATOM]}),
    ],
    "one_id_in_all_formats": [swap(RSS, "essay/", "essay/x"), swap(JSON, "essay/", "essay/x")],
    "guids_are_no_permalinks": [swap(RSS, ' isPermaLink="false"', "")],
    "dates_have_a_form_and_a_zone": [
        swap(ATOM, r"(<published>[^<]+)Z<", r"\1<"),
        swap(RSS, r"<pubDate>\w{3}, (\d\d \w+ \d+) 00:", r"<pubDate>Xxx, \1 00:"),
        swap(JSON, r'("date_published": "[^"T]+)[^"]*"', r'\1"'),
    ],
    "times_are_distinct": [
        swap("feeds/series/turnings.atom.xml", r"(<updated>2009-04-01T00:00:0)\d", r"\g<1>0", count=0),
    ],
    "dates_are_those_of_the_texts": [
        swap(ATOM, r"<updated>[^<]+", "<updated>2026-01-01T00:00:00Z"),
        swap(ATOM, r"<published>[^<]+", "<published>2999-01-01T00:00:00Z"),
    ],
    "self_link_is_the_feeds_address": [
        swap(ATOM, 'rel="self"', 'rel="via"'),
        swap(RSS, r'type="application/rss\+xml" ', ""),
        swap(JSON, '"feed_url": "https:', '"feed_url": "http:'),
    ],
    "alternate_link_is_the_feeds_page": [
        swap(ATOM, f"{ROOT}/playbook/let-go/", f"{ROOT}/", count=0),
        swap("feeds/sides/costs.atom.xml", "#sides/costs", "#sides/nowhere"),
    ],
    "titles_are_plain_and_distinct": [
        swap("feeds/series/turnings.atom.xml", "<title>AT&amp;T", "<title>AT&amp;amp;T"),
        swap("feeds/sides/costs.atom.xml", "<title>[^<]+", "<title>Allotment Letters"),
    ],
    "references_are_absolute": [
        swap(ATOM, f'href="{ROOT}/about/"', 'href="/about/"'),
        swap(RSS, r"srcset=\"[^\"]+", 'srcset="a.png 1x'),
        swap(JSON, r"cite=\\\"[^\\]+", r'cite=\\"about/'),
    ],
    "texts_are_safe_and_bare": [
        swap(ATOM, "<blockquote", "<script>alert(1)</script><blockquote"),
        swap(RSS, "&lt;blockquote", '&lt;blockquote onclick="x"'),
        swap(JSON, "<blockquote", r'<a class=\\"headerlink\\" href=\\"https://x/\\">#</a><blockquote'),
    ],
    "footnotes_work_in_readers": [
        swap(ATOM, 'class="footnote footnote-ref"', 'class="footnote-ref"'),
        swap(RSS, 'id="price-en-fn-n"', 'id="price-en-fnref-n"'),
        swap(JSON, r'id=\\"price-en-fn-n', r'id=\\"elsewhere'),
    ],
    "texts_are_whole": [swap(ATOM, "Gained", ""), swap(RSS, "Gained", ""), swap(JSON, "Gained", "")],
    "summary_and_text_have_their_elements": [
        swap(RSS, r"(<description>A summary.</description>)(<content:encoded>.*?</content:encoded>)", r"\2\1"),
        swap(ATOM, 'content type="xhtml"', 'content type="html"'),
        swap(ATOM, ' xml:lang="en"', ""),
    ],
    "history_is_complete_or_archived": [
        swap("feeds/series/turnings.atom.xml", "<fh:complete/>", ""),
        swap("feeds/all.atom.xml", "/archive-(\\d)", "/archive-9"),
        swap("feeds/all/archive-1.atom.xml", 'rel="current"', 'rel="via"'),
    ],
    "no_feed_is_large_or_empty": [
        lambda files: files.update({ATOM: files[ATOM] + b" " * 250_000}),
        swap(JSON, r'"items": \[.*', '"items": []}'),
        swap(ATOM, "Gained", "Gai\u00adned\u0085"),
    ],
}
"""Changes that break a feed, by the name of the check that must notice them."""


@pytest.mark.parametrize(("name", "change"), [(name, change) for name in BROKEN for change in BROKEN[name]])
def test_a_check_notices_a_broken_feed(hard_feeds, name, change):
    """Every check finds a problem in each feed that breaks its rule."""
    files = dict(hard_feeds.files)
    change(files)
    assert list(CHECKS[name](Folder(hard_feeds.root, files))) != []
