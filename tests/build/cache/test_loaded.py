"""A small build loads no module that it does not use."""

from __future__ import annotations

import subprocess
import sys

from builders import PROJECT

UNUSED = (
    *("PIL", "pagefind_bin", "ebooklib", "weasyprint", "rich.progress", "brotli"),
    *("bs4", "minify_html", "pelican.plugins.image_process", "babel"),
    *(
        "essay_series.publish.gate",
        "essay_series.cards.draw",
        "essay_series.adapter.guest.additions",
        "essay_series.cli.publish.publish",
    ),
)
"""What a site without images, books, cards and search needs for no page of its own."""
BUILD = f"""
import gc, sys
import pelican.readers  # which loads Pillow, where it is installed, by way of docutils
for name in [name for name in sys.modules if name.split(".")[0] == "PIL"]:
    del sys.modules[name]
from essay_series.cli.html import main
code = main(["content", "--fatal=errors", "--settings", "pelicanconf.py"])
loaded = [name for name in {UNUSED!r} if name in sys.modules]
if loaded:
    sys.exit(f"loaded: {{loaded}}")
if not (gc.isenabled() and gc.get_freeze_count()):
    sys.exit("what was loaded is searched for garbage, or nothing is")
sys.exit(code)
"""


def test_a_text_only_build_loads_no_unused_module(site):
    """No module for images, books, search, other commands or unused plugins is imported; loaded objects are frozen."""
    site.essay("one").configure()
    command = [sys.executable, "-c", BUILD]
    environment = {**site._environment(), "PYTHONPATH": "plugins"}  # noqa: SLF001 - as its builds have it
    (site.folder / "plugins").symlink_to(PROJECT / "plugins")
    done = subprocess.run(command, cwd=site.folder, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
