"""Reads source files into a `Manuscript`: front matter, Markdown, comments, footnotes, promises and schedules."""
