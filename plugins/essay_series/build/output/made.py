"""The list of the files that builds made, so that only these are ever removed.

It is a JSON file in the cache folder. It names each output folder by its path relative to the list, so that it stays
valid when the project is moved or copied. Run as a command, this module removes what builds made in every output folder
of the project in the current directory: ``python -m essay_series.build.output.made cache/made.json``.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from .mirror import take_away

if TYPE_CHECKING:  # `make clean` runs where nothing is installed
    from ..plan import Plan
    from .staging import Staging

LISTING = "made.json"
"""The file name of the list in the cache folder."""


def recorded(listing: Path) -> dict[Path, list[str]]:
    """Return the paths in the file `listing`, by output folder; nothing if the file is missing or damaged."""
    try:
        found = json.loads(listing.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return {(listing.parent / name).resolve(): paths for name, paths in found.items()} if _is_list(found) else {}


def made_in(listing: Path, output: Path) -> list[str] | None:
    """Return the files that the last build of `output` made; None if `listing` has no build of it."""
    return recorded(listing).get(output.resolve())


def _is_list(found: object) -> bool:
    folders = found if isinstance(found, dict) else {"": None}
    lists = all(isinstance(paths, list) and all(isinstance(path, str) for path in paths) for paths in folders.values())
    return lists and not any("\0" in name for name in folders)


def put_in_place(listing: Path, staging: Staging, done: Plan) -> None:
    """Replace the live output by what `staging` holds, and list what this build made.

    During the swap the list names the files of both, so that a build that is killed leaves no file unlisted.
    """
    before, now = made_in(listing, staging.live) or [], done.write.keys() | done.keep
    _record(listing, staging.live, {*before, *now})
    staging.put_in_place(done.remove, done.keep)
    _record(listing, staging.live, now)


def _record(listing: Path, output: Path, paths: Iterable[str]) -> None:
    folders = {**recorded(listing), output: sorted(paths)}
    listing.parent.mkdir(parents=True, exist_ok=True)
    here = listing.parent.resolve()
    named = {os.path.relpath(folder, here).replace(os.sep, "/"): paths for folder, paths in folders.items()}
    fresh = listing.with_suffix(".new")
    fresh.write_text(json.dumps(named, indent=1, sort_keys=True), encoding="utf-8")
    fresh.replace(listing)


def clean(listing: Path, project: Path) -> None:
    """Remove everything that builds made below the folder `project`, then the list itself.

    Each build leaves a lock beside its output. An output without one is left alone, whatever the list says.
    """
    for output, paths in recorded(listing).items():
        lock = output.with_name(f".{output.name}.lock")
        if project.resolve() not in output.parents or not lock.is_file():
            continue
        take_away(output, (path for path in paths if _is_file_below(output, output / path)))
        with suppress(OSError):
            output.rmdir()
        shutil.rmtree(output.with_name(f".{output.name}.standby"), ignore_errors=True)
        lock.unlink()
    listing.unlink(missing_ok=True)


def _is_file_below(output: Path, file: Path) -> bool:
    """Tell whether `file` is a file or link below `output`, a resolved path, and not behind a link to elsewhere."""
    where = f"{os.path.realpath(file.parent)}/{file.name}".replace(os.sep, "/")
    return where.startswith(f"{output}/".replace(os.sep, "/")) and (file.is_file() or file.is_symlink())


if __name__ == "__main__":
    clean(Path(sys.argv[1]), Path.cwd())
