"""What subscribers would see: new, changed, repeated, removed."""

from __future__ import annotations

from builders import an_essay
from essay_series.feeds.diff import changes, snapshot
from feeds.test_writers import made

ALL = "feeds/all.atom.xml"
PELICANS = b"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Old</title><link>https://e.example/</link><item><title>One</title>
<link>https://e.example/essays/one/</link><guid>tag:e.example,2009-04-01:/one</guid></item></channel></rss>"""


def seen(before, after) -> list[tuple[str, str]]:
    """Return kind and title of what a subscriber of the whole site would notice, in Atom."""
    return [(change.kind, change.title) for change in changes(before, after) if change.feed == ALL]


def test_the_same_feeds_show_nothing():
    """A rebuild changes nothing for anybody."""
    files = made(an_essay("one"))
    assert changes(files, files) == []


def test_each_kind_of_change_is_told():
    """A new essay is new, an edited one changed, a removed one removed."""
    before = made(an_essay("one", content="<p>a</p>"), an_essay("two"))
    after = made(an_essay("one", content="<p>b</p>"), an_essay("three"))
    after = {path: data.replace(b"2026:1<", b"2026:7<") for path, data in after.items()}
    assert seen(before, after) == [("new", "Three"), ("changed", "One"), ("removed", "Two")]


def test_an_item_with_another_id_is_seen_a_second_time():
    """An id that changed is found out by the address, or by title and date where the address changed too."""
    before = made(an_essay("one"))
    renamed = {path: data.replace(b"2026:0<", b"2026:99<") for path, data in before.items()}
    moved = {path: data.replace(b"/essays/one/", b"/x/") for path, data in renamed.items()}
    assert seen(before, renamed) == [("repeated", "One"), ("removed", "One")]
    assert seen(before, moved) == [("repeated", "One"), ("removed", "One")]


def test_a_declared_revision_is_told_apart_from_a_silent_one():
    """An author sees whether subscribers are told of a change."""
    day = an_essay("one").date.replace(day=9)
    before, after = made(an_essay("one")), made(an_essay("one", content="<p>b</p>", modified=day, revision="Mended."))
    assert [change.is_declared for change in changes(before, after) if change.feed == ALL] == [True]


def test_an_item_that_leaves_one_feed_for_another_is_not_gone():
    """Who takes a tag away is told that the play's subscribers will not miss what they have."""
    before = made(an_essay("one", plays=("a",)), an_essay("two", plays=("a",)))
    after = made(an_essay("one", plays=("a",)), an_essay("two"))
    kinds = {change.kind for change in changes(before, after) if change.feed == "feeds/plays/a.atom.xml"}
    assert kinds == {"left"}


def test_feeds_of_other_generators_can_be_compared():
    """Who moves here from Pelican's own feeds is told that subscribers would see everything again."""
    path = "feeds/all.rss.xml"
    found = changes({path: PELICANS}, {path: made(an_essay("one"))[path]})
    assert [change.kind for change in found] == ["repeated", "removed"]


def test_what_is_no_feed_is_passed_over():
    """A site map or a damaged file is not taken for a feed."""
    assert snapshot(b"<urlset/>") is None
    assert snapshot(b"<feed") is None
