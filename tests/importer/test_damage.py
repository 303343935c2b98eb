"""Damaged and hostile exports: a message each, and nothing half imported."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import pytest

from essay_series.importer import files, xml_items
from essay_series.importer.detect import read
from essay_series.importer.formats.headers import parsed
from essay_series.importer.item import Export, ImportRefusedError, ReadOptions
from importer.exports import (
    Imported,
    blogger,
    blogger_entry,
    ghost,
    imported,
    mt_entry,
    put,
    takeout,
    takeout_entry,
    wxr,
    wxr_item,
    zipped,
)

PARTIAL = ReadOptions(partial=True)
WXR = wxr(*(wxr_item(f"post-{number}", f"Text {number}.") for number in range(5)))
FEED = takeout(*(takeout_entry(f"post-{number}") for number in range(5)))
TEXT = "".join(mt_entry(f"post-{number}") for number in range(5)).encode()
GHOST = ghost({}, {}, {})
PLACES = sorted(random.Random(1).sample(range(1, 1000), 50))  # noqa: S311 - places, no secrets


@pytest.mark.parametrize("data", [WXR, FEED, TEXT, GHOST], ids=["wordpress", "blogger", "movable-type", "ghost"])
def test_an_export_that_is_cut_short_stops_or_names_what_is_lost(tmp_path, data):
    """Cut anywhere, it is refused; with PARTIAL the whole items come, and the cut one is named if it had begun."""
    whole = len(read(put(tmp_path, {"whole": data}) / "whole", ReadOptions()).items)
    for place in PLACES:
        cut = data[: len(data) * place // 1000]
        file = put(tmp_path, {"cut": cut}) / "cut"
        strict, partial = outcome(file, ReadOptions()), outcome(file, PARTIAL)
        # The text form has no end of its own; between two of its entries nothing shows that more should come
        assert isinstance(strict, str) or (data is TEXT and {item.html for item in strict.items} == {"<p>Text.</p>"})
        if not isinstance(partial, str):
            begun = cut.count(b"<item") + cut.count(b"<entry")
            assert len(partial.items) <= whole
            assert all("Text" in item.html for item in partial.items)
            assert data is TEXT or len(partial.items) + len(partial.lost) >= begun


def outcome(file: Path, options: ReadOptions) -> Export | str:
    """Return what is read, or what is said instead."""
    try:
        return read(file, options)
    except ImportRefusedError as refusal:
        return str(refusal)


def test_a_control_character_stops_or_goes(tmp_path):
    """A sign that XML forbids makes the export damaged; with PARTIAL the post comes without it, and no other is harmed."""
    data = wxr(wxr_item(body="A\x08B"), wxr_item("gain"))
    with pytest.raises(ImportRefusedError, match="PARTIAL=1 imports what can be read"):
        imported(tmp_path, "old.xml", data)
    found = Imported(tmp_path / "old.xml", read_options=PARTIAL)
    assert (found.paths, found.body("essays/price.md")) == (["essays/gain.md", "essays/price.md"], "AB")


def test_an_item_that_no_parser_can_read_is_lost_by_name(tmp_path):
    """With PARTIAL the import goes on; the account names what was lost, and adds up."""
    data = wxr(wxr_item(), wxr_item("gain", title="A &amp; <b"), wxr_item("end"))
    with pytest.raises(ImportRefusedError, match="is damaged"):
        imported(tmp_path, "old.xml", data)
    found = Imported(tmp_path / "old.xml", read_options=PARTIAL)
    assert found.paths == ["essays/end.md", "essays/price.md"]
    assert "3 items: 2 imported, 0 skipped, 0 not texts, 1 lost" in found.said
    assert "\nLost: " in found.said


def test_an_undeclared_namespace_alone_damages_nothing(tmp_path):
    """Some exports use a prefix that they never declare; all is there, and so all is read."""
    found = imported(tmp_path, "old.xml", WXR.replace(b"xmlns:excerpt=", b"xmlns:other="))
    assert len(found.paths) == 5
    draft = blogger_entry(more="<app:control><app:draft>yes</app:draft></app:control>")
    feed = blogger(blogger_entry("gain"), draft).replace(b" xmlns:app='http://purl.org/atom/app#'", b"")
    found = imported(tmp_path, "feed.xml", feed)
    assert [found.header(path).get("Status") for path in found.paths] == [None, "draft"]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (WXR.replace(b"Text 1.", "Té".encode("latin-1")), "old:3: this line is not in UTF-8"),
        (WXR.replace(b'encoding="UTF-8"', b'encoding="no-such"'), 'declares the unknown encoding "no-such"'),
        (TEXT.replace(b"Text.", "Té".encode("latin-1"), 1), "this line is not in UTF-8"),
        (GHOST.replace(b"Text", "Té".encode("latin-1"), 1), "this line is not in UTF-8"),
    ],
)
def test_a_wrong_encoding_is_told(tmp_path, data, told):
    """Bytes that are not in the encoding that the export says are never guessed at."""
    with pytest.raises(ImportRefusedError, match=told):
        imported(tmp_path, "old", data)


def test_an_encoding_that_is_declared_is_read(tmp_path):
    """Latin-1 and UTF-16 are read where the export says so."""
    text = WXR.replace(b"Text 1.", "Té".encode()).decode()
    for name, data in {
        "latin": text.replace("UTF-8", "ISO-8859-1").encode("latin-1"),
        "utf16": text.replace("UTF-8", "UTF-16").encode("utf-16"),
        "utf16le": text.replace("UTF-8", "UTF-16").encode("utf-16-le"),
    }.items():
        assert imported(tmp_path, name, data).body("essays/post-1.md") == "Té"


def test_entities_of_an_export_are_not_opened(tmp_path):
    """Neither a bomb of entities nor one that names a file is read."""
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    spy = '<!DOCTYPE rss [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
    for doctype in (bomb, spy):
        data = WXR.replace(b"?>\n", f"?>\n{doctype}".encode()).replace(b"Text 1.", b"]]>&b;<![CDATA[")
        for asked in (ReadOptions(), PARTIAL):
            with pytest.raises(ImportRefusedError, match="declares entities"):
                read(put(tmp_path, {"old.xml": data}) / "old.xml", asked)


def test_a_zip_that_nobody_means_well_with_is_not_opened(tmp_path):
    """Paths that lead out, bombs, locked and damaged zips end with a message."""
    bomb = zipped({"posts.csv": b"\0" * (40 * 1024**2)})
    cases = {
        "out of it": zipped({"../evil.md": "x"}),
        "leads out": zipped({"/etc/evil.md": "x"}),
        "path that": zipped({"a\\..\\..\\evil.md": "x"}),
        "zip bomb": bomb,
        "cannot be unpacked": zipped({"a.md": "x"})[:-30],
        "damaged": zipped({"posts.csv": "post_id\n" * 50, "posts/1.a.html": "x"}).replace(b"post", b"pest", 1),
        "is not known": zipped({"a.bin": "x"}),
    }
    for told, data in cases.items():
        with pytest.raises(ImportRefusedError, match=told):
            read(put(tmp_path, {"old.zip": data}) / "old.zip", ReadOptions())
    assert zipfile.is_zipfile(tmp_path / "old.zip")


def test_a_link_out_of_a_folder_is_not_followed(tmp_path):
    """A file of another place that a folder links to is no part of it."""
    put(
        tmp_path,
        {
            "secret.md": "Title: Secret\nDate: 2009-04-01\n\nText.\n",
            "old/a.md": "Title: A\nDate: 2009-04-01\n\n![x](../secret.png)\n",
        },
    )
    (tmp_path / "old/b.md").symlink_to(tmp_path / "secret.md")
    assert Imported(tmp_path / "old").paths == ["essays/a.md"]


def test_what_is_too_long_is_told_and_not_kept_in_memory(tmp_path, monkeypatch):
    """An item that goes on for ever is refused, or lost by name; blanks between items cost nothing."""
    monkeypatch.setattr(xml_items, "LONGEST", 20_000)
    long = wxr(wxr_item(), wxr_item("long", " " * 3_000_000), wxr_item("end"))
    found = read(put(tmp_path, {"old.xml": long}) / "old.xml", PARTIAL)
    assert [item.name for item in found.items] == ["price", "end"]
    assert found.lost == ['"Long": it is longer than 20,000 characters']
    with pytest.raises(ImportRefusedError, match='"Long": it is longer than 20,000 characters'):
        read(tmp_path / "old.xml", ReadOptions())
    monkeypatch.setattr(files, "LARGEST_FILE", 1_000_000)
    with pytest.raises(ImportRefusedError, match="larger than 1,000,000 bytes"):
        read(tmp_path / "old.xml", PARTIAL)


def test_what_looks_like_an_item_in_a_text_is_none(tmp_path):
    """CDATA and comments may hold any sign; the count is not misled by them."""
    body = "<p>x</p> <item> <wp:post_type>page</wp:post_type></item> &lt;item&gt;"
    found = imported(tmp_path, "old.xml", wxr(wxr_item(body=body), "<!-- <item> -->"))
    assert "1 items: 1 imported" in found.said


def test_a_header_of_nothing_but_brackets_or_aliases_is_told():
    """YAML that is nested without end, or multiplies itself, is refused and costs nothing."""
    deep = parsed("---\na: " + "[" * 3000 + "\n---\nx")
    assert "cannot be read" in deep.wrong
    bomb = "---\na: &a [x, x]\n" + "".join(
        f"{n}: &{n} [*{p}, *{p}, *{p}]\n" for p, n in zip("abcdefghijklmn", "bcdefghijklmno", strict=True)
    )
    assert parsed(f"{bomb}tags: *o\n---\nx").list("tags") == ()
    assert parsed("---\n!!python/object/apply:os.system [x]\n---\n").wrong


def test_html_that_is_nested_without_end_is_kept_back_by_name(tmp_path):
    """One text that no page can hold keeps none of the others outside."""
    found = imported(tmp_path, "old.xml", wxr(wxr_item(body="<!-- wp:x -->" + "<div>" * 3000), wxr_item("gain")))
    assert found.paths == ["essays/gain.md"]
    assert 'Skipped: "Price" (' in found.said
