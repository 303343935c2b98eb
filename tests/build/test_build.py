"""A build writes what its plan says, keeps the rest, and saves what the next build needs."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from essay_series.build import executor
from essay_series.build.build import Build, OutputError
from essay_series.build.cache.store import Store
from essay_series.build.executor import execute, one_of
from essay_series.build.output import made, manifest
from essay_series.build.output.staging import begin
from essay_series.build.target import Target

pytestmark = pytest.mark.site


@dataclass
class Project:
    """A folder with an output that is built from texts."""

    root: Path
    theme: str = "plain"
    count: int = 0
    done: Build | None = field(default=None)

    @property
    def output(self) -> Path:
        """The output folder."""
        return self.root / "output"

    def build(self, texts: dict[str, str], *more: Callable[[Build], None], alone: bool = True) -> dict[str, str]:
        """Build a file of each text, call `more` with the build, and return the reasons for writing files."""
        store, listing = Store(self.root / "cache/store.sqlite"), self.root / "cache/made.json"
        self.count += 1
        with begin(self.output) as staging:
            listed = made.made_in(listing, self.output) or ()
            previous = manifest.load(store, manifest.owned(store, staging.live, listed))
            build = Build(store, staging.live, staging.folder, previous, is_alone=alone)
            build.common = {"theme": self.theme}
            build.began = datetime(2009, 4, self.count, tzinfo=UTC)
            build.add(Target(path, build.key(content=text), text.encode) for path, text in texts.items())
            build.execute()
            for act in more:
                act(build)
            build.finish(staging, listing)
        self.done = build
        return dict(build.done.write)

    def files(self) -> dict[str, str]:
        """Return the files of the output."""
        found = (path for path in self.output.rglob("*") if path.is_file())
        return {path.relative_to(self.output).as_posix(): path.read_text() for path in found}


@pytest.fixture
def project(tmp_path) -> Project:
    """Return a project without a build."""
    return Project(tmp_path)


def test_a_build_writes_what_changed_and_keeps_the_rest(project):
    """Of two files only the changed one is written; the other stays the same file."""
    project.build({"a": "one", "b/c.html": "two"})
    before = (project.output / "a").stat().st_ino
    assert project.build({"a": "one", "b/c.html": "other"}) == {"b/c.html": "its content changed"}
    assert project.files() == {"a": "one", "b/c.html": "other"}
    assert (project.output / "a").stat().st_ino == before


def test_an_unchanged_build_writes_nothing(project):
    """If nothing has changed, nothing is written."""
    project.build({"a": "one"})
    assert project.build({"a": "one"}) == project.build({"a": "one"}) == {}


def test_a_file_without_a_target_is_removed(project):
    """A file that has no target any more is removed; the author's own files stay."""
    project.build({"a": "one", "b": "two"})
    (project.output / "mine").write_text("mine")
    project.build({"a": "one"})
    assert project.files() == {"a": "one", "mine": "mine"}


def test_another_theme_writes_every_file(project):
    """A change of the common key writes every file, and the reason names it."""
    project.build({"a": "one", "b": "two"})
    project.theme = "other"
    assert project.build({"a": "one", "b": "two"}) == dict.fromkeys("ab", "the theme changed")


TOUCHES = {
    "the file is missing": Path.unlink,
    "the file was changed after it was built": lambda path: path.write_text("mine"),
}


@pytest.mark.parametrize("reason", TOUCHES)
def test_a_changed_or_missing_output_is_written_again(project, reason):
    """A file of the output that was removed or changed is written again."""
    project.build({"a": "one", "b": "two"})
    TOUCHES[reason](project.output / "a")
    assert project.build({"a": "one", "b": "two"}) == {"a": reason}
    assert project.files() == {"a": "one", "b": "two"}


def test_a_change_that_keeps_size_and_mtime_is_detected(project):
    """A file that was changed in place, with its size and mtime restored, is written again."""
    project.build({"a": "one"})
    file = project.output / "a"
    before = file.stat()
    file.write_text("eno")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert project.build({"a": "one"}) == {"a": "the file was changed after it was built"}


def test_without_the_store_every_file_is_written(project):
    """If the store is lost, every file is written, and the output is the same."""
    project.build({"a": "one"})
    (project.root / "cache/store.sqlite").unlink()
    assert project.build({"a": "one"}) == {"a": "there is no record of what it was made from"}


@pytest.mark.parametrize("alone", [True, False])
def test_without_the_list_unchanged_files_are_known_by_the_store(project, alone):
    """If the list of made files is lost, files that are as a build left them are still removed; changed ones stay."""
    project.build({"a": "one", "b": "two", "c": "three"}, alone=alone)
    (project.root / "cache/made.json").unlink()
    (project.output / "c").write_text("mine")
    project.build({"a": "one"}, alone=alone)
    assert project.files() == {"a": "one", "c": "mine"}


def test_files_of_other_plugins_belong_to_the_output(project):
    """A file that another plugin writes is written in every build, and removed when the plugin no longer writes it."""

    def by_another(build: Build) -> None:
        (build.folder / "seo").mkdir(parents=True)
        (build.folder / "seo/report").write_text("theirs")

    assert project.build({"a": "one"}, by_another)["seo/report"] == "made on every build"
    assert project.build({"a": "one"}, by_another) == {"seo/report": "made on every build"}
    project.build({"a": "one"})
    assert project.files() == {"a": "one"}


def test_with_another_plugin_every_file_is_written(project):
    """If another plugin may change any file, none is kept."""
    project.build({"a": "one"}, alone=False)
    assert project.build({"a": "one"}, alone=False) == {"a": "made on every build"}


def test_the_reason_for_writing_a_file_is_recorded(project):
    """The manifest has the reason and time of the last write of a file, also after builds that kept it."""
    project.build({"a": "one", "b": "two"})
    project.build({"a": "more", "b": "two"})
    project.build({"a": "more", "b": "too"})
    store = Store(project.root / "cache/store.sqlite")
    found = manifest.load(store, ["a"])["a"]
    assert (found.reason, found.moment) == ("its content changed", "2009-04-02T00:00:00+00:00")
    assert manifest.last_build(store) == "2009-04-03T00:00:00+00:00"


def test_batches_are_kept(project):
    """A batch is rendered once, kept while its key is the same, and rendered again if a file of it is missing."""
    asked = []

    def batch(key: str) -> Callable[[Build], None]:
        def make() -> dict[str, bytes]:
            asked.append(key)
            return {f"found/{key}-{number}": key.encode() for number in "12"}

        def act(build: Build) -> None:
            build.add(build.batch("found", build.key(pages=key), make))
            build.execute()

        return act

    project.build({}, batch("x"))
    assert project.build({}, batch("x")) == {}
    (project.output / "found/x-2").unlink()
    assert project.build({}, batch("x")) == {"found/x-2": "the file is missing"}
    project.build({}, batch("y"))
    assert project.files() == {"found/y-1": "y", "found/y-2": "y"}
    assert asked.count("x") == 2


@pytest.mark.parametrize("path", ["a", "../a", "/a"])
def test_a_taken_or_outside_path_is_an_error(project, path):
    """Two files at one path, or a path outside the output, fail the build, which changes nothing."""
    project.build({"a": "one"})
    with pytest.raises(OutputError, match="a"):
        project.build({"a": "other"}, lambda build: build.add([Target(path, None, bytes)]))
    assert project.files() == {"a": "one"}


def test_several_new_batches_are_each_made_once(project):
    """Each batch is rendered once, to learn its paths; the next build knows the paths of all of them."""
    counts = {"one": 0, "two": 0}

    def maker(name: str) -> Callable[[], dict[str, bytes]]:
        def make() -> dict[str, bytes]:
            counts[name] += 1
            return {f"{name}/a": b"a", f"{name}/b": b"b"}

        return make

    def batches(build: Build) -> None:
        for name in counts:
            build.add(build.batch(name, build.key(pages="x"), maker(name)))
        build.execute()

    project.build({}, batches)
    project.build({}, batches)
    assert counts == {"one": 1, "two": 1}


def test_targets_of_a_batch_share_their_work(tmp_path):
    """The function of a batch is called once for all files that are written together."""
    calls = []

    def make() -> dict[str, bytes]:
        calls.append(1)
        return {"a": b"1", "c": b"3"}

    targets = [Target(path, None, lambda path=path: one_of(make, path), batch="x") for path in "ac"]
    execute([targets[0], Target("b", None, lambda: b"2"), targets[1]], tmp_path, lambda *_: None)
    assert len(calls) == 1
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"1", "b": b"2", "c": b"3"}


def test_targets_may_be_copies_of_files(tmp_path):
    """If a target renders to a path, that file is copied."""
    (tmp_path / "source").write_bytes(b"bytes")
    execute([Target("out/copy", None, lambda: tmp_path / "source")], tmp_path, lambda *_: None)
    assert (tmp_path / "out/copy").read_bytes() == b"bytes"


def test_few_targets_are_rendered_by_one_process(tmp_path):
    """A pool is used only if the targets cost enough."""
    here, few, many = os.getpid(), 3, executor.MIN_COST + 1
    for count in (few, many):
        targets = [Target(f"{count}/{number}", None, lambda: str(os.getpid()).encode()) for number in range(count)]
        execute(targets, tmp_path, lambda *_: None)
    assert {path.read_text() for path in (tmp_path / str(few)).iterdir()} == {str(here)}
    assert (tmp_path / f"{many}/0").read_text() == str(here), "the first of a kind shows all processes what it loads"


@pytest.mark.parametrize("what", ["lost", "without a page", "damaged"])
def test_a_deleted_essay_is_removed_even_if_the_list_is_lost(site, what):
    """The store knows what earlier builds made; the author's own files stay."""
    assert site.essay("one").essay("two").build().code == 0
    listing, output = site.folder / "cache/made.json", site.folder / "output"
    (output / "CNAME").write_text("mine")
    if what == "lost":
        listing.unlink()
    else:
        text = listing.read_text(encoding="utf-8")
        listing.write_text(text.replace("essays/two", "essays/twx") if what == "without a page" else text[:-9])
    site.remove("content/essays/two.md")
    assert site.build().code == 0
    assert not (output / "essays/two").exists()
    assert (output / "CNAME").read_text() == "mine"


def test_without_the_list_a_changed_page_is_the_authors(site):
    """If the list is lost, a file that is not as the last build left it counts as the author's own."""
    assert site.essay("one").essay("two").build().code == 0
    (site.folder / "cache/made.json").unlink()
    page = site.folder / "output/essays/two/index.html"
    page.write_text("mine")
    site.remove("content/essays/two.md")
    assert site.build().code == 0
    assert page.read_text() == "mine"
