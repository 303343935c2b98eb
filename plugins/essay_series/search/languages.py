"""An index in several languages → an index per language, each in its own folder.

Pagefind's program searches in one language, whose stemmer it loads once. A page that searches in several languages
loads a copy of the program for each, and each copy must find an index with a single language.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from .pagefind import ENTRY

FOLDER = "pagefind"
"""The output folder of the index."""
NAMED_BY_CONTENT_IN = ("filter", "fragment", "index")
"""The folders, in that of each language, in which every file name contains a digest of the file."""
NAMED_BY_CONTENT = r"_[0-9a-f]{7,}\.pf_[a-z]+$"
"""A pattern of the ends of such names, in those folders and beside them."""


def folders(languages: Iterable[str], home: str) -> dict[str, str]:
    """Return the folder of each language below `FOLDER`, with a trailing slash; `home` is first.

    The folder of the first language is empty: it is `FOLDER` itself, which also has the files that all languages share.
    """
    listed = sorted({*languages}, key=lambda language: (language.lower() != home.lower(), language.lower()))
    return {language: f"{language.lower()}/" if number else "" for number, language in enumerate(listed)}


def divided(files: Mapping[str, bytes], home: str) -> dict[str, bytes]:
    """Return the `files` of an index, by path below `FOLDER`, with those of each language in its folder."""
    entry = json.loads(files[ENTRY])
    places = folders(entry["languages"], home)
    if len(places) < 2:  # noqa: PLR2004 - there is nothing to divide
        return dict(files)
    found = {path: data for path, data in files.items() if path.endswith(".js")}
    for language, folder in places.items():
        alone = {**entry, "languages": {language: entry["languages"][language]}}
        found[f"{folder}{ENTRY}"] = json.dumps(alone, ensure_ascii=False, separators=(",", ":")).encode()
        found |= {
            f"{folder}{path}": files[path] for path in _of_language(files, language, alone["languages"][language])
        }
    return found


def _of_language(paths: Iterable[str], language: str, facts: Mapping[str, str | None]) -> Iterator[str]:
    """Yield those of `paths` that only a search in `language` loads."""
    beside = (f"pagefind.{facts['hash']}.pf_meta", f"wasm.{facts['wasm'] or 'unknown'}.pagefind")
    for path in paths:
        folder, _, name = path.rpartition("/")
        if path in beside or (folder and PurePosixPath(name).stem.startswith(f"{language}_")):
            yield path
