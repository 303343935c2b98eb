"""The reasons for writing files that a rule of the walk may cause."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from essay_series.build.cache.store import store_of
from essay_series.build.output import made, manifest
from essay_series.build.plan import ALWAYS, FIRST, INPUTS, MISSING, NEW_FILE, NEW_PAGE, REPLACED, TOUCHED, UNKNOWN

HONEST = {ALWAYS, FIRST, UNKNOWN}
"""Reasons that say that nothing is known: beside another plugin, and after what builds remember was lost."""
LATE = INPUTS["code"]
"""Modules of the author's own count for one build more than they are imported, so this may come with any edit."""
OF_PAGES = INPUTS["pages"]
"""The keys of all pages change with the code, so a file that is made from them says this too where it says `LATE`."""
OF_TEXTS = {INPUTS[name] for name in ("content", "shown", "pages", "navigation", "languages")} | {
    NEW_PAGE,
    NEW_FILE,
    REPLACED,
}
WORDS = ("edit", "reword", "resave", "retitle", "summarize")
"""Rules that change what an essay says itself."""
IN_EVERY_PAGE = {"retheme": INPUTS["theme"], "restyle": INPUTS["theme"]} | dict.fromkeys(
    ("resettle", "readdress", "search", "widen", "card", "bind", "keep", "print_books", "surround"), INPUTS["settings"]
)
"""The reason that every page must give after a rule, if it was there before."""
ONLY = {
    "rest": set(),
    "touch": set(),
    "tamper": {MISSING, TOUCHED},
    "forge": {MISSING, TOUCHED},
}
"""All reasons that there may be after a rule."""


def last_reasons(folder: Path, output: str) -> tuple[str, dict[str, str], set[str]]:
    """Return when the last build of `output` began, its reason for each file, and the files that ignore settings.

    The last are made from their content alone, such as redirect pages.
    """
    live = (folder / output).resolve()
    store = store_of(folder / "cache", live)
    last = manifest.last_build(store)
    records = manifest.load(store, made.made_in(folder / "cache" / made.LISTING, live) or ())
    written = {path: record for path, record in records.items() if record and record.moment == last}
    alone = {path for path, record in written.items() if "settings" not in record.key}
    return last, {path: record.reason for path, record in written.items()}, alone


def surprises(
    rule: str, kind: str, reasons: Mapping[str, str], *, changed: bool, alone: Collection[str] = ()
) -> list[str]:
    """Return a line for each reason that the edit of a rule does not explain.

    Args:
        rule: its name.
        kind: its kind.
        reasons: the reason for each written file.
        changed: whether the output changed.
        alone: the files that are made from their content alone.

    """
    known = {path: _by_edit(reason) for path, reason in reasons.items() if reason not in HONEST}
    if len(known) < len(reasons):
        return []  # what is not known cannot be held against anything
    allowed = ONLY.get(rule, OF_TEXTS if kind == "source" else None)
    lines = [f"{path}: {reasons[path]}" for path, why in known.items() if allowed is not None and not why <= allowed]
    wanted = IN_EVERY_PAGE.get(rule)
    pages = {
        path: why
        for path, why in known.items()
        if why and path.endswith(".html") and path not in alone and not why & {NEW_PAGE, REPLACED}
    }
    lines += [f"{path}: {reasons[path]}, not {wanted}" for path, why in pages.items() if wanted and wanted not in why]
    own = INPUTS["content"]
    if rule in WORDS and changed and not any(own in why for why in known.values()):
        lines.append(f"no file says that {own}")
    return lines


def _by_edit(reason: str) -> set[str]:
    """Return the parts of a reason that the edit has to explain."""
    parts = set(reason.split("; "))
    return parts - {LATE, OF_PAGES} if LATE in parts else parts
