"""Checks of one file by itself: its header and the values in it."""
