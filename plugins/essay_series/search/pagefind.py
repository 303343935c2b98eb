"""Pages → the files of Pagefind's index, with the same bytes for the same pages."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

_LEFT_OUT = (".headerlink", ".footnote-ref", ".footnote-backref", ".promise-state")
"""Selectors of elements that are not indexed, as their text is no part of a sentence."""
MAGIC = b"pagefind_dcd"
"""The first bytes of Pagefind's files, once decompressed."""
ENTRY = "pagefind-entry.json"
"""The file with the languages, and the file of each that lists its other files."""
_SORTED = {".pf_filter": 1, ".pf_meta": 3}
"""File types with an array in random order, and its index in the file: the values of a filter; the list of filters."""
_BYTES, _TEXT, _ARRAY = 2, 3, 4
"""Major types of CBOR (RFC 8949)."""
_LOADED = ("pagefind.js", "pagefind-worker.js", ENTRY)
"""The files that every search loads; the site does not use Pagefind's own user interfaces."""


def made_of(pages: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files of the index of `pages`, which are HTML by output path, in all of their languages.

    Raises:
        subprocess.CalledProcessError: Pagefind failed, and printed why.

    """
    import pagefind_bin  # noqa: PLC0415 - only publications with an index need it

    with TemporaryDirectory() as folder:
        site, made = Path(folder, "site"), Path(folder, "made")
        for path, html in sorted(pages.items()):
            file = site / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(html)
        command = [str(pagefind_bin.get_executable()), "--site", str(site), "--output-path", str(made), "--quiet"]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
        subprocess.run([*command, "--exclude-selectors", ", ".join(_LEFT_OUT)], cwd=folder, env=environment, check=True)
        files = {path.relative_to(made).as_posix(): path.read_bytes() for path in made.rglob("*") if path.is_file()}
    return in_order({path: data for path, data in files.items() if _is_loaded(path, files)})


def _is_loaded(path: str, files: Mapping[str, bytes]) -> bool:
    if path.startswith("wasm."):
        languages = json.loads(files[ENTRY])["languages"].values()
        return path in {f"wasm.{language['wasm'] or 'unknown'}.pagefind" for language in languages}
    return path in _LOADED or Path(path).suffix.startswith(".pf_")


def in_order(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the `files` of an index with filters, the values of each filter, and languages sorted.

    Pagefind 1.5 writes them in random order. File names contain digests, so filters get new names, and so do the files
    that list filters; the entry lists those.
    """
    named: dict[bytes, bytes] = {}
    done: dict[str, bytes] = {}
    for ending, number in _SORTED.items():
        for path in (path for path in files if path.endswith(ending)):
            data = _with_sorted(_with_names(gzip.decompress(files[path]), named), number)
            digest = Path(path).stem.rpartition("_")[2]
            fresh = sha256(data).hexdigest()[: len(digest)]
            named[digest.encode()] = fresh.encode()
            done[path.replace(digest, fresh)] = gzip.compress(data, 9, mtime=0)
    others = {path: data for path, data in files.items() if Path(path).suffix not in _SORTED}
    return done | others | {ENTRY: _with_sorted_languages(_with_names(files[ENTRY], named))}


def _with_sorted_languages(entry: bytes) -> bytes:
    facts = json.loads(entry)
    facts["languages"] = dict(sorted(facts["languages"].items()))
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()


def _with_names(data: bytes, named: Mapping[bytes, bytes]) -> bytes:
    """Return `data` with the new digests in names of files; they have the same length, so offsets stay valid."""
    for old, new in named.items():
        data = data.replace(b"_" + old, b"_" + new)
    return data


def _with_sorted(data: bytes, number: int) -> bytes:
    """Return `data`, a CBOR array after `MAGIC`, with its item `number`, which is an array too, sorted."""
    at = _head(data, len(MAGIC))[2]
    for _ in range(number):
        at = _end(data, at)
    first, end = _head(data, at)[2], _end(data, at)
    return data[:first] + b"".join(sorted(_items(data, first, end))) + data[end:]


def _items(data: bytes, at: int, end: int) -> Iterator[bytes]:
    while at < end:
        following = _end(data, at)
        yield data[at:following]
        at = following


def _end(data: bytes, at: int) -> int:
    """Return the offset of the end of the CBOR item at `at`."""
    kind, argument, at = _head(data, at)
    if kind in (_BYTES, _TEXT):
        return at + argument
    for _ in range(argument if kind == _ARRAY else 0):
        at = _end(data, at)
    return at


def _head(data: bytes, at: int) -> tuple[int, int, int]:
    """Return the major type and the argument of the CBOR item at `at`, and the offset of the end of its head."""
    kind, number = data[at] >> 5, data[at] & 31
    length = 1 << (number - 24) if number >= 24 else 0  # noqa: PLR2004 - then as many bytes hold the number
    return kind, int.from_bytes(data[at + 1 : at + 1 + length]) if length else number, at + 1 + length
