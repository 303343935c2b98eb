"""Render what a plan says has to be written, in a pool of processes where that pays."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial
from pathlib import Path

from .pool import Pool
from .target import Target

MIN_COST = 60
"""The cost of the targets that one process renders in less time than two need to start and to talk."""

MADE_BEFORE = 32
"""Batches that are remembered: a first build makes each once to know its names, and writes them all afterwards."""


def execute(targets: Iterable[Target], folder: Path, tell: Callable[[int, int], None]) -> None:
    """Render `targets`, and write each below `folder`.

    Args:
        targets: what has to be written.
        folder: need not exist.
        tell: is told now and then how many batches are done, and of how many.

    """
    batches: dict[str, list[Target]] = {}
    for target in targets:
        batches.setdefault(target.batch or f"/{target.path}", []).append(target)
    jobs = list(batches.values())
    pays = sum(target.cost for job in jobs for target in job) >= MIN_COST
    first = {job[0].kind: number for number, job in reversed(list(enumerate(jobs)))} if pays else {}
    write = partial(_write, folder)
    for number in first.values():
        write(jobs[number])  # here, so that every process knows what it loads
    rest = [job for number, job in enumerate(jobs) if number not in first.values()]
    Pool(rest, write, 1 if pays else len(rest) + 1).results(tell)


def one_of(make: Callable[[], Mapping[str, bytes]], path: str) -> bytes:
    """Return one of the files that `make` makes together; for those that are asked for in a row it is called once."""
    return all_of(make)[path]


@lru_cache(maxsize=MADE_BEFORE)
def all_of(make: Callable[[], Mapping[str, bytes]]) -> Mapping[str, bytes]:
    """Return what `make` makes; it is not called again before as many others were as are remembered."""
    return make()


def _write(folder: Path, batch: Iterable[Target]) -> None:
    for target in batch:
        file, data = folder / target.path, target.render()
        file.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(data, Path):
            shutil.copyfile(data, file)
        else:
            file.write_bytes(data)
