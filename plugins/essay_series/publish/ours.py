"""Which files of a published site are this site's own, told by its record and by their names alone.

What the record names is ours, on any machine. Not recorded are names that change with what a file holds, and the
compressed copies of a file: both are told by the name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import cached_property

from .. import images, offline, search
from ..config import SiteConfig
from ..hosts.assets import HASHED
from ..hosts.compress import ENDINGS
from ..hosts.hosting import NOT_FOUND
from ..record.record import Fact, Publication, Record, file_of, files_of
from ..routes import COPIES, file_at
from ..sources.manuscript import Manuscript
from ..sources.published import Published
from ..values import dataclass

MARKER = ".essay-series.json"
"""The file by which a published folder tells whose it is, and of which record; see `marker`."""
OF_GITHUB = (".nojekyll", "CNAME")
"""What a deployment adds for GitHub Pages; a folder that is filled from the branch has it too."""
_HOSTS = ("robots.txt", "sitemap.xml", "_headers", "_redirects", NOT_FOUND)
_BESIDE = (*COPIES, "card.png")
"""How the files end that stand beside a page."""


@dataclass(frozen=True)
class Ours:
    """Tells of output paths whether they are ours: ``path in Ours(record, config)``."""

    record: Record
    config: SiteConfig

    def __contains__(self, path: str) -> bool:
        return self._is_named(path) or any(
            path.endswith(end) and self._is_named(path.removesuffix(end)) for end in ENDINGS
        )

    def _is_named(self, path: str) -> bool:
        return path in self.known or path in self.beside or is_named_by_content(path, self.config)

    @cached_property
    def known(self) -> frozenset[str]:
        """Every output path that the record names, also of what is gone."""
        named = (files_of(address, fact) for address, fact in self.record.facts.items())
        others = {address.removeprefix("/") for address in (*self.record.files, *self.record.support)}
        return frozenset(others.union(*named)) | {MARKER}

    @cached_property
    def beside(self) -> frozenset[str]:
        """Every output path at which a copy of a recorded page may stand."""
        return frozenset(each for path in self.known for each in beside(path))


def beside(page: str) -> Iterator[str]:
    """Yield the output paths at which copies of the page at the output path `page` may stand."""
    if page.endswith(".html"):
        yield from (f"{page.removesuffix('.html')}.{end}" for end in _BESIDE)


def is_named_by_content(path: str, config: SiteConfig) -> bool:
    """Tell whether the name of the file at the output path `path` changes with what it holds."""
    folder = path.partition("/")[0]
    if folder == search.FOLDER:
        return bool(re.search(search.NAMED_BY_CONTENT, path))
    return path.startswith((f"{config.theme_folder}/", f"{images.FOLDER}/")) and bool(re.search(HASHED, path))


def given(site: Manuscript, built: Collection[str]) -> Publication:
    """Return what readers are given by a publication of `site` whose files are `built`."""
    published = Published.of(site)
    paths = {f"/{place.url}": place.path for place in published.places}
    for then in published.former:
        paths[then] = next((path for path in (file_of(then), file_at(then)) if path in built), "")
    standing = {a: path for a, path in paths.items() if path in built or a in published.former}
    addresses = {
        a: Fact("", id=published.ids.get(a, ""), file="" if path == file_of(a) else path)
        for a, path in standing.items()
    }
    others = {path for path in built if path not in standing.values() and not is_named_by_content(path, site.config)}
    support = {path for path in others if _is_support(path, site.config)}
    return Publication(addresses, _rooted(others - support), _rooted(support))


def adopted(record: Record, there: Collection[str], made: Collection[str], config: SiteConfig, today: str) -> Record:
    """Return a `record` of an earlier version with the files that those versions published and did not record.

    Args:
        record: the record.
        there: the output paths of what is published.
        made: those that the last publication on this machine is known to have made.
        config: the settings.
        today: 2009-04-01.

    """
    known = {path for address, fact in record.facts.items() for path in files_of(address, fact)}
    standing = {path for a, fact in record.facts.items() if not fact.gone for path in files_of(a, fact)}
    copies = {copy for page in standing for copy in beside(page)}
    left_out = {path for path in there if is_named_by_content(path, config) or path.endswith(ENDINGS)}
    found = ({*made} | copies) & {*there} - known - left_out
    support = {path for path in found if _is_support(path, config)}
    return replace(
        record,
        files={**dict.fromkeys(_rooted(found - support), Fact(today)), **record.files},
        support={**dict.fromkeys(_rooted(support), Fact(today)), **record.support},
    )


def vanished(record: Record, built: Collection[str]) -> list[str]:
    """Return the recorded addresses that have no file any more, though their author did not let them go."""
    pages = [a for a, fact in record.facts.items() if not fact.gone and not files_of(a, fact) & {*built}]
    pages = [address for address in pages if "?" not in address]
    files = [a for a, fact in record.files.items() if not fact.gone and a.removeprefix("/") not in built]
    follow = gone_with_pages(record)
    return [*pages, *(address for address in files if address not in follow)]


def gone_with_pages(record: Record) -> frozenset[str]:
    """Return the files that stood beside a page that is gone, and so are gone with it."""
    gone = {path for address, fact in record.facts.items() if fact.gone for path in files_of(address, fact)}
    gone -= {path for address, fact in record.facts.items() if not fact.gone for path in files_of(address, fact)}
    return frozenset(_rooted({copy for page in gone for copy in beside(page)})) & record.files.keys()


def _is_support(path: str, config: SiteConfig) -> bool:
    named = (*_HOSTS, offline.WORKER, config.manifest, config.routes.offline().path, MARKER)
    return path in named or path.startswith((f"{search.FOLDER}/", f"{config.theme_folder}/"))


def _rooted(paths: Collection[str]) -> set[str]:
    return {f"/{path}" for path in paths}
