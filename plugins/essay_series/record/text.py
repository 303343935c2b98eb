"""The published record as text: ``content/published.toml``, written by ``make publish``, committed with the sources.

Each fact has a line of its own, sorted by address, so that branches that both publish rarely conflict. The file ends
with the number of its lines and a digest of them, so that a truncated file is never taken for a complete one.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from .record import Fact, Record

_HEAD = """\
# Every address that readers were given, and the feed id that each essay and each feed keeps.
# `make publish` writes this file; commit it with the sources. After a merge or an edit by hand: `make record`.
"""
_OLD_HEAD = """\
# Every address that readers were given, and the feed id that each essay and each feed keeps.
# `make publish` writes this file; commit it with the sources.
"""
_TABLES = {"addresses": "facts", "files": "files", "support": "support"}
_WORDS = ("first", "id", "gone", "file")
_CONFLICT = re.compile(r"(<<<<<<<|\|\|\|\|\|\|\||=======|>>>>>>>)( .*)?")
_LINE = re.compile(r'\s*("(?:[^"\\]|\\.)*")\s*=|\s*\[?(?P<name>[\w-]+)')


class UnreadableRecordError(Exception):
    """The record is unreadable or incomplete: the text says why, and `line` (from 1) where."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.line = line


def parse(data: bytes) -> Record:
    """Return the record in the file content `data`.

    The format of version 0.1.0, which had no digest, is accepted if the text is exactly what that version wrote.

    Raises:
        UnreadableRecordError: it is not TOML in UTF-8, not a record, or not complete.

    """
    text = _text(data)
    found = _tables(text)
    record = _record(found, _lines(text))
    last = text.rstrip("\n").count("\n") + 1
    if "end" in found:
        if found["end"] != _end(record):
            at = record.lines.get("end", last)
            raise UnreadableRecordError("its end does not match the rest: it was edited, merged or cut", at)
        return replace(record, digest=_end(record)["digest"])
    if text != _old_text(record) or not record.facts:
        raise UnreadableRecordError("it has no end mark: it is empty, cut or was edited", last)
    return record


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableRecordError(f"it is not UTF-8 ({error.reason})", line) from error


def _tables(text: str) -> dict[str, Any]:
    for number, line in enumerate(text.split("\n"), 1):
        if _CONFLICT.fullmatch(line):
            raise UnreadableRecordError("it contains the conflict markers of a merge", number)
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        at = re.search(r"at line (\d+)", str(error))
        raise UnreadableRecordError(str(error), int(at[1]) if at else text.count("\n") + 1) from error


def _lines(text: str) -> dict[str, int]:
    lines: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if match := _LINE.match(line):
            with suppress(tomllib.TOMLDecodeError):
                name = match["name"] or tomllib.loads(f"key = {match[1]}")["key"]
                lines.setdefault(name, number)
    return lines


def _record(found: Mapping[str, Any], lines: Mapping[str, int]) -> Record:
    known = {*_TABLES, "earlier", "authority", "since", "end"}
    for name in found.keys() - known:
        raise UnreadableRecordError(f'"{name}" does not belong in a record', lines.get(name, 1))
    tables = {name: found.get(name, {}) for name in (*_TABLES, "earlier", "end")}
    texts = [found.get(name, "") for name in ("authority", "since")]
    if not all(isinstance(each, dict) for each in tables.values()) or not _are_texts(texts):
        raise UnreadableRecordError("authority and since must be strings, and all other keys tables", 1)
    facts: dict[str, Any] = {
        part: {address: _fact(address, fact, lines) for address, fact in tables[name].items()}
        for name, part in _TABLES.items()
    }
    earlier = {digest: str(day) for digest, day in tables["earlier"].items()}
    return Record(**facts, earlier=earlier, authority=str(texts[0]), since=str(texts[1]), lines=lines)


def _fact(address: str, found: object, lines: Mapping[str, int]) -> Fact:
    if isinstance(found, dict) and {"first"} <= found.keys() <= set(_WORDS) and _are_texts(found.values()):
        return Fact(**found)
    reason = f'"{address}" must have a first day, and may have an id, a file, and a day from which it is gone'
    raise UnreadableRecordError(reason, lines.get(address, 1))


def _are_texts(values: Iterable[object]) -> bool:
    return all(isinstance(value, str) for value in values)


def text_of(record: Record) -> str:
    """Return the text of the file for `record`."""
    end = _end(record)
    return f'{_HEAD}{_body(record)}\n[end]\nlines = {end["lines"]}\ndigest = "{end["digest"]}"\n'


def digest_of(record: Record) -> str:
    """Return the digest at the end of the file for `record`."""
    return str(_end(record)["digest"])


def _end(record: Record) -> dict[str, Any]:
    body = _body(record)
    digest = blake2b(body.encode(), digest_size=16).hexdigest()
    return {"lines": sum(line.startswith('"') for line in body.split("\n")), "digest": digest}


def _body(record: Record) -> str:
    since = f"since = {_quoted(record.since)}\n" if record.since else ""
    tables = {name: {a: _table(f) for a, f in getattr(record, part).items()} for name, part in _TABLES.items()}
    tables["earlier"] = {digest: _quoted(day) for digest, day in record.earlier.items()}
    return f"authority = {_quoted(record.authority)}\n{since}" + "".join(
        f"\n[{name}]\n" + "".join(f"{_quoted(key)} = {value}\n" for key, value in sorted(lines.items()))
        for name, lines in tables.items()
        if lines or name == "addresses"
    )


def _old_text(record: Record) -> str:
    lines = [f"{_quoted(address)} = {_table(fact)}" for address, fact in sorted(record.facts.items())]
    return f"{_OLD_HEAD}authority = {_quoted(record.authority)}\n\n[addresses]\n" + "".join(f"{li}\n" for li in lines)


def _table(fact: Fact) -> str:
    words = {word: getattr(fact, word) for word in _WORDS}
    return "{ " + ", ".join(f"{word} = {_quoted(value)}" for word, value in words.items() if value) + " }"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def write(file: Path, record: Record) -> None:
    """Write `record` to `file` atomically: after a power cut the file is either the old or the new one."""
    fresh = file.with_suffix(".new")
    with fresh.open("wb") as opened:
        opened.write(text_of(record).encode())
        opened.flush()
        os.fsync(opened.fileno())
    fresh.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def salvaged(data: bytes) -> Record:
    """Return what can be read of a damaged record: every line that is complete.

    If an address has two lines, as after a merge, the earlier first day counts, and it is removed if either says so.
    Every digest in the file counts as that of an earlier version.
    """
    tables: dict[str, dict[str, Fact]] = {name: {} for name in _TABLES}
    texts, earlier, table, before = {"authority": "", "since": ""}, dict[str, str](), "", ""
    for line in data.decode("utf-8-sig", "replace").splitlines():
        if match := re.fullmatch(r"\[(\w+)\]", line.strip()):
            table = match[1]
        elif match := _CONFLICT.fullmatch(line):
            before = table if match[1].startswith("<") else before
            table = table if match[1].startswith(">") else before  # both sides begin in the same table
        for key, value in _read(line):
            if table in tables and isinstance(value, dict):
                with suppress(UnreadableRecordError):
                    tables[table][key] = _merged(tables[table].get(key), _fact(key, value, {}))
            elif isinstance(value, str) and table == "earlier":
                earlier[key] = value
            elif isinstance(value, str) and key == "digest" and table == "end":
                earlier.setdefault(value, "")
            elif isinstance(value, str) and not table and key in texts:
                texts[key] = value
    parts: dict[str, Any] = {part: tables[name] for name, part in _TABLES.items()}
    return Record(**parts, earlier=earlier, authority=texts["authority"], since=texts["since"])


@cache  # the versions in git's history have most lines in common
def _read(line: str) -> Iterable[tuple[str, object]]:
    try:
        return tomllib.loads(line).items() if "=" in line and not line.startswith("=======") else ()
    except tomllib.TOMLDecodeError:
        return ()


def completed(record: Record, *others: Record) -> Record:
    """Return `record` with what only `others` know; where records differ, the first of them wins."""
    parts: dict[str, Any] = {part: dict(getattr(record, part)) for part in (*_TABLES.values(), "earlier")}
    for each in others:
        for part, facts in parts.items():
            parts[part] = {**getattr(each, part), **facts}
    authority = next((each.authority for each in (record, *others) if each.authority), "")
    return replace(record, **parts, authority=authority)


def _merged(one: Fact | None, other: Fact) -> Fact:
    if one is None:
        return other
    gone = max(one.gone, other.gone)
    return Fact(min(one.first, other.first), one.id or other.id, gone, one.file or other.file)
