"""What a process remembers from build to build: the same as if it had been made again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from essay_series.build.cache.memory import Memory

BUILDS = st.lists(st.dictionaries(st.sampled_from("abc"), st.integers(0, 2), max_size=3), max_size=6)
"""What each of several builds asks for: names, and what their values are made of."""


@given(BUILDS, st.data())
def test_a_value_is_that_of_its_key(builds, data):
    """Whatever was built before, also by builds that broke off, a value is made of what it is asked for with."""
    memory = Memory()
    for wanted in builds:
        memory.begin()
        assert {name: memory.of("kind", name, key, lambda k=key: [k]) for name, key in wanted.items()} == {
            name: [key] for name, key in wanted.items()
        }
        if data.draw(st.booleans()):
            memory.end()


def test_only_what_changed_is_made_again():
    """A value is the very same until its key changes or a build does not ask for it; how many were made is known."""
    memory = Memory()
    first = memory.of("kind", "a", 1, list)
    memory.of("kind", "b", 1, list)
    assert memory.made["kind"] == 2
    memory.end()
    memory.begin()
    assert memory.of("kind", "a", 1, list) is first
    assert memory.made["kind"] == 0
    assert memory.of("other", "a", 1, list) is not first
    memory.end()
    assert memory.get("kind", "a", 2) is None
    assert memory.get("kind", "a", 1) is first
    assert memory.get("kind", "b", 1) is None
