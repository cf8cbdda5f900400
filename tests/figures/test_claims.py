"""The numbers of captions, against what is known of them by another route."""

from __future__ import annotations

from fractions import Fraction

import pytest

from toynets.plots import scripts


def numbers(name):
    return scripts.figure(name).data()["numbers"]


def test_effects_do_not_add_up_on_11():
    found = numbers("pair_ablation")
    assert list(found["effects"].values()) == [
        [0, -1, -1, 0], [0, 0, 0, 2], [0, -1, -1, 2], [0, -1, -1, 0],
    ]  # fmt: skip


def test_parity_without_a_unit_is_a_ramp():
    effects = numbers("parity_ablation_ramp")["effects"]
    assert list(effects.values()) == [[0, -1, -2, -3], [0, 0, 2, 4], [0, 0, 0, -2]]
    for k, row in enumerate(effects.values()):  # minus the weight times relu(count - k)
        weight = (1, -2, 2)[k]
        assert row == [-weight * max(s - k, 0) for s in range(4)]


def test_the_tent_doubles_its_pieces():
    found = numbers("depth_fold")
    for depth in (1, 2, 3, 4):
        one = found[f"folded {depth} times"]
        assert (one["pieces"], one["units"]) == (2**depth, 2 * depth)
        assert one["corners"] == [
            [str(Fraction(k, 2**depth)), str(k % 2)] for k in range(2**depth + 1)
        ]


def test_two_xors_differ_in_the_middle():
    found = numbers("xor_two_solutions")
    assert (found["xor-sum"]["middle"], found["xor-difference"]["middle"]) == (1, 0)


def test_the_snow_is_worth_what_the_closed_form_says():
    p, s = Fraction(4, 5), Fraction(19, 20)
    q = 1 - p
    most = p**3 + 3 * p**2 * q  # two or three marks of three are right
    all_or_snow = s * (1 - q**3) + (1 - s) * p**3
    at_random = (1 - q**3 + p**3) / 2
    shares = numbers("spurious_snow")["right"]
    assert [Fraction(v) for v in shares.values()] == [all_or_snow, at_random, most]
    assert [round(float(v), 3) for v in (all_or_snow, at_random, most)] == [0.968, 0.752, 0.896]


def test_without_the_carry_unit_sums_of_four_or_more_break():
    wrong = numbers("adder_carry")["h4 = 0"]["wrong"]
    assert sorted(map(tuple, wrong)) == [(a, b) for a in range(4) for b in range(4) if a + b >= 4]


def test_one_side_of_the_mirror():
    """d is a sum over three pairs of ±1, ±2, ±4 or 0: 8 times 0, as often above as below."""
    found = numbers("symmetry_1986")
    above = sum(
        4 * a + 2 * b + c >= 0 for a in (-1, 0, 0, 1) for b in (-1, 0, 0, 1) for c in (-1, 0, 0, 1)
    )
    for name in ("symmetry-1986", "symmetry-trained"):
        assert found[f"{name}, right"] == {"clean": [64, 64], "h1": [above, 64], "h2": [above, 64]}
        assert found[f"{name}, h1"]["ratio"] == pytest.approx([1, 2, 4], rel=0.02)


def colours_of(figure, kind):
    """Return (x, y) -> the colour inside, of the single markers `kind` of a drawing."""
    return {
        (axes, *(round(float(v), 6) for v in line.get_xydata()[0])): line.get_markerfacecolor()
        for axes, panel in enumerate(figure.drawing.axes)
        for line in panel.lines
        if line.get_marker() == kind and len(line.get_xdata()) == 1
    }


def test_a_filled_corner_of_a_gate_is_a_1():
    figure = scripts.figure("gates")
    ink = figure.style.colour("ink")
    gates = {"and": min, "or": max, "nand": lambda a, b: 1 - min(a, b)}
    drawn = colours_of(figure, "o")
    panels = sorted({axes for axes, *_ in drawn if axes})  # the first is the whole page
    filled = [{p[1:] for p, c in drawn.items() if p[0] == axes and c == ink} for axes in panels]
    squares = [{(a, b) for a in (0, 1) for b in (0, 1) if gate(a, b)} for gate in gates.values()]
    assert filled[:2] + filled[3:4] == squares
    assert filled[2] == {(0, 1)}  # NOT, as a curve: x, and 1 - x above it
    assert filled[4:] == squares[:2]  # majority with x3 = 0 and with x3 = 1


def test_which_zero_tints_what_is_not_zero_in_both_tables():
    figure = scripts.figure("which_zero")
    paper = figure.style.colour("paper").lower()
    from matplotlib.colors import to_hex

    cells = [
        (patch.get_path().get_extents().x0, to_hex(patch.get_facecolor()))
        for patch in figure.drawing.axes[0].patches
        if abs(patch.get_path().get_extents().width - 13) < 1e-6
    ]
    effects = [
        numbers["effects"] for numbers in figure.numbers.values() if isinstance(numbers, dict)
        and "effects" in numbers
    ]  # fmt: skip
    assert len(cells) == 2 * 7 * 4
    for left, table in zip((0, 119), effects, strict=True):
        own = [colour for x, colour in cells if (x > 115) == (left > 0)]
        moved = [v for row in table.values() for v in row if abs(float(Fraction(v))) > 0.01]
        most = sum(float(Fraction(v)) != 0 for row in table.values() for v in row)
        assert 0 < len(moved) <= sum(colour != paper for colour in own) <= most
    deepest = {colour for x, colour in cells if x > 115} - {paper}
    assert len(deepest) == 1  # -8, all alike
