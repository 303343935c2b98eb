"""Addresses as authors write them: read where they are any, and never the end of a program."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essay_series.feeds.body import Body
from essay_series.importer.addresses import alias_of, key_of
from essay_series.urls import resolved, split_url

NONE = ["https://[your-app].example.com/", "http://[x/", "//[", "http://a.example:port/", "http://a\u2100.example/"]


@pytest.mark.parametrize("address", NONE)
def test_what_is_no_address_has_no_parts(address):
    """Brackets that hold no number, a port that is none, letters that stand for a slash: there is nothing to read."""
    assert split_url(address) is None
    assert resolved("https://site.example/", address) is None


@given(st.text(alphabet="ahtp:/[]?#@%.\u2100 ", max_size=20))
def test_any_text_is_read_or_is_none(text):
    """Whatever an author writes, it is read as Python's library reads it, or found to be no address."""
    if resolved("https://site.example/a/", text) is not None:
        assert resolved("https://site.example/a/", text) == urljoin("https://site.example/a/", text)


@pytest.mark.parametrize("address", NONE)
@pytest.mark.parametrize("html", ["<a href='{}'>x</a>", "<img src='{}'>", "<iframe src='{}' title='T'></iframe>"])
def test_a_feed_carries_a_text_with_what_is_no_address(address, html):
    """Where checks only warn, the text still goes out."""
    assert Body(html.format(address), "https://site.example/", "a").html


@pytest.mark.parametrize("address", NONE)
def test_what_is_no_address_is_none_of_a_site_that_is_brought_in(address):
    """It is no former address, and leads to no text."""
    assert (key_of(address), alias_of(address)) == ("", "")
