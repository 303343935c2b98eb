"""The files of the theme that pages load, in the look of the site, under names that change with what they hold."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment

from ..hosts import Assets, assets
from ..look import Look
from .publication import site_look
from .settings import Settings

_FOLLOW_LOOK = (".css", ".svg")
"""Files of the theme that take colours and fonts from the site's look."""


def theme_assets(settings: Settings) -> Assets:
    """Return the files in the folders ``ASSET_PATHS`` of the theme, under names that change with what they hold."""
    roots = [Path(settings["THEME"], folder) for folder in settings["ASSET_PATHS"]]
    below = settings["THEME_STATIC_DIR"]
    files = {root: sorted(file for file in root.rglob("*") if file.is_file()) for root in roots}
    held = {f"{below}/{f.relative_to(root).as_posix()}": f.read_bytes() for root, found in files.items() for f in found}
    look = site_look(settings)
    if look:
        held |= {f"{below}/{font.name}": font.read_bytes() for font in look.fonts.values()}
        held = {path: _in_look(data, look) if path.endswith(_FOLLOW_LOOK) else data for path, data in held.items()}
    return assets(held)


def _in_look(text: bytes, look: Look) -> bytes:
    """Fill in the colours and fonts of `look` where `text` is a template that asks for them."""
    if b"{{ look." not in text:
        return text
    environment = Environment(keep_trailing_newline=True)  # noqa: S701 - it makes no HTML
    return environment.from_string(text.decode()).render(look=look).encode()
