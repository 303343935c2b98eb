"""How the text of one essay stands in the file of a feed, whatever else the feed says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from .body import Body

STEP = 2_048
"""Texts are weighed in steps of so many bytes, so that a word more or less moves no item out of a feed."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands in the file of one format."""

    mark: str
    """What a file of this format holds once for each item of the essay."""
    text: str
    """The essay's text as it stands in such an item."""


def places(content: str, url: str, slug: str, lang: str) -> Iterator[Place]:
    """Yield where the text of an essay may stand: as an item, and as the item of a declared revision.

    Args:
        content: the HTML of the essay.
        url: its absolute address.
        slug: its slug.
        lang: its language.

    """
    for revised in (False, True):
        as_xml, as_html = Body(content, url, prefix_of(slug, lang, revised=revised)).own
        yield Place(f'<link rel="alternate" type="text/html" href="{escape(url)}"/>', as_xml)
        yield Place(f"<link>{escape(url)}</link>", escape(as_html, quote=False))
        yield Place(f'"url": {_json(url)}', _json(as_html)[1:-1])


def prefix_of(slug: str, lang: str, *, revised: bool) -> str:
    """Return what no two items share, as a word for ids."""
    return "-".join((*slug.split("/"), lang.lower(), *(["revised"] if revised else [])))


def in_steps(html: str) -> int:
    """Return the bytes that an essay's own `html` takes at most, in whole steps: markup is escaped in RSS."""
    return -(-len(escape(html).encode()) // STEP) * STEP


def _json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
