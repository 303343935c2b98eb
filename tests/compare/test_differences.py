"""The reported differences of two folders: which files, by which lines, and each change once."""

from __future__ import annotations

import gzip
import json
from io import BytesIO
from zipfile import ZipFile, ZipInfo

import brotli
import pytest
from PIL import Image

from compare.differences import changes, compare_folders
from compare.forms import lines
from compare.report import LONG, SHORT, Limits, report_lines

PAGE = "<!doctype html><html><head><title>{}</title></head><body><p>One.</p><p>{}</p><footer>{}</footer></body></html>"
SIDES = ("HEAD~1 (abc one)", "the working tree")


def changed_lines(path: str, before: bytes, after: bytes) -> list[str]:
    """Return the removed and added lines of a file that differs."""
    return [line for change in changes(path, before, after) for line in change.shown() if line[0] in "+-"]


def report_of(before: dict[str, bytes], after: dict[str, bytes], limits: Limits = SHORT) -> str:
    """Return the report of two folders."""
    return "\n".join(report_lines(SIDES, {"own/published": compare_folders(before, after)}, limits))


def a_zip(*members: tuple[str, str], year: int = 2009) -> bytes:
    """Return a ZIP archive of text files."""
    data = BytesIO()
    with ZipFile(data, "w") as archive:
        for name, text in members:
            archive.writestr(ZipInfo(name, (year, 4, 1, 0, 0, 0)), text)
    return data.getvalue()


def a_pdf(text: str, title: str = "A title") -> bytes:
    """Return a PDF of one page."""
    stream = f"BT /F1 12 Tf 20 50 Td ({text}) Tj ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(stream)}>>\nstream\n{stream}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        f"<</Title({title})>>",
    ]
    data, places = "%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{each}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = f"xref\n0 7\n0000000000 65535 f \n{table}trailer\n<</Size 7/Root 1 0 R/Info 6 0 R>>\nstartxref\n"
    return f"{data}{start}{len(data)}\n%%EOF\n".encode()


def an_image(width: int, colour: str) -> bytes:
    """Return a PNG of one colour."""
    data = BytesIO()
    Image.new("RGB", (width, 10), colour).save(data, "PNG")
    return data.getvalue()


def test_the_same_files_are_equal():
    """Folders of the same bytes are equal, and the report says only that."""
    files = {"index.html": b"<p>", "a/b.png": b"\x89PNG"}
    assert compare_folders(files, dict(files)).equal
    assert report_of(files, dict(files)).splitlines()[2:] == [
        "own/published: 2 the same",
        "All files are the same, byte for byte.",
    ]


@pytest.mark.parametrize(("before", "after"), [({"a": b"1"}, {"a": b"2"}), ({"a": b"1"}, {}), ({}, {"a": b"1"})])
def test_one_difference_makes_folders_unequal(before, after):
    """Folders are unequal if one file differs or is on one side only."""
    assert not compare_folders({"same": b"1", **before}, {"same": b"1", **after}).equal


def test_only_differing_parts_of_a_long_line_are_shown():
    """A page on one line is broken at its tags, and long text at its sentences."""
    before, after = PAGE.format("A", "Two. " * 60, "Old"), PAGE.format("A", "Two. " * 60, "New")
    assert changed_lines("index.html", before.encode(), after.encode()) == ["-Old", "+New"]
    sentences = "A sentence that is long enough to be looked at. " * 5
    assert changed_lines("a.txt", f"{sentences}Old one.".encode(), f"{sentences}New one.".encode()) == [
        "-Old one.",
        "+New one.",
    ]


def test_json_differences_are_shown_by_value():
    """Of JSON on one line the differing value is shown."""
    before, after = ({"items": [{"title": title, "n": 1}]} for title in ("a", "b"))
    found_lines = changed_lines("index.json", json.dumps(before).encode(), json.dumps(after).encode())
    assert [line.replace(" ", "") for line in found_lines] == ['-"title":"a",', '+"title":"b",']


def test_files_with_equal_lines_may_differ_in_bytes():
    """If the readable lines are equal, the first differing byte is shown."""
    found_lines = changed_lines("index.json", b'{"a": 1}', b'{"a":1}')
    assert len(found_lines) == 2
    assert "from byte 5" in found_lines[0]
    assert not compare_folders({"index.json": b'{"a": 1}'}, {"index.json": b'{"a":1}'}).equal


def test_files_on_one_side_only_are_listed():
    """Files that only one side has are listed by side, and make the folders unequal."""
    found = compare_folders({"a": b"1", "old.html": b"o"}, {"a": b"1", "new.html": b"n"})
    assert (found.only_before, found.only_after, found.same, found.equal) == (
        ("old.html",),
        ("new.html",),
        ("a",),
        False,
    )
    report = report_of({"a": b"1", "old.html": b"o"}, {"a": b"1", "new.html": b"n"})
    assert "1 files are only in HEAD~1 (abc one):\n  own/published/old.html" in report
    assert "1 files are only in the working tree:\n  own/published/new.html" in report


def test_a_change_of_many_pages_is_shown_once():
    """A change that 98 pages share is shown once with their number, even if digests in it differ."""
    hashes = [f"sha256-{number:02}{'b' * 40}=" for number in range(98)]
    before = {f"{n:02}.html": f'<p title="{n}">x</p><meta content="{hashes[n]}"><b>old</b>'.encode() for n in range(98)}
    after = {path: data.replace(b"old", b"new").replace(b"sha256-", b"sha256-a") for path, data in before.items()}
    groups = compare_folders(before, after).groups()
    assert [len(group.files) for group in groups] == [98, 98]
    report = report_of(before, after)
    assert report.count("The same change in 98 files: own/published/00.html, own/published/01.html,") == 2
    assert report.count("+new") == 1


def test_many_lines_that_differ_in_digests_are_summarised():
    """Of many lines that differ only in digests, the first is shown and the rest are counted."""
    before, after = ("".join(f'"{n}/": "{n}{digest}",\n' for n in range(30)) for digest in ("aaaaaaa1", "bbbbbbb2"))
    found_lines = [line for change in changes("sw.js", before.encode(), after.encode()) for line in change.shown()]
    expected = ['-"0/": "0aaaaaaa1",', '+"0/": "0bbbbbbb2",', " (and 29 more lines that differ only in digests)"]
    assert found_lines == expected
    lost = changes("sw.js", before.encode(), after.replace('"7/"', '"8/"').encode())
    assert any('+"8/": "7bbbbbbb2",' in change.shown() for change in lost)


def test_a_change_of_one_file_is_shown_separately():
    """A page with a change of its own is shown by itself, after the groups."""
    before = {f"{n}.html": b"<p>a</p><b>c</b>" for n in range(3)}
    after = {"0.html": b"<p>b</p><b>c</b>", "1.html": b"<p>b</p><b>c</b>", "2.html": b"<p>a</p><b>d</b>"}
    report = report_of(before, after)
    assert report.index("The same change in 2 files:") < report.index("In own/published/2.html:")


def test_an_epub_is_compared_member_by_member():
    """The member of an archive that differs is named, with its lines."""
    members = [
        ("mimetype", "application/epub+zip"),
        ("OEBPS/one.xhtml", "<p>Old</p>"),
        ("OEBPS/two.xhtml", "<p>Two</p>"),
    ]
    changed = [members[0], ("OEBPS/one.xhtml", "<p>New</p>"), members[2]]
    assert changed_lines("a.epub", a_zip(*members), a_zip(*changed)) == [
        "-OEBPS/one.xhtml: Old",
        "+OEBPS/one.xhtml: New",
    ]


def test_the_metadata_of_archive_members_is_compared():
    """Archives of the same members with other dates differ."""
    found_lines = changed_lines("a.epub", a_zip(("a", "x")), a_zip(("a", "x"), year=2010))
    assert ["2009" in found_lines[0], "2010" in found_lines[1]] == [True, True]


def test_a_pdf_is_compared_by_its_text():
    """A PDF's text and metadata are compared."""
    assert changed_lines("a.pdf", a_pdf("Old words"), a_pdf("New words")) == ["-Old words", "+New words"]
    assert changed_lines("a.pdf", a_pdf("Words"), a_pdf("Words", "Another")) == ["-/Title: A title", "+/Title: Another"]


def test_images_are_compared_by_size_and_digest():
    """An image is described by its bytes, digest, format and pixels."""
    found_lines = "\n".join(changed_lines("a.png", an_image(20, "red"), an_image(30, "red")))
    assert "-(PNG, 20 by 10 pixels, RGB)" in found_lines
    assert "+(PNG, 30 by 10 pixels, RGB)" in found_lines
    assert found_lines.count("SHA-256") == 2


def test_compressed_copies_are_only_counted():
    """Compressed copies that changed with their originals are counted and not shown."""

    def with_copies(path: str, text: bytes) -> dict[str, bytes]:
        return {path: text, f"{path}.gz": gzip.compress(text, mtime=0), f"{path}.br": brotli.compress(text)}

    before = {**with_copies("a.html", b"<p>a</p>"), **with_copies("old.html", b"o")}
    found = compare_folders(before, with_copies("a.html", b"<p>b</p>"))
    assert list(found.different) == ["a.html"]
    assert found.only_before == ("old.html",)
    assert found.copies == ("a.html.br", "a.html.gz", "old.html.br", "old.html.gz")


def test_a_compressed_copy_that_differs_alone_is_shown():
    """A compressed copy that differs from its original is shown by its content."""
    before = {"a.html": b"<p>a</p>", "a.html.gz": gzip.compress(b"<p>a</p>", mtime=0)}
    after = {"a.html": b"<p>a</p>", "a.html.gz": gzip.compress(b"<p>b</p>", mtime=0)}
    found = compare_folders(before, after)
    assert [change.after for change in found.different["a.html.gz"]] == [("b",)]


def test_a_file_with_another_digest_in_its_name_is_compared_under_both_names():
    """A file whose name differs only in a digest is compared by content, under both names."""
    before, after = {"theme/a.0123456789.css": b"p {}\nb {}\n"}, {"theme/a.abcdef0123.css": b"p {}\ni {}\n"}
    found = compare_folders(before, after)
    assert list(found.different) == ["theme/a.0123456789.css → theme/a.abcdef0123.css"]
    assert not found.only_before
    assert [(change.before, change.after) for change in next(iter(found.different.values()))] == [
        (("b {}",), ("i {}",))
    ]


def test_ambiguous_renames_are_not_matched():
    """Where several names differ only in a digest, none is matched with another."""
    found = compare_folders({"a.0123456.js": b"1", "a.1234567.js": b"2"}, {"a.2345678.js": b"3"})
    assert (found.only_before, found.only_after) == (("a.0123456.js", "a.1234567.js"), ("a.2345678.js",))


@pytest.mark.parametrize("path", ["a.epub", "a.zip", "a.pdf", "a.gz", "a.br", "a.html", "a.json", "a.png", "a"])
@pytest.mark.parametrize("data", [b"", b"no such thing", b"\xff\xfe\0", b"\x1f\x8bno", b"PK\x03\x04no", b"%PDF-1.4\n"])
def test_any_file_has_readable_lines(path, data):
    """A damaged file has lines too, and differs from another."""
    assert isinstance(lines(path, data), list)
    assert changes(path, data, b"something else")


def test_a_report_is_limited():
    """A report for a terminal has the first files, changes and lines, and the number of the others."""
    before = {f"{n:03}.txt": f"{n} a\n".encode() * 30 for n in range(40)}
    after = {f"{n:03}.txt": f"{n} b\n".encode() * 30 for n in range(40)}
    short, long = report_of(before, after, Limits(5, 3, 4, 20)), report_of(before, after, LONG)
    assert "... and 35 more" in short
    assert "... and 37 other changes" in short
    assert short.count("... and 56 more") == 3
    assert max(map(len, short.splitlines()[4:])) < 80
    assert "... and" not in long
