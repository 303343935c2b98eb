"""Requests to many addresses: several hosts at once, within a time limit."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from queue import Empty, SimpleQueue
from threading import Event, Thread
from urllib.parse import urlsplit

from .answer import Answer

AT_ONCE = 8
"""Hosts."""


def ask_all(addresses: Iterable[str], ask: Callable[[str], Answer], seconds: float) -> dict[str, Answer]:
    """Return the answers of `ask`, which several threads call, by address.

    Those that did not come within `seconds`, or before Ctrl-C, are missing; those requests go on in daemon threads,
    which end with the process.
    """
    end = time.monotonic() + seconds
    hosts = by_host(addresses)
    queue: SimpleQueue[list[str]] = SimpleQueue()
    answers: SimpleQueue[tuple[str, Answer]] = SimpleQueue()
    for each in hosts:
        queue.put(each)
    over = Event()
    for _ in hosts[:AT_ONCE]:
        Thread(target=_work, args=(queue, answers, ask, over), daemon=True).start()
    found: dict[str, Answer] = {}
    try:
        while len(found) < sum(map(len, hosts)):
            address, answer = answers.get(timeout=max(0.0, end - time.monotonic()))
            found[address] = answer
    except (Empty, KeyboardInterrupt):
        over.set()
    return found


def by_host(addresses: Iterable[str]) -> list[list[str]]:
    """Return the distinct `addresses` grouped by host; the largest group comes first, since it takes longest."""
    hosts: defaultdict[str, list[str]] = defaultdict(list)
    for address in sorted(set(addresses)):
        hosts[_host(address)].append(address)
    return sorted(hosts.values(), key=lambda each: (-len(each), each))


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _work(
    queue: SimpleQueue[list[str]],
    answers: SimpleQueue[tuple[str, Answer]],
    ask: Callable[[str], Answer],
    over: Event,
) -> None:
    while not over.is_set():
        try:
            host = queue.get_nowait()
        except Empty:
            return
        for address in host:
            if not over.is_set():
                answers.put((address, ask(address)))
