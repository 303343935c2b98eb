"""The build process of the preview, which keeps all modules and the last build in memory.

Each line of its input is an order in JSON. It answers with lines of JSON: first the contents of the open pages, then
the result of the build. A further line during a build abandons that build.
"""

from __future__ import annotations

import gc
import json
import os
import select
import sys
from base64 import b64encode
from collections.abc import Mapping
from functools import partial
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ...adapter.command import Builder

DONE, FAILED, SUPERSEDED, OUTDATED = "done", "failed", "superseded", "outdated"
"""The results of a build; an outdated process, whose code has changed, ends without building."""


def main() -> int:
    """Build once for each order; return 0 when the input ends or a new process is needed."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a build prints must not mix with answers
    requests = os.fdopen(sys.stdin.fileno(), "rb", buffering=0)  # unbuffered, so that `select` sees a waiting line
    from ...adapter import command, site_mode  # noqa: F401, PLC0415 - they load all that most builds need

    gc.disable()
    builder: command.Builder | None = None
    for line in requests:
        if not line.strip():
            continue
        order = json.loads(line)
        builder = builder or command.Builder(order["arguments"])
        if builder.is_outdated():
            _answer(answers, end=OUTDATED)
            return 0
        _build(builder, order, requests, answers)
        if not builder.is_sound:
            return 0
        gc.collect()
    return 0


def _build(builder: Builder, order: Mapping[str, Any], requests: IO[bytes], answers: IO[str]) -> None:
    from ...build.viewer import SupersededError, Viewer  # noqa: PLC0415 - loaded by then

    viewer = Viewer(frozenset(order["open"]), partial(_show, answers), partial(_has_more, requests))
    try:
        code = builder.build(viewer)
    except SupersededError:
        _answer(answers, end=SUPERSEDED)
        return
    last = builder.last
    _answer(
        answers,
        end=FAILED if code else DONE,
        files=len(last.done.write) + len(last.done.remove) if last else 0,
        essays=builder.memory.made["essay"],
        loaded=bool(last and last.wrote_media),
        stays=builder.is_sound,
    )


def _show(answers: IO[str], files: Mapping[str, bytes]) -> None:
    _answer(answers, shown={path: b64encode(data).decode() for path, data in files.items()})


def _has_more(requests: IO[bytes]) -> bool:
    return bool(select.select([requests], [], [], 0)[0])


def _answer(answers: IO[str], **words: object) -> None:
    sys.stdout.flush()
    sys.stderr.flush()
    print(json.dumps(words), file=answers, flush=True)


if __name__ == "__main__":
    sys.exit(main())
