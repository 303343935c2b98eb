"""The preview of a site, run as an author runs it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from builders import PROJECT, SiteTest


@dataclass
class Preview:
    """A preview that runs."""

    address: str
    process: subprocess.Popen
    log: Path

    def said(self) -> str:
        """Return what it has printed so far."""
        return self.log.read_text(encoding="utf-8")

    def get(self, path: str = "") -> tuple[int, str]:
        """Return the status and the text at `path`."""
        try:
            with urlopen(f"{self.address}{path}") as answer:  # noqa: S310 - our own preview
                return answer.status, answer.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()

    def interrupt(self, by: int = signal.SIGINT) -> int:
        """End it as Ctrl-C does, and return its exit code."""
        self.process.send_signal(by)
        return self.process.wait(timeout=20)


@contextmanager
def serving(site: SiteTest, port: int = 8760) -> Iterator[Preview]:
    """Serve `site`, and wait until it says where."""
    (site.folder / "pelicanconf.py").write_text(site._conf(), encoding="utf-8")  # noqa: SLF001 - as `build` does
    log = site.folder.parent / f"{site.folder.name}-{port}.log"
    environment = {**os.environ, "PYTHONPATH": f"{PROJECT / 'plugins'}{os.pathsep}{PROJECT}", "PORT": str(port)}
    with (
        log.open("w") as said,
        subprocess.Popen(
            [sys.executable, "-m", "essay_series", "serve"],
            cwd=site.folder,
            env=environment,
            stdout=said,
            stderr=said,
        ) as process,
    ):
        try:
            wait_for(lambda: "http://" in log.read_text())
            yield Preview(re.search(r"http://\S+", log.read_text())[0], process, log)
        finally:
            process.kill()


def wait_for(condition: Callable[[], bool], seconds: float = 40) -> None:
    """Wait until `condition` holds, and fail if it does not."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)
