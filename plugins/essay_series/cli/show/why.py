"""Explain why the last build wrote a file, or kept it: ``make why PAGE=essays/one/``.

``PAGE`` is an address, or a path in the output folder; without it, all files that were written are listed by reason.
``OUTPUT`` selects another output folder, such as ``public`` or ``cache/preview``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from ...build.cache.store import Store, store_of
from ...build.output import made, manifest
from ...build.plan import ALWAYS, Made
from ...l10n.days import some
from ...names import nearest
from ...routes import file_at
from ..command import CommandError, Options, option

CACHE, OUTPUT = Path("cache"), "output"
MOST = 8
"""How many files are listed for each reason; the others are counted."""


def why(options: Options) -> str:
    """Return the reason for one file, or the reasons for all files that the last build wrote."""
    output = Path(option(options, "OUTPUT") or OUTPUT)
    files = made.made_in(CACHE / made.LISTING, output)
    if not files:
        raise CommandError(f"No build of {output.as_posix()}/ is recorded. Run make html first.")
    store = store_of(CACHE, output.resolve())
    page = option(options, "PAGE")
    return _of_one(_path(page, output, files), store) if page else "\n".join(_of_all(store, files))


def _path(page: str, output: Path, files: Collection[str]) -> str:
    """Return the path in the output folder of `page`, an address or a path."""
    address = urlsplit(page).path.removeprefix(f"{output.as_posix()}/").lstrip("/")
    for path in (address, file_at(f"/{address}")):
        if path in files:
            return path
    close = nearest(file_at(f"/{address}"), files)
    hint = f" Did you mean PAGE={close.removesuffix('index.html')}?" if close else ""
    raise CommandError(f"The last build made no file {address or page}.{hint}")


def _of_one(path: str, store: Store) -> str:
    found = manifest.load(store, [path])[path]
    if found is None:
        return f"{path} is {ALWAYS}."
    written = f"{_moment(found.moment)}: {found.reason}"
    if found.moment == manifest.last_build(store):
        return f"{path} was written by the last build, {written}."
    kept = "was kept by the last build: none of its inputs has changed"
    return f"{path} {kept}. It was last written on {written}."


def _of_all(store: Store, files: Collection[str]) -> Iterator[str]:
    records = manifest.load(store, files)
    last = manifest.last_build(store)
    reasons: dict[str, list[str]] = defaultdict(list)
    for path, record in sorted(records.items()):
        if reason := _reason(record, last):
            reasons[reason].append(path)
    count = sum(map(len, reasons.values()))
    yield f"The last build wrote {count} of {len(files)} files{'.' if not count else ':'}"
    for reason, paths in sorted(reasons.items(), key=lambda each: -len(each[1])):
        yield f"  {reason} ({len(paths)}): {some(paths, MOST)}"


def _reason(record: Made | None, last: str) -> str:
    if record is None:
        return ALWAYS
    return record.reason if record.moment == last else ""


def _moment(iso: str) -> str:
    return f"{datetime.fromisoformat(iso).astimezone():%Y-%m-%d %H:%M:%S}"
