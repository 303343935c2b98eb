"""Decides which of the files beside the texts, such as images, are published and which are withheld.

A file is published if something published refers to it, or if the author names it: in ``EXTRA_PATH_METADATA`` or
``STATIC_PATHS``, in a template, or in a setting. It is not enough that no draft refers to it.

All paths are relative to the content folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from posixpath import normpath
from urllib.parse import unquote

from ..model import HIDDEN
from ..record.record import FILE
from ..urls import resolved
from .comments import uncommented
from .frontmatter import Source
from .manuscript import Manuscript, is_below
from .markup import content_path, html_in, split_target
from .masked import without_code

_URL = re.compile(r"\burl\(\s*(?P<quote>[\"']?)(?P<target>.*?)(?P=quote)\s*\)", re.IGNORECASE)
_TEXT = re.compile(
    r"(?:^|/)[^/.][^/]*\.(?:md|markdown|mkdn?|mdown|mdwn|mdx|rmd|qmd|txt|text|adoc|asciidoc|org|textile|rtf|docx?|odt)$",
    re.IGNORECASE,
)
"""File names of text documents, including Markdown."""
_PIECE = re.compile(r"[^\s,]+")
_ANY_PIECE = re.compile(r"[^\s,;=\"'`()<>\[\]]+")


def withheld_files(manuscript: Manuscript) -> frozenset[str]:
    """Return the files that are not published."""
    return files_of_drafts(manuscript) | unshown_files(manuscript)


def files_of_drafts(manuscript: Manuscript) -> frozenset[str]:
    """Return the files that drafts and future essays refer to but nothing published does."""
    beside = _beside(manuscript)
    if not beside:
        return frozenset()
    drafts = [source for source in manuscript.sources if not _is_readable(source, manuscript)]
    named = {file for source in drafts for file in _mentioned(source, beside, manuscript)}
    return frozenset(named - _shown(beside, manuscript) - manuscript.config.declared_files)


def unshown_files(manuscript: Manuscript) -> frozenset[str]:
    """Return the static files that nothing refers to; empty if the site declares no series and no plays."""
    config, beside = manuscript.config, _beside(manuscript)
    static = {file for file in beside if is_below(file, config.static_paths)}
    if not static or not manuscript.closed:
        return frozenset()
    found = static - _shown(beside, manuscript) - files_of_drafts(manuscript)
    found = {file for file in found if not is_below(file, config.declared_files)}
    words = config.theme_and_settings_text() if found else ""
    return frozenset(file for file in found if file not in words)


def unread_files(manuscript: Manuscript) -> frozenset[str]:
    """Return the files that look like texts but are not read, referred to or published."""
    config, beside = manuscript.config, _beside(manuscript) - manuscript.strays
    texts = {file for file in beside if _TEXT.search(file) and not is_below(file, config.declared_files)}
    texts = {f for f in texts if is_below(f, config.folders.values()) or not is_below(f, config.static_paths)}
    return frozenset(texts - _shown(beside, manuscript) - files_of_drafts(manuscript)) if texts else frozenset()


def _beside(manuscript: Manuscript) -> frozenset[str]:
    """Return every file below the content folder that is not a source."""
    return manuscript.files - manuscript.by_path.keys() - {FILE}


def _shown(beside: frozenset[str], manuscript: Manuscript) -> set[str]:
    readable = (source for source in manuscript.sources if _is_readable(source, manuscript))
    named = {file for source in readable for file in _named(_targets(source, manuscript), source, manuscript)}
    folders = [file.removesuffix("index.html") for file in beside if file.endswith("/index.html")]
    opened = tuple(folder for folder in folders if named & {folder.rstrip("/"), f"{folder}index.html"})
    return {file for file in beside if file in named or file.startswith(opened)}


def _is_readable(source: Source, manuscript: Manuscript) -> bool:
    essay = manuscript.essays.get(source.path)
    return manuscript.is_public(source) or (essay is not None and essay.status == HIDDEN)


def _targets(source: Source, manuscript: Manuscript) -> Iterator[str]:
    """Yield every string in `source` that may be an address: Markdown links, HTML attributes, CSS, header values."""
    body = uncommented(source.prose, manuscript.comments.get(source.path, ()))
    yield from (reference.target for reference in manuscript.references[source.path])
    for field in (*source.fields.values(), *source.repeated):
        for line in field.values:
            yield from (line.text.strip(), *_PIECE.findall(line.text))
    if "<" not in body:
        return
    shown = without_code(body)
    for element in html_in(shown):
        for value in (each.value for each in element.attributes):
            yield from (value.strip(), *_PIECE.findall(value))
            yield from (match["target"] for match in _URL.finditer(value))
    yield from (match["target"] for match in _URL.finditer(shown))


def _named(targets: Iterable[str], source: Source, manuscript: Manuscript) -> Iterator[str]:
    """Yield the files that `targets` may mean: each is resolved against the source file and against its page."""
    own = manuscript.addresses.get(source.path)
    base = f"/{own.url.lstrip('/')}" if own else "/"
    for target in filter(None, targets):
        _, path, _ = split_target(_below_the_site(unescape(target), manuscript).replace("\\", "/"))
        if path:
            yield content_path(source.path, path)
            yield normpath(unquote(resolved(base, path) or "").lstrip("/"))


def _below_the_site(target: str, manuscript: Manuscript) -> str:
    for root in (manuscript.config.root, manuscript.config.folder):
        if root and target.startswith(f"{root}/"):
            return target.removeprefix(root)
    return target


def _mentioned(source: Source, beside: frozenset[str], manuscript: Manuscript) -> set[str]:
    """Return the files of `beside` that `source` mentions anywhere, including comments, code and broken HTML."""
    everywhere = (*_targets(source, manuscript), *_ANY_PIECE.findall(unescape(source.full_text)))
    named = {path.casefold() for path in _named(everywhere, source, manuscript)}
    return {file for file in beside if file.casefold() in named}
