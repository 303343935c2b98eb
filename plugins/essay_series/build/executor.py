"""Render the targets that a plan says to write, in a pool of processes if there is enough work."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial
from pathlib import Path

from .pool import Pool
from .target import Target

MIN_COST = 60
"""The total cost of targets below which one process is faster than a pool."""
MADE_BEFORE = 32
"""How many batches stay in memory: a first build renders each to learn its file names, and writes it later."""


def execute(targets: Iterable[Target], folder: Path, tell: Callable[[int, int], None]) -> None:
    """Render `targets` and write them below `folder`; `tell` gets the number of batches done and the total."""
    batches: dict[str, list[Target]] = {}
    for target in targets:
        batches.setdefault(target.batch or f"/{target.path}", []).append(target)
    jobs = list(batches.values())
    pays = sum(target.cost for job in jobs for target in job) >= MIN_COST
    first = {job[0].kind: number for number, job in reversed(list(enumerate(jobs)))} if pays else {}
    write = partial(_write, folder)
    for number in first.values():
        write(jobs[number])  # in this process, so that forked workers share what rendering it loads
    rest = [job for number, job in enumerate(jobs) if number not in first.values()]
    Pool(rest, write, 1 if pays else len(rest) + 1).results(tell)


def one_of(make: Callable[[], Mapping[str, bytes]], path: str) -> bytes:
    """Return the bytes of `path` among the files that `make` makes together; `make` is called once for all of them."""
    return all_of(make)[path]


@lru_cache(maxsize=MADE_BEFORE)
def all_of(make: Callable[[], Mapping[str, bytes]]) -> Mapping[str, bytes]:
    """Return the files of a batch by output path, cached for the last few functions `make`."""
    return make()


def _write(folder: Path, batch: Iterable[Target]) -> None:
    for target in batch:
        file, data = folder / target.path, target.render()
        file.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(data, Path):
            shutil.copyfile(data, file)
        else:
            file.write_bytes(data)
