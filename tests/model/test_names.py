"""When two names are one name, and which name was probably meant."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essay_series.names import fold, nearest, same_name, sort_key

WORDS = st.lists(st.text("aäçéßñøœžλωжщ7", min_size=1, max_size=5), min_size=1, max_size=3)
SEPARATORS = st.sampled_from((" ", "-", "_", "  ", " - ", "\u00a0", "\t"))


@given(WORDS, SEPARATORS, SEPARATORS)
def test_case_spaces_and_hyphens_do_not_make_another_name(words, one, other):
    """Whatever stands between the words, and in whatever case they are, the name is the same."""
    assert same_name(one.join(words), f" {other.join(words).upper()} ")


@given(st.text())
def test_the_unicode_form_does_not_make_another_name(name):
    """A letter with its accent in one character or in two is the same letter."""
    assert same_name(unicodedata.normalize("NFC", name), unicodedata.normalize("NFD", name))


@pytest.mark.parametrize(("one", "other"), [("\ufb01re", "fire"), ("\uff30lay", "play"), ("x\u00b2", "x2")])
def test_a_typographic_form_does_not_make_another_name(one, other):
    """A ligature, a wide letter or a raised digit is the plain one."""
    assert same_name(one, other)


@given(WORDS, WORDS)
def test_other_words_make_another_name(some, others):
    """Names of different words are different names."""
    assert same_name(" ".join(some), " ".join(others)) == (
        [w.casefold() for w in some] == [w.casefold() for w in others]
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [("C++", "C#"), ("C++", "C"), ("C#", "C"), ("let go", "letgo"), ("let/go", "let go"), ("why?", "why"), ("a", "á")],
)
def test_marks_and_accents_make_another_name(one, other):
    """Names that differ in a mark, an accent or a word's end are different names."""
    assert not same_name(one, other)


def test_a_name_is_folded_to_lower_case_with_hyphens():
    """A name is compared in the form that a slug has."""
    assert fold("  Let Go_of  the-HOW ") == "let-go-of-the-how"


def test_a_misspelt_name_is_corrected():
    """A name with one wrong letter gives the known name as it is written."""
    assert nearest("Micro-Revolutoins", ["Other", "micro revolutions"]) == "micro revolutions"


def test_nothing_is_suggested_without_a_similar_name():
    """Nor is anything suggested if no name is known."""
    assert nearest("zebra", ["let-go", "guard-the-edges"]) is None
    assert nearest("zebra", []) is None


@given(st.text("abc -", max_size=6), st.lists(st.text("abc -AB", min_size=1, max_size=6)), st.randoms())
def test_a_suggestion_is_a_known_name_and_does_not_depend_on_their_order(name, known, random):
    """What is suggested is one of the known names, the same one in whatever order they come."""
    shuffled = random.sample(known, len(known))
    assert nearest(name, known) == nearest(name, shuffled)
    assert nearest(name, known) in {*known, None}


def test_of_two_spellings_the_same_one_is_always_suggested():
    """If two known names are spellings of one name, the suggestion does not depend on their order."""
    assert nearest("let gp", ["Let-Go", "let go"]) == nearest("let gp", ["let go", "Let-Go"]) == "Let-Go"


@given(st.lists(st.text("abc", min_size=1, max_size=6), min_size=1))
def test_a_known_name_is_nearest_to_itself(known):
    """A name that is known is suggested for itself."""
    assert nearest(known[0], known) == known[0]


@pytest.mark.parametrize(
    ("lang", "names"),
    [
        ("en", "Able Let-go let-me Zen"),
        ("de", "Apfel Ärger Berg Öl Post"),
        ("fr", "Eau Élan Fin"),
        ("pl", "Lot Łza Mak"),
        ("cs", "Cesta Čas Duch"),
        ("es", "Nube Ñandú Oso"),
        ("sv", "Zebra Åker Ärlig Öl"),
        ("da", "Zebra Æble Øl Ål"),
        ("ru", "Игра Йод Край"),
        ("uk", "Захід Игор Ігор Їжак Край"),
        ("tr", "Cam Çok Dil"),
        ("el", "άλλο βάση γη"),
        ("ja", "あき いえ うみ"),
    ],
)
def test_names_are_in_the_order_of_their_language(lang, names):
    """A letter with a mark stands beside the plain one, or behind z where it is a letter of its own."""
    expected = names.split()
    assert sorted({*expected}, key=lambda name: sort_key(name, lang)) == expected


@given(st.lists(st.text("abYZ -_3")))
def test_names_in_plain_letters_are_in_the_order_of_their_letters(names):
    """Case and what stands between words make no difference."""
    assert sorted(names, key=lambda name: sort_key(name, "en")) == sorted(names, key=fold)
