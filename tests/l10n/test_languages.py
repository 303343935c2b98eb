"""Language tags: one form for each tag, however an author writes it."""

from __future__ import annotations

import pickle
from copy import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essay_series.l10n.tags import LangString, lang_of, region_of, tag_of

TAGS = (
    *("de", "pt-BR", "zh-Hans", "zh-Hans-CN", "es-419", "en-US-x-foo", "sl-rozaj-biske", "de-1996", "zh-cmn-Hans-CN"),
    *("de-CH-1901", "en-a-myext-b-another", "ar-a-aaa-b-bbb-x-us-latn", "x-whatever", "sr-Latn-RS", "mas"),
)
NO_TAGS = (
    *("", "english", "English", "pt_BR", "p", "pt-", "-pt", "pt--BR", "de-DE-DE", "en-a", "en-x", "de AT", "dé", "12"),
)


@pytest.mark.parametrize("tag", TAGS)
@given(data=st.data())
def test_a_tag_has_one_form_in_any_case(tag, data):
    """A tag in any case gets the form that RFC 5646 recommends."""
    large = data.draw(st.lists(st.booleans(), min_size=len(tag), max_size=len(tag)))
    written = "".join(c.upper() if is_large else c.lower() for c, is_large in zip(tag, large, strict=True))
    assert tag_of(written) == tag


@pytest.mark.parametrize("text", NO_TAGS)
def test_an_invalid_tag_gives_none(text):
    """Names of languages, names of locales and broken tags give None."""
    assert tag_of(text) is None


def test_the_region_of_a_tag_is_its_country():
    """The region is the two-letter part; a script, a continent and private subtags are none."""
    regions = [region_of(tag) for tag in ("pt-BR", "zh-Hans-TW", "zh-Hans", "es-419", "de", "en-x-us")]
    assert regions == ["BR", "TW", "", "", "", ""]


def test_a_text_keeps_its_language():
    """A LangString equals its text and keeps its language when copied or pickled."""
    text = LangString("gut", "de")
    copies = (text, copy(text), pickle.loads(pickle.dumps(text)))  # noqa: S301 - it is our own
    assert [(each, lang_of(each, "en")) for each in copies] == [("gut", "de")] * 3
    assert lang_of("gut", "en") == "en"
    assert {text: 1}["gut"]
