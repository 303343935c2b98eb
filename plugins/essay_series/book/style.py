"""Writing systems of a book → the CSS that they need."""

from __future__ import annotations

from collections.abc import Iterable

from ..l10n.writing import WritingSystem

_UPRIGHT = """
{0} {{ font-style: normal !important; font-variant-caps: normal !important; letter-spacing: 0 !important; }}
{0} {{ hyphens: none !important; }}
:is(em, i, cite, dfn){0} {{ font-weight: 600; }}
body{0} {{ line-height: 1.7; }}
.prose{0} {{ text-align: start !important; }}
"""
"""Scripts without capitals have no italics or small capitals either, and are not letter-spaced."""


def style_of(systems: Iterable[WritingSystem]) -> str:
    """Return the CSS for the writing systems of a book; empty if all of them have capitals."""
    return "".join(_UPRIGHT.format(each.selector) for each in systems if not each.has_capitals)
