"""The published record: every address and file that was ever published, and the ids of feeds and their entries.

`text` reads and writes it as ``content/published.toml``. Ids are ``tag:`` URIs (RFC 4151): minted once, under a domain
and a day on which the author owned that domain, and never changed by a move of the page or of the site.
"""

from __future__ import annotations

import re
from base64 import b32encode
from collections.abc import Collection, Iterable, Mapping
from dataclasses import field, replace
from hashlib import blake2b
from itertools import count

from ..routes import file_at, output_path
from ..values import dataclass

FILE = "published.toml"
PROVISIONAL = "preview.invalid,2000"
"""The authority of ids in a preview, which are never recorded; ``.invalid`` is never a real domain (RFC 2606)."""

_AUTHORITY = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?,\d{4}(-\d\d(-\d\d)?)?")


@dataclass(frozen=True, slots=True)
class Fact:
    """The recorded facts about one published address."""

    first: str
    """The day of its first publication, as ``2009-04-01``."""
    id: str = ""
    """Its id in feeds, if it is an essay or a feed."""
    gone: str = ""
    """The day on which the author recorded it as permanently removed; empty while it is published."""
    file: str = ""
    """The output path of its file, if that is not `routes.output_path` of the address."""


@dataclass(frozen=True, slots=True)
class Record:
    """All that was published. Every address begins with a slash and is relative to the site."""

    facts: Mapping[str, Fact] = field(default_factory=dict)
    """Addresses that the sources define: of pages, feeds, data and books, present and former."""
    files: Mapping[str, Fact] = field(default_factory=dict)
    """All other files for readers: images, cards, and copies of pages in other formats."""
    support: Mapping[str, Fact] = field(default_factory=dict)
    """Files for machines, such as ``robots.txt``; they may disappear without a word."""
    earlier: Mapping[str, str] = field(default_factory=dict)
    """The digests of all versions before this one, each with the day on which it was replaced."""
    authority: str = ""
    """The domain and day under which ids are minted, ``your.domain,2009-04-01``; empty before the first publication."""
    since: str = ""
    """The commit before the first publication, if git's history up to it belongs to another site."""
    digest: str = ""
    """The digest at the end of the file; empty if it has none, as in the format of version 0.1.0."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """The line of each address in the file, from 1."""

    @property
    def ids(self) -> Mapping[str, str]:
        """The feed ids, by address."""
        return {address: fact.id for address, fact in self.facts.items() if fact.id}

    @property
    def all(self) -> Mapping[str, Fact]:
        """All facts, of all three kinds, by address."""
        return {**self.support, **self.files, **self.facts}

    def follows(self, digest: str) -> bool:
        """Tell whether `digest` is that of this version or of an earlier one."""
        return digest == self.digest or digest in self.earlier


def is_authority(text: str) -> bool:
    """Tell whether `text` is the authority of a ``tag:`` URI: a lower-case domain, a comma and a date (RFC 4151)."""
    return bool(_AUTHORITY.fullmatch(text))


def possible_paths(address: str, fact: Fact) -> frozenset[str]:
    """Return the output paths at which the file of `address` may be: the recorded one, or all that hosts look at."""
    if fact.file:
        return frozenset((fact.file,))
    path = output_path(address)
    return frozenset(filter(None, (path, file_at(address), f"{path}.html")))


def mint(kind: str, address: str, taken: Collection[str], authority: str) -> str:
    """Return a new id for what is first published at `address`.

    It contains a digest and not the address, which may change. The same arguments give the same id, so that nothing is
    lost with a record that was never committed.

    Args:
        kind: a word that people see in the id, such as ``essay``.
        address: relative to the host, with a slash in front: sites in two folders of a host share its authority.
        taken: ids that are in use.
        authority: see `is_authority`.

    """
    digests = (blake2b(f"{kind} {address} {attempt}".encode(), digest_size=5).digest() for attempt in count())
    ids = (f"tag:{authority}:{kind}/{b32encode(digest).decode().lower()}" for digest in digests)
    return next(each for each in ids if each not in taken)


@dataclass(frozen=True, slots=True)
class Publication:
    """The content of one publication."""

    addresses: Mapping[str, Fact]
    """The addresses that the sources define, each with its id and file; `Fact.first` is ignored."""
    files: Iterable[str] = ()
    """The addresses of all other files for readers."""
    support: Iterable[str] = ()
    """The addresses of files for machines."""


def publish(record: Record, now: Publication, authority: str, today: str) -> Record:
    """Return the record after the publication of `now` on the day `today`; an equal record if nothing is new.

    `authority` is recorded if there is none yet.
    """
    facts = dict(record.facts)
    for address, given in now.addresses.items():
        known = facts.get(address, Fact(today))
        facts[address] = replace(known, id=given.id or known.id, gone="", file=given.file)
    after = replace(
        record,
        facts=facts,
        files=_updated(record.files, now.files, today),
        support=_updated(record.support, now.support, today),
        authority=record.authority or authority,
    )
    return succeeding(record, after, today)


def mark_gone(record: Record, addresses: Collection[str], today: str) -> Record:
    """Return `record` with `addresses` removed as of `today`; those that were removed before keep their day."""

    def gone(facts: Mapping[str, Fact]) -> dict[str, Fact]:
        return {a: replace(f, gone=f.gone or today) if a in addresses else f for a, f in facts.items()}

    return succeeding(record, replace(record, facts=gone(record.facts), files=gone(record.files)), today)


def succeeding(before: Record, after: Record, today: str) -> Record:
    """Return `after` with the digest of `before` among its earlier versions, unless the two are equal."""
    if replace(after, lines=before.lines) == before or not before.digest:
        return after
    return replace(after, earlier={**after.earlier, before.digest: today})


def _updated(known: Mapping[str, Fact], paths: Iterable[str], today: str) -> dict[str, Fact]:
    return {**known, **{path: replace(known.get(path, Fact(today)), gone="") for path in paths}}
