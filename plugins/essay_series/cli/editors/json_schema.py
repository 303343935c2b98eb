"""The front matter of each kind of file as JSON Schema (draft 2020-12), for editors and programs.

A value may be text, or what a YAML parser makes of it (a number, true or false). The schema accepts what the checks
accept in its usual spelling. It cannot know other files, so the names of series and plays are examples.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...model import DRAFT, SIDES, SKIP
from ...sources.keys import Key, Kind, keys_of
from .vocabulary import Vocabulary, offered

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}([ Tt][0-9]{2}:[0-9]{2}(:[0-9]{2})?( ?([Zz]|[+-][0-9]{2}:?[0-9]{2}))?)?"
NUMBER = "[+-]?[0-9]{1,9}"
LARGEST = 10**9 - 1
_SOMETHING: Schema = {"type": "string", "pattern": r"\S"}
_PIECE = r"[^|]*[^|\s][^|]*"
_LINES: Mapping[str, Schema] = {
    "plan": {
        "type": "string",
        "pattern": rf"^{_PIECE}(\|\s*({'|'.join(SIDES)}|{DATE})\s*)*$",
        "examples": ["The last part | benefit | 2009-04-15"],
    },
    "correction": {
        "type": "string",
        "pattern": rf"^\s*{DATE}\s*(\|{_PIECE}){{2}}$",
        "examples": ["2009-05-02 | half a year | four months"],
    },
    "case": {
        "type": "string",
        "pattern": rf"^{_PIECE}\|\s*[0-9]{{4}}(?![0-9])[^|]*(\|[^|]*)?$",
        "examples": ["The first Earth Day | 1970 | nelson"],
    },
}
TITLES = {
    "essay": "Front matter of an essay",
    "series": "Front matter of a series",
    "play": "Front matter of a play",
    "playbook": "Front matter of the playbook's introduction",
    "page": "Front matter of a page",
}


def schema(kind: Kind, names: Vocabulary) -> Schema:
    """Return the schema of the front matter of a file of `kind`; keys may be in lower case."""
    keys = keys_of(kind)
    properties = {key.name: {"description": key.meaning, **_value(key, names)} for key in keys}
    small = {key.name.lower(): {"$ref": f"#/properties/{key.name}"} for key in keys}
    found: Schema = {
        "$schema": DIALECT,
        "title": TITLES[kind],
        "type": "object",
        "properties": {**properties, **small},
        "additionalProperties": False,
        "allOf": [_unless(SKIP, then=_required("Title"))],
    }
    if kind == "essay":
        found["allOf"].append(_unless(DRAFT, SKIP, then=_required("Date")))
    return found


def _unless(*statuses: str, then: Schema) -> Schema:
    """Return the schema that demands `then` of a file, unless it has one of the `statuses`."""
    given: Schema = {"enum": list(statuses)}
    of_one = [{"required": [name], "properties": {name: given}} for name in ("Status", "status")]
    return {"if": {"not": {"anyOf": of_one}}, "then": then}


def _required(name: str) -> Schema:
    return {"anyOf": [{"required": [name]}, {"required": [name.lower()]}]}


def _value(key: Key, names: Vocabulary) -> Schema:
    """Return the schema of the value of `key`."""
    if key.type == "date":
        return {"type": "string", "pattern": f"^{DATE}$", "examples": ["2009-04-01", "2009-04-01 18:30"]}
    if key.type == "number":
        return {"type": ["integer", "string"], "pattern": f"^{NUMBER}$", "minimum": -LARGEST, "maximum": LARGEST}
    if key.type == "choice":
        return {"type": "string", "enum": list(key.choices)}
    if key.type == "flag":
        return {"enum": [True, False, "true", "false"]}
    if key.type in _LINES:
        line = _LINES[key.type]
        return {"anyOf": [line, {"type": "array", "items": line}]}
    known = offered(key, names)
    return {**_SOMETHING, **({"examples": list(known)} if known else {})}
