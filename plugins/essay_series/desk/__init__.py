"""The author's commands, one file each; `make` calls them."""

from ..extras import demand

demand("site", "The commands")
