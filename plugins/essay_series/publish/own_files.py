"""Finds out which files in an output folder or on a host belong to this site.

The record lists them, on whatever machine they were made, except for files with a hash in their names and compressed
copies, which are recognized by their names.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from functools import cached_property

from .. import offline, search
from ..config import SiteConfig
from ..hosts.assets import HASHED
from ..hosts.compress import ENDINGS
from ..hosts.hosting import NOT_FOUND
from ..images.sizes import FOLDER as SIZES
from ..record.record import Fact, Publication, Record, possible_paths
from ..routes import COPIES, file_at, output_path
from ..sources.manuscript import Manuscript
from ..sources.published import Published
from ..values import dataclass
from .marker import MARKER

GITHUB_FILES = (".nojekyll", "CNAME")
"""The files that a deployment adds for GitHub Pages; a checkout of the branch has them too."""
_HOST_FILES = ("robots.txt", "sitemap.xml", "_headers", "_redirects", NOT_FOUND)
_COPY_ENDINGS = (*COPIES, "card.png")
"""The endings of files beside a page that are made from it."""


@dataclass(frozen=True)
class OwnFiles:
    """The output paths of all files that are or were the site's: ``path in OwnFiles(record, config)``."""

    record: Record
    config: SiteConfig

    def __contains__(self, path: str) -> bool:
        return self._is_named(path) or any(
            path.endswith(end) and self._is_named(path.removesuffix(end)) for end in ENDINGS
        )

    def _is_named(self, path: str) -> bool:
        return path in self.recorded or path in self.copies or is_hashed(path, self.config)

    @cached_property
    def recorded(self) -> frozenset[str]:
        """Every output path in the record, removed ones included."""
        others = {address.removeprefix("/") for address in (*self.record.files, *self.record.support)}
        return frozenset(others | _paths(self.record, gone=True) | _paths(self.record, gone=False)) | {MARKER}

    @cached_property
    def copies(self) -> frozenset[str]:
        """Every output path that a copy of a recorded page may have."""
        return frozenset(_copies(self.recorded))


def _paths(record: Record, *, gone: bool) -> set[str]:
    """Return the possible output paths of the addresses that are published or, if `gone`, of those that are removed."""
    facts = record.facts.items()
    return {path for address, fact in facts if bool(fact.gone) is gone for path in possible_paths(address, fact)}


def _copies(pages: Collection[str]) -> set[str]:
    """Return the output paths that copies of `pages`, given by output path, may have."""
    stems = (page.removesuffix(".html") for page in pages if page.endswith(".html"))
    return {f"{stem}.{ending}" for stem in stems for ending in _COPY_ENDINGS}


def is_hashed(path: str, config: SiteConfig) -> bool:
    """Tell whether the output path `path` contains a hash of the file's content."""
    folder = path.partition("/")[0]
    if folder == search.FOLDER:
        return bool(re.search(search.NAMED_BY_CONTENT, path))
    return path.startswith((f"{config.theme_folder}/", f"{SIZES}/")) and bool(re.search(HASHED, path))


def publication_of(site: Manuscript, built: Collection[str]) -> Publication:
    """Return what a publication of `site` would record, where `built` are the output paths of its files."""
    published = Published.of(site)
    paths = {f"/{place.url}": place.path for place in published.places}
    present = {a: path for a, path in paths.items() if path in built}
    for former, now in published.former.items():
        found = next((path for path in (output_path(former), file_at(former)) if path in built), "")
        if found or now in present:  # a book, for instance, is not in every build
            present[former] = found
    addresses = {
        a: Fact("", id=published.ids.get(a, ""), file="" if path == output_path(a) else path)
        for a, path in present.items()
    }
    others = {path for path in built if path not in present.values() and not is_hashed(path, site.config)}
    return Publication(addresses, *_by_kind(others, site.config))


def with_unrecorded_files(
    record: Record, existing: Collection[str], made: Collection[str], config: SiteConfig, today: str
) -> Record:
    """Return a record of version 0.1.0 with the files that were published then, which that version did not record.

    Args:
        record: the record.
        existing: the output paths in the published folder.
        made: the output paths that the last publication on this machine made, as far as that is known.
        config: the settings.
        today: the date, as ``2009-04-01``.

    """
    published = _paths(record, gone=False)
    unrecorded = {path for path in existing if not (is_hashed(path, config) or path.endswith(ENDINGS))}
    unrecorded -= published | _paths(record, gone=True)
    files, support = _by_kind(unrecorded & ({*made} | _copies(published)), config)
    return replace(
        record,
        files={**dict.fromkeys(files, Fact(today)), **record.files},
        support={**dict.fromkeys(support, Fact(today)), **record.support},
    )


def vanished(record: Record, built: Collection[str]) -> list[str]:
    """Return the recorded addresses that have no file among the output paths `built`, and are not marked as removed."""
    pages = [a for a, fact in record.facts.items() if not fact.gone and not possible_paths(a, fact) & {*built}]
    files = [a for a, fact in record.files.items() if not fact.gone and a.removeprefix("/") not in built]
    copies = gone_with_pages(record)
    return [*(a for a in pages if "?" not in a), *(a for a in files if a not in copies)]


def gone_with_pages(record: Record) -> frozenset[str]:
    """Return the addresses of files that are copies of a removed page."""
    pages = _paths(record, gone=True) - _paths(record, gone=False)
    return frozenset(map("/{}".format, _copies(pages))) & record.files.keys()


def _by_kind(paths: Collection[str], config: SiteConfig) -> tuple[set[str], set[str]]:
    """Return the addresses of `paths`: those of files for readers, and those of files for machines."""
    names = (*_HOST_FILES, offline.WORKER, config.manifest, config.routes.page("OFFLINE").path, MARKER)
    folders = (f"{search.FOLDER}/", f"{config.theme_folder}/")
    support = {path for path in paths if path in names or path.startswith(folders)}
    return {f"/{path}" for path in paths if path not in support}, {f"/{path}" for path in support}
