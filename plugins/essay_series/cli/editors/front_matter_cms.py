"""Settings for Front Matter CMS, an extension of VS Code that shows front matter as forms.

The extension reads and writes YAML between ``---`` lines. The settings restrict it to what our front matter can hold:
one plain value on a line, without quotes, and lists with commas. In new files of any kind but its default it writes a
key ``type``, which is unknown here; so it may create essays only, and `make` creates the rest.
"""

from __future__ import annotations

from typing import Any

from ...model import DRAFT, STATUSES
from ...sources.keys import Key, Kind, Type, keys_of
from .vocabulary import Vocabulary, offered

NAMES: dict[Kind, str] = {"essay": "default", "series": "series", "play": "play", "page": "page"}
"""The content type of each kind of file."""
FIELDS: dict[Type, dict[str, Any]] = {
    "text": {"type": "string", "single": True},
    "name": {"type": "string", "single": True},
    "date": {"type": "datetime"},
    "number": {"type": "number"},
    "choice": {"type": "choice"},
    "names": {"type": "list"},
    "flag": {"type": "boolean"},
}
SPECIAL: dict[str, dict[str, Any]] = {
    "Title": {"required": True},
    "Date": {"isPublishDate": True, "default": "{{now}}"},
    "Modified": {"isModifiedDate": True},
    "Status": {"type": "draft", "default": DRAFT},
    "Tags": {"type": "tags"},
}
"""Keys that the extension has special fields for."""


def settings(names: Vocabulary, content: str, folders: dict[Kind, str]) -> dict[str, Any]:
    """Return the content of ``frontmatter.json``, for files in the subfolders `folders` of the folder `content`."""
    lists = sorted({key.name.lower() for kind in NAMES for key in keys_of(kind, "names")})
    every = sorted({key.name.lower() for kind in NAMES for key in keys_of(kind)})
    return {
        "$schema": "https://frontmatter.codes/frontmatter.schema.json",
        "frontMatter.taxonomy.frontMatterType": "YAML",
        "frontMatter.taxonomy.dateFormat": "yyyy-MM-dd",
        "frontMatter.taxonomy.commaSeparatedFields": lists,
        "frontMatter.taxonomy.noPropertyValueQuotes": every,
        "frontMatter.taxonomy.seoTitleField": "title",
        "frontMatter.taxonomy.seoDescriptionField": "summary",
        "frontMatter.taxonomy.tags": list(names.get("play", ())),
        "frontMatter.content.autoUpdateDate": False,
        "frontMatter.content.draftField": {"name": "status", "type": "choice", "choices": list(STATUSES)},
        "frontMatter.content.pageFolders": [_folder(kind, content, folders[kind]) for kind in NAMES],
        "frontMatter.taxonomy.contentTypes": [_content_type(kind, names) for kind in NAMES],
    }


def _folder(kind: Kind, content: str, folder: str) -> dict[str, Any]:
    path = "/".join(filter(None, ("[[workspace]]", content, folder)))
    found: dict[str, Any] = {"title": (folder or content).capitalize(), "path": path, "contentTypes": [NAMES[kind]]}
    return found if kind == "essay" else {**found, "disableCreation": True}


def _content_type(kind: Kind, names: Vocabulary) -> dict[str, Any]:
    """Return the form of one kind of file, without the keys that may be repeated, which no form can edit."""
    keys = (key for key in keys_of(kind) if key.type in FIELDS)
    return {
        "name": NAMES[kind],
        "pageBundle": False,
        "clearEmpty": True,
        "fields": [_field(key, names) for key in keys],
    }


def _field(key: Key, names: Vocabulary) -> dict[str, Any]:
    found = {"title": key.name, "name": key.name.lower(), "description": key.meaning, **FIELDS[key.type]}
    known = offered(key, names)
    if key.name in SPECIAL and key.choices in ((), STATUSES):
        return {**found, **SPECIAL[key.name]}
    if known:
        found |= {"type": "choice", "choices": list(known)}
        return found | {"multiple": True} if key.type == "names" else found
    return found
