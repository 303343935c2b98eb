"""Subscribers over real HTTP: nothing that an author changes shows an item twice."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator

import feedparser
import pytest
from reader import make_reader

from builders import SiteTest
from quiet import QuietFiles, served

pytestmark = pytest.mark.external

MAIN = "feeds/all.atom.xml"
FEEDS = (
    MAIN,
    "feeds/all.rss.xml",
    "feeds/all.json",
    "feeds/series/turnings.atom.xml",
    "feeds/sides/costs.atom.xml",
    "feeds/plays/let-go.atom.xml",
)


class Unconditional(QuietFiles):
    """Ignores conditional requests, since two publications within a second have the same modification time."""

    def do_GET(self):  # noqa: N802 - the base class names it so
        """Serve the whole file."""
        del self.headers["If-Modified-Since"]
        super().do_GET()


@pytest.fixture
def address(site) -> Iterator[str]:
    """Serve what `site` publishes, and return its address."""
    with served(site.folder / "public", Unconditional) as root:
        yield root


@pytest.fixture
def story(site) -> SiteTest:
    """Return a site with a series of a cost, a benefit and an ending, and two plays."""
    site.write("content/series/turnings.md", "Title: Turnings\n\nText.\n")
    site.write("content/playbook/let-go.md", "Title: Let go\n\nText.\n")
    site.write("content/playbook/stay-near.md", "Title: Stay near\n\nText.\n")
    part = {"Series": "turnings", "Tags": "let-go"}
    site.essay("price", "Paid in ful.", Side="cost", Entry="It costs.", Answers="gain", **part)
    site.essay("gain", Side="benefit", Entry="It gives.", Answers="price", Date="2009-04-02", **part)
    return site.essay("end", Date="2009-04-05", **{**part, "Tags": "let-go, stay-near"})


class Subscriber:
    """Reads the feeds with two libraries, and remembers the items seen."""

    def __init__(self, address: str) -> None:
        """Subscribe to every feed, and mark its items as seen."""
        self.address = address
        self.reader = make_reader(":memory:")
        for feed in FEEDS:
            self.reader.add_feed(f"{address}/{feed}")
        self.seen: dict[str, set[str]] = {feed: set() for feed in FEEDS}
        self.new()

    def new(self) -> dict[str, int]:
        """Return the number of new items by feed, without the feeds that have none; both libraries must agree."""
        updates = {feed: self.reader.update_feed(f"{self.address}/{feed}") for feed in FEEDS}
        by_reader = {feed: update.new if update else 0 for feed, update in updates.items()}
        for feed in (feed for feed in FEEDS if feed.endswith(".xml")):
            parsed = feedparser.parse(f"{self.address}/{feed}")
            assert parsed.entries, feed
            assert not parsed.bozo, feed
            ids = {entry.id for entry in parsed.entries}
            assert len(ids - self.seen[feed]) == by_reader[feed], feed
            self.seen[feed] |= ids
        return {feed: number for feed, number in by_reader.items() if number}


def publish(site: SiteTest, root: str) -> None:
    """Publish `site`, which must succeed."""
    done = site.publish(root)
    assert done.code == 0, done.said


def test_no_change_repeats_an_item(story, address):
    """A rebuild, a typo, and a new slug, tag, category, title, order or domain add no item to any feed."""
    publish(story, address)
    subscriber = Subscriber(address)
    part = {"Series": "turnings", "Tags": "let-go"}
    cost = {**part, "Side": "cost", "Entry": "It costs.", "Answers": "gain"}
    gain = {**part, "Side": "benefit", "Entry": "It gives.", "Date": "2009-04-02"}

    publish(story, address)
    assert subscriber.new() == {}, "a rebuild"
    story.essay("price", "Paid in full.", **cost)
    publish(story, address)
    assert subscriber.new() == {}, "a typo"
    story.remove("content/essays/price.md").essay("the-price", "Paid in full.", Aliases="price", **cost)
    story.essay("gain", Answers="the-price", **gain)
    publish(story, address)
    assert subscriber.new() == {}, "a new slug"
    story.essay("the-price", "Paid in full.", Aliases="price", **{**cost, "Tags": "let-go, stay-near"})
    publish(story, address)
    assert subscriber.new() == {}, "a new tag"
    story.essay("the-price", "Paid in full.", Aliases="price", Category="War", Title="Prices", **cost)
    publish(story, address)
    assert subscriber.new() == {}, "a new category and a new title"
    story.remove("content/playbook/let-go.md")
    story.write("content/playbook/let-go-now.md", "Title: Let go\nAliases: let-go\n\nText.\n")
    for essay, keys in (("the-price", {**cost, "Aliases": "price"}), ("gain", {**gain, "Answers": "the-price"})):
        story.essay(essay, "Paid in full.", **{**keys, "Tags": "let-go-now"})
    story.essay("end", Date="2009-04-05", **{**part, "Tags": "let-go-now, stay-near"})
    publish(story, address)
    assert subscriber.new() == {}, "a new slug of a play"
    publish(story, address.replace("127.0.0.1", "localhost"))
    assert subscriber.new() == {}, "a new domain"
    publish(story, address)
    for number, essay in enumerate(("end", "gain", "the-price")):
        file = story.folder / f"content/essays/{essay}.md"
        file.write_text(f"Part: {number}\n{file.read_text(encoding='utf-8')}", encoding="utf-8")
    publish(story, address)
    assert subscriber.new() == {}, "a new order"


def test_a_new_essay_is_one_new_item_in_its_feeds(story, address):
    """A new part in the middle of a series is one new item in each of its feeds, and in no other."""
    publish(story, address)
    subscriber = Subscriber(address)
    story.essay("middle", Series="turnings", Date="2009-04-03")
    publish(story, address)
    assert subscriber.new() == dict.fromkeys(FEEDS[:4], 1)


def test_a_declared_revision_is_no_new_item(story, address):
    """A stated revision changes `updated` and adds one item to the feed of revisions only."""
    publish(story, address)
    before = {entry.id: entry.updated for entry in feedparser.parse(f"{address}/{MAIN}").entries}
    subscriber = Subscriber(address)
    end = {"Series": "turnings", "Tags": "let-go, stay-near", "Date": "2009-04-05"}
    story.essay("end", "More.", Modified="2010-01-01", Revision="A source was wrong.", **end)
    publish(story, address)
    after = {entry.id: entry.updated for entry in feedparser.parse(f"{address}/{MAIN}").entries}
    moved = [identity for identity, updated in after.items() if updated != before[identity]]
    assert subscriber.new() == {}
    assert len(moved) == 1
    revision = feedparser.parse(f"{address}/feeds/revisions.atom.xml").entries
    assert [(entry.title, entry.summary) for entry in revision] == [("Revised: End", "A source was wrong.")]
    assert revision[0].id.startswith(f"{moved[0]}/revised/")


def test_newsboat_shows_no_item_twice(story, address, tmp_path):
    """Newsboat keeps one item for an essay whose slug, title and domain have changed."""
    if not shutil.which("newsboat"):
        reason = "NO NEWSBOAT: the feeds were not tested with it"
        pytest.fail(reason) if os.environ.get("CI") and os.geteuid() == 0 else pytest.skip(reason)
    publish(story, address)
    home = tmp_path / "newsboat"
    home.mkdir()
    (home / "urls").write_text(f"{address}/{MAIN}\n")
    (home / "config").write_text("")

    def rows() -> list[tuple[str, str]]:
        files = [str(home / name) for name in ("urls", "cache.db", "config")]
        command = ["newsboat", "-u", files[0], "-c", files[1], "-C", files[2], "-x", "reload"]
        subprocess.run(command, stdin=subprocess.DEVNULL, check=True, capture_output=True)
        with sqlite3.connect(home / "cache.db") as cache:
            return sorted(cache.execute("select guid, title from rss_item").fetchall())

    first = rows()
    assert len(first) == 3
    story.remove("content/essays/end.md")
    story.essay("the-end", Title="AT&T <3", Series="turnings", Aliases="end", Tags="stay-near", Date="2009-04-05")
    publish(story, address.replace("127.0.0.1", "localhost"))
    second = rows()
    assert [guid for guid, _ in second] == [guid for guid, _ in first]
    assert "AT&T <3" in [title for _, title in second]
