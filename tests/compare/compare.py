"""Compare the sites that two commits build: ``make compare REV=<commit>``.

The other side is the working tree, or the commit in ``WITH``. Each side builds two sites with its own commands, plugin,
theme and settings: its own content, and 100 generated essays that use every feature. All files are compared byte by
byte. A change that several files share is shown once; the full report goes to ``cache/compare/``. Builds are cached
for a day; ``FRESH=1`` rebuilds them. If both sides are the same tree, the second is always rebuilt, which shows whether
builds are reproducible.

The exit status is 0 if all files are equal, 1 if some differ, and 2 if a side cannot build one of the sites; sites
that both sides built before that are still compared.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from filelock import FileLock

sys.path[0] = str(Path(__file__).parents[1])

from compare import generated, report  # noqa: E402 - the path is set just above
from compare.builds import Builder, Recipe, files_below, keep_newest  # noqa: E402
from compare.differences import Comparison, compare_folders  # noqa: E402
from compare.trees import Repository, Tree, UnusableError, open_repository  # noqa: E402

PROJECT = Path(__file__).parents[2]
FOLDER = Path("cache/compare")
"""The folder for builds and reports, below the project."""
MAX_BUILDS = 12
"""The number of cached builds; a comparison needs six, of 25 MB on average."""
SCHEMAS = {kind: f"editors/{kind}.schema.json" for kind in ("essay", "series", "play", "playbook", "page")}
"""The files of a commit that list its front matter keys."""
ROOT, BELOW = "https://compare.example", "http://localhost:8080/one/two"
"""Addresses to publish at: the root of a host, and a folder on a host with a port."""


def main(project: Path = PROJECT) -> int:
    """Compare the commits named in the environment, in the clone `project`, and return the exit status."""
    rev, other = os.environ.get("REV"), os.environ.get("WITH")
    if not rev:
        print("Name the commit to compare with: make compare REV=HEAD~1", file=sys.stderr)
        return 2
    folder = project / FOLDER
    comparisons: dict[str, Comparison] = {}
    failure = None
    try:
        with open_repository(project) as repository:
            before = repository.commit(rev)
            after = repository.commit(other) if other else repository.working_tree()
            folder.mkdir(parents=True, exist_ok=True)
            with FileLock(folder / "lock"):
                for site in _compared(Builder(repository, folder), before, after, fresh=bool(os.environ.get("FRESH"))):
                    comparisons |= site
    except UnusableError as error:
        failure = error
    if comparisons:
        _report((before.name, after.name), comparisons, folder)
    if failure:
        print(failure, file=sys.stderr)
        return 2
    return 0 if all(comparison.equal for comparison in comparisons.values()) else 1


def _report(sides: Sequence[str], comparisons: Mapping[str, Comparison], folder: Path) -> None:
    full = "\n".join(report.report_lines(sides, comparisons, report.LONG))
    (folder / "report.txt").write_text(f"{full}\n", encoding="utf-8")
    print("\n".join(report.report_lines(sides, comparisons, report.SHORT)))
    print(f"\nThe full report is in {FOLDER}/report.txt.")


def _compared(builder: Builder, before: Tree, after: Tree, *, fresh: bool) -> Iterator[Mapping[str, Comparison]]:
    """Build each site with both trees, and yield the comparisons of its folders by their names."""
    same = before.id == after.id
    for recipe in recipes(_known(builder.repository, before, after)):
        one = _built(builder, before, recipe, fresh=fresh)
        other = _built(builder, after, recipe, fresh=fresh or same, again=same)
        names = sorted({path.name for side in (one, other) for path in side.iterdir()})
        yield {f"{recipe.name}/{name}": compare_folders(contents(one / name), contents(other / name)) for name in names}
    keep_newest(builder.folder / "builds", MAX_BUILDS)


def recipes(known: Mapping[str, Collection[str]]) -> Iterator[Recipe]:
    """Yield the sites to build; the generated ones use only the keys in `known`."""
    yield Recipe("own", ROOT)
    essays = generated.files(known)
    yield Recipe("generated", ROOT, content=essays, settings=generated.SETTINGS)
    plain = "\nBOOK_FILES = CARDS = SEARCH_INDEX = False\nIMAGE_WIDTHS = []\n"
    yield Recipe("below", BELOW, previewed=False, content=essays, settings=generated.SETTINGS, publish_settings=plain)


def _known(repository: Repository, *trees: Tree) -> Mapping[str, Collection[str]]:
    """Return the front matter keys that all trees know, by kind, and print the keys left out."""
    known: dict[str, set[str]] = {}
    for kind, path in SCHEMAS.items():
        schemas = [json.loads(data)["properties"].keys() for tree in trees if (data := repository.read(tree, path))]
        if schemas:
            known[kind] = set.intersection(*map(set, schemas))
    left_out = {key for text in generated.texts() for key, _ in text.header if key not in known.get(text.kind, {key})}
    if left_out:
        print(
            f"Left out of the generated site, since one side does not know them: {', '.join(sorted(left_out))}.",
            flush=True,
        )
    return known


def _built(builder: Builder, tree: Tree, recipe: Recipe, *, fresh: bool, again: bool = False) -> Path:
    """Return the folder of the build of `recipe` with `tree`, from the cache unless `fresh`.

    A second build of the same tree, `again`, has a folder of its own.
    """
    today = datetime.now(UTC).date().isoformat()  # what is published may depend on it
    facts = [tree.id, recipe.digest, today, sys.version, again]
    folder = builder.folder / "builds" / sha256(json.dumps(facts).encode()).hexdigest()[:24]
    if folder.exists() and not fresh:
        os.utime(folder)
        return folder
    start = time.monotonic()
    unfinished = builder.folder / "unfinished"
    builder.build(tree, recipe, unfinished)
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(exist_ok=True)
    unfinished.rename(folder)
    os.utime(folder)
    print(f"Built {recipe.name} with {tree.name} in {time.monotonic() - start:.0f} s", flush=True)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below `folder` by its path; none if there is no folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files_below(folder)}


if __name__ == "__main__":
    sys.exit(main())
