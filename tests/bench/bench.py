"""How fast this project builds beside other generators that make the same site: ``make bench``.

For each number of essays in ``SIZES`` all contenders get the same corpus. In each of ``ROUNDS`` rounds every mode
is run by one contender after the other, so that all feel the same neighbours on the machine. Wall time is taken
around each process; its CPU time and peak memory are the system's account of it. What counts are the ratios of runs
of the same round, of which the median is told; seconds only show proportions. The report is printed and written
into ``cache/bench/``, as Markdown and as a picture. ``ONLY=ours,hugo`` leaves contenders out.
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
from bench.corpus import Draught, draughts  # noqa: E402

FOLDER = PROJECT / "cache/bench"
ASIDE = FOLDER / "aside"
"""Where former outputs go before a build from nothing, until all is measured."""


def _edit(draught: Draught, number: int) -> Draught:
    return replace(draught, body=draught.body.replace(". ", f" edited{number}. ", 1))  # a word, and no address


def _retitle(draught: Draught, number: int) -> Draught:
    return replace(draught, title=f"{draught.title} again {number}")


def _retag(draught: Draught, number: int) -> Draught:
    return replace(draught, tags=(*draught.tags[:2], f"practice-2{number}"))


def _new(draught: Draught, number: int) -> Draught:
    return replace(draught, slug=f"new-{number}", title=f"New {number}", part=draught.part + 50 + number)


CHANGES: dict[str, Callable[[Draught, int], Draught]] = {
    "edit": _edit,
    "retitle": _retitle,
    "retag": _retag,
    "new": _new,
}
"""What happens to the essay in the middle, by mode; the number of the round makes each change another."""
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""Python keeps what it compiles of a program, as for any author: pip compiled stock Pelican when it was installed."""
MODES = ("cold", "no change", *CHANGES, "theme")


@dataclass(frozen=True, slots=True)
class Run:
    """One build: what was built, and what it took."""

    size: int
    contender: str
    mode: str
    round: int
    wall: float
    """Seconds."""
    cpu: float
    """Seconds, of the process and of all that it started."""
    memory: float
    """MiB at the peak, of the largest process."""


def main() -> int:
    """Run the benchmark that the environment asks for; return 1 if a contender fails."""
    sizes = [int(size) for size in os.environ.get("SIZES", "10,100,1000").split(",")]
    rounds = int(os.environ.get("ROUNDS", "3"))
    names = os.environ.get("ONLY", "").split(",")
    chosen = [one for one in CONTENDERS if one.name in names or names == [""]]
    chosen = [one for one in chosen if _installed(one)]
    runs: list[Run] = []
    shown: list[preview.Shown] = []
    for size in sizes:
        runs += _measured(size, rounds, chosen)
        if os.environ.get("PREVIEW") != "no":
            shown += preview.measured(FOLDER, size, rounds, chosen, list(draughts(size))[size // 2])
    shutil.rmtree(ASIDE, ignore_errors=True)
    told = report.markdown(runs, MODES, chosen, _machine(), shown)
    (FOLDER / "report.md").write_text(told, encoding="utf-8")
    (FOLDER / "report.png").write_bytes(plot.png(runs, MODES))
    print(report.text(runs, MODES, shown))
    print(f"\n{FOLDER / 'report.md'} and {FOLDER / 'report.png'} hold it too.")
    return 0


def _measured(size: int, rounds: int, chosen: list[Contender]) -> Iterator[Run]:
    corpus = list(draughts(size))
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


def _change(contender: Contender, mode: str, draught: Draught, number: int) -> None:
    """Do to the sources what `mode` is about; an earlier change of the same round is taken back by it."""
    folder = FOLDER / contender.name
    if mode == "cold":
        contender.write(folder, draught)  # as it was before the last round
        ASIDE.mkdir(exist_ok=True)
        for made in [path for pattern in contender.made for path in folder.glob(pattern)]:
            made.rename(ASIDE / f"{contender.name}-{number}-{made.name}")  # who deletes much keeps the disk busy
    elif mode == "theme":
        template = folder / contender.template
        template.write_text(template.read_text(encoding="utf-8").replace("<article", "<article data-new", 1))
    elif mode in CHANGES:
        contender.write(folder, CHANGES[mode](draught, number))


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
    """Install what `contender` needs, once; tell whether it can be had."""
    if not contender.needs.exists():
        print(f"Fetching {contender.name} ...", flush=True)
        TOOLS.mkdir(parents=True, exist_ok=True)
        for command in contender.fetch:
            if not shutil.which(command[0]) or subprocess.run(command, check=False).returncode:
                print(f"{contender.name} cannot be had here, and is left out.", flush=True)
                return False
    return True


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**30
    return f"{os.cpu_count()} cores, {memory} GiB, {platform.system()}, Python {platform.python_version()}"


if __name__ == "__main__":
    sys.exit(main())
