"""Every test runs, in one tier, and a unit test is one."""

from __future__ import annotations

import os
import socket
import subprocess
from fnmatch import fnmatch

import pytest

from builders import PROJECT
from tiers import TIERS, tiers_of


def test_every_test_is_in_one_tier(request):
    """No test is in none, where no choice by tier would ever run it, and none in two, which would run it twice."""
    assert {test.nodeid: tiers_of(test) for test in request.session.items if len(tiers_of(test)) != 1} == {}


def test_no_folder_of_tests_is_left_out(request):
    """Pytest goes into each folder that holds tests; left to itself it passes by each that is called "build"."""
    tests = PROJECT / "tests"
    folders = {part for file in tests.rglob("test_*.py") for part in file.relative_to(tests).parent.parts}
    assert "build" in folders
    left_out = request.config.getini("norecursedirs")
    assert [name for name in folders for pattern in left_out if fnmatch(name, pattern)] == []


def serve() -> None:
    """Take a port of this machine."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))


@pytest.mark.parametrize(
    "act",
    [
        lambda: subprocess.run(["true"], check=True),
        lambda: os.system("true"),  # noqa: S605 - it is refused
        lambda: os.fork() or os._exit(0),
        lambda: os.posix_spawn("/bin/true", ["true"], {}),
        lambda: socket.create_connection(("127.0.0.1", 9)),
        serve,
    ],
    ids=["a command", "a shell", "a fork", "a spawned process", "a connection", "a server"],
)
def test_a_unit_test_cannot_leave_its_process(act):
    """In the tier unit, what starts a process or speaks to one fails, and says what to do."""
    with pytest.raises(AssertionError, match=r"is in the tier unit, .* mark it with another"):
        act()


def test_every_tier_has_tests(request):
    """No tier is empty; a run of some of the tests has no say in it."""
    if not request.config.option.markexpr and request.config.args == request.config.getini("testpaths"):
        assert {tier for test in request.session.items for tier in tiers_of(test)} == TIERS.keys()
