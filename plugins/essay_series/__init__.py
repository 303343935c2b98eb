"""A Pelican plugin for essay series with two sides, costs and benefits, with a ledger for each and a playbook.

Pelican reads Markdown and writes files. In between, this package is a pure function from essays to pages; only the
package `adapter` imports Pelican. docs/develop/architecture.md in the repository follows one essay through the code:

`sources` parses the source files, and `checks` reports everything that is wrong with them before anything is written.
`assemble` builds the `model.Site` of everything published, `routes` gives every page its address, and `views` decides
what each page shows. `feeds`, `book`, `cards`, `images`, `metadata`, `search`, `offline` and `hosts` generate all other
files; `l10n` and `marks` adapt them to the reader's language. `build` decides which files must be written, and writes
them. `record` and `publish` preserve addresses and feed ids, and prevent leaks. `importer` reads exports of other
sites, and `cli` is the program ``essays``.

Add ``essay_series`` to ``PLUGINS``; nothing else is needed. `theme` returns the path of the bundled theme.
"""

from __future__ import annotations

from .package import require_single_copy, theme

__all__ = ["register", "theme"]

require_single_copy()


def register() -> None:
    """Connect the plugin to Pelican's signals; Pelican calls this."""
    from .adapter import connect

    connect()
