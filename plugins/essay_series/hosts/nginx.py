"""The site as nginx serves it: a server block to include."""

from __future__ import annotations

from collections.abc import Iterator

from .headers import A_WHILE, ABOUT_TLS, ASK_FIRST, ASSET, FOR_EVER, POLICY, TYPES, headers, lasting, searched
from .hosting import NOT_FOUND, Hosting, decoded, encoded


def configuration(facts: Hosting) -> str:
    """Return a file to include in the http block of nginx."""
    return "".join(f"{line}\n" for line in _lines(facts))


def _lines(facts: Hosting) -> Iterator[str]:
    yield f"""\
# The site as nginx serves it, written by `make publish`. Include this file in the http block, say under `root` where
# the site lies, and add TLS as you do (certbot --nginx, or a proxy in front).
map $uri $essays_cache_control {{
    default "{ASK_FIRST}";
    "~{ASSET}" "{FOR_EVER}";
    "~{lasting(facts)}" "{A_WHILE}";
}}"""
    if facts.search and facts.allowed is not None:
        own, of_search = (quoted(headers(facts, searching=searching)[POLICY]) for searching in (False, True))
        yield f"map $uri $essays_policy {{\n    default {own};\n    {quoted(f'~{searched(facts)}')} {of_search};\n}}"
    yield f"""\
server {{
    listen 80;
    server_name {facts.domain};
    root /var/www/{facts.domain};

    charset utf-8;
    server_tokens off;
    absolute_redirect off;
    gzip_static on;
    gzip_vary on;
    # brotli_static on;  where nginx has the module for it

    location / {{ try_files $uri $uri/ =404; }}
    location ~ ^/_(headers|redirects)$ {{ return 404; }}"""
    for pattern, kind in TYPES.items():
        yield f"    location ~ {quoted(pattern)} {{ types {{ }} default_type {quoted(kind)}; }}"
    yield f"    # {ABOUT_TLS}"
    for name, value in headers(facts).items():
        is_mapped = name == POLICY and facts.search
        yield f"    add_header {name} {'$essays_policy' if is_mapped else quoted(value)} always;"
    yield "    add_header Cache-Control $essays_cache_control;"
    if facts.not_found:
        yield f"    error_page 404 410 /{NOT_FOUND};"
    answers = {_asked(address): "410" for address in facts.gone}
    answers |= {_asked(then): f"301 {quoted(encoded(now))}" for then, now in facts.moved.items()}
    yield from (f"    {asked} {{ return {answer}; }}" for asked, answer in sorted(answers.items()))
    yield "}"


def _asked(address: str) -> str:
    """Return the words for a request of exactly `address`; one with a question mark is compared as it was sent."""
    if "?" in address:
        return f"if ($request_uri = {quoted(encoded(address))})"
    return f"location = {quoted(decoded(address))}"


def quoted(text: str) -> str:
    """Return `text` as one word of nginx."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
