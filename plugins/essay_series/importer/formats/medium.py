"""Medium: the zip of its export, one page of HTML a story."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from lxml import html as lxml_html

from ..item import PUBLISHED, Census, Export, Files, Item, one_line
from ..places import host_of

_POST = re.compile(r"posts/(?P<draft>draft_)?(?P<name>[^/]+)\.html")
_IMAGES = ("cdn-images-1.medium.com", "miro.medium.com", "cdn-images-2.medium.com")
_CODE = re.compile(r"-[0-9a-f]{8,12}$")
SIGN = re.compile(rb'class="h-entry"')


def is_post(name: str) -> bool:
    """Tell whether a file of an export is a story."""
    return bool(_POST.fullmatch(name))


def count(files: Files) -> Census:
    """Count the stories by the names of their files."""
    found = (name.split("/")[-1] for name in files.names() if name.startswith("posts/") and name.endswith(".html"))
    return Counter(("story", "draft" if name.startswith("draft_") else "") for name in found)


def read(files: Files) -> Export:
    """Read an export.

    Raises:
        ImportRefusedError: it cannot be read.

    """
    export = Export("Medium", files=files, image_hosts=set(_IMAGES))
    for name in files.names():
        found = _POST.fullmatch(name)
        if not found:
            export.extra["other file"] += 1
            continue
        export.seen["story", "draft" if found["draft"] else ""] += 1
        page = files.read(name).decode("utf-8", "replace")
        item = _item(name, page, draft=bool(found["draft"])) if page.strip() else None
        if item is None:
            export.kept.append((name, "it has no article"))
        else:
            export.items.append(item)
            export.hosts |= {host_of(url) for url in item.addresses}
    return export


def _item(name: str, page: str, *, draft: bool) -> Item | None:
    tree = lxml_html.document_fromstring(page, parser=lxml_html.HTMLParser(encoding=None, huge_tree=False))
    article = next(_of_class(tree, "h-entry"), None)
    body = next(_of_class(article, "e-content"), None) if article is not None else None
    if article is None or body is None:
        return None
    title = _said(article, "p-name") or _said(tree, "title")
    _without_frame(body, title)
    link = next(_of_class(article, "p-canonical"), None)
    address = str(link.get("href", "")) if link is not None else ""
    slug = _CODE.sub("", address.rpartition("/")[2]) or _CODE.sub(
        "", name.rsplit("/", maxsplit=1)[-1].removesuffix(".html")
    )
    when = next(_of_class(article, "dt-published"), None)
    return Item(
        "essay",
        "draft" if draft or when is None else PUBLISHED,
        title,
        re.sub(r"^(?:draft_|\d{4}-\d\d-\d\d_)", "", slug),
        name,
        date=_date(str(when.get("datetime", ""))) if when is not None else None,
        addresses=(address,) if address and not draft else (),
        html=lxml_html.tostring(body, encoding="unicode"),
        tags=tuple(one_line(str(each.text_content())) for each in _of_class(article, "p-tag")),
        author=_said(article, "p-author"),
        summary=_said(article, "p-summary"),
    )


def _without_frame(body: lxml_html.HtmlElement, title: str) -> None:
    """Take out what Medium adds to a story: the line above each section, and the title once more."""
    for line in [*_of_class(body, "section-divider")][:2]:
        line.drop_tree()
    first = next((each for each in body.iter("h1", "h2", "h3", "h4") if one_line(str(each.text_content()))), None)
    if first is not None and one_line(str(first.text_content())) == title:
        first.drop_tree()


def _of_class(tree: lxml_html.HtmlElement, name: str) -> Iterator[lxml_html.HtmlElement]:
    for each in tree.iter():
        if isinstance(each.tag, str) and name in str(each.get("class", "")).split():
            yield each


def _said(tree: lxml_html.HtmlElement, name: str) -> str:
    found = next(_of_class(tree, name), None)
    return one_line(str(found.text_content())) if found is not None else ""


def _date(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(microsecond=0) if text else None
    except ValueError:
        return None
