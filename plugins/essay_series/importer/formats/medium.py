"""Medium: the zip of its export, with an HTML page for each story."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from lxml import html as lxml_html

from ..addresses import host_of
from ..item import PUBLISHED, Export, Files, Item, iso_date, one_line

_POST = re.compile(r"posts/(?P<draft>draft_)?(?P<name>[^/]+)\.html")
_IMAGES = ("cdn-images-1.medium.com", "miro.medium.com", "cdn-images-2.medium.com")
_CODE = re.compile(r"-[0-9a-f]{8,12}$")
SIGN = re.compile(rb'class="h-entry"')


def is_post(name: str) -> bool:
    """Tell whether the file `name` of an export is a story."""
    return bool(_POST.fullmatch(name))


def read(files: Files) -> Export:
    """Return the content of an export."""
    posts = [found for name in files.names() if (found := _POST.fullmatch(name))]
    export = Export("Medium", len(posts), files=files, image_hosts=set(_IMAGES))
    for found in posts:
        name = found[0]
        page = files.read(name).decode("utf-8", "replace")
        item = _item(name, page, draft=bool(found["draft"])) if page.strip() else None
        if item is None:
            export.skipped.append((name, "it has no article"))
        else:
            export.items.append(item)
            export.hosts |= {host_of(url) for url in item.addresses}
    return export


def _item(name: str, page: str, *, draft: bool) -> Item | None:
    tree = lxml_html.document_fromstring(page, parser=lxml_html.HTMLParser(encoding=None, huge_tree=False))
    article = next(iter(tree.find_class("h-entry")), None)
    body = next(iter(article.find_class("e-content")), None) if article is not None else None
    if article is None or body is None:
        return None
    title = _text(article, "p-name") or one_line(tree.findtext(".//title") or "")
    _without_frame(body, title)
    address = next((str(link.get("href", "")) for link in article.find_class("p-canonical")), "")
    slug = _CODE.sub("", address.rpartition("/")[2] or PurePosixPath(name).stem)
    when = next((str(each.get("datetime", "")) for each in article.find_class("dt-published")), None)
    return Item(
        "essay",
        "draft" if draft or when is None else PUBLISHED,
        title,
        re.sub(r"^(?:draft_|\d{4}-\d\d-\d\d_)", "", slug),
        name,
        date=iso_date(when or ""),
        addresses=(address,) if address and not draft else (),
        html=lxml_html.tostring(body, encoding="unicode"),
        tags=tuple(one_line(str(each.text_content())) for each in article.find_class("p-tag")),
        author=_text(article, "p-author"),
        summary=_text(article, "p-summary"),
    )


def _without_frame(body: lxml_html.HtmlElement, title: str) -> None:
    """Remove what Medium adds to a story: the rule above a section, and the title, repeated."""
    for line in body.find_class("section-divider")[:2]:
        line.drop_tree()
    first = next((each for each in body.iter("h1", "h2", "h3", "h4") if one_line(str(each.text_content()))), None)
    if first is not None and one_line(str(first.text_content())) == title:
        first.drop_tree()


def _text(tree: lxml_html.HtmlElement, name: str) -> str:
    return next((one_line(str(each.text_content())) for each in tree.find_class(name)), "")
