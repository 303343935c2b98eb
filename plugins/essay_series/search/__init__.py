"""Pages → a search index for browsers, which needs no server.

The index is Pagefind's (https://pagefind.app): a script, a WebAssembly program, and many small files, of which a search
loads a few. Attributes ``data-pagefind-…`` of pages control it. `characters` makes text in scripts without spaces
searchable, and `languages` gives each language its own folder.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping

from .languages import FOLDER, NAMED_BY_CONTENT, NAMED_BY_CONTENT_IN, divided, folders
from .pagefind import MAGIC, in_order, made_of

__all__ = ["FOLDER", "NAMED_BY_CONTENT", "NAMED_BY_CONTENT_IN", "folders", "in_order", "index"]


def index(pages: Mapping[str, bytes], home: str = "en") -> dict[str, bytes]:
    """Return the files of the index, by output path; the same pages always give the same bytes.

    Args:
        pages: the HTML of each page, by output path.
        home: the site's own language.

    Raises:
        subprocess.CalledProcessError: Pagefind failed, and printed why.

    """
    from .characters import spaced  # noqa: PLC0415 - only publications with an index need its libraries

    made = made_of({path: spaced(html.decode()).encode() for path, html in pages.items()})
    shown = {path: _restored(data) if path.endswith(".pf_fragment") else data for path, data in made.items()}
    return {f"{FOLDER}/{path}": data for path, data in divided(shown, home).items()}


def _restored(fragment: bytes) -> bytes:
    """Return a compressed fragment, the index's copy of a page, with the text as readers see it."""
    from .characters import restored  # noqa: PLC0415 - likewise

    page = gzip.decompress(fragment).removeprefix(MAGIC)
    clean = restored(page)
    return fragment if clean == page else gzip.compress(MAGIC + clean, 9, mtime=0)
