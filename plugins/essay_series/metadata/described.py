"""View → the metadata in the head of its page, as escaped HTML."""

from __future__ import annotations

import json
from html import escape

from ..views import View
from .graph import Node, graph
from .publication import Publication
from .tags import tags

_ESCAPED = str.maketrans({each: f"\\u{ord(each):04x}" for each in "<>&\u2028\u2029"})


def described(view: View, site: Publication) -> str:
    """Return the ``meta`` elements and the JSON-LD of the page of `view`; nothing for a page that is not listed."""
    if not view.listed:
        return ""
    lines = [f'<meta {tag.attribute}="{tag.name}" content="{escape(tag.content)}">' for tag in tags(view, site)]
    return "\n".join([*lines, f'<script type="application/ld+json">{in_a_page(graph(view, site))}</script>'])


def in_a_page(node: Node) -> str:
    """Return `node` as JSON that may stand in a ``script`` element: no character of it can end the element."""
    return json.dumps(node, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)
