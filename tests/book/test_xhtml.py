"""Pieces of a book as the XHTML of an EPUB."""

from __future__ import annotations

from lxml import etree

from essay_series.book.xhtml import xhtml

XML = "{http://www.w3.org/XML/1998/namespace}"


def test_each_part_tells_its_language_as_html_and_as_xml():
    """What is in another language than the book says so in both ways, and nothing else says anything."""
    made = xhtml('<p lang="fr">Oui, <i lang="de">ja</i></p><p>Yes</p>', {}, "part-1.xhtml")
    told = [(each.get("lang"), each.get(f"{XML}lang")) for each in etree.fromstring(f"<div>{made}</div>").iter()]
    assert told == [(None, None), ("fr", "fr"), ("de", "de"), (None, None)]
