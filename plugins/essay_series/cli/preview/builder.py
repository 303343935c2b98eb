"""The parent of the build process: sends it requests, and starts a new one when it has ended; see `process`."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from base64 import b64decode
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from time import perf_counter
from typing import IO, Any

from ...values import dataclass
from ..terminal import counted
from .process import DONE, OUTDATED, SUPERSEDED

_ENDED = "The builder stopped. It starts again with the next change."


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a build."""

    good: bool
    said: str
    files: int = 0
    """The number of files that it wrote or removed."""
    superseded: bool = False
    """Whether it was abandoned for the next build."""
    loaded: bool = False
    """Whether it wrote images or other files that pages load, after the open pages were shown."""


class Builder:
    """Builds in a process that stays alive between builds."""

    def __init__(self, arguments: Sequence[str]) -> None:
        """Start nothing yet; `arguments` are those of ``pelican``."""
        self._arguments = list(arguments)
        self._process: subprocess.Popen[str] | None = None
        self._log: IO[bytes] | None = None
        """The messages of the process that were not taken yet."""
        self._has_built = False

    def build(
        self, open_pages: Iterable[str] = (), show: Callable[[Mapping[str, bytes]], None] = lambda _: None
    ) -> Outcome:
        """Build, and return the result.

        Args:
            open_pages: the output paths of the pages that are open in a browser.
            show: called with the contents of these pages, and of files that they load, by output path, as soon as they
                are written.

        """
        began = perf_counter()
        order = {"arguments": self._arguments, "open": sorted(open_pages)}
        found = self._answer(order, show)
        if found.get("end") == OUTDATED:
            self.end()
            found = self._answer(order, show)
        said = self._taken_log()
        if not found.get("stays", True):
            self.end()
            self._running()  # so that it has loaded its modules by the next change
        if not found:
            self.end()
            return Outcome(good=False, said=f"{said}{_ENDED}".strip())
        good, files = found["end"] == DONE, found.get("files", 0)
        if good:
            said += self._report(files, found["essays"], perf_counter() - began)
            self._has_built = True
        return Outcome(good, said.strip(), files, found["end"] == SUPERSEDED, found.get("loaded", False))

    def supersede(self) -> None:
        """Abandon the running build once it has shown the open pages; another one follows."""
        if self._process and self._process.stdin:
            with suppress(OSError, ValueError):
                os.write(self._process.stdin.fileno(), b"\n")

    def interrupt(self) -> None:
        """Kill the process and its workers; a build that waits for them returns."""
        if self._process:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)

    def end(self) -> None:
        """End the process; the next build starts a new one."""
        if self._process:
            self.interrupt()
            self._process.wait()
            for file in (self._process.stdin, self._process.stdout, self._log):
                if file:
                    file.close()
            self._process = self._log = None

    def _answer(self, order: Mapping[str, Any], show: Callable[[Mapping[str, bytes]], None]) -> Mapping[str, Any]:
        """Send an order, and return the last answer of the process; empty if it ended without one."""
        process = self._running()
        if process.stdin is None or process.stdout is None:
            return {}
        try:
            process.stdin.write(f"{json.dumps(order)}\n")
            process.stdin.flush()
            for line in process.stdout:
                answer: Mapping[str, Any] = json.loads(line)
                if "end" in answer:
                    return answer
                show({path: b64decode(data) for path, data in answer["shown"].items()})
        except (OSError, ValueError):
            pass  # it has been killed
        return {}

    def _running(self) -> subprocess.Popen[str]:
        if self._process and self._process.poll() is not None:
            self.end()
        if self._process is None:
            command = [sys.executable, "-m", f"{__package__}.process"]
            pipe = subprocess.PIPE
            self._log = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the process
            self._process = subprocess.Popen(
                command, stdin=pipe, stdout=pipe, stderr=self._log, text=True, start_new_session=True
            )
        return self._process

    def _taken_log(self) -> str:
        """Return the messages of the process, and clear them."""
        if self._log is None:
            return ""
        size = os.fstat(self._log.fileno()).st_size
        said = os.pread(self._log.fileno(), size, 0).decode("utf-8", "replace")
        self._log.truncate(0)
        self._log.seek(0)  # the process shares the file position
        return said

    def _report(self, files: int, essays: int, seconds: float) -> str:
        if not files:
            return "Nothing has changed."
        written = counted(files, "file")
        what = f"{counted(essays, 'essay')} ({written})" if essays else written
        return f"{'Updated' if self._has_built else 'Built'} {what} in {seconds:.2f} s."
