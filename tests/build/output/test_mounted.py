"""An output folder that is a mount point is updated file by file."""

from __future__ import annotations

import ctypes
import errno
import shutil
import subprocess
from pathlib import Path

import pytest

from author import files_of
from builders import SiteTest
from essay_series.build.output import staging, system
from essay_series.build.output.staging import begin

OLD = {"index.html": "old", "theme/a.css": "old", "gone/index.html": "old", "note": "old", "same.html": "same"}
NEW = {"index.html": "new", "theme/b.css": "new", "note/index.html": "new", "same.html": "same", "feed.xml": "new"}


def put(folder: Path, files: dict[str, str]) -> None:
    """Write `files` below `folder`."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


def there(folder: Path) -> dict[str, str]:
    """Return the files below `folder`."""
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


def a_build(live: Path, files: dict[str, str], before: dict[str, str] | None = None) -> None:
    """Replace the files `before` by `files`."""
    with begin(live) as staging:
        put(staging.folder, files)
        staging.put_in_place((before or {}).keys() - files.keys())


@pytest.fixture
def mounted(tmp_path):
    """Return an output folder at which another one is mounted."""
    live, other = tmp_path / "site/out put", tmp_path / "other"
    live.mkdir(parents=True)
    other.mkdir()
    if subprocess.run(["mount", "--bind", str(other), str(live)], check=False, capture_output=True).returncode:
        pytest.skip("NO MOUNT: only root may mount a folder")
    yield live
    subprocess.run(["umount", str(live)], check=True)


@pytest.fixture
def immovable(tmp_path, monkeypatch):
    """Return an output folder that cannot be renamed, although it is not a known mount point."""
    live = tmp_path / "output"
    live.mkdir()
    rename = Path.rename

    def refusing(self: Path, target: Path) -> Path:
        if self == live:
            raise OSError(errno.EBUSY, "Device or resource busy")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refusing)
    monkeypatch.setattr(staging, "c_function", lambda _: None)
    return live


@pytest.mark.site
@pytest.mark.parametrize("kind", ["mounted", "immovable"])
def test_a_folder_that_cannot_be_swapped_is_updated_in_place(kind, request):
    """After two builds the same folder has the new files and the author's own, and no others."""
    live = request.getfixturevalue(kind)
    inode = live.stat().st_ino
    a_build(live, OLD)
    (live / "mine.txt").write_text("mine")
    same = (live / "same.html").stat().st_ino
    a_build(live, NEW, before=OLD)
    assert there(live) == {**NEW, "mine.txt": "mine"}
    assert {path.name for path in live.iterdir()} == {
        "index.html",
        "theme",
        "note",
        "same.html",
        "feed.xml",
        "mine.txt",
    }
    assert (live.stat().st_ino, (live / "same.html").stat().st_ino) == (inode, same)


@pytest.mark.site
@pytest.mark.parametrize("kind", ["mounted", "immovable"])
def test_nothing_outside_the_folder_is_removed(kind, request):
    """A path that leads out of the output, by dots or by a link, removes nothing."""
    live = request.getfixturevalue(kind)
    put(live.parent, {"mine.txt": "mine", "elsewhere/mine.txt": "mine"})
    (live / "link").symlink_to(live.parent / "elsewhere")
    a_build(live, NEW, before={"../mine.txt": "", "link/mine.txt": "", "elsewhere": ""})
    assert (live.parent / "mine.txt").is_file()
    assert (live.parent / "elsewhere/mine.txt").is_file()


@pytest.mark.site
def test_assets_are_written_before_pages(mounted, monkeypatch):
    """At every moment each page finds its assets: they are written first, and old ones are removed last."""
    a_build(mounted, OLD)
    seen, copy = [], shutil.copy2

    def watching(new: Path, *args: object, **kwargs: object) -> object:
        if (mounted / "index.html").is_file():
            seen.append(((mounted / "index.html").read_text(), set(there(mounted / "theme"))))
        return copy(new, *args, **kwargs)

    monkeypatch.setattr(shutil, "copy2", watching)
    a_build(mounted, NEW, before=OLD)
    assert all(f"{'a' if page == 'old' else 'b'}.css" in styles for page, styles in seen)
    assert ("old", {"a.css", "b.css"}) in seen


@pytest.mark.site
def test_a_site_is_built_into_a_mounted_folder(mounted):
    """Two builds give the same bytes as elsewhere, without a standby tree."""
    site = SiteTest(mounted.parent, f"OUTPUT_PATH = {mounted.name!r}\n").essay("one").essay("two")
    assert site.build().code == 0
    site.essay("one", "Reworded.").remove("content/essays/two.md")
    built = site.build()
    assert built.code == 0, built.said
    elsewhere = site.build("--output", "plain", "--cache-path", "other")
    assert elsewhere.code == 0, elsewhere.said
    assert files_of(mounted) == files_of(mounted.parent / "plain")
    assert "Reworded." in (mounted / "essays/one/index.html").read_text()
    assert not (mounted / "essays/two").exists()
    assert sorted(path.name for path in mounted.parent.glob(".out put.*")) == [".out put.lock"]


def test_a_file_may_become_a_folder(tmp_path):
    """A page may replace a file that has the name of its folder, in any output."""
    a_build(tmp_path / "output", OLD)
    a_build(tmp_path / "output", NEW, before=OLD)
    assert there(tmp_path / "output") == NEW


def test_without_a_c_library_the_output_is_still_replaced(tmp_path, monkeypatch):
    """If Python cannot load the C library, as on Windows, the output is replaced by renaming."""

    def missing(_: None) -> None:
        raise TypeError

    monkeypatch.setattr(ctypes, "CDLL", missing)
    assert system.c_function("prctl") is None
    a_build(tmp_path / "output", {"a": "old"})
    a_build(tmp_path / "output", {"a": "new"}, before={"a": "old"})
    assert there(tmp_path / "output") == {"a": "new"}
