"""Publishing from any machine: the record alone says what is the site's own and what readers were given."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from builders import PROJECT, SiteTest
from essay_series.cli.command import run
from essay_series.record import text as record_text
from essay_series.record.record import Record
from essay_series.record.text import parse
from images.photos import a_photo

pytestmark = pytest.mark.site

ROOT = "https://e.example"
BEFORE = PROJECT / "tests/cli/before"
"""What the version before records had an end left behind: a repository with its branch, and the list of a cache."""


def git(*words, cwd) -> str:
    """Return what git says."""
    names = {f"GIT_{who}_{what}": "ada@e.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {**os.environ, **names}
    return subprocess.run(["git", *words], cwd=cwd, env=environment, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def template(tmp_path_factory) -> SiteTest:
    """Return a published site of three essays and an image, in a repository, from which each test gets a copy."""
    site = SiteTest(tmp_path_factory.mktemp("template") / "site", settings="SEARCH_SAVE_AS = ''\n")
    site.folder.mkdir()
    site.write("content/images/lamp.png", a_photo(40, 30, "PNG"))
    site.essay("one", "![A lamp]({static}/images/lamp.png)", Aliases="former").essay("two").essay("three")
    done = site.publish(ROOT)
    assert done.code == 0, done.said
    assert "A first publication" in done.said
    git("init", "--quiet", cwd=site.folder)
    git("add", "content", cwd=site.folder)
    git("commit", "--quiet", "--message", "Published", cwd=site.folder)
    return site


@pytest.fixture
def published(template, tmp_path) -> SiteTest:
    """Return a copy of the published site."""
    shutil.copytree(template.folder, tmp_path / "site")
    return SiteTest(tmp_path / "site", settings=template.settings)


def record(site):
    """Return the published record."""
    return parse((site.folder / "content/published.toml").read_bytes())


def refused(site, **words) -> str:
    """Return what a publication says that is refused, and leaves record and site as they were."""
    file = site.folder / "content/published.toml"
    before = file.read_bytes() if file.exists() else None
    done = site.publish(ROOT, **words)
    assert (done.code, "Traceback" in done.said) == (1, False), done.said
    assert (file.read_bytes() if file.exists() else None) == before
    return done.said


def test_all_files_for_readers_are_recorded(published):
    """Pages, copies, images, cards, feeds and data are recorded; hashed files and compressed copies are not."""
    found = record(published)
    files = {path.relative_to(published.folder / "public").as_posix() for path in _files(published.folder / "public")}
    named = {each.removeprefix("/") for each in found.all} | {
        f"{each.removeprefix('/')}index.html" for each in found.all
    }
    left_out = {path for path in files - named if path != ".essay-series.json"}
    assert {
        "/essays/one/index.md",
        "/essays/one/index.card.png",
        "/images/lamp.png",
        "/index.json",
    } <= found.files.keys()
    assert {"/robots.txt", "/sitemap.xml", "/pagefind/pagefind.js"} <= found.support.keys()
    assert left_out
    assert all(path.endswith((".gz", ".br")) or path.startswith(("sizes/", "theme/", "pagefind/")) for path in left_out)


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_removed_pages_are_deleted_on_any_machine(published):
    """Without the cache of the machine that published them, a removed essay and one that is a draft again are deleted.

    Their copies are deleted too; a file of the author's own stays, is reported, and is not part of the site.
    """
    shutil.rmtree(published.folder / "cache")
    (published.folder / "public/notes.txt").write_text("Mine.")
    assert published.publish(ROOT, command="gone", ADDRESS="/essays/three/").code == 0
    published.remove("content/essays/three.md")
    assert published.publish(ROOT, command="gone", ADDRESS="/essays/two/").code == 0
    published.essay("two", Status="draft")
    done = published.publish(ROOT)
    assert done.code == 0, done.said
    assert "Not part of this site, kept in public/ and never sent: notes.txt" in done.said
    assert [path for path in done.files() if "three" in path or "two" in path] == []
    assert {"notes.txt", "essays/one/index.html"} <= done.files().keys()
    assert all(fact.gone for address, fact in record(published).all.items() if "three" in address or "two" in address)


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("AS_OF = '2036-01-01'\n", "remove AS_OF from the settings"),
        ("WITH_FUTURE_DATES = True\n", "remove WITH_FUTURE_DATES from the settings"),
    ],
)
def test_a_publication_always_uses_the_present_time(published, setting, said):
    """A setting that publishes future essays is refused, as AS_OF is."""
    published.settings += setting
    assert said in refused(published)


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda _: "", 1),
        (lambda text: "\n".join(text.split("\n")[:10]), 10),
        (lambda text: text.replace("[addresses]", "[adresses]"), 5),
        (lambda text: text.replace('"/essays/three/"', '"/essays/four/"'), None),
    ],
    ids=["empty", "cut", "table", "edited"],
)
def test_a_damaged_record_stops_every_command(published, change, line):
    """A build, a publication and make gone name its line and the cure, and write nothing."""
    file = published.folder / "content/published.toml"
    file.write_text(change(file.read_text()))
    told = refused(published)
    assert "content/published.toml:" in told
    assert line is None or f"content/published.toml:{line}:1: " in told
    assert "run: make record" in told
    assert "run: make record" in refused(published, command="gone", ADDRESS="/essays/one/")


def test_a_lost_record_is_no_first_publication(published):
    """If git's history or the published folder shows that there was a record, the message says how to restore it."""
    whole = (published.folder / "content/published.toml").read_bytes()
    published.remove("content/published.toml")
    assert "git's history has one. Restore it: git checkout " in refused(published)
    shutil.rmtree(published.folder / ".git")
    assert "public/ is not empty" in refused(published)
    done = published.publish(ROOT, command="record")
    assert done.code == 0, done.said
    assert record(published).ids == parse(whole).ids
    shutil.rmtree(published.folder / "public")
    published.remove("content/published.toml")
    done = published.publish(ROOT, command="record")
    assert (done.code, "No publication is known" in done.said) == (1, True)


def test_a_record_that_lacks_lines_of_git_is_refused(published):
    """A line that a commit had is missed, and make record restores it."""
    file = published.folder / "content/published.toml"
    later = file.read_bytes()
    assert published.publish(ROOT, command="gone", ADDRESS="/essays/three/").code == 0
    git("commit", "--quiet", "--all", "--message", "Gone", cwd=published.folder)
    gone = record(published)
    file.write_bytes(later)
    assert "an earlier version is missing, although git's history has" in refused(published)
    assert published.publish(ROOT, command="record").code == 0
    assert record(published).follows(gone.digest)
    file.write_bytes(b"")
    done = published.publish(ROOT, command="record")
    assert (done.code, "restored: /essays/one/" in done.said) == (0, True), done.said
    assert record(published).facts == gone.facts
    assert "is complete" in published.publish(ROOT, command="record").said


def test_a_public_folder_that_is_ahead_stops_a_publication(published):
    """If public/ holds the deployment of another machine, the record of that machine must be pulled first."""
    marker = published.folder / "public/.essay-series.json"
    marker.write_text(marker.read_text().replace(record(published).digest, "0" * 32))
    assert "public/ was published with a later or a different record. Pull first" in refused(published)


def test_make_record_resolves_a_merge(published):
    """After a merge conflict, make record keeps what both branches published."""
    file = published.folder / "content/published.toml"
    text = file.read_text()
    mine, theirs = (_with_line(text, slug) for slug in ("four", "five"))
    file.write_text(f"{text.partition('[end]')[0]}<<<<<<< HEAD\n{mine}=======\n{theirs}>>>>>>> theirs\n")
    assert "it contains the conflict markers of a merge" in refused(published)
    assert published.publish(ROOT, command="record").code == 0
    assert {"/essays/four/", "/essays/five/", "/essays/one/"} <= record(published).facts.keys()
    assert record(published).follows(parse(text.encode()).digest)


def _with_line(text: str, slug: str) -> str:
    line = f'[addresses]\n"/essays/{slug}/" = {{ first = "2026-12-01" }}\n'
    return f"{line}\n[end]\n{text.partition('[end]')[2].lstrip()}"


def test_images_and_copies_cannot_vanish_silently(published):
    """A deleted image, and copies that are no longer made, stop a publication until make gone records them."""
    published.remove("content/images/lamp.png").essay("one", "No lamp.", Aliases="former")
    published.settings += "COPIES = ['md']\n"
    told = refused(published)
    assert "/images/lamp.png was published, and the site has no such file now [vanished-address]" in told
    assert "make gone ADDRESS='/essays/one/index.bib'" in told
    for address in ("/images/lamp.png", "/essays/*.bib", "/essays/*.csl.json"):
        assert published.publish(ROOT, command="gone", ADDRESS=address).code == 0
    done = published.publish(ROOT)
    assert done.code == 0, done.said
    assert [path for path in done.files() if path.endswith((".bib", "lamp.png"))] == []


def test_copies_follow_their_page_to_a_new_address(published):
    """After a rename, the copies at the old address are those of the new page."""
    published.remove("content/essays/two.md").essay("second", Aliases="two")
    done = published.publish(ROOT)
    assert done.code == 0, done.said
    for end in ("md", "bib", "csl.json", "card.png"):
        assert done.files()[f"essays/two/index.{end}"] == done.files()[f"essays/second/index.{end}"]


KILLED = """
import os
from essay_series.record import text as record_text
write = record_text.write
record_text.write = lambda file, record: (write(file, record), os._exit(9))
from essay_series.cli.publish.publish import publication
publication(os.environ)
"""
"""A publication that is killed as soon as the record is written."""


def test_a_publication_that_is_killed_loses_nothing(published):
    """Killed right after writing the record, it leaves the old site, which is not deployed as the new one."""
    known, files = record(published), (published.folder / "public/essays/one/index.html").read_bytes()
    published.essay("four")
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "plugins"), "SITEURL": ROOT}
    killed = subprocess.run([sys.executable, "-c", KILLED], cwd=published.folder, env=environment, check=False)
    assert killed.returncode == 9
    assert record(published).follows(known.digest)
    assert (published.folder / "public/essays/one/index.html").read_bytes() == files
    deployed = published.publish(ROOT, command="deploy", TARGET="github-pages", TO="nowhere")
    assert "public/ does not match the published record" in deployed.said
    done = published.publish(ROOT)
    assert done.code == 0, done.said
    assert "essays/four/index.html" in done.files()


def test_a_full_disk_leaves_the_old_record(tmp_path):
    """A record that cannot be written completely does not replace the old one."""
    file = tmp_path / "published.toml"
    record_text.write(file, Record(authority="e.example,2026"))
    before = file.read_bytes()
    (tmp_path / "published.new").symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space left on device"):
        record_text.write(file, Record(authority="f.example,2026"))
    assert file.read_bytes() == before


def test_a_full_disk_is_reported_in_one_line(capsys):
    """Every other OSError keeps its traceback."""

    def failing(number):
        def command(_):
            raise OSError(number, os.strerror(number), "public/index.html")

        return command

    assert run(failing(errno.ENOSPC)) == 1
    assert "No space left on device: public/index.html. Free some space" in capsys.readouterr().err
    with pytest.raises(OSError, match="Input/output error"):
        run(failing(errno.EIO))


@pytest.fixture
def before(tmp_path) -> SiteTest:
    """Return a clone of a repository of the version before, with the settings of its site."""
    git("clone", "--quiet", str(BEFORE / "repository.bundle"), "site", cwd=tmp_path)
    more = "SEARCH_SAVE_AS = SEARCH_URL = ''\nBOOK_FORMATS = []\n"
    return SiteTest(tmp_path / "site", settings=more)


def filled(site, branch) -> None:
    """Fill `public/` of `site` from what was deployed, as the shipped workflow does."""
    (site.folder / "public").mkdir()
    with subprocess.Popen(["git", "archive", branch], cwd=site.folder, stdout=subprocess.PIPE) as packed:
        subprocess.run(["tar", "--extract", "--directory", "public"], cwd=site.folder, stdin=packed.stdout, check=True)


def test_a_record_of_version_0_1_0_is_upgraded_in_a_fresh_clone(before):
    """Without a cache, every published file is recorded, and leftovers of a removed essay are deleted."""
    filled(before, "origin/gh-pages")
    assert (before.folder / "public/essays/three/index.md").exists()
    old = before.folder.joinpath("content/published.toml").read_bytes()
    done = before.publish(ROOT)
    assert done.code == 0, done.said
    assert "The published record had the format of version 0.1.0" in done.said
    assert "Not part of this site" not in done.said
    assert record(before).facts.items() >= parse(old).facts.items()
    assert {"/images/lamp.png", "/essays/one/index.md", "/essays/one/index.card.png"} <= record(before).files.keys()
    assert [path for path in done.files() if "three" in path] == []
    assert {".nojekyll", "CNAME"} <= done.files().keys()


def test_a_record_of_version_0_1_0_is_upgraded_with_its_cache(before):
    """The cache lists the published images, including one that was deleted from the sources."""
    git("checkout", "--quiet", "published", cwd=before.folder)
    filled(before, "deployed")
    (before.folder / "cache").mkdir()
    listing = (BEFORE / "made.json").read_text().replace("/home/ada/essays", str(before.folder))
    (before.folder / "cache/made.json").write_text(listing)
    before.remove("content/images/lamp.png")
    for slug in ("one", "two", "three"):
        before.essay(slug, Aliases="former" if slug == "two" else None)
    assert "/images/lamp.png was published, and the site has no such file now" in refused(before)


def test_a_truncated_record_of_version_0_1_0_is_refused(before):
    """Wherever it was cut, git's history or the published folder shows what is missing."""
    file = before.folder / "content/published.toml"
    lines = file.read_text().splitlines(keepends=True)
    for number in (7, 10, len(lines) - 1):
        file.write_text("".join(lines[:number]))
        assert "although git's history has" in refused(before)
    shutil.rmtree(before.folder / ".git")
    assert "neither git nor public/ can show whether it is complete" in refused(before)
    git("clone", "--quiet", str(BEFORE / "repository.bundle"), "other", cwd=before.folder)
    filled(SiteTest(before.folder / "other"), "origin/gh-pages")
    (before.folder / "other/public").rename(before.folder / "public")
    assert "/playbook/ is in public/ but not in this record" in refused(before)
