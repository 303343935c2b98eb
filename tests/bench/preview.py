"""The time from saving a file until the open page shows it, for the contenders' previews in a real browser."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple
from urllib.error import URLError
from urllib.parse import urljoin
from urllib.request import urlopen

from playwright.sync_api import Page, sync_playwright

from bench.contenders import Contender
from bench.corpus import Essay
from set_up import installed

TIMEOUT = 120.0
"""Seconds in which a preview must start to answer, or show a save."""
REST = 1.0
"""Seconds to wait before each save, so that the work of the one before is over."""


class Save(NamedTuple):
    """A change by an author, and how to see that the open page shows it."""

    do: Callable[[Contender, Path, Essay, int], object]
    seen: str
    """A JavaScript expression, or the address of a new page; ``NUMBER`` is replaced by that of the round."""


def _word(contender: Contender, folder: Path, essay: Essay, number: int) -> None:
    contender.write(folder, replace(essay, body=f"{essay.body}\n\nSaved{number}.\n"))


def _title(contender: Contender, folder: Path, essay: Essay, number: int) -> None:
    contender.write(folder, replace(essay, title=f"{essay.title} Again{number}"))


def _tag(contender: Contender, folder: Path, essay: Essay, number: int) -> None:
    contender.write(folder, replace(essay, tags=(*essay.tags[:2], f"saved-{number}")))


def _new(contender: Contender, folder: Path, essay: Essay, number: int) -> None:
    facts = {"slug": f"fresh-{number}", "title": f"Fresh{number}", "part": essay.part + 80 + number}
    contender.write(folder, replace(essay, **facts))


def _template(contender: Contender, folder: Path, _: Essay, number: int) -> None:
    file = folder / contender.template
    file.write_text(file.read_text(encoding="utf-8").replace("<article", f'<article data-n{number}=""', 1))


def _style(contender: Contender, folder: Path, _: Essay, number: int) -> None:
    file = folder / contender.style
    file.write_text(f"{file.read_text(encoding='utf-8')}\nbody {{ --saved: n{number}; }}\n", encoding="utf-8")


_TEXT = "document.body.textContent.includes('{}')"
SAVES = {
    "a word": Save(_word, _TEXT.format("SavedNUMBER.")),
    "a title": Save(_title, _TEXT.format("AgainNUMBER")),
    "a tag": Save(_tag, "/saved.NUMBER/i.test(document.body.textContent)"),
    "a new essay": Save(_new, "/essays/fresh-NUMBER/"),
    "a template": Save(_template, "!!document.querySelector('article[data-nNUMBER]')"),
    "a style": Save(_style, "getComputedStyle(document.body).getPropertyValue('--saved').trim() === 'nNUMBER'"),
}
"""The saves by name. The essay in the middle is open; a new one is seen when its page can be opened."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The time of one save."""

    size: int
    contender: str
    mode: str
    round: int
    wall: float
    """Seconds."""
    cpu: float = 0.0
    memory: float = 0.0


def measured(sites: Path, size: int, rounds: int, chosen: Sequence[Contender], essay: Essay) -> Iterator[Shown]:
    """Yield the time of each save for each contender with a preview, in turn.

    Args:
        sites: the folder that holds the contenders' sites.
        size: the number of essays.
        rounds: how often each save is made, after one round that is not counted.
        chosen: the contenders.
        essay: the essay that is open.

    """
    browser_path = installed()
    if not browser_path:
        print("NO BROWSER: previews were not measured")
        return
    with ExitStack() as stack:
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        previews: list[_Open] = []
        for contender in (one for one in chosen if one.preview):
            folder = sites / contender.name
            contender.write(folder, essay)
            address = stack.enter_context(_served(contender, folder))
            previews.append(_Open(contender, folder, browser.new_page()))
            previews[-1].page.goto(f"{address}essays/{essay.slug}/")
        for number in range(rounds + 1):
            for mode, save in SAVES.items():
                for one in previews:
                    name, wall = one.contender.name, _shown(one, save, essay, number)
                    print(f"{size} essays, saving {mode}: {name} shows it in {wall:.2f} s", flush=True)
                    if number:
                        yield Shown(size, name, mode, number, wall)


class _Open(NamedTuple):
    contender: Contender
    folder: Path
    page: Page


def _shown(one: _Open, save: Save, essay: Essay, number: int) -> float:
    time.sleep(REST)
    start = time.perf_counter()
    save.do(one.contender, one.folder, essay, number)
    seen = save.seen.replace("NUMBER", str(number))
    if seen.startswith("/essays/"):
        _wait_for(urljoin(one.page.url, seen))
    else:
        one.page.wait_for_function(seen, timeout=TIMEOUT * 1000)
    return time.perf_counter() - start


@contextmanager
def _served(contender: Contender, folder: Path) -> Iterator[str]:
    """Run the preview of `contender`, and yield its address once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [word.format(port=port) for word in contender.preview]
    log = (folder / "preview.log").open("w")
    with log, subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, start_new_session=True) as process:
        try:
            address = f"http://127.0.0.1:{port}/"
            _wait_for(address)
            yield address
        finally:
            os.killpg(process.pid, signal.SIGINT)
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)


def _wait_for(address: str) -> None:
    end = time.monotonic() + TIMEOUT
    while True:
        try:
            urlopen(address, timeout=TIMEOUT).close()  # noqa: S310 - an address on this machine
        except (URLError, ConnectionError):
            if time.monotonic() > end:
                raise
            time.sleep(0.01)
        else:
            return
