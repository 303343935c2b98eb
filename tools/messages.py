"""Bring messages.pot and all catalogues up to date with what templates and code say: ``make messages``."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.pofile import read_po, write_po

PROJECT = Path(__file__).parents[1]
FOLDER = PROJECT / "plugins/essay_series/l10n/catalogues"
TEMPLATE = FOLDER / "messages.pot"
SOURCES = {
    "plugins/essay_series/**/*.py": ("python", {}),
    "plugins/essay_series/templates/**/*.*": ("jinja2", {"silent": "false", "newstyle_gettext": "true"}),
    "theme/templates/**/*.*": ("jinja2", {"silent": "false", "newstyle_gettext": "true"}),
    "theme/static/feeds/*.css": ("jinja2", {"silent": "false", "newstyle_gettext": "true"}),
}
KEYWORDS = {**DEFAULT_KEYWORDS, "said": None, "plurals": (1, 2), "counted": (1, 2)}
COMMENTS = ("translators:",)
HEADER = """\
# Messages of essay series, for translators: see "Add a language" in the documentation.
# Placeholders such as %(name)s stay as they are; a percent sign is written %%."""
_UNTOLD = re.compile(
    rb'(?m)^"(?:Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By):'
    rb'.*"\n'
)
"""Headers that change without any change of a message."""
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
"""No catalogue changes by being looked at again."""


def extracted(project: Path = PROJECT) -> Catalog:
    """Return all messages of the project."""
    catalog = Catalog(
        project="essay series", version="1", charset="utf-8", header_comment=HEADER, creation_date=LONG_AGO
    )
    for file, method, options in sources(project):
        path = file.relative_to(project).as_posix()
        found = extract_from_file(method, file, KEYWORDS, COMMENTS, options, strip_comment_tags=True)
        for _, message, comments, context in found:
            catalog.add(message, locations=[(path, None)], auto_comments=comments, context=context)
    return catalog


def sources(project: Path) -> Iterator[tuple[Path, str, dict[str, str]]]:
    """Yield every file that may say something to readers, with how it is read."""
    for pattern, (method, options) in SOURCES.items():
        for file in sorted(project.glob(pattern)):
            yield file, method, options


def written(catalog: Catalog, *, places: bool) -> bytes:
    """Return `catalog` as a file, the same for the same messages; with `places` it says which files hold each."""
    stream = BytesIO()
    write_po(
        stream, catalog, width=100, no_location=not places, sort_output=True, ignore_obsolete=True, include_lineno=False
    )
    return _UNTOLD.sub(b"", stream.getvalue())


def updated(file: Path, template: Catalog) -> bytes:
    """Return the catalogue in `file` with exactly the messages of `template`; what is not translated yet is empty."""
    with file.open("rb") as stream:
        catalog = read_po(stream, locale=file.stem.replace("-", "_"), abort_invalid=True)
    catalog.project, catalog.version = template.project, template.version
    catalog.update(template, no_fuzzy_matching=True, update_header_comment=True)
    catalog.revision_date = LONG_AGO
    return written(catalog, places=False)


def main() -> int:
    """Write all files anew, and tell how much each language lacks."""
    template = extracted()
    TEMPLATE.write_bytes(written(template, places=True))
    print(f"{len(template)} messages")
    for file in sorted(FOLDER.glob("*.po")):
        file.write_bytes(updated(file, template))
        with file.open("rb") as stream:
            lacking = sum(1 for message in read_po(stream) if message.id and not is_whole(message.string))
        print(f"{file.stem}: {lacking or 'nothing'} missing")
    return 0


def is_whole(string: str | tuple[str, ...]) -> bool:
    """Tell whether a message is translated, in all its plural forms."""
    return bool(string) if isinstance(string, str) else all(string)


if __name__ == "__main__":
    sys.exit(main())
