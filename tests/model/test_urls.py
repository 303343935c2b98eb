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
def test_an_invalid_url_has_no_parts(address):
    """Brackets without a number, an invalid port and letters that normalize to a slash are invalid."""
    assert split_url(address) is None
    assert resolved("https://site.example/", address) is None


@given(st.text(alphabet="ahtp:/[]?#@%.\u2100 ", max_size=20))
def test_any_text_is_a_url_or_none(text):
    """Valid URLs are split as by Python's library."""
    if resolved("https://site.example/a/", text) is not None:
        assert resolved("https://site.example/a/", text) == urljoin("https://site.example/a/", text)


@pytest.mark.parametrize("address", NONE)
@pytest.mark.parametrize("html", ["<a href='{}'>x</a>", "<img src='{}'>", "<iframe src='{}' title='T'></iframe>"])
def test_a_feed_has_the_text_of_an_invalid_url(address, html):
    """If checks only warn, the text is published all the same."""
    assert Body(html.format(address), "https://site.example/", "a").html


@pytest.mark.parametrize("address", NONE)
def test_an_import_ignores_invalid_urls(address):
    """An invalid URL is not a former address, and leads to no text."""
    assert (key_of(address), alias_of(address)) == ("", "")
