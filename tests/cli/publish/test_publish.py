"""Publishing: built beside what readers see, put in place when nothing speaks against it, and recorded."""

from __future__ import annotations

import os

import pytest

from builders import SiteTest
from essay_series.record.text import parse, salvaged, text_of

ROOT = "https://e.example"


@pytest.fixture
def two(site) -> SiteTest:
    """Return a site with two essays and a page."""
    site.write("content/pages/about.md", "Title: About\n\nText.\n")
    return site.essay("one").essay("two", Date="2009-04-02")


def record(site) -> bytes:
    """Return the bytes of the published record."""
    return (site.folder / "content/published.toml").read_bytes()


def test_a_publication_records_what_it_published(two):
    """Every address is recorded; essays and feeds are with the ids that the feeds contain."""
    done = two.publish(ROOT)
    assert done.code == 0, done.said
    facts = parse(record(two)).facts
    assert {"/", "/about/", "/essays/one/", "/feeds/all.atom.xml", "/feeds/all.opml"} <= facts.keys()
    assert facts["/essays/one/"].id.startswith("tag:e.example,2026-11-22:essay/")
    assert facts["/essays/one/"].id in done.page("feeds/all.rss.xml")
    assert facts["/feeds/all.atom.xml"].id in done.page("feeds/all.atom.xml")
    assert not facts["/about/"].id


def test_a_second_publication_changes_nothing(two):
    """The same sources give the same site and record, byte for byte."""
    done = two.publish(ROOT)
    first = done.files(), record(two)
    assert "The feeds are new, and have no subscribers yet." in done.said
    again = two.publish(ROOT)
    assert (again.files(), record(two)) == first
    assert "Subscribers would see nothing new." in again.said


def test_a_publication_writes_what_changed_since_the_last_one(two):
    """The command why gives the reason for each published file and its compressed copy; unknown files are removed."""
    assert two.publish(ROOT).code == 0
    two.write("cache/fresh/left/over.html", "What somebody put there.")
    assert two.essay("one", body="Other words. " * 200).publish(ROOT).code == 0
    said = {
        page: two.publish("", command="why", PAGE=page, OUTPUT="public").said
        for page in ("essays/one/", "essays/one/index.html.br", "essays/two/", "essays/two/index.html.br")
    }
    assert "written by the last build" in said["essays/one/"]
    assert said["essays/one/index.html.br"].strip().endswith("its content changed.")
    assert "was kept by the last build" in said["essays/two/"]
    assert "was kept by the last build" in said["essays/two/index.html.br"]
    assert not (two.folder / "public/left").exists()


def test_every_server_can_read_what_is_published(two):
    """With any umask, all users can read the published files and folders, old ones included."""
    mask = os.umask(0o077)
    try:
        assert two.publish(ROOT).code == 0
        public = two.folder / "public"
        (public / "essays/one/index.html").chmod(0o600)
        (public / "own.txt").write_text("An author's own.")
        assert two.essay("three").publish(ROOT).code == 0
    finally:
        os.umask(mask)
    modes = {path: path.stat().st_mode & 0o777 for path in (public, *public.rglob("*"))}
    assert modes.pop(public / "own.txt") == 0o600
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o755}
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o644}


def test_a_build_records_nothing_and_uses_the_recorded_ids(two):
    """A build that is not published leaves the record unchanged."""
    two.build()
    assert not (two.folder / "content/published.toml").exists()
    two.publish(ROOT)
    before = record(two)
    two.essay("three")
    preview = two.build().page("feeds/all.atom.xml")
    assert record(two) == before
    assert preview.count("<id>tag:e.example,") == 4
    assert "preview.invalid" not in preview


def test_a_published_address_cannot_vanish(two):
    """A removed essay stops every build, with the line of the record and both cures; nothing is changed."""
    two.publish(ROOT)
    files, before = two.publish(ROOT).files(), record(two)
    two.remove("content/essays/one.md")
    done = two.publish(ROOT)
    assert done.code == 1
    assert "/essays/one/ was published, but there is nothing now [vanished-address]. If it moved" in done.said
    assert "Traceback" not in done.said
    assert (done.files(), record(two)) == (files, before)


def test_an_address_recorded_as_removed_may_vanish(two):
    """After make gone, the essay may be removed."""
    two.publish(ROOT)
    told = two.publish(ROOT, command="gone", ADDRESS="/essays/one/")
    assert (told.code, told.said.startswith('"/essays/one/" = { first = ')) == (0, True), told.said
    two.remove("content/essays/one.md")
    done = two.publish(ROOT)
    assert done.code == 0, done.said
    assert parse(record(two)).facts["/essays/one/"].gone


def test_repeated_feed_items_stop_a_publication(two):
    """A lost record would make every item new again, which needs AGAIN=1."""
    two.publish(ROOT)
    edited = salvaged(record(two).replace(b"essay/", b"essay/x"))
    two.write("content/published.toml", text_of(edited).encode())
    files = {path.relative_to(two.folder): path.read_bytes() for path in (two.folder / "public").rglob("*.xml")}
    assert "all.atom.xml" in {path.name for path in files}
    refused = two.publish(ROOT)
    assert refused.code == 1
    assert "feeds/all.atom.xml: repeated: One" in refused.said
    assert "Nothing was published. To publish all the same, add AGAIN=1." in refused.said
    assert all((two.folder / path).read_bytes() == data for path, data in files.items())
    assert two.publish(ROOT, AGAIN="1").code == 0


@pytest.mark.parametrize("root", ["", "https://example.org"])
def test_the_address_of_the_site_must_be_given(two, root):
    """A site cannot be published under the address of the example."""
    done = two.publish(root)
    assert (done.code, done.output.exists()) == (1, False)
    assert "Give the address of the site: SITEURL=https://your.domain" in done.said


def test_a_later_domain_changes_no_id(two):
    """All ids keep the first domain, also those of essays written after a move."""
    two.publish(ROOT)
    two.essay("three", Date="2009-04-03")
    moved = two.publish("https://other.example").page("feeds/all.atom.xml")
    assert moved.count("<id>tag:e.example,2026-11-22:essay/") == 3
    assert "https://other.example/essays/three/" in moved


def test_feed_diff_shows_what_subscribers_would_see(two):
    """New and changed essays are listed, and nothing is published or recorded."""
    two.publish(ROOT)
    before = record(two), two.publish(ROOT).files()
    two.essay("one", "Changed.").essay("three")
    done = two.publish(ROOT, command="feed-diff")
    assert done.code == 0
    assert "feeds/all.atom.xml: new: Three (subscribers will see it as new)" in done.said
    assert "feeds/all.atom.xml: changed: One (text updated; not shown as new)" in done.said
    assert (record(two), done.files()) == before


def test_a_published_alias_cannot_vanish(two):
    """An alias that was published cannot be removed silently."""
    two.essay("one", Aliases="/2009/one.html")
    two.publish(ROOT)
    assert "/2009/one.html" in parse(record(two)).facts
    two.essay("one")
    assert "/2009/one.html was published, but there is nothing now" in two.publish(ROOT).said


def test_the_first_publication_names_the_authority_of_ids(two):
    """By default it is the domain of the site with the present day, and the record keeps it."""
    first = two.publish("https://b\u00fccher.example", TAG_AUTHORITY="")
    assert first.code == 0, first.said
    today = parse(record(two)).authority.partition(",")[2]
    assert f'Ids in feeds are minted under "tag:xn--bcher-kva.example,{today}" from now on' in first.said
    assert f"tag:xn--bcher-kva.example,{today}:essay/" in first.page("feeds/all.atom.xml")
    again = two.essay("three").publish("https://elsewhere.example", TAG_AUTHORITY="")
    assert again.code == 0, again.said
    assert "minted under" not in again.said
    assert parse(record(two)).authority == f"xn--bcher-kva.example,{today}"
    assert "tag:elsewhere" not in again.page("feeds/all.atom.xml")


def test_an_invalid_authority_is_refused(two):
    """A setting that is not a domain and a day stops the publication with an example."""
    done = two.publish(ROOT, TAG_AUTHORITY="my domain")
    assert done.code == 1
    assert 'TAG_AUTHORITY: "my domain" is not in the form "domain,day". Write one in publishconf.py' in done.said
