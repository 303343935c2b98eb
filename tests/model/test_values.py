"""Our frozen dataclasses are the library's in all but the time that it takes to make them."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import field, replace
from functools import cached_property

import pytest

from essay_series import values


def kinds(dataclass) -> dict[str, type]:
    """Return classes that `dataclass` has made, by name."""

    @dataclass(frozen=True, slots=True)
    class Plain:
        number: int
        words: tuple[str, ...] = ()
        hidden: int = field(default=0, compare=False, repr=False)

    @dataclass(frozen=True, slots=True)
    class One:
        number: int

    @dataclass(frozen=True, slots=True)
    class Below(Plain):
        more: dict = field(default_factory=dict)

    @dataclass(frozen=True)
    class Open:
        number: int

        @cached_property
        def double(self) -> int:
            return 2 * self.number

    @dataclass(frozen=True, slots=True)
    class Own:
        number: int

        def __eq__(self, other) -> bool:
            return True

        def __hash__(self) -> int:
            return 7

        def __repr__(self) -> str:
            return "own"

    @dataclass(frozen=True, slots=True, order=True)
    class Ordered:
        number: int

    return {kind.__name__: kind for kind in (Plain, One, Below, Open, Own, Ordered)}


OURS, THEIRS = kinds(values.dataclass), kinds(dataclasses.dataclass)


@pytest.mark.parametrize("name", OURS)
def test_values_are_as_the_librarys(name):
    """They say the same, are equal and hash alike where the library's do, and can be copied, replaced and ordered."""
    facts = []
    for kind in (OURS[name], THEIRS[name]):
        one, same, other = kind(1), kind(1), kind(2)
        facts.append(
            (
                *(repr(one), one == same, one != same, one == other, one == (1,), one == "x"),
                *(
                    replace(one, number=5).number,
                    copy.deepcopy(other).number,
                    [f.name for f in dataclasses.fields(one)],
                ),
                *(hasattr(one, "__dict__"), name == "Below" or len({hash(one), hash(same), hash(other)})),
                *(name != "Ordered" or one < other, getattr(one, "double", None)),
            )
        )
    assert facts[0] == facts[1]


def test_fields_that_are_not_compared_count_for_nothing():
    """Neither equality nor the hash knows of them; a subclass is another kind."""
    kind = OURS["Plain"]
    assert kind(1, hidden=1) == kind(1, hidden=2)
    assert hash(kind(1, hidden=1)) == hash(kind(1, hidden=2))
    assert kind(1) != OURS["Below"](1)
    with pytest.raises(TypeError, match="unhashable"):
        hash(OURS["Below"](1))


@values.dataclass(frozen=True, slots=True)
class Sent:
    """A value that goes from process to process."""

    number: int


def test_values_can_be_pickled():
    """A value is the same after it was sent to another process."""
    assert pickle.loads(pickle.dumps(Sent(3))) == Sent(3)  # noqa: S301 - it was made here
