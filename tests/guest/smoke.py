"""The plugin on a small stock Pelican site, with what is installed: ``python tests/guest/smoke.py``.

It needs neither make nor the tools of the tests, so that it also runs on systems that the builder does not support.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

SETTINGS = """
SITENAME = "A blog"
SITEURL = "https://blog.example"
TIMEZONE = "UTC"
PATH = "content"
PLUGINS = ["essay_series"]
"""
TEXT = "Title: {title}\nDate: 2009-04-0{day}\nSeries: Turnings\nSide: {side}\nAnswers: {answers}\nEntry: So.\n\nText.\n"
TEXTS = {
    "price.md": TEXT.format(title="The price", day=1, side="cost", answers="the-gain"),
    "gain.md": TEXT.format(title="The gain", day=2, side="benefit", answers="the-price"),
}
MADE = ("the-price.html", "the-gain.html", "series/turnings/index.html", "series/index.html", "feeds/index.html")
"""Output files: two of Pelican's and three of the plugin's."""


def missing(folder: Path, *before: str) -> list[str]:
    """Build the site in `folder`; return which of the expected files are not there.

    Args:
        folder: an empty folder.
        before: arguments of Python, before the module that it runs.

    """
    (folder / "content").mkdir()
    (folder / "pelicanconf.py").write_text(SETTINGS, encoding="utf-8")
    for name, text in TEXTS.items():
        (folder / "content" / name).write_text(text, encoding="utf-8")
    command = [sys.executable, *(before or ("-m", "pelican")), "--fatal=errors", "--settings", "pelicanconf.py"]
    subprocess.run(command, cwd=folder, check=True)
    ledger = folder / "output/series/turnings/index.html"
    shown = ledger.is_file() and all(title in ledger.read_text(encoding="utf-8") for title in ("The price", "The gain"))
    return [name for name in MADE if not (folder / "output" / name).is_file()] + ["the ledger's entries"] * (not shown)


if __name__ == "__main__":
    with TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        wrong = missing(Path(temporary))
    print(f"Missing: {', '.join(wrong)}." if wrong else "The plugin made its pages.")
    sys.exit(bool(wrong))
