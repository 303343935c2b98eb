"""What this package is called, where its theme lies, and that there is one copy of it.

It has one name in a checkout, whose folder ``plugins/`` is in ``PLUGIN_PATHS``, and a longer one where it is installed
among Pelican's plugins. Every import of the package begins here, so this module does without pathlib.
"""

from __future__ import annotations

import os
import sys

PACKAGE = __name__.rpartition(".")[0]
"""The name under which it is imported."""
NAME = PACKAGE.rpartition(".")[2]
"""Its own name, by which it presents itself."""
DISTRIBUTION = f"pelican-{NAME.replace('_', '-')}"
"""What pip calls it."""
VERSION = "0.1.0"
"""The version of the package; what builds the distribution reads it here."""
_HERE = os.path.dirname(os.path.abspath(__file__))


class TwoCopiesError(ImportError):
    """A checkout is imported, and Pelican would take the copy that is installed; the text says how to have one."""


def demand_one_copy() -> None:
    """See that what is imported here is the copy that Pelican takes: it prefers the one among its installed plugins.

    Raises:
        TwoCopiesError: it is a different copy.

    """
    installed = f"pelican.plugins.{NAME}"
    if installed == PACKAGE:
        return
    for folder in sys.path:
        other = os.path.join(folder, *installed.split("."))
        if os.path.isfile(os.path.join(other, "__init__.py")) and not os.path.samefile(other, _HERE):
            said = (
                f"{DISTRIBUTION} is installed in {other}, and Pelican takes that copy, not the one in {_HERE}. "
                f'Call the commands of the installed one, "python -m {installed}…", '
                f'or remove it: "pip uninstall {DISTRIBUTION}".'
            )
            raise TwoCopiesError(said, name=PACKAGE)  # by its name ``python -m`` knows that the text says enough


def theme(*below: str) -> str:
    """Return the folder of the project's own theme, or what lies `below` it, for the settings of a site.

    It lies within the package where that is installed, and at the top of a checkout.
    """
    within = os.path.join(_HERE, "theme")
    folder = within if os.path.isdir(within) else os.path.join(os.path.dirname(os.path.dirname(_HERE)), "theme")
    return os.path.join(folder, *below)
