"""A small site does not wait for what it does not use."""

from __future__ import annotations

import subprocess
import sys

from builders import PROJECT

UNUSED = (
    *("PIL", "pagefind_bin", "ebooklib", "weasyprint", "rich.progress", "bs4", "brotli"),
    *(
        "essay_series.publish.gate",
        "essay_series.cards.draw",
        "essay_series.adapter.guest.generator",
        "essay_series.cli.publish.publish",
    ),
)
"""What a site without images, books, cards and search needs for no page of its own."""
BUILD = f"""
import sys
from pelican.plugins._utils import get_namespace_plugins
get_namespace_plugins()  # what other installed plugins load, Pelican does
for name in [name for name in sys.modules if name.split(".")[0] in {UNUSED!r}]:
    del sys.modules[name]
from essay_series.adapter.command import build
code = build(["content", "--fatal=errors", "--settings", "pelicanconf.py"])
loaded = [name for name in {UNUSED!r} if name in sys.modules]
sys.exit(f"loaded: {{loaded}}" if loaded else code)
"""


def test_a_plain_build_loads_nothing_that_it_does_not_use(site):
    """Neither libraries for images, books and search nor rooms of other commands are loaded for texts alone."""
    site.essay("one").configure()
    command = [sys.executable, "-c", BUILD]
    environment = {**site._environment(), "PYTHONPATH": "plugins"}  # noqa: SLF001 - as its builds have it
    (site.folder / "plugins").symlink_to(PROJECT / "plugins")
    done = subprocess.run(command, cwd=site.folder, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
