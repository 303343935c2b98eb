"""Publication without side effects: the leak gate, the marker of a published folder, and reports of changes."""
