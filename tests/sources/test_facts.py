"""The facts in a text, and which of them an edit changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essay_series.sources.facts import changed_facts, facts


def words(text: str) -> set[str]:
    """Return the facts in `text`, without their places."""
    return {fact.words for fact in facts(text)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In July 1997 about twenty million took part.", {"July", "1997", "twenty", "million"}),
        ("Then he said so. Nobody asked.", set()),
        ("It was Spithead, and 4,871 men.", {"Spithead", "4,871"}),
        ('He wrote "to ask and to begin" to them.', {"to ask and to begin"}),
        ("It is so.[^a]\n\n[^a]: By Gill, 1913.", {"Gill", "1913"}),
        ("See [the text](https://e.example/2009/Gill).", set()),
        ("Type `Gill 1913` here.", set()),
    ],
)
def test_numbers_names_and_quotations_are_facts(text, found):
    """Numbers in digits and words, capitals within a sentence and what is quoted count; code and addresses do not."""
    assert words(text) == found


def test_an_edit_of_a_fact_is_found_with_what_it_was():
    """Of two texts, the facts that only one of them has are told, each in its order."""
    gone, come = changed_facts("It took half a year, in Spithead.", "It took four months, in Portsmouth.")
    assert gone == ["half", "Spithead"]
    assert [fact.words for fact in come] == ["four", "Portsmouth"]


def test_other_words_for_the_same_facts_are_no_change():
    """A sentence that is said better has the facts that it had."""
    assert changed_facts("In 1797 the fleet lay at Spithead.", "The fleet, in 1797, was at Spithead.") == ([], [])


@given(st.text(max_size=80))
def test_any_text_has_the_facts_of_itself(text):
    """No text differs from itself, and each fact stands where it is said to."""
    assert changed_facts(text, text) == ([], [])
    assert all(0 <= fact.start < len(text) for fact in facts(text))
