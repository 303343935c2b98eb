"""Set up what PDFs need from the system, the library Pango, and say in one line what is done; never fail over it."""

from __future__ import annotations

import ctypes.util
import os
import shutil
import subprocess
import sys

PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
"""Debian's packages of what WeasyPrint loads."""


def is_there() -> bool:
    """Tell whether the system has Pango, with the part of it that draws by FreeType."""
    return all(map(ctypes.util.find_library, ("pango-1.0", "pangoft2-1.0")))


def set_up() -> None:
    """Install Debian's packages of Pango where it is missing and that can be done."""
    if is_there():
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        sys.stdout.write("Installing Pango from Debian's packages for PDFs ...\n")
        _run("apt-get", "update", "-qq")
        _run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES)
    if not is_there():
        sys.stdout.write(f"There is no Pango, which PDFs need: install {' '.join(PACKAGES)}, or their like.\n")


def _run(*command: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, env=environment, check=False, capture_output=True)


if __name__ == "__main__":
    set_up()
