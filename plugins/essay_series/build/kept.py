"""Which sources need not be read again: the key of all that an essay's text as HTML depends on, beside itself."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from ..frontmatter import Source
from ..manuscript import Manuscript
from ..markup import Reference, content_path, marked_phrases, split_target
from ..model import PUBLISHED
from ..names import fold
from ..promises import Standing
from .store import digest_of, digest_of_all

ESSAYS, LINKS = "essay", "links"
"""The kinds of results that say what was made of each essay, and what each source points at."""
BOUND = "attach"
"""Links of this kind move the file that they lead to, so who has one is always read."""


def scan_key(source: Source, realm: str) -> str:
    """Return the key of what is found by looking through `source` alone.

    Args:
        source: any source.
        realm: what stands for settings, code and packages.

    """
    return digest_of(realm, source.whole)


def scan_words(found: Iterable[Reference]) -> str:
    """Return links and images as words for the store."""
    return json.dumps([(r.kind, r.target, r.line, r.column, r.alt, r.target_at) for r in found])


def scan_from(words: str) -> list[Reference]:
    """Return the links and images of which `scan_words` made `words`."""
    return [
        Reference(kind, target, line, column, alt, tuple(target_at))
        for kind, target, line, column, alt, target_at in json.loads(words)
    ]


def surroundings(manuscript: Manuscript, known: Mapping[str, Standing], waiting: Collection[str]) -> Mapping[str, str]:
    """Return what stands for all that others add to the HTML of each published essay that may be kept, by its path.

    Args:
        manuscript: all sources.
        known: the standing of everything that can be promised.
        waiting: the essays to which links are only shown as words.

    """
    return {
        path: digest_of_all(_around(path, manuscript, known, waiting))
        for path, essay in manuscript.essays.items()
        if essay.status == PUBLISHED and essay.in_markdown and not _is_bound(path, manuscript)
    }


def reading_keys(manuscript: Manuscript, around: Mapping[str, str], realm: str) -> Mapping[str, str]:
    """Return the key of each essay that may be kept, by its path.

    Two builds that give an essay the same key make the same HTML of it. The versions of one essay in several languages
    are kept or read together, since each is told of the others.

    Args:
        manuscript: all sources.
        around: the `surroundings` of the essays.
        realm: what stands for settings, code and packages.

    """
    keys = {path: _own_key(manuscript.by_path[path].whole, found, realm) for path, found in around.items()}
    versions: dict[str, list[str]] = defaultdict(list)
    for path, essay in manuscript.essays.items():
        versions[essay.slug].append(keys.get(path, ""))
    return {path: _key_among(key, versions[manuscript.essays[path].slug]) for path, key in keys.items()}


def key_alone(text: str, around: str, realm: str) -> str:
    """Return the key that `reading_keys` gives an essay of which there is one version.

    Args:
        text: all of its source.
        around: its surroundings.
        realm: what stands for settings, code and packages.

    """
    key = _own_key(text, around, realm)
    return _key_among(key, [key])


def _own_key(text: str, around: str, realm: str) -> str:
    return digest_of(realm, text, around)


def _key_among(key: str, versions: Iterable[str]) -> str:
    return digest_of(key, digest_of_all(versions))


def _is_bound(path: str, manuscript: Manuscript) -> bool:
    return any(split_target(reference.target)[0] == BOUND for reference in manuscript.references[path])


def _around(
    path: str, manuscript: Manuscript, known: Mapping[str, Standing], waiting: Collection[str]
) -> Iterator[str]:
    """Yield what other sources and files add to the HTML of the essay `path`."""
    for reference in manuscript.references[path]:
        what, target, _ = split_target(reference.target)
        if what:
            file = content_path(path, target)
            essay = manuscript.essays.get(file)
            address = essay.address if essay else manuscript.addresses.get(file)
            yield f"{what} {file} {file in manuscript.files} {file in waiting} {address} {essay and essay.status}"
    source = manuscript.by_path[path]
    for phrase in marked_phrases(source.body):
        standing = known.get(fold(phrase.name))
        kept_at = manuscript.addresses.get(standing.source) if standing else None
        yield f"promise {phrase.name} {standing} {kept_at}"
