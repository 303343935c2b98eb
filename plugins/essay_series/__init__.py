"""Series with two sides for Pelican: costs and benefits, their ledger, and the playbook.

Pelican reads Markdown and writes files; in between, this package is a pure function from essays to pages, and one room,
`adapter`, knows that Pelican exists. In the repository, docs/develop/architecture.md walks one essay through the rooms:

`sources` reads what an author wrote, and `checks` reports everything that is wrong with it before anything is written.
`assemble` makes the `model.Site` of what is published, `routes` gives every page its address, and `views` chooses what
each page shows. `feeds`, `book`, `cards`, `images`, `metadata`, `search`, `offline` and `hosts` make everything that is
not a page; `l10n` and `marks` do it in the reader's language. `build` decides which files have to be written, and
writes them. `record` and `publish` keep addresses, feed ids and secrets. `importer` reads the texts of other sites, and
`cli` is the program ``essays``.

Put ``essay_series`` into ``PLUGINS``; nothing else is needed. `theme` tells where the project's own theme lies.
"""

from __future__ import annotations

from .package import demand_one_copy, theme

__all__ = ["register", "theme"]

demand_one_copy()


def register() -> None:
    """Connect the plugin to Pelican; called by Pelican itself."""
    from .adapter import connect

    connect()
