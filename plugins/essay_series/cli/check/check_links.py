"""Check all external links: ``make check-links [TIME=120] [FRESH=1] [FORMAT=…] [STRICT=1]``.

It sends requests to other people's hosts, so it is never part of a build, sends one request at a time to each host, and
caches the answers in ``cache/links.json``. Dead links are errors, and the exit status is 1 then; links that moved or
could not be checked are warnings.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from ...adapter.reading.sources import open_manuscript
from ...checks import Problem
from ..command import CommandError, Options, choice, is_on, option
from ..findings import FORMATS, Finding, exit_status
from ..publish.publish import EXAMPLE, SETTINGS
from ..terminal import counted
from .outside.answer import Answer, follow
from .outside.answer_cache import CachedAnswer, cached, load, save
from .outside.http_client import HttpClient, user_agent
from .outside.link_run import ask_all, by_host
from .outside.links import ExternalLink, outside_links

CACHE = Path("cache/links.json")
DEFAULT_TIME = 120
"""Seconds."""
MEANINGS = {
    "dead-address": """An external link leads to a page that does not exist.

Bad: an address that answers with 404 or 410, a host that does not exist, an expired certificate.
Good: the new address of the page, or no link.""",
    "moved-address": """A link leads to a page that has moved permanently; the redirect may not last.

Bad: ``http://site.example/page`` if it redirects to ``https://site.example/page/`` with 301 or 308.
Good: ``https://site.example/page/``.""",
    "unknown-address": """An external page could not be checked: its host did not answer, or refused.

Bad: perhaps nothing; the page may be all right.
Good: a page that opens in a browser.""",
    "unasked-address": """The time was up before an external page was checked.

Bad: more links than can be checked in ``TIME``.
Good: a second run, which uses the cached answers; or a larger ``TIME``.""",
}


def findings(links: Sequence[ExternalLink], answers: Mapping[str, Answer], content: str) -> list[Finding]:
    """Return the findings about `links`, in their order.

    `answers` are by address; one without an answer was not checked. `content` is the content folder, for messages.
    """
    found = ((link, _judged(link, answers.get(link.address))) for link in links)
    return [
        Finding(
            Problem(f"{content}/{link.path}", link.line, link.column, code, f"{link.address}: {message}", hint),
            "error" if code == "dead-address" else "warning",
        )
        for link, (code, message, hint) in found
        if code
    ]


def _judged(link: ExternalLink, answer: Answer | None) -> tuple[str, str, str]:
    """Return the code, the message and the hint of a finding; all empty if the link is fine."""
    if answer is None:
        hint = f"Run this again, which uses the cached answers, or allow more than {DEFAULT_TIME} seconds: TIME=…"
        return "unasked-address", "not checked, since the time was up", hint
    if answer.verdict == "dead":
        return "dead-address", answer.reason, "Correct the address, or remove the link."
    if answer.verdict == "moved":
        fragment = "" if not link.fragment or "#" in answer.to else f"#{link.fragment}"
        return "moved-address", answer.reason, f'Write "{answer.to}{fragment}".'
    if answer.verdict == "unknown":
        return "unknown-address", f"could not be checked: {answer.reason}", "Open it in a browser."
    return "", "", ""


def answers(
    addresses: set[str], known: Mapping[str, CachedAnswer], client: HttpClient, options: Options
) -> dict[str, CachedAnswer]:
    """Return the answers of `addresses`, from `known` if they have not expired, else from the hosts."""
    now = datetime.now(UTC)
    fresh = is_on(options, "FRESH")
    good = {a: k for a, k in known.items() if a in addresses and now < k.expires and not fresh}
    asked = sorted(addresses - good.keys())
    seconds = _seconds(options)
    if asked:
        hosts, pages = counted(len(by_host(asked)), "host"), counted(len(asked), "address", "addresses")
        print(f"Checking {pages} on {hosts}, for at most {seconds} seconds.", file=sys.stderr)
    new = ask_all(asked, lambda address: follow(address, client.fetch), seconds)
    return {**good, **{address: cached(answer, now) for address, answer in new.items()}}


def _seconds(options: Options) -> int:
    given = option(options, "TIME") or str(DEFAULT_TIME)
    if not (given.isascii() and given.isdigit()):
        raise CommandError(f'TIME: "{given}" is not a number of seconds. Write digits only, such as {DEFAULT_TIME}.')
    return int(given)


def check_links(options: Options) -> int:
    """Check the links and print the findings; return the exit status."""
    form = choice(options, "FORMAT", tuple(FORMATS))
    manuscript = open_manuscript(SETTINGS)
    config = manuscript.config
    root = "" if config.root == EXAMPLE else config.root
    links = outside_links(manuscript, root)
    client = HttpClient(user_agent(config.name, root), loopback=is_on(options, "LOOPBACK"))
    known = answers({link.address for link in links}, load(CACHE), client, options)
    save(CACHE, known)
    found = findings(links, {address: each.answer for address, each in known.items()}, config.content)
    print(FORMATS[form](found, MEANINGS))
    return exit_status(found, strict=is_on(options, "STRICT"))
