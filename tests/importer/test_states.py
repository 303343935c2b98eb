"""An import never publishes a text that was not public, whatever its export contains."""

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


STATES = [
    ({"password": "x"}, "imported as a draft: it was protected"),
    ({"status": "private"}, "imported as a draft: it was private"),
    ({"status": "pending"}, "imported as a draft: it was pending"),
    ({"status": "trash"}, "imported as a draft: it was trashed"),
    ({"status": "draft"}, "imported as a draft"),
    ({"status": "of-a-plugin"}, "imported as a draft: it was of-a-plugin"),
    ({"status": ""}, "imported as a draft"),
    ({"status": "future", "date": PAST, "gmt": PAST}, "the date it was scheduled for is past"),
]
"""States that are not public, each with the message of the report."""


@pytest.mark.parametrize(
    ("kind", "facts", "message"),
    [
        *((kind, *state) for kind in ("post", "page") for state in STATES),
        ("post", {"date": "0000-00-00 00:00:00"}, "it has no date"),
    ],
)
def test_a_text_that_was_not_public_becomes_a_draft(tmp_path, kind, facts, message):
    """Protected, private, pending, trashed, unknown and overdue states become drafts, listed by name."""
    found = imported(
        tmp_path, "old.xml", wxr(wxr_item(kind=kind, **facts), wxr_item("gain", "<a href='/2009/04/price/'>x</a>"))
    )
    (path,) = (path for path in found.paths if "price" in path)
    assert found.header(path)["Status"] == "draft"
    assert "Aliases" not in found.header(path)
    assert message in found.said.partition(path)[2].partition("content/")[0]
    assert found.body("essays/gain.md") == "x"


def test_a_scheduled_post_keeps_its_date(tmp_path):
    """A scheduled post keeps its date and gets no links; on a site that publishes the future it is a draft."""
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


def test_the_states_of_other_formats_are_known(tmp_path):
    """Non-public states of Blogger, Ghost and Movable Type become drafts."""
    feed = takeout(
        takeout_entry(status="SOFT_TRASHED"), takeout_entry("gain", status="DRAFT"), takeout_entry("odd", status="NEW")
    )
    posts = ghost({"status": "scheduled", "published_at": "2025-04-01T08:00:00.000Z"}, {"visibility": "paid"})
    text = mt_entry(STATUS="Review") + mt_entry("gain", STATUS="Future", DATE="04/01/2025 10:00:00 AM")
    for name, data in {"feed.atom": feed, "a.json": posts, "a.txt": text.encode()}.items():
        found = imported(tmp_path, name, data)
        assert {found.header(path).get("Status") for path in found.paths} == {"draft"}, name


@pytest.mark.parametrize("line_break", ["\n", "\r", "\r\n", "\x85", "\u2028", "\u2029", "\x0b", "\x0c", "\x1c"])
def test_no_value_adds_a_line_to_the_header(tmp_path, line_break):
    """A value with a line break stays one line of the header, and states are unchanged."""
    bad = f"x{line_break}Status: published{line_break}{line_break}Text"
    front = {"title": bad, "draft": True, "slug": bad, "author": bad, "summary": bad, "tags": [bad], "series": bad}
    files = {"a.md": "---\n" + repr(front).replace("True", "true") + "\n---\nText.\n"}
    item = ghost({"title": bad, "slug": bad, "custom_excerpt": bad, "status": "draft"})
    for found in (Imported(put(tmp_path / "old", files), ours={}), imported(tmp_path, "a.json", item)):
        (path,) = found.paths
        assert [line for line in found[path].split("\n") if line.startswith("Status")] == ["Status: draft"]
        assert found[path].partition("\n\n")[2] == "Text.\n"
        assert line_break not in found[path].partition("\n\n")[0] or line_break == "\n"


def test_a_text_that_would_fail_a_build_is_skipped(tmp_path):
    """The text is listed with its problem, and links to it become text; older problems do not count."""
    files = {
        "pelicanconf.py": "PATH = 'content'\nARTICLE_PATHS = ['']\n",
        "content/a.md": "Title: A\nDate: 2009-04-01\nSeries: Turnings\nSide: neither\n\nText.\n",
        "content/b.md": "Title: B\nDate: 2009-04-02\n\nSee [it]({filename}a.md).\n",
    }
    ours = {**DECLARED, "essays/old.md": "Title: Old\nDate: 2009-04-01\nSide: neither\n\nText.\n"}
    found = Imported(put(tmp_path / "old", files), ours=ours)
    assert (found.paths, found.body("essays/b.md")) == (["essays/b.md"], "See it.")
    assert 'Skipped: "A" (a.md): it would stop a build: essays/a.md:4' in found.said


def test_a_slug_cannot_be_a_path(tmp_path):
    """A slug with a path becomes a plain name in the folder of essays."""
    found = imported(tmp_path, "a.json", ghost({"slug": "../../etc/passwd"}, {"slug": "/root"}, {"slug": "C:\\x"}))
    assert all(path.startswith("essays/") and path.count("/") == 1 and ".." not in path for path in found.paths)


def test_a_tag_with_separators_stays_one_tag(tmp_path):
    """A tag with commas or semicolons in its name stays one tag."""
    more = "<category domain='post_tag' nicename='x'>a, b; c</category>"
    found = imported(
        tmp_path, "old.xml", wxr(wxr_item(more=more)), ours={"series/turnings.md": DECLARED["series/turnings.md"]}
    )
    assert found.header("essays/price.md")["Tags"] == "a b c"
