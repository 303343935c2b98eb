"""Documents of office programs, whose words are divided into pieces wherever a program remembers something of them."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from lxml import etree

_SIGNS = ("urn:oasis:names:tc:opendocument", "schemas.openxmlformats.org", "purl.oclc.org/ooxml", "/office/word/")
"""What names these formats at the start of each of their files."""
_HEAD = 4000
_BLOCKS = frozenset(("p", "h", "si", "is"))
"""Elements that hold what a reader sees in one: paragraphs, headings, cells."""
_BLANKS = {"tab": " ", "s": " ", "br": " ", "cr": " ", "line-break": " ", "noBreakHyphen": "-"}
_CROSSED_OUT = frozenset(("del", "delText", "moveFrom", "rPh"))
"""Elements that are in the file and not on the page: tracked changes, and readings of Japanese."""


def is_office(text: str) -> bool:
    """Tell whether `text` is a part of a document of an office program."""
    return any(sign in text[:_HEAD] for sign in _SIGNS)


def joined(data: bytes) -> str:
    """Return the paragraphs and cells of a document as HTML, each whole, with what is crossed out and without."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, load_dtd=False)
    root = etree.fromstring(data, parser)
    blocks = [each for each in root.iter() if _name(each) in _BLOCKS] if root is not None else []
    found = dict.fromkeys("".join(_words(block, left)) for block in blocks for left in (frozenset(), _CROSSED_OUT))
    return "".join(f"<p>{escape(text)}</p>" for text in found)


def _words(element: etree._Element, left_out: frozenset[str]) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = _name(child)
        if name in _BLANKS:
            yield _BLANKS[name]
        elif name not in left_out:
            yield from _words(child, left_out)
        yield child.tail or ""


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
