"""The search for places: geometry by brute force, and labels that leave no easy place."""

from __future__ import annotations

import itertools
import random

from toynets.plots.placing import GAP, Label, arrange, crosses, touching


def on_segment(start, end, box):
    """Whether one of many points of a segment is in a box: another route to `crosses`."""
    for k in range(2001):
        t = k / 2000
        x = start[0] + t * (end[0] - start[0])
        y = start[1] + t * (end[1] - start[1])
        if box[0] <= x <= box[2] and box[1] <= y <= box[3]:
            return True
    return False


def test_a_segment_meets_a_box_where_one_of_its_points_is_inside():
    draw = random.Random(5)
    seen = set()
    for _ in range(60):
        start, end = [(draw.uniform(0, 10), draw.uniform(0, 10)) for _ in range(2)]
        x, y = draw.uniform(0, 8), draw.uniform(0, 8)
        box = (x, y, x + draw.uniform(1, 3), y + draw.uniform(1, 3))
        found = crosses(start, end, box)
        assert found == on_segment(start, end, box) or not found  # a graze between two points
        seen.add(found)
        if on_segment(start, end, box):
            assert found
    assert seen == {True, False}


def test_boxes_touch_within_the_gap():
    assert touching((0, 0, 1, 1), (1.2, 0, 2, 1), gap=0.3)
    assert not touching((0, 0, 1, 1), (1.2, 0, 2, 1), gap=0.1)


def bundle(count, height=24.0):
    """Edges from `count` points to `count` points, all with all."""
    ys = [height * k / (count - 1) for k in range(count)]
    return [Label((0, a), (34, b), 6.0, 2.6, 0.34) for a in ys for b in ys]


def test_nine_labels_on_a_bundle_all_find_a_place():
    made = arrange(bundle(3), [])
    assert made is not None
    for one, other in itertools.combinations(made, 2):
        assert not touching(one.box, other.box, GAP * 0.99)


def test_a_place_is_on_or_beside_its_edge():
    labels = bundle(3)
    for label, place in zip(labels, arrange(labels, []), strict=True):
        t = (place.x - label.start[0]) / (label.end[0] - label.start[0])
        level = label.start[1] + t * (label.end[1] - label.start[1])
        assert 0 < t < 1
        assert abs(place.y - level) <= label.height / 2 + GAP + 1e-9


def test_fixed_boxes_are_kept_clear():
    fixed = [(8.0, -2.0, 16.0, 2.0)]
    made = arrange([Label((0, 0), (24, 0), 4, 2)], fixed)
    assert made is not None
    assert not touching(made[0].box, fixed[0])


def test_no_place_is_said_and_not_made_up():
    crowded = [Label((0, 0), (10, 0), 8, 3) for _ in range(9)]
    assert arrange(crowded, []) is None
    assert arrange([Label((0, 0), (10, 0), 4, 2)], [(-50, -50, 50, 50)]) is None


def test_the_same_labels_stand_at_the_same_places():
    first, again = arrange(bundle(3), []), arrange(bundle(3), [])
    assert first == again
