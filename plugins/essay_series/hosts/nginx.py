"""The site as nginx serves it: a server block to include."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..routes import decoded, encoded
from .headers import A_WHILE, ABOUT_TLS, ASK_FIRST, FOR_EVER, POLICY, TYPES, headers, kept_for_ever, lasting, searched
from .hosting import NOT_FOUND, Hosting


def configuration(facts: Hosting) -> str:
    """Return a file to include in the http block of nginx; the addresses in `facts` are below the host."""
    return "".join(f"{line}\n" for line in _lines(facts))


def _lines(facts: Hosting) -> Iterator[str]:
    folder, name = decoded(facts.folder), _name(facts)
    yield """\
# The site as nginx serves it, written by `make publish`. Include this file in the http block, say under `root` where
# the host's files lie, and add TLS as you do (certbot --nginx, or a proxy in front)."""
    if folder:
        yield f"""\
# The site lies in a folder: put its files into {folder}/ below `root`. Where this host has a server block already, move
# the two locations into that one, and delete the rest of this one."""
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
    """Yield what a page's address decides; the variables bear the site's `name`, since a server's sites share them."""
    yield f"""\
map $uri ${name}_cache_control {{
    default "{ASK_FIRST}";
    {quoted(f"~{kept_for_ever(facts)}")} "{FOR_EVER}";
    {quoted(f"~{lasting(facts)}")} "{A_WHILE}";
}}"""
    if facts.search and facts.allowed is not None:
        own, of_search = (quoted(headers(facts, searching=searching)[POLICY]) for searching in (False, True))
        yield f"map $uri ${name}_policy {{\n    default {own};\n    {quoted(f'~{searched(facts)}')} {of_search};\n}}"


def _location(facts: Hosting, folder: str, name: str) -> Iterator[str]:
    """Yield the lines that hold for the site alone, wherever it lies on its host."""
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
    answers |= {_asked(then): f"301 {quoted(encoded(now))}" for then, now in facts.moved.items()}
    yield from (f"{asked} {{ return {answer}; }}" for asked, answer in sorted(answers.items()))


def _name(facts: Hosting) -> str:
    """Return a word for variables that no other site on the same server has."""
    return re.sub(r"[^a-z0-9]+", "_", f"site {facts.domain}{facts.folder}".lower()).strip("_")


def _asked(address: str) -> str:
    """Return the words for a request of exactly `address`; one with a question mark is compared as it was sent."""
    if "?" in address:
        return f"if ($request_uri = {quoted(encoded(address))})"
    return f"location = {quoted(decoded(address))}"


def quoted(text: str) -> str:
    """Return `text` as one word of nginx."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
