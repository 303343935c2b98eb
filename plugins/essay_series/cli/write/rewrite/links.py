"""Replacements of link targets after a rename; each link keeps the form in which its author wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from ....htmltext import anchors
from ....sources.frontmatter import Source
from ....sources.manuscript import Manuscript
from ....sources.markup import content_path, split_target
from ....sources.promises import promises
from ....urls import resolved
from ....values import dataclass
from .edits import Replacement

_PATH = re.compile(r"\s*(?:[{|][A-Za-z \t]*[|}])?(?P<path>(?:&#?\w+;|[^?#])*)")
"""The path in a link target as written; a ``#`` in it may belong to a character reference such as ``&#39;``."""
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|#|$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Moved:
    """An essay, play or series that gets a new slug."""

    old: str
    """The present slug."""
    new: str
    sources: frozenset[str]
    """Its files, one for each language; paths below the content folder."""
    files: Mapping[str, str] = field(default_factory=dict)
    """The new path of each file to rename, by its present path."""
    urls: Mapping[str, str] = field(default_factory=dict)
    """The new URL by each present URL, relative to the site's root."""
    lists: frozenset[str] = frozenset()
    """The sources whose pages have an anchor that is called like the slug."""
    tag: bool = False
    """Whether it is a play, which links may name as a tag."""


def link_changes(manuscript: Manuscript, moved: Moved) -> Iterator[Replacement]:
    """Yield a replacement of each target of a link or image in `manuscript` that the rename changes."""
    for source in manuscript.sources:
        for reference in manuscript.references[source.path]:
            target = _followed(manuscript, moved, source, reference.target)
            if target != reference.target:
                yield Replacement(source.path, *reference.target_at, reference.target, target)


def promise_changes(manuscript: Manuscript, moved: Moved) -> Iterator[Replacement]:
    """Yield a replacement of each old slug by which a promise names what is `moved`."""
    for promise in promises(manuscript):
        phrase, state = promise.phrase, promise.state
        if phrase.name == moved.old and state and state.source in {"", *moved.sources}:
            yield Replacement(promise.source, phrase.line, phrase.column, moved.old, moved.new)


def left_in_text(manuscript: Manuscript, moved: Moved, changes: frozenset[Replacement]) -> Iterator[str]:
    """Yield a note on each line that names a renamed file outside of links (in code, a comment or plain text)."""
    changed = {(change.path, change.line) for change in changes}
    names = [re.escape(PurePosixPath(path).name) for path in moved.files]
    if not names:
        return
    named = re.compile(rf"[}}|/](?:{'|'.join(names)})")
    for source in manuscript.sources:
        for number, line in enumerate(source.lines, start=1):
            if number >= source.body_line and named.search(line) and (source.path, number) not in changed:
                yield f"{source.path}:{number} mentions it in code or as plain text; this is not changed."


def _followed(manuscript: Manuscript, moved: Moved, source: Source, target: str) -> str:
    what, path, fragment = split_target(target)
    if what in ("filename", "static", "attach"):
        wanted = content_path(source.path, path) if path else source.path
        target = _with_file(target, path, wanted, moved) if path else target
    elif what == "tag" and moved.tag and unquote(path) == moved.old:
        target = _with_path(target, path, moved.new)
    elif not what and path and not _ELSEWHERE.match(target):
        url, target = _followed_address(manuscript, moved, source, target)
        wanted = next((each for each, address in manuscript.addresses.items() if address.url == url), "")
    else:
        wanted = source.path if not what else ""
    if fragment == moved.old and wanted in moved.lists and not _has_own(manuscript, wanted, fragment):
        return f"{target.rpartition('#')[0]}#{moved.new}"
    return target


def _with_file(target: str, path: str, wanted: str, moved: Moved) -> str:
    if wanted not in moved.files:
        return target
    old, new = PurePosixPath(wanted), PurePosixPath(moved.files[wanted])
    before, slash, last = path.rpartition("/")
    if unquote(last) != old.name:
        return _with_path(target, path, f"/{new}")
    return _with_path(target, path, before + slash + (quote(new.name) if "%" in last else new.name))


def _with_path(target: str, path: str, new: str) -> str:
    """Return `target` with `path` replaced by `new`; a query and a fragment are kept."""
    match = _PATH.match(target)
    start, end = match.span("path") if match else (0, len(path))
    return target[:start] + new + target[end:]


def _followed_address(manuscript: Manuscript, moved: Moved, source: Source, target: str) -> tuple[str, str]:
    """Return the present URL that `target` resolves to, and `target` changed to lead to its new URL."""
    own = manuscript.addresses.get(source.path)
    base = own.url if own else ""
    path = split_target(target)[1]
    url = _resolved(base, path)
    base, new = moved.urls.get(base, base), moved.urls.get(url)
    if new is None:
        return url, target
    before, slug, behind = path.rpartition(moved.old)
    near = before + moved.new + behind
    return url, _with_path(target, path, near if slug and _resolved(base, near) == new else f"/{new}")


def _resolved(base: str, path: str) -> str:
    return unquote(resolved(f"/{base}", path) or "").lstrip("/").removesuffix("index.html")


def _has_own(manuscript: Manuscript, path: str, anchor: str) -> bool:
    """Tell whether the text of the source `path` itself has an element with the id `anchor`."""
    return anchor in anchors(manuscript.config.to_html(manuscript.by_path[path].body))
