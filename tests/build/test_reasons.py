"""The reasons that a walk expects are those of the edit, and others are told."""

from __future__ import annotations

import pytest

from reasons import surprises


@pytest.mark.parametrize(
    ("rule", "kind", "reason", "is_right"),
    [
        ("retitle", "source", "its content changed", True),
        ("retitle", "source", "the theme changed", False),
        ("retitle", "source", "what it shows of other pages changed", False),
        ("delete", "source", "what it shows of other pages changed", True),
        ("retheme", "setting", "its content changed; the theme changed", True),
        ("retheme", "setting", "settings changed", False),
        ("resettle", "setting", "settings changed", True),
        ("resettle", "setting", "the navigation changed", False),
        ("rest", "accident", "its content changed", False),
        ("tamper", "accident", "the file is missing", True),
        ("tamper", "accident", "new page", False),
        ("forge", "accident", "pages that it is made from changed; the code or a package changed", True),
        ("forge", "accident", "pages that it is made from changed", False),
        ("retitle", "source", "made on every build", True),
    ],
)
def test_reasons_are_held_against_the_edit(rule, kind, reason, is_right):
    """A reason that the edit of a rule cannot be is told, and one that it can be is not."""
    assert (surprises(rule, kind, {"index.html": reason}, changed=True) == []) == is_right


def test_a_page_made_from_its_content_alone_need_not_tell_of_settings():
    """A page that sends readers on is written again only if the address does that it leads to."""
    reasons = {"old/index.html": "its content changed"}
    assert surprises("readdress", "setting", reasons, changed=True) != []
    assert surprises("readdress", "setting", reasons, changed=True, alone={"old/index.html"}) == []
