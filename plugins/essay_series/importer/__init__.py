"""Import the texts of another site; only the command ``import`` loads this room, which writes nothing itself.

`detect` reads an export: `files` opens it within limits, and a module of `formats` turns it into an `Export` of items.
`plan` turns that into new sources: `texts` and `markup` convert each text to Markdown, `addresses` resolves old links,
`naming` and `series` give paths and front matter, and `validation` makes sure that the site still builds. `report` says
what will be written, and what the author should check.
"""

from ..extras import require

require("import", "Imports")
