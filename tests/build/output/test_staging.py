"""Whatever happens to a build, the output is one whole site: the old one or the new one."""

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
    """Return the names in the folder of a site, without Python's bytecode."""
    return {path.name for path in site.folder.iterdir()} - {"__pycache__"}


def version(site: SiteTest, number: int) -> SiteTest:
    """Rewrite all essays of `site` to name the version `number`."""
    for slug in ("one", "two", "three"):
        words = f"Version-{number}"
        site.essay(slug, f"{words}. " * 200, Title=f"{words} {slug}", Slug=slug, Tags=words.lower())
    return site


def versions(build: Build) -> set[bytes]:
    """Return the versions that the files of an output name."""
    return {found for data in build.files().values() for found in re.findall(rb"(?i)version-\d+", data)}


def whole(build: Build, number: int) -> bool:
    """Tell whether the output is version `number` and no other, with all pages and feeds."""
    named = {found.lower() for found in versions(build)}
    pages = {"index.html", "archive/index.html", "feeds/all.atom.xml", "theme/OFL.txt", "essays/three/index.html"}
    pages |= {f"playbook/version-{number}/index.html"}
    return named == {f"version-{number}".encode()} and pages <= build.files().keys()


@pytest.fixture
def first(site) -> SiteTest:
    """Return a site with version 0 built."""
    assert version(site, 0).build().code == 0
    return site


def output(site: SiteTest) -> Build:
    """Return the present output."""
    return Build(0, "", site.folder / "output")


@pytest.mark.slow
def test_a_build_that_is_killed_leaves_one_whole_site(first):
    """After each of fifty kills at random moments there is one whole site; the next build succeeds."""
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


def test_a_file_that_is_added_during_a_build_stays(first):
    """A file that the author puts into the output during a build is there afterwards."""
    live = first.folder / "output"
    with begin(live) as staging:
        made = list(files_below(live))
        (live / "mine.txt").write_text("mine")
        staging.put_in_place((), made)
    assert (live / "mine.txt").read_text() == "mine"


def test_a_file_in_the_place_of_the_standby_tree_is_removed(site):
    """A file with the name of the standby tree does not fail a build."""
    (site.folder / ".output.standby").write_text("in the way")
    built = version(site, 0).build()
    assert built.code == 0, built.said
    assert whole(built, 0)
    assert whole(version(site, 1).build(), 1)


def refused(site: SiteTest, number: int = 1, **process) -> str:
    """Build version `number`, which must fail and leave version 0; return the output of the command."""
    running = version(site, number).start(**process)
    said, _ = running.communicate()
    assert running.returncode == 1, said
    assert whole(output(site), 0)
    assert present(site) <= LEFT
    return said


def test_a_full_disk_leaves_the_last_good_site(first):
    """A build on a full disk leaves the old site, byte for byte, and removes its staging folder."""
    before = output(first).files()
    refused(first, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (8_000, 8_000)))
    assert output(first).files() == before
    assert version(first, 2).build().code == 0


def test_a_folder_that_cannot_be_written_leaves_the_last_good_site(first):
    """If the folder of the output is read-only, the build says so in one line, and the next one succeeds."""
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
    """A missing template fails the build; the old site stays, and the next build succeeds."""
    shutil.copytree(PROJECT / "theme", first.folder / "theme")
    LEFT.add("theme")
    first.settings = "THEME = 'theme'\nTHEME_TEMPLATES_OVERRIDES = ['theme/static/css']\n"
    (first.folder / "theme/templates/components/page/site-header.html").rename(first.folder / "theme/kept")
    refused(first)
    (first.folder / "theme/kept").rename(first.folder / "theme/templates/components/page/site-header.html")
    assert version(first, 2).build().code == 0
    LEFT.remove("theme")


def test_two_builds_at_once_do_not_mix(first):
    """Of two builds at once, one succeeds, and the other succeeds or says that it has to wait."""
    version(first, 1)
    both = [process.wait() for process in (first.begin(), first.begin())]
    codes = [each.code for each in both]
    assert 0 in codes, both
    waiting = ["Another build of output/ is running" in " ".join(each.said.split()) for each in both]
    assert all(code == 0 or waits for code, waits in zip(codes, waiting, strict=True)), both
    assert whole(output(first), 1)


def test_a_second_build_has_to_wait(tmp_path):
    """While a build holds the lock no other can begin."""
    staging = begin(tmp_path / "output")
    with pytest.raises(BusyError, match=r"Another build of output/ is running; wait until it has ended\."):
        begin(tmp_path / "output")
    staging.end()
    begin(tmp_path / "output").end()


def test_ending_a_build_twice_does_not_affect_the_next(tmp_path):
    """Ending a build twice removes nothing of the next."""
    first = begin(tmp_path / "output")
    first.end()
    second = begin(tmp_path / "output")
    second.folder.mkdir()
    first.end()
    assert second.folder.is_dir()
    second.end()


def test_a_build_killed_between_two_renames_is_repaired(tmp_path):
    """Where folders are swapped by renaming, the next build restores a site that a kill left renamed."""
    former = tmp_path / ".output.former"
    former.mkdir()
    (former / "index.html").write_text("old")
    staging = begin(tmp_path / "output")
    assert (tmp_path / "output/index.html").read_text() == "old"
    staging.end()


def test_unchanged_files_keep_their_times(first):
    """A rewritten page with the same bytes keeps its mtime; a changed one has a new one."""
    old = first.folder / "output"
    for path in old.rglob("*.html"):
        os.utime(path, (1, 1))
    first.essay("one", "New words.", Title="Version-0 one", Slug="one", Tags="version-0")
    assert first.build().code == 0
    assert (old / "essays/two/index.html").stat().st_mtime == 1
    assert (old / "essays/one/index.html").stat().st_mtime > 1


def test_the_authors_own_files_in_the_output_stay(first):
    """Files and links of the author's own, and the mode of the output folder, survive a build."""
    (first.folder / "output/CNAME").write_text("e.example")
    (first.folder / "output/mine").symlink_to("elsewhere")
    (first.folder / "output").chmod(0o711)
    assert version(first, 1).build().code == 0
    found = first.folder / "output"
    assert (found / "CNAME").read_text() == "e.example"
    assert (found / "mine").readlink().name == "elsewhere"
    assert found.stat().st_mode & 0o777 == 0o711


@pytest.mark.parametrize("changed", [True, False], ids=["a page that is written anew", "a page that stays"])
def test_an_empty_folder_in_the_place_of_a_page_is_replaced(first, changed):
    """A page that became an empty folder is written again, and the next build succeeds."""
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
