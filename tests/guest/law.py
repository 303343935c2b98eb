"""The law of a guest: each file that stock Pelican writes is the same, byte for byte, with this plugin.

A site is built several times into one folder, by stock Pelican and by Pelican with the plugin, and the two folders are
compared after each build. Files left over from earlier builds are compared too, unless the plugin now writes a page
there. The sites do not depend on the clock: all dates are in the sources, or are the times of files, which are the same
in both. Pelican dates a feed without entries by the clock, so that date is not compared; nor is Pelican's cache.
"""

from __future__ import annotations

import os
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import forked
from builders import PROJECT
from essay_series.routes import DEFAULTS

BEGAN = 1_300_000_000
"""The time of a site's files, in seconds since 1970; each later step is a minute later."""
OURS = "essay_series"
TICK = 20_000_000
"""By how many nanoseconds the times of files may lag behind the clock."""
LAST, FIRST = "last", "first"
"""The position of our plugin in PLUGINS."""
WITNESS = "witness"
SITEMAPS = ("sitemap.xml", "sitemap.txt")
KINDS = ("SERIES", "BOOK", "PLAY", "PLAYBOOK", "FEED", "FEEDS", "OPML")
"""The kinds of files that a guest adds, as prefixes of their settings."""
OFFERED = ("series", "article_series", "page_series", "essay_series")
"""The variables that the plugin adds to the context of templates."""

Files = Mapping[str, bytes | None]


@dataclass(frozen=True)
class Site:
    """A site and how it changes.

    Attributes:
        steps: the files that are written before each build, by path; None removes one.
        settings: the settings of Pelican and of the other plugins.
        others: the other plugins.
        lines: Python code for settings that are not plain values.

    """

    steps: Sequence[Files]
    settings: Mapping[str, object] = field(default_factory=dict)
    others: Sequence[str] = ()
    lines: str = ""


@dataclass(frozen=True)
class Made:
    """The exit code, the output and the files of one build."""

    code: int
    said: str
    files: Mapping[str, bytes]
    left: frozenset[str] = frozenset()
    """The files of earlier builds that this one did not touch."""


def builds(site: Site, folder: Path, place: str | None = None) -> Iterator[Made]:
    """Build `site` in the new folder `folder` after each of its steps, and yield each build.

    `place` is the position of our plugin in PLUGINS; None builds with stock Pelican.
    """
    folder.mkdir(parents=True)
    sources: set[str] = set()
    _write(folder, _conf(site, place), BEGAN)
    for number, step in enumerate(site.steps):
        _write(folder, step, BEGAN + 60 * number)
        sources |= step.keys()
        variables = {**os.environ, "PYTHONPATH": "", "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "2000", "TZ": "UTC"}
        arguments = ("content", "--settings", "pelicanconf.py")
        began = time.time_ns() - TICK
        done = forked.start(
            folder, "pelican", *arguments, variables=variables, together=True, stock=place is None
        ).wait()
        yield Made(
            done.code, done.said.replace(str(folder), "SITE"), dict(_made(folder, sources)), _left(folder, began)
        )


def differences(site: Site, folder: Path, places: Iterable[str] = (LAST,)) -> list[str]:
    """Build `site` with stock Pelican and with our plugin in each of the `places`, and return all violations."""
    return compared(site, folder, places)[0]


def compared(site: Site, folder: Path, places: Iterable[str] = (LAST,)) -> tuple[list[str], Made]:
    """Return the `differences`, and the last build with our plugin."""
    stock = list(builds(site, folder / "stock"))
    found = []
    for place in places:
        made = list(builds(site, folder / f"{place:-<5}", place))
        for number, (theirs, ours) in enumerate(zip(stock, made, strict=True)):
            found += [f"build {number + 1}, ours {place}: {each}" for each in violations(theirs, ours)]
    return found, made[-1]


def violations(stock: Made, ours: Made) -> Iterator[str]:
    """Yield each difference between two builds that the law forbids."""
    if stock.code != ours.code:
        yield f"exit code {ours.code} where stock Pelican has {stock.code}: {ours.said[-2000:]}"
    for path, data in stock.files.items():
        if path not in ours.files:
            yield f"missing: {path}"
        elif not _same(path, data, ours.files[path]) and not (path in stock.left and is_declared(path)):
            yield f"different: {path}{_where(data, ours.files[path])}"
    yield from (f"added: {path}" for path in ours.files.keys() - stock.files.keys() if not is_declared(path))
    yield from (f"not said: {line}" for line in lines_said(stock.said) - lines_said(ours.said))


def is_declared(path: str) -> bool:
    """Tell whether the plugin's settings declare the output file `path`, also in a subsite."""
    return path.startswith("output/") and any(f"/{head}" in path for head in declared())


@cache
def declared() -> tuple[str, ...]:
    """Return the prefixes of the paths of the plugin's own output files."""
    patterns = (DEFAULTS[f"{kind}_SAVE_AS"] for kind in KINDS)
    return tuple(sorted({pattern.split("{", maxsplit=1)[0] for pattern in patterns}))


def _conf(site: Site, place: str | None) -> Files:
    plugins = [WITNESS, *site.others]
    if place:
        plugins.insert(0 if place == FIRST else len(plugins), OURS)
    settings = {
        "SITENAME": "A site & its guests",
        "PATH": "content",
        "TIMEZONE": "UTC",
        "LOCALE": ["C"],
        **site.settings,
        "PLUGINS": plugins,
        "PLUGIN_PATHS": [str(PROJECT / "plugins"), "."],
    }
    lines = "".join(f"{name} = {value!r}\n" for name, value in settings.items())
    witness = Path(__file__).with_name("witness.py").read_bytes()
    return {"pelicanconf.py": f"{lines}{site.lines}".encode(), f"{WITNESS}.py": witness}


def _write(folder: Path, files: Files, when: int) -> None:
    for path, data in files.items():
        file = folder / path
        if data is None:
            file.unlink()
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        os.utime(file, (when, when))


def _made(folder: Path, sources: set[str]) -> Iterator[tuple[str, bytes]]:
    """Yield every file in `folder` that is not a source, with the folder's name replaced."""
    root = str(folder).encode()
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder).as_posix()
        own = path in sources or path.startswith("cache/") or path in ("pelicanconf.py", f"{WITNESS}.py")
        if file.is_file() and not own:
            yield path, _without_now(file.read_bytes().replace(root, b"SITE"))


def _left(folder: Path, began: int) -> frozenset[str]:
    files = (file for file in folder.rglob("*") if file.is_file() and file.stat().st_ctime_ns < began)
    return frozenset(file.relative_to(folder).as_posix() for file in files)


def _without_now(data: bytes) -> bytes:
    """Return a file without the time of the build, which Pelican writes into empty feeds."""
    if b"<entry>" in data or b"<item>" in data:
        return data
    return re.sub(rb"<(updated|lastBuildDate)>[^<]*<", rb"<\1><", data)


def _same(path: str, stock: bytes, ours: bytes) -> bool:
    if stock == ours:
        return True
    name = path.rpartition("/")[2]
    if name in SITEMAPS:
        return _lists_ours_besides(stock.decode(), ours.decode())
    return name == "witness.txt" and stock == _seen_of_others(ours)


def _lists_ours_besides(stock: str, ours: str) -> bool:
    """Tell whether `ours` has the entries of the sitemap `stock` in order, and no others but the plugin's pages."""
    theirs = _entries(stock)
    known = set(theirs)
    listed = _entries(ours)
    return [each for each in listed if each in known] == theirs and all(_is_ours(e) for e in listed if e not in known)


def _entries(sitemap: str) -> list[str]:
    return re.split(r"(?=<url>|</urlset>)" if "<urlset" in sitemap else r"(?<=\n)", sitemap)


def _is_ours(entry: str) -> bool:
    url = re.search(r"https?://[^/]+/[^<\n]*|^/[^<\n]*", entry, flags=re.MULTILINE)
    return bool(url) and any(f"/{head.removesuffix('index.html')}" in url[0] for head in declared())


def _seen_of_others(witness: bytes) -> bytes:
    """Return what another plugin has seen, without the variables that our plugin adds."""
    return re.sub(rb"context (%s)\n" % "|".join(OFFERED).encode(), b"", witness)


def _where(stock: bytes, ours: bytes) -> str:
    lines = zip(stock.decode(errors="replace").split("\n"), ours.decode(errors="replace").split("\n"), strict=False)
    return next((f"\n  stock: {one[:300]}\n  ours:  {two[:300]}" for one, two in lines if one != two), " at its end")


def lines_said(said: str) -> Counter[str]:
    """Count the messages of Pelican, without times and line breaks."""
    words = " ".join(re.sub(r"in \d+\.\d+ seconds|\[\d\d:\d\d:\d\d\]", "", said).split())
    return Counter(map(str.strip, re.split(r"(?=WARNING|ERROR|CRITICAL|Done:)", words)))
