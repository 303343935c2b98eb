"""From an article or a page, as Pelican reads it, to an `Essay`, `Series` or `Play`."""
