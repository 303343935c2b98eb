"""Theme files with a hash of their content in the name, so that browsers may cache them without asking again."""

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
"""A regular expression for the end of a name with a hash."""
_UNHASHED = (".txt",)
"""Extensions of files that no page loads, such as a font's licence; they keep their names."""
_URL_IN_CSS = re.compile(rb"url\(\s*([\"']?)([^\"')]+)\1\s*\)")


@dataclass(frozen=True, slots=True)
class Assets:
    """The files of the theme that pages load."""

    names: Mapping[str, str] = field(default_factory=dict)
    """The output path with the hash, by the output path without it."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """The content of each file, by its output path with the hash."""

    def name(self, path: str) -> str:
        """Return the output path with the hash; `path` itself where it is no file of the theme."""
        return self.names.get(path, path)

    def font_data(self, path: str) -> str:
        """Return the font at `path` as a ``data:`` URL, for pages that are saved as one file."""
        data = b64encode(self.files[self.name(path)]).decode()
        return f"data:font/{PurePosixPath(path).suffix.removeprefix('.')};base64,{data}"


def assets(files: Mapping[str, bytes]) -> Assets:
    """Return `files`, given by output path, under hashed names, with the references in style sheets adjusted.

    References from one style sheet to another are not: the style sheets of a theme do not import each other.
    """
    names = {path: _hashed(path, data) for path, data in files.items() if not path.endswith(".css")}
    sheets = {path: _with_new_references(path, data, names) for path, data in files.items() if path.endswith(".css")}
    names |= {path: _hashed(path, data) for path, data in sheets.items()}
    return Assets(names, {names[path]: sheets.get(path, data) for path, data in files.items()})


def _hashed(path: str, data: bytes) -> str:
    pure = PurePosixPath(path)
    if pure.suffix in _UNHASHED:
        return path
    return str(pure.with_suffix(f".{sha256(data).hexdigest()[:DIGITS]}{pure.suffix}"))


def _with_new_references(path: str, sheet: bytes, names: Mapping[str, str]) -> bytes:
    folder = PurePosixPath(path).parent

    def renamed(match: re.Match[bytes]) -> bytes:
        target = str(folder / match[2].decode())
        return b'url("' + PurePosixPath(names[target]).name.encode() + b'")' if target in names else match[0]

    return _URL_IN_CSS.sub(renamed, sheet)
