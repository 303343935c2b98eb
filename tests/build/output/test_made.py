"""Only files that builds made are removed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import PROJECT
from essay_series.build.output import made
from essay_series.build.output.staging import begin
from essay_series.build.plan import Plan

NAMES = st.sets(st.sampled_from(("a", "b", "c/x", "c/y", "d/e/x", "d/z")))


def a_plan(paths, known=()) -> Plan:
    """Return the plan of a build that writes `paths` and removes the others of `known`."""
    return Plan(write=dict.fromkeys(paths, "new file"), remove=frozenset(known) - set(paths))


@dataclass(frozen=True)
class Place:
    """A folder with an output folder and the list of made files."""

    root: Path

    @property
    def output(self) -> Path:
        """The output folder."""
        return self.root / "output"

    @property
    def listing(self) -> Path:
        """The list of what was made."""
        return self.root / "cache" / "made.json"

    def write(self, *paths: str) -> None:
        """Write files, given below the root."""
        for path in paths:
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_text(path)

    def build(self, *paths: str) -> None:
        """Write files of the output folder as a build does, and list them."""
        with begin(self.output) as staging:
            for path in paths:
                (staging.folder / path).parent.mkdir(parents=True, exist_ok=True)
                (staging.folder / path).write_text(path)
            made.put_in_place(self.listing, staging, a_plan(paths, self.known()))

    def known(self) -> list[str]:
        """Return what the last build made."""
        return made.made_in(self.listing, self.output) or []

    def record(self, *paths: str) -> None:
        """Write a list with `paths`, which need not exist."""
        self.listing.parent.mkdir(parents=True, exist_ok=True)
        self.listing.write_text(json.dumps({"../output": list(paths)}))
        self.output.mkdir(exist_ok=True)

    def files(self) -> set[str]:
        """Return the files of the output folder."""
        return {p.relative_to(self.output).as_posix() for p in self.output.rglob("*") if not p.is_dir()}

    def folders(self) -> set[str]:
        """Return the folders of the output folder."""
        return {p.relative_to(self.output).as_posix() for p in self.output.rglob("*") if p.is_dir()}


@pytest.fixture
def place(tmp_path) -> Place:
    """Return an empty folder."""
    return Place(tmp_path)


@given(NAMES, NAMES, NAMES)
def test_a_build_removes_only_files_of_the_build_before(before, foreign, after):
    """After two builds, files that only the first one made are gone, and foreign files stay."""
    foreign -= before
    with TemporaryDirectory() as folder:
        place = Place(Path(folder))
        place.build(*before)
        place.write(*(f"output/{path}" for path in foreign))
        place.build(*after)
        assert place.files() == foreign | after


@given(NAMES, NAMES)
def test_no_empty_folder_is_left(before, after):
    """Every folder that is left has a file somewhere below it."""
    with TemporaryDirectory() as folder:
        place = Place(Path(folder))
        place.build(*before)
        place.build(*after)
        needed = {parent.as_posix() for path in after for parent in Path(path).parents} - {"."}
        assert place.folders() == needed


def test_made_files_are_listed_by_output_folder(place):
    """The list has the sorted paths of each output folder."""
    place.build("b.html", "a/index.html")
    assert made.recorded(place.listing) == {place.output.resolve(): ["a/index.html", "b.html"]}


def test_a_folder_with_a_foreign_file_stays(place):
    """A folder with a foreign file stays, and no other."""
    place.build("a/made", "b/c/made")
    place.write("output/a/foreign")
    place.build()
    assert (place.files(), place.folders()) == ({"a/foreign"}, {"a"})


def test_the_output_folder_itself_stays(place):
    """A build without files leaves an empty output folder, since a server may serve it."""
    place.build("a/b", "c")
    place.build()
    assert list(place.output.iterdir()) == []


def test_missing_files_are_ignored(place):
    """A file that the author removed between two builds does not matter."""
    place.build("a/b", "c")
    (place.output / "a/b").unlink()
    place.build()
    assert place.files() == set()


def test_output_folders_are_independent(place):
    """A build into another folder removes nothing from the first, and both are listed."""
    place.build("a")
    other = place.root / "public"
    with begin(other) as staging:
        made.put_in_place(place.listing, staging, a_plan([]))
    assert place.files() == {"a"}
    assert made.recorded(place.listing) == {place.output.resolve(): ["a"], other.resolve(): []}


@pytest.mark.parametrize("path", ["../mine", "a/../../mine", "a/../../output/../mine", "{root}/mine"])
def test_nothing_outside_the_output_folder_is_removed(place, path):
    """Listed paths that lead out of the output folder are ignored."""
    place.write("mine", "output/a/b")
    place.record(path.format(root=place.root))
    place.build()
    assert (place.root / "mine").exists()


def test_nothing_behind_a_linked_folder_is_removed(place):
    """Files behind a symbolic link to a folder are not removed."""
    place.write("elsewhere/mine")
    place.record("link/mine")
    (place.output / "link").symlink_to(place.root / "elsewhere")
    place.build()
    assert (place.root / "elsewhere/mine").exists()


def test_of_a_link_only_the_link_is_removed(place):
    """A symbolic link that a build made is removed, even if broken; its target stays."""
    place.write("mine")
    place.record("link", "broken")
    (place.output / "link").symlink_to(place.root / "mine")
    (place.output / "broken").symlink_to(place.root / "nothing")
    place.build()
    assert place.files() == set()
    assert (place.root / "mine").exists()


def test_an_output_folder_behind_a_link_is_the_same_folder(place):
    """An output folder has one list, whether it is named by a link or not."""
    place.build("a", "b")
    (place.root / "link").symlink_to(place.output)
    with begin(place.root / "link") as staging:
        (staging.folder).mkdir()
        (staging.folder / "a").write_text("a")
        made.put_in_place(place.listing, staging, a_plan(["a"], place.known()))
    assert place.files() == {"a"}
    assert (place.root / "link").is_symlink()


@pytest.mark.parametrize("path", ["", ".", "..", "a/..", "a", "a/", "file/below", "nul\0"])
def test_listed_paths_that_are_not_files_are_ignored(place, path):
    """A listed path that is a folder now, or below a file, is ignored, and the rest is removed."""
    place.write("output/a/mine", "output/file", "output/old")
    place.record(path, "old")
    place.build()
    assert place.files() == {"a/mine", "file"}


@pytest.mark.parametrize(
    "damaged",
    [
        *(b"", b"{", b"[]", b"null", b"7", b'"a"', b"\xff\xfe", b'{"output": 7}', b'{"output": null}'),
        *(b'{"output": "abc"}', b'{"output": [7]}', b'{"output": {"a": 1}}', b'{"output": ["a"], "other": 7}'),
    ],
)
def test_a_damaged_list_is_an_empty_list(place, damaged):
    """A damaged list counts as empty, so nothing is removed; the next build replaces it."""
    place.write("output/a", "output/b")
    place.listing.parent.mkdir()
    place.listing.write_bytes(damaged.replace(b"output", b"../output"))
    assert made.recorded(place.listing) == {}
    place.build("b")
    assert place.files() == {"a", "b"}
    assert made.recorded(place.listing) == {place.output.resolve(): ["b"]}


def test_without_a_list_nothing_is_removed(place):
    """Without a list, all existing files count as foreign."""
    place.write("output/mine")
    place.build("a")
    assert place.files() == {"mine", "a"}


def test_clean_removes_the_made_files_of_every_folder(place):
    """Afterwards the output folders and the list are gone."""
    place.build("a/b", "c")
    with begin(place.root / "public") as staging:
        made.put_in_place(place.listing, staging, a_plan(["d"]))
    made.clean(place.listing, place.root)
    assert list(place.root.iterdir()) == [place.listing.parent]
    assert not place.listing.exists()


def test_clean_leaves_foreign_files(place):
    """A foreign file and the folders around it stay."""
    place.build("a/made", "b")
    place.write("output/a/mine")
    made.clean(place.listing, place.root)
    assert place.files() == {"a/mine"}


def test_clean_without_a_list_does_nothing(place):
    """Cleaning twice, or before the first build, does nothing."""
    place.write("output/mine")
    made.clean(place.listing, place.root)
    assert place.files() == {"mine"}


@pytest.mark.site
def test_clean_is_a_command(place):
    """Run with the path of the list, the module removes what builds made."""
    place.build("a")
    subprocess.run(
        [sys.executable, "-m", "essay_series.build.output.made", str(place.listing)],
        env={"PYTHONPATH": str(PROJECT / "plugins")},
        cwd=place.root,
        check=True,
    )
    assert not place.output.exists()


def test_cleaning_a_copy_leaves_the_original(place, tmp_path_factory):
    """Cleaning a copied project removes the files of the copy only."""
    place.build("a/b")
    copy = Place(tmp_path_factory.mktemp("copy") / "project")
    shutil.copytree(place.root, copy.root)
    made.clean(copy.listing, copy.root)
    assert place.files() == {"a/b"}
    assert not copy.output.exists()


@pytest.mark.parametrize("named", ["{other}", "../../other", "../link", "..", ".", "", "../src", "../output/.."])
def test_clean_touches_only_outputs_of_its_project(place, named):
    """A list that was edited or comes from elsewhere removes nothing outside the outputs of this project."""
    outside = place.root.parent / "other"
    inside = Place(place.root / "project")
    inside.build("a")
    for folder in (outside, inside.root / "src"):
        folder.mkdir(exist_ok=True)
        (folder / "mine").write_text("mine")
    (outside.with_name(".other.lock")).touch()
    (inside.root / "link").symlink_to(outside)
    (inside.root / "mine").write_text("mine")
    inside.listing.write_text(json.dumps({named.format(other=outside): ["mine", "cache/made.json"]}))
    made.clean(inside.listing, inside.root)
    kept = [outside / "mine", inside.root / "mine", inside.root / "src/mine", inside.output / "a"]
    assert [file for file in kept if not file.exists()] == []


def test_a_list_with_absolute_folders_is_understood(place):
    """In a list of an earlier version, which names folders by absolute paths, those below the project are cleaned."""
    place.build("a")
    place.listing.write_text(json.dumps({str(place.output.resolve()): ["a"]}))
    assert made.made_in(place.listing, place.output) == ["a"]
    made.clean(place.listing, place.root)
    assert not place.output.exists()


def test_the_list_is_written_atomically(place):
    """No temporary file is left beside the list."""
    place.build("a")
    assert list(place.listing.parent.iterdir()) == [place.listing]
