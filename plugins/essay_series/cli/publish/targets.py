"""Where a site can be deployed to: what lies there, and how to change it."""

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
    "rclone": "Install it: apt install rclone, or brew install rclone; then name your store by rclone config.",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What a deployment does."""

    live: Path
    """The published folder."""
    send: Sequence[str]
    """The paths in it that belong to the site, in order; the target has the same files afterwards."""
    delete: Sequence[str]
    """The paths at the target that belong to the site and are no longer published."""


class Target(Protocol):
    """A place that readers are served from."""

    def paths(self) -> Collection[str]:
        """Return the path of every file that lies there.

        Raises:
            CommandError: that cannot be found out.

        """

    def read(self, path: str) -> bytes | None:
        """Return what a file holds that lies there; None if it cannot be read."""

    def bring(self, plan: Plan, *, apply: bool) -> None:
        """Carry `plan` out, or without `apply` only print what that would do.

        Raises:
            CommandError: it failed; what was sent may be a part.

        """


def demand_command(name: str) -> None:
    """Do nothing if the command `name` is installed.

    Raises:
        CommandError: it is not; the text says how to get it.

    """
    if not shutil.which(name):
        raise CommandError(f"{name} is not installed. {CURES[name]}")


def asked(*command: str) -> subprocess.CompletedProcess[bytes]:
    """Run `command` and return what it says, in English."""
    demand_command(command[0])
    return subprocess.run(command, capture_output=True, check=False, env={**os.environ, "LC_ALL": "C.UTF-8"})


def done(*command: str) -> None:
    """Run `command`, which prints what it does.

    Raises:
        CommandError: it failed.

    """
    if subprocess.run(command, check=False).returncode:
        raise CommandError(f"{command[0]} failed; see its message above. The upload may be incomplete: run it again.")


def refusal(command: str, answer: subprocess.CompletedProcess[bytes]) -> CommandError:
    """Return the error that tells what `command` said."""
    return CommandError(f"{command} says: {answer.stderr.decode('utf-8', 'replace').strip()}")
