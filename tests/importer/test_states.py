"""Nothing becomes public that was not, whatever an export says and however it says it."""

from __future__ import annotations

import pytest

from essay_series.importer.naming import header_of
from importer.exports import (
    DECLARED,
    NOW,
    Imported,
    ghost,
    imported,
    mt_entry,
    put,
    takeout,
    takeout_entry,
    wxr,
    wxr_item,
)

PAST, FUTURE = "2025-04-01 10:00:00", "2030-04-01 10:00:00"


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"password": "x"}, "imported as a draft: it was protected"),
        ({"status": "private"}, "imported as a draft: it was private"),
        ({"status": "pending"}, "imported as a draft: it was pending"),
        ({"status": "trash"}, "imported as a draft: it was trashed"),
        ({"status": "draft"}, "imported as a draft"),
        ({"status": "of-a-plugin"}, "imported as a draft: it was of-a-plugin"),
        ({"status": ""}, "imported as a draft"),
        ({"status": "future", "date": PAST, "gmt": PAST}, "the date it was scheduled for is past"),
        ({"date": "0000-00-00 00:00:00"}, "it has no date"),
    ],
)
@pytest.mark.parametrize("kind", ["post", "page"])
def test_what_readers_were_not_shown_is_a_draft_and_told_by_name(tmp_path, facts, told, kind):
    """Protected, private, pending, trashed and unknown states, and a schedule that is over, make drafts."""
    if kind == "page" and "date" in facts and "status" not in facts:
        pytest.skip("a page has no date")
    found = imported(
        tmp_path, "old.xml", wxr(wxr_item(kind=kind, **facts), wxr_item("gain", "<a href='/2009/04/price/'>x</a>"))
    )
    (path,) = (path for path in found.paths if "price" in path)
    assert found.header(path)["Status"] == "draft"
    assert "Aliases" not in found.header(path)
    assert told in found.said.partition(path)[2].partition("content/")[0]
    assert found.body("essays/gain.md") == "x"


def test_a_scheduled_post_keeps_its_date_and_waits(tmp_path):
    """It is published on its day, and no link leads to it before; where a site publishes the future it is a draft."""
    data = wxr(wxr_item(status="future", date=FUTURE, gmt=FUTURE), wxr_item("gain", "<a href='/2009/04/price/'>x</a>"))
    found = imported(tmp_path, "old.xml", data)
    assert found.header("essays/price.md")["Date"] == "2030-04-01 10:00+00:00"
    assert "Status" not in found.header("essays/price.md")
    assert "scheduled for 2030-04-01 10:00+00:00" in found.said
    assert found.body("essays/gain.md") == "x"
    item = found.export.items[0]
    config = type(found.ours.config)(
        **{**{n: getattr(found.ours.config, n) for n in found.ours.config.__slots__}, "now": None}
    )
    assert header_of(item, "essays/price.md", config, NOW, part=None)[0]["Status"] == "draft"


def test_states_of_other_formats_hold_too(tmp_path):
    """Blogger's, Ghost's and Movable Type's words for what is not public are known."""
    feed = takeout(
        takeout_entry(status="SOFT_TRASHED"), takeout_entry("gain", status="DRAFT"), takeout_entry("odd", status="NEW")
    )
    posts = ghost({"status": "scheduled", "published_at": "2025-04-01T08:00:00.000Z"}, {"visibility": "paid"})
    text = mt_entry(STATUS="Review") + mt_entry("gain", STATUS="Future", DATE="04/01/2025 10:00:00 AM")
    for name, data in {"feed.atom": feed, "a.json": posts, "a.txt": text.encode()}.items():
        found = imported(tmp_path, name, data)
        assert {found.header(path).get("Status") for path in found.paths} == {"draft"}, name


@pytest.mark.parametrize("sign", ["\n", "\r", "\r\n", "\x85", "\u2028", "\u2029", "\x0b", "\x0c", "\x1c"])
def test_no_value_becomes_a_line_of_the_header(tmp_path, sign):
    """A title, name, tag, author or summary with a line end in it stays one line, and states stay what they are."""
    bad = f"x{sign}Status: published{sign}{sign}Text"
    front = {"title": bad, "draft": True, "slug": bad, "author": bad, "summary": bad, "tags": [bad], "series": bad}
    files = {"a.md": "---\n" + repr(front).replace("True", "true") + "\n---\nText.\n"}
    item = ghost({"title": bad, "slug": bad, "custom_excerpt": bad, "status": "draft"})
    for found in (Imported(put(tmp_path / "old", files), ours={}), imported(tmp_path, "a.json", item)):
        (path,) = found.paths
        assert [line for line in found[path].split("\n") if line.startswith("Status")] == ["Status: draft"]
        assert found[path].partition("\n\n")[2] == "Text.\n"
        assert sign not in found[path].partition("\n\n")[0] or sign == "\n"


def test_a_text_that_would_stop_a_build_is_skipped_and_unlinked(tmp_path):
    """It is named with its problem, links to it become their text, and problems that were here before do not count."""
    files = {
        "pelicanconf.py": "PATH = 'content'\nARTICLE_PATHS = ['']\n",
        "content/a.md": "Title: A\nDate: 2009-04-01\nSeries: Turnings\nSide: neither\n\nText.\n",
        "content/b.md": "Title: B\nDate: 2009-04-02\n\nSee [it]({filename}a.md).\n",
    }
    ours = {**DECLARED, "essays/old.md": "Title: Old\nDate: 2009-04-01\nSide: neither\n\nText.\n"}
    found = Imported(put(tmp_path / "old", files), ours=ours)
    assert (found.paths, found.body("essays/b.md")) == (["essays/b.md"], "See it.")
    assert 'Skipped: "A" (a.md): it would stop a build: essays/a.md:4' in found.said


def test_a_name_is_no_path(tmp_path):
    """A slug that leads elsewhere becomes a plain name in the folder of essays."""
    found = imported(tmp_path, "a.json", ghost({"slug": "../../etc/passwd"}, {"slug": "/root"}, {"slug": "C:\\x"}))
    assert all(path.startswith("essays/") and path.count("/") == 1 and ".." not in path for path in found.paths)


def test_tags_cannot_add_tags_or_keys(tmp_path):
    """A comma or a semicolon in the name of a tag makes no second one."""
    more = "<category domain='post_tag' nicename='x'>a, b; c</category>"
    found = imported(
        tmp_path, "old.xml", wxr(wxr_item(more=more)), ours={"series/turnings.md": DECLARED["series/turnings.md"]}
    )
    assert found.header("essays/price.md")["Tags"] == "a b c"
