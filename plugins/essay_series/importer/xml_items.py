"""Read an XML export (WordPress, Blogger) one item at a time, so that damage to one item does not harm the others."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from lxml import etree

from .item import PARTIAL_HINT, ImportRefusedError, decoded, one_line, without_control

LONGEST = 9_000_000
"""The limit of an item, in characters; the parser's own limit is slightly higher."""
_DECLARED = re.compile(rb"""^<\?xml[^>]*?encoding=["']([A-Za-z0-9._-]+)""")
_PREFIX = re.compile(r"(?:</?|\s)(?!xml)([A-Za-z_][A-Za-z0-9_.-]*):[\w.-]+\s*[\s=/>]")


@dataclass(frozen=True)
class XmlExport:
    """An XML export, split into items."""

    head: str
    """All above the first item."""
    items: tuple[tuple[str, str], ...]
    """The source of each item, and its damage; empty if it is whole."""
    notes: list[str]
    name: str
    partial: bool

    def elements(self) -> Iterator[etree._Element | str]:
        """Yield each item as an element, or, if it is damaged, the message that says so."""
        for text, damage in self.items:
            found = damage or _parsed(text)
            if isinstance(found, str):
                found = f"{_title_in(text)}: {found}"
                if not self.partial:
                    raise ImportRefusedError(f"{self.name} is damaged: {found}. {PARTIAL_HINT}")
            yield found


def open_export(data: bytes, name: str, tag: str, root: str, *, partial: bool) -> XmlExport:
    """Return the XML export in `data`, in which elements `tag` in the element `root` are items.

    If `partial`, damaged items are left out, otherwise they end the import. An export that declares entities, which may
    expand without limit, is refused.
    """
    text = decoded(data, name, _encoding_of(data), partial=partial, hint=PARTIAL_HINT)
    text = without_control(text) if partial else text
    places = list(_places(text, tag))
    head = text[: places[0][0]] if places else text
    if "<!ENTITY" in head:
        raise ImportRefusedError(f"{name} declares entities of its own, and is not opened.")
    is_whole = bool(re.search(rf"</{root}\s*>", text[places[-1][1] if places else 0 :]))
    if not is_whole and not partial:
        raise ImportRefusedError(f"{name} is damaged: it ends before </{root}>. {PARTIAL_HINT}")
    items = tuple((text[start:end], damage) for start, end, damage in places)
    notes = [] if is_whole else [f"The export ends before </{root}>: items that followed are missing."]
    return XmlExport(head, items, notes, name, partial)


def value_in(text: str, name: str) -> str:
    """Return the text of the first element `name` in a piece of XML; empty if there is none."""
    found = re.search(rf"<{name}(?:\s[^>]*)?>\s*(?:<!\[CDATA\[(.*?)\]\]>|([^<]*))", text, re.DOTALL)
    return (found[1] or unescape(found[2] or "")).strip() if found else ""


def child(element: etree._Element, name: str, space: str = "") -> str:
    """Return the text of the child `name`, whose namespace contains `space`; empty if there is none."""
    for each in element.iterchildren(f"{{*}}{name}"):
        if space in str(each.tag):
            return "".join(each.itertext()).strip()
    return ""


def _encoding_of(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if data[:4] in (b"<\0?\0", b"\0<\0?"):
        return "utf-16-le" if data[0] else "utf-16-be"
    declared = _DECLARED.search(data[:1000].removeprefix(codecs.BOM_UTF8).lstrip())
    return declared[1].decode() if declared else "utf-8"


def _places(text: str, tag: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and damage of each item; tags in CDATA and comments do not count."""
    tokens = re.compile(rf"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<(?P<end>/?){tag}(?=[\s>/])", re.DOTALL)
    start: int | None = None
    for token in tokens.finditer(text):
        if token["end"] is None:
            continue
        if not token["end"]:
            if start is not None:
                yield start, token.start(), "its end is missing"
            start = token.start()
            continue
        end = text.find(">", token.end()) + 1 or len(text)
        damage = "" if start is not None else "its beginning is missing"
        first = token.start() if start is None else start
        yield first, end, damage or (f"it is longer than {LONGEST:,} characters" if end - first > LONGEST else "")
        start = None
    if start is not None:
        yield start, len(text), "the export ends within it"


def _parsed(text: str) -> etree._Element | str:
    """Return an item as an element, or what is wrong with it; each prefix is its own namespace, declared or not."""
    spaces = "".join(f' xmlns:{prefix}="{prefix}"' for prefix in sorted(set(_PREFIX.findall(text))))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(f"<all{spaces}>{text}</all>", parser)[0]
    except (etree.XMLSyntaxError, ValueError, IndexError) as error:
        return one_line(str(error))


def _title_in(text: str) -> str:
    title = one_line(value_in(text[:100_000], "title"))
    return f'"{title[:200]}"' if title else f"an item without a title, {one_line(text[:60])}"
