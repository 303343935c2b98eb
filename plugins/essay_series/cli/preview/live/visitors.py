"""Who may ask the preview, which shows drafts: browsers on this machine that name it as one of this machine.

A page of somebody else's may let a name of its own lead to this machine, and would then read the preview as if it were
its own site. What it cannot choose is the name that its browser sends along.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

_HOST = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[^\s:\[\]/@]+)(?::\d{0,5})?")


def may_ask(hosts: Sequence[str], allowed: Collection[str]) -> bool:
    """Tell whether a request is answered.

    Args:
        hosts: the values of all its headers ``Host``, of which there must be one.
        allowed: other names under which the preview may be asked, in small letters.

    """
    found = _HOST.fullmatch(hosts[0].strip()) if len(hosts) == 1 else None
    return found is not None and _is_allowed(found["name"].lower(), allowed)


def comes_from_elsewhere(origin: str, host: str, allowed: Collection[str]) -> bool:
    """Tell whether the page of `origin`, empty where none is named, is no page of the preview at `host`."""
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
