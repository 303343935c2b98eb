"""The HTML of a book's documents → the XHTML of an EPUB, with footnotes that reading systems can show as pop-ups."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import html
from lxml.html import HtmlElement

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_EPUB_TYPE = "data-epub-type"
"""A placeholder of ``epub:type`` in the HTML tree, which has no namespaces."""
_AROUND = re.compile(r"^<div(?:/>|>)|</div>$")


def parsed(text: str) -> HtmlElement:
    """Return the HTML fragment `text` as a tree below a ``div``."""
    return html.fragment_fromstring(_NOT_XML.sub("", text), create_parent="div")


def ids(text: str) -> list[str]:
    """Return the ids in the HTML `text`."""
    return [str(name) for name in parsed(text).xpath("//@id")]


def xhtml(text: str, homes: Mapping[str, str], here: str) -> str:
    """Return the HTML fragment `text` as XHTML for the file `here` of an EPUB.

    Footnotes get the roles of DPUB-ARIA 1.1 and the types of the EPUB Structural Semantics Vocabulary. Elements with
    ``lang`` get ``xml:lang`` too, as some reading systems support nothing else. Links to an id lead to the file that
    `homes` gives for it.
    """
    root = parsed(text)
    for link in list(root.iter("a")):
        _rewrite_link(link, homes, here)
    for element in root.iter():
        if lang := element.get("lang"):
            element.set(_XML_LANG, lang)
    for notes in root.find_class("footnote"):
        _make_asides(notes)
    as_xml = html.tostring(root, method="xml", encoding="unicode")
    return _AROUND.sub("", as_xml).replace(f"{_EPUB_TYPE}=", "epub:type=")


def _rewrite_link(link: HtmlElement, homes: Mapping[str, str], here: str) -> None:
    target = link.get("href", "")
    if target.startswith("#"):
        home = homes.get(target[1:], here)
        link.set("href", target if home == here else home + target)
    elif not re.match(r"(?:https?|mailto|tel):", target):
        link.drop_tag()
        return
    if "footnote-ref" in link.classes:
        link.set(_EPUB_TYPE, "noteref")
        link.set("role", "doc-noteref")
    elif "footnote-backref" in link.classes:
        link.set("role", "doc-backlink")


def _make_asides(notes: HtmlElement) -> None:
    """Make each note an ``aside``, which reading systems show as a pop-up."""
    lists = notes.findall("ol")
    number = int(lists[0].get("start", "1")) if lists else 1
    for note in [item for each in lists for item in each.findall("li")]:
        note.tag = "aside"
        note.set(_EPUB_TYPE, "footnote")
        note.set("role", "doc-footnote")
        note.classes.add("note")
        label = html.fragment_fromstring(f'<span class="note-number">{number}. </span>')
        first = note[0] if len(note) and note[0].tag == "p" else note
        label.tail, first.text = first.text, None
        first.insert(0, label)
        number += 1
    for each in lists:
        each.drop_tag()
