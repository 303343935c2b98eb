"""A pool of processes that are forked from this one, and so know everything that it knows.

Each process takes the next chunk of jobs when it has finished the last one, and writes the results into a file without
a name. What a process that ended has not finished is done here, with the same result. A job that fails in another
process is done here too, so that its exception is raised as usual; one that fails there and not here is a bug, and its
traceback is raised. If this process is killed, the others end too.
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
from .output.system import c_function
from .workers import workers

Job = TypeVar("Job")
Done = TypeVar("Done")

PR_SET_PDEATHSIG = 1
"""An option of Linux' prctl: send a signal when the parent ends."""
MAX_CHUNKS = 256
"""A chunk is named by one byte, which a process reads from a pipe: no two can read the same."""
RECORD = Struct("=BQQ")
"""A finished chunk, where its results begin in the file of the process that made them, and how long they are."""
RECORDS_AT_ONCE = 200


class WorkerError(RuntimeError):
    """A job failed in another process and not in this one; the message is the traceback there."""


@dataclass(frozen=True, slots=True)
class Worker:
    """Another process at work."""

    pid: int
    records: int
    """The pipe through which it says what it has finished."""
    results: BinaryIO
    """The file that holds the results."""


class Pool(Generic[Job, Done]):
    """Jobs at work: the other processes start at once, and this one joins in when it waits for results."""

    def __init__(self, jobs: Sequence[Job], work: Callable[[Job], Done], min_jobs: int) -> None:
        """Start the other processes.

        Args:
            jobs: what is to be done.
            work: does a job. Its result goes from process to process, so it must be plain: text, bytes, numbers,
                None, and tuples, lists and dictionaries of them.
            min_jobs: the fewest jobs for which other processes are started; fewer are all done here.

        """
        self._jobs, self._work, self._owner = jobs, work, os.getpid()
        self._count = min(len(jobs), MAX_CHUNKS)
        self._tokens, end = os.pipe()
        with os.fdopen(end, "wb") as tokens:
            tokens.write(bytes(range(self._count)))
        self._found: dict[int, list[Done]] = {}
        self._failed: dict[int, tuple[int, str]] = {}
        """By chunk: the number of the job that failed in another process, and the traceback there."""
        count = min(workers() - 1, len(jobs)) if len(jobs) >= min_jobs else 0
        self._workers: list[Worker] = []
        with suppress(OSError):  # if no more processes can be started, those that were, or this one, do the work
            for _ in range(count):
                self._workers.append(self._fork())

    def __enter__(self) -> Pool[Job, Done]:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def results(self, tell: Callable[[int, int], None] = lambda *_: None) -> list[Done]:
        """Join in, and return the result of each job, in the order of the jobs.

        Args:
            tell: is told now and then how many jobs are done, and of how many.

        """
        with self:
            for chunk in self._chunks():
                tell(chunk * len(self._jobs) // self._count, len(self._jobs))
                self._found[chunk] = self._done(chunk)
            return [self.result(number) for number in range(len(self._jobs))]

    def result(self, number: int, tell: Callable[[int, int], None] = lambda *_: None) -> Done:
        """Return the result of the job of that `number`; while another process is at it, do other jobs.

        Args:
            number: the place of the job among the jobs.
            tell: as for the `results`.

        """
        chunk = number % self._count
        self._receive(wait=False)
        while chunk not in self._found:
            next_one = next(self._chunks(), None)
            if next_one is not None:
                tell(next_one * len(self._jobs) // self._count, len(self._jobs))
                with suppress(Exception):  # raised for the client that asks for that very job
                    self._found[next_one] = self._done(next_one)
            elif chunk in self._failed or not self._workers:
                return self._again(number)
            self._receive(wait=next_one is None)
        return self._found[chunk][number // self._count]

    def stop(self) -> None:
        """Stop the processes that are still at work, if any."""
        while self._workers:
            self._end_worker(self._workers[0])
        self._found.clear()
        if self._tokens >= 0:
            os.close(self._tokens)
            self._tokens = -1

    def _chunks(self) -> Iterator[int]:
        while self._owner in (os.getpid(), os.getppid()) and (token := os.read(self._tokens, 1)):
            yield token[0]

    def _end_with_owner(self) -> None:
        """Let this process end when its owner ends: at once where the system can do that, else after its chunk."""
        if prctl := c_function("prctl"):
            prctl(PR_SET_PDEATHSIG, signal.SIGKILL)

    def _done(self, chunk: int) -> list[Done]:
        return [self._work(job) for job in self._jobs[chunk :: self._count]]

    def _done_or_traceback(self, chunk: int) -> list[Done] | tuple[int, str]:
        """Return what the jobs of a chunk gave, or the number of the one that failed with its traceback."""
        done: list[Done] = []
        try:
            for job in self._jobs[chunk :: self._count]:
                done.append(self._work(job))  # noqa: PERF401 - what is done by then has to be counted
        except Exception:  # noqa: BLE001 - it is handed to the process that can raise it
            return chunk + len(done) * self._count, traceback.format_exc()
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

    def _fork(self) -> Worker:
        """Start a process that works until no chunk is left."""
        here, there = os.pipe()
        done = _file_without_name()
        child = os.fork()
        if child:
            os.close(there)
            return Worker(child, here, done)
        code = 1
        try:
            self._end_with_owner()
            gc.freeze()  # a collection would write to, and so copy, all memory that is shared
            for chunk in self._chunks():
                words = marshal.dumps(self._done_or_traceback(chunk))
                start = done.tell()
                done.write(words)
                done.flush()
                os.write(there, RECORD.pack(chunk, start, len(words)))
            code = 0
        finally:
            os._exit(code)

    def _receive(self, *, wait: bool) -> None:
        """Read what other processes have finished by now; if `wait`, wait until one of them has."""
        pipes = [worker.records for worker in self._workers]
        ready = select.select(pipes, [], [], None if wait else 0)[0] if pipes else []
        for worker in [each for each in self._workers if each.records in ready]:
            records = os.read(worker.records, RECORD.size * RECORDS_AT_ONCE)
            for chunk, start, length in RECORD.iter_unpack(records[: len(records) // RECORD.size * RECORD.size]):
                found = self._unpacked(os.pread(worker.results.fileno(), length, start))
                if isinstance(found, list) and len(found) == len(self._jobs[chunk :: self._count]):
                    self._found[chunk] = found
                elif isinstance(found, tuple):
                    self._failed[chunk] = found
            if not records:
                self._end_worker(worker)

    def _unpacked(self, words: bytes) -> object:
        try:
            return marshal.loads(words)  # noqa: S302 - from a process of our own, through no file that others can open
        except (EOFError, ValueError, TypeError):
            return None

    def _end_worker(self, worker: Worker) -> None:
        os.kill(worker.pid, signal.SIGKILL)
        os.waitpid(worker.pid, 0)
        os.close(worker.records)
        worker.results.close()
        self._workers.remove(worker)


def _file_without_name() -> BinaryIO:
    """Return a file that is removed when no process has it open any more."""
    if hasattr(os, "memfd_create"):
        return cast("BinaryIO", os.fdopen(os.memfd_create("essays"), "w+b"))
    return cast("BinaryIO", tempfile.TemporaryFile())
