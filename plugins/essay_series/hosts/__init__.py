"""What a static host needs beside the pages: redirects, HTTP headers, hashed file names, a sitemap.

`hosting.Hosting` holds the facts about a site. `redirects` makes redirect pages, `policy` the content security
policies, and `headers` the other HTTP headers; `netlify`, `nginx` and `caddy` write them in each host's format.
`assets` puts a hash into the names of theme files, `compress` adds compressed copies, and `sitemap` is for crawlers.
"""

from __future__ import annotations

from collections.abc import Mapping

from . import caddy, netlify, nginx
from .assets import Assets, assets
from .hosting import Hosting, hosting
from .policy import with_policy
from .redirects import pages as redirect_pages
from .sitemap import robots, sitemap

__all__ = [
    "Assets",
    "Hosting",
    "assets",
    "hosting",
    "netlify_files",
    "redirect_pages",
    "robots",
    "server_configs",
    "sitemap",
    "with_policy",
]


def netlify_files(facts: Hosting) -> dict[str, bytes]:
    """Return ``_redirects`` and ``_headers`` for Netlify and Cloudflare Pages, by output path."""
    return {"_redirects": netlify.redirects(facts).encode(), "_headers": netlify.headers_file(facts).encode()}


def server_configs(facts: Hosting) -> Mapping[str, str]:
    """Return the configurations of nginx and Caddy, by file name; they are not part of the site."""
    return {"nginx.conf": nginx.configuration(facts), "Caddyfile": caddy.configuration(facts)}
