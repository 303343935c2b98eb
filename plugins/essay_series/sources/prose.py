"""The words of a Markdown text that a reader reads as sentences, each in its place."""

from __future__ import annotations

import re

from .masked import blank, without_code

NOTE = re.compile(r"^\[\^[^\]]+\]:[^\n]*(?:\n(?: {4}|\t)[^\n]*|\n(?=\s*\n {4}))*", re.MULTILINE)
"""A footnote, with all its lines."""
TARGET = re.compile(r"\]\([^)]*\)")
"""Where a link or an image leads."""
_DEFINITION = re.compile(r"^ {0,3}\[[^\[\]\n]+\]:[^\n]*", re.MULTILINE)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://[^\s<>\"]+|www\.[^\s<>\"]+|[\w.+-]+@[\w-]+\.[\w.-]+", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z](?:\"[^\"<>]*\"|'[^'<>]*'|[^'\"<>]){0,4000}>", re.IGNORECASE)
_CODE = re.compile(r"<(pre|code|script|style|textarea|svg|math)\b[^>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_MARKS = re.compile(r"\[\^[^\]]*\]|\{:[^}]*\}|(?<=\])\[[^\[\]\n]*\]")


def prose(text: str) -> str:
    """Return `text` with blanks for code, comments, notes, tags, addresses and what only Markdown reads.

    Nothing is moved.
    """
    rest = without_code(text)
    for pattern in (_CODE, NOTE, _DEFINITION, TARGET, _MARKS, _TAG, _ADDRESS):
        rest = pattern.sub(blank_match, rest)
    return rest


def blank_match(match: re.Match[str]) -> str:
    """Return blanks for all of a match but its line ends."""
    return blank(match[0])
