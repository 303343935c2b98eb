"""The theme's assets: rendered in the look of the site, and published with a digest in their names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from jinja2 import ChoiceLoader, DictLoader, Environment, FileSystemLoader

from ...build.speaker import Speaker
from ...build.templates import CompiledTemplates
from ...hosts import Assets, assets
from ...look import Look
from ..settings.common import Settings

STYLES = "static/css"
"""The theme's folder of the files that its style sheets include."""
_FOLLOW_LOOK = (".css", ".svg")
"""The endings of files that may be templates, with colours and fonts from the site's look."""


def theme_assets(settings: Settings, look: Look | None, templates: CompiledTemplates, speaker: Speaker) -> Assets:
    """Return the files in the theme's folders ``ASSET_PATHS``, rendered if they follow the look, named by digest."""
    roots = [Path(settings["THEME"], folder) for folder in settings["ASSET_PATHS"]]
    below = settings["THEME_STATIC_DIR"]
    files = {root: sorted(file for file in root.rglob("*") if file.is_file()) for root in roots}
    held = {f"{below}/{f.relative_to(root).as_posix()}": f.read_bytes() for root, found in files.items() for f in found}
    if look:
        shown = [*look.fonts.values(), *(file for name, file in look.mark.items() if name != "inline")]
        held |= {f"{below}/{file.name}": file.read_bytes() for file in shown}
        followed = {path: data for path, data in held.items() if path.endswith(_FOLLOW_LOOK) and b"{{ look." in data}
        held |= _in_look(followed, Path(settings["THEME"], STYLES), look, templates, speaker)
    return assets(held)


def _in_look(
    files: Mapping[str, bytes], styles: Path, look: Look, templates: CompiledTemplates, speaker: Speaker
) -> dict[str, bytes]:
    """Return the templates `files`, which may include style sheets from `styles`, rendered in the look of the site."""
    own = DictLoader({f"asset {path}": data.decode() for path, data in files.items()})
    loader = ChoiceLoader([own, FileSystemLoader(styles)])
    environment = Environment(loader=loader, keep_trailing_newline=True)  # noqa: S701 - it makes no HTML
    speaker.join(environment)
    templates.watch(environment)
    return {path: environment.get_template(f"asset {path}").render(look=look).encode() for path in files}
