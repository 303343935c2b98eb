"""A plugin that records everything a plugin can see: settings, context, articles and pages."""

import re
from pathlib import Path

from pelican import signals

OWN = "series"
"""The one attribute of an article that our plugin may set."""
SEEN = []
CONTEXTS = []


def _plain(value):
    return re.sub(r" at 0x[0-9a-f]+", "", repr(value)).replace(str(Path.cwd()), "SITE")


def _settings(pelican):
    left_out = ("PLUGINS", "OUTPUT_PATH")
    SEEN.extend(f"setting {n} = {_plain(v)}" for n, v in sorted(pelican.settings.items()) if n not in left_out)


def _begun(content):
    SEEN.append(f"begun {type(content).__name__} {content.get_relative_source_path()}")


def _contents(generators):
    context = generators[0].context
    CONTEXTS.append(context)
    SEEN.extend(f"context {name}" for name in sorted(context))
    for name in ("articles", "translations", "drafts", "hidden_articles", "pages", "hidden_pages", "draft_pages"):
        for content in context.get(name, ()):
            facts = {word: fact for word, fact in sorted(vars(content).items()) if word[0] != "_" and word != OWN}
            for word in ("settings", "readers", "translations", "related_posts"):
                facts.pop(word, None)
            SEEN.append(f"{name} {_plain(facts)}")


def _write(pelican):
    _settings(pelican)
    for context in CONTEXTS:  # plain values, which whatever is written after all pages may read
        plain = {name: value for name, value in context.items() if value is None or isinstance(value, str | int)}
        SEEN.extend(f"left {name} = {_plain(value)}" for name, value in sorted(plain.items()))
    CONTEXTS.clear()
    Path(pelican.output_path, "witness.txt").write_text("\n".join([*SEEN, ""]), encoding="utf-8")
    SEEN.clear()


def register():
    """Connect to the signals after reading and after writing."""
    signals.get_generators.connect(_settings)
    signals.content_object_init.connect(_begun)
    signals.all_generators_finalized.connect(_contents)
    signals.finalized.connect(_write)
