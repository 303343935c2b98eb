"""What Jinja compiles of templates, kept from build to build and shared by all environments of one.

It is code, so it is loaded only from a file that is the builder's own, that nobody else may write to, and whose digest
is right. A template whose compilation has called a filter or test of the site's is not kept: what that gave stands in
the code, and may be something else the next time.
"""

from __future__ import annotations

import marshal
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from hashlib import blake2b
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from .store import is_ours

_DIGEST = 16


class CompiledTemplates(BytecodeCache):
    """The code of templates, of one version of Jinja and Python and of environments that compile alike."""

    def __init__(self, file: Path, key: str) -> None:
        """Load what the last build left.

        Args:
            file: where it is kept.
            key: stands for all that the code depends on beside Jinja, Python and the text of a template.

        """
        self._file = file
        self._head = f"{jinja2.__version__} {sys.version} {key}".encode()
        self._before = self._code = self._loaded()
        self._calls = self._calls_before = 0

    def watch(self, environment: Environment) -> None:
        """Let `environment`, whose filters and tests are all there, load and leave code here, if nowhere else."""
        if environment.bytecode_cache is not None:
            return
        plain = Environment()  # noqa: S701 - it makes nothing
        tables: list[tuple[dict[str, Any], dict[str, Any]]] = [
            (environment.filters, plain.filters),
            (environment.tests, plain.tests),
        ]
        for known, usual in tables:
            for name, call in known.items():
                if usual.get(name) is not call:
                    known[name] = self._counted(call)
        environment.bytecode_cache = self

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give `bucket` the code of its template, if that is known."""
        self._calls_before = self._calls
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of the template that was just compiled."""
        if self._calls == self._calls_before:
            self._code = {**self._code, bucket.key: bucket.bytecode_to_string()}

    def save(self) -> None:
        """Let the next build find all code; where that cannot be written, it compiles again."""
        if self._code == self._before:
            return
        data = marshal.dumps((self._head, self._code))
        fresh = self._file.with_name(f"{self._file.name}.new")
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
            fresh.touch(mode=0o600, exist_ok=False)
            fresh.write_bytes(blake2b(data, digest_size=_DIGEST).digest() + data)
            fresh.replace(self._file)

    def _loaded(self) -> dict[str, bytes]:
        if not is_ours(self._file):
            return {}
        data = self._file.read_bytes()
        digest, data = data[:_DIGEST], data[_DIGEST:]
        if blake2b(data, digest_size=_DIGEST).digest() != digest:
            return {}
        head, code = marshal.loads(data)  # noqa: S302 - from a file of our own that nobody else can write to
        return dict(code) if head == self._head else {}

    def _counted(self, call: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(call)
        def counted(*args: Any, **kwargs: Any) -> Any:
            self._calls += 1
            return call(*args, **kwargs)

        return counted
