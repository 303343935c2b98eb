"""What hosts of static files must be told: where pages went, which headers to send, and what search engines may read.

`hosting.Hosting` holds the facts. `redirects` makes the pages that send on, `policy` says what browsers may load and
run, `headers` what is sent with a page, and `netlify`, `nginx` and `caddy` write all that in the words of each host.
`sitemap` is for search engines, and `assets` gives the theme's files their names.
"""

from __future__ import annotations

from collections.abc import Mapping

from . import caddy, netlify, nginx
from .assets import Assets, assets
from .hosting import Hosting, hosting
from .policy import guarded
from .redirects import pages as redirect_pages
from .sitemap import robots, sitemap

__all__ = [
    "Assets",
    "Hosting",
    "assets",
    "guarded",
    "hosting",
    "in_the_site",
    "on_the_server",
    "redirect_pages",
    "robots",
    "sitemap",
]


def in_the_site(facts: Hosting) -> dict[str, bytes]:
    """Return the files that Netlify and Cloudflare Pages read in the site itself, by output path."""
    facts = facts.below_the_host()
    return {"_redirects": netlify.redirects(facts).encode(), "_headers": netlify.headers_file(facts).encode()}


def on_the_server(facts: Hosting) -> Mapping[str, str]:
    """Return the configuration of servers of one's own, by file name; readers must not get these files."""
    facts = facts.below_the_host()
    return {"nginx.conf": nginx.configuration(facts), "Caddyfile": caddy.configuration(facts)}
