"""Set up what the tests need from the system, and say in one line what is done; never fail the tests over it.

That is a browser for the browser tests, newsboat, a feed reader, for one test of the feeds, rsync and rclone for those
of deploying with an S3-compatible store to deploy to, Java for EPUBCheck, and the web servers Caddy and nginx for the
tests of hosts. The servers are unpacked beside the tests' other tools and not installed, since an installed one would
begin to serve this machine; the store is in an environment of its own, since it brings nearly thirty packages, and is
set up while Debian's packages are.

``set_up.py tools`` needs nothing but Python, so that it can run while the tests' own packages are installed;
``set_up.py browser``, which comes after, has Playwright download a browser where the system has none.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

PROJECT = Path(__file__).resolve().parent.parent
STORE = PROJECT / ".venv/store"
"""Where an S3-compatible store is installed."""
SERVERS = PROJECT / ".venv/servers"
"""Where Caddy and nginx are unpacked."""
WEB_SERVERS = ("caddy", "nginx")
INSTALL = ("apt-get", "install", "-y", "-qq", "--no-install-recommends")
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def installed() -> str | None:
    """Return the path of a Chromium on this machine: the one that CHROMIUM names, a system's, or Playwright's own."""
    return systems_own() or playwrights_own()


def systems_own() -> str | None:
    """Return the path of the Chromium that CHROMIUM names, or of the system's."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def has_browser() -> bool:
    """Tell whether no browser need be installed, also where Playwright is not installed yet."""
    downloads = os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache/ms-playwright"
    return bool(systems_own()) or any(Path(downloads).glob("chromium*"))


def playwrights_own() -> str | None:
    """Return the path of the Chromium that Playwright has downloaded, if it has."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where no other browser is found

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def set_up_packages() -> None:
    """Install Debian's packages of the commands that are missing, all at once; singly where one cannot be had."""
    missing = [package for package, is_there in PACKAGES.items() if not is_there()]
    wanted = [*missing, *(["fonts-liberation"] if "chromium" in missing else [])]
    if not missing or not by_root_on_debian():
        return
    print(f"Installing {', '.join(missing)} from Debian's packages for the tests ...", flush=True)
    update()
    if not run(*INSTALL, *wanted):
        for package in wanted:
            run(*INSTALL, package)


def server(name: str) -> str | None:
    """Return the path of the web server ``caddy`` or ``nginx``: the system's, or the one that was unpacked."""
    unpacked = (SERVERS / folder / name for folder in ("usr/bin", "usr/sbin"))
    return shutil.which(name) or next((str(path) for path in unpacked if path.exists()), None)


def set_up_servers() -> None:
    """Unpack Debian's packages of the web servers that are missing and can be had."""
    missing = [name for name in WEB_SERVERS if not server(name)]
    if missing and shutil.which("apt-get") and shutil.which("dpkg-deb"):
        print(f"Unpacking {' and '.join(missing)} from Debian's packages for the tests of hosts ...", flush=True)
        if os.geteuid() == 0:
            update()
        with TemporaryDirectory() as folder:
            for name in missing:
                run("apt-get", "download", "-qq", name, cwd=folder)
            for package in Path(folder).glob("*.deb"):
                SERVERS.mkdir(parents=True, exist_ok=True)
                run("dpkg-deb", "--extract", str(package), str(SERVERS))


def store() -> str | None:
    """Return the path of an S3-compatible store: the one that was set up."""
    return str(STORE / "bin/moto_server") if (STORE / "bin/moto_server").exists() else None


def set_up_store() -> None:
    """Install an S3-compatible store into an environment of its own where there is none."""
    if store():
        return
    print("Installing an S3-compatible store for a test of deploying ...", flush=True)
    run(sys.executable, "-m", "venv", str(STORE))
    locked = ("--require-hashes", "--requirement", str(PROJECT / "requirements/store.txt"))
    run(str(STORE / "bin/python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", *locked)


def by_root_on_debian() -> bool:
    """Tell whether Debian's packages can be installed."""
    return bool(shutil.which("apt-get")) and os.geteuid() == 0


@functools.cache
def update() -> None:
    """Ask Debian which packages there are, once."""
    run("apt-get", "update", "-qq")


def run(*command: str, cwd: str | None = None) -> bool:
    """Run `command` quietly, and tell whether it succeeded; what it says is shown only if it fails."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stdout[-2000:], done.stderr[-2000:], sep="\n")
    return done.returncode == 0


def set_up_tools() -> None:
    """Set up all but Playwright's own browser, the store while the rest is; say what could not be had."""
    beside = Thread(target=set_up_store)
    beside.start()
    set_up_packages()
    set_up_servers()
    beside.join()
    for name in (*COMMANDS, *WEB_SERVERS):
        if not (server if name in WEB_SERVERS else shutil.which)(name):
            print(f"There is no {name}, and it could not be set up: its tests will be skipped.")
    if not store():
        print("There is no S3-compatible store, and none could be installed: its test will be skipped.")


def set_up_browser() -> None:
    """Install a Chromium by Playwright's own installer where there is still none; say if it could not be had."""
    if installed():
        return
    print("Installing Playwright's Chromium for the browser tests ...", flush=True)
    run(sys.executable, "-m", "playwright", "install", "chromium")
    if not installed():
        print("There is no browser, and none could be installed: the browser tests will be skipped.")


COMMANDS = {"newsboat": "newsboat", "rsync": "rsync", "rclone": "rclone", "java": "default-jre-headless"}
"""The packages of the commands that tests run."""
PACKAGES = {"chromium": has_browser} | {package: partial(shutil.which, name) for name, package in COMMANDS.items()}
"""The packages to install, each with what tells whether it is needed no more."""

if __name__ == "__main__":
    {"tools": set_up_tools, "browser": set_up_browser}[sys.argv[1]]()
