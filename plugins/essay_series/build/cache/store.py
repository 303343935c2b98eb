"""What builds remember: results by name, each with the key of all that it depends on.

One SQLite file in the cache folder. It holds text alone, so that nothing in it is ever run; it is used only if it is
the builder's own and no other user may write to it; each result carries a digest of itself, so that a damaged one is
found and made again. A build reads it while it works and writes it once, at its end, in one transaction.
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

FORMAT = 3
"""Number of the form of what is kept; it grows with each change of a form, and files of other numbers are made anew."""
SCHEMA = "CREATE TABLE IF NOT EXISTS results (kind, name, key, text, digest, PRIMARY KEY (kind, name)) WITHOUT ROWID"
_ALL = "SELECT name, key, text, digest FROM results WHERE kind = ?"
_ONE = f"{_ALL} AND name = ?"
_GROUP_AND_OTHERS_WRITE = 0o022


@dataclass(frozen=True, slots=True)
class Result:
    """Something that a build made, and the key of all that it was made of."""

    key: str
    text: str


@dataclass
class Store:
    """The results that earlier builds left in `file`, and those that this build will leave."""

    file: Path
    _loaded: dict[str, dict[str, Result]] = field(default_factory=dict)
    _fresh: dict[str, dict[str, Result]] = field(default_factory=dict)

    def all(self, kind: str) -> Mapping[str, Result]:
        """Return every result of one kind that earlier builds left, by its name."""
        if kind not in self._loaded:
            self._loaded[kind] = self._read(kind)
        return self._loaded[kind]

    def get(self, kind: str, name: str, key: str) -> str | None:
        """Return the text of a result if it was made with the same `key`, else None."""
        found = self.all(kind).get(name)
        return found.text if found and found.key == key else None

    def one(self, kind: str, name: str) -> Result | None:
        """Return one result, whatever it was made of, without reading all others of its kind."""
        return self._read(kind, name).get(name)

    def leave(self, kind: str, results: Mapping[str, Result]) -> None:
        """Let the next build find exactly `results` under `kind`."""
        self._fresh[kind] = dict(results)

    def save(self) -> None:
        """Write what this build leaves, into a new file if the old one cannot be used.

        Where that cannot be done either, as on a full disk, nothing is left, and the next build makes all there is.
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

    def change(self, kind: str, results: Mapping[str, Result]) -> None:
        """Let the next build find `results` under `kind`, in the place of those of the same names."""
        with closing(sqlite3.connect(self.file)) as connection, connection:
            _write(connection, kind, results)

    def _read(self, kind: str, name: str | None = None) -> dict[str, Result]:
        if not is_ours(self.file):
            return {}
        try:
            with closing(self._opened()) as connection:
                if not _is_current(connection):
                    return {}
                rows = connection.execute(_ALL, (kind,)) if name is None else connection.execute(_ONE, (kind, name))
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
                return _is_current(connection)
        except sqlite3.Error:
            return False

    def _write(self) -> None:
        known = {kind: self.all(kind) for kind in self._fresh}  # read first: who writes keeps all others waiting
        with closing(sqlite3.connect(self.file)) as connection, connection:
            self.file.chmod(0o600)
            connection.execute(SCHEMA)
            connection.execute(f"PRAGMA user_version = {FORMAT}")
            for kind, results in self._fresh.items():
                before = known[kind]
                gone = [(kind, name) for name in before.keys() - results.keys()]
                changed = {name: result for name, result in results.items() if before.get(name) != result}
                connection.executemany("DELETE FROM results WHERE kind = ? AND name = ?", gone)
                _write(connection, kind, changed)


def _is_current(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("PRAGMA user_version").fetchone() == (FORMAT,))


def _write(connection: sqlite3.Connection, kind: str, results: Mapping[str, Result]) -> None:
    rows = [(kind, name, r.key, r.text, digest_of(r.key, r.text)) for name, r in results.items()]
    connection.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?)", rows)


def store_of(cache: Path, output: Path) -> Store:
    """Return what builds of the folder `output` remember in the folder `cache`."""
    return Store(cache / f"{output.name}-{digest_of(str(output))[:8]}.sqlite")


def digest_of(*words: str) -> str:
    """Return a digest that tells any two lists of words apart."""
    return digest_of_all(words)


def digest_of_all(words: Iterable[str]) -> str:
    """Return a digest that tells any two lists of words apart."""
    digest = blake2b(digest_size=16)
    for word in words:
        data = word.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def digest_of_bytes(data: bytes) -> str:
    """Return a digest of `data`."""
    return blake2b(data, digest_size=16).hexdigest()


def is_ours(file: Path) -> bool:
    """Tell whether `file` is a plain file of the user who builds, which no other user may write to."""
    try:
        facts = file.lstat()
    except OSError:
        return False
    owned = not hasattr(os, "geteuid") or facts.st_uid == os.geteuid()
    return owned and file.is_file() and not file.is_symlink() and not facts.st_mode & _GROUP_AND_OTHERS_WRITE
