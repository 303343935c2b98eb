"""Replace the template tags in texts of Jekyll and Hugo by Markdown, and list those for which there is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

_CODE = re.compile(r"(^(?P<fence>`{3,}|~{3,})[^\n]*\n.*?^(?P=fence)[ \t]*$|`[^`\n]+`)", re.DOTALL | re.MULTILINE)
_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}(.*?)\{%-?\s*endraw\s*-?%\}", re.DOTALL)
_HIGHLIGHT = re.compile(
    r"[ \t]*\{%-?\s*highlight\s+(?P<lang>[\w+#-]+)[^%]*%\}[ \t]*\n?(?P<code>.*?)\n?[ \t]*\{%-?\s*endhighlight\s*-?%\}",
    re.DOTALL,
)
_POST = re.compile(r"\{%-?\s*(?:post_url|link)\s+(?P<path>[^\s%]+)\s*-?%\}")
_SITE = re.compile(r"\{\{-?\s*site\.(?:baseurl|url|github\.url)\s*-?\}\}")
_KNOWN = re.compile(r"\{\{-?\s*(?P<name>(?:page|site)\.[\w-]+)\s*-?\}\}")
_RELATIVE = re.compile(r"""\{\{-?\s*["'](?P<path>[^"']*)["']\s*\|\s*(?:relative|absolute)_url\s*-?\}\}""")
_LIQUID = re.compile(r"\{%-?.*?-?%\}|\{\{-?[^{}]*-?\}\}", re.DOTALL)
_KRAMDOWN = re.compile(r"^[ \t]*\{:(?!\s*#)[^}\n]*\}[ \t]*(?:\n|\Z)|(?<=\S)\{:(?!\s*#)[^}\n]*\}", re.MULTILINE)
_CONTENTS = re.compile(r"^[*-] [^\n]*\n\{:toc[^}\n]*\}[ \t]*$|^\[TOC\][ \t]*$", re.MULTILINE | re.IGNORECASE)
_GO_HIGHLIGHT = re.compile(
    r"\{\{[<%]\s*highlight\s+(?P<lang>[\w+#-]+)[^>%]*[>%]\}\}\n?(?P<code>.*?)\n?\{\{[<%]\s*/\s*highlight\s*[>%]\}\}",
    re.DOTALL,
)
_GO_REF = re.compile(r"""\{\{[<%]\s*(?:rel)?ref\s+["']?(?P<path>[^"'\s>%]+)["']?\s*[>%]\}\}""")
_GO_FIGURE = re.compile(r"\{\{[<%]\s*(?:figure|img|image)\s+(?P<attributes>[^>%]*)[>%]\}\}")
_GO_VIDEO = re.compile(r"""\{\{[<%]\s*(?P<name>youtube|vimeo)\s+(?:id=)?["']?(?P<id>[\w-]+)["']?[^>%]*[>%]\}\}""")
_GO_TAG = re.compile(r"\{\{[<%].*?[>%]\}\}", re.DOTALL)
_ATTRIBUTE = re.compile(r"""(\w+)\s*=\s*["']([^"']*)["']""")
_VIDEOS = {"youtube": "https://www.youtube.com/watch?v=", "vimeo": "https://vimeo.com/"}

Resolve = Callable[[str], str]
"""Returns the address of the text that a tag refers to; empty if there is none."""


def without_liquid(body: str, resolve: Resolve, known: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """Return a text of Jekyll without Liquid tags, and those that could not be replaced.

    `known` holds the values of variables such as ``page.title``.
    """
    kept: list[str] = []
    body = _RAW.sub(lambda found: _keep(found[1], kept), body)
    body = _HIGHLIGHT.sub(lambda found: _fenced(found["lang"], found["code"]), body)
    body = _CODE.sub(lambda found: _keep(found[0], kept), body)
    body = _CONTENTS.sub("", body)
    body = _POST.sub(lambda found: resolve(found["path"]) or found[0], body)
    body = _KNOWN.sub(lambda found: known.get(found["name"], found[0]), body)
    body = _RELATIVE.sub(lambda found: found["path"], _SITE.sub("", body))
    body = _KRAMDOWN.sub("", body)
    left = tuple(dict.fromkeys(" ".join(found[0].split())[:60] for found in _LIQUID.finditer(body)))
    return _restored(body, kept), left


def without_shortcodes(body: str, resolve: Resolve) -> tuple[str, tuple[str, ...]]:
    """Return a text of Hugo without shortcodes, and those that could not be replaced."""
    kept: list[str] = []
    body = _GO_HIGHLIGHT.sub(lambda found: _fenced(found["lang"], found["code"]), body)
    body = _CODE.sub(lambda found: _keep(found[0], kept), body)
    body = _GO_REF.sub(lambda found: resolve(found["path"]) or found[0], body)
    body = _GO_FIGURE.sub(_figure, body)
    body = _GO_VIDEO.sub(lambda found: f"<{_VIDEOS[found['name']]}{found['id']}>", body)
    left = tuple(dict.fromkeys(" ".join(found[0].split())[:60] for found in _GO_TAG.finditer(body)))
    return _restored(body, kept), left


def _keep(text: str, kept: list[str]) -> str:
    kept.append(text)
    return f"\ue000{len(kept) - 1}\ue001"


def _restored(body: str, kept: list[str]) -> str:
    while "\ue000" in body:
        body = re.sub("\ue000(\\d+)\ue001", lambda found: kept[int(found[1])], body)
    return body


def _fenced(language: str, code: str) -> str:
    fence = "`" * max(3, *(len(ticks) + 1 for ticks in re.findall("`+", code) or ["``"]))
    return f"\n{fence}{language}\n{code}\n{fence}\n"


def _figure(found: re.Match[str]) -> str:
    attributes = {name.lower(): value for name, value in _ATTRIBUTE.findall(found["attributes"])}
    if not attributes.get("src"):
        return found[0]
    title = attributes.get("caption") or attributes.get("title") or ""
    alt = attributes.get("alt") or title
    quoted = f' "{title}"'.replace("\n", " ") if title and '"' not in title else ""
    return f"![{alt}]({attributes['src'].replace(' ', '%20')}{quoted})"
