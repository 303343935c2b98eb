"""Fragments of a book as the XHTML of an EPUB."""

from __future__ import annotations

from lxml import etree

from essay_series.book.xhtml import xhtml

XML = "{http://www.w3.org/XML/1998/namespace}"


def test_xhtml_has_lang_and_xml_lang():
    """An element in another language has both `lang` and `xml:lang`, and no other element has either."""
    made = xhtml('<p lang="fr">Oui, <i lang="de">ja</i></p><p>Yes</p>', {}, "part-1.xhtml")
    languages = [(each.get("lang"), each.get(f"{XML}lang")) for each in etree.fromstring(f"<div>{made}</div>").iter()]
    assert languages == [(None, None), ("fr", "fr"), ("de", "de"), (None, None)]
