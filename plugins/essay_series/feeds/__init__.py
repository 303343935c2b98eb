"""`Site` → Atom, RSS, JSON Feed and OPML, by one model of a feed and a writer for each format."""
