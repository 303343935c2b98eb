"""Turns Pelican's metadata back into the texts that an author would have written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from markupsafe import Markup


def texts_from(metadata: Mapping[str, Any]) -> dict[str, str]:
    """Return Pelican's metadata as texts, by key in lower case."""
    return {key.lower(): text_from(value) for key, value in metadata.items() if value is not None}


def text_from(value: Any) -> str:
    """Return one value of Pelican's metadata as plain text; a list is joined by commas, or semicolons if need be."""
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, list | tuple):
        texts = [text_from(each) for each in value]
        return ("; " if any("," in text for text in texts) else ", ").join(texts)
    return Markup(str(value)).striptags()
