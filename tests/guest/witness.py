"""A plugin that writes down all that Pelican shows to a plugin: settings, context, articles and pages."""

import re
from pathlib import Path

from pelican import signals

OWN = "series"
"""The one word of an article that a plugin for series may set anew."""
SEEN = []


def _plain(value):
    return re.sub(r" at 0x[0-9a-f]+", "", repr(value)).replace(str(Path.cwd()), "SITE")


def _settings(pelican):
    left_out = ("PLUGINS", "OUTPUT_PATH")
    SEEN.extend(f"setting {n} = {_plain(v)}" for n, v in sorted(pelican.settings.items()) if n not in left_out)


def _contents(generators):
    context = generators[0].context
    SEEN.extend(f"context {name}" for name in sorted(context))
    for name in ("articles", "translations", "drafts", "hidden_articles", "pages", "hidden_pages", "draft_pages"):
        for content in context.get(name, ()):
            facts = {word: fact for word, fact in sorted(vars(content).items()) if word[0] != "_" and word != OWN}
            for word in ("settings", "readers", "translations", "related_posts"):
                facts.pop(word, None)
            SEEN.append(f"{name} {_plain(facts)}")


def _write(pelican):
    _settings(pelican)
    Path(pelican.output_path, "witness.txt").write_text("\n".join([*SEEN, ""]), encoding="utf-8")
    SEEN.clear()


def register():
    """Listen when all has been read, and when all has been written."""
    signals.get_generators.connect(_settings)
    signals.all_generators_finalized.connect(_contents)
    signals.finalized.connect(_write)
