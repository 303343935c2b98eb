"""From source files to a `Manuscript`: front matter, Markdown, comments, notes, promises and schedules."""
