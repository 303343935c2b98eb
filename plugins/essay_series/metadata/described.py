"""View → the metadata in the head of its page, as HTML."""

from __future__ import annotations

import json
from html import escape

from ..views import View
from .graph import graph
from .publication import Publication
from .tags import tags

_ESCAPED = str.maketrans({each: f"\\u{ord(each):04x}" for each in "<>&\u2028\u2029"})
"""Characters that could end a ``script`` element, or a line of a script, as escapes of JSON."""


def described(view: View, site: Publication) -> str:
    """Return the ``meta`` elements and the JSON-LD of the page of `view`; empty if it is not listed."""
    if not view.listed:
        return ""
    lines = [f'<meta {tag.attribute}="{tag.name}" content="{escape(tag.content)}">' for tag in tags(view, site)]
    data = json.dumps(graph(view, site), ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)
    return "\n".join([*lines, f'<script type="application/ld+json">{data}</script>'])
