"""The lines of sources that cause problems in built pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from ....checks import Problem
from ....sources.frontmatter import Source
from ....sources.manuscript import Manuscript


def at_sources(found: Iterable[Problem], manuscript: Manuscript) -> list[Problem]:
    """Return problems in pages as problems in their sources, at the line that fits best; others keep their place."""
    folder = manuscript.config.content
    by_page: Mapping[str, Source] = {
        address.path: manuscript.by_path[path] for path, address in manuscript.addresses.items()
    }
    moved = []
    for each in found:
        source = by_page.get(each.path)
        line = _line(each.message, source) if source else 0
        path = f"{folder}/{source.path}" if source else f"{manuscript.config.output}/{each.path}"
        moved.append(replace(each, path=path, line=line or (1 if source else each.line)))
    return sorted(set(moved))


def _line(message: str, source: Source) -> int:
    """Return the line of `source` with the quotation in `message`, or with most of its words; 0 if there is none."""
    quoted = re.search(r'"(.+)"', message)
    words = quoted[1] if quoted else message.partition(":")[2].strip()
    exact = (number for number, line in enumerate(source.lines, 1) if words and words in line)
    return next(exact, 0) or _nearest(set(re.findall(r"\w{3,}", words)), source)


def _nearest(words: set[str], source: Source) -> int:
    scores = [(len(words & set(re.findall(r"\w{3,}", line))), -number) for number, line in enumerate(source.lines, 1)]
    best, number = max(scores, default=(0, 0))
    return -number if best > 1 else 0
