"""The author's commands, one file each; `make` calls them."""
