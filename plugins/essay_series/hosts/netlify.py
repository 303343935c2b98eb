"""``_redirects`` and ``_headers`` for Netlify and Cloudflare Pages, in the syntax that both understand."""

from __future__ import annotations

import re

from ..routes import encoded
from .assets import HASHED
from .headers import ABOUT_TLS, IMMUTABLE, XML, headers
from .hosting import Hosting


def redirects(facts: Hosting) -> str:
    """Return ``_redirects``: one line for each former address of a page.

    Removed addresses are left out, since Cloudflare has no 410, and so are those with a query string, for which the two
    hosts have no common syntax. The former addresses of hidden essays are redirected by their pages alone: everybody
    can read this file.
    """
    moved = {old: new for old, new in facts.redirects.items() if "?" not in old and old not in facts.unlisted}
    lines = [f"{encoded(old)} {encoded(new)} 301" for old, new in sorted(moved.items())]
    return "".join(f"{line}\n" for line in ["# Written by the build.", *lines])


def headers_file(facts: Hosting) -> str:
    """Return ``_headers``: the headers of all files, and the longer lifetime of files with a hash in their names.

    Both hosts append values where two rules match. So pages and feeds have no ``Cache-Control`` here, whose default is
    right for them, and the policy is one for all pages: where there is a search page, the one that it needs. The policy
    in each page is stricter, and browsers obey both.
    """
    lines = ["# Written by the build.", f"# {ABOUT_TLS}", f"{facts.folder}/*"]
    lines += [f"  {name}: {value}" for name, value in headers(facts, searching=bool(facts.search)).items()]
    kept = [address for address in facts.assets if re.search(HASHED, address)]
    kept += [f"{folder}*" for folder in facts.immutable_folders]
    lines += [line for address in kept for line in (address, f"  Cache-Control: {IMMUTABLE}")]
    lines += [line for address in facts.feed_lists for line in (address, f"  Content-Type: {XML}")]
    return "".join(f"{line}\n" for line in lines)
