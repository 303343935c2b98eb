"""Compare a folder that was built for readers with the sources: it may hold no unpublished text and no stray file."""

from __future__ import annotations

import getpass
import platform
from collections.abc import Iterator
from pathlib import Path

from ...adapter.reading.sources import own_words
from ...build.output.made import made_in
from ...publish.gate import Machine, Report, examined
from ...sources.manuscript import Manuscript

LISTING = Path("cache/made.json")


def gate(folder: Path, site: Manuscript, settings_file: str, listing: Path = LISTING) -> Report:
    """Return what is wrong with a folder that was built.

    Args:
        folder: the built site.
        site: the sources that it was built of.
        settings_file: the settings that it was built under.
        listing: where that build noted what it made.

    """
    found = sorted(path for path in folder.rglob("*") if path.is_file() or path.is_symlink())
    files = {path.relative_to(folder).as_posix(): b"" if path.is_symlink() else path.read_bytes() for path in found}
    made = made_in(listing, folder)
    return examined(site, files, made=made, known=own_words(settings_file), machine=Machine(*_this_machine()))


def _this_machine() -> Iterator[tuple[str, ...]]:
    yield tuple({str(Path.cwd()), str(Path.home())})
    yield tuple({_user(), platform.node()})


def _user() -> str:
    """Return the name of who builds, or nothing where the system gives this user none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
