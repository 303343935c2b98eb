"""Minimal documents of every kind, with given words in them."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Mapping

from PIL import Image, PngImagePlugin
from pypdf import PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

USER_COMMENT = 0x9286
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DRAWING = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
ODF = 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'


def a_zip(files: Mapping[str, str | bytes], comment: bytes = b"", flag: int = 0) -> bytes:
    """Return a ZIP archive of `files`; ``flag=1`` marks them as encrypted."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = comment
        for name, content in files.items():
            archive.writestr(name, content)
    found = bytearray(data.getvalue())
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = found.find(sign)
        while flag and start >= 0:
            found[start + at] |= flag
            start = found.find(sign, start + 1)
    return bytes(found)


def a_tar(files: Mapping[str, str]) -> bytes:
    """Return a tar archive of `files`."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content.encode())
            archive.addfile(info, io.BytesIO(content.encode()))
    return data.getvalue()


def a_docx(paragraph: str, part: str = "word/document.xml") -> bytes:
    """Return a Word document of which one part holds the XML `paragraph`."""
    return a_zip(
        {"[Content_Types].xml": "<Types/>", part: f"<w:document {WORD}><w:body>{paragraph}</w:body></w:document>"}
    )


def in_runs(*pieces: str) -> str:
    """Return a Word paragraph whose words are split into the runs `pieces`."""
    return f"<w:p>{''.join(f'<w:r><w:rPr/><w:t>{piece}</w:t></w:r>' for piece in pieces)}</w:p>"


def an_xlsx(*pieces: str) -> bytes:
    """Return a spreadsheet with a cell whose words are split into `pieces`."""
    runs = "".join(f"<r><rPr/><t>{piece}</t></r>" for piece in pieces)
    return a_zip({"xl/sharedStrings.xml": f"<sst {SHEET}><si>{runs}</si></sst>"})


def a_pptx(*pieces: str) -> bytes:
    """Return a slide with a line whose words are split into `pieces`."""
    runs = "".join(f"<a:r><a:t>{piece}</a:t></a:r>" for piece in pieces)
    return a_zip({"ppt/slides/slide1.xml": f"<p:sld {DRAWING} xmlns:p='p'><a:p>{runs}</a:p></p:sld>"})


def an_odt(paragraph: str) -> bytes:
    """Return an OpenDocument text that holds the XML `paragraph`."""
    return a_zip({"content.xml": f"<office {ODF}><text:p>{paragraph}</text:p></office>"})


def a_pdf(change=lambda _: None, shown: str = "Nothing") -> bytes:
    """Return a PDF with a page that shows the words `shown`, after applying `change` to its writer."""
    writer = PdfWriter()
    page = writer.add_blank_page(300, 300)
    font = DictionaryObject({NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1")})
    font[NameObject("/BaseFont")] = NameObject("/Helvetica")
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})  # noqa: SLF001 - pypdf offers no other way
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    content = DecodedStreamObject()
    content.set_data(f"BT /F1 12 Tf 10 100 Td ({shown}) Tj ET".encode())
    page[NameObject("/Contents")] = writer._add_object(content.flate_encode())  # noqa: SLF001 - pypdf offers no other way
    change(writer)
    data = io.BytesIO()
    writer.write(data)
    return data.getvalue()


def with_annotation(words: str):
    """Return a function that adds an annotation to the first page of a PDF."""
    return lambda writer: writer.add_annotation(0, FreeText(text=words, rect=(0, 0, 9, 9)))


def with_xmp(words: str):
    """Return a function that adds compressed XMP metadata to a PDF."""

    def change(writer: PdfWriter) -> None:
        stream = DecodedStreamObject()
        stream.set_data(f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><dc:title>{words}</dc:title></x:xmpmeta>".encode())
        packed = stream.flate_encode()
        packed[NameObject("/Type")], packed[NameObject("/Subtype")] = NameObject("/Metadata"), NameObject("/XML")
        writer._root_object[NameObject("/Metadata")] = writer._add_object(packed)  # noqa: SLF001 - pypdf offers no other way

    return change


def with_script(words: str):
    """Return a function that adds a script to a PDF, which runs when it is opened."""

    def change(writer: PdfWriter) -> None:
        script = DictionaryObject(
            {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject(words)}
        )
        writer._root_object[NameObject("/OpenAction")] = writer._add_object(script)  # noqa: SLF001 - pypdf offers no other way

    return change


def with_alternative_text(words: str):
    """Return a function that adds alternative text to a PDF."""

    def change(writer: PdfWriter) -> None:
        tree = DictionaryObject({NameObject("/Alt"): TextStringObject(words)})
        writer._root_object[NameObject("/StructTreeRoot")] = writer._add_object(tree)  # noqa: SLF001 - pypdf offers no other way

    return change


def a_png(**texts: str) -> bytes:
    """Return an image with text chunks: `plain`, `packed` (compressed) or `wide` (compressed UTF-8)."""
    notes = PngImagePlugin.PngInfo()
    for kind, words in texts.items():
        if kind == "wide":
            notes.add_itxt("Title", words, zip=True)
        else:
            notes.add_text("Title", words, zip=kind == "packed")
    return _saved("PNG", pnginfo=notes)


def a_jpeg(tag: int = 0, note: str | bytes = "", **more: object) -> bytes:
    """Return an image with an EXIF `note` under `tag`, and further data that Pillow writes."""
    exif = Image.Exif()
    if tag == USER_COMMENT:
        exif.get_ifd(0x8769)[tag] = note
    elif tag:
        exif[tag] = note
    return _saved("JPEG", exif=exif.tobytes(), **more)


def _saved(form: str, **more: object) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (2, 2)).save(data, form, **more)
    return data.getvalue()
