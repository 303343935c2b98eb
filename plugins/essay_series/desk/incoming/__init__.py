"""Texts of another site become sources of this one.

`export` reads a WordPress or Blogger export, `folder` the sources of another Pelican site; both give a `Shipment`.
`fit` turns its posts into our sources, and says for each what a person has to look at. Nothing is ever overwritten.
"""

from ...extras import demand

demand("import", "Imports")
