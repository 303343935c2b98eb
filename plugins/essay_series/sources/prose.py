"""Blanks everything in Markdown that readers do not read as sentences; what is left keeps its offsets."""

from __future__ import annotations

import re

from .masked import blank, without_code

NOTE = re.compile(r"^\[\^[^\]]+\]:[^\n]*(?:\n(?: {4}|\t)[^\n]*|\n(?=\s*\n {4}))*", re.MULTILINE)
"""The definition of a footnote, with all its lines."""
TARGET = re.compile(r"\]\([^)]*\)")
"""The target of a link or an image."""
_DEFINITION = re.compile(r"^ {0,3}\[[^\[\]\n]+\]:[^\n]*", re.MULTILINE)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://[^\s<>\"]+|www\.[^\s<>\"]+|[\w.+-]+@[\w-]+\.[\w.-]+", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z](?:\"[^\"<>]*\"|'[^'<>]*'|[^'\"<>]){0,4000}>", re.IGNORECASE)
_CODE = re.compile(r"<(pre|code|script|style|textarea|svg|math)\b[^>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_MARKS = re.compile(r"\[\^[^\]]*\]|\{:[^}]*\}|(?<=\])\[[^\[\]\n]*\]")


def prose(text: str) -> str:
    """Return the Markdown `text` with code, comments, footnotes, tags, addresses and syntax blanked."""
    rest = without_code(text)
    for pattern in (_CODE, NOTE, _DEFINITION, TARGET, _MARKS, _TAG, _ADDRESS):
        rest = pattern.sub(blank_match, rest)
    return rest


def blank_match(match: re.Match[str]) -> str:
    """Return the blanked text of a match, for use with `re.sub`."""
    return blank(match[0])
