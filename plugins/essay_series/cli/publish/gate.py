"""The leak gate, called for a built folder: `publish.gate` with what it needs from the disk and this machine."""

from __future__ import annotations

import getpass
import platform
from pathlib import Path

from ...adapter.settings.file import settings_from_file
from ...adapter.settings.public import texts_of
from ...build.output.made import made_in
from ...publish.gate import Machine, Report, examine
from ...sources.manuscript import Manuscript


def gate(folder: Path, site: Manuscript, settings_file: str, listing: Path) -> Report:
    """Return the leaks and the unknown files in the output `folder` of a build of `site` with the settings in a file.

    The build listed the files that it made in `listing`; see `build.output.made`.
    """
    found = sorted(path for path in folder.rglob("*") if path.is_file() or path.is_symlink())
    files = {path.relative_to(folder).as_posix(): b"" if path.is_symlink() else path.read_bytes() for path in found}
    machine = Machine((str(Path.cwd()), str(Path.home())), (_user(), platform.node()))
    public = texts_of(settings_from_file(settings_file))
    return examine(site, files, made=made_in(listing, folder), public=public, machine=machine)


def _user() -> str:
    """Return the name of the user; empty if the system has none, as for an unknown id in a container."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
