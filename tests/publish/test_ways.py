"""Every known way to get a draft's words past the leak gate is caught, or reported as unchecked."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
from base64 import b64encode
from html import escape
from pathlib import Path

import pytest

from builders import PROJECT, a_manuscript
from essay_series.publish.gate import examine
from essay_series.publish.gate.piece import UnpackBudget
from publish.documents import (
    ODF,
    a_docx,
    a_jpeg,
    a_pdf,
    a_png,
    a_pptx,
    a_tar,
    a_zip,
    an_odt,
    an_xlsx,
    in_runs,
    with_alternative_text,
    with_annotation,
    with_script,
    with_xmp,
)

DRAFT = "essays/the-unmarked-door.md"
TITLE = "The unmarked door"
SENTENCE = "Nobody had painted the ferryman's “lantern” for eleven winters -- in a row."
ENTRY = "You learn who would have walked away."
SITE = a_manuscript(
    {
        "essays/one.md": "Title: One\nDate: 2009-04-01\n\nText.\n",
        DRAFT: f"Title: {TITLE}\nDate: 2009-04-01\nStatus: draft\nEntry: {ENTRY}\n\n{SENTENCE}\n",
    }
)
IN_PIECES = ("The un", "marked", " door")

PAGES = {
    "title in an attribute": ("index.html", f'<a title="{TITLE}">next</a>'),
    "entry in ledger data": ("series/turnings/ledger.json", json.dumps({"cost": [{"entry": ENTRY}]})),
    "sentence escaped in RSS": (
        "feeds/all.rss.xml",
        f"<description>{escape('<p>' + SENTENCE.replace('--', '—') + '</p>')}</description>",
    ),
    "sentence twice escaped": ("feeds/all.rss.xml", escape(escape(f"<p>{SENTENCE}</p>"))),
    "slug in a file's name": ("images/cover-the-unmarked-door.png", "x"),
    "slug in a folder's name": ("essays/the-unmarked-door/index.html", "<p>x</p>"),
    "curly quotes": ("index.html", f"<p>{SENTENCE.replace(chr(39), chr(8217)).replace('--', '&ndash;')}</p>"),
    "straight quotes": ("index.html", f"<p>{SENTENCE.replace('“', '&quot;').replace('”', '&#34;')}</p>"),
    "comment": ("one.html", f"<!-- next: {TITLE} -->"),
    "comment with tags": ("one.html", "<!-- next: <b>The</b> unmarked <i>door</i> -->"),
    "JSON escapes": ("feeds/all.json", '{"t": "\\u0054he unm\\u0061rked\\ndoor"}'),
    "JSON key": ("search.json", '{"the-unmarked-door": 1}'),
    "JSON in a script": ("index.html", '<script type="application/ld+json">{"n":"The\\u0020unmarked door"}</script>'),
    "percent signs": ("index.html", '<a href="/essays/the%2Dunmarked%2ddoor/">x</a>'),
    "sitemap": ("sitemap.xml", "<url><loc>https://e.example/essays/the-unmarked-door/</loc></url>"),
    "alternative text": ("index.html", "<img src=x.png alt='the unmarked door'>"),
    "attribute without quotes": ("index.html", "<p data-next=the-unmarked-door>x</p>"),
    "style sheet": ("theme/a.css", 'p::after { content: "The \\0075nmarked door" }'),
    "capitals": ("index.html", f"<h2>{TITLE.upper()}</h2>"),
    "inline tags": ("index.html", "<h2>The un<em>marked</em> <span class=x>door</span></h2>"),
    "adjacent tags": ("index.html", "<h2><span>The</span><span>unmarked</span><b>door</b></h2>"),
    "line breaks": ("index.html", "<h2>The<br>unmarked\r\n   door</h2>"),
    "no-break space": ("index.html", "<h2>The\u00a0unmarked&nbsp;door</h2>"),
    "soft hyphen": ("index.html", "<h2>The un\u00admar&shy;ked door</h2>"),
    "zero-width and direction": ("index.html", "<h2>The un\u200bmarked \u202edoor</h2>"),
    "numeric entities": ("index.html", "<h2>&#84;he &#x75;nmarked door</h2>"),
    "ligature and wide letters": ("index.html", "<h2>\uff34he unmarked door</h2>"),
    "archive in an archive": ("book.epub", a_zip({"in.zip": a_zip({"text.xhtml": f"<p>{SENTENCE}</p>"})})),
    "name in an archive": ("book.epub", a_zip({"the-unmarked-door.xhtml": "<p>x</p>"})),
    "drawing": ("images/a.svg", "<svg><text><tspan>The unmarked</tspan> <tspan>door</tspan></text></svg>"),
    "CDATA": ("feeds/all.rss.xml", f"<title><![CDATA[{TITLE}]]></title>"),
    "image's remark": ("images/a.png", b"\x89PNG\x00\xfftEXtTitle\x00The unmarked door\x00\xff"),
    "other Unicode": ("other.txt", TITLE.encode("utf-16")),
    "footnote's mark inside": (
        "index.html",
        '<p>You learn who would<sup id="fnref:1"><a href="#fn:1">1</a></sup> have walked away.</p>',
    ),
    "the end of a sentence": ("index.html", "… learn who would have walked away"),
    "eleven words of a long sentence": (
        "index.html",
        "… painted the ferryman\u2019s lantern for eleven winters in a row",
    ),
}
TEXT_FILES = {
    "comment in a word": ("index.html", "<h2>The un<!-- x -->marked door</h2>"),
    "image in a word": ("index.html", '<h2>The un<img src="x.png">marked door</h2>'),
    "ruby": ("index.html", "<ruby>The <rb>unmarked</rb> door</ruby>"),
    "letters that join": ("index.html", "<h2>The un\u034fmar\ufe0fked\U000e0020 door</h2>"),
    "a zero byte": ("index.html", b"<h2>The un\0marked door</h2>" + b"<p>More than a hundred letters.</p>" * 9),
    "composed letters": ("index.html", "<h2>The unmarked d\uff4f\uff4fr</h2>"),
    "percent signs twice": ("index.html", '<a href="/essays/the%252Dunmarked%252Ddoor/">x</a>'),
    "address in srcset": ("index.html", '<img srcset="/essays/the-unmarked-door/a.png 2x, b.png 1x">'),
    "address of a picture": ("index.html", '<source srcset="b.png,/essays/the-unmarked-door/a.png 2x">'),
    "address in a style": ("index.html", "<p style=\"background:url('/essays/the-unmarked-door/a.png')\">"),
    "address in a redirect": ("_redirects", "/old /essays/the-unmarked-door/ 301"),
    "address in a header": ("_headers", "/essays/the-unmarked-door/*\n  X: y"),
    "manifest": ("manifest.json", json.dumps({"shortcuts": [{"name": TITLE}]})),
    "JSON under another name": ("data.geojson", '{"t": "The unm\\u0061rked\\u0020door"}'),
    "JSON lines": ("data.jsonl", '{"a": 1}\n{"t": "The unm\\u0061rked door"}'),
    "script": ("a.js", 'const t = "The unmarked door";'),
    "remark in a script": ("a.js", "// TODO: link The unmarked door\nlet a = 1"),
    "script in a page": ("index.html", "<script>let t = 'The unmarked door'</script>"),
    "style sheet's name": ("a.css", ".the-unmarked-door { color: red }"),
    "source map": ("a.js.map", json.dumps({"sourcesContent": [f"// {TITLE}"]})),
    "remark in a drawing": ("a.svg", "<svg><!-- The unmarked door --><desc>x</desc></svg>"),
    "description of a drawing": ("a.svg", "<svg><desc>The unmarked door</desc></svg>"),
    "metadata of a drawing": ("a.svg", "<svg><metadata><rdf:li>The unmarked door</rdf:li></metadata></svg>"),
    "processing instruction": ("a.xml", '<?xml version="1.0"?><?note The unmarked door?><a/>'),
    "entity of XML": ("a.xml", '<!DOCTYPE a [<!ENTITY t "The unmarked door">]><a>&t;</a>'),
    "table of contents": ("a.opml", f'<opml><outline text="{TITLE}"/></opml>'),
    "calendar": ("a.ics", "BEGIN:VEVENT\r\nSUMMARY:The unmarked door\r\n"),
    "subtitles": ("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nThe unmarked door\n"),
    "bibliography": ("one.bib", "@misc{x, title = {{The} unmarked door}}"),
    "Western letters": ("a.txt", "Où est The unmarked door ?".encode("cp1252")),
    "wide letters": ("a.txt", TITLE.encode("utf-16-be")),
    "wide letters without a mark": ("a.txt", TITLE.encode("utf-16-le")),
    "very wide letters": ("a.txt", TITLE.encode("utf-32")),
    "file in an address": ("index.html", f'<a href="data:text/html;base64,{b64encode(TITLE.encode()).decode()}">x</a>'),
    "page in an address": ("index.html", '<iframe src="data:text/html,%3Ch1%3EThe%20unmarked%20door">'),
    "image in an address": (
        "a.css",
        f"a{{background:url(data:image/png;base64,{b64encode(a_png(packed=TITLE)).decode()})}}",
    ),
}
CONTAINERS = {
    "gzip": ("a.txt.gz", gzip.compress(TITLE.encode())),
    "bzip2": ("a.bz2", bz2.compress(TITLE.encode())),
    "xz": ("a.xz", lzma.compress(TITLE.encode())),
    "tar": ("a.tar", a_tar({"a.txt": TITLE})),
    "name in a tar": ("a.tar", a_tar({"the-unmarked-door.txt": "x"})),
    "packed tar": ("a.tgz", gzip.compress(a_tar({"a.txt": TITLE}))),
    "archive five deep": ("a.zip", a_zip({"b": a_zip({"c": a_zip({"d": a_zip({"e": a_zip({"f": TITLE})})})})})),
    "remark of an archive": ("a.zip", a_zip({"a": "x"}, comment=TITLE.encode())),
    "before an archive": ("a.exe", b"MZ The unmarked door" + a_zip({"a": "x"})),
    "behind an image": ("a.png", a_png() + a_zip({"a.txt": TITLE})),
    "search index": (
        "search/fragment/en_1.pf_fragment",
        gzip.compress(b"pagefind_dcd" + json.dumps({"c": TITLE}).encode()),
    ),
    "pieces of a Word text": ("a.docx", a_docx(in_runs(*IN_PIECES))),
    "pieces of a Word heading": ("a.docx", a_docx(in_runs(*IN_PIECES), "word/header1.xml")),
    "remark in a Word text": ("a.docx", a_docx(in_runs(*IN_PIECES), "word/comments.xml")),
    "note of a Word text": ("a.docx", a_docx(in_runs(*IN_PIECES), "word/footnotes.xml")),
    "crossed out in a Word text": (
        "a.docx",
        a_docx("<w:p><w:del><w:r><w:delText>The unmarked door</w:delText></w:r></w:del></w:p>"),
    ),
    "around what is crossed out": (
        "a.docx",
        a_docx(
            "<w:p><w:r><w:t>The un</w:t></w:r><w:del><w:r><w:delText>s</w:delText></w:r></w:del>"
            "<w:r><w:t>marked door</w:t></w:r></w:p>"
        ),
    ),
    "a tab in a Word text": (
        "a.docx",
        a_docx("<w:p><w:r><w:t>The</w:t><w:tab/><w:t>unmarked</w:t><w:br/><w:t>door</w:t></w:r></w:p>"),
    ),
    "words for a picture in a Word text": (
        "a.docx",
        a_docx('<w:p><wp:docPr xmlns:wp="x" descr="The unmarked door"/></w:p>'),
    ),
    "title of a Word text": ("a.docx", a_zip({"docProps/core.xml": f"<cp><dc:title>{TITLE}</dc:title></cp>"})),
    "picture in a Word text": ("a.docx", a_zip({"word/media/1.png": a_png(packed=TITLE)})),
    "pieces of a cell": ("a.xlsx", an_xlsx(*IN_PIECES)),
    "name of a sheet": ("a.xlsx", a_zip({"xl/workbook.xml": f'<sheets><sheet name="{TITLE}"/></sheets>'})),
    "pieces of a slide": ("a.pptx", a_pptx(*IN_PIECES)),
    "pieces of an OpenDocument text": (
        "a.odt",
        an_odt("The un<text:span>marked</text:span><text:s/><text:span>door</text:span>"),
    ),
    "cell of an OpenDocument sheet": ("a.ods", an_odt("The un<text:a>marked</text:a> door")),
    "flat OpenDocument text": (
        "a.fodt",
        f"<?xml version='1.0'?><o {ODF}><text:p>The un<text:span>marked</text:span> door</text:p></o>",
    ),
    "title of a book": ("a.epub", a_zip({"content.opf": f"<package><dc:title>{TITLE}</dc:title></package>"})),
    "contents of a book": ("a.epub", a_zip({"toc.ncx": f"<navLabel><text>{TITLE}</text></navLabel>"})),
    "page of a PDF": ("a.pdf", a_pdf(shown=TITLE)),
    "outline of a PDF": ("a.pdf", a_pdf(lambda pdf: pdf.add_outline_item(TITLE, 0))),
    "title of a PDF": ("a.pdf", a_pdf(lambda pdf: pdf.add_metadata({"/Title": TITLE}))),
    "wide title of a PDF": ("a.pdf", a_pdf(lambda pdf: pdf.add_metadata({"/Title": f"\u201c{TITLE}\u201d"}))),
    "metadata of a PDF": ("a.pdf", a_pdf(with_xmp(TITLE))),
    "remark in a PDF": ("a.pdf", a_pdf(with_annotation(TITLE))),
    "words for a picture in a PDF": ("a.pdf", a_pdf(with_alternative_text(TITLE))),
    "name of a place in a PDF": ("a.pdf", a_pdf(lambda pdf: pdf.add_named_destination("the-unmarked-door", 0))),
    "script in a PDF": ("a.pdf", a_pdf(with_script(f"app.alert('{TITLE}')"))),
    "file in a PDF": ("a.pdf", a_pdf(lambda pdf: pdf.add_attachment("a.txt", TITLE.encode()))),
    "document in a PDF": ("a.pdf", a_pdf(lambda pdf: pdf.add_attachment("a.docx", a_docx(in_runs(*IN_PIECES))))),
    "name of a file in a PDF": ("a.pdf", a_pdf(lambda pdf: pdf.add_attachment("the-unmarked-door.txt", b"x"))),
    "PDF in an archive": ("a.zip", a_zip({"a.pdf": a_pdf(shown=TITLE)})),
    "packed note of an image": ("a.png", a_png(packed=TITLE)),
    "wide note of an image": ("a.png", a_png(wide=f"\u201c{TITLE}\u201d")),
    "EXIF": ("a.jpg", a_jpeg(0x010E, TITLE)),
    "wide EXIF": ("a.jpg", a_jpeg(0x9C9B, TITLE.encode("utf-16-le") + b"\0\0")),
    "remark in EXIF": ("a.jpg", a_jpeg(0x9286, b"UNICODE\0" + TITLE.encode("utf-16-le"))),
    "remark of an image": ("a.jpg", a_jpeg(comment=TITLE)),
    "XMP of an image": ("a.jpg", a_jpeg(xmp=f"<x:xmpmeta><dc:title>{TITLE}</dc:title></x:xmpmeta>".encode())),
    "font": ("a.woff2", b"wOF2\0\1\0\xff The unmarked door \xff\0"),
    "film": ("a.mp4", b"\0\0\0\x18ftypmp42\xff\xfe The unmarked door \0\0"),
    "program": ("a.wasm", b"\0asm\1\0\0\xff The unmarked door \0\0\xff"),
    "an old Office": ("a.doc", b"\xd0\xcf\x11\xe0" + b"\0\xff" * 9 + TITLE.encode("utf-16-le")),
}
FOUND = PAGES | TEXT_FILES | CONTAINERS
UNREADABLE = {
    "an old Office": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0"),
    "Rich Text": ("a.rtf", rb"{\rtf1 The unm\b arked\b0  door}"),
    "7-Zip": ("a.7z", b"7z\xbc\xaf\x27\x1c\0\4"),
    "RAR": ("a.rar", b"Rar!\x1a\7\1\0"),
    "Zstandard": ("a.zst", b"\x28\xb5\x2f\xfd\4\0"),
    "Brotli": ("a.br", b"\x0b\2\x80ab\3"),
    "unknown bytes": ("a.bin", b"\1\2\3\xff\0\xfe\0\0"),
    "PGP": ("a.asc", b"-----BEGIN PGP MESSAGE-----\n\nhQ=="),
    "encrypted archive": ("a.zip", a_zip({"a.txt": "x"}, flag=1)),
    "encrypted PDF": ("a.pdf", a_pdf(lambda pdf: pdf.encrypt("secret", algorithm="RC4-128"))),
    "cut archive": ("a.docx", a_docx(in_runs(*IN_PIECES))[:-30]),
    "damaged archive": ("a.zip", a_zip({"a.txt": "abcdefgh" * 9}).replace(b"\x4b\x4c", b"\xff\xff")),
    "cut gzip": ("a.gz", gzip.compress(b"abc" * 99)[:-12]),
    "cut xz": ("a.xz", lzma.compress(b"abc" * 99)[:-12]),
    "cut tar": ("a.tar", a_tar({"a.txt": "x" * 2000})[:700]),
    "cut PDF": ("a.pdf", a_pdf(shown=TITLE)[:200]),
    "no PDF": ("a.pdf", b"%PDF-1.7\n%%EOF"),
    "PDF that was added to": ("a.pdf", a_pdf() + b"\n" + a_pdf()[9:]),
    "cut image": ("a.png", a_png(packed=TITLE)[:50]),
    "archive within archives without end": ("a.zip", a_zip({"a.txt": "x"})),
    "document in a Word text": ("a.docx", a_zip({"word/embeddings/1.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0"})),
}
for _ in range(9):
    UNREADABLE["archive within archives without end"] = (
        "a.zip",
        a_zip({"a.zip": UNREADABLE["archive within archives without end"][1]}),
    )


@pytest.mark.parametrize("way", FOUND)
def test_a_way_is_caught(way):
    """The gate finds a draft's words in every form and kind of file, and names the file."""
    path, content = FOUND[way]
    found = examine(SITE, {path: content if isinstance(content, bytes) else content.encode()})
    assert {(leak.path.split("!")[0], leak.source) for leak in found.leaks} == {(path, DRAFT)}


@pytest.mark.parametrize("way", UNREADABLE)
def test_an_unreadable_file_is_reported(way):
    """An encrypted, damaged or unknown file is reported as unchecked."""
    path, data = UNREADABLE[way]
    found = examine(SITE, {path: data})
    assert [each.path.split("!")[0] for each in found.unread] == [path] * max(len(found.unread), 1)
    assert "not checked, since it is " in str(found.unread[0])


@pytest.mark.parametrize("way", [*CONTAINERS, *UNREADABLE])
def test_a_damaged_file_raises_nothing(way):
    """A file that is cut or overwritten anywhere is read as far as possible, without an exception."""
    path, content = (CONTAINERS | UNREADABLE)[way]
    data = content if isinstance(content, bytes) else content.encode()
    for end in range(1, 12):
        examine(SITE, {path: data[: len(data) * end // 12]})
        examine(SITE, {path: data[: len(data) // 2] + bytes((end,)) * 9 + data[len(data) // 2 + 9 :]})


def test_an_archive_bomb_is_reported(monkeypatch):
    """A file that is too large when unpacked is reported as unchecked."""
    monkeypatch.setattr(UnpackBudget.__init__, "__defaults__", (10_000,))
    for bomb in (a_zip({"a": "a" * 20_000}), gzip.compress(b"a" * 20_000), a_zip({"a": "a" * 9000, "b": "b" * 9000})):
        found = examine(SITE, {"a.zip": bomb})
        assert "too large when unpacked" in str(found.unread[0])


SHORT_NAMES = a_manuscript(
    {
        "essays/one.md": "Title: One\nDate: 2009-04-01\n\nText.\n",
        "essays/da.md": "Title: Da\nDate: 2009-04-01\nStatus: draft\nTags: el, a b\n\nText.\n",
    },
)
RANDOM_BYTES = b"\0\xff da +da/ a+b% el\xff\0 (da) /da/ \0\1\x02\xfe"
NOT_A_NAME = {
    "a font": ("a.woff2", b"wOF2" + RANDOM_BYTES),
    "an image": ("a.jpg", a_jpeg() + RANDOM_BYTES),
    "unknown bytes": ("a.bin", b"\x81" + RANDOM_BYTES),
    "a packed font": ("a.zip", a_zip({"f.woff": b"wOFF" + RANDOM_BYTES})),
    "the index to search in": ("s.pf_meta", gzip.compress(b"pagefind_dcd\x84da el\0a b")),
    "a program": ("a.js", "let da=el/da/2;a.b=da;"),
    "a program in a page": ("a.html", "<script>let da=1;da/el</script><style>.da{--el:1}</style>"),
    "a style sheet": ("a.css", ".da, #el { a: b }"),
    "a digest": ("a.html", '<meta content="sha256-x+da/el/da+AAAA=">'),
    "an image in an address": (
        "a.css",
        f"a{{background:url(data:font/woff;base64,{b64encode(b'wOFF' + RANDOM_BYTES).decode()})}}",
    ),
    "a word of a sentence": ("a.html", "<p>Ich war da und el</p><p>and da is there</p>"),
    "a class": ("a.html", '<p class="da" rel="el">x</p>'),
}
AS_A_NAME = {
    "a heading": ("a.html", "<h2>Da</h2>"),
    "a link": ("a.html", '<a href="/essays/da/">x</a>'),
    "a name of a file": ("da.png", a_png()),
    "a name in an archive": ("a.zip", a_zip({"da.txt": "x"})),
    "a title of an image": ("a.png", a_png(packed="Da")),
    "a string of a program": ("a.js", "go('da')"),
    "text of a style": ("a.css", "p::after { content: 'Da' }"),
    "data": ("a.json", '{"next": "da"}'),
    "a list": ("a.html", "<li>el</li>"),
}


@pytest.mark.parametrize("way", NOT_A_NAME)
def test_a_short_name_is_not_looked_for_in_random_bytes(way):
    """A draft called "da" is not found in a font, a program or a digest that has these letters by chance."""
    path, content = NOT_A_NAME[way]
    assert examine(SHORT_NAMES, {path: content if isinstance(content, bytes) else content.encode()}).leaks == ()


@pytest.mark.parametrize("way", AS_A_NAME)
def test_a_short_name_is_found_where_it_is_a_name(way):
    """The same name is found in headings, addresses, file names, notes and strings."""
    path, content = AS_A_NAME[way]
    found = examine(SHORT_NAMES, {path: content if isinstance(content, bytes) else content.encode()})
    assert {leak.source for leak in found.leaks} == {"essays/da.md"}
    assert "or give it a name that means nothing else" in str(found.leaks[0])


def test_no_short_name_is_found_in_the_fonts_of_the_theme():
    """The fonts of the theme cause no false alarm."""
    fonts = {path.name: path.read_bytes() for path in Path(PROJECT, "theme/static").rglob("*.woff2")}
    assert fonts
    found = examine(SHORT_NAMES, fonts)
    assert (found.leaks, found.unread) == ((), ())
