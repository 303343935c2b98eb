"""The HTML of a text → the HTML on its page, with accessible footnotes and headings."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NOTES = re.compile(
    r'<div class="footnote">\s*<hr\s*/?>\s*<ol>\s*(?P<notes><li id="fn:.*?)</li>\s*</ol>\s*</div>', re.DOTALL
)
_BETWEEN = re.compile(r'</li>\s*(?=<li id="fn:)')
_BEGIN = re.compile(r'<li id="fn:(?P<label>[^"]*)">\s*')
_ROLES = (
    ('<a class="footnote-ref"', '<a role="doc-noteref" class="footnote-ref"'),
    ('<a class="footnote-backref"', '<a role="doc-backlink" class="footnote-backref"'),
    ('<a class="headerlink"', '<a aria-hidden="true" tabindex="-1" class="headerlink"'),
)


def prose(content: str) -> str:
    """Return `content`, the HTML of Markdown, with roles of DPUB-ARIA, and with permalinks hidden from screen readers.

    Each footnote becomes a sibling of the paragraphs, so that style sheets can order them.
    """
    for plain, with_role in _ROLES:
        content = content.replace(plain, with_role)
    return _NOTES.sub(lambda found: "\n".join(_apart(found["notes"])), content)


def _apart(notes: str) -> Iterator[str]:
    yield '<hr class="footnote-rule">'
    for number, note in enumerate(_BETWEEN.split(notes), 1):
        begin = r'<div class="footnote" role="doc-footnote" id="fn:\g<label>">'
        label = f'<span class="footnote-number">{number}.</span> '
        yield f"{_BEGIN.sub(begin + label, note, count=1).strip()}</div>"
