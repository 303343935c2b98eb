"""Two commits of a small project, built by their own make and compared."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest

from compare import builds, compare
from compare.preview import NoPreviewError, links, mirrored
from compare.trees import Tree, UnusableError, open_repository

pytestmark = pytest.mark.site

MAKEFILE = """\
html: .venv/ready
	@mkdir output && cat footer.txt >output/index.html && echo '<a href="/drafts/a/">' >>output/index.html
serve: .venv/ready
	@exec python3 serve.py
publish: .venv/ready
	@mkdir public && echo '$(SITEURL)' >public/index.html && cat footer.txt >>public/index.html
	@find content -type f | sort >public/files.txt && cat pelicanconf.py publishconf.py >public/settings.txt
	@echo "given: $$REV$$BOOK" >public/given.txt
.venv/ready: locks/build.txt
	@echo installing; exit 1
"""
SERVER = """\
import os
from functools import partial
from http.server import HTTPServer, SimpleHTTPRequestHandler
from pathlib import Path
Path("shown/drafts/a").mkdir(parents=True)
Path("shown/index.html").write_bytes(Path("output/index.html").read_bytes())
Path("shown/drafts/a/index.html").write_text("a draft")
SimpleHTTPRequestHandler.log_message = lambda *_: None
server = HTTPServer(("127.0.0.1", int(os.environ["PORT"])), partial(SimpleHTTPRequestHandler, directory="shown"))
print(f"The site is at http://127.0.0.1:{server.server_port}/", flush=True)
server.serve_forever()
"""


def git(folder: Path, *words: str) -> str:
    """Run git in `folder`, and return its output."""
    who = {f"GIT_{role}_{what}": "a@b.c" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    done = subprocess.run(["git", *words], cwd=folder, env=os.environ | who, check=True, capture_output=True, text=True)
    return done.stdout


@pytest.fixture
def project(tmp_path, monkeypatch) -> Path:
    """Return a clone with two commits that differ in their footer, without variables of `make compare` set."""
    for name in ("REV", "WITH", "FRESH"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "a project"
    files = {"Makefile": MAKEFILE, "serve.py": SERVER, "footer.txt": "<p>Old\n", "content/essay.md": "Title: A\n"}
    files |= {"locks/build.txt": "pytest>=1\n", ".gitignore": "/cache/\n/.venv\n"}
    files |= {"pelicanconf.py": "OURS = 1\n", "publishconf.py": "OURS = 2\n"}
    builds.write({path: text.encode() for path, text in files.items()}, folder)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "-m", "One")
    (folder / "footer.txt").write_text("<p>New\n")
    git(folder, "commit", "--quiet", "-am", "Two")
    return folder


def run_compare(project: Path, monkeypatch, capsys, **words: str) -> tuple[int, str]:
    """Return the exit status of a comparison, and all that it printed."""
    for name, value in words.items():
        monkeypatch.setenv(name, value)
    code = compare.main(project)
    printed = capsys.readouterr()
    return code, printed.out + printed.err


def test_the_differences_of_two_commits_are_listed(project, monkeypatch, capsys):
    """The changed footer is listed for the built, previewed and published site, and nothing else."""
    code, printed = run_compare(project, monkeypatch, capsys, REV="HEAD~1")
    assert code == 1
    assert "- HEAD~1 (" in printed
    assert "+ the working tree" in printed
    assert (
        "The same change in 7 files: own/built/index.html, own/previewed/index.html, own/published/index.html"
        in printed
    )
    assert "  -Old\n  +New" in printed
    assert "own/previewed: 2 the same, 1 different" in printed
    assert (project / "cache/compare/report.txt").read_text(encoding="utf-8").splitlines()[0] in printed
    assert git(project, "status", "--porcelain") == ""


def test_a_tree_compared_with_itself_is_built_twice(project, monkeypatch, capsys):
    """A commit and the same working tree are equal, and both are built; an unstable build differs."""
    code, printed = run_compare(project, monkeypatch, capsys, REV="HEAD")
    assert code == 0
    assert "All files are the same, byte for byte." in printed
    assert [printed.count(f"Built own with {side}") for side in ("HEAD (", "the working tree")] == [1, 1]
    (project / "Makefile").write_text(MAKEFILE.replace("cat footer.txt >>", "date +%N >>"))
    git(project, "commit", "--quiet", "-am", "Three")
    code, printed = run_compare(project, monkeypatch, capsys, REV="HEAD", WITH="HEAD")
    assert code == 1
    assert "own/published: 3 the same, 1 different" in printed


def test_builds_are_cached_for_the_next_comparison(project, monkeypatch, capsys):
    """A cached build is used again unless FRESH is set."""
    run_compare(project, monkeypatch, capsys, REV="HEAD~1", WITH="HEAD")
    code, printed = run_compare(project, monkeypatch, capsys, REV="HEAD~1", WITH="HEAD")
    assert (code, "Built" in printed) == (1, False)
    assert "Built own with HEAD~1" in run_compare(project, monkeypatch, capsys, FRESH="1")[1]


def test_uncommitted_changes_are_compared(project, monkeypatch, capsys):
    """The working tree is compared with its uncommitted and new files, and the clone is not changed."""
    (project / "footer.txt").write_text("<p>Newest\n")
    (project / "content/new.md").write_text("Title: New\n")
    before = git(project, "status", "--porcelain"), git(project, "count-objects")
    _, printed = run_compare(project, monkeypatch, capsys, REV="HEAD")
    assert "+Newest" in printed
    assert "+content/new.md" in printed
    assert (git(project, "status", "--porcelain"), git(project, "count-objects")) == before


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ({}, "Name the commit to compare with: make compare REV=HEAD~1"),
        ({"REV": "nothing"}, 'There is no commit "nothing" in this clone.'),
        ({"REV": "HEAD", "WITH": "--all"}, 'There is no commit "--all" in this clone.'),
        ({"REV": "HEAD:footer.txt"}, 'There is no commit "HEAD:footer.txt" in this clone.'),
    ],
)
def test_a_missing_commit_is_an_error(words, part, project, monkeypatch, capsys):
    """A missing commit gives status 2 and the reason, and nothing is built."""
    code, printed = run_compare(project, monkeypatch, capsys, **words)
    assert code == 2
    assert part in printed
    assert not (project / "cache").exists()


def test_a_folder_that_is_no_clone_is_an_error(tmp_path, monkeypatch, capsys):
    """Outside a git repository, the status is 2 with a message."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    code, printed = run_compare(tmp_path, monkeypatch, capsys, REV="HEAD")
    assert (code, "not a git repository" in printed) == (2, True)


@pytest.mark.parametrize(
    ("change", "output"),
    [
        ("\t@echo no such theme; exit 3\n", "no such theme"),
        ("\t@true\n", "the build left nothing in public/."),
    ],
)
def test_a_failed_build_is_an_error(change, output, project, monkeypatch, capsys):
    """A failed or empty build gives status 2 and the output of make."""
    head, _, tail = MAKEFILE.partition("publish: .venv/ready\n")
    recipe_end = tail.index(".venv/ready:")
    (project / "Makefile").write_text(f"{head}publish: .venv/ready\n{change}{tail[recipe_end:]}")
    code, printed = run_compare(project, monkeypatch, capsys, REV="HEAD")
    assert code == 2
    assert "the working tree: " in printed
    assert output in printed


def test_sites_built_before_a_failure_are_compared(project, monkeypatch, capsys):
    """If a side cannot build the generated site, the status is 2, and its own site is still compared."""
    (project / "Makefile").write_text(MAKEFILE.replace("@mkdir output", "@test -f content/essay.md && mkdir output"))
    code, printed = run_compare(project, monkeypatch, capsys, REV="HEAD~1")
    assert (code, "`make html` failed" in printed) == (2, True)
    assert "own/published: 3 the same, 1 different" in printed
    assert "generated/" not in printed


def test_a_generated_site_has_the_commits_settings_and_ours(project, tmp_path, monkeypatch):
    """The generated content is built with the commit's settings and then ours, without the caller's variables."""
    for name in ("REV", "BOOK"):
        monkeypatch.setenv(name, "1")
    with open_repository(project) as repository:
        builder = builds.Builder(repository, tmp_path / "made")
        recipe = builds.Recipe(
            "x", "https://x.example", previewed=False, content={"a/b.md": b"x"}, settings="MORE = 3\n"
        )
        recipe = replace(recipe, publish_settings="LAST = 4\n")
        builder.build(repository.commit("HEAD"), recipe, tmp_path / "built")
    published = tmp_path / "built/published"
    assert published.joinpath("given.txt").read_text() == "given: \n"
    assert published.joinpath("files.txt").read_text() == "content/a/b.md\n"
    assert published.joinpath("settings.txt").read_text().splitlines() == [
        "OURS = 1",
        "MORE = 3",
        "OURS = 2",
        "LAST = 4",
    ]


def test_packages_are_installed_only_if_the_locks_need_them(project, tmp_path, monkeypatch):
    """Our environment is used if it meets the locks; otherwise make sets up another one, once."""
    monkeypatch.setattr(builds, "installed", lambda pin: pin != "pytest>=1")
    makefile = MAKEFILE.replace("exit 1", "test ! -L .venv; mkdir -p .venv; echo set up >>.venv/log; touch $@")
    (project / "Makefile").write_text(makefile)
    recipe = builds.Recipe("x", "https://x.example", previewed=False)
    with open_repository(project) as repository:
        builder = builds.Builder(repository, tmp_path / "made")
        for _ in range(2):
            builder.build(repository.working_tree(), recipe, tmp_path / "built")
            os.utime(next(tmp_path.glob("made/venvs/*/ready")), (0, 0))  # as if the lock came later
    assert [log.read_text() for log in (tmp_path / "made/venvs").glob("*/log")] == ["set up\n"]
    assert not Path(sys.prefix, "log").exists()


def test_prerequisites_are_read_from_make():
    """The prerequisites of a target are read from make itself, order-only ones included."""
    database = dedent("""\
        # a comment: of make
        BIN := .venv/bin
        html: .venv/html
        .venv/html: requirements/site.txt | .venv/python
        \tcommand: of a recipe
        other: requirements/other.txt
        """)
    assert builds.targets(database) == {
        "html": [".venv/html"],
        ".venv/html": ["requirements/site.txt", ".venv/python"],
        "other": ["requirements/other.txt"],
    }


def test_the_pins_of_a_lock_are_read_without_their_hashes():
    """The requirements of a pip lock keep their markers and lose hashes, comments and options."""
    lock = "# made by uv\n--index-url x\na==1 \\\n    --hash=sha256:0\nb==2 ; sys_platform == 'win32' \\\n    # via a\n"
    assert list(builds.pinned(lock)) == ["a==1", "b==2 ; sys_platform == 'win32'"]


@pytest.mark.parametrize(
    ("pin", "met"),
    [
        ("pytest>1", True),
        ("pytest==0.1", False),
        ("no-such-package==1", False),
        ("no-such-package==1 ; sys_platform == 'nowhere'", True),
        ("no requirement at all!", False),
    ],
)
def test_a_pin_is_met_by_that_version_alone(pin, met):
    """Another version, a missing package or a broken line do not meet a pin; markers of other systems do."""
    assert builds.installed(pin) is met


def test_old_builds_are_removed(tmp_path):
    """Only the builds used most recently are kept."""
    for age in range(4):
        (tmp_path / str(age)).mkdir()
        os.utime(tmp_path / str(age), (1000 - age, 1000 - age))
    builds.keep_newest(tmp_path, 2)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0", "1"]


def test_links_of_pages_feeds_and_styles_are_followed():
    """Links to files of the same site are found in every form; other hosts and schemes are not."""
    text = """<a href="b/?q=1#x">&<a href='../c.html'><img srcset="/d.png 1x, /e%20f.png 2x"><a href="http://else.example/x">
        <a href="mailto:a@b.c"> url(g.woff2) <loc>http://127.0.0.1:8000/h/</loc> "url": "http:\\/\\/localhost\\/i" """
    assert sorted(set(links("a/", text))) == ["a/b/", "a/g.woff2", "c.html", "d.png", "e f.png", "h/", "i"]


def test_a_preview_that_does_not_start_says_why(tmp_path):
    """The error has the output of the command."""
    with pytest.raises(NoPreviewError, match="no such thing"):
        mirrored(["echo", "no such thing"], tmp_path, os.environ, [])


def test_a_tree_is_named_after_its_commit(project):
    """A tree's name has the commit as given, its short id and subject; equal files have one id."""
    with open_repository(project) as repository:
        head, tree = repository.commit("HEAD"), repository.working_tree()
        assert head.name.startswith("HEAD (")
        assert head.name.endswith(" Two)")
        assert head.id == tree.id
        assert repository.read(head, "footer.txt") == b"<p>New\n"
        assert repository.read(head, "nothing.txt") is None
        with pytest.raises(UnusableError, match="git archive failed"):
            repository.unpack(Tree("none", "0" * 40), project / "cache/x")
