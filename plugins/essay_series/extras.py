"""The extras of the package: what only some sites and commands need, and how it is installed."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec

from .package import DISTRIBUTION

MODULES = {
    "site": ("brotli", "click", "filelock", "rich", "smartypants", "typogrify", "watchfiles"),
    "images": ("PIL",),
    "search": ("pagefind_bin", "regex"),
    "book": ("ebooklib", "PIL", "weasyprint", "pypdf"),
    "import": ("mdit_py_plugins", "markdown_it", "yaml"),
}
"""What each extra brings, as it is imported."""


def cure(extras: Iterable[str]) -> str:
    """Return the command that installs those of `extras` that are not there; empty where all are."""
    missing = sorted({extra for extra in extras if not all(map(find_spec, MODULES[extra]))})
    return f'pip install "{DISTRIBUTION}[{",".join(missing)}]"' if missing else ""


def demand(extra: str, what: str) -> None:
    """End the program with the cure if `extra` is not installed, which `what` needs.

    Raises:
        SystemExit: it is not.

    """
    command = cure([extra])
    if command:
        raise SystemExit(f"{what} need more than the plugin: {command}")
