"""A pool gives the results of a single process, whatever happens to its workers."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essay_series.build import pool
from essay_series.build.pool import Pool, WorkerError

pytestmark = pytest.mark.site


@pytest.fixture(autouse=True)
def three_workers(monkeypatch):
    """Make three processes work, however many CPUs there are."""
    monkeypatch.setattr(pool, "workers", lambda: 3)


def square(number: int) -> int:
    """Return `number` times itself."""
    return number * number


def in_a_child_only(act):
    """Return a function of a job that also calls `act` in every process but this one."""
    here = os.getpid()

    def work(number: int) -> int:
        if os.getpid() != here:
            act()
        return square(number)

    return work


def open_files() -> list[str]:
    """Return the names of the files that this process has open, if the system tells."""
    folder = Path("/proc/self/fd")
    return sorted(file.name for file in folder.iterdir()) if folder.is_dir() else []


@given(st.lists(st.integers(-99, 99), max_size=700), st.integers(1, 3))
def test_results_are_in_the_order_of_the_jobs(numbers, worth):
    """Each result is at the index of its job, however many jobs there are."""
    assert Pool(numbers, square, worth).results() == list(map(square, numbers))


@pytest.mark.parametrize(
    "act",
    [lambda: os._exit(0), lambda: os._exit(9), lambda: os.kill(os.getpid(), signal.SIGKILL)],
    ids=["ends early", "fails", "is killed"],
)
def test_unfinished_jobs_are_done_by_this_process(act):
    """If a worker exits or is killed, this process does its jobs."""
    numbers = list(range(500))
    assert Pool(numbers, in_a_child_only(act), 2).results() == list(map(square, numbers))


def test_jobs_with_damaged_results_are_done_again(monkeypatch):
    """Bytes that cannot be unpacked are not taken for results."""
    monkeypatch.setattr(pool.marshal, "dumps", lambda _: b"damaged")
    assert Pool(list(range(9)), square, 2).results() == list(map(square, range(9)))


def test_each_job_is_done_once(tmp_path):
    """The result of a worker is used, and its job is not done again."""
    here = os.getpid()

    def work(number: int) -> int:
        (tmp_path / f"{number}-{os.getpid()}").touch()
        if os.getpid() == here:
            wait_until(lambda: any(not name.endswith(f"-{here}") for name in names_in(tmp_path)))
        return os.getpid()

    found = Pool(list(range(9)), work, 1).results()
    assert sorted(names_in(tmp_path)) == sorted(f"{number}-{by}" for number, by in enumerate(found))
    assert set(found) - {here}


def test_an_exception_is_raised_in_this_process():
    """An exception of a job is raised by `results`."""
    with pytest.raises(ZeroDivisionError):
        Pool([1, 0], lambda number: 1 // number, 1).results()


@given(st.lists(st.integers(-99, 99), min_size=1, max_size=300), st.randoms(use_true_random=False))
def test_results_can_be_requested_in_any_order(numbers, chance):
    """Each job gives its own result in any order, also if requested twice."""
    asked = chance.choices(range(len(numbers)), k=20)
    with Pool(numbers, square, 2) as at_work:
        assert [at_work.result(number) for number in asked] == [square(numbers[number]) for number in asked]


def test_a_failure_only_in_a_worker_is_raised_with_its_traceback(tmp_path):
    """The traceback of a job that fails only in a worker is raised instead of a result."""
    here = os.getpid()

    def planted_fault(number: int) -> int:
        if os.getpid() != here:
            (tmp_path / "begun").touch()
            raise LookupError(number)
        wait_until((tmp_path / "begun").exists)
        return square(number)

    with pytest.raises(WorkerError, match=r"(?s)test_pool\.py.*in planted_fault.*LookupError"):
        Pool(list(range(500)), planted_fault, 2).results()


def test_a_failed_job_does_not_fail_others_of_its_chunk():
    """A job has its result even if another job of its chunk failed in a worker."""
    numbers = [0 if number == 300 else 1 for number in range(512)]
    with Pool(numbers, lambda number: 1 // number, 2) as at_work:
        assert at_work.result(300 - 256) == 1
        with pytest.raises(ZeroDivisionError):
            at_work.result(300)


def test_a_job_of_a_dead_worker_is_done_when_requested():
    """A job that a dead worker had taken is done by this process."""
    with Pool(list(range(50)), in_a_child_only(lambda: os._exit(9)), 2) as at_work:
        assert [at_work.result(number) for number in reversed(range(50))] == [square(n) for n in reversed(range(50))]


def test_an_exception_is_raised_only_for_its_own_job():
    """Exceptions of jobs that are done in the meantime are raised when those jobs are requested."""
    numbers = [1, 0] * 150
    with Pool(numbers, lambda number: 1 // number, 99_999) as at_work:
        assert at_work.result(298) == 1
        with pytest.raises(ZeroDivisionError):
            at_work.result(299)
        assert at_work.result(0) == 1


def test_a_single_result_reports_progress():
    """While one result is awaited, `tell` is called with the number of jobs done."""
    calls = []
    with Pool(list(range(4)), square, 99) as at_work:
        assert at_work.result(3, lambda done, of: calls.append((done, of))) == 9
    assert calls == [(number, 4) for number in range(4)]


def test_a_stopped_pool_leaves_no_process_and_no_open_file():
    """After `stop` no worker is running, and no file is open."""
    before = open_files()
    at_work = Pool([0, 0], in_a_child_only(signal.pause), 1)
    children = [worker.pid for worker in vars(at_work)["_workers"]]
    at_work.stop()
    at_work.stop()
    assert len(children) == 2
    for child in children:
        with pytest.raises(ProcessLookupError):
            os.kill(child, 0)
    assert open_files() == before


def test_workers_end_when_their_owner_is_killed(tmp_path):
    """After the owner of a pool is killed, its workers end and write no more."""

    def work(number: int) -> None:
        (tmp_path / f"{os.getpid()}-{number}").touch()
        time.sleep(0.05)

    head = os.fork()
    if head == 0:
        Pool(list(range(2000)), work, 1).results()
        os._exit(0)
    wait_until(lambda: len({name.split("-")[0] for name in names_in(tmp_path)}) == 3)
    os.kill(head, signal.SIGKILL)
    os.waitpid(head, 0)
    wait_until(lambda: stands_still(tmp_path))


def names_in(folder: Path) -> list[str]:
    """Return the names of the files in `folder`."""
    return [path.name for path in folder.iterdir()]


def stands_still(folder: Path) -> bool:
    """Tell whether no process writes into `folder`."""
    before = names_in(folder)
    time.sleep(0.3)
    return names_in(folder) == before


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait until `holds` returns True; fail after 20 seconds, of the 33 that the work would take."""
    ends = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.01)


def test_few_jobs_start_no_worker():
    """With fewer jobs than `min_jobs` no worker is started."""
    here = os.getpid()
    assert Pool([1, 2], lambda _: os.getpid(), 3).results() == [here, here]


def test_there_are_no_more_workers_than_jobs(monkeypatch):
    """No more workers are started than there are jobs."""
    begun = []
    fork = os.fork
    monkeypatch.setattr(os, "fork", lambda: begun.append(1) or fork())
    assert Pool([3], square, 1).results() == [9]
    assert begun == [1]


def test_all_results_report_progress():
    """`tell` is called with the number of jobs done and the total."""
    calls = []
    Pool(list(range(6)), square, 99).results(lambda done, of: calls.append((done, of)))
    assert calls == [(number, 6) for number in range(6)]
