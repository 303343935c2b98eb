"""Source → its text as others may take it: Markdown whose links work anywhere, without what only its author may see."""

from __future__ import annotations

from collections.abc import Callable

from .comments import ToHtml, comments, uncommented
from .frontmatter import Source
from .markup import references, unmarked

Resolve = Callable[[str], str]
"""Returns the whole address of what a link or an image in the source names."""


def text_of(source: Source, resolve: Resolve, to_html: ToHtml) -> str:
    """Return the text of `source` with its links resolved, without comments and marks of promises.

    Args:
        source: what its author wrote.
        resolve: finds what links in it lead to.
        to_html: Markdown as the site has it set up.

    """
    lines = source.body.split("\n")
    found = sorted(references(source.body), key=lambda each: each.target_at, reverse=True)
    for reference in found:
        row, column = reference.target_at[0] - 1, reference.target_at[1] - 1
        line = lines[row] if row >= 0 else ""
        if reference.target and line.startswith(reference.target, column):
            lines[row] = line[:column] + resolve(reference.target) + line[column + len(reference.target) :]
    text = "\n".join(lines)
    return unmarked(uncommented(text, comments(text, to_html))).strip() + "\n"
