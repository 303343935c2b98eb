"""The published record: every address that readers were ever given, and the feed id that each essay and feed keeps.

`content/published.toml` is written by ``make publish`` and committed with the sources. One line is one fact, in the
order of the addresses, so that two branches that publish rarely touch the same line. Ids are ``tag:`` URIs (RFC 4151),
minted once under a domain and a day on which its owner held it; no later move or change of the address changes them.
"""

from __future__ import annotations

import json
import re
import tomllib
from base64 import b32encode
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path

FILE = "published.toml"
PROVISIONAL = "preview.invalid,2000"
"""The authority of ids that a preview shows and nobody records (RFC 2606: never a real domain)."""

_AUTHORITY = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?,\d{4}(-\d\d(-\d\d)?)?")
_HEAD = """\
# Every address that readers were given, and the feed id that each essay and each feed keeps.
# `make publish` writes this file; commit it with the sources.
"""


class UnreadableRecordError(Exception):
    """The record cannot be read; its text says why, `line` (from 1) where."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.line = line


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of one published address."""

    first: str
    """Day of its first publication, 2009-04-01."""
    id: str = ""
    """Its feed id, where it is an essay's or a feed's."""
    gone: str = ""
    """The day from which nothing stands there any more, where the author said so."""


@dataclass(frozen=True, slots=True)
class Record:
    """All facts, by address with a slash in front."""

    facts: Mapping[str, Fact] = field(default_factory=dict)
    authority: str = ""
    """Domain and day that new ids are minted under; empty before the first publication."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """Where each address stands in the file, from 1."""

    @property
    def ids(self) -> Mapping[str, str]:
        """The id of each address that has one."""
        return {address: fact.id for address, fact in self.facts.items() if fact.id}


def is_authority(text: str) -> bool:
    """Tell whether `text` can tag ids: a domain in lower case, a comma, and a year, month or day (RFC 4151)."""
    return bool(_AUTHORITY.fullmatch(text))


def parse(data: bytes) -> Record:
    """Read the bytes of a record.

    Raises:
        UnreadableRecordError: it is no TOML in UTF-8, or holds something else than facts.

    """
    try:
        text = data.decode()
        found = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise UnreadableRecordError(
            f"it is not UTF-8 ({error.reason})", data.count(b"\n", 0, error.start) + 1
        ) from error
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        raise UnreadableRecordError(str(error), int(line[1]) if line else 1) from error
    lines = _lines(text)
    addresses = found.get("addresses", {})
    authority = found.get("authority", "")
    if not isinstance(addresses, dict) or not isinstance(authority, str):
        raise UnreadableRecordError("the authority is a text, and the addresses are a table", 1)
    facts = {address: _fact(address, fact, lines) for address, fact in addresses.items()}
    return Record(facts, authority, lines)


def _lines(text: str) -> dict[str, int]:
    lines: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if match := re.match(r'\s*("(?:[^"\\]|\\.)*")\s*=', line):
            lines[tomllib.loads(f"key = {match[1]}")["key"]] = number
    return lines


def _fact(address: str, found: object, lines: Mapping[str, int]) -> Fact:
    words = {"first", "id", "gone"}
    if not isinstance(found, dict) or "first" not in found or not found.keys() <= words:
        reason = f'"{address}" must have a first day, and may have an id and a day from which it is gone'
        raise UnreadableRecordError(reason, lines.get(address, 1))
    return Fact(**{word: str(value) for word, value in found.items()})


def text_of(record: Record) -> str:
    """Return `record` as the text of its file."""
    lines = [f"{_quoted(address)} = {_table(fact)}" for address, fact in sorted(record.facts.items())]
    head = f"{_HEAD}authority = {_quoted(record.authority)}\n\n[addresses]\n"
    return head + "".join(f"{line}\n" for line in lines)


def write(file: Path, record: Record) -> None:
    """Write `record` to `file` in one step."""
    fresh = file.with_suffix(".new")
    fresh.write_text(text_of(record), encoding="utf-8")
    fresh.replace(file)


def _table(fact: Fact) -> str:
    words = {"first": fact.first, "id": fact.id, "gone": fact.gone}
    return "{ " + ", ".join(f"{word} = {_quoted(value)}" for word, value in words.items() if value) + " }"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def mint(kind: str, address: str, taken: Collection[str], authority: str) -> str:
    """Return a new id for the thing of `kind` that is first published at `address`.

    The name in it means nothing, so that no later change can make it look wrong; the same first publication gives the
    same id, so that a record that was lost before it was committed does no harm.

    Args:
        kind: a word for people who read feeds, such as ``essay``.
        address: with a slash in front.
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


def publish(record: Record, addresses: Mapping[str, str], authority: str, today: str) -> Record:
    """Return the record after a publication.

    Args:
        record: the record before.
        addresses: everything that is published now, each with its id or an empty text.
        authority: what the ids were minted under.
        today: 2009-04-01.

    """
    facts = dict(record.facts)
    for address, minted in addresses.items():
        known = facts.get(address)
        facts[address] = replace(known, id=minted or known.id, gone="") if known else Fact(today, minted)
    return Record(facts, record.authority or authority)
