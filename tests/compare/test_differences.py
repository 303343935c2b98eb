"""What is told of two folders that differ: which files, by which lines, and each change once."""

from __future__ import annotations

import gzip
import json
from io import BytesIO
from zipfile import ZipFile, ZipInfo

import brotli
import pytest
from PIL import Image

from compare.differences import changes, compared
from compare.forms import lines
from compare.report import LONG, SHORT, Bounds, told

PAGE = "<!doctype html><html><head><title>{}</title></head><body><p>One.</p><p>{}</p><footer>{}</footer></body></html>"
SIDES = ("HEAD~1 (abc one)", "the working tree")


def shown(path: str, before: bytes, after: bytes) -> list[str]:
    """Return the lines that were taken away and put in, of a file that differs."""
    return [line for change in changes(path, before, after) for line in change.shown() if line[0] in "+-"]


def said(before: dict[str, bytes], after: dict[str, bytes], bounds: Bounds = SHORT) -> str:
    """Return the report of two folders."""
    return "\n".join(told(SIDES, {"own/published": compared(before, after)}, bounds))


def a_zip(*members: tuple[str, str], year: int = 2009) -> bytes:
    """Return an archive of text files."""
    data = BytesIO()
    with ZipFile(data, "w") as archive:
        for name, text in members:
            archive.writestr(ZipInfo(name, (year, 4, 1, 0, 0, 0)), text)
    return data.getvalue()


def a_pdf(text: str, title: str = "A title") -> bytes:
    """Return a document of one page."""
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
    """Folders of the same bytes are equal, and the report says so and nothing else."""
    files = {"index.html": b"<p>", "a/b.png": b"\x89PNG"}
    assert compared(files, dict(files)).equal
    assert said(files, dict(files)).splitlines()[2:] == [
        "own/published: 2 the same",
        "All files are the same, byte for byte.",
    ]


@pytest.mark.parametrize(("before", "after"), [({"a": b"1"}, {"a": b"2"}), ({"a": b"1"}, {}), ({}, {"a": b"1"})])
def test_one_difference_is_enough(before, after):
    """A file that differs, or that only one of the two sides has, is an end to equality by itself."""
    assert not compared({"same": b"1", **before}, {"same": b"1", **after}).equal


def test_of_one_long_line_only_the_tags_and_sentences_that_differ_are_shown():
    """A page on a single line is broken at its tags, long text at its sentences."""
    before, after = PAGE.format("A", "Two. " * 60, "Old"), PAGE.format("A", "Two. " * 60, "New")
    assert shown("index.html", before.encode(), after.encode()) == ["-Old", "+New"]
    sentences = "A sentence that is long enough to be looked at. " * 5
    assert shown("a.txt", f"{sentences}Old one.".encode(), f"{sentences}New one.".encode()) == [
        "-Old one.",
        "+New one.",
    ]


def test_json_is_shown_by_its_values():
    """Of data on one line the value that differs is shown."""
    before, after = ({"items": [{"title": title, "n": 1}]} for title in ("a", "b"))
    told = shown("index.json", json.dumps(before).encode(), json.dumps(after).encode())
    assert [line.replace(" ", "") for line in told] == ['-"title":"a",', '+"title":"b",']


def test_bytes_that_read_the_same_are_a_difference_all_the_same():
    """Where the readable form hides what differs, the first byte that does is shown."""
    told = shown("index.json", b'{"a": 1}', b'{"a":1}')
    assert len(told) == 2
    assert "from byte 5" in told[0]
    assert not compared({"index.json": b'{"a": 1}'}, {"index.json": b'{"a":1}'}).equal


def test_a_file_of_one_side_alone_is_told_as_such():
    """Files that only one side made are listed by the side, and are a difference."""
    found = compared({"a": b"1", "old.html": b"o"}, {"a": b"1", "new.html": b"n"})
    assert (found.only_before, found.only_after, found.same, found.equal) == (
        ("old.html",),
        ("new.html",),
        ("a",),
        False,
    )
    report = said({"a": b"1", "old.html": b"o"}, {"a": b"1", "new.html": b"n"})
    assert "1 files are only in HEAD~1 (abc one):\n  own/published/old.html" in report
    assert "1 files are only in the working tree:\n  own/published/new.html" in report


def test_a_change_of_the_template_is_shown_once():
    """What 98 pages share is shown once, with their number, though each page has digests of its own in it."""
    hashes = [f"sha256-{number:02}{'b' * 40}=" for number in range(98)]
    before = {f"{n:02}.html": f'<p title="{n}">x</p><meta content="{hashes[n]}"><b>old</b>'.encode() for n in range(98)}
    after = {path: data.replace(b"old", b"new").replace(b"sha256-", b"sha256-a") for path, data in before.items()}
    groups = compared(before, after).groups()
    assert [len(group.files) for group in groups] == [98, 98]
    report = said(before, after)
    assert report.count("The same change in 98 files: own/published/00.html, own/published/01.html,") == 2
    assert report.count("+new") == 1


def test_of_a_list_of_digests_one_is_shown():
    """Where many lines differ in digests alone, as in a list of all files, the first is shown and the rest counted."""
    before, after = ("".join(f'"{n}/": "{n}{digest}",\n' for n in range(30)) for digest in ("aaaaaaa1", "bbbbbbb2"))
    told = [line for change in changes("sw.js", before.encode(), after.encode()) for line in change.shown()]
    expected = ['-"0/": "0aaaaaaa1",', '+"0/": "0bbbbbbb2",', " (and 29 more lines in which digests alone differ)"]
    assert told == expected
    lost = changes("sw.js", before.encode(), after.replace('"7/"', '"8/"').encode())
    assert any('+"8/": "7bbbbbbb2",' in change.shown() for change in lost)


def test_what_one_file_alone_has_is_no_part_of_a_group():
    """A page that was changed otherwise than the rest is shown by itself, behind them."""
    before = {f"{n}.html": b"<p>a</p><b>c</b>" for n in range(3)}
    after = {"0.html": b"<p>b</p><b>c</b>", "1.html": b"<p>b</p><b>c</b>", "2.html": b"<p>a</p><b>d</b>"}
    report = said(before, after)
    assert report.index("The same change in 2 files:") < report.index("In own/published/2.html:")


def test_an_epub_is_compared_member_by_member():
    """Of an archive the member that differs is named, with its lines."""
    members = [
        ("mimetype", "application/epub+zip"),
        ("OEBPS/one.xhtml", "<p>Old</p>"),
        ("OEBPS/two.xhtml", "<p>Two</p>"),
    ]
    changed = [members[0], ("OEBPS/one.xhtml", "<p>New</p>"), members[2]]
    assert shown("a.epub", a_zip(*members), a_zip(*changed)) == ["-OEBPS/one.xhtml: Old", "+OEBPS/one.xhtml: New"]


def test_how_an_epub_is_packed_is_compared_too():
    """Archives of the same members that are dated otherwise differ, and it is said in what."""
    told = shown("a.epub", a_zip(("a", "x")), a_zip(("a", "x"), year=2010))
    assert ["2009" in told[0], "2010" in told[1]] == [True, True]


def test_a_pdf_is_compared_by_its_words():
    """Of a document its text, page by page, and what it says of itself are shown."""
    assert shown("a.pdf", a_pdf("Old words"), a_pdf("New words")) == ["-Old words", "+New words"]
    assert shown("a.pdf", a_pdf("Words"), a_pdf("Words", "Another")) == ["-/Title: A title", "+/Title: Another"]


def test_of_an_image_size_and_digest_are_shown():
    """Images are told by their bytes, digest, format and pixels."""
    told = "\n".join(shown("a.png", an_image(20, "red"), an_image(30, "red")))
    assert "-(PNG, 20 by 10 pixels, RGB)" in told
    assert "+(PNG, 30 by 10 pixels, RGB)" in told
    assert told.count("SHA-256") == 2


def test_compressed_copies_that_follow_their_originals_are_only_counted():
    """Where page and copies differ likewise, the copies are not shown; nor where all are on one side alone."""

    def with_copies(path: str, text: bytes) -> dict[str, bytes]:
        return {path: text, f"{path}.gz": gzip.compress(text, mtime=0), f"{path}.br": brotli.compress(text)}

    before = {**with_copies("a.html", b"<p>a</p>"), **with_copies("old.html", b"o")}
    found = compared(before, with_copies("a.html", b"<p>b</p>"))
    assert list(found.different) == ["a.html"]
    assert found.only_before == ("old.html",)
    assert found.following == ("a.html.br", "a.html.gz", "old.html.br", "old.html.gz")


def test_a_compressed_copy_that_differs_alone_is_shown():
    """A copy that no longer is its original's is a difference of its own, by what is in it."""
    before = {"a.html": b"<p>a</p>", "a.html.gz": gzip.compress(b"<p>a</p>", mtime=0)}
    after = {"a.html": b"<p>a</p>", "a.html.gz": gzip.compress(b"<p>b</p>", mtime=0)}
    found = compared(before, after)
    assert [change.after for change in found.different["a.html.gz"]] == [("b",)]


def test_a_file_with_another_digest_in_its_name_is_compared_under_both_names():
    """An asset whose name follows from what it holds is shown by what it holds."""
    before, after = {"theme/a.0123456789.css": b"p {}\nb {}\n"}, {"theme/a.abcdef0123.css": b"p {}\ni {}\n"}
    found = compared(before, after)
    assert list(found.different) == ["theme/a.0123456789.css → theme/a.abcdef0123.css"]
    assert not found.only_before
    assert [(change.before, change.after) for change in next(iter(found.different.values()))] == [
        (("b {}",), ("i {}",))
    ]


def test_two_files_that_might_both_be_meant_are_told_apart():
    """Where several names differ in a digest alone, none is taken for another's."""
    found = compared({"a.0123456.js": b"1", "a.1234567.js": b"2"}, {"a.2345678.js": b"3"})
    assert (found.only_before, found.only_after) == (("a.0123456.js", "a.1234567.js"), ("a.2345678.js",))


@pytest.mark.parametrize("path", ["a.epub", "a.zip", "a.pdf", "a.gz", "a.br", "a.html", "a.json", "a.png", "a"])
@pytest.mark.parametrize("data", [b"", b"no such thing", b"\xff\xfe\0", b"\x1f\x8bno", b"PK\x03\x04no", b"%PDF-1.4\n"])
def test_whatever_a_file_holds_is_shown_somehow(path, data):
    """A damaged file has lines too, and differs from another."""
    assert isinstance(lines(path, data), list)
    assert changes(path, data, b"something else")


def test_a_report_is_bounded_and_says_what_it_leaves_out():
    """A terminal gets the first files, changes and lines, and how many there are besides."""
    before = {f"{n:03}.txt": f"{n} a\n".encode() * 30 for n in range(40)}
    after = {f"{n:03}.txt": f"{n} b\n".encode() * 30 for n in range(40)}
    short, long = said(before, after, Bounds(5, 3, 4, 20)), said(before, after, LONG)
    assert "... and 35 more" in short
    assert "... and 37 other changes" in short
    assert short.count("... and 56 more") == 3
    assert max(map(len, short.splitlines()[4:])) < 80
    assert "... and" not in long
