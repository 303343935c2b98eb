"""Jinja's compiled templates, cached between builds as Python caches compiled modules.

The cache is one file beside this package's compiled modules, shared by all sites: most templates are the package's own
or its theme's, and compiling them takes half of a small site's first build. If Python caches no bytecode there, the
file is in the site's cache folder.

The file holds code, so it is loaded only if it belongs to the user, no other user may write to it, and its digest
matches. A template is not cached if compiling it called one of the site's filters or tests: Jinja folds constant
expressions, so the result of the call is part of the code, and the next build might get another result.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import wraps
from importlib.util import cache_from_source
from operator import itemgetter
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import jinja2
import markupsafe
from jinja2 import BytecodeCache, Environment, Undefined
from jinja2.bccache import Bucket

from .cache.store import digest_of, digest_of_bytes, is_ours

NAME = "templates.code"
MOST = 500
"""The most templates in the cache; the least recently used are dropped. A site with our theme has about eighty."""
_OPTIONS = (
    *("block_start_string", "block_end_string", "variable_start_string", "variable_end_string"),
    *("comment_start_string", "comment_end_string", "line_statement_prefix", "line_comment_prefix"),
    *("trim_blocks", "lstrip_blocks", "newline_sequence", "keep_trailing_newline", "optimized", "is_async"),
    *("autoescape", "newstyle_gettext"),
)


def file_in(cache: Path) -> Path:
    """Return the cache file of compiled templates for a site whose cache folder is `cache`."""
    compiled = Path(cache_from_source(__file__)).parent
    is_kept_there = not sys.dont_write_bytecode and os.access(compiled, os.W_OK)
    return (compiled if is_kept_there else cache) / NAME


class CompiledTemplates(BytecodeCache):
    """The cached templates of one version of Jinja and Python."""

    def __init__(self, file: Path, config_digest: str) -> None:
        """Load the templates that earlier builds compiled from `file`, which need not exist.

        In a customized environment `config_digest`, a digest of the site's settings and code, is part of the key.
        """
        self._file, self._config_digest = file, config_digest
        self._head = f"{jinja2.__version__} {markupsafe.__version__} {sys.version}".encode()
        self._before = self._loaded()
        self._asked: dict[str, bytes] = {}
        self._calls = self._calls_before = 0

    def watch(self, environment: Environment) -> None:
        """Let `environment` use this cache, unless it has one; all its filters and tests must be set by now."""
        if environment.bytecode_cache is not None:
            return
        plain = Environment()  # noqa: S701 - it makes nothing
        usual = {*plain.filters.values(), *plain.tests.values()}
        tables: tuple[dict[str, Any], ...] = (environment.filters, environment.tests)
        for table in tables:
            table.update({name: self._counted(call) for name, call in table.items() if call not in usual})
        environment.bytecode_cache = self

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """Return the cached code of a template, whatever file the same source was compiled from."""
        key = digest_of(name, source, *self._form(environment))
        bucket = Bucket(environment, key, self.get_source_checksum(source))
        self.load_bytecode(bucket)
        if bucket.code:
            bucket.code = bucket.code.replace(co_filename=filename or "<template>")
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load the cached code into `bucket`, if there is any."""
        self._calls_before = self._calls
        code = self._asked.get(bucket.key) or self._before.get(bucket.key)
        if code:
            self._asked[bucket.key] = code
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Cache a template that was just compiled, unless compiling it called one of the site's filters or tests."""
        if self._calls == self._calls_before:
            self._asked[bucket.key] = bucket.bytecode_to_string()

    def save(self) -> None:
        """Write the cache file if there are new templates; if it cannot be written, the next build compiles again."""
        if self._asked.keys() <= self._before.keys():
            return
        others = {key: code for key, code in self._before.items() if key not in self._asked}
        kept = dict([*others.items(), *self._asked.items()][-MOST:])
        data = marshal.dumps((self._head, kept))
        with suppress(OSError), NamedTemporaryFile(dir=self._file.parent) as fresh:
            fresh.write(digest_of_bytes(data).encode() + data)
            fresh.flush()
            Path(fresh.name).replace(self._file)  # the context manager then finds no file of the old name to remove

    def _loaded(self) -> dict[str, bytes]:
        if not is_ours(self._file):
            return {}
        saved = self._file.read_bytes()
        data = saved[len(digest_of_bytes(b"")) :]
        if saved != digest_of_bytes(data).encode() + data:
            return {}
        head, code = marshal.loads(data)  # noqa: S302 - from a file of our own that no other user can write to
        return dict(code) if head == self._head else {}

    def _form(self, environment: Environment) -> Iterator[str]:
        """Yield everything but a template's name and source that the compiled code depends on."""
        yield from (repr(getattr(environment, option, None)) for option in _OPTIONS)
        yield from (*sorted(environment.extensions), repr(sorted(environment.policies.items(), key=itemgetter(0))))
        is_usual = (
            type(environment) is Environment
            and isinstance(environment.autoescape, bool)
            and environment.undefined is Undefined
            and environment.finalize is None
            and all(type(each).__module__ == "jinja2.ext" for each in environment.extensions.values())
        )
        yield "" if is_usual else self._config_digest

    def _counted(self, call: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(call)
        def counted(*args: Any, **kwargs: Any) -> Any:
            self._calls += 1
            return call(*args, **kwargs)

        return counted
