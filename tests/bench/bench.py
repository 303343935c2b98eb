"""Compare the speed of this project with other generators that build the same site: ``make bench``.

All contenders get the same corpus, for each number of essays in ``SIZES``. In each of ``ROUNDS`` rounds, every mode is
run by one contender after the other, so that all share the state of the machine. Wall time is measured around each
process; CPU time and peak memory are the system's. The result is the median of the ratios within a round; seconds only
show proportions. The report is printed and written into ``cache/bench/``, as Markdown and as a picture.
``ONLY=ours,hugo`` restricts the contenders.

"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

sys.path[0] = str(Path(__file__).parents[1])

from bench import plot, preview, report  # noqa: E402 - the path is set just above
from bench.contenders import CONTENDERS, PROJECT, TOOLS, Contender  # noqa: E402
from bench.corpus import Essay, corpus_of  # noqa: E402

FOLDER = PROJECT / "cache/bench"
ASIDE = FOLDER / "aside"
"""The folder for old outputs, which are moved there before a build from nothing and deleted at the end."""


def _edit(essay: Essay, number: int) -> Essay:
    return replace(essay, body=essay.body.replace(". ", f" edited{number}. ", 1))  # a word outside addresses


def _retitle(essay: Essay, number: int) -> Essay:
    return replace(essay, title=f"{essay.title} again {number}")


def _retag(essay: Essay, number: int) -> Essay:
    return replace(essay, tags=(*essay.tags[:2], f"practice-2{number}"))


def _new(essay: Essay, number: int) -> Essay:
    return replace(essay, slug=f"new-{number}", title=f"New {number}", part=essay.part + 50 + number)


CHANGES: dict[str, Callable[[Essay, int], Essay]] = {
    "edit": _edit,
    "retitle": _retitle,
    "retag": _retag,
    "new": _new,
}
"""The changes of the essay in the middle, by mode; the round's number makes each change different."""
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""Python may write bytecode, as for any author: pip compiled stock Pelican when it was installed."""
MODES = ("cold", "no change", *CHANGES, "theme")


@dataclass(frozen=True, slots=True)
class Run:
    """One build and its cost."""

    size: int
    contender: str
    mode: str
    round: int
    wall: float
    """Seconds."""
    cpu: float
    """Seconds, of the process and its children."""
    memory: float
    """Peak memory of the largest process, in MiB."""


def main() -> int:
    """Run the benchmark as the environment says, and return the exit status."""
    sizes = [int(size) for size in os.environ.get("SIZES", "10,100,1000").split(",")]
    rounds = int(os.environ.get("ROUNDS", "3"))
    names = os.environ.get("ONLY", "").split(",")
    chosen = [one for one in CONTENDERS if one.name in names or names == [""]]
    chosen = [one for one in chosen if _installed(one)]
    runs: list[Run] = []
    saves: list[preview.Shown] = []
    for size in sizes:
        runs += _measured(size, rounds, chosen)
        if os.environ.get("PREVIEW") != "no":
            saves += preview.measured(FOLDER, size, rounds, chosen, list(corpus_of(size))[size // 2])
    shutil.rmtree(ASIDE, ignore_errors=True)
    text = report.markdown(runs, MODES, chosen, _machine(), saves)
    (FOLDER / "report.md").write_text(text, encoding="utf-8")
    (FOLDER / "report.png").write_bytes(plot.png(runs, MODES))
    print(report.text(runs, MODES, saves))
    print(f"\n{FOLDER / 'report.md'} and {FOLDER / 'report.png'} have the same report.")
    return 0


def _measured(size: int, rounds: int, chosen: list[Contender]) -> Iterator[Run]:
    corpus = list(corpus_of(size))
    shutil.rmtree(ASIDE, ignore_errors=True)
    for contender in chosen:
        contender.lay_out(FOLDER / contender.name, corpus)
    for number in range(1, rounds + 1):
        for mode in MODES:
            for contender in chosen:
                _change(contender, mode, corpus[size // 2], number)
                run = _timed(size, contender, mode, number)
                print(f"{size} essays, round {number}, {mode}: {contender.name} {run.wall:.2f} s", flush=True)
                yield run


def _change(contender: Contender, mode: str, essay: Essay, number: int) -> None:
    """Make the change of `mode` in the sources; it replaces an earlier change of the same round."""
    folder = FOLDER / contender.name
    if mode == "cold":
        contender.write(folder, essay)  # without the changes of the last round
        ASIDE.mkdir(exist_ok=True)
        for made in [path for pattern in contender.made for path in folder.glob(pattern)]:
            made.rename(ASIDE / f"{contender.name}-{number}-{made.name}")  # deleting would keep the disk busy
    elif mode == "theme":
        template = folder / contender.template
        template.write_text(template.read_text(encoding="utf-8").replace("<article", "<article data-new", 1))
    elif mode in CHANGES:
        contender.write(folder, CHANGES[mode](essay, number))


def _timed(size: int, contender: Contender, mode: str, number: int) -> Run:
    start = time.perf_counter()
    folder = FOLDER / contender.name
    process = subprocess.Popen(contender.command, cwd=folder, env=ENVIRONMENT, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if status:
        raise SystemExit(f"{contender.name} failed: run {' '.join(contender.command)} in {FOLDER / contender.name}")
    process.returncode = 0
    return Run(size, contender.name, mode, number, wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _installed(contender: Contender) -> bool:
    """Install the requirements of `contender` once, and return whether they are there."""
    if not contender.needs.exists():
        print(f"Fetching {contender.name} ...", flush=True)
        TOOLS.mkdir(parents=True, exist_ok=True)
        for command in contender.fetch:
            if not shutil.which(command[0]) or subprocess.run(command, check=False).returncode:
                print(f"{contender.name} cannot be installed here, and is left out.", flush=True)
                return False
    return True


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**30
    return f"{os.cpu_count()} cores, {memory} GiB, {platform.system()}, Python {platform.python_version()}"


if __name__ == "__main__":
    sys.exit(main())
