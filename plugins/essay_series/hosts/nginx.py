"""The nginx configuration of a site: maps and a server block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from ..routes import encoded
from .headers import ABOUT_TLS, POLICY, REVALIDATE, TYPES, cache_rules, headers, search_pattern
from .hosting import NOT_FOUND, Hosting


def configuration(facts: Hosting) -> str:
    """Return a file to include in the ``http`` block."""
    return "".join(f"{line}\n" for line in _lines(facts))


def _lines(facts: Hosting) -> Iterator[str]:
    folder, name = unquote(facts.folder), _name(facts)
    yield """\
# The site for nginx, written by `make publish`. Include this file in the http block, set `root` to the folder with
# the host's files, and add TLS in your usual way (certbot --nginx, or a proxy in front)."""
    if folder:
        yield f"""\
# The site is in a folder: put its files into {folder}/ below `root`. If this host has a server block already, move
# the two locations into it, and delete the rest of this block."""
    yield from _maps(facts, name)
    yield f"""\
server {{
    listen 80;
    server_name {facts.domain};
    root /var/www/{facts.domain};
    server_tokens off;
"""
    if folder:
        yield f"    location = {quoted(folder)} {{ absolute_redirect off; return 301 {quoted(f'{facts.folder}/')}; }}"
    yield f"    location {quoted(f'{folder}/')} {{"
    yield from (f"        {line}" for line in _location(facts, folder, name))
    yield "    }\n}"


def _maps(facts: Hosting, name: str) -> Iterator[str]:
    """Yield the maps from addresses to header values; `name` keeps their variables apart from those of other sites."""
    rules = "".join(f'    {quoted(f"~{pattern}")} "{value}";\n' for pattern, value in cache_rules(facts).items())
    yield f'map $uri ${name}_cache_control {{\n    default "{REVALIDATE}";\n{rules}}}'
    if facts.search and facts.allowed is not None:
        own, of_search = (quoted(headers(facts, searching=searching)[POLICY]) for searching in (False, True))
        pattern = quoted(f"~{search_pattern(facts)}")
        yield f"map $uri ${name}_policy {{\n    default {own};\n    {pattern} {of_search};\n}}"


def _location(facts: Hosting, folder: str, name: str) -> Iterator[str]:
    """Yield the lines inside the site's own ``location`` block."""
    yield "charset utf-8;"
    yield "absolute_redirect off;"
    yield "gzip_static on;"
    yield "gzip_vary on;"
    yield "# brotli_static on;  where nginx has the module for it"
    yield "try_files $uri $uri/ =404;"
    yield f"location ~ {quoted(f'^{re.escape(folder)}/_(headers|redirects)$')} {{ return 404; }}"
    for pattern, kind in TYPES.items():
        yield f"location ~ {quoted(pattern)} {{ types {{ }} default_type {quoted(kind)}; }}"
    yield f"# {ABOUT_TLS}"
    for header, value in headers(facts).items():
        is_mapped = header == POLICY and facts.search
        yield f"add_header {header} {f'${name}_policy' if is_mapped else quoted(value)} always;"
    yield f"add_header Cache-Control ${name}_cache_control;"
    if facts.not_found:
        yield f"error_page 404 410 {quoted(f'{folder}/{NOT_FOUND}')};"
    answers = {_asked(address): "410" for address in facts.gone}
    answers |= {_asked(old): f"301 {quoted(encoded(new))}" for old, new in facts.redirects.items()}
    yield from (f"{asked} {{ return {answer}; }}" for asked, answer in sorted(answers.items()))


def _name(facts: Hosting) -> str:
    """Return a prefix for variables that is unique to this site on its server."""
    return re.sub(r"[^a-z0-9]+", "_", f"site {facts.domain}{facts.folder}".lower()).strip("_")


def _asked(address: str) -> str:
    """Return the directive that matches exactly `address`; ``location`` does not see query strings, ``if`` does."""
    if "?" in address:
        return f"if ($request_uri = {quoted(encoded(address))})"
    return f"location = {quoted(unquote(address))}"


def quoted(text: str) -> str:
    """Return `text` as one quoted token of nginx."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
