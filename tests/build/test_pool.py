"""Work that is shared out gives what it gives when one process does it all, whatever becomes of the others."""

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
    """Let three processes work, however many cores there are."""
    monkeypatch.setattr(pool, "workers", lambda: 3)


def square(number: int) -> int:
    """Return `number` times itself."""
    return number * number


def in_a_child_only(act):
    """Return work that does `act` in every process but this one."""
    here = os.getpid()

    def work(number: int) -> int:
        if os.getpid() != here:
            act()
        return square(number)

    return work


def open_files() -> list[str]:
    """Return the names of what this process has open, where the system tells."""
    folder = Path("/proc/self/fd")
    return sorted(file.name for file in folder.iterdir()) if folder.is_dir() else []


@given(st.lists(st.integers(-99, 99), max_size=700), st.integers(1, 3))
def test_results_stand_in_the_order_of_the_jobs(numbers, worth):
    """However many jobs there are, each result stands where its job stood."""
    assert Pool(numbers, square, worth).results() == list(map(square, numbers))


@pytest.mark.parametrize(
    "act",
    [lambda: os._exit(0), lambda: os._exit(9), lambda: os.kill(os.getpid(), signal.SIGKILL)],
    ids=["ends early", "fails", "is killed"],
)
def test_what_nobody_else_has_done_is_done_here(act):
    """A process that ends without a word or is killed leaves its jobs to this one."""
    numbers = list(range(500))
    assert Pool(numbers, in_a_child_only(act), 2).results() == list(map(square, numbers))


def test_what_comes_back_damaged_is_done_again(monkeypatch):
    """Bytes that are no results are not taken for any."""
    monkeypatch.setattr(pool.marshal, "dumps", lambda _: b"damaged")
    assert Pool(list(range(9)), square, 2).results() == list(map(square, range(9)))


def test_what_another_process_has_done_is_not_done_again(tmp_path):
    """Each job is done once, and what another process gave is its result."""
    here = os.getpid()

    def work(number: int) -> int:
        (tmp_path / f"{number}-{os.getpid()}").touch()
        if os.getpid() == here:
            wait_until(lambda: any(not name.endswith(f"-{here}") for name in names_in(tmp_path)))
        return os.getpid()

    found = Pool(list(range(9)), work, 1).results()
    assert sorted(names_in(tmp_path)) == sorted(f"{number}-{by}" for number, by in enumerate(found))
    assert set(found) - {here}


def test_a_mistake_is_raised_here():
    """What goes wrong in a job goes wrong here, where it can be told."""
    with pytest.raises(ZeroDivisionError):
        Pool([1, 0], lambda number: 1 // number, 1).results()


@given(st.lists(st.integers(-99, 99), min_size=1, max_size=300), st.randoms(use_true_random=False))
def test_a_result_can_be_asked_for_in_any_order(numbers, chance):
    """Whichever job is asked about first, and however often, its own result comes back."""
    asked = chance.choices(range(len(numbers)), k=20)
    with Pool(numbers, square, 2) as at_work:
        assert [at_work.result(number) for number in asked] == [square(numbers[number]) for number in asked]


def test_a_job_that_fails_in_another_process_alone_is_raised_with_its_traceback(tmp_path):
    """A developer reads where a job failed that only fails in another process, and nobody gets a result instead."""
    here = os.getpid()

    def planted_fault(number: int) -> int:
        if os.getpid() != here:
            (tmp_path / "begun").touch()
            raise LookupError(number)
        wait_until((tmp_path / "begun").exists)
        return square(number)

    with pytest.raises(WorkerError, match=r"(?s)test_pool\.py.*in planted_fault.*LookupError"):
        Pool(list(range(500)), planted_fault, 2).results()


def test_a_failure_elsewhere_is_no_failure_of_other_jobs():
    """Whoever asks for a job gets its result, also if another job of the same portion failed in another process."""
    numbers = [0 if number == 300 else 1 for number in range(512)]
    with Pool(numbers, lambda number: 1 // number, 2) as at_work:
        assert at_work.result(300 - 256) == 1
        with pytest.raises(ZeroDivisionError):
            at_work.result(300)


def test_who_asks_for_one_need_not_wait_for_who_died():
    """A job that another process took with it is done here when it is asked for."""
    with Pool(list(range(50)), in_a_child_only(lambda: os._exit(9)), 2) as at_work:
        assert [at_work.result(number) for number in reversed(range(50))] == [square(n) for n in reversed(range(50))]


def test_a_mistake_is_told_to_who_asks_for_that_job():
    """Other jobs are done on the way to one, and what goes wrong in them is nothing to who asks for this one."""
    numbers = [1, 0] * 150
    with Pool(numbers, lambda number: 1 // number, 99_999) as at_work:
        assert at_work.result(298) == 1
        with pytest.raises(ZeroDivisionError):
            at_work.result(299)
        assert at_work.result(0) == 1


def test_who_waits_for_one_is_told_how_far_it_is():
    """While others are waited for, whoever watches is told what is done meanwhile."""
    told = []
    with Pool(list(range(4)), square, 99) as at_work:
        assert at_work.result(3, lambda done, of: told.append((done, of))) == 9
    assert told == [(number, 4) for number in range(4)]


def test_a_pool_that_is_stopped_leaves_nothing():
    """After a stop no other process is at work, and no file is left open."""
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


def test_nobody_works_for_who_was_killed(tmp_path):
    """When the process that shares out the work is killed, the others end, and no longer write."""

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
    """Tell whether nobody writes into `folder`."""
    before = names_in(folder)
    time.sleep(0.3)
    return names_in(folder) == before


def wait_until(holds: Callable[[], bool]) -> None:
    """Return when something holds; fail if it does not within 20 seconds, of the 33 that the work would take."""
    ends = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.01)


def test_few_jobs_are_done_by_one():
    """Where another process is not worth it, none begins."""
    here = os.getpid()
    assert Pool([1, 2], lambda _: os.getpid(), 3).results() == [here, here]


def test_one_job_is_worth_one_process_at_most(monkeypatch):
    """No more processes begin than there are jobs, however many could be at work."""
    begun = []
    fork = os.fork
    monkeypatch.setattr(os, "fork", lambda: begun.append(1) or fork())
    assert Pool([3], square, 1).results() == [9]
    assert begun == [1]


def test_somebody_is_told_how_far_it_is():
    """Whoever waits is told how many jobs are done, and of how many."""
    told = []
    Pool(list(range(6)), square, 99).results(lambda done, of: told.append((done, of)))
    assert told == [(number, 6) for number in range(6)]
