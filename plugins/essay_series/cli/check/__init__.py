"""The commands ``make check``, for sources and built pages, and ``make check-links``, for external links."""
