"""Detect the format of an export and read it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from .files import Folder, Zip, content_of, is_zip
from .formats import blogger, folders, ghost, hugo, jekyll, medium, movable_type, pelican, substack, wordpress
from .item import Export, Files, ImportRefusedError, ReadOptions, demand_complete

USAGE = "make import FROM=path"
_FILE_READERS = {
    "wordpress": wordpress.read,
    "blogger": blogger.read,
    "movable-type": movable_type.read,
    "ghost": ghost.read,
}
_FOLDER_READERS: Mapping[str, Callable[[Files], Export]] = {
    "substack": substack.read,
    "medium": medium.read,
    "jekyll": jekyll.read,
    "hugo": hugo.read,
    "markdown": partial(hugo.read, plain=True),
}
KINDS = (*_FILE_READERS, *_FOLDER_READERS, "pelican")
_HEAD = 64_000
_UNSUPPORTED = {
    "Tumblr": (rb'"blog_name"|tumblr', "import the blog into WordPress.com, and export it there"),
    "Squarespace": (rb"squarespace", "choose the export for WordPress in Squarespace's settings"),
    "Wix": (rb"wix\.com|wixstatic", "import its feed, /blog-feed.xml, into WordPress, and export it there"),
    "LiveJournal": (rb"<lj>|livejournal", "import it into WordPress, and export it there"),
    "an RSS feed": (rb"<rss[\s>]", "a feed has only the latest texts; ask the site for its export"),
    "Drupal": (rb"drupal", "use its module WordPress Export, or export a folder of Markdown"),
}
"""Formats that cannot be imported: a pattern, case aside, and a way to one that can."""


def read(path: Path, options: ReadOptions) -> Export:
    """Return the content of the export at `path`."""
    if not path.exists():
        raise ImportRefusedError(f'There is no file or folder "{path}": {USAGE}')
    if options.kind and options.kind not in KINDS:
        raise ImportRefusedError(f'"{options.kind}" is not known; KIND is one of {", ".join(KINDS)}.')
    if path.is_dir():
        export = _from_folder(Folder(path), path, options)
    elif is_zip(path):
        export = _from_zip(Zip(path), path, options)
    else:
        export = _from_file(content_of(path), str(path), options)
    demand_complete(export, str(path))
    if not (export.items or export.skipped or export.lost):
        raise ImportRefusedError(f"{path} holds no post or page that can be imported.")
    return export


def _from_file(data: bytes, name: str, options: ReadOptions) -> Export:
    kind = options.kind or _kind_of_file(data)
    if kind in _FILE_READERS:
        return _FILE_READERS[kind](data, name, options)
    for other, (sign, way) in _UNSUPPORTED.items():
        if not kind and re.search(sign, data[:_HEAD], re.IGNORECASE):
            raise ImportRefusedError(f'"{name}" is {other}, which cannot be imported: {way}.')
    raise _unknown(name, kind)


def _kind_of_file(data: bytes) -> str:
    head = data[:_HEAD].replace(b"\0", b"")  # so that UTF-16 is recognized
    if wordpress.SIGN in head:
        return "wordpress"
    if b"<feed" in head and any(sign in head for sign in blogger.SIGNS):
        return "blogger"
    if ghost.SIGN.match(head):
        return "ghost"
    return "movable-type" if movable_type.SIGN.match(head) else ""


def _unknown(name: str, kind: str) -> ImportRefusedError:
    wrong = f"is not an export of the kind {kind}" if kind else "is not known as an export"
    return ImportRefusedError(f'"{name}" {wrong}: {USAGE} reads {", ".join(KINDS)}.')


def _from_zip(archive: Zip, path: Path, options: ReadOptions) -> Export:
    """Return the content of the export that a zip holds as one file, or as the folder that it is."""
    names = [name for name in archive.names() if name.lower().endswith((".xml", ".atom", ".json"))]
    found = {name: data for name in names if _kind_of_file(data := archive.read(name))}
    if len(found) > 1:
        raise ImportRefusedError(f"{path} holds several exports: {', '.join(found)}. Unpack it, and import each.")
    for name, data in found.items():
        export = _from_file(data, f"{name} in {path}", options)
        export.files = archive
        return export
    return _from_folder(archive, path, options)


def _from_folder(files: Files, path: Path, options: ReadOptions) -> Export:
    kind = options.kind or _kind_of_folder(files)
    if kind == "pelican":
        if not path.is_dir():
            raise ImportRefusedError(f"Unpack {path}, and give the folder: Pelican's own readers need files.")
        return pelican.read(path)
    if kind not in _FOLDER_READERS:
        raise _unknown(str(path), kind)
    return _FOLDER_READERS[kind](files)


def _kind_of_folder(files: Files) -> str:
    names = set(files.names())
    if pelican.SETTINGS in names:
        return "pelican"
    if substack.TABLE in names:
        return "substack"
    story = min(filter(medium.is_post, names), default="")
    if story and medium.SIGN.search(files.read(story)):
        return "medium"
    if any(name in names for name in jekyll.SETTINGS) or any("_posts/" in name for name in names):
        return "jekyll"
    if any(name in names for name in hugo.SETTINGS) and any(name.startswith("content/") for name in names):
        return "hugo"
    return "markdown" if any(name.lower().endswith(folders.MARKDOWN) for name in names) else ""
