"""Texts of another site become sources of this one.

`opened` opens an export within bounds, and a module of `formats` reads it into an `Export` of items. `accounting` holds
them against an independent count of what the export has. `markup` turns HTML into the Markdown that is built here,
under the law that the built page says what the export said. `places` follows links and former addresses, `plan` and
`gate` make the sources, and `report` tells what was done and what a person has to look at. Nothing is written here:
that is for the command, which alone loads this room.
"""

from ..extras import demand

demand("import", "Imports")
