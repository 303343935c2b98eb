"""The published record: what readers were given, where it lies below the site, and the ids that feeds keep.

`record_text` reads and writes it as ``content/published.toml``. Ids are ``tag:`` URIs (RFC 4151), minted once under a
domain and a day on which its owner held it; no later move or change of the address changes them.
"""

from __future__ import annotations

import re
from base64 import b32encode
from collections.abc import Collection, Iterable, Mapping
from dataclasses import field, replace
from hashlib import blake2b

from ..routes import file_at
from ..values import dataclass

FILE = "published.toml"
PROVISIONAL = "preview.invalid,2000"
"""The authority of ids that a preview shows and that are never recorded (RFC 2606: never a real domain)."""

_AUTHORITY = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?,\d{4}(-\d\d(-\d\d)?)?")


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of one published address."""

    first: str
    """Day of its first publication, 2009-04-01."""
    id: str = ""
    """Its feed id, where it is an essay's or a feed's."""
    gone: str = ""
    """The day from which nothing stands there any more, where the author said so."""
    file: str = ""
    """The output path of its file, where the address does not tell it."""


@dataclass(frozen=True, slots=True)
class Record:
    """All that was published. Every address has a slash in front."""

    facts: Mapping[str, Fact] = field(default_factory=dict)
    """Addresses that the sources declare: pages, feeds, data, books, and former addresses."""
    files: Mapping[str, Fact] = field(default_factory=dict)
    """All other files that readers were given: images, cards, and copies of pages in other forms."""
    support: Mapping[str, Fact] = field(default_factory=dict)
    """Files that the site itself needs, such as ``robots.txt``; they may come and go."""
    earlier: Mapping[str, str] = field(default_factory=dict)
    """The digest of each record that this one follows, with the day on which it was replaced."""
    authority: str = ""
    """Domain and day that new ids are minted under; empty before the first publication."""
    since: str = ""
    """The commit with which this site began, where git's history before it belongs to another site."""
    digest: str = ""
    """The digest with which the file ends; empty where it has none, as before the first publication."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """Where each address stands in the file, from 1."""

    @property
    def ids(self) -> Mapping[str, str]:
        """The id of each address that has one."""
        return {address: fact.id for address, fact in self.facts.items() if fact.id}

    @property
    def all(self) -> Mapping[str, Fact]:
        """Every line of the record, whatever its kind."""
        return {**self.support, **self.files, **self.facts}

    def follows(self, digest: str) -> bool:
        """Tell whether this record is the one with `digest`, or was made from it."""
        return digest == self.digest or digest in self.earlier


def is_authority(text: str) -> bool:
    """Tell whether `text` can tag ids: a domain in lower case, a comma, and a year, month or day (RFC 4151)."""
    return bool(_AUTHORITY.fullmatch(text))


def file_of(address: str) -> str:
    """Return the output path of the file at `address`, where nothing else is said of it."""
    path = address.removeprefix("/")
    return f"{path}index.html" if path.endswith("/") or not path else path


def files_of(address: str, fact: Fact) -> frozenset[str]:
    """Return the output paths at which the file of `address` may lie.

    There is one where the record tells it. Records of earlier versions did not, so there may be more.
    """
    if fact.file:
        return frozenset((fact.file,))
    return frozenset(filter(None, (file_of(address), file_at(address), f"{file_of(address)}.html")))


def mint(kind: str, address: str, taken: Collection[str], authority: str) -> str:
    """Return a new id for the thing of `kind` that is first published at `address`.

    The name in it means nothing, so that no later change can make it look wrong; the same first publication gives the
    same id, so that a record that was lost before it was committed does no harm.

    Args:
        kind: a word for people who read feeds, such as ``essay``.
        address: with a slash in front, below the host: sites in two folders of one host share its authority.
        taken: ids that are in use.
        authority: see `is_authority`.

    """
    attempt = 0
    while True:
        digest = blake2b(f"{kind} {address} {attempt}".encode(), digest_size=5).digest()
        found = f"tag:{authority}:{kind}/{b32encode(digest).decode().lower()}"
        if found not in taken:
            return found
        attempt += 1


@dataclass(frozen=True, slots=True)
class Publication:
    """What one publication gives to readers."""

    addresses: Mapping[str, Fact]
    """What the sources declare, each with its id and its file; the day is not looked at."""
    files: Iterable[str] = ()
    """The other files that readers are given, with a slash in front."""
    support: Iterable[str] = ()
    """The files that the site itself needs, likewise."""


def publish(record: Record, now: Publication, authority: str, today: str) -> Record:
    """Return the record after the publication of `now`; the same record if it says nothing new.

    Args:
        record: the record before.
        now: what is published.
        authority: what the ids were minted under.
        today: 2009-04-01.

    """
    facts = dict(record.facts)
    for address, given in now.addresses.items():
        known = facts.get(address, Fact(today))
        facts[address] = replace(known, id=given.id or known.id, gone="", file=given.file)
    after = replace(
        record,
        facts=facts,
        files=_with(record.files, now.files, today),
        support=_with(record.support, now.support, today),
        authority=record.authority or authority,
    )
    return succeeding(record, after, today)


def let_go(record: Record, addresses: Collection[str], today: str) -> Record:
    """Return `record` with `addresses` gone from `today` on; those that are gone already keep their day."""

    def gone(facts: Mapping[str, Fact]) -> dict[str, Fact]:
        return {a: replace(f, gone=f.gone or today) if a in addresses else f for a, f in facts.items()}

    return succeeding(record, replace(record, facts=gone(record.facts), files=gone(record.files)), today)


def succeeding(before: Record, after: Record, today: str) -> Record:
    """Return `after` as the record that takes the place of `before` on `today`."""
    if replace(after, lines=before.lines) == before or not before.digest:
        return after
    return replace(after, earlier={**after.earlier, before.digest: today})


def _with(known: Mapping[str, Fact], paths: Iterable[str], today: str) -> dict[str, Fact]:
    return {**known, **{path: replace(known.get(path, Fact(today)), gone="") for path in paths}}
