"""README, docs/, the Makefile and the locks, compared with the project."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import partial
from pathlib import PurePosixPath
from posixpath import dirname, join, normpath

import pytest
from click.testing import CliRunner
from packaging.requirements import Requirement
from pelican.settings import DEFAULT_CONFIG

import reference
from builders import PROJECT
from essay_series.adapter.settings.defaults import OWN_DEFAULTS
from essay_series.adapter.settings.guest import SETTINGS as GUEST_SETTINGS
from essay_series.cli.app import program
from essay_series.sources.keys import KEYS

DOCS = PROJECT / "docs"
PAGES = {
    path.relative_to(PROJECT).as_posix(): path.read_text(encoding="utf-8")
    for path in (*PROJECT.glob("*.md"), *PROJECT.glob(".github/*.md"), *sorted(DOCS.rglob("*.md")))
}
"""Every page of documentation by its path."""
README = PAGES["README.md"]
MAKEFILE = (PROJECT / "Makefile").read_text(encoding="utf-8")
PACKAGE = "plugins/essay_series/"
TESTS = sorted((PROJECT / "tests").rglob("test_*.py"))
FENCE = re.compile(r"(?ms)^```(?P<language>\w*)\n(?P<text>.*?)^```$")


def section(title: str) -> str:
    """Return the text of README's section `title`."""
    return README.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def folders() -> set[str]:
    """Return all folders in git; without git, those on disk that no build makes."""
    git = shutil.which("git")
    command = (git, "ls-files", "-z")
    listed = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False).stdout if git else ""
    followed = {f"{folder}/" for name in listed.split("\0") for folder in PurePosixPath(name).parents[:-1]}
    made = re.compile(r"(\..*|output|public|dist|deploy|cache|__pycache__|node_modules)")
    present = [path for pattern in ("*/", f"{PACKAGE}*/") for path in PROJECT.glob(pattern)]
    return followed or {f"{p.relative_to(PROJECT).as_posix()}/" for p in present if not made.fullmatch(p.name)}


@pytest.mark.site  # it asks git
def test_readme_maps_every_top_level_folder():
    """README's map has exactly the top-level folders in git."""
    mapped = set(re.findall(r"^([\w./-]+/) {2,}", section("Map of the repository"), re.MULTILINE))
    wanted = {name for name in folders() if name.count("/") == 1}
    optional = {"content/", "output/", "public/", "deploy/", "plugins/", f"{PACKAGE}"}
    hidden = {".ci/", ".vscode/", ".github/", ".devcontainer/"}
    assert mapped - optional - hidden == wanted - optional - hidden
    assert mapped >= optional - {"plugins/"}


@pytest.mark.site  # it asks git
def test_the_architecture_names_every_room():
    """The table of rooms has exactly the folders of the plugin."""
    table = PAGES["docs/develop/architecture.md"].partition("## The rooms")[2]
    named = {
        f"{PACKAGE}{name}" for row in re.findall(r"(?m)^\| (.*?) \|", table) for name in re.findall(r"`(\w+/)`", row)
    }
    assert named == {name for name in folders() if re.fullmatch(f"{PACKAGE}[^/]+/", name)}


def test_readme_is_short():
    """README has under 200 lines; everything else is in docs/."""
    assert len(README.splitlines()) < 200


def links(page: str) -> Iterator[tuple[str, str]]:
    """Yield path and anchor of each relative link of a page; paths start at the top of the repository."""
    text = re.sub(r"`[^`\n]+`", "", FENCE.sub("", PAGES[page]))
    for target in re.findall(r"\]\(([^()\s]+)\)", text):
        path, _, anchor = target.partition("#")
        if ":" not in path:
            yield normpath(join(dirname(page), path)) if path else page, anchor


def anchors(text: str) -> set[str]:
    """Return the anchors of a page's headings, as GitHub and Python-Markdown make them."""
    heads = re.findall(r"(?m)^#+ (.*)$", FENCE.sub("", text))
    return {re.sub(r"[^\w\s-]", "", head).strip().lower().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES)
def test_every_relative_link_has_a_target(page):
    """Each relative link leads to a file of the repository, and its anchor to a heading."""
    dead = [path for path, _ in links(page) if not (PROJECT / path).exists()]
    lost = [(path, anchor) for path, anchor in links(page) if anchor and anchor not in anchors(PAGES[path])]
    assert dead + lost == []


@pytest.mark.parametrize("page", PAGES)
def test_every_path_that_a_page_names_exists(page):
    """A path of code, tests or documentation in a page exists."""
    named = re.compile(r"(?:tests|tools|docs|theme|plugins|requirements|\.github|\.ci)/[\w./-]+")
    paths = [PROJECT / code for code in code_of(page) if named.fullmatch(code)]
    if page.startswith("docs/develop/"):
        paths += [
            PROJECT / PACKAGE / code
            for code in code_of(page)
            if re.fullmatch(r"(?!tests/|plugins/)\w+/[\w/]+\.py", code)
        ]
    assert [path for path in paths if not path.exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_code_blocks_can_be_parsed(page):
    """Code blocks in Python and TOML can be parsed, and other languages are known."""
    for fence in FENCE.finditer(PAGES[page]):
        match fence["language"]:
            case "python":
                ast.parse(fence["text"])
            case "toml":
                tomllib.loads(fence["text"])
            case other:
                assert other in ("", "html")


THEME_SETTINGS = {"MENUITEMS"}
"""Settings in the documentation that only themes read."""


def test_every_setting_in_the_documentation_exists():
    """A setting with a value in a page is the plugin's, Pelican's or a theme's."""
    shown = {
        line.partition(" = ")[0] for page in PAGES for line in code_of(page) if re.match(r"[A-Z][A-Z_]{2,} = ", line)
    }
    known = {*OWN_DEFAULTS, *GUEST_SETTINGS, *DEFAULT_CONFIG, *THEME_SETTINGS}
    assert {"ALLOWED_HOSTS", "PLUGINS"} <= shown
    assert shown - known == set()


def test_every_global_and_filter_of_templates_is_documented():
    """The guide to templates names each filter and global value of the template environment."""
    files = "adapter/environment.py", "adapter/reading/typesetting.py"
    given = "".join((PROJECT / PACKAGE / file).read_text("utf-8") for file in files)
    localized = (PROJECT / PACKAGE / "build/speaker.py").read_text("utf-8")
    names = {*re.findall(r'(?:globals|filters)\["(\w+)"\] = ', given), *re.findall(r'(?m)^ {8}"(\w+)": ', given)}
    names |= {*re.findall(r"(?m)^ {12}(\w+)=", localized)}
    assert {"asset", "typeset", "words", "gettext"} <= names
    explained = set(re.findall(r"\w+", " ".join(code_of("docs/themes/templates.md"))))
    assert names - explained == set()


def test_the_reference_is_up_to_date():
    """The generated pages are those that `make reference` writes now."""
    written = {path.name: path.read_text(encoding="utf-8") for path in (DOCS / "reference").iterdir()}
    stale = {name for name, _ in written.items() ^ reference.pages().items()}
    assert stale == set(), "run make reference"


def test_every_key_is_documented():
    """The table of front matter has exactly the known keys."""
    rows = re.findall(r"(?m)^\| (`.*?) \| ", PAGES["docs/write/front-matter.md"])
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert named == {key.name for key in KEYS} - {"Series_index"}


def test_every_code_in_the_guide_to_mistakes_exists():
    """The codes in the guide to mistakes are in the reference."""
    codes = set(re.findall(r"(?m)^### `([\w-]+)`$", PAGES["docs/reference/problems.md"]))
    rows = re.findall(r"(?m)^\| (`.*?) \| ", PAGES["docs/write/mistakes.md"])
    named = {name for row in rows for name in re.findall(r"`([\w-]+)`", row)}
    assert named
    assert named <= codes


def test_every_invariant_names_its_tests():
    """Each invariant names tests that exist."""
    blocks = PAGES["docs/develop/invariants.md"].split("\n\n**")[1:]
    assert blocks
    for block in blocks:
        named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", block)
        assert named
        assert [name for path, name in named if f"\ndef {name}(" not in (PROJECT / path).read_text("utf-8")] == []


def rules() -> set[str]:
    """Return the targets of the Makefile that people call."""
    return set(re.findall(r"^([\w-]+):(?!=)", MAKEFILE, re.MULTILINE))


def test_every_make_target_is_phony_and_documented():
    """Each target that people call is phony and has a line in `make help`."""
    (commands,) = re.findall(r"^COMMANDS := ((?:.*\\\n)*.*)$", MAKEFILE, re.MULTILINE)
    phony = " ".join(re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)).replace("$(COMMANDS)", commands)
    phony = phony.replace("\\", " ").split()
    assert {name for name in phony if not name.startswith("$(VENV)/")} == rules()
    assert set(re.findall(r"^([a-z-]+):.*## .", MAKEFILE, re.MULTILINE)) == rules()


def code_of(page: str) -> list[str]:
    """Return every line of the code blocks of a page, and every code span."""
    fences = [line for fence in FENCE.finditer(PAGES[page]) for line in fence["text"].splitlines()]
    return fences + re.findall(r"`([^`\n]+)`", FENCE.sub("", PAGES[page]))


def calls_of(command: str) -> list[str]:
    """Return the arguments of each call of `command` in the documentation."""
    return [
        line.removeprefix(f"{command} ") for page in PAGES for line in code_of(page) if line.startswith(f"{command} ")
    ]


def test_every_command_in_the_documentation_exists():
    """Each documented command is a target of the Makefile, or a command of the program with known options."""
    called = {call.split()[0] for call in calls_of("make")}
    assert {"html", "test", "new"} <= called
    assert {name for name in called if not name.endswith("…")} <= rules()
    for call in (call for call in calls_of("essays") if not call.startswith("-")):
        verb, options = call.split()[0], re.findall(r"--[\w-]+", call)
        help_of = CliRunner().invoke(program(), [verb, "--help"])
        assert (help_of.exit_code, [each for each in options if each not in help_of.output]) == (0, []), call


def test_workflows_call_targets_that_exist():
    """The workflows call targets and scripts that exist."""
    text = "".join(file.read_text(encoding="utf-8") for file in (PROJECT / ".github/workflows").glob("*.yml"))
    assert {"unit", "walk", "verify", "docs"} <= set(re.findall(r"\bmake ([a-z-]+)", text)) <= rules()
    scripts = re.findall(r"\bpython (\w\S*\.py)", text)
    assert scripts
    assert [script for script in scripts if not (PROJECT / script).is_file()] == []


ALL = ("site", "import", "book", "test")
LOCKS = {
    **dict.fromkeys(("", "site", "images", "search"), ALL),
    "import": ("import", "test"),
    "book": ("book", "test"),
    "guest": ("test",),
}
"""The locks with the packages of each extra or group, where these are not just the lock of its name."""


def requirements() -> dict[tuple[str, str], Requirement]:
    """Return each requirement of pyproject.toml by package name and the extra or group it is in."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = {"": project["project"]["dependencies"], **project["project"]["optional-dependencies"]}
    groups = (extras | project["dependency-groups"]).items()
    wanted = [(Requirement(line), name) for name, lines in groups for line in lines if isinstance(line, str)]
    return {(each.name.lower(), name): each for each, name in wanted}


def test_every_dependency_has_its_reason():
    """The page of dependencies explains exactly the required packages."""
    explained = re.findall(r"\*\*([^*]+)\*\*", PAGES["docs/develop/dependencies.md"])
    assert set(explained) == {name for name, _ in requirements()}


@pytest.mark.parametrize(("name", "of"), sorted(requirements()))
def test_every_dependency_is_locked_in_its_range(name, of):
    """Each requirement is a range, and the locks have one version in it, with hashes."""
    wanted = requirements()[name, of].specifier
    assert [each.operator for each in wanted if each.operator not in (">=", "<")] == []
    locks = [(PROJECT / f"requirements/{lock}.txt").read_text(encoding="utf-8") for lock in LOCKS.get(of, (of,))]
    pin = re.compile(rf"^{re.escape(name)}(?:\[[\w,]+\])?==(\S+).*\\\n    --hash=sha256:", re.MULTILINE)
    locked = {version for lock in locks for version in pin.findall(lock) or ["none"]}
    assert len(locked) == 1
    assert locked == set(wanted.filter(locked))


def test_the_number_of_installed_packages_is_documented():
    """README and a new site's Makefile give the number of packages in the lock."""
    lock = (PROJECT / "requirements/book.txt").read_text(encoding="utf-8")
    pins = re.findall(r"(?m)^[^#\s].*==", lock)
    packages = f"{len(pins)} packages"
    assert packages in README
    assert packages in (PROJECT / PACKAGE / "starter/Makefile.in").read_text(encoding="utf-8")


@pytest.mark.parametrize("extra", sorted(LOCKS.keys() - {"", "guest"}))
def test_every_extra_is_documented(extra):
    """The table of extras explains each extra."""
    assert re.search(rf"(?m)^\| `{extra}` \| \S", PAGES["docs/themes/other-sites.md"])


def test_pytest_looks_into_every_folder_of_tests(pytestconfig):
    """Pytest skips no folder that has tests, such as those called build."""
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
    """Each test has a docstring whose first paragraph is a sentence."""
    stated = promises()
    assert any("test_every_test_states_its_promise" in name for name, _ in stated)
    assert [name for name, promise in stated if not promise.partition("\n\n")[0].endswith(".")] == []
