"""Series with two sides for Pelican: costs and benefits, their ledger, and the playbook.

Pelican reads Markdown and writes files; this package is a pure function from essays to pages, and one module knows
that Pelican exists. Read it in the order of the flow:

`frontmatter`, `comments` and `markup` read a source as its author left it, and `htmltext` all HTML. `declare` says what
a source means, `manuscript` holds all of them, and `checks` says everything that is wrong, before anything is written.
`assemble` makes the `model.Site` of the published essays, `routes` gives every page its address, and `views` turns the
site into what each template may read.
`gate` lets nothing be published that readers must not find. `images` gives texts their images, `search` lets readers
search in them, and `offline` keeps them on readers' devices.
`build` knows which files of the last build nobody makes any more. `adapter` is the only door to Pelican, both ways.

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
