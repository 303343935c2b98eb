"""`LedgerView` → the ledger as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ...routes import absolute_url
from ..pieces import Part, Planned, Row
from ..shapes.base import View
from ..shapes.pages import LedgerView


def files(views: Mapping[str, View], root: str, home: str) -> dict[str, str]:
    """Return the JSON of every ledger in `views`, by its output path.

    `root` is the site's URL, without a trailing slash, or empty in a preview; `home` is the site's own language.
    """
    ledgers = (view for view in views.values() if isinstance(view, LedgerView))
    return {view.data.path: _json(ledger(view, root, home)) for view in ledgers if view.data.path}


def ledger(view: LedgerView, root: str, home: str) -> dict[str, Any]:
    """Return a ledger as JSON values: its parts with the essays that they answer, pairs, and planned parts.

    Only parts in another language than `home`, the site's own, have a ``language``.
    """
    answers = {row.cost.slug: row.benefit.slug for row in view.rows}
    answers |= {row.benefit.slug: row.cost.slug for row in view.rows}
    in_order = sorted(view.essays, key=lambda part: part.number or 0)
    return {
        "title": view.title,
        "url": absolute_url(root, view.address.url),
        "costs": view.counts.costs,
        "benefits": view.counts.benefits,
        "parts": [_part(part, answers.get(part.slug), root, home) for part in in_order],
        "pairs": [_pair(row) for row in view.rows],
        "planned": [_planned(part) for part in view.planned],
    }


def _part(part: Part, answers: str | None, root: str, home: str) -> dict[str, Any]:
    values = {
        "part": part.number,
        "slug": part.slug,
        "title": part.title,
        "url": absolute_url(root, part.url),
        "date": part.day.iso if part.day else None,
        "side": part.side,
        "entry": part.entry or None,
        "answers": answers,
    }
    return values if part.lang == home else {**values, "language": part.lang}


def _pair(row: Row) -> dict[str, Any]:
    return {
        "cost": row.cost.slug,
        "benefit": row.benefit.slug,
        "outcome": row.verdict.outcome if row.verdict else None,
        "verdict": row.verdict.text if row.verdict else None,
    }


def _planned(part: Planned) -> dict[str, Any]:
    return {"title": part.title, "side": part.side, "due": part.due.iso if part.due else None}


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
