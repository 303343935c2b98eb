"""Content security policies (CSP Level 3): what browsers may load and run.

Each page has its own in a ``<meta>``, with the hashes of its styles, so that it works on every host. The host sends a
second one in a header, the same for all pages and feeds, which also forbids framing. Browsers obey both.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Collection, Iterable, Iterator, Mapping
from hashlib import sha256
from html import escape

from ..htmltext import elements
from ..sources.embeds import DIRECTIVES, host_of, hosts

# A pattern is as exact as a parser here, since a style element holds no tags, and much faster
_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL | re.IGNORECASE)
_MAYBE_STYLED = re.compile(r"style\s*=")
_CHARSET = '<meta charset="utf-8">'
_SELF = "'self'"
Sources = Mapping[str, tuple[str, ...]]
"""What may be loaded, by the directive of the policy that allows it."""
OFFLINE_SOURCES: Sources = {"connect-src": (_SELF,), "script-src": (_SELF,), "worker-src": (_SELF,)}
"""What offline reading needs: the site's scripts, and a service worker that fetches."""
SEARCH_SOURCES: Sources = {**OFFLINE_SOURCES, "script-src": (_SELF, "'wasm-unsafe-eval'")}
"""What the search page needs: the WebAssembly of the search index too."""
INLINE_FONTS: Sources = {"font-src": (_SELF, "data:")}
"""What a page needs that has its fonts inside, so that it can be saved as one file."""
NO_SOURCES: Sources = {}


def with_policy(html: str, allowed: Collection[str], *, https: bool, extra: Sources = NO_SOURCES) -> str:
    """Return the page `html` with its policy in a ``<meta>`` after the one for the encoding; see `of_page`."""
    policy = escape(of_page(html, allowed, https=https, extra=extra), quote=False)
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return html.replace(_CHARSET, f"{_CHARSET}\n{meta}", 1)


def of_page(html: str, allowed: Collection[str], *, https: bool, extra: Sources = NO_SOURCES) -> str:
    """Return the policy of the page `html`: its own styles, the site's files, and what it loads from `allowed` hosts.

    Args:
        html: the whole page.
        allowed: the hosts that the author has declared in the settings.
        https: whether the site is served over https.
        extra: more sources by directive, such as `SEARCH_SOURCES`.

    """
    loads = _loads(html, allowed) if allowed else {}
    inside = INLINE_FONTS if "url(data:font/" in html else NO_SOURCES
    return _policy(_styles(html), loads, {**inside, **extra}, https=https)


def of_site(allowed: Collection[str], *, https: bool, extra: Sources = NO_SOURCES) -> str:
    """Return the policy that a host sends with all pages and feeds; the arguments are those of `of_page`."""
    directives = {directive for each in DIRECTIVES.values() for directive in each}
    loads = {directive: set(allowed) for directive in directives if allowed}
    policy = _policy([_SELF, "'unsafe-inline'"], loads, {**INLINE_FONTS, **extra}, https=https)
    return f"{policy}; frame-ancestors 'none'"


def _policy(styles: Iterable[str], loads: Mapping[str, set[str]], extra: Sources, *, https: bool) -> str:
    own = {"style-src": list(styles), "img-src": [_SELF, "data:"], "font-src": [_SELF], "media-src": [_SELF]}
    own["manifest-src"] = [_SELF]
    own |= {directive: list(sources) for directive, sources in extra.items()}
    for directive, asked in loads.items():
        own[directive] = [*own.get(directive, []), *(f"https://{host}" for host in sorted(asked))]
    words = [f"{directive} {' '.join(sources)}" for directive, sources in sorted(own.items()) if sources]
    always = ["base-uri 'none'", "form-action 'none'", *(["upgrade-insecure-requests"] if https else [])]
    return "; ".join(["default-src 'none'", *words, *always])


def _styles(html: str) -> Iterator[str]:
    """Yield the hash of each style of the page, and the keyword that style attributes need."""
    found = (each.get("style") for each in elements(html)) if _MAYBE_STYLED.search(html.lower()) else ()
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
