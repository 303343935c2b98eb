"""The site as Caddy serves it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..routes import decoded, encoded
from .headers import A_WHILE, ABOUT_TLS, ASK_FIRST, FOR_EVER, POLICY, TYPES, headers, kept_for_ever, lasting, searched
from .hosting import NOT_FOUND, Hosting


def configuration(facts: Hosting) -> str:
    """Return a Caddyfile; the addresses in `facts` are below the host."""
    return "".join(f"{line}\n" for line in _lines(facts))


def _lines(facts: Hosting) -> Iterator[str]:
    folder = decoded(facts.folder)
    yield """\
# The site as Caddy serves it, written by `make publish`. Say under `root` where the host's files lie; Caddy
# sees to TLS."""
    if folder:
        yield f"""\
# The site lies in a folder: put its files into {folder}/ below `root`. Where this host has a block already, move
# `redir`, `handle` and `handle_errors` into that one; the last line serves what else lies below `root`."""
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
			header Cache-Control {ASK_FIRST}
			header Content-Type "text/html; charset=utf-8"
			rewrite * {quoted(f"{folder}/{NOT_FOUND}")}
			file_server
		}}
	}}"""
    if folder:
        yield "\tfile_server"
    yield "}"


def _site(facts: Hosting) -> Iterator[str]:
    """Yield the lines that hold for the site alone, wherever it lies on its host."""
    yield f"\t# {ABOUT_TLS}\n\theader {{"
    mapped = (POLICY,) if facts.search else ()
    yield from (f"\t\t{name} {quoted(value)}" for name, value in headers(facts).items() if name not in mapped)
    yield f"\t\t?Cache-Control {ASK_FIRST}\n\t}}"
    yield from _for_paths("lasting", lasting(facts), "Cache-Control", A_WHILE)
    yield from _for_paths("kept", kept_for_ever(facts), "Cache-Control", FOR_EVER)
    if facts.search and facts.allowed is not None:
        yield from _for_paths("searched", searched(facts), POLICY, headers(facts, searching=True)[POLICY])
        yield f"\t@others not path_regexp `{searched(facts)}`"
        yield f"\theader @others {POLICY} {quoted(headers(facts)[POLICY])}"
    for number, (pattern, kind) in enumerate(TYPES.items(), 1):
        yield from _for_paths(f"type_{number}", pattern, "Content-Type", kind)
    plain = {decoded(then): encoded(now) for then, now in facts.moved.items() if "?" not in then}
    queried = {encoded(then): encoded(now) for then, now in facts.moved.items() if "?" in then}
    yield from _answers("path", "moved", plain, "redir @moved {moved} 301")
    yield from _answers("uri", "moved_by_query", queried, "redir @moved_by_query {moved_by_query} 301")
    yield from _answers("path", "gone", dict.fromkeys(map(decoded, facts.gone), "410"), "error @gone 410")
    yield """\
	file_server {
		precompressed br gzip
		hide _headers _redirects
	}"""


def _for_paths(matcher: str, pattern: str, name: str, value: str) -> Iterator[str]:
    """Yield the header `name` for the paths that `pattern` matches."""
    yield f"\t@{matcher} path_regexp {matcher} `{pattern}`\n\theader @{matcher} {name} {quoted(value)}"


def _answers(of: str, name: str, known: Mapping[str, str], answer: str) -> Iterator[str]:
    """Yield how what is `known` is answered: a map from what is asked for, which is empty for all other requests."""
    if known:
        yield f"\tmap {{{of}}} {{{name}}} {{"
        yield from (f"\t\t{quoted(asked)} {quoted(value)}" for asked, value in sorted(known.items()))
        yield f'\t\tdefault ""\n\t}}\n\t@{name} not vars {{{name}}} ""\n\t{answer}'


def quoted(text: str) -> str:
    """Return `text` as one word of a Caddyfile, in which braces stand for themselves."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("{", "\\{").replace("}", "\\}")
    return f'"{escaped}"'
