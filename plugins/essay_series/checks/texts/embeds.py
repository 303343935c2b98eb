"""Checks of what the text makes browsers load or run: the published pages forbid what is not declared."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ...htmltext import Element
from ...sources.embeds import host_of, hosts, hosts_in, is_script
from ...sources.frontmatter import Source
from ...sources.manuscript import Manuscript
from ...sources.markup import defined_images
from ..problem import Flaw, check


@check
def check_foreign_host(manuscript: Manuscript) -> Iterator[Flaw]:
    """An image, a frame or the like comes from a host that is not declared, which would learn of every reader.

    Bad: ``![A map](https://maps.example/map.png)``, ``<iframe src="https://video.example/1"></iframe>``.
    Good: ``![A map]({static}/images/map.png)``, or the host in ``ALLOWED_HOSTS`` of ``pelicanconf.py``.
    """
    for source, allowed in _judged(manuscript):
        loads = [(host, each.line, each.column) for each in manuscript.elements[source.path] for host in hosts(each)]
        images = [each for each in manuscript.references[source.path] if each.kind == "image"]
        images += defined_images(source.body, source.body_line) if "![" in source.body else []
        loads += [(host, each.line, each.column) for each in images for host in hosts_in(each.address)]
        for host, line, column in sorted(set(loads), key=lambda load: load[1:]):
            if host_of(host) not in allowed:
                yield Flaw(
                    source.path,
                    line,
                    column,
                    f'this is loaded from "{host}"',
                    "Keep the file among the sources, or name the host in ALLOWED_HOSTS and write https.",
                )


@check
def check_script_in_text(manuscript: Manuscript) -> Iterator[Flaw]:
    """The text holds a script, which the published page would not run.

    Bad: ``<script>…</script>``, ``[more](javascript:more())``.
    Good: no script; one of a host in ``ALLOWED_HOSTS`` is run.
    """
    for source, allowed in _judged(manuscript):
        links = [each for each in manuscript.references[source.path] if is_script(each.address)]
        told = {link.address for link in links}
        found = [(link.line, link.column) for link in links]
        for each in manuscript.elements[source.path]:
            runs = {a.value.strip() for a in each.attributes if is_script(a.value)} - told
            if runs or (each.name == "script" and not _declared(each, allowed)):
                found.append((each.line, each.column))
        for line, column in sorted(set(found)):
            yield Flaw(source.path, line, column, "a script stands in the text", "Take it out; pages run none.")


@check
def check_event_attribute(manuscript: Manuscript) -> Iterator[Flaw]:
    """An element has an attribute that is a script, which the published page would not run.

    Bad: ``<img src="a.png" onclick="grow()">``.
    Good: the element without it; a link, ``<details>`` and CSS do most of what such scripts are for.
    """
    for source, _ in _judged(manuscript):
        for each in manuscript.elements[source.path]:
            for name in sorted({a.name for a in each.attributes if a.name.startswith("on")}):
                yield Flaw(
                    source.path,
                    each.line,
                    each.column,
                    f'the attribute "{name}" is a script',
                    "Take it out; pages run no script.",
                )


def _judged(manuscript: Manuscript) -> Iterator[tuple[Source, Collection[str]]]:
    allowed = manuscript.config.allowed_hosts
    if allowed is not None:
        yield from ((source, allowed) for source in manuscript.unchecked)


def _declared(script: Element, allowed: Collection[str]) -> bool:
    found = [host_of(host) for host in hosts(script)]
    return any(found) and all(host in allowed for host in found)
