"""Turn docs/ into sources of this generator, in cache/docs/content/: ``python tools/docs/stage.py``.

The pages are plain Markdown with a heading and relative links, so that they read well in the repository. Each folder
becomes a series and each page a part of it, in the order of the links in the folder's README.md. The pages beside the
folders, and a few at the top of the repository, become pages of the site.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname, join, normpath

PROJECT = Path(__file__).resolve().parents[2]
CONTENT = PROJECT / "cache/docs/content"
HOME = "docs/README.md"
PAGES = (HOME, "docs/glossary.md", "CONTRIBUTING.md", "CHANGELOG.md", ".github/SECURITY.md")
SERIES = ("write", "publish", "themes", "reference", "develop", "develop/decisions")
"""The folders of docs/ that become series."""
CODE = re.compile(r"(?ms)^```.*?^```[ \t]*$|``.+?``|`[^`\n]+`")
LINK = re.compile(r"!?\[(?P<text>[^\[\]]*)\]\((?P<target>[^()\s]+)\)")
_PART = re.compile(r"(?m)^(?:\d+\.|-) +\[[^\[\]]*\]\((?P<page>(?!\.\.)[^()#]+\.md)\)\n")
_LIST_HEADING = re.compile(r"(?m)^## .*\n\n(?=## |\Z)")


class StageError(Exception):
    """A page cannot be staged; the text names it, with the reason."""


@dataclass(frozen=True)
class Page:
    """A page of the documentation and its place on the site."""

    path: str
    """Its path in the repository."""
    source: str
    """The path of its source, below the content folder."""
    address: str
    """Its address, without a leading slash."""
    header: tuple[str, ...] = ()
    """Lines of front matter besides title, summary and address."""


def pages(project: Path = PROJECT) -> dict[str, Page]:
    """Return all pages by their paths in the repository.

    Raises:
        StageError: a folder lists a page that does not exist, or leaves one out, or two pages share a name.

    """
    found = [_page(path) for path in PAGES]
    for folder in SERIES:
        name = folder.rpartition("/")[2]
        found.append(Page(f"docs/{folder}/README.md", f"series/{name}.md", f"{name}/"))
        found += [
            Page(path, f"essays/{_stem(path)}.md", f"{name}/{_stem(path)}/", (f"Series: {name}", f"Part: {number}"))
            for number, path in enumerate(parts(folder, project), start=1)
        ]
    by_source = {page.source: page for page in found}
    if double := [page.path for page in found if by_source[page.source] is not page]:
        raise StageError(f"{', '.join(double)}: another page has the same name.")
    return {page.path: page for page in found}


def _page(path: str) -> Page:
    name = "index" if path == HOME else _stem(path).lower()
    return Page(path, f"pages/{name}.md", "" if path == HOME else f"{name}/")


def _stem(path: str) -> str:
    return Path(path).stem


def parts(folder: str, project: Path = PROJECT) -> list[str]:
    """Return the pages of a folder of docs/, in the order of the list in its README.md.

    Raises:
        StageError: the list does not name exactly the pages of the folder.

    """
    readme = (project / "docs" / folder / "README.md").read_text(encoding="utf-8")
    listed = [normpath(f"docs/{folder}/{match['page']}") for match in _PART.finditer(readme)]
    nested = tuple(f"docs/{each}/" for each in SERIES if each != folder and not folder.startswith(f"{each}/"))
    own = [path for path in listed if path.startswith(f"docs/{folder}/") and not path.startswith(nested)]
    existing = {p.relative_to(project).as_posix() for p in (project / "docs" / folder).rglob("*.md")}
    existing = {p for p in existing if not p.startswith(nested) and not p.endswith("/README.md")}
    if {*own} != existing:
        wrong = ", ".join(sorted({*own} ^ existing))
        raise StageError(f"docs/{folder}/README.md does not list exactly the pages of its folder: {wrong}")
    return own


def staged(page: Page, text: str, known: Mapping[str, Page], images: set[str]) -> str:
    """Return the source of `page`.

    Args:
        page: the page.
        text: its Markdown in the repository.
        known: all pages, by path.
        images: the paths of the images that it shows are added here.

    """
    title, _, body = text.removeprefix("# ").partition("\n")
    if page.source.startswith("series/"):
        body = _LIST_HEADING.sub("", _PART.sub("", body)).strip()
    body = with_links(body, lambda link: _link(link, page, known, images))
    first_sentence = summary(body)
    if page.source.startswith("series/") and first_sentence == body:
        body = ""  # the page of a series shows its summary anyway
    header = [f"Title: {title}", f"Summary: {first_sentence}", *page.header]
    if not page.source.startswith("series/"):
        header += [f"Save_as: {page.address}index.html", f"Url: {page.address or 'index.html'}"]
    return "\n".join([*header, "", body.strip(), ""])


def with_links(text: str, change: Callable[[re.Match[str]], str]) -> str:
    """Return `text` with every link replaced by `change`, except in code."""
    code: list[str] = []

    def put_aside(match: re.Match[str]) -> str:
        code.append(match[0])
        return f"\0{len(code) - 1}\0"

    changed = LINK.sub(change, CODE.sub(put_aside, text))
    return re.sub(r"\0(\d+)\0", lambda match: code[int(match[1])], changed)


def _link(link: re.Match[str], page: Page, known: Mapping[str, Page], images: set[str]) -> str:
    target, _, anchor = link["target"].partition("#")
    if ":" in target or not target:
        return link[0]
    path = normpath(join(dirname(page.path), target))
    fragment = f"#{anchor}" if anchor else ""
    if path in known:
        return f"[{link['text']}]({{filename}}/{known[path].source}{fragment})"
    if link[0].startswith("!"):
        images.add(path)
        return f"![{link['text']}]({{static}}/images/{Path(path).name})"
    return link["text"]  # a file of the repository that is no page of the site


def summary(body: str) -> str:
    """Return the first sentence of a page as plain text, or "" if it has none."""
    for block in re.split(r"\n\s*\n", body.strip()):
        if re.match(r"[A-Za-z\"`*]", block) and not block.startswith("```"):
            text = " ".join(LINK.sub(r"\g<text>", block).split())
            plain = re.sub(r"`|\*\*|<(?=http)|(?<=\w)>", "", text.removeprefix("**Why.** "))
            first = re.match(r".*?[.?!](?=\s|$)", plain)
            return (first[0] if first else plain.rstrip(":") + ".").replace(" :", ":")
    return ""


def stage(content: Path = CONTENT, project: Path = PROJECT) -> Iterator[str]:
    """Write all sources below `content`, which is emptied first, and yield their paths."""
    known, images = pages(project), set[str]()
    shutil.rmtree(content, ignore_errors=True)
    for page in known.values():
        text = (project / page.path).read_text(encoding="utf-8")
        file = content / page.source
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(staged(page, text, known, images), encoding="utf-8")
        yield page.source
    (content / "images").mkdir(exist_ok=True)
    for image in sorted(images):
        shutil.copyfile(project / image, content / "images" / Path(image).name)


if __name__ == "__main__":
    try:
        print(f"{len([*stage()])} pages of documentation.")
    except StageError as error:
        sys.exit(str(error))
