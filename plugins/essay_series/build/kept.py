"""Which sources need not be read again: the key of all that an essay's text as HTML depends on, beside itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from ..frontmatter import Source
from ..manuscript import Manuscript
from ..markup import content_path, marked_phrases, split_target
from ..model import PUBLISHED
from ..names import fold
from ..promises import Standing
from .store import digest_of, digest_of_all

BOUND = "attach"
"""Links of this kind move the file that they lead to, so who has one is always read."""


def text_of(source: Source) -> str:
    """Return all of `source`, whatever its lines end with."""
    return "\n".join(source.lines)


def scan_keys(sources: Collection[Source], realm: str) -> Mapping[str, str]:
    """Return the key of what is found by looking through each source alone, by its path.

    Args:
        sources: any sources.
        realm: what stands for settings, code and packages.

    """
    return {source.path: digest_of(realm, text_of(source)) for source in sources}


def reading_keys(
    manuscript: Manuscript, known: Mapping[str, Standing], waiting: Collection[str], realm: str
) -> Mapping[str, str]:
    """Return the key of each published essay that may be kept, by its path.

    Two builds that give an essay the same key make the same HTML of it. The versions of one essay in several languages
    are kept or read together, since each is told of the others.

    Args:
        manuscript: all sources.
        known: the standing of everything that can be promised.
        waiting: the essays to which links are only shown as words.
        realm: what stands for settings, code and packages.

    """
    keys = {
        path: digest_of_all([realm, text_of(manuscript.by_path[path]), *_around(path, manuscript, known, waiting)])
        for path, essay in manuscript.essays.items()
        if essay.status == PUBLISHED and not _is_bound(path, manuscript)
    }
    versions: dict[str, list[str]] = defaultdict(list)
    for path, essay in manuscript.essays.items():
        versions[essay.slug].append(path)
    together = {slug: digest_of_all(keys.get(path, "") for path in paths) for slug, paths in versions.items()}
    return {path: digest_of(key, together[manuscript.essays[path].slug]) for path, key in keys.items()}


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
