"""Work shared out among processes that are forked from this one, and so know all that it knows.

Each process takes the next few jobs when it is done with the last, so that none waits for another, and lays what it has
done into a file that has no name. What does not come back from a process that ended is done here: the result is the
same. A job that fails in another process is done here too, so that its exception is raised as usual; one that fails
there and not here is a bug, and its traceback is raised. Nobody goes on working for a process that was killed.
"""

from __future__ import annotations

import gc
import marshal
import os
import select
import signal
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from struct import Struct
from typing import BinaryIO, Generic, TypeVar, cast

from ..values import dataclass
from .system import c_function
from .workers import workers

Job = TypeVar("Job")
Done = TypeVar("Done")

PR_SET_PDEATHSIG = 1
"""A word of Linux' prctl: send a signal when the parent ends."""
MOST_PORTIONS = 256
"""A portion is named by one byte, which a process takes out of a pipe: no two can take the same."""
NOTE = Struct("=BQQ")
"""A portion that is done, where it begins in the file of who has done it, and how long it is."""
NOTES_AT_ONCE = 200


class WorkerError(RuntimeError):
    """A job failed in another process and not in this one; the message is the traceback there."""


@dataclass(frozen=True, slots=True)
class Other:
    """Another process that is at work."""

    child: int
    notes: int
    """Where it says what it has done."""
    done: BinaryIO
    """The file in which that lies."""


class Crew(Generic[Job, Done]):
    """Jobs that are being done; the other processes begin at once, and this one joins in for a `result` or all."""

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
        self._found: dict[int, list[Done]] = {}
        self._failed: dict[int, tuple[int, str]] = {}
        """By portion: the number of the job that failed in another process, and the traceback there."""
        others = min(workers() - 1, len(jobs)) if len(jobs) >= worth else 0
        self._others: list[Other] = []
        with suppress(OSError):  # where no more processes can begin, those that have, or this one, do the work
            for _ in range(others):
                self._others.append(self._fork())

    def __enter__(self) -> Crew[Job, Done]:
        return self

    def __exit__(self, *_: object) -> None:
        self.dismiss()

    def results(self, say: Callable[[int, int], None] = lambda *_: None) -> list[Done]:
        """Join in, and return what each job gave, in the order of the jobs.

        Args:
            say: is told now and then how many jobs are done, and of how many.

        """
        with self:
            for portion in self._portions():
                say(portion * len(self._jobs) // self._count, len(self._jobs))
                self._found[portion] = self._done(portion)
            return [self.result(number) for number in range(len(self._jobs))]

    def result(self, number: int, say: Callable[[int, int], None] = lambda *_: None) -> Done:
        """Return what the job of that `number` gave; while somebody else is at it, do others.

        Args:
            number: the place of the job among the jobs.
            say: as for the `results`.

        """
        portion = number % self._count
        self._receive(wait=False)
        while portion not in self._found:
            next_one = next(self._portions(), None)
            if next_one is not None:
                say(next_one * len(self._jobs) // self._count, len(self._jobs))
                with suppress(Exception):  # a mistake is told to who asks for that very job
                    self._found[next_one] = self._done(next_one)
            elif portion in self._failed or not self._others:
                return self._again(number)
            self._receive(wait=next_one is None)
        return self._found[portion][number // self._count]

    def dismiss(self) -> None:
        """Let whoever is still at work stop; nothing happens where everybody has."""
        while self._others:
            self._part_from(self._others[0])
        self._found.clear()
        if self._tokens >= 0:
            os.close(self._tokens)
            self._tokens = -1

    def _portions(self) -> Iterator[int]:
        while self._head in (os.getpid(), os.getppid()) and (token := os.read(self._tokens, 1)):
            yield token[0]

    def _end_with_head(self) -> None:
        """Let this process end with the one that it works for: at once where the system can, else with its portion."""
        if prctl := c_function("prctl"):
            prctl(PR_SET_PDEATHSIG, signal.SIGKILL)

    def _done(self, portion: int) -> list[Done]:
        return [self._work(job) for job in self._jobs[portion :: self._count]]

    def _done_or_traceback(self, portion: int) -> list[Done] | tuple[int, str]:
        """Return what the jobs of a portion gave, or the number of the one that failed with its traceback."""
        done: list[Done] = []
        try:
            for job in self._jobs[portion :: self._count]:
                done.append(self._work(job))  # noqa: PERF401 - what is done by then has to be counted
        except Exception:  # noqa: BLE001 - it is handed to the process that can raise it
            return portion + len(done) * self._count, traceback.format_exc()
        return done

    def _again(self, number: int) -> Done:
        """Do a job here that no other process has done.

        Raises:
            WorkerError: it failed elsewhere, and does not fail here.

        """
        done = self._work(self._jobs[number])
        failed, told = self._failed.get(number % self._count, (-1, ""))
        if failed == number:
            raise WorkerError(told)
        return done

    def _fork(self) -> Other:
        """Start a process that works until nothing is left."""
        here, there = os.pipe()
        done = _file_without_name()
        child = os.fork()
        if child:
            os.close(there)
            return Other(child, here, done)
        code = 1
        try:
            self._end_with_head()
            gc.freeze()  # who looks for garbage touches, and so copies, all that is shared
            for portion in self._portions():
                words = marshal.dumps(self._done_or_traceback(portion))
                start = done.tell()
                done.write(words)
                done.flush()
                os.write(there, NOTE.pack(portion, start, len(words)))
            code = 0
        finally:
            os._exit(code)

    def _receive(self, *, wait: bool) -> None:
        """Take over what others have done by now; if `wait`, until one of them has something to say."""
        pipes = [other.notes for other in self._others]
        ready = select.select(pipes, [], [], None if wait else 0)[0] if pipes else []
        for other in [each for each in self._others if each.notes in ready]:
            notes = os.read(other.notes, NOTE.size * NOTES_AT_ONCE)
            for portion, start, length in NOTE.iter_unpack(notes[: len(notes) // NOTE.size * NOTE.size]):
                found = self._unpacked(os.pread(other.done.fileno(), length, start))
                if isinstance(found, list) and len(found) == len(self._jobs[portion :: self._count]):
                    self._found[portion] = found
                elif isinstance(found, tuple):
                    self._failed[portion] = found
            if not notes:
                self._part_from(other)

    def _unpacked(self, words: bytes) -> object:
        try:
            return marshal.loads(words)  # noqa: S302 - from a process of our own, through no file that others can open
        except (EOFError, ValueError, TypeError):
            return None

    def _part_from(self, other: Other) -> None:
        os.kill(other.child, signal.SIGKILL)
        os.waitpid(other.child, 0)
        os.close(other.notes)
        other.done.close()
        self._others.remove(other)


def _file_without_name() -> BinaryIO:
    """Return a file that goes when nobody has it open any more."""
    if hasattr(os, "memfd_create"):
        return cast("BinaryIO", os.fdopen(os.memfd_create("essays"), "w+b"))
    return cast("BinaryIO", tempfile.TemporaryFile())
