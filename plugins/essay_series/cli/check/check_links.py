"""Ask for all that the sources link to elsewhere: ``make check-links [TIME=120] [FRESH=1] [FORMAT=…] [STRICT=1]``.

It speaks to other people's machines, so it runs only when it is called by name, never as part of a build, asks each
host for one thing at a time, and remembers the answers in ``cache/links.json``. A dead address is a mistake and ends it
with 1; what has moved, or could not be looked at, is a warning.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from ...adapter.reading.sources import open_manuscript
from ...checks import Problem
from ...l10n.days import noun
from ..command import CommandError, Options, choice, exit_code_of, is_on, option
from ..findings import FORMATS, Finding
from ..publish.publish import EXAMPLE, SETTINGS
from .outside.answer import Answer, follow
from .outside.http_client import HttpClient, agent
from .outside.link_run import ask_all, by_host
from .outside.links import ExternalLink, outside_links
from .outside.memory import Remembered, keep, recall, remember

CACHE = Path("cache/links.json")
USUAL_TIME = 120
MEANINGS = {
    "dead-address": """An external link leads to a page that does not exist.

Bad: an address that is answered with 404 or 410, a host that does not exist, a certificate that has run out.
Good: the address under which the page is now, or no link.""",
    "moved-address": """A link leads to a page that has moved for good, and its host may not say so for ever.

Bad: ``http://site.example/page`` where that leads on to ``https://site.example/page/`` by 301 or 308.
Good: ``https://site.example/page/``.""",
    "unknown-address": """An external page could not be checked: its host did not answer, or refused.

Bad: nothing that is known; the page may be all right.
Good: a look at it with a browser.""",
    "unasked-address": """The time was up before an external page was checked.

Bad: more links than ``TIME`` has room for.
Good: a second run, since what is known is remembered; or a larger ``TIME``.""",
}


def findings(links: Sequence[ExternalLink], answers: Mapping[str, Answer], content: str) -> list[Finding]:
    """Return what is to be told of `links`, in their order.

    Args:
        links: every link to another site.
        answers: what is known, by address; an address that is missing was not asked.
        content: the content folder as messages name it.

    """
    return [finding for link in links for finding in _told(link, answers.get(link.address), content)]


def _told(link: ExternalLink, answer: Answer | None, content: str) -> Iterator[Finding]:
    def at(severity: str, code: str, message: str, hint: str) -> Finding:
        path = f"{content}/{link.path}"
        problem = Problem(path, link.line, link.column, code, f"{link.address}: {message}", hint)
        return Finding(problem, "error" if severity == "error" else "warning")

    if answer is None:
        hint = f"Run it again, what is known is kept; or give it more than {USUAL_TIME} seconds with TIME=…"
        yield at("warning", "unasked-address", "the time was up before it was asked", hint)
    elif answer.verdict == "dead":
        yield at("error", "dead-address", answer.told, "Correct the address, or take the link out.")
    elif answer.verdict == "moved":
        place = "" if not link.fragment or "#" in answer.to else f"#{link.fragment}"
        yield at("warning", "moved-address", answer.told, f'Write "{answer.to}{place}".')
    elif answer.verdict == "unknown":
        told = f"it could not be looked at: {answer.told}"
        yield at("warning", "unknown-address", told, "Look at it in a browser.")


def answers(
    addresses: set[str], known: Mapping[str, Remembered], client: HttpClient, options: Options
) -> dict[str, Remembered]:
    """Return what is known of `addresses` now; what `known` has and is still good is not asked for again."""
    now = datetime.now(UTC)
    fresh = is_on(options, "FRESH")
    good = {a: k for a, k in known.items() if a in addresses and now < k.until and not fresh}
    asked = sorted(addresses - good.keys())
    seconds = _seconds(options)
    if asked:
        hosts = _counted(len(by_host(asked)), "host", "hosts")
        pages = _counted(len(asked), "address", "addresses")
        print(f"Checking {pages} on {hosts}, for at most {seconds} seconds.", file=sys.stderr)
    new = ask_all(asked, lambda address: follow(address, client.fetch), seconds)
    return {**good, **{address: remember(answer, now) for address, answer in new.items()}}


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {noun(number, one, many)}"


def _seconds(options: Options) -> int:
    given = option(options, "TIME") or str(USUAL_TIME)
    if not (given.isascii() and given.isdigit()):
        raise CommandError(f'TIME: "{given}" is not a number of seconds. Write digits only, such as {USUAL_TIME}.')
    return int(given)


def run(options: Options) -> tuple[str, int]:
    """Ask, and return what is to be printed and the exit code.

    Args:
        options: see the module.

    Raises:
        CommandError: an option has a value that it cannot have.

    """
    form = choice(options, "FORMAT", tuple(FORMATS))
    manuscript = open_manuscript(SETTINGS)
    config = manuscript.config
    root = "" if config.root == EXAMPLE else config.root
    links = outside_links(manuscript, root)
    client = HttpClient(agent(config.name, root), loopback=is_on(options, "LOOPBACK"))
    known = answers({link.address for link in links}, recall(CACHE), client, options)
    keep(CACHE, known)
    found = findings(links, {address: each.answer for address, each in known.items()}, config.content)
    counted = found if is_on(options, "STRICT") else [each for each in found if each.severity == "error"]
    return FORMATS[form](found, MEANINGS), 1 if counted else 0


def main() -> int:
    """Print what is found; return 1 if an address is dead, or with ``STRICT`` for anything, else 0."""
    return exit_code_of(_checked)


def _checked() -> int:
    said, code = run(os.environ)
    print(said)
    return code


if __name__ == "__main__":
    sys.exit(main())
