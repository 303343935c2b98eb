"""A cache of answers in a file: good ones for two weeks, dead ones for a day, unknown ones for an hour."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, get_args

from ....values import dataclass
from .answer import Answer, Verdict

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LIFETIMES: Mapping[Verdict, timedelta] = {"fine": 14 * DAY, "moved": 14 * DAY, "dead": DAY, "unknown": HOUR}


@dataclass(frozen=True, slots=True)
class CachedAnswer:
    """An answer, and the moment at which it expires."""

    answer: Answer
    expires: datetime


def cached(answer: Answer, now: datetime) -> CachedAnswer:
    """Return `answer`, received at `now`, with its expiry; a host's Retry-After extends it, up to a day."""
    wait = timedelta(seconds=min(answer.wait, DAY.total_seconds()))
    return CachedAnswer(answer, now + max(LIFETIMES[answer.verdict], wait))


def load(file: Path) -> dict[str, CachedAnswer]:
    """Return the answers in `file` by address; none if it is missing or damaged."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        return {str(address): _from_plain(each) for address, each in found.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def save(file: Path, known: Mapping[str, CachedAnswer]) -> None:
    """Write the answers `known`, by address, to `file`, atomically; equal answers give equal bytes."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    plain = {address: _plain(each) for address, each in known.items()}
    fresh.write_text(json.dumps(plain, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
    fresh.replace(file)


def _plain(each: CachedAnswer) -> dict[str, str]:
    answer = each.answer
    return {"verdict": answer.verdict, "reason": answer.reason, "to": answer.to, "expires": each.expires.isoformat()}


def _from_plain(each: Mapping[str, Any]) -> CachedAnswer:
    expires = datetime.fromisoformat(each["expires"])
    if each["verdict"] not in get_args(Verdict) or expires.tzinfo is None:
        raise ValueError(each)
    return CachedAnswer(Answer(each["verdict"], str(each["reason"]), str(each["to"])), expires)
