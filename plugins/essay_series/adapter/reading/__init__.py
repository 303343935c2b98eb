"""Turns articles and pages, as Pelican reads them, into essays, series and plays; and the reader of Markdown."""
