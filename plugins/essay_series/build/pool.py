"""A pool of forked worker processes, which share this process's memory and so need no pickling of jobs.

Each worker takes the next chunk of jobs when it has finished the last, and writes the results into an unnamed file.
If a worker dies, this process does its unfinished jobs. A job that raises in a worker is run again here, so that its
exception is raised with the usual traceback; if it succeeds here, that is a bug, and `WorkerError` carries the worker's
traceback. If this process is killed, the workers end too.
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
from typing import IO, Generic, TypeVar

from ..values import dataclass
from .output.system import c_function
from .workers import workers

Job = TypeVar("Job")
Done = TypeVar("Done")

PR_SET_PDEATHSIG = 1
"""The option of Linux's prctl(2) that sends this process a signal when its parent ends."""
MAX_CHUNKS = 256
"""Chunks are numbered by one byte, which a worker reads from a shared pipe, so no two workers get the same one."""
RECORD = Struct("=BQQ")
"""The number of a finished chunk, and the offset and length of its results in the worker's file."""
RECORDS_AT_ONCE = 200


class WorkerError(RuntimeError):
    """A job failed in a worker but not in this process; the message is the worker's traceback."""


@dataclass(frozen=True, slots=True)
class Worker:
    """A worker process."""

    pid: int
    records: int
    """The pipe through which it reports finished chunks."""
    results: IO[bytes]
    """The file that holds the results."""


class Pool(Generic[Job, Done]):
    """Jobs in progress: the workers start at once, and this process does jobs too while it waits for results."""

    def __init__(self, jobs: Sequence[Job], work: Callable[[Job], Done], min_jobs: int) -> None:
        """Start the workers.

        Args:
            jobs: the arguments of `work`.
            work: does one job; its result must be of types that ``marshal`` supports.
            min_jobs: with fewer jobs no worker is started, and all are done here.

        """
        self._jobs, self._work, self._owner = jobs, work, os.getpid()
        self._count = min(len(jobs), MAX_CHUNKS)
        self._tokens, end = os.pipe()
        with os.fdopen(end, "wb") as tokens:
            tokens.write(bytes(range(self._count)))
        self._found: dict[int, list[Done]] = {}
        self._failed: dict[int, tuple[int, str]] = {}
        """By chunk: the number of the job that failed in a worker, and its traceback."""
        count = min(workers() - 1, len(jobs)) if len(jobs) >= min_jobs else 0
        self._workers: list[Worker] = []
        with suppress(OSError):  # if no more can be started, the others and this process do the work
            for _ in range(count):
                self._workers.append(self._fork())

    def __enter__(self) -> Pool[Job, Done]:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def results(self, tell: Callable[[int, int], None] = lambda *_: None) -> list[Done]:
        """Return the results of all jobs in order; `tell` is called with the number of jobs done and the total."""
        with self:
            for chunk in self._chunks():
                tell(chunk * len(self._jobs) // self._count, len(self._jobs))
                self._found[chunk] = self._done(chunk)
            return [self.result(number) for number in range(len(self._jobs))]

    def result(self, number: int, tell: Callable[[int, int], None] = lambda *_: None) -> Done:
        """Return the result of the job at index `number`; while a worker is busy with it, do other jobs."""
        chunk = number % self._count
        self._receive(wait=False)
        while chunk not in self._found:
            next_one = next(self._chunks(), None)
            if next_one is not None:
                tell(next_one * len(self._jobs) // self._count, len(self._jobs))
                with suppress(Exception):  # it is raised when that job's result is asked for
                    self._found[next_one] = self._done(next_one)
            elif chunk in self._failed or not self._workers:
                return self._again(number)
            self._receive(wait=next_one is None)
        return self._found[chunk][number // self._count]

    def stop(self) -> None:
        """Stop the workers that are still running."""
        while self._workers:
            self._end_worker(self._workers[0])
        self._found.clear()
        if self._tokens >= 0:
            os.close(self._tokens)
            self._tokens = -1

    def _chunks(self) -> Iterator[int]:
        while self._owner in (os.getpid(), os.getppid()) and (token := os.read(self._tokens, 1)):
            yield token[0]

    def _done(self, chunk: int) -> list[Done]:
        return [self._work(job) for job in self._jobs[chunk :: self._count]]

    def _done_or_traceback(self, chunk: int) -> list[Done] | tuple[int, str]:
        """Return the results of a chunk, or the number of the job that failed and its traceback."""
        done: list[Done] = []
        try:
            for job in self._jobs[chunk :: self._count]:
                done.append(self._work(job))  # noqa: PERF401 - if one fails, those before it are counted
        except Exception:  # noqa: BLE001 - the owner runs the job again, which raises it there
            return chunk + len(done) * self._count, traceback.format_exc()
        return done

    def _again(self, number: int) -> Done:
        """Do a job in this process that no worker has finished.

        Raises:
            WorkerError: it failed in a worker, and does not fail here.

        """
        done = self._work(self._jobs[number])
        failed, trace = self._failed.get(number % self._count, (-1, ""))
        if failed == number:
            raise WorkerError(trace)
        return done

    def _fork(self) -> Worker:
        """Start a worker, which ends when no chunk is left."""
        here, there = os.pipe()
        done = tempfile.TemporaryFile()  # noqa: SIM115 - `_end_worker` closes it
        child = os.fork()
        if child:
            os.close(there)
            return Worker(child, here, done)
        code = 1
        try:
            if prctl := c_function("prctl"):  # elsewhere than on Linux, a worker whose owner dies finishes its chunk
                prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
            gc.freeze()  # a garbage collection would write to all shared memory, and so copy it
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
        """Read the results that workers have finished by now; if `wait`, block until there is one."""
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
            return marshal.loads(words)  # noqa: S302 - from our own worker, through a file that only we can open
        except (EOFError, ValueError, TypeError):
            return None

    def _end_worker(self, worker: Worker) -> None:
        os.kill(worker.pid, signal.SIGKILL)
        os.waitpid(worker.pid, 0)
        os.close(worker.records)
        worker.results.close()
        self._workers.remove(worker)
