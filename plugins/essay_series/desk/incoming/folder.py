"""The sources of another Pelican site, with the addresses that its own settings gave them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ...adapter.sources import open_manuscript
from ...frontmatter import Source
from ...manuscript import Manuscript
from ...markup import content_path, split_target
from ..rewrite.edits import RefusalError
from .shipment import Post, Shipment, dated

SETTINGS = "pelicanconf.py"


def shipment_from(folder: Path) -> Shipment:
    """Read the Pelican site in `folder`: a project with its settings, or a content folder alone.

    Raises:
        RefusalError: there is no text in Markdown.

    """
    settings = folder / SETTINGS
    theirs = open_manuscript(str(settings)) if settings.is_file() else open_manuscript("", {"PATH": str(folder)})
    posts = tuple(_posts(theirs))
    if not posts:
        raise RefusalError(f"There is no text in Markdown below {folder}.")
    root = Path(theirs.config.content)
    linked = {path for source in theirs.sources for path in _files_of(theirs, source)}
    notes = [f"{path}: only Markdown comes over; convert it first." for path in sorted(theirs.files) if _is_text(path)]
    if not settings.is_file():
        notes.append(f"There is no {SETTINGS}, so former addresses are those of Pelican's own patterns.")
    return Shipment(posts, files={p: (root / p).read_bytes() for p in sorted(linked)}, notes=tuple(notes))


def _posts(theirs: Manuscript) -> Iterator[Post]:
    for source in theirs.sources:
        essay = theirs.essays.get(source.path)
        if (
            source.html is not None
            or source.kind not in ("essay", "page")
            or (source.kind == "essay" and essay is None)
        ):
            continue
        address = theirs.addresses.get(source.path)
        inherited = theirs.config.inherited(source.path)
        header = {field.name.capitalize(): field.text for field in source.fields.values()}
        if essay:
            header = {key.capitalize(): inherited[key] for key in ("date", "lang") if key in inherited} | header
        dates = [key for key in header if key in ("Date", "Modified")]
        header |= {key: dated(header[key], theirs.config) for key in dates}
        yield Post(
            source.path,
            "essay" if essay else "page",
            (essay.slug if essay else source.text("slug")) or Path(source.path).stem,
            {key: value for key, value in header.items() if key != "Slug"},
            source.body.strip("\n"),
            f"/{address.url}" if address else "",
        )


def _files_of(theirs: Manuscript, source: Source) -> Iterator[str]:
    """Yield the files, other than sources, that `source` links to."""
    others = theirs.files - theirs.by_path.keys()
    for reference in theirs.references[source.path]:
        what, path, _ = split_target(reference.target)
        if what in ("filename", "static", "attach") and content_path(source.path, path) in others:
            yield content_path(source.path, path)


def _is_text(path: str) -> bool:
    return path.lower().endswith((".rst", ".html", ".htm", ".adoc", ".ipynb"))
