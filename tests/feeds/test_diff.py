"""The changes that subscribers would see: new, changed, repeated and removed items."""

from __future__ import annotations

from builders import an_essay
from essay_series.feeds.diff import changes, snapshot
from feeds.sites import feed_files

ALL = "feeds/all.atom.xml"
PELICANS = b"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Old</title><link>https://e.example/</link><item><title>One</title>
<link>https://e.example/essays/one/</link><guid>tag:e.example,2009-04-01:/one</guid></item></channel></rss>"""


def changes_in_atom(before, after) -> list[tuple[str, str]]:
    """Return kind and title of the changes in the Atom feed of all essays."""
    return [(change.kind, change.title) for change in changes(before, after) if change.feed == ALL]


def test_equal_feeds_have_no_changes():
    """A rebuild of the same essays changes nothing for subscribers."""
    files = feed_files(an_essay("one"))
    assert changes(files, files) == []


def test_each_kind_of_change_is_reported():
    """A new essay is new, an edited one changed, and a removed one removed."""
    before = feed_files(an_essay("one", content="<p>a</p>"), an_essay("two"))
    after = feed_files(an_essay("one", content="<p>b</p>"), an_essay("three"))
    after = {path: data.replace(b"2026:1<", b"2026:7<") for path, data in after.items()}
    assert changes_in_atom(before, after) == [("new", "Three"), ("changed", "One"), ("removed", "Two")]


def test_an_item_with_another_id_is_repeated():
    """A changed id is recognised by the address, or by title and date if the address changed too."""
    before = feed_files(an_essay("one"))
    renamed = {path: data.replace(b"2026:0<", b"2026:99<") for path, data in before.items()}
    moved = {path: data.replace(b"/essays/one/", b"/x/") for path, data in renamed.items()}
    assert changes_in_atom(before, renamed) == [("repeated", "One"), ("removed", "One")]
    assert changes_in_atom(before, moved) == [("repeated", "One"), ("removed", "One")]


def test_a_declared_revision_is_marked():
    """A change with a stated revision is marked as declared."""
    day = an_essay("one").date.replace(day=9)
    before = feed_files(an_essay("one"))
    after = feed_files(an_essay("one", content="<p>b</p>", modified=day, revision="Mended."))
    assert [change.is_declared for change in changes(before, after) if change.feed == ALL] == [True]


def test_an_item_that_leaves_one_feed_has_left():
    """An essay that loses a play has left the play's feed, and is not removed."""
    before = feed_files(an_essay("one", plays=("a",)), an_essay("two", plays=("a",)))
    after = feed_files(an_essay("one", plays=("a",)), an_essay("two"))
    kinds = {change.kind for change in changes(before, after) if change.feed == "feeds/plays/a.atom.xml"}
    assert kinds == {"left"}


def test_feeds_of_other_generators_can_be_compared():
    """Compared with Pelican's own feeds, all items are repeated."""
    path = "feeds/all.rss.xml"
    found = changes({path: PELICANS}, {path: feed_files(an_essay("one"))[path]})
    assert [change.kind for change in found] == ["repeated", "removed"]


def test_a_file_that_is_no_feed_has_no_snapshot():
    """A sitemap or a damaged file gives None."""
    assert snapshot(b"<urlset/>") is None
    assert snapshot(b"<feed") is None
