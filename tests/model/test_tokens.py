"""The colours, by arithmetic: what axe cannot see, such as links already read, and the rings of focus."""

from __future__ import annotations

import pytest

from builders import PROJECT
from essay_series.look import contrast, look_of

LOOK = look_of(PROJECT / "theme")
LIGHT, DARK = LOOK.light, LOOK.dark
TEXT = ("ink", "ink-quiet", "ember", "deep", "link", "link-read")
MARKS = ("flame", "rule-strong", "focus")


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("token", TEXT)
def test_text_has_enough_contrast_in_every_state(scheme, token):
    """All text, including links read and unread, has at least 7 to 1 on both paper colours."""
    assert contrast(scheme[token], scheme["paper"]) >= 7
    assert contrast(scheme[token], scheme["paper-raised"]) >= 7


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("token", MARKS)
def test_graphics_have_enough_contrast(scheme, token):
    """Focus rings, the flame and the rules between columns have at least 3 to 1."""
    assert contrast(scheme[token], scheme["paper"]) >= 3


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_selected_text_has_enough_contrast(scheme):
    """Text keeps 7 to 1 where it is selected, and paper on ember, deep and quiet ink has it in the matrix."""
    assert contrast(scheme["ink"], scheme["select"]) >= 7
    for mark in ("ember", "deep", "ink-quiet"):
        assert contrast(scheme["paper"], scheme[mark]) >= 7


def test_dark_pages_do_not_have_too_much_contrast():
    """Light text on dark stays at or under 16 to 1."""
    assert contrast(DARK["ink"], DARK["paper"]) <= 16


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_read_parts_differ_from_unread_ones(scheme):
    """A link that was followed has another colour than one that was not."""
    assert scheme["link"] != scheme["link-read"]
