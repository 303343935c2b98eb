"""The plan of the house, held against the code: rooms, doors, sizes and what README says of them."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from builders import PROJECT
from essay_series import frontmatter

PACKAGE = PROJECT / "plugins/essay_series"
MODULES = sorted(PACKAGE.rglob("*.py"))
TEMPLATES = sorted((PROJECT / "theme/templates").rglob("*.html"))
STYLES = sorted((PROJECT / "theme/static/css").rglob("*.css"))
FLOW = [
    *(
        "model",
        "names",
        "days",
        "routes",
        "config",
        "record",
        "frontmatter",
        "markup",
        "embeds",
        "copied",
        "measures",
        "declare",
        "assemble",
        "manuscript",
    ),
    *("feeds", "published", "promises", "schedule", "book", "checks", "gate", "views", "cards", "found"),
    *("search", "images", "offline", "hosts", "build"),
    *("compat", "adapter", "desk"),
]


def room_of(path: Path) -> str:
    """Return the room that a module of the package belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> set[tuple[int, str]]:
    """Return the level and the name of every module that `path` imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {(0, alias.name) for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add((node.level, node.module))
        elif isinstance(node, ast.ImportFrom):
            found |= {(node.level, alias.name) for alias in node.names}
    return found


def test_only_the_adapter_knows_pelican():
    """No other room imports Pelican, or typogrify, which only it calls."""
    knowing = {room_of(path) for path in MODULES for _, name in imports(path) if name.split(".")[0] == "pelican"}
    assert knowing == {"adapter"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_room_imports_only_rooms_above_it(path):
    """Imports between rooms follow the flow, so that each can be read without those below it."""
    room, depth = room_of(path), len(path.relative_to(PACKAGE).parts)
    if room == "__init__":
        return
    for level, name in imports(path):
        if level == depth:
            assert FLOW.index(name.split(".")[0]) < FLOW.index(room)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_modules_and_functions_stay_readable(path):
    """No module is over 330 lines, no function over 40, and each module says what it is for."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert ast.get_docstring(tree)
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 330
    assert [f.name for f in functions if f.end_lineno - f.lineno > 40] == []


@pytest.mark.parametrize("path", [*TEMPLATES, *STYLES], ids=lambda path: path.name)
def test_templates_and_style_sheets_stay_short(path):
    """A template is under 100 lines and a style sheet under 150."""
    limit = 150 if path.suffix == ".css" else 100
    assert len(path.read_text(encoding="utf-8").splitlines()) < limit


def test_colours_have_one_home():
    """Only the tokens name a colour, print's black and white aside."""
    literal = re.compile(r"#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(", re.IGNORECASE)
    naming = {path.name for path in STYLES if literal.search(path.read_text(encoding="utf-8"))}
    assert naming <= {"tokens.css"}


def test_every_style_sheet_says_what_it_is_and_is_used():
    """Each style sheet opens with a comment, and a template includes it."""
    listed = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES)
    for path in STYLES:
        assert path.read_text(encoding="utf-8").startswith("/* ")
        assert path.relative_to(PROJECT / "theme/static/css").as_posix() in listed


def test_readme_maps_every_folder():
    """README's map of the repository names every folder, and no folder that does not exist."""
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    mapped = set(re.findall(r"^([\w./-]+/) {2,}", readme, re.MULTILINE))
    left_out = {".git", ".venv", "output", "public", "deploy", "cache", "__pycache__", ".github"}
    top = {f"{path.name}/" for path in PROJECT.iterdir() if path.is_dir()}
    rooms = {f"{path.relative_to(PROJECT).as_posix()}/" for path in PACKAGE.iterdir() if path.is_dir()}
    folders = {name for name in top | rooms if name.rstrip("/").split("/")[-1] not in left_out}
    folders = {name for name in folders if not name.endswith(("_cache/", ".spare/", ".hypothesis/"))}
    assert folders <= mapped
    assert all((PROJECT / name).is_dir() for name in mapped if name.rstrip("/") not in left_out)


def test_readme_names_every_key_an_author_may_write():
    """The table of front matter in README is whole."""
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    assert [key.name for key in frontmatter.KEYS if f"`{key.name}`" not in readme] == []


def test_every_verb_of_the_makefile_explains_itself():
    """Each target that a person calls has a line in `make help`."""
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split()
    assert set(phony) == set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))


def test_every_dependency_has_its_reason_in_readme():
    """Each package that the project asks for by name is explained in README."""
    project = (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    asked = set(re.findall(r'^    "([a-z-]+)(?:\[\w+\])?==', project, re.MULTILINE))
    assert asked
    assert {name for name in asked if f"**{name}**" not in readme} == set()


def test_every_test_states_its_promise():
    """Each test has a docstring of one sentence."""
    for path in sorted((PROJECT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                assert ast.get_docstring(node), f"{path.name}: {node.name}"
