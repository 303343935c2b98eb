"""What browsers may load and run on the site, as a content security policy (CSP).

Each page carries its own, with the hashes of just its own styles, so that it holds on every host. The host sends a
second one for all pages and feeds, which may not know each page's styles but also forbids frames around the site.
Browsers obey both.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Collection, Iterable, Iterator, Mapping
from hashlib import sha256
from html import escape

from ..htmltext import elements
from ..sources.embeds import DIRECTIVES, host_of, hosts

# Every page is looked through, and nothing in a style is a tag, so that a pattern finds them as a parser would
_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL | re.IGNORECASE)
_MAYBE_STYLED = re.compile(r"[\s\"'/]style\s*=", re.IGNORECASE)
_CHARSET = '<meta charset="utf-8">'
_OWN = "'self'"
KEEPING: Mapping[str, tuple[str, ...]] = {"connect-src": (_OWN,), "script-src": (_OWN,), "worker-src": (_OWN,)}
"""What pages may do that are kept for readers without a network: run scripts of the site, and a worker that fetches."""
SEARCHING: Mapping[str, tuple[str, ...]] = {**KEEPING, "script-src": (_OWN, "'wasm-unsafe-eval'")}
"""What the page to search from may do, and no other: load the index's program too."""
FONTS_INSIDE: Mapping[str, tuple[str, ...]] = {"font-src": (_OWN, "data:")}
"""What a page may do that brings its fonts along, so that it is whole when it is saved."""
NOTHING: Mapping[str, tuple[str, ...]] = {}


def guarded(html: str, allowed: Collection[str], *, https: bool, more: Mapping[str, tuple[str, ...]] = NOTHING) -> str:
    """Return the page `html` with its policy behind the line that names its encoding."""
    policy = escape(of_page(html, allowed, https=https, more=more), quote=False)
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return html.replace(_CHARSET, f"{_CHARSET}\n{meta}", 1)


def of_page(html: str, allowed: Collection[str], *, https: bool, more: Mapping[str, tuple[str, ...]] = NOTHING) -> str:
    """Return the policy of the page `html`: its own styles, files of the site, and what it loads from `allowed` hosts.

    Args:
        html: the whole page.
        allowed: hosts that the author has declared.
        https: whether readers ask for the site by https.
        more: what it may do beyond that, such as `SEARCHING`.

    """
    loads = _loads(html, allowed) if allowed else {}
    inside = FONTS_INSIDE if "url(data:font/" in html else NOTHING
    return _policy(_styles(html), loads, {**inside, **more}, https=https)


def of_site(allowed: Collection[str], *, https: bool, more: Mapping[str, tuple[str, ...]] = NOTHING) -> str:
    """Return the policy for all pages and feeds, which a host sends; `more` is what they may do beyond the usual."""
    directives = {directive for each in DIRECTIVES.values() for directive in each}
    loads = {directive: set(allowed) for directive in directives if allowed}
    policy = _policy([_OWN, "'unsafe-inline'"], loads, {**FONTS_INSIDE, **more}, https=https)
    return f"{policy}; frame-ancestors 'none'"


def _policy(
    styles: Iterable[str], loads: Mapping[str, set[str]], more: Mapping[str, Iterable[str]], *, https: bool
) -> str:
    own = {"style-src": list(styles), "img-src": [_OWN, "data:"], "font-src": [_OWN], "media-src": [_OWN]}
    own["manifest-src"] = [_OWN]
    own |= {directive: list(sources) for directive, sources in more.items()}
    for directive, asked in loads.items():
        own[directive] = [*own.get(directive, []), *(f"https://{host}" for host in sorted(asked))]
    words = [f"{directive} {' '.join(sources)}" for directive, sources in sorted(own.items()) if sources]
    always = ["base-uri 'none'", "form-action 'none'", *(["upgrade-insecure-requests"] if https else [])]
    return "; ".join(["default-src 'none'", *words, *always])


def _styles(html: str) -> Iterator[str]:
    """Yield the hash of each style of the page, and leave for its style attributes where it has any."""
    found = (each.get("style") for each in elements(html)) if _MAYBE_STYLED.search(html) else ()
    attributes = [each.value for each in found if each]
    if attributes:
        yield "'unsafe-hashes'"
    yield from dict.fromkeys(map(_hash, [*_STYLE.findall(html), *attributes]))


def _hash(style: str) -> str:
    return f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"


def _loads(html: str, allowed: Collection[str]) -> dict[str, set[str]]:
    loads: dict[str, set[str]] = {}
    for element in elements(html):
        asked = {host_of(host) for host in hosts(element)} & set(allowed)
        for directive in DIRECTIVES.get(element.name, ()) if asked else ():
            loads.setdefault(directive, set()).update(asked)
    return loads
