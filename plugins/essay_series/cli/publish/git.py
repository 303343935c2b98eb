"""Calls of git."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def run_git(
    *words: str, folder: Path | None = None, stdin: bytes = b"", index: str = ""
) -> subprocess.CompletedProcess[bytes]:
    """Run git and return what it printed; it asks for no password.

    Args:
        words: its arguments.
        folder: the working directory; that of this process if left out.
        stdin: its standard input.
        index: a file to use as the index, in place of the repository's own.

    Raises:
        FileNotFoundError: git is not installed, or there is no `folder`.
        NotADirectoryError: `folder` is a file.

    """
    # a hook of git's sets these for a repository that need not be this one
    environment = {name: value for name, value in os.environ.items() if name not in ("GIT_DIR", "GIT_INDEX_FILE")}
    environment |= {"GIT_TERMINAL_PROMPT": "0"} | ({"GIT_INDEX_FILE": index} if index else {})
    return subprocess.run(["git", *words], cwd=folder, input=stdin, env=environment, capture_output=True, check=False)


def git(folder: Path, *words: str, stdin: str = "") -> str | None:
    """Return what git prints in `folder`; None if it fails or is not installed."""
    try:
        done = run_git(*words, folder=folder, stdin=stdin.encode())
    except (FileNotFoundError, NotADirectoryError):
        return None
    return None if done.returncode else done.stdout.decode("utf-8", "replace")


def head(folder: Path) -> str:
    """Return the hash of the present commit of the repository around `folder`; empty if there is none, or no git."""
    return (git(folder, "rev-parse", "--verify", "--quiet", "HEAD") or "").strip()
