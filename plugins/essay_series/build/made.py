"""The list of the files that builds made, and what it is for: to take away what is ours and nothing else.

The list is kept outside the output folder, by output folder, as JSON. Run as a command, this module removes what
builds made in every folder that the list names: ``python -m essay_series.build.made cache/made.json``.
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

if TYPE_CHECKING:  # `make clean` runs where nothing is installed
    from .stage import Stage


def recorded(listing: Path) -> dict[str, list[str]]:
    """Return the files made, by output folder, as `listing` has them; a list that is missing or damaged is empty."""
    try:
        found = json.loads(listing.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if _is_list_of_files(found) else {}


def _is_list_of_files(found: object) -> bool:
    folders = found.values() if isinstance(found, dict) else [None]
    return all(isinstance(paths, list) and all(isinstance(path, str) for path in paths) for paths in folders)


def put_in_place(listing: Path, stage: Stage, made: Iterable[Path]) -> None:
    """Let what `stage` holds take the place of the live output, and record what this build made.

    While the two change places the list names the files of both, so that whenever the build is killed, the next one
    knows all files that are ours.

    Args:
        listing: where the list is kept.
        stage: the build that has written everything.
        made: every file that it wrote, anywhere; those outside its folder are passed over.

    """
    before = recorded(listing).get(str(stage.live), [])
    real: dict[str, str] = {}
    now = sorted({path for path in (_below(stage.folder, file, real) for file in made) if path})
    record(listing, stage.live, {*before, *now})
    stage.put_in_place(before, now)
    record(listing, stage.live, now)


def record(listing: Path, output: Path, paths: Iterable[str]) -> None:
    """Write into `listing` that builds made `paths` below `output`, in one step."""
    folders = recorded(listing)
    folders[str(output)] = sorted(paths)
    listing.parent.mkdir(parents=True, exist_ok=True)
    fresh = listing.with_suffix(".new")
    fresh.write_text(json.dumps(folders, indent=1, sort_keys=True), encoding="utf-8")
    fresh.replace(listing)


def remove(output: Path, paths: Iterable[str]) -> None:
    """Remove the files `paths` below `output`, then the folders that this leaves empty."""
    output = output.resolve()
    for path in sorted(paths):
        file = output / path
        if _below(output, file, {}) is None:
            continue
        if file.is_file() or file.is_symlink():
            file.unlink()
        _remove_empty(file.parent, output)


def _remove_empty(folder: Path, top: Path) -> None:
    while folder != top and top in folder.parents:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


def _below(output: Path, path: Path, real: dict[str, str]) -> str | None:
    """Return `path` relative to `output`, or None if it, or what it links to, lies elsewhere.

    Args:
        output: a folder, without links in its path.
        path: a file.
        real: where folders really are, as far as that was asked before.

    """
    folder, name = os.path.split(path)
    if folder not in real:
        real[folder] = os.path.realpath(folder)
    where, top = f"{real[folder]}/{name}".replace(os.sep, "/"), f"{output}/".replace(os.sep, "/")
    return where.removeprefix(top) if where.startswith(top) else None


def clean(listing: Path) -> None:
    """Remove everything that builds made, then the list itself."""
    for output, paths in recorded(listing).items():
        remove(Path(output), paths)
        with suppress(OSError):
            Path(output).rmdir()
        shutil.rmtree(Path(output).with_name(f".{Path(output).name}.spare"), ignore_errors=True)
        Path(output).with_name(f".{Path(output).name}.lock").unlink(missing_ok=True)
    listing.unlink(missing_ok=True)


if __name__ == "__main__":
    clean(Path(sys.argv[1]))
