"""The files of Netlify, which Cloudflare Pages reads too; what only one of the two understands is left out."""

from __future__ import annotations

from .hosting import Hosting, encoded


def redirects(facts: Hosting) -> str:
    """Return ``_redirects``: one line for each former address of a page.

    Addresses that are gone are left out, since Cloudflare takes no 410, and so are those with a question mark, which
    each of the two would write in another way.
    """
    lines = [f"{encoded(then)} {encoded(now)} 301" for then, now in sorted(facts.moved.items()) if "?" not in then]
    return "".join(f"{line}\n" for line in ["# Written by the build.", *lines])
