"""Access to the preview, which shows drafts: only under host names of this machine.

This protects against DNS rebinding: a page on the web can make its own host name resolve to this machine, but cannot
choose the Host header that its browser sends.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

_HOST = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[^\s:\[\]/@]+)(?::\d{0,5})?")


def may_ask(hosts: Sequence[str], allowed: Collection[str]) -> bool:
    """Tell whether a request with the Host headers `hosts`, of which there must be exactly one (RFC 9112), is allowed.

    Names in `allowed` are in lower case.
    """
    found = _HOST.fullmatch(hosts[0].strip()) if len(hosts) == 1 else None
    return found is not None and _is_allowed(found["name"].lower(), allowed)


def comes_from_elsewhere(origin: str, host: str, allowed: Collection[str]) -> bool:
    """Tell whether the Origin header `origin`, which may be empty, is that of another site than `host`."""
    if not origin:
        return False
    try:
        asking = urlsplit(origin)
        name = (asking.hostname or "").lower()
    except ValueError:
        return True
    return asking.netloc.lower() != host.strip().lower() and name not in allowed


def _is_allowed(name: str, allowed: Collection[str]) -> bool:
    if name == "localhost" or name in allowed:
        return True
    try:
        return ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False
