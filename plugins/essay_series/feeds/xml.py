"""The common parts of the XML formats: namespaces and serialization."""

from __future__ import annotations

from lxml import etree

HISTORY = "http://purl.org/syndication/history/1.0"
THREADS = "http://purl.org/syndication/thread/1.0"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def document(root: etree._Element, stylesheet: str = "") -> bytes:
    """Return the document with `root` in UTF-8, each child of the root on its own line.

    `stylesheet` is the URL of the CSS with which browsers show it; empty for none.
    """
    root.text = "\n"
    for child in root:
        child.tail = "\n"
    lines = ['<?xml version="1.0" encoding="utf-8"?>']
    if stylesheet:
        instruction = etree.ProcessingInstruction("xml-stylesheet", f'type="text/css" href="{stylesheet}"')
        lines.append(etree.tostring(instruction, encoding="unicode"))
    lines.append(etree.tostring(root, encoding="unicode"))
    return ("\n".join(lines) + "\n").encode()
