"""List in what the sites that two commits build differ: ``make compare REV=<commit>``.

The other side is the working tree as it is, or the commit that ``WITH`` names. Each side has its own commands, plugin,
theme and settings, and builds two sites: its own content, and 100 generated essays that use every feature. All files of
both are compared byte by byte. A change that several files share is shown once; the whole report is written
into ``cache/compare/``. Builds are kept for a day, and ``FRESH=1`` makes them anew. Where both sides are the same tree,
the second is always built anew, so that the comparison shows whether a build can be repeated.

Ends with 0 if all files are the same, with 1 if some differ, and with 2 if a side cannot build one of the sites; the
sites that both could build before it are compared all the same.
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
from compare.builds import Recipe, Workshop, files_below, keep_newest  # noqa: E402
from compare.differences import Comparison, compared  # noqa: E402
from compare.trees import Repository, Tree, UnusableError, opened  # noqa: E402

PROJECT = Path(__file__).parents[2]
FOLDER = Path("cache/compare")
"""Where all is made, below the project."""
KEPT = 12
"""How many built sites are kept; a comparison needs six, of 25 MB on average."""
SCHEMAS = {kind: f"editors/{kind}.schema.json" for kind in ("essay", "series", "play", "playbook", "page")}
"""Where a commit says which keys it knows."""
ROOT, BELOW = "https://compare.example", "http://localhost:8080/one/two"
"""Addresses to publish at: a domain of its own, and a folder of a host with a port."""


def main(project: Path = PROJECT) -> int:
    """Compare what the environment asks for, in the clone `project`; return how it ended."""
    rev, other = os.environ.get("REV"), os.environ.get("WITH")
    if not rev:
        print("Say which commit to compare with: make compare REV=HEAD~1", file=sys.stderr)
        return 2
    folder = project / FOLDER
    found: dict[str, Comparison] = {}
    fault = None
    try:
        with opened(project) as repository:
            before = repository.commit(rev)
            after = repository.commit(other) if other else repository.working_tree()
            folder.mkdir(parents=True, exist_ok=True)
            with FileLock(folder / "lock"):
                for each in _found(Workshop(repository, folder), before, after, fresh=bool(os.environ.get("FRESH"))):
                    found |= each
    except UnusableError as error:
        fault = error
    if found:
        _report((before.name, after.name), found, folder)
    if fault:
        print(fault, file=sys.stderr)
        return 2
    return 0 if all(comparison.equal for comparison in found.values()) else 1


def _report(sides: Sequence[str], found: Mapping[str, Comparison], folder: Path) -> None:
    whole = "\n".join(report.told(sides, found, report.LONG))
    (folder / "report.txt").write_text(f"{whole}\n", encoding="utf-8")
    print("\n".join(report.told(sides, found, report.SHORT)))
    print(f"\nThe whole report is in {FOLDER}/report.txt.")


def _found(workshop: Workshop, before: Tree, after: Tree, *, fresh: bool) -> Iterator[Mapping[str, Comparison]]:
    """Build the sites of both trees one after the other; yield how the folders of each differ."""
    same = before.id == after.id
    for recipe in recipes(_known(workshop.repository, before, after)):
        one = _built(workshop, before, recipe, fresh=fresh)
        other = _built(workshop, after, recipe, fresh=fresh or same, again=same)
        names = sorted({path.name for side in (one, other) for path in side.iterdir()})
        yield {f"{recipe.name}/{name}": compared(contents(one / name), contents(other / name)) for name in names}
    keep_newest(workshop.folder / "builds", KEPT)


def recipes(known: Mapping[str, Collection[str]]) -> Iterator[Recipe]:
    """Yield the sites that each tree builds; the generated ones write no other keys than those `known`."""
    yield Recipe("own", ROOT)
    essays = generated.files(known)
    yield Recipe("generated", ROOT, content=essays, settings=generated.SETTINGS)
    plain = "\nBOOK_FILES = CARDS = SEARCH_INDEX = False\nIMAGE_WIDTHS = []\n"
    yield Recipe("below", BELOW, previewed=False, content=essays, settings=generated.SETTINGS, when_published=plain)


def _known(repository: Repository, *trees: Tree) -> Mapping[str, Collection[str]]:
    """Return the keys of front matter that all trees know, by kind; say which the generated site goes without."""
    known: dict[str, set[str]] = {}
    for kind, path in SCHEMAS.items():
        schemas = [json.loads(data)["properties"].keys() for tree in trees if (data := repository.read(tree, path))]
        if schemas:
            known[kind] = set.intersection(*map(set, schemas))
    left_out = {key for text in generated.texts() for key, _ in text.header if key not in known.get(text.kind, {key})}
    if left_out:
        print(f"Not known to both, and left out of the generated site: {', '.join(sorted(left_out))}.", flush=True)
    return known


def _built(workshop: Workshop, tree: Tree, recipe: Recipe, *, fresh: bool, again: bool = False) -> Path:
    """Return the folder of what `tree` makes of `recipe`: one that is kept, unless it is to be `fresh`.

    A second build of the same tree, `again`, has a folder of its own.
    """
    today = datetime.now(UTC).date().isoformat()  # what is published may depend on it
    facts = [tree.id, recipe.digest, today, sys.version, again]
    folder = workshop.folder / "builds" / sha256(json.dumps(facts).encode()).hexdigest()[:24]
    if folder.exists() and not fresh:
        os.utime(folder)
        return folder
    start = time.monotonic()
    unfinished = workshop.folder / "unfinished"
    workshop.build(tree, recipe, unfinished)
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(exist_ok=True)
    unfinished.rename(folder)
    os.utime(folder)
    print(f"Built {recipe.name} with {tree.name} in {time.monotonic() - start:.0f} s", flush=True)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below `folder` by its path; none where there is no folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files_below(folder)}


if __name__ == "__main__":
    sys.exit(main())
