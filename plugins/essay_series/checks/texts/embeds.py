"""Checks of what texts load from other hosts, and of scripts, which the security policy of the pages forbids."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ...htmltext import Element
from ...sources.embeds import host_of, hosts, hosts_in, is_script
from ...sources.frontmatter import Source
from ...sources.manuscript import Manuscript
from ...sources.markup import defined_images
from ..problem import Flaw, at, check


@check
def check_foreign_host(manuscript: Manuscript) -> Iterator[Flaw]:
    """An image, a frame or the like comes from a host that is not declared, and that host would see every reader.

    Bad: ``![A map](https://maps.example/map.png)``, ``<iframe src="https://video.example/1"></iframe>``.
    Good: ``![A map]({static}/images/map.png)``, or the host in ``ALLOWED_HOSTS`` of ``pelicanconf.py``.
    """
    hint = "Keep the file in the content folder, or add the host to ALLOWED_HOSTS and write https."
    for source, allowed in _under_policy(manuscript):
        loads = [(host, each.line, each.column) for each in manuscript.elements[source.path] for host in hosts(each)]
        images = [each for each in manuscript.references[source.path] if each.kind == "image"]
        images += defined_images(source.body, source.body_line) if "![" in source.body else []
        loads += [(host, each.line, each.column) for each in images for host in hosts_in(each.address)]
        for host, line, column in sorted(set(loads), key=lambda load: load[1:]):
            if host_of(host) not in allowed:
                yield Flaw(source.path, line, column, f'this is loaded from the other host "{host}"', hint)


@check
def check_script_in_text(manuscript: Manuscript) -> Iterator[Flaw]:
    """A text contains a script, which the published page would not run.

    Bad: ``<script>…</script>``, ``[more](javascript:more())``.
    Good: no script, or one from a host in ``ALLOWED_HOSTS``.
    """
    for source, allowed in _under_policy(manuscript):
        links = [each for each in manuscript.references[source.path] if is_script(each.address)]
        reported = {link.address for link in links}
        found = [(link.line, link.column) for link in links]
        for each in manuscript.elements[source.path]:
            runs = {a.value.strip() for a in each.attributes if is_script(a.value)} - reported
            if runs or (each.name == "script" and not _declared(each, allowed)):
                found.append((each.line, each.column))
        for line, column in sorted(set(found)):
            yield Flaw(source.path, line, column, "the text contains a script", "Remove it; pages run no scripts.")


@check
def check_event_attribute(manuscript: Manuscript) -> Iterator[Flaw]:
    """An element has an attribute that is a script, which the published page would not run.

    Bad: ``<img src="a.png" onclick="grow()">``.
    Good: the element without it; a link, ``<details>`` or CSS often does the same.
    """
    for source, _ in _under_policy(manuscript):
        for each in manuscript.elements[source.path]:
            for name in sorted({a.name for a in each.attributes if a.name.startswith("on")}):
                message = f'the attribute "{name}" is a script'
                yield at(source.path, each, message, "Remove it; pages run no scripts.")


def _under_policy(manuscript: Manuscript) -> Iterator[tuple[Source, Collection[str]]]:
    """Yield the unchecked sources with the allowed hosts, if pages have a content security policy."""
    allowed = manuscript.config.allowed_hosts
    if allowed is not None:
        yield from ((source, allowed) for source in manuscript.unchecked)


def _declared(script: Element, allowed: Collection[str]) -> bool:
    found = [host_of(host) for host in hosts(script)]
    return any(found) and all(host in allowed for host in found)
