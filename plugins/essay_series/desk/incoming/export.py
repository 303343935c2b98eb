"""A WordPress or Blogger export: Pelican's own importer converts it, and the facts that it drops are read beside it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from html import unescape
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal
from urllib.parse import unquote

from bs4 import BeautifulSoup, Tag

from ...declare import names_in
from ...frontmatter import read
from ...urls import parts_of
from ...values import dataclass
from ..rewrite.edits import RefusalError
from .shipment import Post, Shipment

WORDPRESS, BLOGGER = "wordpress", "blogger"
_OPTIONS = {WORDPRESS: ["--wpfile", "--wp-custpost"], BLOGGER: ["--blogger"]}
_KIND = "http://schemas.google.com/g/2005#kind"
_NO_PANDOC = (
    "Pandoc is needed to turn HTML into Markdown, and there is none. Get it by "
    '"apt-get install pandoc" or "pip install pypandoc_binary".'
)


@dataclass(frozen=True, slots=True)
class Fact:
    """What the importer drops of one post."""

    kind: Literal["essay", "page"]
    name: str
    """The name that the importer calls it by."""
    address: str
    host: str
    date: str
    """In ISO form with its zone; empty where the export has none."""
    summary: str = ""


def shipment_from(file: Path, kind: str) -> Shipment:
    """Convert the export in `file`, of a kind (``wordpress`` or ``blogger``).

    Raises:
        RefusalError: pandoc is missing, or the file is no such export.

    """
    soup = BeautifulSoup(file.read_bytes(), "xml")
    items = soup.find_all("item" if kind == WORDPRESS else "entry")
    found = [_wordpress(item) if kind == WORDPRESS else _blogger(item) for item in items]
    facts = [fact for fact in found if fact]
    if not facts:
        raise RefusalError(f"{file} holds no post or page that a {kind} export would hold.")
    with TemporaryDirectory() as folder:
        _convert(file, kind, Path(folder))
        posts = tuple(_posts(Path(folder), facts))
    hosts = frozenset(fact.host for fact in facts if fact.host)
    return Shipment(posts, hosts, notes=tuple(_left_out(len(items) - len(facts), facts)))


def _posts(folder: Path, facts: list[Fact]) -> Iterator[Post]:
    by_name = {(fact.kind, fact.name): fact for fact in facts}
    for file in sorted([*folder.glob("*.md"), *folder.glob("pages/*.md")]):
        kind: Literal["essay", "page"] = "page" if file.parent != folder else "essay"
        source = read(file.name, kind, file.read_bytes())
        fact = by_name.get((kind, source.text("slug")))
        if fact is None:
            continue
        written = {field.name: field.text for field in source.fields.values()}
        names = [*names_in(written.get("Category", "")), *names_in(written.get("Tags", ""))]
        tags = ", ".join(dict.fromkeys(name for name in names if name != "Uncategorized"))
        header = {key: written.get(key, "") for key in ("Title", "Author", "Status")} | {"Summary": fact.summary}
        header |= {"Date": fact.date, "Tags": tags} if kind == "essay" else {}
        yield Post(f"{kind}s/{file.name}", kind, unquote(fact.name), header, _tidy(source.body), fact.address)


def _left_out(others: int, facts: list[Fact]) -> Iterator[str]:
    if others:
        yield f"Left out, being no posts or pages (but comments, menus, attachments, trash): {others}"
    for (kind, name), count in Counter((fact.kind, fact.name) for fact in facts).items():
        if count > 1:
            yield f'{count} {kind}s of the export are called "{name}": one came over; bring the others by hand.'


def _convert(file: Path, kind: str, folder: Path) -> None:
    importer = Path(sys.executable).with_name("pelican-import")
    options = ["--markup", "markdown", "--dir-page", "--output", str(folder)]
    command = [str(importer), *_OPTIONS[kind], *options, str(file)]
    path = f"{_pandoc().parent}{os.pathsep}{os.environ.get('PATH', '')}"
    done = subprocess.run(command, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip() or "no reason was given").splitlines()[-1]
        raise RefusalError(f"{file} cannot be converted: {last}")


def _pandoc() -> Path:
    found = shutil.which("pandoc")
    if found:
        return Path(found)
    package = find_spec("pypandoc")
    own = (
        Path(package.origin or "").parent / "files" / ("pandoc.exe" if os.name == "nt" else "pandoc")
        if package
        else None
    )
    if own is None or not own.is_file():
        raise RefusalError(_NO_PANDOC)
    return own


def _wordpress(item: Tag) -> Fact | None:
    kind = _text(item, "post_type")
    if kind not in ("post", "page") or _text(item, "status") not in ("publish", "draft"):
        return None
    address, host = _place(_text(item, "link"))
    return Fact(
        "page" if kind == "page" else "essay",
        _text(item, "post_name") or _text(item, "post_id"),
        address if _text(item, "status") == "publish" else "",
        host,
        _date(_text(item, "post_date"), _text(item, "post_date_gmt")),
        _plain(_text(item, "excerpt:encoded")),
    )


def _blogger(entry: Tag) -> Fact | None:
    category = entry.find("category", {"scheme": _KIND})
    kind = str(category.get("term")).rpartition("#")[2] if category else ""
    if kind not in ("post", "page"):
        return None
    link = entry.find("link", {"rel": "alternate"})
    url = str(link.get("href", "")) if link else ""
    address, host = _place(url)
    name = Path(address).stem or _text(entry, "id").rpartition(".")[2]
    when = _text(entry, "published")
    date = datetime.fromisoformat(when).isoformat(" ", "minutes") if when else ""
    return Fact("page" if kind == "page" else "essay", name, address, host, date)


def _place(url: str) -> tuple[str, str]:
    """Return the path of `url`, with its query, and its host."""
    parts = parts_of(url)
    if parts is None:
        return "", ""
    path = unquote(parts.path) + (f"?{parts.query}" if parts.query else "")
    return path, (parts.hostname or "").removeprefix("www.")


def _date(local: str, utc: str) -> str:
    """Return the time ``2009-04-01 10:00:00`` with the zone that follows from the same time in UTC."""
    if not re.match(r"[1-9]", local):
        return ""
    when = datetime.fromisoformat(local)
    if not re.match(r"[1-9]", utc):
        return when.isoformat(" ", "minutes")
    off = round((when - datetime.fromisoformat(utc)) / timedelta(minutes=1))
    return when.replace(tzinfo=timezone(timedelta(minutes=off))).isoformat(" ", "minutes")


def _tidy(body: str) -> str:
    """Return `body` without the paragraph tags that stand alone, which the importer's own paragraphs leave over."""
    return re.sub(r"(?m)^</?p>\n*", "", body).strip("\n")


def _text(tag: Tag, name: str) -> str:
    found = tag.find(name)
    return found.get_text().strip() if found else ""


def _plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())
