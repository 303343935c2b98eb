"""One round through many addresses: several hosts at once, and an end when the time is up."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from queue import Empty, SimpleQueue
from threading import Event, Thread
from urllib.parse import urlsplit

from .answer import Answer

AT_ONCE = 8


def ask_all(addresses: Iterable[str], ask: Callable[[str], Answer], seconds: float) -> dict[str, Answer]:
    """Return what each of `addresses` answered; those that were not reached in time are left out.

    What is still under way at the end is left to itself: its threads end with the process. Ctrl-C is an end too.

    Args:
        addresses: what to ask for.
        ask: how one is asked for; called from several threads.
        seconds: when to end.

    """
    end = time.monotonic() + seconds
    hosts = by_host(addresses)
    waiting: SimpleQueue[list[str]] = SimpleQueue()
    answers: SimpleQueue[tuple[str, Answer]] = SimpleQueue()
    for each in hosts:
        waiting.put(each)
    over = Event()
    for _ in hosts[:AT_ONCE]:
        Thread(target=_work, args=(waiting, answers, ask, over), daemon=True).start()
    found: dict[str, Answer] = {}
    try:
        while len(found) < sum(map(len, hosts)):
            address, answer = answers.get(timeout=max(0.0, end - time.monotonic()))
            found[address] = answer
    except (Empty, KeyboardInterrupt):
        over.set()
    return found


def by_host(addresses: Iterable[str]) -> list[list[str]]:
    """Return `addresses`, each once, by host; the host with the most comes first, since it takes longest."""
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
    waiting: SimpleQueue[list[str]],
    answers: SimpleQueue[tuple[str, Answer]],
    ask: Callable[[str], Answer],
    over: Event,
) -> None:
    while not over.is_set():
        try:
            host = waiting.get_nowait()
        except Empty:
            return
        for address in host:
            if not over.is_set():
                answers.put((address, ask(address)))
