"""Install the system library Pango, which PDFs need, if possible; print one line about it and never fail."""

from __future__ import annotations

import ctypes.util
import os
import shutil
import subprocess
import sys

PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
"""The Debian packages of the libraries that WeasyPrint loads."""


def is_installed() -> bool:
    """Tell whether the system has Pango, with its FreeType backend."""
    return all(map(ctypes.util.find_library, ("pango-1.0", "pangoft2-1.0")))


def set_up() -> None:
    """Install the Debian packages of Pango if it is missing, where apt-get is available to root."""
    if is_installed():
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        sys.stdout.write("Installing Pango from Debian's packages for PDFs ...\n")
        _run("apt-get", "update", "-qq")
        _run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES)
    if not is_installed():
        sys.stdout.write(f"PDFs need Pango, which is missing: install {' '.join(PACKAGES)} or their equivalents.\n")


def _run(*command: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, env=environment, check=False, capture_output=True)


if __name__ == "__main__":
    set_up()
