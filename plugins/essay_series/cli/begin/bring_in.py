"""Bring in the texts of another site: ``make import FROM=path``.

It shows what would come, and what a person has to look at; ``APPLY=1`` writes it. Nothing that is here is overwritten.
With it may be given:

* ``KIND``: what the export is, where that cannot be seen.
* ``PARTIAL=1``: go on where it is damaged, and name what is lost.
* ``IMAGES=1``: fetch the images that lie on its own hosts (with ``APPLY=1``).
* ``SERIES="label=Title; 2009-04-01..2009-04-30=Title"``: what is a series.
* ``SIDES=sides.csv``: a table of parts and sides; it is written where there is none, for the author to fill in.
* ``PLAYS=1``: make plays of tags that no file declares.
* ``PERMALINK="/{year}/{month}/{name}.html"``: the addresses of texts, where the export does not say them.
* ``SITE=https://old.example``: where they were found, where the export does not say that.
* ``TYPES=podcast,review``: further kinds of WordPress's posts that are texts.
* ``COMMENTS=comments.json``: the file that the comments of readers are put into.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from ...build.progress import Progress
from ...days import noun
from ...extras import demand
from ...importer.detect import USAGE, Asked, read
from ...importer.item import Export, ImportRefusedError
from ...importer.places import host_of
from ...importer.plan import Plan, Wishes, plan
from ...importer.report import report, rows
from ...importer.series import rules_from, sides_from, table_of
from ...sources.manuscript import Manuscript
from ..check.outside.http_client import HttpClient, agent
from ..command import CommandError, Words, run, word
from ..write.rewrite.command import opened
from ..write.rewrite.edits import Edit, RewriteError
from ..write.rewrite.journal import carry_out
from . import import_images


def bring_in(words: Words) -> str:
    """Show or write what ``FROM`` holds; return what is said at the end.

    Raises:
        CommandError: it cannot be brought in.

    """
    given = word(words, "FROM")
    if not given:
        raise CommandError(f"Give the export to import: {USAGE}")
    try:
        asked = Asked(
            word(words, "KIND"), _asked(words, "PARTIAL"), tuple(word(words, "TYPES").replace(",", " ").split())
        )
        export = read(Path(given).expanduser(), asked)
        wishes = _wishes(words)
        ours = opened()
        return _brought(words, export, ours, wishes)
    except (ImportRefusedError, RewriteError) as refusal:
        raise CommandError(str(refusal)) from refusal


def _brought(words: Words, export: Export, ours: Manuscript, wishes: Wishes) -> str:
    apply, progress = _asked(words, "APPLY"), Progress(Console(stderr=True))
    fetched = import_images.Fetched()
    try:
        if _asked(words, "IMAGES") and apply:
            fetched = _fetched(export, ours, wishes, progress)
            wishes = replace(wishes, fetched=fetched.paths)
        found = plan(export, ours, wishes, datetime.now(UTC), progress.step)
    finally:
        progress.end()
    root = Path(ours.config.content)
    said = [*report(export, found, wishes, ours.config.content)]
    said += [f"Not fetched: {address}: {why}" for address, why in fetched.failed.items()]
    said += _tables(words, export, found)
    edits = [*_edits(found, export), *_images(found, fetched)]
    if apply and edits:
        carry_out(root, edits)
    count = f"{len(edits)} {noun(len(edits), 'file')}"
    said.append(f"Done: {count} written." if apply else f"Nothing is written yet; add APPLY=1 to write {count}.")
    return "\n".join(said)


def _wishes(words: Words) -> Wishes:
    file = word(words, "SIDES")
    sides: Mapping[str, Mapping[str, str]] = {}
    if file and Path(file).is_file():
        try:
            sides = sides_from(Path(file).read_text(encoding="utf-8"), file)
        except UnicodeDecodeError as error:
            raise CommandError(f"{file} is not in UTF-8. Save it in UTF-8.") from error
    site = word(words, "SITE").rstrip("/")
    if site and not host_of(site):
        raise CommandError(f'"{site}" is not an address; write it like https://old.example.')
    return Wishes(rules_from(word(words, "SERIES")), sides, _asked(words, "PLAYS"), word(words, "PERMALINK"), site)


def _fetched(export: Export, ours: Manuscript, wishes: Wishes, progress: Progress) -> import_images.Fetched:
    demand("images", "Images of an import")
    site = wishes.site or next((f"https://{host}" for host in sorted(export.hosts) if "." in host), "")
    addresses = import_images.wanted(export, site)
    hosts = {host for host in (*export.hosts, *export.image_hosts, host_of(site)) if host}
    client = HttpClient(agent(ours.config.name, ours.config.root), loopback=_asked(os.environ, "LOOPBACK"), pause=0.2)
    return import_images.fetch_all(
        addresses, hosts, client, taken=ours.files, told=lambda done: progress.step("images", done, len(addresses))
    )


def _edits(found: Plan, export: Export) -> list[Edit]:
    edits = [Edit(each.path, each.path, None, each.text.encode()) for each in found.fresh]
    edits += [Edit(path, path, None, text.encode()) for path, text in found.declared.items()]
    files = found.files.items() if export.files else ()
    return edits + [Edit(to, to, None, export.files.read(name)) for to, name in files if export.files]


def _images(found: Plan, fetched: import_images.Fetched) -> list[Edit]:
    """Return the fetched images that a text shows."""
    texts = "".join(each.body for each in found.fresh)
    return [Edit(path, path, None, file.read_bytes()) for path, file in fetched.data.items() if f"/{path}" in texts]


def _tables(words: Words, export: Export, found: Plan) -> list[str]:
    """Write the tables that the author asked for, where there is none; return what is said of it."""
    said = []
    sides, comments = word(words, "SIDES"), word(words, "COMMENTS")
    if sides and not Path(sides).exists():
        Path(sides).write_text(table_of(rows(found)), encoding="utf-8")
        said.append(f"{sides} has a row for each part of a series: fill in sides and entries, and give it again.")
    if comments and not Path(comments).exists():
        Path(comments).write_text(json.dumps(export.comments, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        said.append(f"{comments} holds {len(export.comments)} comments of readers.")
    return said


def _asked(words: Words, name: str) -> bool:
    return words.get(name, "") not in ("", "0")


if __name__ == "__main__":
    sys.exit(run(bring_in))
