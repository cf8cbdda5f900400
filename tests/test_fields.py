"""Records behave as the standard dataclasses do, without their start-up cost."""

import copy
import pickle

import pytest

from toynets.fields import field, record, replace


@record(frozen=True)
class Point:
    """A point with a label that does not count."""

    x: int
    y: int = 0
    label: str = field(default="", compare=False, repr=False)


@record
class Tally:
    """Counts, each with its own list."""

    name: str
    seen: list = field(default_factory=list)


def test_fields_are_given_in_order_or_by_name():
    assert Point(1, 2) == Point(x=1, y=2) == Point(1, y=2)
    assert (Point(1).x, Point(1).y) == (1, 0)


def test_equality_and_hash_leave_out_what_is_not_compared():
    assert Point(1, 2, "a") == Point(1, 2, "b")
    assert hash(Point(1, 2, "a")) == hash(Point(1, 2, "b"))
    assert Point(1, 2) != Point(2, 1)
    assert Point(1, 2) != (1, 2)


def test_the_representation_shows_what_is_shown():
    assert repr(Point(1, 2, "a")) == "Point(x=1, y=2)"


def test_a_frozen_record_refuses_assignment_and_is_hashable():
    with pytest.raises(AttributeError, match="Point is frozen: x cannot be set"):
        Point(1).x = 2
    with pytest.raises(AttributeError, match="Point is frozen: x cannot be deleted"):
        del Point(1).x


def test_a_default_made_by_a_factory_is_new_each_time():
    first, second = Tally("a"), Tally("b")
    first.seen.append(1)
    assert second.seen == []
    with pytest.raises(TypeError, match="unhashable"):
        hash(first)


def test_replace_keeps_the_rest():
    assert replace(Point(1, 2, "a"), y=5).label == "a"
    with pytest.raises(TypeError, match=r"Point has no field z\. Fields: x, y, label"):
        replace(Point(1), z=3)


def test_wrong_values_are_named():
    with pytest.raises(TypeError, match=r"Point\(\) misses the value of x"):
        Point()
    with pytest.raises(TypeError, match=r"Point\(\) takes 3 values but 4 were given"):
        Point(1, 2, "a", 4)
    with pytest.raises(TypeError, match=r"Point\(\) got x twice"):
        Point(1, x=2)
    with pytest.raises(TypeError, match=r"Point has no field at\. Fields: x, y, label"):
        Point(1, at=2)


def test_records_can_be_copied_and_pickled():
    made = Point(1, 2, "a")
    assert copy.deepcopy(made) == made
    assert pickle.loads(pickle.dumps(made)).label == "a"
