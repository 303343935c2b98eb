"""Links in feeds that were not resolved."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from urllib.parse import unquote

from ....htmltext import elements, texts_in

BRACES = re.compile(r"\{(?:filename|static|attach)\}[^\s\"'<>]+", re.IGNORECASE)
"""A link to a source or a file as authors write it, with a path after the braces."""


def unresolved(files: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Yield the path of each feed in `files` with an unresolved link outside code, and that link."""
    for path, data in files.items():
        if path.endswith((".atom.xml", ".rss.xml")):
            texts = [unescape(data.decode())]
        elif path.endswith(".json") and b'"https://jsonfeed.org/' in data:
            texts = [
                str(item.get(key, "")) for item in json.loads(data)["items"] for key in ("content_html", "summary")
            ]
        else:
            continue
        yield from ((path, found) for text in texts if "{" in unquote(text) for found in _in(text))


def _in(text: str) -> Iterator[str]:
    values = (unquote(each.value) for element in elements(text) for each in element.attributes)
    for words in (*values, *texts_in(text)):
        yield from BRACES.findall(words)
