"""Whatever becomes of a build, readers have one whole site: the old one or the new one."""

from __future__ import annotations

import os
import random
import re
import resource
import shutil
import time

import pytest

from builders import PROJECT, Build, SiteTest
from essay_series.build.output.mirror import files_below
from essay_series.build.output.staging import BusyError, begin

KILLS = 50
LEFT = {".output.standby", "content", "cache", "output", "pelicanconf.py", ".output.lock"}


def present(site: SiteTest) -> set[str]:
    """Return what lies in the folder of a site, the bytecode aside that Python keeps of its settings."""
    return {path.name for path in site.folder.iterdir()} - {"__pycache__"}


def version(site: SiteTest, number: int) -> SiteTest:
    """Let everything that `site` says name the version `number`."""
    for slug in ("one", "two", "three"):
        words = f"Version-{number}"
        site.essay(slug, f"{words}. " * 200, Title=f"{words} {slug}", Slug=slug, Tags=words.lower())
    return site


def versions(build: Build) -> set[bytes]:
    """Return the versions that any file of an output names."""
    return {found for data in build.files().values() for found in re.findall(rb"(?i)version-\d+", data)}


def whole(build: Build, number: int) -> bool:
    """Tell whether the output is that of the version `number` and of no other, with all of its pages and feeds."""
    named = {found.lower() for found in versions(build)}
    pages = {"index.html", "archive/index.html", "feeds/all.atom.xml", "theme/OFL.txt", "essays/three/index.html"}
    pages |= {f"playbook/version-{number}/index.html"}
    return named == {f"version-{number}".encode()} and pages <= build.files().keys()


@pytest.fixture
def first(site) -> SiteTest:
    """Return a site whose version 0 is built."""
    assert version(site, 0).build().code == 0
    return site


def output(site: SiteTest) -> Build:
    """Return what readers find now."""
    return Build(0, "", site.folder / "output")


@pytest.mark.slow
def test_a_build_that_is_killed_leaves_one_whole_site(first):
    """Fifty builds are killed at a random moment; after each there is one whole site, and the next build succeeds."""
    chance = random.Random(2009)  # noqa: S311 - the same moments in every run
    began = time.monotonic()
    version(first, 1).build()
    usual = time.monotonic() - began
    last = 1
    for number in range(2, KILLS + 2):
        process = version(first, number).begin()
        time.sleep(chance.uniform(0.3, 1.05) * usual)
        process.kill()
        process.wait()
        found = output(first)
        assert whole(found, last) or whole(found, number), f"after kill {number}: {versions(found)}"
        last = number if whole(found, number) else last
    done = version(first, 99).build()
    assert done.code == 0, done.said
    assert whole(done, 99)
    assert present(first) == LEFT


def test_a_file_that_comes_while_a_build_is_made_stays(first):
    """A file that the author puts into the output while a build is running is there afterwards."""
    live = first.folder / "output"
    with begin(live) as staging:
        made = list(files_below(live))
        (live / "mine.txt").write_text("mine")
        staging.put_in_place((), made)
    assert (live / "mine.txt").read_text() == "mine"


def test_what_is_in_the_way_of_the_other_tree_is_taken_away(site):
    """The first build leaves it alone, and the next one, which changes that tree, puts it aside."""
    (site.folder / ".output.standby").write_text("in the way")
    built = version(site, 0).build()
    assert built.code == 0, built.said
    assert whole(built, 0)
    assert whole(version(site, 1).build(), 1)


def refused(site: SiteTest, number: int = 1, **process) -> str:
    """Build the version `number`, which must fail and leave version 0; return what was said."""
    running = version(site, number).start(**process)
    said, _ = running.communicate()
    assert running.returncode == 1, said
    assert whole(output(site), 0)
    assert present(site) <= LEFT
    return said


def test_a_full_disk_leaves_the_last_good_site(first):
    """A build that can write no more leaves the old site, byte for byte, and takes its own leavings away."""
    before = output(first).files()
    refused(first, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (8_000, 8_000)))
    assert output(first).files() == before
    assert version(first, 2).build().code == 0


def test_a_folder_that_cannot_be_written_leaves_the_last_good_site(first):
    """Where nothing may be written beside the output, the build says so in one line, and the next one succeeds."""
    before = ("setpriv", "--bounding-set=-all", "--inh-caps=-all") if os.geteuid() == 0 else ()
    if before and not shutil.which("setpriv"):
        pytest.skip("NO SETPRIV: root may write anywhere")
    version(first, 1)
    first.start().communicate()
    version(first, 0).build()
    (first.folder / ".output.lock").unlink()
    first.folder.chmod(0o555)
    try:
        said = refused(first, 0, before=before)
    finally:
        first.folder.chmod(0o755)
    assert "output cannot be written: Permission denied." in " ".join(said.split())
    assert version(first, 2).build().code == 0


def test_a_broken_theme_leaves_the_last_good_site(first):
    """A template that is missing stops the build; the old site stays, and the next build succeeds."""
    shutil.copytree(PROJECT / "theme", first.folder / "theme")
    LEFT.add("theme")
    first.settings = "THEME = 'theme'\nTHEME_TEMPLATES_OVERRIDES = ['theme/static/css']\n"
    (first.folder / "theme/templates/components/page/site-header.html").rename(first.folder / "theme/kept")
    refused(first)
    (first.folder / "theme/kept").rename(first.folder / "theme/templates/components/page/site-header.html")
    assert version(first, 2).build().code == 0
    LEFT.remove("theme")


def test_two_builds_at_once_do_not_mix(first):
    """Of two builds of one output, one is made whole, and the other is made whole too or says that it has to wait."""
    version(first, 1)
    both = [process.wait() for process in (first.begin(), first.begin())]
    codes = [each.code for each in both]
    assert 0 in codes, both
    waiting = ["Another build of output/ is running" in " ".join(each.said.split()) for each in both]
    assert all(code == 0 or waits for code, waits in zip(codes, waiting, strict=True)), both
    assert whole(output(first), 1)


def test_a_second_build_has_to_wait(tmp_path):
    """While a build holds its output nobody else can begin one, and when it has ended anybody can."""
    staging = begin(tmp_path / "output")
    with pytest.raises(BusyError, match=r"Another build of output/ is running; wait until it has ended\."):
        begin(tmp_path / "output")
    staging.end()
    begin(tmp_path / "output").end()


def test_a_build_that_has_ended_harms_no_later_one(tmp_path):
    """To end a build twice takes nothing from the next."""
    first = begin(tmp_path / "output")
    first.end()
    second = begin(tmp_path / "output")
    second.folder.mkdir()
    first.end()
    assert second.folder.is_dir()
    second.end()


def test_an_output_between_two_places_is_brought_back(tmp_path):
    """Where a system cannot exchange folders at once, and the build died in between, the next one restores the site."""
    former = tmp_path / ".output.former"
    former.mkdir()
    (former / "index.html").write_text("old")
    staging = begin(tmp_path / "output")
    assert (tmp_path / "output/index.html").read_text() == "old"
    staging.end()


def test_unchanged_files_keep_their_times(first):
    """A page that is made as it was keeps its time, so that copying tools pass it over; a changed one is new."""
    old = first.folder / "output"
    for path in old.rglob("*.html"):
        os.utime(path, (1, 1))
    first.essay("one", "New words.", Title="Version-0 one", Slug="one", Tags="version-0")
    assert first.build().code == 0
    assert (old / "essays/two/index.html").stat().st_mtime == 1
    assert (old / "essays/one/index.html").stat().st_mtime > 1


def test_what_an_author_keeps_in_the_output_stays(first):
    """Files, links and modes of the author's own in the output folder outlive a build."""
    (first.folder / "output/CNAME").write_text("e.example")
    (first.folder / "output/mine").symlink_to("elsewhere")
    (first.folder / "output").chmod(0o711)
    assert version(first, 1).build().code == 0
    found = first.folder / "output"
    assert (found / "CNAME").read_text() == "e.example"
    assert (found / "mine").readlink().name == "elsewhere"
    assert found.stat().st_mode & 0o777 == 0o711


@pytest.mark.parametrize("changed", [True, False], ids=["a page that is written anew", "a page that stays"])
def test_a_folder_in_the_place_of_a_page_gives_way(first, changed):
    """Where a file of the output became an empty folder, it is made again, and the build after that is as any other."""
    page = first.folder / "output/essays/one/index.html"
    page.unlink()
    page.mkdir()
    assert first.build().code == 0
    assert page.is_file()
    if changed:
        version(first, 1)
    else:
        first.essay("four", "Text.")
    again = first.build()
    assert again.code == 0, again.said
    assert page.is_file()
    assert not list((first.folder / "output").rglob("index.html/*"))
