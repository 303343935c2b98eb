"""Compares time and output of any Pelican site, built by stock Pelican and with this plugin.

``python tests/guest/blog.py FOLDER`` builds copies of the folder, which contains ``pelicanconf.py``, and prints the CPU
time of both, how many files are the same, and the problems that the plugin reports. Missing plugins and themes are left
out of both. A file that differs between two builds by stock Pelican is not compared.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

from pelican.settings import read_settings

from builders import PROJECT
from guest.law import OURS, Made, lines_said, violations

PROBLEM = re.compile(r"(\S+:\d+:\d+): .*?\[([a-z-]+)\]")
STOCK, WITH = "stock", "with_"
SAID_ONCE = re.compile(r"\S+\.py:\d+")


@dataclass(frozen=True)
class Blog:
    """A site: the path of its settings file, and the settings that override those in it."""

    conf: Path
    content: str
    plugins: tuple[str, ...]
    plugin_paths: tuple[str, ...]
    theme: str

    def build(self, copy: Path, *, ours: bool) -> tuple[float, Made]:
        """Build a copy of the site, and return the CPU seconds and the build."""
        folder = copy / self.conf.parent
        words = {
            "PLUGINS": [*self.plugins, *([OURS] if ours else [])],
            "PLUGIN_PATHS": [*self.plugin_paths, str(PROJECT / "plugins")],
            "THEME": self.theme,
        }
        extra = [f"{name}={json.dumps(value)}" for name, value in words.items()]
        output = copy / "made-here"
        command = [sys.executable, "-m", "pelican", self.content, "-s", self.conf.name, "-o", str(output), "-e", *extra]
        before = _cpu()
        variables = {**os.environ, "COLUMNS": "500", "PYTHONHASHSEED": "0"}
        done = subprocess.run(command, cwd=folder, env=variables, check=False, text=True, capture_output=True)
        files = {
            f"output/{file.relative_to(output).as_posix()}": _without_now(file.read_bytes(), copy)
            for file in output.rglob("*")
            if file.is_file()
        }
        said = (done.stdout + done.stderr).replace(str(copy), "SITE")
        return _cpu() - before, Made(done.returncode, SAID_ONCE.sub("", said), files)


def blog_of(site: Path, conf: str) -> Blog:
    """Return the site in the folder `site`, without missing plugins and themes."""
    file = site / conf
    with contextlib.chdir(file.parent):
        sys.path.insert(0, str(file.parent))
        settings = read_settings(file.name)
        paths = tuple(settings["PLUGIN_PATHS"])
        known = (name for name in settings["PLUGINS"] or () if isinstance(name, str) and _is_there(name, paths))
        theme = settings["THEME"] if Path(settings["THEME"], "templates").is_dir() else "notmyidea"
        path = os.path.relpath(settings["PATH"])
        content = "content" if path == "." and Path("content").is_dir() else path  # what the command line would say
        return Blog(Path(conf), content, tuple(known), paths, theme)


def _is_there(plugin: str, paths: tuple[str, ...]) -> bool:
    parts = plugin.split(".")
    found = any(Path(path, *parts).exists() or Path(path, *parts).with_suffix(".py").exists() for path in paths)
    return found or any(_spec(name) for name in (plugin, f"pelican.plugins.{plugin}"))


def _without_now(data: bytes, copy: Path) -> bytes:
    """Return `data` without the folder's name and the times of today that other plugins write."""
    today = datetime.now().date().isoformat().encode()  # noqa: DTZ005 - as those plugins do
    return re.sub(today + rb"T[\d:.]+", b"NOW", data.replace(str(copy).encode(), b"SITE"))


def _spec(name: str) -> bool:
    with contextlib.suppress(ModuleNotFoundError):
        return find_spec(name) is not None
    return False


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _edited(copy: Path, blog: Blog) -> str:
    """Append a sentence to the first text, change the title of the next in Markdown, and return their names."""
    content = copy / blog.conf.parent / blog.content
    texts = sorted(file for file in content.rglob("*") if file.suffix in (".md", ".rst") and file.is_file())
    titled = (file for file in texts[1:] if re.match(r"(?i)title:", file.read_text(errors="replace")))
    changes = [*((file, r"\Z", "\n\nOne word more.\n") for file in texts[:1])]
    changes += [(file, r"(?i)^title:", "Title: New") for file in [*titled][:1]]
    for file, pattern, new in changes:
        stamp = file.stat().st_mtime + 60
        file.write_text(re.sub(pattern, new, file.read_text(errors="replace"), count=1), encoding="utf-8")
        os.utime(file, (stamp, stamp))
    return ", ".join(file.name for file, _, _ in changes)


def compare(site: Path, conf: str, rounds: int) -> list[str]:
    """Build the site both ways, and return the lines of the report."""
    with tempfile.TemporaryDirectory() as name:
        copies = {way: Path(name, way) for way in (STOCK, "again", WITH)}
        for copy in copies.values():
            shutil.copytree(site, copy, symlinks=True, ignore=shutil.ignore_patterns(".git", "output"))
        blog = blog_of(copies[STOCK], conf)
        times: dict[str, list[float]] = {STOCK: [], WITH: []}
        made: dict[str, Made] = {}
        for _ in range(rounds):
            for way, copy in copies.items():
                shutil.rmtree(copy / "made-here", ignore_errors=True)
                seconds, made[way] = blog.build(copy, ours=way == WITH)
                times.setdefault(way, []).append(seconds)
        lines = [_times(times), *_compared(made[STOCK], made["again"], made[WITH])]
        names = {_edited(copy, blog) for copy in copies.values()}
        made = {way: blog.build(copy, ours=way == WITH)[1] for way, copy in copies.items()}
        return [*lines, f"after a change in {', '.join(names)}:", *_compared(made[STOCK], made["again"], made[WITH])]


def _times(times: dict[str, list[float]]) -> str:
    stock, ours = (statistics.median(times[way]) for way in (STOCK, WITH))
    ratio = statistics.median(two / one for one, two in zip(times[STOCK], times[WITH], strict=True))
    return f"stock {stock:.2f} s, with the plugin {ours:.2f} s, {ratio:.2f} times as long"


def _compared(stock: Made, again: Made, ours: Made) -> list[str]:
    if stock.code:
        return [f"stock Pelican ends with {stock.code}: {stock.said[-1500:]}"]
    same = {path: data for path, data in stock.files.items() if again.files.get(path) == data}
    # messages are not compared, since the console shortens them depending on the time
    found = list(violations(replace(stock, files=same, said=""), replace(ours, files=_comparable(ours, stock, same))))
    told = PROBLEM.findall("\n".join(lines_said(ours.said) - lines_said(stock.said)))
    compared = f"{len(same)} of {len(stock.files)} files compared, {len(found)} different"
    counts = ", ".join(f"{count} {code}" for code, count in Counter(code for _, code in told).items()) or "none"
    done = re.search(r"Done: (Processed \d+ articles?)", " ".join(stock.said.split()))
    added = len(ours.files) - len(stock.files)
    lines = [f"{done[1] if done else 'Done'}; {compared}; {added} added; problems told: {counts}"]
    return [*lines, *found[:20], *(f"told: {place} {code}" for place, code in told[:20])]


def _comparable(ours: Made, stock: Made, same: dict[str, bytes]) -> dict[str, bytes]:
    return {path: data for path, data in ours.files.items() if path in same or path not in stock.files}


def main() -> None:
    """Compare the site that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path)
    parser.add_argument("--conf", default="pelicanconf.py")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    for line in compare(asked.site.resolve(), asked.conf, asked.rounds):
        print(line)


if __name__ == "__main__":
    main()
