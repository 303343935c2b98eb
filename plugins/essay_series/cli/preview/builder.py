"""Asks the process that stays for builds, and starts another one where it has ended; see `process`."""

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

_ENDED = "The builder ended. It starts again with the next change."


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a build ended, and what it said."""

    good: bool
    said: str
    files: int = 0
    """How many files it wrote or removed."""
    superseded: bool = False
    """Whether it was given up, since another one waits."""
    loaded: bool = False
    """Whether it wrote images or other files that pages load, after it had shown the open pages."""


class Builder:
    """Builds, one time after the other."""

    def __init__(self, arguments: Sequence[str]) -> None:
        """Start nothing yet.

        Args:
            arguments: what ``pelican`` is called with.

        """
        self._arguments = list(arguments)
        self._process: subprocess.Popen[str] | None = None
        self._log: IO[bytes] | None = None
        """What the process has said since this was last asked for."""
        self._has_built = False

    def build(
        self, open_pages: Iterable[str] = (), show: Callable[[Mapping[str, bytes]], None] = lambda _: None
    ) -> Outcome:
        """Build, and return how that ended.

        Args:
            open_pages: the output paths of pages that somebody looks at.
            show: is given these as soon as they are made, and what they load, by output path.

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
            self._running()  # by the next change it has loaded all there is
        if not found:
            self.end()
            return Outcome(good=False, said=f"{said}{_ENDED}".strip())
        good, files = found["end"] == DONE, found.get("files", 0)
        if good:
            said += self._report(files, found["essays"], perf_counter() - began)
            self._has_built = True
        return Outcome(good, said.strip(), files, found["end"] == SUPERSEDED, found.get("loaded", False))

    def supersede(self) -> None:
        """Have the build that is at work given up, if it has shown what it can; another one is asked for next."""
        if self._process and self._process.stdin:
            with suppress(OSError, ValueError):
                os.write(self._process.stdin.fileno(), b"\n")

    def interrupt(self) -> None:
        """Let the process and all that work for it end now; a build that waits for them ends too."""
        if self._process:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)

    def end(self) -> None:
        """End the process; the next build starts another one."""
        if self._process:
            self.interrupt()
            self._process.wait()
            for file in (self._process.stdin, self._process.stdout, self._log):
                if file:
                    file.close()
            self._process = self._log = None

    def _answer(self, order: Mapping[str, Any], show: Callable[[Mapping[str, bytes]], None]) -> Mapping[str, Any]:
        """Return how the process says that the build ended; nothing if it does not say."""
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
        """Return what the process has said since this was last asked for."""
        if self._log is None:
            return ""
        size = os.fstat(self._log.fileno()).st_size
        said = os.pread(self._log.fileno(), size, 0).decode("utf-8", "replace")
        self._log.truncate(0)
        self._log.seek(0)  # the process shares the place in the file
        return said

    def _report(self, files: int, essays: int, seconds: float) -> str:
        if not files:
            return "Nothing has changed."
        written = counted(files, "file")
        what = f"{counted(essays, 'essay')} ({written})" if essays else written
        return f"{'Updated' if self._has_built else 'Built'} {what} in {seconds:.2f} s."
