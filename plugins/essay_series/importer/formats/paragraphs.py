"""Add the tags that WordPress and Movable Type add when they show a text: paragraphs, and breaks at line ends.

The steps are those of WordPress's function `wpautop`, so that the result is what readers saw.
"""

from __future__ import annotations

import re

_NAMES = (
    r"(?:table|thead|tfoot|caption|col|colgroup|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|map|area|blockquote"
    r"|address|style|p|h[1-6]|hr|fieldset|legend|section|article|aside|hgroup|header|footer|nav|figure|figcaption"
    r"|details|menu|summary|iframe|object|video|audio|script)"
)
_KEPT = re.compile(r"<(?P<name>pre|script|style|textarea)\b.*?</(?P=name)\s*>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<(?:!--.*?-->|/?[a-zA-Z][^<>]*>)", re.DOTALL)
_TWO_BREAKS = re.compile(r"<br\s*/?>\s*<br\s*/?>", re.IGNORECASE)
_BEGINS = re.compile(rf"(<{_NAMES}(?=[\s/>]))", re.IGNORECASE)
_ENDS = re.compile(rf"(</{_NAMES}>)", re.IGNORECASE)
_STEPS = tuple(
    (re.compile(pattern, re.IGNORECASE), new)
    for pattern, new in (
        (r"<p>\s*</p>", ""),
        (r"<p>([^<]+)</(div|address|form)>", r"<p>\1</p></\2>"),
        (rf"<p>\s*(</?{_NAMES}[^>]*>)\s*</p>", r"\1"),
        (r"<p>(<li.+?)</p>", r"\1"),
        (r"<p><blockquote([^>]*)>", r"<blockquote\1><p>"),
        (r"</blockquote></p>", "</p></blockquote>"),
        (rf"<p>\s*(</?{_NAMES}[^>]*>)", r"\1"),
        (rf"(</?{_NAMES}[^>]*>)\s*</p>", r"\1"),
        (r"<br\s*/?>", "<br />"),
        (r"(?<!<br />)[^\S\n]*\n", "<br />\n"),
        (rf"(</?{_NAMES}[^>]*>)\s*<br />", r"\1"),
        (r"<br />(\s*</?(?:p|li|div|dl|dd|dt|th|pre|td|ul|ol)[^>]*>)", r"\1"),
        (r"\n</p>", "</p>"),
    )
)


def with_paragraphs(text: str) -> str:
    """Return `text` with the tags of its paragraphs and line breaks."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f"<pre k{len(kept) - 1}></pre>"

    html = _KEPT.sub(keep, text.replace("\r\n", "\n").replace("\r", "\n"))
    html = _TWO_BREAKS.sub("\n\n", html)
    html = _TAG.sub(lambda tag: tag[0].replace("\n", " "), html)
    html = _ENDS.sub(r"\1\n\n", _BEGINS.sub(r"\n\n\1", html))
    pieces = (piece.strip() for piece in re.split(r"\n\s*\n", html))
    html = "".join(f"<p>{piece}</p>\n" for piece in pieces if piece).rstrip("\n")
    for pattern, new in _STEPS:
        html = pattern.sub(new, html)
    return re.sub(r"<pre k(\d+)></pre>", lambda found: kept[int(found[1])], html)
