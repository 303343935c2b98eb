"""Generate docs/reference/ from the code: ``python tools/reference.py``, which is ``make reference``.

A test compares the pages with what `pages` returns, so that they cannot be out of date.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from inspect import getfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from essay_series.cli.verbs import Verb

PROJECT = Path(__file__).resolve().parents[1]
PACKAGE = PROJECT / "plugins/essay_series"
FOLDER = PROJECT / "docs/reference"

MAX_VALUE_LENGTH = 80
"""Longer values are not shown in a table."""
ABOUT_VIEWS = (
    "Every page has one view: `views[output_file]` on a site of this kind, `view` in the plugin's templates on any "
    "Pelican site. [Write or adapt a theme](../themes/templates.md) says what else a template finds. Text is plain "
    "unless it is `content`: put it through `typeset`. Addresses are relative to the root of the site."
)
ABOUT_COMMANDS = (
    "An author's commands are those of the program `essays`. Each is a target of a site's Makefile too, with variables "
    'in the place of options: `essays new --title "…"` is `make new TITLE="…"`.'
)
NOTE = "Generated from the code by `make reference`; do not edit it here."


def pages() -> dict[str, str]:
    """Return every page of the reference, by the name of its file."""
    return {
        "README.md": index(),
        "keys.md": keys(),
        "settings.md": settings(),
        "problems.md": problems(),
        "views.md": views(),
        "commands.md": commands(),
    }


def index() -> str:
    """Return the page that lists the others."""
    listed = (
        ("keys", "Keys of the front matter"),
        ("settings", "Settings"),
        ("problems", "Problem codes"),
        ("views", "View fields"),
        ("commands", "Commands"),
    )
    lines = [f"{number}. [{title}]({name}.md)" for number, (name, title) in enumerate(listed, start=1)]
    about = "Everything that can be looked up. These pages are generated from the code by `make reference`."
    return document("Reference", about, "\n".join(lines))


def document(title: str, *blocks: str) -> str:
    """Return a page of Markdown."""
    return "\n\n".join([f"# {title}", *(block for block in blocks if block)]) + "\n"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown table; a ``|`` in a cell is escaped."""
    names = [*head]
    lines = [names, *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    first, *rest = ("| " + " | ".join(line) + " |" for line in lines)
    return "\n".join([first, "|" + "---|" * len(names), *rest])


def code(text: object) -> str:
    """Return `text` as code."""
    return f"`{text}`"


def sentence(text: str) -> str:
    """Return `text` on one line, with a capital at its start and a full stop at its end."""
    line = re.sub(r"(?<![`\w])(https?://[^\s,;)]*[^\s,;.)])", r"`\1`", " ".join(text.split()).replace("``", "`"))
    return f"{line[:1].upper()}{line[1:]}".rstrip(".") + "." if line else ""


# --- keys ---


def keys() -> str:
    """Return the page of all keys."""
    from essay_series.sources.keys import KEYS

    types = {
        "text": "text",
        "date": "date",
        "number": "whole number",
        "choice": "one of: ",
        "name": "slug or title",
        "names": "list, separated by commas",
        "flag": "true or false",
    }
    rows = []
    for key in KEYS:
        kind = types.get(key.type, "line with `|`, one per line") + ", ".join(map(code, key.choices))
        shown = "yes" if key.public else "harmless" if key.neutral else "**secret**"
        rows.append((code(key.name), ", ".join(key.kinds), kind, shown, sentence(key.meaning)))
    return document(
        "Keys of the front matter",
        NOTE,
        '[Front matter](../write/front-matter.md) explains how to use them. The column "public" is what the '
        "[leak gate](../publish/gate.md) goes by: a published file's secret keys must be in no output. The value of a "
        "harmless key, such as a date or a status, cannot give anything away.",
        table(("key", "files", "value", "public", "meaning"), rows),
    )


# --- settings ---


def settings() -> str:
    """Return the page of all settings."""
    from essay_series.adapter.settings.defaults import SETTINGS
    from essay_series.adapter.settings.guest import KINDS, USUAL, name_of
    from essay_series.adapter.settings.guest import SETTINGS as GUEST_SETTINGS
    from essay_series.house_style import HouseStyle
    from essay_series.routes import DEFAULTS, PAGES

    heads = ("setting", "default", "meaning")
    own, guest = (
        [(code(name), value(default), meaning) for name, (default, meaning) in each.items()]
        for each in (SETTINGS, GUEST_SETTINGS)
    )
    meanings = {name: page.what for name, page in PAGES.items()}
    rules = [(code(f'"{name}"'), sentence(text)) for name, _, text in fields(HouseStyle)]
    return document(
        "Settings",
        NOTE,
        "## On a site of this kind",
        "They count if `ESSAY_SERIES_SITE = True`. `from pelican.plugins.essay_series.site import *` sets it, with the "
        "addresses, feeds, theme and Markdown of such a site.",
        table(heads, own),
        "### Addresses",
        "`…_SAVE_AS` is where the file goes, below the output folder, and `…_URL` the address that links have. An "
        "empty `…_SAVE_AS` makes no such page.",
        table(heads, addresses(PAGES, DEFAULTS, meanings, str)),
        "### Rules of the house style",
        "`HOUSE_STYLE` is a dictionary of these; a rule that is left out is off. [Check everything](../write/check.md) "
        "has examples.",
        table(("rule", "meaning"), rules),
        "### What the module `site` sets",
        "The values that `from pelican.plugins.essay_series.site import *` gives to settings, Pelican's own among "
        "them. Override any of them below that line.",
        table(("setting", "value"), site_values()),
        "## On any Pelican site",
        "The plugin reads these, and no others of its own, on a site without `ESSAY_SERIES_SITE`.",
        table(heads, [*guest, *addresses(KINDS, USUAL, meanings, name_of)]),
    )


def addresses(
    kinds: Iterable[str], defaults: Mapping[str, str], meanings: Mapping[str, str], named: Callable[[str], str]
) -> Iterator[tuple[str, str, str]]:
    """Yield a row for each kind of page: its two settings, their defaults, and what the page is."""
    for kind in kinds:
        names = [f"{kind}_SAVE_AS", f"{kind}_URL"]
        both = [value(defaults[name]) for name in names]
        yield ", ".join(code(named(name)) for name in names), ", ".join(dict.fromkeys(both)), sentence(meanings[kind])


def value(default: object) -> str:
    """Return a default as code."""
    return code(repr(default).replace("'", '"'))


def site_values() -> Iterator[tuple[str, str]]:
    """Yield each setting of the module `site` with its value, as they are written there."""
    for node in ast.parse((PACKAGE / "site.py").read_text(encoding="utf-8")).body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        for target in targets:
            text = ast.unparse(node.value).replace("'", '"')
            yield code(target.id), "see `site.py`" if len(text) > MAX_VALUE_LENGTH else code(text)


# --- problems ---


def problems() -> str:
    """Return the page of all codes."""
    from essay_series import checks
    from essay_series.adapter.guest.problems import ADDED
    from essay_series.checks.advice import ADVICE
    from essay_series.cli.check.check import meanings
    from essay_series.cli.check.inspect.pages import PAGE_CHECKS

    style = {name: each for name, each in ADVICE.items() if getfile(each).endswith("_style.py")}
    plain = {name: each for name, each in ADVICE.items() if name not in style}
    known = checks.CHECKS | checks.CHECKS_WHEN_CLOSED | ADVICE | PAGE_CHECKS
    rest = {name: text for name, text in meanings().items() if name not in known}
    groups = (
        ("Errors in sources", "They stop every build.", checks.CHECKS),
        (
            "Errors where series or plays are declared",
            "They stop a build if there are files of series or plays: the vocabulary is closed then.",
            checks.CHECKS_WHEN_CLOSED,
        ),
        ("Warnings", "`make check` prints them.", plain),
        ("Warnings by the house style", "`make check` prints them if `HOUSE_STYLE` has the rule.", style),
        ("Errors in built pages", "`make check` finds them in the pages that it builds.", PAGE_CHECKS),
        ("Other findings", "`make check` and `make publish` find them.", rest),
        ("Only on any Pelican site", "The plugin as a guest reports these beside some of the codes above.", ADDED),
    )
    blocks = [NOTE, "A code is what is in brackets in a message: `content/essays/b.md:3:1: … [unknown-key]. …`"]
    for title, about, codes in groups:
        blocks += [f"## {title}", about, *(problem(name, codes[name]) for name in sorted(codes))]
    return document("Problem codes", *blocks)


def problem(name: str, check: object) -> str:
    """Return the section of one code, from the docstring of its check or from its meaning."""
    docstring = check if isinstance(check, str) else check.__doc__ or ""
    text, _, examples = re.sub(r"\s+", " ", docstring).partition(" Bad: ")
    bad, _, good = examples.partition(" Good: ")
    lines = [f"- {label}: {markdown(each)}" for label, each in (("Bad", bad), ("Good", good)) if each]
    return "\n\n".join([f"### `{name}`", markdown(text), *(["\n".join(lines)] if lines else [])])


def markdown(text: str) -> str:
    """Return a docstring as Markdown, with code between single backticks where possible."""
    return re.sub(r"``([^`]+)``", r"`\1`", text.strip())


# --- views ---


def views() -> str:
    """Return the page of the fields that templates can read."""
    from essay_series.views import KINDS

    declared = classes()
    named: list[str] = []
    common = list(members(declared["View"]))
    blocks = [NOTE, ABOUT_VIEWS, "## On every page", *rows_of(common, declared, named), "## Kinds of pages"]
    for kind in KINDS:
        template = kind.__dataclass_fields__["template"].default
        blocks += [f"### `{template}.html`", *described(kind.__name__, declared, named, common)]
    blocks.append("## What they are made of")
    done: set[str] = set()
    while wanted := [name for name in named if name not in done]:
        for name in wanted:
            done.add(name)
            blocks += [f"### {name}", *described(name, declared, named)]
    return document("View fields", *blocks)


Member = tuple[str, str, str]
"""A field or property of a class: name, type and docstring."""


def described(
    name: str, declared: Mapping[str, ast.ClassDef], named: list[str], common: Iterable[Member] = ()
) -> Iterator[str]:
    """Yield the paragraphs of one class, without the fields in `common`; add the classes of its fields to `named`."""
    node = declared[name]
    left_out = {each for each, _, _ in common}
    yield sentence(ast.get_docstring(node) or "")
    yield from rows_of([each for each in members(node) if each[0] not in left_out], declared, named)


def rows_of(found: Iterable[Member], declared: Mapping[str, ast.ClassDef], named: list[str]) -> Iterator[str]:
    """Yield the table of some fields; add their classes to `named`."""
    rows = []
    for field, kind, text in found:
        named += [each for each in re.findall(r"\w+", kind) if each in declared and each not in named]
        rows.append((code(field), code(kind), sentence(text)))
    if rows:
        yield table(("field", "type", "meaning"), rows)


def classes() -> dict[str, ast.ClassDef]:
    """Return the classes that views are made of, by name."""
    rooms = ("views", "book")
    files = [PACKAGE / "model.py", *(path for room in rooms for path in sorted((PACKAGE / room).rglob("*.py")))]
    nodes = (node for path in files for node in ast.parse(path.read_text(encoding="utf-8")).body)
    return {node.name: node for node in nodes if isinstance(node, ast.ClassDef)}


def members(node: ast.ClassDef) -> Iterator[Member]:
    """Yield each field and property of a class: name, type and docstring."""
    for each, after in zip(node.body, [*node.body[1:], None], strict=True):
        if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name):
            text = after.value.value if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) else ""
            yield each.target.id, ast.unparse(each.annotation), str(text)
        elif isinstance(each, ast.FunctionDef) and any(ast.unparse(d) == "property" for d in each.decorator_list):
            yield each.name, ast.unparse(each.returns) if each.returns else "", ast.get_docstring(each) or ""


def fields(of: type) -> Iterator[Member]:
    """Yield the fields of the class `of`, as `members` does."""
    tree = ast.parse(Path(getfile(of)).read_text(encoding="utf-8"))
    yield from members(next(n for n in tree.body if isinstance(n, ast.ClassDef) and n.name == of.__name__))


# --- commands ---


def commands() -> str:
    """Return the page of all commands."""
    from essay_series.cli.verbs import GROUPS, VERBS

    blocks = [
        NOTE,
        ABOUT_COMMANDS,
    ]
    for group in GROUPS:
        blocks.append(f"## {group}")
        for verb in (each for each in VERBS if each.group == group):
            blocks += [f"### {verb.name}", verb.help, *options(verb)]
    targets = {verb.name for verb in VERBS}
    rows = [(code(f"make {name}"), text) for name, text in make_targets().items() if name not in targets]
    about = "These work on the generator, in a checkout of its repository."
    return document("Commands", *blocks, "## For developers", about, table(("command", "what it does"), rows))


def options(verb: Verb) -> Iterator[str]:
    """Yield the options of a command, and its examples."""
    rows = [(code(verb.folder), code(f"{verb.folder}=…"), "The folder.")] if verb.folder else []
    for option in verb.options:
        value = f" {'|'.join(option.choices)}" if option.choices else "" if option.flag else f" {option.variable}"
        rows.append((code(option.name + value), code(f"{option.variable}={option.flag or '…'}"), sentence(option.help)))
    if rows:
        yield table(("option", "with make", "meaning"), rows)
    if verb.examples:
        yield "\n".join(["```", *verb.examples, "```"])


def make_targets() -> dict[str, str]:
    """Return the description of each target in the Makefile."""
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    return {name: sentence(text) for name, text in re.findall(r"(?m)^([a-z-]+):.*?## (.*)$", makefile)}


def main(write: Callable[[Path, str], object] = lambda path, text: path.write_text(text, encoding="utf-8")) -> None:
    """Write all pages."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        write(FOLDER / name, text)


if __name__ == "__main__":
    sys.path.insert(0, str(PROJECT / "plugins"))
    main()
