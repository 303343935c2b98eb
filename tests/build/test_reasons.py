"""A walk compares the reasons of a build with those that its edit allows."""

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
def test_reasons_are_compared_with_the_edit(rule, kind, reason, is_right):
    """A reason that the edit cannot cause is reported."""
    assert (surprises(rule, kind, {"index.html": reason}, changed=True) == []) == is_right


def test_a_page_that_depends_on_its_content_alone_ignores_settings():
    """A redirect page need not give the reason of a changed setting."""
    reasons = {"old/index.html": "its content changed"}
    assert surprises("readdress", "setting", reasons, changed=True) != []
    assert surprises("readdress", "setting", reasons, changed=True, alone={"old/index.html"}) == []
