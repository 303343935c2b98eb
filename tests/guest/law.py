"""The law of a guest: whatever stock Pelican makes of a site, it makes byte for byte the same with this plugin.

A site is built again and again into one folder, by stock Pelican and by Pelican with the plugin, and the two are held
together after each build. A file that Pelican made once and now only leaves lying is held together too, but where ours
makes a page there now. What the clock of the machine would bring in is kept out of the sites: all dates are written
in them, or are the times of files, which are the same in both. Of a feed without an entry, which Pelican dates by the
clock, that date is not compared; neither is Pelican's own cache of texts.
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
"""When the files of a site were first written; each later step is a minute after the one before."""
OURS = "essay_series"
TICK = 20_000_000
"""Nanoseconds by which the clock of files may be behind."""
LAST, FIRST = "last", "first"
"""Where ours stands in the list of plugins."""
WITNESS = "witness"
SITEMAPS = ("sitemap.xml", "sitemap.txt")
KINDS = ("SERIES", "BOOK", "PLAY", "PLAYBOOK", "FEED", "FEEDS", "OPML")
"""What a guest adds, as the names of the settings begin that give it a place."""
OFFERED = ("series", "article_series", "page_series", "essay_series")
"""What templates of all pages may read besides."""

Files = Mapping[str, bytes | None]


@dataclass(frozen=True)
class Site:
    """A site and how it changes.

    Attributes:
        steps: the files that are written before each build, by path; None removes one.
        settings: those of Pelican and of the other plugins.
        others: the other plugins.
        lines: settings that are no plain values, as lines of Python.

    """

    steps: Sequence[Files]
    settings: Mapping[str, object] = field(default_factory=dict)
    others: Sequence[str] = ()
    lines: str = ""


@dataclass(frozen=True)
class Made:
    """What one build left in the folder of its site, and what it said."""

    code: int
    said: str
    files: Mapping[str, bytes]
    left: frozenset[str] = frozenset()
    """The files that an earlier build had made, and this one did not touch."""


def builds(site: Site, folder: Path, place: str | None = None) -> Iterator[Made]:
    """Build `site` in `folder` after each of its steps, and yield what each build made.

    Args:
        site: what is built.
        folder: where, all by itself.
        place: where ours stands in the list of plugins; None builds with stock Pelican.

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
    """Build `site` with stock Pelican and with ours in each of the `places`, and tell all that the law forbids."""
    return judged(site, folder, places)[0]


def judged(site: Site, folder: Path, places: Iterable[str] = (LAST,)) -> tuple[list[str], Made]:
    """Return the `differences`, and what the last build with ours has made."""
    stock = list(builds(site, folder / "stock"))
    found = []
    for place in places:
        made = list(builds(site, folder / f"{place:-<5}", place))
        for number, (theirs, ours) in enumerate(zip(stock, made, strict=True)):
            found += [f"build {number + 1}, ours {place}: {each}" for each in broken(theirs, ours)]
    return found, made[-1]


def broken(stock: Made, ours: Made) -> Iterator[str]:
    """Yield all in which `ours` is other than the law allows beside `stock`."""
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
    """Tell whether the settings of the plugin give it the place `path` in the folder of a site, or in a site in it."""
    return path.startswith("output/") and any(f"/{head}" in path for head in declared())


@cache
def declared() -> tuple[str, ...]:
    """Return how the path of each output file begins that is the plugin's own."""
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
    """Yield every file in `folder` that its site did not have, with all names of the folder taken out."""
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
    """Return a file without the time of the build, which Pelican writes into the feed of nothing only."""
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
    """Tell whether the sitemap `ours` lists in order what `stock` does, and besides only pages of the plugin's own."""
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
    """Return what another plugin has seen, without what templates may read besides."""
    return re.sub(rb"context (%s)\n" % "|".join(OFFERED).encode(), b"", witness)


def _where(stock: bytes, ours: bytes) -> str:
    lines = zip(stock.decode(errors="replace").split("\n"), ours.decode(errors="replace").split("\n"), strict=False)
    return next((f"\n  stock: {one[:300]}\n  ours:  {two[:300]}" for one, two in lines if one != two), " at its end")


def lines_said(said: str) -> Counter[str]:
    """Return what Pelican said, without the times, and without the ways in which its console breaks lines."""
    words = " ".join(re.sub(r"in \d+\.\d+ seconds|\[\d\d:\d\d:\d\d\]", "", said).split())
    return Counter(map(str.strip, re.split(r"(?=WARNING|ERROR|CRITICAL|Done:)", words)))
