"""Search without a server: the pages that readers are to find in, the index that a browser asks out.

The index is Pagefind's (https://pagefind.app): a script, a program in WebAssembly, and many small files of which a
search loads the few that it needs. What a page says of itself stands in its attributes ``data-pagefind-…``.
`characters` makes scripts without blanks between words findable, and `languages` gives each language a folder.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping

from .languages import FOLDER, NAMED_BY_CONTENT, NAMED_BY_CONTENT_IN, divided, folders
from .pagefind import MAGIC, in_order, made_of

__all__ = ["FOLDER", "NAMED_BY_CONTENT", "NAMED_BY_CONTENT_IN", "folders", "in_order", "index"]


def index(pages: Mapping[str, bytes], home: str = "en") -> dict[str, bytes]:
    """Return the files of the index of `pages`, which are given as HTML by output path; both are below the site.

    The same pages always give the same bytes.

    Args:
        pages: what can be found.
        home: the site's own language.

    Raises:
        subprocess.CalledProcessError: Pagefind failed; it has said why.

    """
    from .characters import spaced  # noqa: PLC0415 - only who publishes an index needs what it is made with

    made = made_of({path: spaced(html.decode()).encode() for path, html in pages.items()})
    shown = {path: _shown(data) if path.endswith(".pf_fragment") else data for path, data in made.items()}
    return {f"{FOLDER}/{path}": data for path, data in divided(shown, home).items()}


def _shown(fragment: bytes) -> bytes:
    """Return what the index knows of a page as its readers see it."""
    from .characters import restored  # noqa: PLC0415 - likewise

    page = gzip.decompress(fragment).removeprefix(MAGIC)
    clean = restored(page)
    return fragment if clean == page else gzip.compress(MAGIC + clean, 9, mtime=0)
