"""The architecture, compared with the code: rooms, imports and sizes."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path
from textwrap import dedent

import pytest
from babel import Locale

from builders import PROJECT

PACKAGE = PROJECT / "plugins/essay_series"
MODULES = sorted(PACKAGE.rglob("*.py"))
TEMPLATES = sorted((PROJECT / "theme/templates").rglob("*.html"))
STYLES = sorted((PROJECT / "theme/static/css").rglob("*.css"))
INCLUDE = re.compile(r"""\{%-?\s*include\s+["']([^"']+)""")
FLOW = [
    *("package", "site", "extras", "values", "claims", "model", "names", "urls", "l10n", "routes"),
    *("house_style", "config", "htmltext", "look", "marks", "vocabulary", "assemble", "record", "feeds"),
    *("sources", "book", "checks", "search", "views", "cards", "metadata", "images", "offline", "hosts", "build"),
    *("adapter", "importer", "publish", "cli"),
]


@cache
def parsed(path: Path) -> ast.Module:
    """Return the syntax tree of a module."""
    return ast.parse(path.read_text(encoding="utf-8"))


def modules_with(word: str) -> list[Path]:
    """Return the modules whose text has `word`; to parse all others would take seconds."""
    return [path for path in MODULES if word in path.read_text(encoding="utf-8")]


def room_of(path: Path) -> str:
    """Return the room of a module of the package."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def imports(path: Path) -> set[str]:
    """Return the full name of every module that `path` imports anywhere, and of the names taken from them."""
    package = ("essay_series", *path.relative_to(PACKAGE).parts[:-1])
    found = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) + 1 - node.level] if node.level else ()
            names = [(node.module, alias.name) if node.module else (alias.name,) for alias in node.names]
            found |= {".".join((*above, *name)) for name in names}
    return found


def rooms_that_import(library: str) -> set[str]:
    """Return the rooms with a module that imports `library`."""
    return {room_of(path) for path in modules_with(library) for name in imports(path) if name.split(".")[0] == library}


def imported_rooms(path: Path) -> set[str]:
    """Return the rooms that `path` imports from, without its own."""
    names = (name.split(".") for name in imports(path))
    return {name[1] for name in names if name[0] == "essay_series"} - {room_of(path)}


def test_only_the_adapter_knows_pelican():
    """Only the adapter imports Pelican; typogrify is also imported by its fast version."""
    assert rooms_that_import("pelican") == {"adapter"}
    assert rooms_that_import("typogrify") == {"adapter", "build"}


def test_no_code_names_its_own_package():
    """Imports within the package are relative, and no string except docstrings has its name."""
    modules = modules_with(PACKAGE.name)
    absolute = {path for path in modules for name in absolute_imports(path) if name.split(".")[0] == PACKAGE.name}
    naming = {path for path in modules for text in texts(path) if PACKAGE.name in text}
    assert absolute | naming == set()


def absolute_imports(path: Path) -> set[str]:
    """Return the modules that `path` imports by absolute names."""
    tree = parsed(path)
    plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    taken = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and not node.level)
    return plain | {node.module for node in taken}


def texts(path: Path) -> list[str]:
    """Return every string in the code of `path` except docstrings."""
    tree = parsed(path)
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    strings = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return [node.value for node in strings if id(node) not in alone]


def test_no_import_is_dynamic():
    """No module is imported by a computed name."""
    dynamic = re.compile(r"\b(import_module|__import__)\b")
    assert [path for path in MODULES if dynamic.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_room_imports_only_rooms_above_it(path):
    """Imports between rooms follow the flow, so that each room can be read without those below it."""
    above = FLOW if room_of(path) in ("__init__", "__main__") else FLOW[: FLOW.index(room_of(path))]
    assert imported_rooms(path) <= set(above)


@pytest.mark.parametrize(
    ("group", "above"),
    [
        ("settings", ()),
        ("reading", ("settings",)),
        ("outputs", ("settings", "reading")),
        ("guest", ("settings", "reading")),
    ],
)
def test_groups_of_the_adapter_are_layers(group, above):
    """Each group of the adapter imports only the groups above it, and the modules beside them."""
    names = {name for path in (PACKAGE / "adapter" / group).glob("*.py") for name in imports(path)}
    groups = {name.split(".")[2] for name in names if name.startswith("essay_series.adapter.")}
    assert groups & {"settings", "reading", "outputs", "guest"} <= {group, *above}


def test_one_room_parses_html():
    """Only one room uses the parser of the standard library; lxml changes trees, writes XML and checks pages."""
    parsing = {
        room_of(path) for path in modules_with("parser") for name in imports(path) if name.startswith("html.parser")
    }
    assert parsing == {"htmltext"}


def test_imports_of_every_form_are_found(monkeypatch, tmp_path):
    """Relative and absolute imports of modules and names are found, at the top and inside functions."""
    monkeypatch.setitem(globals(), "PACKAGE", tmp_path)
    source = """
        import essay_series.one
        from essay_series import two
        from essay_series.three import name
        from . import sister
        from .. import four
        from ..five import name
        def function():
            from ..six.inner import name
            import pelican.readers
    """
    (tmp_path / "room").mkdir()
    (tmp_path / "room/module.py").write_text(dedent(source))
    assert imported_rooms(tmp_path / "room/module.py") == {"one", "two", "three", "four", "five", "six"}
    assert "pelican.readers" in imports(tmp_path / "room/module.py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_modules_and_functions_stay_short(path):
    """A module has at most 330 lines and a docstring, and a function at most 40 lines."""
    tree = parsed(path)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert ast.get_docstring(tree)
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 330
    assert [f.name for f in functions if f.end_lineno - f.lineno >= 40] == []


@pytest.mark.parametrize("root", ["plugins/essay_series", "tests", "tools", "theme"])
def test_folders_stay_small(root):
    """No folder has more than eighteen files of a kind; a larger one is split into groups."""
    files = (path for path in (PROJECT / root).rglob("*.*") if "__pycache__" not in path.parts)
    kinds = Counter((path.parent, path.suffix) for path in files if path.suffix in (".py", ".html", ".css"))
    assert {f"{folder}/*{suffix}": number for (folder, suffix), number in kinds.items() if number > 18} == {}


@pytest.mark.parametrize("path", [*TEMPLATES, *STYLES], ids=lambda path: path.name)
def test_templates_and_style_sheets_stay_short(path):
    """A template has under 100 lines and a style sheet under 150."""
    limit = 150 if path.suffix == ".css" else 100
    assert len(path.read_text(encoding="utf-8").splitlines()) < limit


def test_only_look_toml_names_colours():
    """No style sheet, template or module names a colour, except print's black and white."""
    function = r"\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\("
    keyword = (
        r"(?<![-\w.])(?:black|white|silver|gr[ae]y|red|maroon|orange|yellow|olive|green|teal|blue|navy|purple)\b(?!-)"
    )
    literal = re.compile(rf"#[0-9a-f]{{3,8}}\b|{function}|{keyword}", re.IGNORECASE)
    sheets = [*STYLES, *(PROJECT / "theme/static").rglob("*.css")]
    texts = {path.name: without_comments(path.read_text(encoding="utf-8")) for path in sheets}
    naming = {name: set(literal.findall(text)) for name, text in texts.items() if literal.search(text)}
    assert naming == {"print.css": {"black", "white"}}
    written = re.compile(r"#[0-9a-f]{6}\b", re.IGNORECASE)
    named = (*TEMPLATES, *MODULES)
    assert [path.name for path in named if written.search(path.read_text(encoding="utf-8"))] == []


def without_comments(style: str) -> str:
    """Return a style sheet without its comments."""
    return re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_every_style_sheet_has_a_comment_and_is_used(path):
    """Each style sheet starts with a comment and is included by a template, a sheet or the code of its script."""
    included = {name for file in (*TEMPLATES, *STYLES) for name in INCLUDE.findall(file.read_text(encoding="utf-8"))}
    assert path.read_text(encoding="utf-8").startswith("/* ")
    name = path.relative_to(PROJECT / "theme/static/css").as_posix()
    assert name in included or (name.startswith("writing/") and path.stem.title() in {*Locale("en").scripts, "Other"})


PRIVATE_WORDS = re.compile(
    r"\b(?:whoever|nobody|what stands|stands for|pages? of others|shall|litter|bones|quickening|scribe|shelf)\b",
    re.IGNORECASE,
)
"""Private words that a newcomer would have to learn."""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_code_speaks_plainly(path):
    """No comment, docstring or message uses private words for which the field has standard ones."""
    assert PRIVATE_WORDS.findall(path.read_text(encoding="utf-8").replace('"nobody"', "")) == []
