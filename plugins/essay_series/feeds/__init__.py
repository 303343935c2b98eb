"""`Site` → Atom, RSS, JSON Feed and OPML: one model of what subscribers read, and a writer for each format."""
