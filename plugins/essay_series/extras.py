"""The optional dependencies (extras) of the package, and the command that installs missing ones."""

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
"""The modules that each extra installs, by their import names."""


def install_command(extras: Iterable[str]) -> str:
    """Return the command that installs the missing ones of `extras`; empty if all are installed."""
    missing = sorted({extra for extra in extras if not all(map(find_spec, MODULES[extra]))})
    return f'pip install "{DISTRIBUTION}[{",".join(missing)}]"' if missing else ""


def require(extra: str, what: str) -> None:
    """Exit with the command that installs `extra`, which `what` (a plural noun) needs, if it is not installed.

    Raises:
        SystemExit: it is not installed.

    """
    command = install_command([extra])
    if command:
        raise SystemExit(f"{what} need more than the plugin: {command}")
