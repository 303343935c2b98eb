"""Which format an export has, and reading it with every item accounted for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from .accounting import demand_all
from .formats import blogger, folders, ghost, hugo, jekyll, medium, movable_type, pelican, substack, wordpress
from .item import Census, Export, Files, ImportRefusedError
from .opened import LARGEST_FILE, Folder, Under, Zip, is_zip, stream_of
from .xml_items import XmlExport

USAGE = "make import FROM=path"
KINDS = ("wordpress", "blogger", "movable-type", "ghost", "substack", "medium", "jekyll", "hugo", "pelican", "markdown")
_HEAD = 64_000
_OTHERS = (
    (
        re.compile(rb'"blog_name"|tumblr', re.IGNORECASE),
        "Tumblr",
        "a backup of Tumblr's is HTML; import the blog into WordPress.com, and export it there",
    ),
    (
        re.compile(rb"squarespace", re.IGNORECASE),
        "Squarespace",
        "choose the export for WordPress in Squarespace's settings",
    ),
    (
        re.compile(rb"wix\.com|wixstatic", re.IGNORECASE),
        "Wix",
        "Wix exports nothing; import its feed, /blog-feed.xml, into WordPress, and export it there",
    ),
    (re.compile(rb"<lj>|livejournal", re.IGNORECASE), "LiveJournal", "import it into WordPress, and export it there"),
    (
        re.compile(rb"<rss[\s>]", re.IGNORECASE),
        "an RSS feed",
        "a feed holds the last few texts alone; ask the site for its export",
    ),
    (
        re.compile(rb"drupal", re.IGNORECASE),
        "Drupal",
        "its module WordPress Export, or a folder of Markdown, is the way",
    ),
)


@dataclass(frozen=True)
class Asked:
    """How an export is to be read."""

    kind: str = ""
    """One of `KINDS`, where it cannot be seen."""
    partial: bool = False
    """Whether what is damaged is left out, instead of ending the import."""
    types: tuple[str, ...] = ()
    """Further kinds of posts of WordPress that are texts."""


def read(path: Path, asked: Asked) -> Export:
    """Read the export at `path`, with every item accounted for.

    Raises:
        ImportRefusedError: there is none, it is not known, or it cannot be read.

    """
    if not path.exists():
        raise ImportRefusedError(f'There is no file or folder "{path}": {USAGE}')
    if asked.kind and asked.kind not in KINDS:
        raise ImportRefusedError(f'"{asked.kind}" is not known; KIND is one of {", ".join(KINDS)}.')
    export, counted = _read(path, asked)
    demand_all(export, counted, str(path))
    if not (export.items or export.kept or export.lost):
        raise ImportRefusedError(f"{path} holds no post or page that an export of {export.format} would hold.")
    return export


def _read(path: Path, asked: Asked) -> tuple[Export, Census]:
    if path.is_dir():
        return _files(Folder(path), path, asked)
    if is_zip(path):
        return _zip(path, asked)
    with stream_of(path) as stream:
        head = stream.read(_HEAD)
    kind = asked.kind or _kind_of(head)
    if kind in ("wordpress", "blogger"):
        return _xml(path, "", kind, asked)
    if kind == "movable-type":
        return movable_type.read(path, partial=asked.partial), movable_type.count(path)
    if kind == "ghost":
        return _ghost(path)
    if asked.kind:
        raise ImportRefusedError(f'"{path}" is not known as {asked.kind}: {USAGE}')
    raise ImportRefusedError(_unknown(path, head))


def _kind_of(head: bytes) -> str:
    plain = head.replace(b"\0", b"")
    if wordpress.SIGN in plain:
        return "wordpress"
    if (any(sign in plain for sign in blogger.SIGNS) and b"<entry" in plain) or b"schemas.google.com/blogger" in plain:
        return "blogger"
    if ghost.SIGN.match(plain):
        return "ghost"
    return "movable-type" if movable_type.SIGN.match(plain) else ""


def _unknown(path: Path, head: bytes) -> str:
    found = next(((name, way) for sign, name, way in _OTHERS if sign.search(head)), None)
    if found:
        return f'"{path}" is {found[0]}, which is not read here: {found[1]}.'
    return f'"{path}" is not known as an export: {USAGE} reads {", ".join(KINDS)}.'


def _xml(path: Path, member: str, kind: str, asked: Asked) -> tuple[Export, Census]:
    of_wordpress = kind == "wordpress"
    source = XmlExport(path, member, "item" if of_wordpress else "entry", asked.partial)
    export = wordpress.read(source, asked.types) if of_wordpress else blogger.read(source)
    return export, export.counted


def _ghost(path: Path) -> tuple[Export, Census]:
    with stream_of(path) as stream:
        data = bytearray()
        while piece := stream.read(1 << 20):
            data += piece
            if len(data) > LARGEST_FILE:
                raise ImportRefusedError(f"{path} is larger than an import takes.")
    return _ghost_text(bytes(data), str(path))


def _ghost_text(data: bytes, name: str) -> tuple[Export, Census]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImportRefusedError(f"{name} is not in UTF-8. Export again.") from error
    return ghost.read(text, name), ghost.count(text)


def _zip(path: Path, asked: Asked) -> tuple[Export, Census]:
    archive = Zip(path)
    names = archive.names()
    for name in names:
        if name.lower().endswith((".xml", ".atom")):
            with archive.stream(name) as stream:
                kind = _kind_of(stream.read(_HEAD))
            if kind in ("wordpress", "blogger"):
                others = [n for n in names if n != name and n.lower().endswith((".xml", ".atom")) and "/Blogs/" in n]
                if others:
                    raise ImportRefusedError(
                        f"{path} holds several blogs: {name}, {', '.join(others)}. Unpack it, and give one."
                    )
                export, counted = _xml(path, name, kind, asked)
                export.files = export.files or archive
                return export, counted
        if name.lower().endswith(".json") and ghost.SIGN.match(archive.read(name)[:_HEAD]):
            return _ghost_text(archive.read(name), f"{name} in {path}")
    return _files(archive, path, asked)


def _files(files: Folder | Zip, path: Path, asked: Asked) -> tuple[Export, Census]:
    names = files.names()
    tops = {PurePosixPath(name).parts[0] for name in names}
    if len(tops) == 1 and all("/" in name for name in names) and isinstance(files, Zip):
        return _texts(Under(files, f"{tops.pop()}/"), path, asked)
    return _texts(files, path, asked)


def _texts(files: Files, path: Path, asked: Asked) -> tuple[Export, Census]:
    kind = asked.kind or _kind_of_folder(files)
    if kind == "pelican":
        if not path.is_dir():
            raise ImportRefusedError(f"Unpack {path}, and give the folder: Pelican's own readers need files.")
        export, content = pelican.read(path)
        return export, folders.count(content)
    readers: dict[str, tuple[Callable[[Files], Export], Callable[[Files], Census]]] = {
        "substack": (substack.read, substack.count),
        "medium": (medium.read, medium.count),
        "jekyll": (jekyll.read, folders.count),
        "hugo": (hugo.read, folders.count),
        "markdown": (lambda found: hugo.read(found, plain=True), folders.count),
    }
    if kind not in readers:
        raise ImportRefusedError(f'"{path}" is not known as {asked.kind or "an export"}: {USAGE}')
    read_all, count = readers[kind]
    export = read_all(files)
    counted = count(files)
    if not export.items and not export.kept:
        raise ImportRefusedError(f"There is no text in Markdown below {path}.")
    return export, counted


def _kind_of_folder(files: Files) -> str:
    names = set(files.names())
    if pelican.SETTINGS in names:
        return "pelican"
    if substack.TABLE in names:
        return "substack"
    posts: Iterable[str] = filter(medium.is_post, names)
    first = next(iter(sorted(posts)), "")
    if first and medium.SIGN.search(files.read(first)):
        return "medium"
    if any(name in names for name in jekyll.SETTINGS) or any("_posts/" in name for name in names):
        return "jekyll"
    if any(name in names for name in hugo.SETTINGS) and any(name.startswith("content/") for name in names):
        return "hugo"
    return "markdown" if any(name.lower().endswith(folders.MARKDOWN) for name in names) else ""
