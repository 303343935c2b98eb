"""What hosts answered before, so that no host is asked twice in a day, or in a fortnight if all was well."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, get_args

from ....values import dataclass
from .answer import Answer, Verdict

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
GOOD_FOR: Mapping[Verdict, timedelta] = {"fine": 14 * DAY, "moved": 14 * DAY, "dead": DAY, "unknown": HOUR}


@dataclass(frozen=True, slots=True)
class Remembered:
    """An answer, and until when it need not be asked for again."""

    answer: Answer
    until: datetime


def remember(answer: Answer, now: datetime) -> Remembered:
    """Return `answer`, which came at `now`, with the time that it is good for; a host's own wish counts up to a day."""
    wish = timedelta(seconds=min(answer.wait, DAY.total_seconds()))
    return Remembered(answer, now + max(GOOD_FOR[answer.verdict], wish))


def recall(file: Path) -> dict[str, Remembered]:
    """Return what `file` remembers, by address; nothing, if it is missing or damaged."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        return {str(address): _from_plain(each) for address, each in found.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def keep(file: Path, known: Mapping[str, Remembered]) -> None:
    """Write `known` into `file`, in one step; the same knowledge makes the same bytes."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    plain = {address: _plain(each) for address, each in known.items()}
    fresh.write_text(json.dumps(plain, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
    fresh.replace(file)


def _plain(each: Remembered) -> dict[str, str]:
    answer = each.answer
    return {"verdict": answer.verdict, "told": answer.told, "to": answer.to, "until": each.until.isoformat()}


def _from_plain(each: Mapping[str, Any]) -> Remembered:
    until = datetime.fromisoformat(each["until"])
    if each["verdict"] not in get_args(Verdict) or until.tzinfo is None:
        raise ValueError(each)
    return Remembered(Answer(each["verdict"], str(each["told"]), str(each["to"])), until)
