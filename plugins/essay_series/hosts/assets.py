"""Files of the theme under names that change with what they hold, so that browsers may keep them for ever."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import field
from hashlib import sha256
from pathlib import PurePosixPath

from ..values import dataclass

DIGITS = 10
HASHED = rf"\.[0-9a-f]{{{DIGITS}}}\.[a-z0-9]+$"
"""How such a name ends."""
_KEPT = (".txt",)
"""Files that no page loads, such as a font's licence, keep the name by which people look for them."""
_NAMED_IN_CSS = re.compile(rb"url\(\s*([\"']?)([^\"')]+)\1\s*\)")


@dataclass(frozen=True, slots=True)
class Assets:
    """The files of the theme that pages load."""

    names: Mapping[str, str] = field(default_factory=dict)
    """The output path of each, by the path that its name alone would give it."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """What each holds, by its output path."""

    def name(self, path: str) -> str:
        """Return the output path of the file that the theme calls `path`; another file's name is its own."""
        return self.names.get(path, path)

    def font_data(self, path: str) -> str:
        """Return the font that the theme calls `path` as an address that holds it, for pages saved as one file."""
        data = b64encode(self.files[self.name(path)]).decode()
        return f"data:font/{PurePosixPath(path).suffix.removeprefix('.')};base64,{data}"


def assets(files: Mapping[str, bytes]) -> Assets:
    """Return `files`, which are given by output path, under names that change with what they hold.

    A style sheet's own references follow; style sheets do not import each other.
    """
    names = {path: _hashed(path, data) for path, data in files.items() if not path.endswith(".css")}
    sheets = {path: _followed(path, data, names) for path, data in files.items() if path.endswith(".css")}
    names |= {path: _hashed(path, data) for path, data in sheets.items()}
    return Assets(names, {names[path]: sheets.get(path, data) for path, data in files.items()})


def _hashed(path: str, data: bytes) -> str:
    pure = PurePosixPath(path)
    if pure.suffix in _KEPT:
        return path
    return str(pure.with_suffix(f".{sha256(data).hexdigest()[:DIGITS]}{pure.suffix}"))


def _followed(path: str, sheet: bytes, names: Mapping[str, str]) -> bytes:
    """Return a style sheet that loads the files beside it by their new names."""
    folder = PurePosixPath(path).parent

    def follow(match: re.Match[bytes]) -> bytes:
        target = str(folder / match[2].decode())
        return b'url("' + PurePosixPath(names[target]).name.encode() + b'")' if target in names else match[0]

    return _NAMED_IN_CSS.sub(follow, sheet)
