"""The store: an SQLite file in the cache folder with the results of builds, each with the key of its inputs.

It holds only text, so that nothing in it is ever executed. It is used only if it belongs to the user and no other user
may write to it. Each result has a digest of itself, so that a damaged one is detected and ignored. A build reads the
store while it works, and writes it once, at its end, in one transaction.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import field
from hashlib import blake2b
from pathlib import Path

from ...values import dataclass

FORMAT = 4
"""The version of the format, raised with each change of it; a file of another version is discarded."""
SCHEMA = "CREATE TABLE IF NOT EXISTS results (kind, name, key, text, digest, PRIMARY KEY (kind, name)) WITHOUT ROWID"
_ALL = "SELECT name, key, text, digest FROM results WHERE kind = ?"
_GROUP_AND_OTHERS_WRITE = 0o022


@dataclass(frozen=True, slots=True)
class Result:
    """A result of a build, and the key of everything it depends on."""

    key: str
    text: str


@dataclass
class Store:
    """The results of earlier builds in `file`, and those that this build will save."""

    file: Path
    _loaded: dict[str, dict[str, Result]] = field(default_factory=dict)
    _fresh: dict[str, dict[str, Result]] = field(default_factory=dict)

    def all(self, kind: str) -> Mapping[str, Result]:
        """Return all saved results of one kind, by name."""
        if kind not in self._loaded:
            self._loaded[kind] = self._read(kind)
        return self._loaded[kind]

    def get(self, kind: str, name: str, key: str) -> str | None:
        """Return the text of a saved result if it has this `key`, else None."""
        found = self.all(kind).get(name)
        return found.text if found and found.key == key else None

    def leave(self, kind: str, results: Mapping[str, Result]) -> None:
        """Replace all results of one kind by `results`, once the store is saved."""
        self._fresh[kind] = dict(results)

    def save(self) -> None:
        """Write the results, into a new file if the old one cannot be used.

        If that fails too, as on a full disk, nothing is saved, and the next build starts from nothing.
        """
        if not self._is_usable():
            self.file.unlink(missing_ok=True)
        self.file.parent.mkdir(parents=True, exist_ok=True)
        for _ in range(2):
            try:
                self._write()
            except sqlite3.Error:
                self.file.unlink(missing_ok=True)
                self._loaded = {kind: {} for kind in self._fresh}
            else:
                return

    def _read(self, kind: str) -> dict[str, Result]:
        if not self._is_usable():
            return {}
        try:
            with closing(self._opened()) as connection:
                rows = connection.execute(_ALL, (kind,))
                return {name: Result(key, text) for name, key, text, digest in rows if digest_of(key, text) == digest}
        except (sqlite3.Error, TypeError, AttributeError):
            return {}

    def _opened(self) -> sqlite3.Connection:
        return sqlite3.connect(f"{self.file.resolve().as_uri()}?mode=ro", uri=True)

    def _is_usable(self) -> bool:
        if not is_ours(self.file):
            return False
        try:
            with closing(self._opened()) as connection:
                return bool(connection.execute("PRAGMA user_version").fetchone() == (FORMAT,))
        except sqlite3.Error:
            return False

    def _write(self) -> None:
        known = {kind: self.all(kind) for kind in self._fresh}  # read before the transaction, which locks the file
        with closing(sqlite3.connect(self.file)) as connection, connection:
            self.file.chmod(0o600)
            connection.execute(SCHEMA)
            connection.execute(f"PRAGMA user_version = {FORMAT}")
            for kind, results in self._fresh.items():
                before = known[kind]
                gone = [(kind, name) for name in before.keys() - results.keys()]
                changed = {name: result for name, result in results.items() if before.get(name) != result}
                connection.executemany("DELETE FROM results WHERE kind = ? AND name = ?", gone)
                rows = [(kind, name, r.key, r.text, digest_of(r.key, r.text)) for name, r in changed.items()]
                connection.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?)", rows)


def store_of(cache: Path, output: Path) -> Store:
    """Return the store of the output folder `output`, an absolute path, in the cache folder `cache`."""
    return Store(cache / f"{output.name}-{digest_of(str(output))[:8]}.sqlite")


def digest_of(*words: str) -> str:
    """Return a digest of several texts; where one ends and the next begins counts."""
    return digest_of_all(words)


def digest_of_all(words: Iterable[str]) -> str:
    """Return a digest of several texts, as `digest_of` does."""
    digest = blake2b(digest_size=16)
    for word in words:
        data = word.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def digest_of_bytes(data: bytes) -> str:
    """Return a digest of `data`."""
    return blake2b(data, digest_size=16).hexdigest()


def is_ours(file: Path) -> bool:
    """Tell whether `file` is a regular file of the current user, which no other user may write to."""
    try:
        facts = file.lstat()
    except OSError:
        return False
    owned = not hasattr(os, "geteuid") or facts.st_uid == os.geteuid()
    return owned and file.is_file() and not file.is_symlink() and not facts.st_mode & _GROUP_AND_OTHERS_WRITE
