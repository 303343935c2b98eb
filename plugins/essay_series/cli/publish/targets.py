"""The interface of a deployment target, and calls of the programs that upload."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Protocol

from ...values import dataclass
from ..command import CommandError

CURES = {
    "git": "Install it, with your system's packages or from git-scm.com.",
    "rsync": "Install it: apt install rsync, or brew install rsync.",
    "rclone": "Install it: apt install rclone, or brew install rclone; then set up your store with rclone config.",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """The changes of a deployment on its target."""

    live: Path
    """The published folder."""
    send: Sequence[str]
    """The paths of the site's files in `live`, sorted; afterwards the target has the same files."""
    delete: Sequence[str]
    """The paths of files on the target that are the site's and no longer published."""


class Target(Protocol):
    """A place from which readers are served."""

    def paths(self) -> Collection[str]:
        """Return the path of every file on the target."""

    def read(self, path: str) -> bytes | None:
        """Return the content of a file on the target; None if it cannot be read."""

    def update(self, plan: Plan, *, apply: bool) -> None:
        """Carry out `plan` and leave all other files as they are; without `apply` only print what would change.

        Raises:
            CommandError: it failed; a part of the files may have been sent.

        """


def require_command(name: str) -> None:
    """Raise `CommandError`, which says how to install it, unless the program `name` is installed."""
    if not shutil.which(name):
        raise CommandError(f"{name} is not installed. {CURES[name]}")


def captured(*command: str) -> subprocess.CompletedProcess[bytes]:
    """Run `command` and return its exit code and output, which is in English."""
    require_command(command[0])
    return subprocess.run(command, capture_output=True, check=False, env={**os.environ, "LC_ALL": "C.UTF-8"})


def shown(*command: str) -> None:
    """Run `command`, whose output goes to the terminal."""
    if subprocess.run(command, check=False).returncode:
        raise CommandError(f"{command[0]} failed; see its message above. The upload may be incomplete: run it again.")


def failure(command: str, done: subprocess.CompletedProcess[bytes]) -> CommandError:
    """Return the error that quotes what a failed `command` printed."""
    return CommandError(f"{command} says: {done.stderr.decode('utf-8', 'replace').strip()}")
