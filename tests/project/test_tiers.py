"""Every test is in exactly one tier, and unit tests do not leave their process."""

from __future__ import annotations

import os
import socket
import subprocess

import pytest

from tiers import TIERS, tiers_of


def test_every_test_is_in_one_tier(request):
    """Every test is marked with exactly one tier, so that a choice by tier runs each once."""
    assert {test.nodeid: tiers_of(test) for test in request.session.items if len(tiers_of(test)) != 1} == {}


def serve() -> None:
    """Bind a port of this machine."""
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
    """A unit test that starts a process or opens a connection fails with advice."""
    with pytest.raises(AssertionError, match=r"is in the tier unit, .* mark it with another"):
        act()


def test_every_tier_has_tests(request):
    """No tier is empty in a run of all tests."""
    if not request.config.option.markexpr and request.config.args == request.config.getini("testpaths"):
        assert {tier for test in request.session.items for tier in tiers_of(test)} == TIERS.keys()
