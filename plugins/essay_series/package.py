"""The names and version of this package, the path of its theme, and a guard against two copies of it.

In a checkout, whose folder ``plugins/`` is in ``PLUGIN_PATHS``, the package has a short name; installed, it is a module
of the namespace package ``pelican.plugins``. Every import of the package starts here, so pathlib, which is slow to
import, is not used.
"""

from __future__ import annotations

import os
import sys

PACKAGE = __name__.rpartition(".")[0]
"""The full name under which it is imported."""
NAME = PACKAGE.rpartition(".")[2]
"""The last component of that name."""
DISTRIBUTION = f"pelican-{NAME.replace('_', '-')}"
"""The name of the distribution, for pip."""
VERSION = "0.1.0"
"""The version; the build of the distribution reads it from here."""
_HERE = os.path.dirname(os.path.abspath(__file__))
TEMPLATES = os.path.join(_HERE, "templates")
"""The folder of the plugin's own templates, for themes that lack them."""


class TwoCopiesError(ImportError):
    """A checkout was imported, but Pelican would use an installed copy; the text says how to resolve this."""


def require_single_copy() -> None:
    """Make sure that Pelican uses the copy imported here: it prefers an installed plugin to one in ``PLUGIN_PATHS``.

    Raises:
        TwoCopiesError: another copy is installed.

    """
    installed = f"pelican.plugins.{NAME}"
    if installed == PACKAGE:
        return
    for folder in sys.path:
        other = os.path.join(folder, *installed.split("."))
        if os.path.isfile(os.path.join(other, "__init__.py")) and not os.path.samefile(other, _HERE):
            message = (
                f"{DISTRIBUTION} is installed in {other}, and Pelican uses that copy, not the one in {_HERE}. "
                f'Run the commands of the installed copy, "python -m {installed}…", '
                f'or remove it: "pip uninstall {DISTRIBUTION}".'
            )
            raise TwoCopiesError(message, name=PACKAGE)  # with this name, ``python -m`` prints only the message


def theme(*below: str) -> str:
    """Return the path of the bundled theme, or of a file or folder in it, for use in a site's settings.

    The theme is in the package if that is installed, and at the top level of a checkout.
    """
    within = os.path.join(_HERE, "theme")
    folder = within if os.path.isdir(within) else os.path.join(os.path.dirname(os.path.dirname(_HERE)), "theme")
    return os.path.join(folder, *below)
