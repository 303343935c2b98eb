"""Web addresses as authors write them, which need not be any."""

from __future__ import annotations

from urllib.parse import SplitResult, urljoin, urlsplit


def parts_of(address: str) -> SplitResult | None:
    """Return the parts of `address`; None where it is none, as ``https://[name].example/``."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    return parts


def joined(base: str, address: str) -> str | None:
    """Return the whole address that `address` means on the page `base`; None where it is none."""
    return urljoin(base, address) if parts_of(address) else None
