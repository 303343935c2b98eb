"""Words of one language on a page in another, and the writing systems of a site."""

from __future__ import annotations

import pytest

from essay_series.l10n import Locale, foreign
from essay_series.l10n.writing import writing_systems

SHALOM, ALEPH = "\u05e9\u05dc\u05d5\u05dd", "\u05d0"


@pytest.mark.parametrize(
    ("tag", "attributes"),
    [
        ("en", ' lang="en"'),
        ("zh-Hant", ' lang="zh-Hant"'),
        ("ar", ' lang="ar" dir="rtl"'),
        ("he-IL", ' lang="he-IL" dir="rtl"'),
        ("fa", ' lang="fa" dir="rtl"'),
        ("az-Arab", ' lang="az-Arab" dir="rtl"'),
        ("az", ' lang="az"'),
        ("ku-Arab", ' lang="ku-Arab" dir="rtl"'),
        ("zh-Hant-HK", ' lang="zh-Hant-HK"'),
        ("pa-Arab", ' lang="pa-Arab" dir="rtl"'),
        ("ff-Adlm", ' lang="ff-Adlm" dir="rtl"'),
        ("x-own", ' lang="x-own"'),
        ('a"b', ' lang="a&quot;b"'),
    ],
)
def test_a_page_has_its_language_and_direction(tag, attributes):
    """A page has its language, and `dir` if it is right to left; an unknown language is left to right."""
    assert foreign.of_page(tag) == attributes


@pytest.mark.parametrize(
    ("tag", "page", "attributes"),
    [
        ("en", "en", ""),
        ("de", "en", ' lang="de"'),
        ("ar", "en", ' lang="ar" dir="rtl"'),
        ("en", "ar", ' lang="en" dir="ltr"'),
        ("he", "ar", ' lang="he"'),
    ],
)
def test_an_element_has_only_what_differs_from_its_page(tag, page, attributes):
    """An element has `lang` and `dir` only where they differ from the page."""
    assert foreign.attributes(tag, page) == attributes


@pytest.mark.parametrize(
    ("html", "tag", "page", "marked"),
    [
        ("Fire &amp; light", "en", "en", "Fire &amp; light"),
        ("Feuer", "de", "en", '<span lang="de">Feuer</span>'),
        (SHALOM, "he", "en", f'<bdi lang="he" dir="rtl">{SHALOM}</bdi>'),
        (f"On {SHALOM}", "en", "en", f'<bdi dir="ltr">On {SHALOM}</bdi>'),
        (f"HTML: {SHALOM}", "he", "he", f'<bdi dir="rtl">HTML: {SHALOM}</bdi>'),
        (f"{SHALOM}, 1984", "he", "he", f"{SHALOM}, 1984"),
        ("1984", "he", "en", '<span lang="he" dir="rtl">1984</span>'),
        ("Peace", "en", "he", '<bdi lang="en" dir="ltr">Peace</bdi>'),
        (f'<span class="caps">{SHALOM}</span>', "he", "he", f'<span class="caps">{SHALOM}</span>'),
    ],
)
def test_words_are_marked_and_keep_their_own_order(html, tag, page, marked):
    """Words in another language are marked, and isolated if their letters run the other way."""
    assert foreign.marked(html, tag, page) == marked


def test_a_name_is_isolated_by_its_first_letter():
    """A name, whose language is unknown, is isolated if its first letter runs against the page."""
    assert foreign.isolated("Ann", "en") == "Ann"
    assert foreign.isolated("Ann", "he") == "<bdi>Ann</bdi>"
    assert foreign.isolated(ALEPH, "en") == f"<bdi>{ALEPH}</bdi>"
    assert foreign.isolated(ALEPH, "ar") == ALEPH


def test_untranslated_messages_are_isolated_in_rtl_languages():
    """An English message in a right-to-left language without a catalogue is isolated."""
    assert Locale("ur").gettext("Read on.") == "\u2066Read on.\u2069"
    assert Locale("ur").ngettext("%(num)s day.", "%(num)s days.", 2) == "\u20662 days.\u2069"
    assert Locale("ur").gettext("%(sentence)s.", sentence=SHALOM) == f"{SHALOM}."
    assert Locale("sw").gettext("Read on.") == "Read on."


def covers(language: str, script: str) -> bool:
    """Return whether a font with Latin letters, but not those of Polish, covers a language."""
    return script == "Latn" and language != "pl"


def test_writing_systems_group_the_languages_of_a_site():
    """Languages are grouped by script, apart from those whose letters the fonts lack."""
    found = writing_systems(["fa", "en", "ar", "de", "pl", "ja", "zh-TW", "zh", "ru", "x-own", "qqq"], covers)
    assert [(each.script, each.languages, each.has_capitals, each.is_covered) for each in found] == [
        ("Arab", ("ar", "fa"), False, False),
        ("Cyrl", ("ru",), True, False),
        ("Hans", ("zh",), False, False),
        ("Hant", ("zh-TW",), False, False),
        ("Jpan", ("ja",), False, False),
        ("Latn", ("pl",), True, False),
        ("Latn", ("de", "en"), True, True),
    ]
    assert [found[0].selector, found[1].selector] == [":is(:lang(ar), :lang(fa))", ":lang(ru)"]
