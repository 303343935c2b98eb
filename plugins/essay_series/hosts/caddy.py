"""The Caddyfile of a site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from ..routes import encoded
from .headers import ABOUT_TLS, POLICY, REVALIDATE, TYPES, cache_rules, headers, search_pattern
from .hosting import NOT_FOUND, Hosting


def configuration(facts: Hosting) -> str:
    """Return the Caddyfile of a site."""
    return "".join(f"{line}\n" for line in _lines(facts))


def _lines(facts: Hosting) -> Iterator[str]:
    folder = unquote(facts.folder)
    yield """\
# The site for Caddy, written by `make publish`. Set `root` to the folder with the host's files; Caddy sets up TLS
# itself."""
    if folder:
        yield f"""\
# The site is in a folder: put its files into {folder}/ below `root`. If this host has a block already, move
# `redir`, `handle` and `handle_errors` into it; the last line serves all other files below `root`."""
    yield f"{facts.domain or ':80'} {{\n\troot * /var/www/{facts.domain}"
    if folder:
        yield f"\tredir {quoted(folder)} {quoted(f'{facts.folder}/')} 301"
    yield f"\thandle {quoted(f'{folder}/*')} {{"
    yield from ("\t" + line.replace("\n", "\n\t") for line in _site(facts))
    yield "\t}"
    if facts.not_found:
        yield f"""\
	handle_errors {{
		handle {quoted(f"{folder}/*")} {{
			header Cache-Control {REVALIDATE}
			header Content-Type "text/html; charset=utf-8"
			rewrite * {quoted(f"{folder}/{NOT_FOUND}")}
			file_server
		}}
	}}"""
    if folder:
        yield "\tfile_server"
    yield "}"


def _site(facts: Hosting) -> Iterator[str]:
    """Yield the lines inside the site's own ``handle`` block."""
    yield f"\t# {ABOUT_TLS}\n\theader {{"
    mapped = (POLICY,) if facts.search else ()
    yield from (f"\t\t{name} {quoted(value)}" for name, value in headers(facts).items() if name not in mapped)
    yield f"\t\t?Cache-Control {REVALIDATE}\n\t}}"
    for number, (pattern, value) in enumerate(cache_rules(facts).items(), 1):
        yield from _for_paths(f"cache_{number}", pattern, "Cache-Control", value)
    if facts.search and facts.allowed is not None:
        yield from _for_paths("search", search_pattern(facts), POLICY, headers(facts, searching=True)[POLICY])
        yield f"\t@others not path_regexp `{search_pattern(facts)}`"
        yield f"\theader @others {POLICY} {quoted(headers(facts)[POLICY])}"
    for number, (pattern, kind) in enumerate(TYPES.items(), 1):
        yield from _for_paths(f"type_{number}", pattern, "Content-Type", kind)
    plain = {unquote(old): encoded(new) for old, new in facts.redirects.items() if "?" not in old}
    queried = {encoded(old): encoded(new) for old, new in facts.redirects.items() if "?" in old}
    yield from _answers("path", "moved", plain, "redir @moved {moved} 301")
    yield from _answers("uri", "moved_by_query", queried, "redir @moved_by_query {moved_by_query} 301")
    yield from _answers("path", "gone", dict.fromkeys(map(unquote, facts.gone), "410"), "error @gone 410")
    yield """\
	file_server {
		precompressed br gzip
		hide _headers _redirects
	}"""


def _for_paths(matcher: str, pattern: str, name: str, value: str) -> Iterator[str]:
    """Yield a header `name` for the paths that the regular expression `pattern` matches."""
    yield f"\t@{matcher} path_regexp {matcher} `{pattern}`\n\theader @{matcher} {name} {quoted(value)}"


def _answers(of: str, name: str, known: Mapping[str, str], answer: str) -> Iterator[str]:
    """Yield a ``map`` from requests to the values in `known`, and the `answer` to requests that have a value."""
    if known:
        yield f"\tmap {{{of}}} {{{name}}} {{"
        yield from (f"\t\t{quoted(asked)} {quoted(value)}" for asked, value in sorted(known.items()))
        yield f'\t\tdefault ""\n\t}}\n\t@{name} not vars {{{name}}} ""\n\t{answer}'


def quoted(text: str) -> str:
    """Return `text` as one quoted token of a Caddyfile, with braces escaped."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("{", "\\{").replace("}", "\\}")
    return f'"{escaped}"'
