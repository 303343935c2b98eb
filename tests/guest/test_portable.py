"""The plugin as a guest where only Pelican itself is sure to run, such as Windows."""

from __future__ import annotations

import pytest

from builders import PROJECT
from guest.smoke import missing

pytestmark = pytest.mark.site
WITHOUT_POSIX = """
import os, runpy, sys
sys.path.append({plugins!r})
for name in ("fcntl", "grp", "pwd", "resource", "termios", "tty"):
    sys.modules[name] = None
for name in ("fork", "forkpty", "geteuid", "getuid", "sched_getaffinity", "register_at_fork"):
    vars(os).pop(name, None)
runpy.run_module("pelican", run_name="__main__", alter_sys=True)
"""
"""Pelican in a Python that has no modules and functions of POSIX alone."""


def test_a_guest_needs_nothing_that_only_some_systems_have(tmp_path):
    """A series gets its pages and feeds without forks and without modules that only POSIX has."""
    assert missing(tmp_path, "-c", WITHOUT_POSIX.format(plugins=str(PROJECT / "plugins"))) == []
