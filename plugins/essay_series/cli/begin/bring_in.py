"""Import the texts of another site: ``make import FROM=path``.

The command shows a plan, and what a person has to check; with ``APPLY=1`` it writes. No existing file is overwritten.
`verbs` explains the other options.
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
from ...extras import demand
from ...importer.detect import USAGE, Asked, read
from ...importer.item import Export, ImportRefusedError
from ...importer.places import host_of
from ...importer.plan import Plan, Wishes, plan
from ...importer.report import report, rows
from ...importer.series import rules_from, sides_from, table_of
from ...sources.manuscript import Manuscript
from ..check.outside.http_client import HttpClient, agent
from ..command import CommandError, Options, is_on, option, required, run
from ..terminal import counted
from ..write.rewrite.command import opened
from ..write.rewrite.edits import Edit
from ..write.rewrite.journal import carry_out
from . import import_images


def bring_in(options: Options) -> str:
    """Import the export ``FROM``, or only plan to without ``APPLY``; return a report.

    Raises:
        CommandError: it cannot be imported.

    """
    path = Path(required(options, "FROM", "the export to import", USAGE)).expanduser()
    types = tuple(option(options, "TYPES").replace(",", " ").split())
    try:
        export = read(path, Asked(option(options, "KIND"), is_on(options, "PARTIAL"), types))
        return _brought(options, export, opened(), _wishes(options))
    except ImportRefusedError as refusal:
        raise CommandError(str(refusal)) from refusal


def _brought(options: Options, export: Export, ours: Manuscript, wishes: Wishes) -> str:
    apply, progress = is_on(options, "APPLY"), Progress(Console(stderr=True))
    fetched = import_images.Fetched()
    try:
        if is_on(options, "IMAGES") and apply:
            fetched = _fetched(export, ours, wishes, progress)
            wishes = replace(wishes, fetched=fetched.paths)
        found = plan(export, ours, wishes, datetime.now(UTC), progress.step)
    finally:
        progress.end()
    root = Path(ours.config.content)
    said = [*report(export, found, wishes, ours.config.content)]
    said += [f"Not fetched: {address}: {why}" for address, why in fetched.failed.items()]
    said += _tables(options, export, found)
    edits = [*_edits(found, export), *_images(found, fetched)]
    if apply and edits:
        carry_out(root, edits)
    count = counted(len(edits), "file")
    said.append(f"Done: {count} written." if apply else f"Nothing is written yet; add APPLY=1 to write {count}.")
    return "\n".join(said)


def _wishes(options: Options) -> Wishes:
    file = option(options, "SIDES")
    sides: Mapping[str, Mapping[str, str]] = {}
    if file and Path(file).is_file():
        try:
            sides = sides_from(Path(file).read_text(encoding="utf-8"), file)
        except UnicodeDecodeError as error:
            raise CommandError(f"{file} is not in UTF-8. Save it in UTF-8.") from error
    site = option(options, "SITE").rstrip("/")
    if site and not host_of(site):
        raise CommandError(f'"{site}" is not an address; write it like https://old.example.')
    return Wishes(
        rules_from(option(options, "SERIES")), sides, is_on(options, "PLAYS"), option(options, "PERMALINK"), site
    )


def _fetched(export: Export, ours: Manuscript, wishes: Wishes, progress: Progress) -> import_images.Fetched:
    demand("images", "Images of an import")
    site = wishes.site or next((f"https://{host}" for host in sorted(export.hosts) if "." in host), "")
    addresses = import_images.wanted(export, site)
    hosts = {host for host in (*export.hosts, *export.image_hosts, host_of(site)) if host}
    client = HttpClient(agent(ours.config.name, ours.config.root), loopback=is_on(os.environ, "LOOPBACK"), pause=0.2)
    return import_images.fetch_all(
        addresses, hosts, client, taken=ours.files, done=lambda number: progress.step("images", number, len(addresses))
    )


def _edits(found: Plan, export: Export) -> list[Edit]:
    edits = [Edit(each.path, each.path, None, each.text.encode()) for each in found.fresh]
    edits += [Edit(path, path, None, text.encode()) for path, text in found.declared.items()]
    files = found.files.items() if export.files else ()
    return edits + [Edit(to, to, None, export.files.read(name)) for to, name in files if export.files]


def _images(found: Plan, fetched: import_images.Fetched) -> list[Edit]:
    """Return the edits that write the fetched images, but for those that no imported text shows."""
    texts = "".join(each.body for each in found.fresh)
    return [Edit(path, path, None, file.read_bytes()) for path, file in fetched.data.items() if f"/{path}" in texts]


def _tables(options: Options, export: Export, found: Plan) -> list[str]:
    """Write the tables that the author asked for and that do not exist; return a line on each."""
    said = []
    sides, comments = option(options, "SIDES"), option(options, "COMMENTS")
    if sides and not Path(sides).exists():
        Path(sides).write_text(table_of(rows(found)), encoding="utf-8")
        said.append(f"{sides} has a row for each part of a series: fill in the sides and entries, and import again.")
    if comments and not Path(comments).exists():
        Path(comments).write_text(json.dumps(export.comments, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        said.append(f"{comments} holds {counted(len(export.comments), 'comment')} by readers.")
    return said


if __name__ == "__main__":
    sys.exit(run(bring_in))
