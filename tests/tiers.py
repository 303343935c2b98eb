"""The tiers of the tests: a unit test that starts a process or opens a connection fails."""

from __future__ import annotations

import sys

import pytest

TIERS = {
    "unit": "pure: starts no process, builds no site, and connects to nothing",
    "site": "builds a site, runs a command, or serves something on this machine",
    "browser": "opens a built site in a real browser",
    "external": "runs other programs: EPUBCheck, newsboat, rsync, rclone, Caddy, nginx",
    "slow": "takes many seconds for one promise",
}
SITES = frozenset({"site", "bare_site"})
"""The fixtures that make a test one of the tier `site` where it is not marked with another."""
FORBIDDEN = frozenset(
    {
        *("subprocess.Popen", "os.system", "os.fork", "os.forkpty", "os.posix_spawn", "os.exec"),
        *("socket.bind", "socket.connect", "socket.getaddrinfo"),
    }
)
"""What no unit test does, by the names of Python's audit events."""


def tiers_of(test: pytest.Item) -> list[str]:
    """Return the tiers that `test` is marked with."""
    return [mark.name for mark in test.iter_markers() if mark.name in TIERS]


def put_into_tiers(tests: list[pytest.Item]) -> None:
    """Mark each test without a tier: as `site` if it uses a fixture of a site, else as `unit`."""
    for test in tests:
        if not tiers_of(test):
            test.add_marker("site" if SITES & set(test.fixturenames) else "unit")


class Watch:
    """Makes a unit test fail that does something in `FORBIDDEN`."""

    def __init__(self):
        self.test = ""
        sys.addaudithook(self._look)

    def begin(self, test: pytest.Item) -> None:
        """Start watching if `test` is a unit test."""
        self.test = test.nodeid if tiers_of(test) == ["unit"] else ""

    def end(self) -> None:
        """Stop watching."""
        self.test = ""

    def _look(self, event: str, _: tuple) -> None:
        if self.test and event in FORBIDDEN:
            raise AssertionError(f"{self.test} is in the tier unit, which allows no {event}; mark it with another")
