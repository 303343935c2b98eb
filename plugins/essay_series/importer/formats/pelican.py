"""Pelican: a site and its settings, of which the literal values are read and no code is run."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from ...adapter.reading.sources import open_manuscript
from ...config import SettingsError
from ...sources.declare import date_from, names_in
from ...sources.frontmatter import Source
from ...sources.keys import KEYS
from ...sources.manuscript import Manuscript
from ..addresses import host_of
from ..files import Folder
from ..item import HIDDEN, PUBLISHED, SCHEDULED, Export, ImportRefusedError, Item, one_line, part_number, plain
from .folders import is_text, suffix_of

SETTINGS = "pelicanconf.py"
_READ = frozenset(
    (
        *(
            "ARTICLE_PATHS",
            "ARTICLE_EXCLUDES",
            "PAGE_PATHS",
            "PAGE_EXCLUDES",
            "STATIC_PATHS",
            "TIMEZONE",
            "DEFAULT_LANG",
        ),
        *("SLUGIFY_SOURCE", "SLUG_REGEX_SUBSTITUTIONS", "DEFAULT_CATEGORY", "USE_FOLDER_AS_CATEGORY", "DEFAULT_DATE"),
        *("FILENAME_METADATA", "PATH_METADATA", "EXTRA_PATH_METADATA", "DEFAULT_METADATA", "SITEURL", "DATE_FORMATS"),
        *("WITH_FUTURE_DATES", "SERIES_PATHS", "PLAYBOOK_PATHS", "IGNORE_FILES", "AUTHOR"),
        *(f"{kind}_{what}" for kind in ("ARTICLE", "PAGE", "ARTICLE_LANG", "PAGE_LANG") for what in ("URL", "SAVE_AS")),
    )
)
_OTHER_NAMES = {"series_index": "part"}


def read(folder: Path) -> Export:
    """Return the content of a project with its settings, or of a content folder alone."""
    file = folder / SETTINGS
    export = Export("Pelican")
    settings = literals(file.read_text(encoding="utf-8", errors="replace"), export) if file.is_file() else {}
    content = folder / str(settings.pop("PATH", "content")) if file.is_file() else folder
    content = content if content.is_dir() and content.resolve().is_relative_to(folder.resolve()) else folder
    safe = {"PLUGINS": [], "DOCUTILS_SETTINGS": {"file_insertion_enabled": False, "raw_enabled": False}}
    given = {key: value for key, value in settings.items() if key in _READ}
    try:
        old = open_manuscript("", {**given, **safe, "PATH": str(content)})
    except (SettingsError, ValueError, TypeError, KeyError, AttributeError, OSError) as error:
        raise ImportRefusedError(f"{file} cannot be read as settings of Pelican: {one_line(str(error))}") from error
    if not file.is_file():
        export.notes.append(f"There is no {SETTINGS}, so old addresses follow Pelican's default patterns.")
    export.hosts = {host_of(str(settings.get("SITEURL") or ""))} - {""}
    export.files = Folder(content)
    _read_all(old, export, future=bool(settings.get("WITH_FUTURE_DATES", True)))
    return export


def literals(program: str, export: Export) -> dict[str, Any]:
    """Return the literal values that `program` assigns; computed settings are noted in `export`."""
    found: dict[str, Any] = {}
    try:
        body = ast.parse(program).body
    except (SyntaxError, ValueError, RecursionError):
        export.notes.append(f"{SETTINGS} is not valid Python; Pelican's default settings are used.")
        return found
    left = []
    for node in body:
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            try:
                found[name] = ast.literal_eval(_Known(found).visit(node.value))
            except (ValueError, TypeError, RecursionError, MemoryError):
                left += [name] if name in _READ or name == "PATH" else []
    if left:
        export.notes.append(f"{SETTINGS} computes these settings, so they are not used: {', '.join(left)}.")
    return found


class _Known(ast.NodeTransformer):
    """Replaces names and concatenations by their values."""

    def __init__(self, known: Mapping[str, Any]) -> None:
        self.known = known

    def visit_Name(self, node: ast.Name) -> ast.AST:
        """Return the value of a name, if it is known."""
        return ast.parse(repr(self.known[node.id]), mode="eval").body if node.id in self.known else node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        """Return the concatenation of two strings."""
        pair = [self.visit(each) for each in (node.left, node.right)]
        if isinstance(node.op, ast.Add) and all(isinstance(e, ast.Constant) and isinstance(e.value, str) for e in pair):
            return ast.Constant(
                "".join(e.value for e in pair if isinstance(e, ast.Constant) and isinstance(e.value, str))
            )
        return node


def _read_all(old: Manuscript, export: Export, *, future: bool) -> None:
    texts = [name for name in (export.files.names() if export.files else ()) if is_text(name)]
    export.found = len(texts)
    for name in texts:
        source = old.by_path.get(name)
        if source is None and suffix_of(name) in (".ipynb", ".adoc", ".org", ".asciidoc"):
            export.skipped.append((name, "only Markdown, reStructuredText and HTML can be imported; convert it first"))
        elif source is None:
            export.others["file that Pelican does not read"] += 1
        elif source.bad_byte:
            export.skipped.append((name, "it is not in UTF-8; save it in UTF-8"))
        elif source.kind not in ("essay", "page"):
            export.others[source.kind] += 1
        elif source.kind == "essay" and name not in old.essays:
            export.others["file with status skip"] += 1
        else:
            export.items.append(_item(old, source, future=future))


def _item(old: Manuscript, source: Source, *, future: bool) -> Item:
    essay = old.essays.get(source.path)
    inherited = old.config.inherited(source.path)
    values = (
        {key: inherited[key] for key in ("date", "lang", "category", "author") if key in inherited} if essay else {}
    )
    values |= {_OTHER_NAMES.get(key, key): text for key, text in source.texts.items()}
    known = {key.name.lower(): key.name for key in KEYS if source.kind in key.kinds}
    left = [f'left out: "{one_line(f"{key}: {text}")[:60]}"' for key, text in values.items() if key not in known]
    when = date_from(values["date"], old.config) if values.get("date") else None
    waits = when is not None and old.config.now is not None and when > old.config.now
    address = old.address_with(source.path) if waits else old.addresses.get(source.path)
    is_day = bool(when) and ":" not in values.get("date", "")
    html = source.html
    modified = date_from(values["modified"], old.config) if values.get("modified") and "revision" in values else None
    revised = {"Modified": modified.isoformat(" ", "minutes") if modified and when and modified > when else ""}
    return Item(
        "essay" if essay else "page",
        _state(values, waits=waits and not future),
        plain(values.get("title", "")) or PurePosixPath(source.path).stem,
        (essay.slug if essay else source.text("slug")) or PurePosixPath(source.path).stem,
        source.path,
        date=when.replace(tzinfo=None) if when and is_day else when,
        addresses=(f"/{address.url}",) if address and address.url else (),
        html=html or "",
        markdown=source.body.strip("\n") if html is None else None,
        native=html is None,
        tags=tuple(names_in(values.get("tags", ""))),
        series=values.get("series", ""),
        part=part_number(values.get("part", "")),
        author=values.get("author", "") if "author" in source.texts else "",
        summary=plain(values.get("summary", "")),
        lang=values.get("lang", ""),
        more={known[key]: text for key, text in values.items() if key in known and key in source.texts} | revised,
        notes=tuple(left),
    )


def _state(values: Mapping[str, str], *, waits: bool) -> str:
    status = values.get("status", "published").lower()
    if status == "published":
        return SCHEDULED if waits else PUBLISHED
    return HIDDEN if status == "hidden" else "draft" if status == "draft" else status
