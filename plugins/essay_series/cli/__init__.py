"""The command line: one subcommand of ``essays`` for each of the author's commands, in groups; `make` calls them."""

from ..extras import require

require("site", "The commands")
