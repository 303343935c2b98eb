"""The in-memory cache gives the values that would be made anew."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from essay_series.build.cache.memory import Memory

BUILDS = st.lists(st.dictionaries(st.sampled_from("abc"), st.integers(0, 2), max_size=3), max_size=6)
"""The names that each of several builds asks for, with the keys of their values."""


@given(BUILDS, st.data())
def test_a_value_is_that_of_its_key(builds, data):
    """After any builds, also failed ones, a value is the one made for the requested key."""
    memory = Memory()
    for wanted in builds:
        memory.begin()
        assert {name: memory.of("kind", name, key, lambda k=key: [k]) for name, key in wanted.items()} == {
            name: [key] for name, key in wanted.items()
        }
        if data.draw(st.booleans()):
            memory.end()


def test_an_edit_keeps_all_other_pages():
    """A value is the same object until its key changes or a build does not ask for it; new values are counted."""
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
