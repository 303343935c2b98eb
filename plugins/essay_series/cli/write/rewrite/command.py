"""The common steps of commands that rewrite sources: plan, show a diff, and with ``APPLY=1`` write.

A change that was interrupted is finished first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from difflib import unified_diff
from pathlib import Path

from .... import checks
from ....adapter.reading.sources import open_manuscript
from ....checks.problem import Problem, new_problems
from ....sources.frontmatter import LINE_END
from ....sources.manuscript import Manuscript
from ...command import CommandError, Options, is_on
from ...publish.git import git
from ...terminal import counted
from .edits import Edit, Plan, edits_from, revised
from .journal import carry_out, finish


def rewrite(options: Options, plan_for: Callable[[Manuscript], Plan]) -> str:
    """Return the diff of the plan for this site, or carry the plan out if ``APPLY`` is on and return what was done.

    Args:
        options: ``APPLY``, and ``FORCE`` to rewrite uncommitted files too.
        plan_for: returns the plan for a manuscript, or raises `CommandError`.

    """
    manuscript = opened()
    root = Path(manuscript.config.content)
    plan = plan_for(manuscript)
    edits = _checked_edits(manuscript, root, plan)
    apply = is_on(options, "APPLY")
    if apply:
        if not is_on(options, "FORCE"):
            _demand_committed(root, plan)
        carry_out(root, edits)
    return "\n".join(_report(root, plan, edits, done=apply))


def recovered(_: Options) -> str:
    """Finish an interrupted change, and return what was done."""
    finished = finish(Path(open_manuscript().config.content))
    return _finished(finished) if finished else "There is nothing to recover."


def opened() -> Manuscript:
    """Return the manuscript of this site, after finishing a change that was interrupted."""
    manuscript = open_manuscript()
    finished = finish(Path(manuscript.config.content))
    if not finished:
        return manuscript
    print(_finished(finished))
    return open_manuscript()


def _finished(files: tuple[str, ...]) -> str:
    return f"Finished an interrupted change: {', '.join(files)}"


def _checked_edits(manuscript: Manuscript, root: Path, plan: Plan) -> tuple[Edit, ...]:
    """Return the edits of `plan`, if the files have no problem before, and no new one after."""
    present = [problem for problem in checks.run(manuscript) if problem.path in plan.paths]
    _demand_none(root, present, "Fix this first; it is in a file that would be rewritten:")
    edits = edits_from(plan, {path: (root / path).read_bytes() for path in plan.paths})
    after = revised(manuscript, edits)
    _demand_none(root, new_problems(manuscript, after, plan.moves), "Nothing was written; it would cause new problems:")
    if not plan.fulfilled(after):
        raise CommandError("This cannot be done by changing the sources: a setting or a path decides it.")
    return edits


def _demand_none(root: Path, problems: list[Problem], message: str) -> None:
    if problems:
        raise CommandError("\n".join([message, *(f"{root.as_posix()}/{problem}" for problem in problems)]))


def _demand_committed(root: Path, plan: Plan) -> None:
    """Raise `CommandError` unless git could restore every file that is to be rewritten."""
    changed = _uncommitted(root, sorted(plan.paths))
    if changed is None:
        raise CommandError(
            "The present files could not be restored, because git has no commit of this folder. Commit first; "
            "FORCE=1 overrides this."
        )
    if changed:
        raise CommandError(
            f"Not committed yet: {', '.join(changed)}. Commit first, so that the change can be undone; "
            "FORCE=1 overrides this."
        )


def _uncommitted(root: Path, paths: list[str]) -> list[str] | None:
    """Return those of `paths`, below `root`, that are missing from or differ from git's HEAD; None without a commit."""
    committed = git(root, "ls-tree", "-r", "--name-only", "-z", "HEAD", "--", *paths)
    changed = git(root, "diff", "--name-only", "--relative", "-z", "HEAD", "--", *paths)
    if committed is None or changed is None:
        return None
    return [path for path in paths if path not in committed.split("\0") or path in changed.split("\0")]


def _report(root: Path, plan: Plan, edits: tuple[Edit, ...], *, done: bool) -> Iterator[str]:
    if not done:
        for edit in edits:
            yield from _diff(root.as_posix(), edit)
    for path, to in plan.moves.items():
        yield f"rename {root.as_posix()}/{path} -> {root.as_posix()}/{to}"
    yield from plan.notes
    count = counted(len(edits), "file")
    yield f"Done: {count} rewritten." if done else f"Nothing is written yet; add APPLY=1 to rewrite {count}."


def _diff(root: str, edit: Edit) -> Iterator[str]:
    before, after = (LINE_END.split(data.decode("utf-8-sig")) for data in (edit.before or b"", edit.after))
    yield from unified_diff(before, after, f"{root}/{edit.path}", f"{root}/{edit.to}", n=1, lineterm="")
