"""The files of Netlify, which Cloudflare Pages reads too; what only one of the two understands is left out."""

from __future__ import annotations

import re

from ..routes import encoded
from .assets import HASHED
from .headers import ABOUT_TLS, FOR_EVER, XML, headers
from .hosting import Hosting


def redirects(facts: Hosting) -> str:
    """Return ``_redirects``: one line for each former address of a page.

    Addresses that are gone are left out, since Cloudflare takes no 410, and so are those with a question mark, which
    each of the two would write in another way. The former addresses of hidden essays have their pages, and are not
    listed where they could be found.
    """
    moved = {then: now for then, now in facts.moved.items() if "?" not in then and then not in facts.quiet}
    lines = [f"{encoded(then)} {encoded(now)} 301" for then, now in sorted(moved.items())]
    return "".join(f"{line}\n" for line in ["# Written by the build.", *lines])


def headers_file(facts: Hosting) -> str:
    """Return ``_headers``: what is sent with every page.

    Files whose names change with what they hold may be kept for ever. Pages and feeds have no ``Cache-Control`` of
    ours, since both hosts let browsers ask each time, and would join two. For the same reason the policy is the same
    everywhere; where there is an index, that is the one to search with, and each page's own forbids it what it has no
    use for.
    """
    lines = ["# Written by the build.", f"# {ABOUT_TLS}", f"{facts.folder}/*"]
    lines += [f"  {name}: {value}" for name, value in headers(facts, searching=bool(facts.search)).items()]
    kept = [address for address in facts.assets if re.search(HASHED, address)]
    kept += [f"{folder}*" for folder in facts.lasting]
    lines += [line for address in kept for line in (address, f"  Cache-Control: {FOR_EVER}")]
    lines += [line for address in facts.lists for line in (address, f"  Content-Type: {XML}")]
    return "".join(f"{line}\n" for line in lines)
