"""What README, the Makefile, the locks and the tests say of the project, held against it."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import tomllib
from fnmatch import fnmatch
from functools import partial
from pathlib import PurePosixPath

import pytest
from packaging.requirements import Requirement

from builders import PROJECT
from essay_series.sources import frontmatter

README = (PROJECT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (PROJECT / "Makefile").read_text(encoding="utf-8")
PACKAGE = "plugins/essay_series/"
TESTS = sorted((PROJECT / "tests").rglob("test_*.py"))


def section(title: str) -> str:
    """Return the text of README's section `title`."""
    return README.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def folders() -> set[str]:
    """Return all folders that git follows; where git cannot be asked, those on the disk that no build makes."""
    git = shutil.which("git")
    asked = (git, "ls-files", "-z")
    said = subprocess.run(asked, cwd=PROJECT, capture_output=True, text=True, check=False).stdout if git else ""
    followed = {f"{folder}/" for name in said.split("\0") for folder in PurePosixPath(name).parents[:-1]}
    made = re.compile(r"(\..*|output|public|dist|deploy|cache|__pycache__|node_modules)")
    present = [path for pattern in ("*/", f"{PACKAGE}*/") for path in PROJECT.glob(pattern)]
    return followed or {f"{p.relative_to(PROJECT).as_posix()}/" for p in present if not made.fullmatch(p.name)}


@pytest.mark.site  # it asks git
def test_readme_maps_every_folder():
    """README's map names every folder at the top and every room of the plugin, and no folder that does not exist."""
    mapped = set(re.findall(r"^([\w./-]+/) {2,}", section("Map of the repository"), re.MULTILINE))
    wanted = {name for name in folders() if name.count("/") == 1 or re.fullmatch(f"{PACKAGE}[^/]+/", name)}
    there_or_not = {"content/", "output/", "public/", "deploy/"}
    hidden = {".ci/", ".vscode/", ".github/", ".devcontainer/"}
    assert mapped - there_or_not - hidden == wanted - there_or_not - hidden
    assert mapped >= there_or_not


def test_readme_names_every_key_an_author_may_write():
    """The table of front matter in README has all keys and no others."""
    rows = re.search(r"^\| key \| what it says \|\n\|[-|]+\n((?:\|.*\n)+)", README, re.MULTILINE)[1].splitlines()
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row.split("|")[1])}
    assert named == {key.name for key in frontmatter.KEYS} - {"Series_index"}


def rules() -> set[str]:
    """Return the targets of the Makefile that a person calls, by their rules."""
    return set(re.findall(r"^([\w-]+):(?!=)", MAKEFILE, re.MULTILINE))


def test_every_verb_of_the_makefile_explains_itself():
    """Each target that a person calls is phony and has a line in `make help`."""
    phony = " ".join(re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)).split()
    assert {name for name in phony if not name.startswith("$(VENV)/")} == rules()
    assert set(re.findall(r"^([a-z-]+):.*## .", MAKEFILE, re.MULTILINE)) == rules()


def test_readme_tells_of_no_verb_that_there_is_not():
    """What README says to type is a target of the Makefile."""
    told = set(re.findall(r"(?:^|`)make ([\w-]+)", README, re.MULTILINE))
    assert {"html", "test", "new"} <= told <= rules()


ALL = ("site", "import", "book", "test")
LOCKS = {
    **dict.fromkeys(("", "site", "images", "search"), ALL),
    "import": ("import", "test"),
    "book": ("book", "test"),
    "guest": ("test",),
}
"""The locks that have to hold each extra's packages, and a group's where that is not the one of its name."""


def asked_for() -> dict[tuple[str, str], Requirement]:
    """Return each package that pyproject.toml asks for, by its name and the extra or the group that it is in."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = {"": project["project"]["dependencies"], **project["project"]["optional-dependencies"]}
    groups = (extras | project["dependency-groups"]).items()
    wanted = [(Requirement(line), name) for name, lines in groups for line in lines if isinstance(line, str)]
    return {(each.name.lower(), name): each for each, name in wanted}


def test_every_dependency_has_its_reason_in_readme():
    """Each package that the project asks for by name is explained in README, and no other."""
    assert set(re.findall(r"\*\*([^*]+)\*\*", section("What it stands on"))) == {name for name, _ in asked_for()}


@pytest.mark.parametrize(("name", "of"), sorted(asked_for()))
def test_every_dependency_is_locked_as_it_is_asked_for(name, of):
    """Each package is asked for in a range, and the locks have one version of it that is in there, with its hashes."""
    wanted = asked_for()[name, of].specifier
    assert [each.operator for each in wanted if each.operator not in (">=", "<")] == []
    locks = [(PROJECT / f"requirements/{lock}.txt").read_text(encoding="utf-8") for lock in LOCKS.get(of, (of,))]
    pin = re.compile(rf"^{re.escape(name)}(?:\[[\w,]+\])?==(\S+).*\\\n    --hash=sha256:", re.MULTILINE)
    locked = {version for lock in locks for version in pin.findall(lock) or ["none"]}
    assert len(locked) == 1
    assert locked == set(wanted.filter(locked))


@pytest.mark.parametrize("extra", sorted(LOCKS.keys() - {"", "guest"}))
def test_every_extra_has_its_row_in_readme(extra):
    """README's table of extras says what each is for."""
    assert re.search(rf"^\| `{extra}` \| \S", README, re.MULTILINE)


def test_pytest_looks_into_every_folder_of_tests(pytestconfig):
    """No file of tests lies in a folder that pytest passes over, as it does by itself with one that is called build."""
    passed_over = pytestconfig.getini("norecursedirs")
    folders_of = {path: path.relative_to(PROJECT / "tests").parts[:-1] for path in TESTS}
    hidden = [
        path for path, names in folders_of.items() for name in names if any(map(partial(fnmatch, name), passed_over))
    ]
    assert hidden == []


def promises() -> list[tuple[str, str]]:
    """Return each test by its place, with its docstring."""
    return [
        (f"{path.relative_to(PROJECT)}: {node.name}", ast.get_docstring(node) or "")
        for path in TESTS
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    ]


def test_every_test_states_its_promise():
    """Each test has a docstring, whose first paragraph is a whole sentence."""
    told = promises()
    assert any("test_every_test_states_its_promise" in name for name, _ in told)
    assert [name for name, promise in told if not promise.partition("\n\n")[0].endswith(".")] == []
