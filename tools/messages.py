"""Update messages.pot and all catalogues from templates and code: ``make messages``."""

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
_UNSTABLE_HEADERS = re.compile(
    rb'(?m)^"(?:Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By):'
    rb'.*"\n'
)
"""Headers that change although no message does."""
FIXED_DATE = datetime(2026, 1, 1, tzinfo=UTC)
"""The date in all catalogues, so that an update without changes writes the same bytes."""


def extracted(project: Path = PROJECT) -> Catalog:
    """Return all messages of the project."""
    catalog = Catalog(
        project="essay series", version="1", charset="utf-8", header_comment=HEADER, creation_date=FIXED_DATE
    )
    for file, method, options in sources(project):
        path = file.relative_to(project).as_posix()
        found = extract_from_file(method, file, KEYWORDS, COMMENTS, options, strip_comment_tags=True)
        for _, message, comments, context in found:
            catalog.add(message, locations=[(path, None)], auto_comments=comments, context=context)
    return catalog


def sources(project: Path) -> Iterator[tuple[Path, str, dict[str, str]]]:
    """Yield every file that may contain messages, with its method and options of extraction."""
    for pattern, (method, options) in SOURCES.items():
        for file in sorted(project.glob(pattern)):
            yield file, method, options


def written(catalog: Catalog, *, places: bool) -> bytes:
    """Return `catalog` as a file, the same for the same messages; `places` adds the files that use each."""
    stream = BytesIO()
    write_po(
        stream, catalog, width=100, no_location=not places, sort_output=True, ignore_obsolete=True, include_lineno=False
    )
    return _UNSTABLE_HEADERS.sub(b"", stream.getvalue())


def updated(file: Path, template: Catalog) -> bytes:
    """Return the catalogue in `file` with exactly the messages of `template`; new ones are empty."""
    with file.open("rb") as stream:
        catalog = read_po(stream, locale=file.stem.replace("-", "_"), abort_invalid=True)
    catalog.project, catalog.version = template.project, template.version
    catalog.update(template, no_fuzzy_matching=True, update_header_comment=True)
    catalog.revision_date = FIXED_DATE
    return written(catalog, places=False)


def main() -> int:
    """Write all files, and print how many translations each language lacks."""
    template = extracted()
    TEMPLATE.write_bytes(written(template, places=True))
    print(f"{len(template)} messages")
    for file in sorted(FOLDER.glob("*.po")):
        file.write_bytes(updated(file, template))
        with file.open("rb") as stream:
            lacking = sum(1 for message in read_po(stream) if message.id and not is_translated(message.string))
        print(f"{file.stem}: {lacking or 'nothing'} missing")
    return 0


def is_translated(string: str | tuple[str, ...]) -> bool:
    """Return whether a message is translated in all its plural forms."""
    return bool(string) if isinstance(string, str) else all(string)


if __name__ == "__main__":
    sys.exit(main())
