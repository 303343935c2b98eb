"""Set up what the tests need from the system, and say in one line what is done; never fail the tests over it.

That is a browser for the browser tests, newsboat, a feed reader, for one test of the feeds, rsync and rclone for those
of deploying with an S3-compatible store to deploy to, Java for EPUBCheck, and the web servers Caddy and nginx for the
tests of hosts. The servers are unpacked beside the tests' other tools and not installed, since an installed one would
begin to serve this machine; the store is in an environment of its own, since it brings sixty packages.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

PROJECT = Path(__file__).resolve().parent.parent
STORE = PROJECT / ".venv/store"
"""Where an S3-compatible store is installed."""
SERVERS = PROJECT / ".venv/servers"
"""Where Caddy and nginx are unpacked."""
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def installed() -> str | None:
    """Return the path of a Chromium on this machine: the one that CHROMIUM names, a system's, or Playwright's own."""
    named = os.environ.get("CHROMIUM")
    found = named or next(filter(None, map(shutil.which, NAMES)), None)
    return found or playwrights_own()


def playwrights_own() -> str | None:
    """Return the path of the Chromium that Playwright has downloaded, if it has."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where no other browser is found

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def set_up_browser() -> None:
    """Install a Chromium where there is none, by Debian's packages as root, else by Playwright's own installer."""
    if by_root_on_debian():
        print("Installing Chromium from Debian's packages for the browser tests ...", flush=True)
        install("chromium", "fonts-liberation")
    if not installed():
        print("Installing Playwright's Chromium for the browser tests ...", flush=True)
        run(sys.executable, "-m", "playwright", "install", "chromium")


def set_up_command(name: str, package: str = "") -> None:
    """Install the command `name` where there is none and it can be had; say so where it cannot."""
    if not shutil.which(name) and by_root_on_debian():
        print(f"Installing {name} from Debian's packages for a test ...", flush=True)
        install(package or name)
    if not shutil.which(name):
        print(f"There is no {name}, and it could not be installed: its test will be skipped.")


def server(name: str) -> str | None:
    """Return the path of the web server ``caddy`` or ``nginx``: the system's, or the one that was unpacked."""
    unpacked = (SERVERS / folder / name for folder in ("usr/bin", "usr/sbin"))
    return shutil.which(name) or next((str(path) for path in unpacked if path.exists()), None)


def set_up_server(name: str) -> None:
    """Unpack Debian's package of a web server where there is none and it can be had."""
    if shutil.which("apt-get") and shutil.which("dpkg-deb"):
        print(f"Unpacking {name} from Debian's packages for the tests of hosts ...", flush=True)
        if os.geteuid() == 0:
            run("apt-get", "update", "-qq")
        with TemporaryDirectory() as folder:
            run("apt-get", "download", "-qq", name, cwd=folder)
            for package in Path(folder).glob("*.deb"):
                SERVERS.mkdir(parents=True, exist_ok=True)
                run("dpkg-deb", "--extract", str(package), str(SERVERS))


def store() -> str | None:
    """Return the path of an S3-compatible store: the one that was set up."""
    return str(STORE / "bin/moto_server") if (STORE / "bin/moto_server").exists() else None


def set_up_store() -> None:
    """Install an S3-compatible store into an environment of its own."""
    print("Installing an S3-compatible store for a test of deploying ...", flush=True)
    run(sys.executable, "-m", "venv", str(STORE))
    install_from = ("install", "--quiet", "--require-hashes", "--requirement", str(PROJECT / "requirements-store.txt"))
    run(str(STORE / "bin/python"), "-m", "pip", "--disable-pip-version-check", *install_from)


def by_root_on_debian() -> bool:
    """Tell whether Debian's packages can be installed."""
    return bool(shutil.which("apt-get")) and os.geteuid() == 0


def install(*packages: str) -> None:
    """Install Debian's `packages`."""
    run("apt-get", "update", "-qq")
    run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages)


def run(*command: str, cwd: str | None = None) -> None:
    """Run `command` quietly; what it says is shown only if it fails."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stdout[-2000:], done.stderr[-2000:], sep="\n")


if __name__ == "__main__":
    if not installed():
        set_up_browser()
    if not installed():
        print("There is no browser, and none could be installed: the browser tests will be skipped.")
    for needed in ("newsboat", "rsync", "rclone"):
        set_up_command(needed)
    set_up_command("java", "default-jre-headless")
    for wanted in ("caddy", "nginx"):
        if not server(wanted):
            set_up_server(wanted)
        if not server(wanted):
            print(f"There is no {wanted}, and it could not be unpacked: its tests will be skipped.")
    if not store():
        set_up_store()
    if not store():
        print("There is no S3-compatible store, and none could be installed: its test will be skipped.")
