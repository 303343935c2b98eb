"""The views of each kind of page."""
