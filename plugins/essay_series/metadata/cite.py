"""View → a citation as BibTeX, or as CSL-JSON (Citation Style Language 1.0.2), which Zotero and others import."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from hashlib import blake2b
from urllib.parse import unquote

from ..views import EssayView, LedgerView
from .publication import Publication

Cited = EssayView | LedgerView

_SPECIAL = {
    **{each: f"\\{each}" for each in "$&#%_"},
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


def bibtex(view: Cited, site: Publication) -> str:
    """Return the BibTeX entry of `view`, for UTF-8."""
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(view, site) if value)
    return f"@misc{{{key_of(view)},\n{fields}}}\n"


def csl(view: Cited, site: Publication) -> str:
    """Return `view` as CSL-JSON: a list with one item."""
    contents = view.contents if isinstance(view, EssayView) else None
    item = {
        "id": key_of(view),
        "type": "post-weblog" if isinstance(view, EssayView) else "webpage",
        "title": site.typeset(view.title),
        "author": [{"literal": _author(view, site)}] if _author(view, site) else [],
        "container-title": site.name,
        "collection-title": site.typeset(contents.series.title) if contents else "",
        "collection-number": str(contents.number) if contents else "",
        "issued": {"date-parts": [[int(number) for number in _day(view).split("-")]]} if _day(view) else {},
        "language": view.lang or site.lang,
        "abstract": site.typeset(view.summary),
        "URL": site.url(view.address.url),
    }
    filled = {name: value for name, value in item.items() if value}
    return json.dumps([filled], ensure_ascii=False, indent=1) + "\n"


def key_of(view: Cited) -> str:
    """Return the citation key of `view`: the words of its URL, and its year.

    BibTeX keys must be ASCII, so a URL with other letters is represented by a digest.
    """
    address = unquote(view.address.url.rsplit("index.", 1)[0])
    words = re.findall(r"[A-Za-z0-9]+", address)
    if not address.isascii():
        words.append(blake2b(address.encode(), digest_size=4).hexdigest())
    return "-".join([*words, _day(view)[:4]] if _day(view) else words) or "untitled"


def _fields(view: Cited, site: Publication) -> Iterator[tuple[str, str]]:
    contents = view.contents if isinstance(view, EssayView) else None
    year, _, rest = _day(view).partition("-")
    author = _author(view, site)
    yield "author", f"{{{_safe(author)}}}" if author else ""
    yield "title", f"{{{_safe(site.typeset(view.title))}}}"
    yield "year", year
    yield "month", str(int(rest[:2])) if rest else ""
    yield "howpublished", _safe(site.name)
    if contents and contents.label:
        yield "note", _safe(site.typeset(contents.label_in_series))
    yield "url", _CONTROL.sub("", site.url(view.address.url)).replace("{", "%7B").replace("}", "%7D")
    yield "language", view.lang or site.lang


def _author(view: Cited, site: Publication) -> str:
    return site.author_of(view.author if isinstance(view, EssayView) else "")


def _day(view: Cited) -> str:
    """Return the date of an essay, or of the first part of a series, as 2009-04-01; empty if there is none."""
    days = [view.day] if isinstance(view, EssayView) else [part.day for part in view.parts[:1]]
    return next((day.iso for day in days if day), "")


def _safe(text: str) -> str:
    """Return `text` with the special characters of TeX escaped."""
    return "".join(_SPECIAL.get(each, each) for each in _CONTROL.sub(" ", text))
