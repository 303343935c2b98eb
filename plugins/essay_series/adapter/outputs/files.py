"""The targets of all files that are not pages, and the order in which a build writes everything."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from fnmatch import fnmatch
from functools import partial
from os import walk
from pathlib import Path
from time import time_ns

from pelican.generators import Generator, StaticGenerator
from pelican.writers import Writer

from ... import hosts, offline, search, views
from ...build.cache.store import digest_of, digest_of_bytes
from ...build.output.states import state_of
from ...build.target import COPY, Target, digest_of_keys
from ...images.sizes import FOLDER as SIZES
from ...sources.published import Published
from ..building import build_of
from ..generator import SiteGenerator
from .books import BOOK
from .copies import also_at_former, copy_targets
from .illustrations import ImageSet
from .page_keys import page_keys
from .subscriptions import feed_targets
from .writer import paths_of

SMALL = 1_000_000
"""Bytes: the key of a smaller file is the digest of its content, that of a larger one of its state."""


def write(generator: SiteGenerator, page_context: views.PageContext, writer: Writer) -> None:
    """Write everything that Pelican has not: our pages, feeds, images, and files for other programs and hosts.

    Raises:
        RuntimeError: a view has no page.

    """
    build, shown = generator.build, generator.context["views"]
    for path in sorted(shown.keys() - paths_of(writer)):
        template, url = generator.get_template(shown[path].template), shown[path].address.url
        writer.write_file(path, template, generator.context, generator.settings["RELATIVE_URLS"], url=url)
    if missing := sorted(shown.keys() - paths_of(writer)):
        raise RuntimeError(f"There is no page for {', '.join(missing)}.")
    build.show_open_pages()
    build.know_pages(page_keys(generator.context, build))
    build.timings.end("work out the keys of pages")
    build.add(_early_targets(generator, page_context))
    build.add(_host_targets(generator, paths_of(writer)))
    build.execute()
    build.timings.end("write pages, feeds and copies")
    build.add(_late_targets(generator))
    build.execute()


def _early_targets(generator: SiteGenerator, page_context: views.PageContext) -> Iterator[Target]:
    """Yield all targets that do not depend on rendered pages, except those for hosts."""
    build = generator.build
    yield from _plain(build.assets.files, "asset")
    yield from generator.image_set.targets()
    home = generator.config.default_lang
    data = views.files(generator.context["views"], generator.settings["SITEURL"], home)
    followed = [
        *_plain({path: text.encode() for path, text in data.items()}, "data"),
        *feed_targets(page_context, generator),
    ]
    books = [target for target in build.targets.values() if target.kind == BOOK]
    yield from followed
    yield from also_at_former([*followed, *books], Published.of(generator.manuscript).former)
    yield from copy_targets(generator)
    if path := generator.settings["MANIFEST_SAVE_AS"]:
        yield Target(path, _key_of_all(generator), partial(_manifest, generator), "manifest.json")


def static_targets(generators: Iterable[Generator], image_set: ImageSet) -> Iterator[Target]:
    """Yield the static files that Pelican would copy, except resized images and withheld files.

    If other plugins are enabled, or the settings ask for links, Pelican still copies them itself.
    """
    for generator in generators:
        if isinstance(generator, StaticGenerator):
            kept = list(filter(image_set.copied, generator.staticfiles))
            generator.staticfiles[:] = kept
            if build_of(generator.settings).is_alone and not generator.settings["STATIC_CREATE_LINKS"]:
                copies = [_copy(str(each.save_as), Path(str(each.source_path))) for each in kept]
                taken = {*build_of(generator.settings).assets.files, *(copy.path for copy in copies)}
                yield from copies
                yield from (copy for copy in _theme_files(generator) if copy.path not in taken)
                generator.context = {**generator.context, "staticfiles": []}
                generator.settings = {**generator.settings, "THEME_STATIC_PATHS": []}


def _host_targets(generator: SiteGenerator, taken: Collection[str]) -> Iterator[Target]:
    """Yield redirect pages and files for hosts, except at paths that are `taken`."""
    root, files = generator.settings["SITEURL"], generator.build.assets.files
    facts = hosts.hosting(generator.manuscript, sorted(files), _immutable_folders(generator))
    shown = generator.context["views"]
    titles = {f"/{view.address.url}": view.title for view in shown.values()}
    taken = {*taken, *(Path(str(file.save_as)).as_posix() for file in generator.context["staticfiles"])}
    redirects, locale = Published.of(generator.manuscript).redirects, generator.config.locale
    made = hosts.redirect_pages(redirects, titles, taken, root, locale)
    if not facts.folder:  # a host is asked for the one at its own root only
        made["robots.txt"] = hosts.robots("" if generator.settings["PREVIEW"] else root)
    if root:
        made |= hosts.netlify_files(facts) | {"sitemap.xml": hosts.sitemap(shown, root)}
    return _plain({path: content for path, content in made.items() if path not in taken}, "for hosts")


def _late_targets(generator: SiteGenerator) -> Iterator[Target]:
    """Yield what depends on the bytes of other files: the search index and the service worker."""
    build, shown = generator.build, generator.context["views"]
    if generator.settings["SEARCH_INDEX"]:
        home = generator.config.default_lang
        listed = sorted(path for path, view in shown.items() if view.listed)
        key = build.key(pages=digest_of_keys({path: build.page_keys[path] for path in listed}))
        yield from build.batch(search.FOLDER, key, lambda: search.index(_bytes_of(listed, generator), home))
    if generator.settings["OFFLINE"] and not generator.settings["PREVIEW"]:
        kept = {view.address.path: view.address.url for view in views.by_importance(shown.values())}
        yield Target(offline.WORKER, _key_of_all(generator), partial(_worker, kept, generator), "worker")
    elif generator.settings["OFFLINE"] is not None:
        yield from _plain({offline.WORKER: offline.farewell()}, "worker")


def _worker(kept: Mapping[str, str], generator: SiteGenerator) -> bytes:
    """Return the service worker that caches the pages `kept`, URLs by output path, and their assets."""
    assets = {path: data for path, data in generator.build.assets.files.items() if not path.endswith(".txt")}
    manifest = _bytes_of(filter(None, [generator.settings["MANIFEST_SAVE_AS"]]), generator)
    pages = {kept[path]: data for path, data in _bytes_of(kept, generator).items()}
    return offline.worker({**assets, **manifest, **pages}, generator.config.routes.page("OFFLINE").url)


def _bytes_of(paths: Iterable[str], generator: SiteGenerator) -> Mapping[str, bytes]:
    """Return the bytes of those of the output files `paths` that exist, written or kept."""
    files = {path: generator.build.file(path) for path in paths}
    return {path: file.read_bytes() for path, file in files.items() if file.is_file()}


def _manifest(generator: SiteGenerator) -> bytes:
    return generator.env.get_template("manifest.json").render(generator.context).encode()


def _key_of_all(generator: SiteGenerator) -> Mapping[str, str]:
    """Return the key of a file that may depend on all pages and assets."""
    return generator.build.key(
        pages=digest_of_keys(generator.build.page_keys), content=sorted(generator.build.assets.files)
    )


def _immutable_folders(generator: SiteGenerator) -> Iterator[str]:
    """Yield the output paths of the folders in which every file has a digest of its content in its name."""
    if generator.image_set.resized:
        yield f"{SIZES}/"
    if generator.settings["SEARCH_INDEX"]:
        shown = generator.context["views"].values()
        languages = next((view.languages for view in shown if isinstance(view, views.SearchView)), ())
        for folder in dict.fromkeys(("", *(each.folder for each in languages))):
            yield from (f"{search.FOLDER}/{folder}{name}/" for name in search.NAMED_BY_CONTENT_IN)


def _plain(files: Mapping[str, bytes], kind: str) -> Iterator[Target]:
    """Yield files whose bytes are known already."""
    for path, data in files.items():
        yield Target(path, {"content": digest_of_bytes(data)}, partial(bytes, data), kind, cost=0)


def _theme_files(generator: StaticGenerator) -> Iterator[Target]:
    """Yield the files of the theme that Pelican would copy."""
    below, ignored = generator.settings["THEME_STATIC_DIR"], generator.settings["IGNORE_FILES"]
    for name in generator.settings["THEME_STATIC_PATHS"]:
        root = Path(generator.theme, name)
        found = [Path(at, each) for at, _, names in walk(root, followlinks=True) for each in names]
        for file in [root] if root.is_file() else sorted(found):
            path = Path(file.name) if root.is_file() else file.relative_to(root)
            if not any(fnmatch(part, pattern) for part in path.parts for pattern in ignored):
                yield _copy(f"{below}/{path.as_posix()}", file)


def _copy(path: str, file: Path) -> Target:
    now, is_small = time_ns(), file.stat().st_size < SMALL
    content = digest_of_bytes(file.read_bytes()) if is_small else digest_of(state_of(str(file), now))
    return Target(path.replace("\\", "/"), {"content": content}, lambda: file, COPY, cost=0.1)
