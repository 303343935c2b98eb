"""Work shared out among processes that are forked from this one, and so know all that it knows.

Each process takes the next few jobs when it is done with the last, so that none waits for another. What does not come
back from a process, whatever became of it, is done here: the result is the same, and a mistake is raised where it can
be told. Nobody goes on working for a process that was killed.
"""

from __future__ import annotations

import ctypes
import gc
import marshal
import os
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, Generic, TypeVar, cast

Job = TypeVar("Job")
Done = TypeVar("Done")

PR_SET_PDEATHSIG = 1
"""A word of Linux' prctl: send a signal when the parent ends."""
MOST_PORTIONS = 256
"""A portion is named by one byte, which a process takes out of a pipe: no two can take the same."""


def hands() -> int:
    """Return how many processes can be at work at once."""
    if not hasattr(os, "fork"):
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Crew(Generic[Job, Done]):
    """Jobs that are being done; the other processes begin at once, and this one joins in for the `results`."""

    def __init__(self, jobs: Sequence[Job], work: Callable[[Job], Done], worth: int) -> None:
        """Let other processes begin.

        Args:
            jobs: what is to be done.
            work: does a job. What it returns is handed from process to process, so it must be plain: words, bytes,
                numbers, None, and tuples, lists and mappings of them.
            worth: how many jobs are worth another process; fewer are all done here.

        """
        self._jobs, self._work, self._head = jobs, work, os.getpid()
        self._count = min(len(jobs), MOST_PORTIONS)
        self._tokens, end = os.pipe()
        with os.fdopen(end, "wb") as tokens:
            tokens.write(bytes(range(self._count)))
        others = hands() - 1 if len(jobs) >= worth else 0
        self._others = [self._fork() for _ in range(others)]

    def __enter__(self) -> Crew[Job, Done]:
        return self

    def __exit__(self, *_: object) -> None:
        self.dismiss()

    def results(self, say: Callable[[int, int], None] = lambda *_: None) -> list[Done]:
        """Join in, and return what each job gave, in the order of the jobs.

        Args:
            say: is told now and then how many jobs are done, and of how many.

        """
        found: dict[int, list[Done]] = {}
        try:
            for portion in self._portions():
                say(portion * len(self._jobs) // self._count, len(self._jobs))
                found[portion] = self._done(portion)
            while self._others:
                found |= self._received(*self._others.pop())
        finally:
            self.dismiss()
        in_order = cast("list[Done]", [None] * len(self._jobs))
        for portion in range(self._count):
            in_order[portion :: self._count] = found[portion] if portion in found else self._done(portion)
        return in_order

    def dismiss(self) -> None:
        """Let whoever is still at work stop; nothing happens where everybody has."""
        for child, pipe in self._others:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            os.close(pipe)
        self._others.clear()
        if self._tokens >= 0:
            os.close(self._tokens)
            self._tokens = -1

    def _portions(self) -> Iterator[int]:
        while self._head in (os.getpid(), os.getppid()) and (token := os.read(self._tokens, 1)):
            yield token[0]

    def _end_with_head(self) -> None:
        """Let this process end with the one that it works for: at once where the system can, else with its portion."""
        prctl = getattr(ctypes.CDLL(None), "prctl", None)
        if prctl:
            prctl(PR_SET_PDEATHSIG, signal.SIGKILL)

    def _done(self, portion: int) -> list[Done]:
        return [self._work(job) for job in self._jobs[portion :: self._count]]

    def _fork(self) -> tuple[int, int]:
        """Start a process that works until nothing is left; return it, and where it writes."""
        here, there = os.pipe()
        child = os.fork()
        if child:
            os.close(there)
            return child, here
        code = 1
        try:
            self._end_with_head()
            gc.freeze()  # who looks for garbage touches, and so copies, all that is shared
            with os.fdopen(there, "wb") as pipe:
                pipe.write(marshal.dumps({portion: self._done(portion) for portion in self._portions()}))
            code = 0
        finally:
            os._exit(code)

    def _received(self, child: int, pipe: int) -> Mapping[int, list[Done]]:
        """Return what the process `child` has done, by portion; nothing of what is not what it should be."""
        with os.fdopen(pipe, "rb") as data:
            words = data.read()
        _, status = os.waitpid(child, 0)
        found: Any = {}
        with suppress(EOFError, ValueError, TypeError):
            if status == 0:
                found = marshal.loads(words)  # noqa: S302 - from a process of our own, through no file
        return found if isinstance(found, dict) else {}
