"""The builder gives the same bytes as plain ``pelican``, and writes everything if other plugins take part."""

from __future__ import annotations

import re

import pytest

from author import files_of
from builders import SAMPLE, SiteTest

pytestmark = pytest.mark.site

FULL = (
    "SITEURL = 'https://a.example'\nSEARCH_INDEX = True\nIMAGE_WIDTHS = [8, 16]\nCARDS = True\nOFFLINE = True\n"
    "THEME_STATIC_PATHS = ['static/fonts']\nTEMPLATE_PAGES = {'plain.html': 'plain.html'}\n"
)
OTHER = """
from pelican import signals

def report(pelican):
    with open(pelican.output_path + "/report.txt", "w") as file:
        file.write(pelican.settings["OUTPUT_PATH"])

def register():
    signals.finalized.connect(report)
"""


@pytest.fixture
def full(site) -> SiteTest:
    """Return a site with everything that a site can have."""
    site.settings = FULL
    site.sample().write("content/plain.html", "Hello.")
    for image in SAMPLE.glob("content/images/*"):
        site.write(f"content/images/{image.name}", image.read_bytes())
    return site


def test_plain_pelican_builds_the_same_bytes(full):
    """Plain ``pelican`` with the same settings writes the same files, byte for byte, and nothing elsewhere."""
    built = full.build()
    assert built.code == 0, built.said
    alone = full.build("--output", "alone", by="pelican")
    assert alone.code == 0, alone.said
    assert files_of(full.folder / "alone") == files_of(full.folder / "output")
    assert not list(full.folder.glob(".alone.*")), "nothing is built beside it"


def test_the_last_line_says_what_was_built(site):
    """The last line names the folder and counts published and other essays, and the files written."""
    site.essay("one").essay("two").essay("three", Status="draft")
    assert re.fullmatch(
        r"Built output/: 2 essays, 1 not published\. (\d+) of \1 files were written in .* s\.", lines(site)[-1]
    )
    site.essay("one", body="Another text.")
    assert re.search(r"Built output/: 2 essays, 1 not published\. \d of \d\d files", lines(site)[-1])


def lines(site: SiteTest) -> list[str]:
    """Build `site`, and return the lines of its output."""
    return site.build().said.strip().splitlines()


def test_plain_pelican_writes_every_file(full):
    """Plain ``pelican`` writes every file, whatever the output folder holds."""
    assert full.build(by="pelican").code == 0
    good = files_of(full.folder / "output")
    for path in ("index.html", "robots.txt", "feeds/all.atom.xml"):
        (full.folder / "output" / path).write_text("mine")
    assert full.build(by="pelican").code == 0
    assert files_of(full.folder / "output") == good


def test_the_builder_rewrites_what_plain_pelican_wrote(full):
    """Files that plain ``pelican`` wrote count as changed after the build, and are written again."""
    assert full.build().code == 0
    good = files_of(full.folder / "output")
    assert full.build(by="pelican").code == 0
    (full.folder / "output/index.html").write_text("mine")
    assert full.build().code == 0
    assert files_of(full.folder / "output") == good


def test_with_another_plugin_everything_is_written(full):
    """Another plugin sees one output folder, its files are part of the site until it is disabled; a line says so."""
    good = files_of(full.build().output)
    full.write("own/reporting.py", OTHER)
    full.settings = f"{FULL}PLUGIN_PATHS = [*PLUGIN_PATHS, 'own']\nPLUGINS = [*PLUGINS, 'reporting']\n"
    for _ in range(2):
        done = full.build()
        assert done.code == 0, done.said
        assert done.said.count("Other plugins are enabled, so every file is written again.") == 1
        found = files_of(full.folder / "output")
        assert found.pop("report.txt").endswith(b"/.output.new")
        assert found == good
    full.settings = FULL
    assert files_of(full.build().output) == good
