"""Parses URLs that authors wrote, which may be invalid."""

from __future__ import annotations

from urllib.parse import SplitResult, urljoin, urlsplit


def split_url(address: str) -> SplitResult | None:
    """Return the parts of the URL `address`; None if it is invalid, such as ``https://[name].example/``."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    return parts


def resolved(base: str, address: str) -> str | None:
    """Resolve `address` against the URL `base`; None if `address` is not a valid URL."""
    return urljoin(base, address) if split_url(address) else None
