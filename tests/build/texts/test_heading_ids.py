"""Ids of headings in every script."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown.extensions.toc import slugify

from essay_series.build.texts.heading_ids import heading_id


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Привет, мир!", "привет-мир"),
        ("微革命：为什么", "微革命为什么"),
        ("こんにちは 世界", "こんにちは-世界"),
        ("שלום עולם", "שלום-עולם"),
        ("مرحبا بالعالم", "مرحبا-بالعالم"),
        ("می\u200cشود چیست؟", "میشود-چیست"),
        ("हिन्दी", "हिन्दी"),
        ("Ένα βήμα", "ένα-βήμα"),
        ("План 2024 — API", "план-2024-api"),
    ],
)
def test_a_heading_in_another_script_keeps_its_letters(heading, name):
    """The id of a heading in letters other than Latin has those letters, in NFC."""
    assert heading_id(heading, "-") == name
    assert heading_id(unicodedata.normalize("NFD", heading), "-") == unicodedata.normalize("NFC", name)


@given(st.text(alphabet="aZé ßÖłø-_1!?&\n\u0301"))
def test_a_heading_in_latin_letters_keeps_its_id(heading):
    """Ids in Latin letters are Python-Markdown's, so published ones stay."""
    assert heading_id(heading, "-") == slugify(heading, "-")


@given(st.text())
def test_an_id_needs_no_escaping_in_html(heading):
    """No id has a space or a character that HTML, XML or a URL would escape."""
    assert not set(heading_id(heading, "-")) & set(" \t\n\"'<>&#?%/\\")
