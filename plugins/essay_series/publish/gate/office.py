"""Office documents (OOXML and OpenDocument), which split words between elements."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from lxml import etree

_NAMESPACES = ("urn:oasis:names:tc:opendocument", "schemas.openxmlformats.org", "purl.oclc.org/ooxml", "/office/word/")
"""Parts of the XML namespaces of these formats."""
_HEAD = 4000
_BLOCKS = frozenset(("p", "h", "si", "is"))
"""The local names of paragraphs, headings and cells."""
_BLANKS = {"tab": " ", "s": " ", "br": " ", "cr": " ", "line-break": " ", "noBreakHyphen": "-"}
_DELETED = frozenset(("del", "delText", "moveFrom", "rPh"))
"""The local names of elements that are not displayed as text: tracked deletions and moves, phonetic guides."""


def is_office(text: str) -> bool:
    """Tell whether `text` is a file of an office document."""
    return any(sign in text[:_HEAD] for sign in _NAMESPACES)


def joined(data: bytes) -> str:
    """Return the paragraphs and cells of the XML `data` as HTML, each with and without its tracked deletions."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, load_dtd=False)
    root = etree.fromstring(data, parser)
    blocks = [each for each in root.iter() if _name(each) in _BLOCKS] if root is not None else []
    found = dict.fromkeys("".join(_words(block, left)) for block in blocks for left in (frozenset(), _DELETED))
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
