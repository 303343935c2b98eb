"""HTML → HTML with responsive images.

Images get their dimensions, so that the text does not move when they load; they are decoded asynchronously, and loaded
lazily below the first screen. An image with a title that is alone in its paragraph becomes a figure, with the title as
caption. Attributes that the author set stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from urllib.parse import quote, unquote

from ..htmltext import elements
from ..routes import folder_of
from ..values import dataclass
from .picture import Picture, Source

# Patterns, since the rest of the text must stay the same byte for byte, and every text is searched in every build
_TAG = r"<img\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>"
_SHOWN = re.compile(
    rf"<!--.*?-->|<picture\b.*?</picture>|<p>\s*(?P<alone>{_TAG})\s*</p>|(?P<inside>{_TAG})", re.DOTALL | re.IGNORECASE
)
_WORD = re.compile(r"\w+")
_ANY_TAG = re.compile(r"<[^<>]*>")
FIRST_SCREEN = 150
"""The number of words on a first screen, roughly; images after more words are loaded lazily."""


@dataclass(frozen=True, slots=True)
class _Look:
    """The arguments of `illustrated` that all images share."""

    roots: tuple[str, ...]
    """The beginnings of URLs of the site's own files: the URL of the site, or only its path."""
    known: Callable[[str], Picture | None]
    column: str
    typeset: Callable[[str], str]


def illustrated(
    html: str, root: str, known: Callable[[str], Picture | None], column: str, typeset: Callable[[str], str]
) -> str:
    """Return the text `html` with responsive images.

    Args:
        html: the text as Pelican converted it.
        root: the site's URL, without a trailing slash.
        known: returns the image at an output path; None for files that are not images of this site.
        column: the width of images in the text, a value of the attribute ``sizes``.
        typeset: converts plain text, such as a caption, to HTML.

    """
    if "<img" not in html:
        return html
    look = _Look((root, folder_of(root)), known, column, typeset)

    def shown(match: re.Match[str]) -> str:
        tag = match["alone"] or match["inside"]
        is_near = len(_WORD.findall(_ANY_TAG.sub(" ", html[: match.start()]))) < FIRST_SCREEN
        return _shown(match[0], tag, look, is_near=is_near) if tag else match[0]

    return _SHOWN.sub(shown, html)


def _shown(written: str, tag: str, look: _Look, *, is_near: bool) -> str:
    attributes = {each.name: each.value for each in elements(tag)[0].attributes}
    source = attributes.get("src", "")
    below = next((f"{root}/" for root in look.roots if source.startswith(f"{root}/")), "")
    picture = look.known(unquote(source.removeprefix(below))) if below else None
    is_figure = tag != written and "title" in attributes
    caption = attributes.pop("title") if is_figure else ""
    if picture:
        attributes = _sized(attributes, picture, is_near=is_near)
    image = f"<img {' '.join(_attribute(name, value) for name, value in attributes.items())}>"
    if picture and picture.sources:
        image = f"<picture>{''.join(_source(each, look) for each in picture.sources)}{image}</picture>"
    if is_figure:
        return f"<figure>{image}<figcaption>{look.typeset(caption)}</figcaption></figure>"
    return written.replace(tag, image) if picture else written


def _sized(attributes: Mapping[str, str], picture: Picture, *, is_near: bool) -> dict[str, str]:
    known = {"decoding": "async", **({} if is_near else {"loading": "lazy"})}
    if not attributes.keys() & {"width", "height"}:
        known |= {"width": str(picture.width), "height": str(picture.height)}
    return {**known, **attributes}


def _source(source: Source, look: _Look) -> str:
    files = ", ".join(f"{look.roots[-1]}/{quote(path)} {width}w" for path, width in source.files)
    return f'<source type="{source.type}" srcset="{escape(files)}" sizes="{escape(look.column)}">'


def _attribute(name: str, value: str) -> str:
    return f'{name}="{escape(value)}"'
