"""What Jinja compiles of templates, kept from build to build, as Python keeps what it compiles of modules.

It lies beside the compiled modules of this package, for all sites and outputs: most templates are the package's own or
its theme's, and compiling them takes as long as all else that a first build of a small site does. Where Python keeps
nothing there, the cache of the site holds it.

It is code, so it is loaded only from the builder's own file, which no other user may write to, and whose digest
is right. A template whose compilation has called a filter or test of the site's is not kept: what that gave stands in
the code, and may be something else the next time.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import wraps
from hashlib import blake2b
from importlib.util import cache_from_source
from operator import itemgetter
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import jinja2
import markupsafe
from jinja2 import BytecodeCache, Environment, Undefined
from jinja2.bccache import Bucket

from .cache.store import digest_of, is_ours

NAME = "templates.code"
MOST = 500
"""Templates of which the code is kept, the latest; a site with our theme has about eighty."""
_DIGEST = 16
_OPTIONS = (
    *("block_start_string", "block_end_string", "variable_start_string", "variable_end_string"),
    *("comment_start_string", "comment_end_string", "line_statement_prefix", "line_comment_prefix"),
    *("trim_blocks", "lstrip_blocks", "newline_sequence", "keep_trailing_newline", "optimized", "is_async"),
    *("autoescape", "newstyle_gettext"),
)


def file_in(cache: Path) -> Path:
    """Return the file that holds the code of templates for a site whose cache is the folder `cache`."""
    compiled = Path(cache_from_source(__file__)).parent
    is_kept_there = not sys.dont_write_bytecode and os.access(compiled, os.W_OK)
    return (compiled if is_kept_there else cache) / NAME


class CompiledTemplates(BytecodeCache):
    """The code of templates, of one version of Jinja and Python."""

    def __init__(self, file: Path, config_digest: str) -> None:
        """Load what earlier builds left.

        Args:
            file: where it is kept.
            config_digest: a digest of the settings and the code of the site, which an unusual environment depends on.

        """
        self._file, self._config_digest = file, config_digest
        self._head = f"{jinja2.__version__} {markupsafe.__version__} {sys.version}".encode()
        self._before = self._loaded()
        self._asked: dict[str, bytes] = {}
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

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """Return the code of a template if it is known, wherever the same text lay when it was compiled."""
        key = digest_of(name, source, *self._form(environment))
        bucket = Bucket(environment, key, self.get_source_checksum(source))
        self.load_bytecode(bucket)
        if bucket.code:
            bucket.code = bucket.code.replace(co_filename=filename or "<template>")
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give `bucket` the code of its template, if that is known."""
        self._calls_before = self._calls
        code = self._asked.get(bucket.key) or self._before.get(bucket.key)
        if code:
            self._asked[bucket.key] = code
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of the template that was just compiled."""
        if self._calls == self._calls_before:
            self._asked[bucket.key] = bucket.bytecode_to_string()

    def save(self) -> None:
        """Let the next build find all code; where that cannot be written, it compiles again."""
        if self._asked.keys() <= self._before.keys():
            return
        others = {key: code for key, code in self._before.items() if key not in self._asked}
        kept = dict([*others.items(), *self._asked.items()][-MOST:])
        data = marshal.dumps((self._head, kept))
        with suppress(OSError), NamedTemporaryFile(dir=self._file.parent) as fresh:
            fresh.write(blake2b(data, digest_size=_DIGEST).digest() + data)
            fresh.flush()
            Path(fresh.name).replace(self._file)  # so that its own name, which goes at the end, is not there any more

    def _loaded(self) -> dict[str, bytes]:
        if not is_ours(self._file):
            return {}
        data = self._file.read_bytes()
        digest, data = data[:_DIGEST], data[_DIGEST:]
        if blake2b(data, digest_size=_DIGEST).digest() != digest:
            return {}
        head, code = marshal.loads(data)  # noqa: S302 - from a file of our own that no other user can write to
        return dict(code) if head == self._head else {}

    def _form(self, environment: Environment) -> Iterator[str]:
        """Yield what decides what an environment compiles, beside the name and the text of a template."""
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
