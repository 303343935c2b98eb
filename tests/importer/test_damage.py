"""Damaged and hostile exports are refused with a message, and nothing is half imported."""

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
CUTS = sorted(random.Random(1).sample(range(1, 1000), 50))  # noqa: S311 - no secret is drawn


@pytest.mark.parametrize("data", [WXR, FEED, TEXT, GHOST], ids=["wordpress", "blogger", "movable-type", "ghost"])
def test_a_truncated_export_is_refused_or_its_losses_are_listed(tmp_path, data):
    """A truncated export is refused; with PARTIAL its complete items are read and the cut one is listed."""
    whole = len(read(put(tmp_path, {"whole": data}) / "whole", ReadOptions()).items)
    for place in CUTS:
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
    """Return the export that is read, or the message of the refusal."""
    try:
        return read(file, options)
    except ImportRefusedError as refusal:
        return str(refusal)


def test_a_control_character_is_refused_or_removed(tmp_path):
    """A character that XML forbids is refused; with PARTIAL it is removed, and other posts are unchanged."""
    data = wxr(wxr_item(body="A\x08B"), wxr_item("gain"))
    with pytest.raises(ImportRefusedError, match="PARTIAL=1 imports what can be read"):
        imported(tmp_path, "old.xml", data)
    found = Imported(tmp_path / "old.xml", read_options=PARTIAL)
    assert (found.paths, found.body("essays/price.md")) == (["essays/gain.md", "essays/price.md"], "AB")


def test_an_unreadable_item_is_listed_as_lost(tmp_path):
    """With PARTIAL an unreadable item is listed as lost, and the numbers of the report add up."""
    data = wxr(wxr_item(), wxr_item("gain", title="A &amp; <b"), wxr_item("end"))
    with pytest.raises(ImportRefusedError, match="is damaged"):
        imported(tmp_path, "old.xml", data)
    found = Imported(tmp_path / "old.xml", read_options=PARTIAL)
    assert found.paths == ["essays/end.md", "essays/price.md"]
    assert "3 items: 2 imported, 0 skipped, 0 not texts, 1 lost" in found.said
    assert "\nLost: " in found.said


def test_an_undeclared_namespace_is_accepted(tmp_path):
    """An export that uses an undeclared prefix is read completely."""
    found = imported(tmp_path, "old.xml", WXR.replace(b"xmlns:excerpt=", b"xmlns:other="))
    assert len(found.paths) == 5
    draft = blogger_entry(more="<app:control><app:draft>yes</app:draft></app:control>")
    feed = blogger(blogger_entry("gain"), draft).replace(b" xmlns:app='http://purl.org/atom/app#'", b"")
    found = imported(tmp_path, "feed.xml", feed)
    assert [found.header(path).get("Status") for path in found.paths] == [None, "draft"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (WXR.replace(b"Text 1.", "Té".encode("latin-1")), "old:3: this line is not in UTF-8"),
        (WXR.replace(b'encoding="UTF-8"', b'encoding="no-such"'), 'declares the unknown encoding "no-such"'),
        (TEXT.replace(b"Text.", "Té".encode("latin-1"), 1), "this line is not in UTF-8"),
        (GHOST.replace(b"Text", "Té".encode("latin-1"), 1), "this line is not in UTF-8"),
    ],
)
def test_a_wrong_encoding_is_refused(tmp_path, data, message):
    """Bytes that are not in the declared encoding are refused."""
    with pytest.raises(ImportRefusedError, match=message):
        imported(tmp_path, "old", data)


def test_declared_encodings_are_read(tmp_path):
    """Latin-1 and UTF-16 are read if the export declares them."""
    text = WXR.replace(b"Text 1.", "Té".encode()).decode()
    for name, data in {
        "latin": text.replace("UTF-8", "ISO-8859-1").encode("latin-1"),
        "utf16": text.replace("UTF-8", "UTF-16").encode("utf-16"),
        "utf16le": text.replace("UTF-8", "UTF-16").encode("utf-16-le"),
    }.items():
        assert imported(tmp_path, name, data).body("essays/post-1.md") == "Té"


def test_declared_entities_are_refused(tmp_path):
    """An export that declares entities is refused, whether a bomb or a reference to a file."""
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    spy = '<!DOCTYPE rss [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
    for doctype in (bomb, spy):
        data = WXR.replace(b"?>\n", f"?>\n{doctype}".encode()).replace(b"Text 1.", b"]]>&b;<![CDATA[")
        for options in (ReadOptions(), PARTIAL):
            with pytest.raises(ImportRefusedError, match="declares entities"):
                read(put(tmp_path, {"old.xml": data}) / "old.xml", options)


def test_a_hostile_zip_is_refused(tmp_path):
    """A ZIP with paths that leave it, a bomb or damage is refused with a message."""
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
    for message, data in cases.items():
        with pytest.raises(ImportRefusedError, match=message):
            read(put(tmp_path, {"old.zip": data}) / "old.zip", ReadOptions())
    assert zipfile.is_zipfile(tmp_path / "old.zip")


def test_a_link_out_of_a_folder_is_not_followed(tmp_path):
    """A symbolic link out of an imported folder is not followed."""
    put(
        tmp_path,
        {
            "secret.md": "Title: Secret\nDate: 2009-04-01\n\nText.\n",
            "old/a.md": "Title: A\nDate: 2009-04-01\n\n![x](../secret.png)\n",
        },
    )
    (tmp_path / "old/b.md").symlink_to(tmp_path / "secret.md")
    assert Imported(tmp_path / "old").paths == ["essays/a.md"]


def test_an_overlong_item_is_refused(tmp_path, monkeypatch):
    """An overlong item is refused, or listed as lost with PARTIAL."""
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


def test_item_tags_in_texts_are_not_counted(tmp_path):
    """Tags of items in CDATA and comments are not counted as items."""
    body = "<p>x</p> <item> <wp:post_type>page</wp:post_type></item> &lt;item&gt;"
    found = imported(tmp_path, "old.xml", wxr(wxr_item(body=body), "<!-- <item> -->"))
    assert "1 items: 1 imported" in found.said


def test_hostile_yaml_is_refused():
    """YAML that is nested endlessly, multiplies itself or names Python objects is refused."""
    deep = parsed("---\na: " + "[" * 3000 + "\n---\nx")
    assert "cannot be read" in deep.wrong
    bomb = "---\na: &a [x, x]\n" + "".join(
        f"{n}: &{n} [*{p}, *{p}, *{p}]\n" for p, n in zip("abcdefghijklmn", "bcdefghijklmno", strict=True)
    )
    assert parsed(f"{bomb}tags: *o\n---\nx").list("tags") == ()
    assert parsed("---\n!!python/object/apply:os.system [x]\n---\n").wrong


def test_a_text_that_is_nested_too_deeply_is_skipped(tmp_path):
    """A text that is nested too deeply is skipped by name, and all others are imported."""
    found = imported(tmp_path, "old.xml", wxr(wxr_item(body="<!-- wp:x -->" + "<div>" * 3000), wxr_item("gain")))
    assert found.paths == ["essays/gain.md"]
    assert 'Skipped: "Price" (' in found.said
