"""Builds in a process that has imported everything already: after a save, an author waits for the build alone.

`Builder` starts that process and asks it, a line of JSON for each build. It answers each by a fork of itself, so that
no build knows of another, and has no threads, so that it may fork.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from ...values import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a build ended, and what it said."""

    good: bool
    said: str


class Builder:
    """Builds, one site after the other."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def build(self, arguments: Sequence[str], output: Path | None = None) -> Outcome:
        """Do what ``pelican`` does with `arguments`; if `output` is given, only where something has changed."""
        process = self._running()
        if process.stdin is None or process.stdout is None:
            return Outcome(good=False, said="")
        try:
            process.stdin.write(f"{json.dumps([str(output or ''), *arguments])}\n")
            process.stdin.flush()
            answer = json.loads(process.stdout.readline())
        except (OSError, ValueError):
            self.end()
            return Outcome(good=False, said="The builder ended; it is started again with the next change.")
        said = answer["out"] if answer["code"] == 0 else answer["err"] + answer["out"]
        return Outcome(answer["code"] == 0, said.strip())

    def interrupt(self) -> None:
        """Let the process and all that work for it end now; a build that waits for them ends too."""
        if self._process:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)

    def end(self) -> None:
        """End the process, so that the next build imports everything anew."""
        if self._process:
            self.interrupt()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe:
                    pipe.close()
            self._process = None

    def _running(self) -> subprocess.Popen[str]:
        if self._process and self._process.poll() is not None:
            self.end()
        if self._process is None:
            command = [sys.executable, "-m", f"{__package__}.warm"]
            pipe = subprocess.PIPE
            self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, start_new_session=True)
        return self._process


def main() -> int:
    """Answer every line of the input until there is none; return 0."""
    from ...adapter.command import build  # noqa: PLC0415 - it imports Pelican, which who only asks need not wait for
    from ...build.quick import unchanged  # noqa: PLC0415 - likewise

    gc.freeze()  # a fork that looks for garbage copies all that it looks at
    for line in sys.stdin:
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            child = os.fork()
            if child == 0:
                _speak_into(out, err)
                code = 1
                try:
                    output, *arguments = json.loads(line)
                    done = unchanged("cache", output, arguments) if output else ""
                    print(done)
                    code = 0 if done else build(arguments)
                finally:
                    sys.stdout.flush()
                    sys.stderr.flush()
                    os._exit(code)
            _, status = os.waitpid(child, 0)
            answer = {"code": os.waitstatus_to_exitcode(status), "out": _heard(out), "err": _heard(err)}
        print(json.dumps(answer), flush=True)
    return 0


def _speak_into(out: IO[str], err: IO[str]) -> None:
    os.dup2(out.fileno(), 1)
    os.dup2(err.fileno(), 2)


def _heard(file: IO[str]) -> str:
    file.seek(0)
    return file.read()


if __name__ == "__main__":
    sys.exit(main())
