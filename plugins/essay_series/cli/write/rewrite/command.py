"""What all rewriting verbs share: first finish what was interrupted, then plan, show the plan, and do it if asked."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from difflib import unified_diff
from pathlib import Path

from ....adapter.sources import open_manuscript
from ....checks import Problem
from ....days import noun
from ....sources.frontmatter import LINE_END
from ....sources.manuscript import Manuscript
from ...verbs import as_typed
from .edits import Edit, Plan, RewriteError, edits_from, new_problems, problems_in, revised
from .journal import carry_out, finish


def words(names: Mapping[str, str], usage: str) -> list[str]:
    """Return what the author gave for each name of `names`, by environment.

    Args:
        names: each name with what it means.
        usage: the whole command, as it should have been written.

    Raises:
        RewriteError: one is missing.

    """
    given = [os.environ.get(name, "").strip() for name in names]
    missing = next((what for what, word in zip(names.values(), given, strict=True) if not word), None)
    if missing:
        raise RewriteError(f"Give {missing}: {usage}")
    return given


def rewrite(wish: Callable[[Manuscript], Plan]) -> int:
    """Show what `wish` would change, or change it where ``APPLY=1`` is given; return the exit code."""
    try:
        manuscript = opened()
        root = Path(manuscript.config.content)
        plan = wish(manuscript)
        edits = _planned(manuscript, root, plan)
        apply = asked("APPLY")
        if apply:
            _demand_committed(root, plan)
            carry_out(root, edits)
        print(as_typed("\n".join(_report(root, plan, edits, done=apply)), os.environ))
    except RewriteError as refusal:
        print(as_typed(str(refusal), os.environ), file=sys.stderr)
        return 1
    return 0


def recover() -> int:
    """Finish a rewriting that was interrupted; return the exit code."""
    try:
        if not _finished(Path(open_manuscript().config.content)):
            print("There is nothing to recover.")
    except RewriteError as refusal:
        print(as_typed(str(refusal), os.environ), file=sys.stderr)
        return 1
    return 0


def asked(word: str) -> bool:
    """Tell whether the author gave ``word=1``."""
    return os.environ.get(word, "") not in ("", "0")


def opened() -> Manuscript:
    """Return the manuscript of this site, after a rewriting that was interrupted is finished.

    Raises:
        RewriteError: it cannot be finished.

    """
    manuscript = open_manuscript()
    return open_manuscript() if _finished(Path(manuscript.config.content)) else manuscript


def _finished(root: Path) -> bool:
    finished = finish(root)
    if finished:
        print(f"Finished an interrupted change: {', '.join(finished)}")
    return bool(finished)


def _planned(manuscript: Manuscript, root: Path, plan: Plan) -> tuple[Edit, ...]:
    _demand_none(root, problems_in(manuscript, plan.paths), "Mend this first; it stands in a file to be rewritten:")
    edits = edits_from(plan, {path: (root / path).read_bytes() for path in plan.paths})
    after = revised(manuscript, edits)
    _demand_none(root, new_problems(manuscript, after, plan.moves), "This cannot be done; it would make new mistakes:")
    if not plan.fulfilled(after):
        raise RewriteError("This cannot be done by changing the sources: a setting or a path decides it.")
    return edits


def _demand_none(root: Path, problems: list[Problem], message: str) -> None:
    if problems:
        raise RewriteError("\n".join([message, *(f"{root.as_posix()}/{problem}" for problem in problems)]))


def _demand_committed(root: Path, plan: Plan) -> None:
    """Demand that git could give back every file that is rewritten."""
    if asked("FORCE"):
        return
    changed = uncommitted(root, sorted(plan.paths))
    if changed is None:
        raise RewriteError(
            "The present files could not be restored, because git has no commit of this folder. Commit first; "
            "FORCE=1 overrides this."
        )
    if changed:
        raise RewriteError(
            f"Not committed yet: {', '.join(changed)}. Commit first, so that the change can be undone; "
            "FORCE=1 overrides this."
        )


def uncommitted(root: Path, paths: list[str]) -> list[str] | None:
    """Return those of `paths`, below `root`, that git's last commit does not hold as they are; None without one."""
    committed = _git(root, "ls-tree", "-r", "--name-only", "-z", "HEAD", "--", *paths)
    changed = _git(root, "diff", "--name-only", "--relative", "-z", "HEAD", "--", *paths)
    if committed is None or changed is None:
        return None
    return [path for path in paths if path not in committed or path in changed]


def _git(root: Path, *command: str) -> list[str] | None:
    """Return the names that git prints; None where there is no git, no repository or no commit."""
    try:
        done = subprocess.run(["git", "-C", str(root), *command], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return None
    return None if done.returncode else [name for name in done.stdout.split("\0") if name]


def _report(root: Path, plan: Plan, edits: tuple[Edit, ...], *, done: bool) -> Iterator[str]:
    if not done:
        for edit in edits:
            yield from diff(root.as_posix(), edit)
    for path, to in plan.moves.items():
        yield f"rename {root.as_posix()}/{path} -> {root.as_posix()}/{to}"
    yield from plan.notes
    count = f"{len(edits)} {noun(len(edits), 'file')}"
    yield f"Done: {count} rewritten." if done else f"Nothing is written yet; add APPLY=1 to rewrite {count}."


def diff(root: str, edit: Edit) -> Iterator[str]:
    """Yield the lines of a unified diff of `edit`, with paths from the project's folder on."""
    before, after = (LINE_END.split(data.decode("utf-8-sig")) for data in (edit.before or b"", edit.after))
    yield from unified_diff(before, after, f"{root}/{edit.path}", f"{root}/{edit.to}", n=1, lineterm="")
