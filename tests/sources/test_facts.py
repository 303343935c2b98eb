"""The facts in a text, and those that an edit changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essay_series.sources.facts import changed_facts, facts


def words(text: str) -> set[str]:
    """Return the facts in `text`, without their positions."""
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
    """Numbers, capitalized words within a sentence and quotations are facts; code and addresses are not."""
    assert words(text) == found


def test_changed_facts_are_found():
    """The facts that only one of two texts has are returned, each in its order."""
    removed, added = changed_facts("It took half a year, in Spithead.", "It took four months, in Portsmouth.")
    assert removed == ["half", "Spithead"]
    assert [fact.words for fact in added] == ["four", "Portsmouth"]


def test_rewording_changes_no_facts():
    """A reworded sentence with the same facts has no changes."""
    assert changed_facts("In 1797 the fleet lay at Spithead.", "The fleet, in 1797, was at Spithead.") == ([], [])


@given(st.text(max_size=80))
def test_a_text_does_not_differ_from_itself(text):
    """No text has changed facts compared with itself, and each fact's position is in the text."""
    assert changed_facts(text, text) == ([], [])
    assert all(0 <= fact.start < len(text) for fact in facts(text))
