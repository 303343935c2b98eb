"""The site as Caddy serves it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .hosting import NOT_FOUND, Hosting, decoded, encoded


def configuration(facts: Hosting) -> str:
    """Return a Caddyfile."""
    return "".join(f"{line}\n" for line in _lines(facts))


def _lines(facts: Hosting) -> Iterator[str]:
    yield f"""\
# The site as Caddy serves it, written by `make publish`. Say under `root` where the site lies; Caddy sees to TLS.
{facts.domain or ":80"} {{
	root * /var/www/{facts.domain}"""
    plain = {then: encoded(now) for then, now in facts.moved.items() if "?" not in then}
    queried = {then: encoded(now) for then, now in facts.moved.items() if "?" in then}
    yield from _map("path", "moved", ((decoded(then), now) for then, now in plain.items()))
    yield from _map("uri", "moved_by_query", ((encoded(then), now) for then, now in queried.items()))
    yield from _map("path", "gone", ((decoded(address), "410") for address in facts.gone))
    yield """\
	@moved not vars {moved} ""
	redir @moved {moved} 301
	@moved_by_query not vars {moved_by_query} ""
	redir @moved_by_query {moved_by_query} 301
	@gone not vars {gone} ""
	error @gone 410
	file_server {
		hide _headers _redirects
	}"""
    if facts.not_found:
        yield f"""\
	handle_errors {{
		rewrite * /{NOT_FOUND}
		file_server
	}}"""
    yield "}"


def _map(of: str, name: str, pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield a map from what is asked for to what answers; empty for all other requests."""
    yield f"\tmap {{{of}}} {{{name}}} {{"
    yield from (f"\t\t{quoted(asked)} {quoted(answer)}" for asked, answer in sorted(pairs))
    yield '\t\tdefault ""\n\t}'


def quoted(text: str) -> str:
    """Return `text` as one word of a Caddyfile, in which braces stand for themselves."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("{", "\\{").replace("}", "\\}")
    return f'"{escaped}"'
