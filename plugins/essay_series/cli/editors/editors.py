"""Write files that make editors complete and check front matter: ``make editors``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from ...adapter.reading.sources import open_manuscript
from ...checks import Problem
from ...config import SiteConfig
from ...sources.keys import EVERY, Kind
from ...sources.manuscript import Manuscript
from ..command import Options
from .front_matter_cms import settings
from .json_schema import schema
from .snippets import snippets
from .vocabulary import Vocabulary, vocabulary

FRONT_MATTER_CMS, SNIPPETS = "frontmatter.json", ".vscode/essays.code-snippets"


def files(manuscript: Manuscript) -> Mapping[str, str]:
    """Return the text of every file for editors, by its path, with the names that `manuscript` declares."""
    return files_for(vocabulary(manuscript), manuscript.config)


def stale(manuscript: Manuscript) -> list[Problem]:
    """A file for editors is out of date: `make editors` would write something else now.

    Bad: a play that was added after ``make editors``: editors do not offer it.
    Good: ``make editors`` after a series or a play was added, renamed or removed. Missing files are not reported.
    """
    message, hint = "the file does not match the present series and plays", "Run make editors."
    return [
        Problem(path, 1, 1, "stale-editor-file", message, hint)
        for path, text in files(manuscript).items()
        if Path(path).is_file() and Path(path).read_text(encoding="utf-8") != text
    ]


def files_for(names: Vocabulary, config: SiteConfig) -> Mapping[str, str]:
    """Return the text of every file for editors, by its path, with `names`."""
    found = {f"editors/{kind}.schema.json": _text(schema(kind, names)) for kind in EVERY}
    folders = cast("dict[Kind, str]", dict(config.folders))
    found[FRONT_MATTER_CMS] = _text(settings(names, config.content, folders))
    found[SNIPPETS] = _text(snippets(names))
    return found


def _text(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def editors(_: Options) -> str:
    """Write the files for editors, and return their paths."""
    written = files(open_manuscript())
    for path, text in written.items():
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(text, encoding="utf-8")
    return "\n".join(written)
