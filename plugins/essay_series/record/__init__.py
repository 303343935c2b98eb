"""The published record: every address and feed id that was ever published."""
