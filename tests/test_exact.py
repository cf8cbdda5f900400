"""The oracle: hand-computed values of every form of intervention, then what it must refuse."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import pytest
from flint import arb, fmpq
from hypothesis import given
from hypothesis import strategies as st

from toynets.domain import Domain
from toynets.errors import ParseError, ToynetsError, Undecided
from toynets.exact import Machine, run, runs, trace
from toynets.network import Network
from toynets.rationals import fraction
from toynets.records import Ball, Run, Trace, Values

F = Fraction
BITS = Domain.boolean(2)
XOR = Network.from_layers(
    [([[1, 1], [1, 1]], [0, -1], "relu"), ([[1, -2]], [0], "identity")], name="xor-sum"
)
# y = 2 relu(x1 + 2 x2 - 1) - relu(3 x1 - x2 + 1/2) + 1/4
#
#   x1 x2   h1.pre  h1   h2.pre  h2       y
#    0  0     -1     0     1/2   1/2    -1/4
#    0  1      1     1    -1/2    0      9/4
#    1  0      0     0     7/2   7/2   -13/4
#    1  1      2     2     5/2   5/2     7/4
#   mean     1/2    3/4    3/2   13/8    1/8
NET = Network.from_layers(
    [([[1, 2], [3, -1]], [-1, "1/2"], "relu"), ([[2, -1]], ["1/4"], "identity")], name="net"
)
CLEAN = [F(-1, 4), F(9, 4), F(-13, 4), F(7, 4)]


def fractions(*values: fmpq) -> tuple[Fraction, ...]:
    """What a machine says, as numbers that compare with fractions."""
    return tuple(fraction(v) for v in values)


# Every row of the table of interventions, on x = (1, 1) with the source x' = (0, 1).
FORMS = [
    ("", F(7, 4)),
    # zero in its five meanings, and both at once
    ("h2 = 0", F(17, 4)),
    ("h1 = 0", F(-9, 4)),
    ("h2.pre = 0", F(17, 4)),
    ("->h2 = 0", F(15, 4)),  # the bias alone: h2 = 1/2
    ("->h2, h2.bias = 0", F(17, 4)),
    ("h1-> = 0", F(-9, 4)),
    ("h2-> = 0", F(17, 4)),
    ("x1 = 0", F(9, 4)),
    ("x2-> = 0", F(-13, 4)),  # as x2 = 0
    # cut, flip, set, shift
    ("x1->h2 = 0", F(17, 4)),
    ("x2->h2 *= -1", F(-1, 4)),  # h2 = relu(3 + 1 + 1/2)
    ("x2->h1 = 3/2", F(3, 4)),  # h1 = 3/2
    ("h1.bias += 1", F(15, 4)),  # h1 = 3
    ("y.bias *= -1", F(5, 4)),
    ("h1->y += -3", F(-17, 4)),
    ("h2.bias = -1", F(13, 4)),  # h2 = 1
    # a value set
    ("h2.pre = 1", F(13, 4)),
    ("h2.pre = -1", F(17, 4)),
    ("h2 = -1", F(21, 4)),
    ("y = 5", F(5)),
    ("y.pre = 5", F(5)),
    # mean
    ("h1 = mean", F(-3, 4)),
    ("h1.pre = mean", F(-5, 4)),  # h1 = 1/2
    ("h2 = mean", F(21, 8)),
    ("h2.pre = mean", F(11, 4)),  # h2 = 3/2
    ("x1 = mean", F(9, 4)),  # x = (1/2, 1): h1 = 3/2, h2 = 1
    ("y = mean", F(1, 8)),
    # patch: of the unit, of its pre-activation, from another unit, from an input
    ("h1 = h1(x')", F(-1, 4)),
    ("h1 = (x')", F(-1, 4)),
    ("h1.pre = (x')", F(-1, 4)),
    ("h2.pre = h2.pre(x')", F(17, 4)),  # h2 = relu(-1/2)
    ("h1.pre = h2.pre(x')", F(-9, 4)),  # h1 = relu(-1/2)
    ("h1 = h2(1, 0)", F(19, 4)),  # h1 = 7/2
    ("h2 = h2(1, 0)", F(3, 4)),
    ("h1 = h1.pre(0, 0)", F(-17, 4)),  # the activation becomes -1
    ("h1.pre = h2(0, 0)", F(-5, 4)),
    ("h1 = x2(x')", F(-1, 4)),
    ("x1 = (x')", F(9, 4)),
    ("x1 = x2(0, 1/2)", F(9, 4)),  # as x1 = mean
    # patch of the path through one edge
    ("x1->h1 = (x')", F(-1, 4)),  # h1 = 1, h2 as it was
    ("x1->h2 = (x')", F(17, 4)),
    ("h2->y = (x')", F(17, 4)),
    ("h1->y = h2(1, 0)", F(19, 4)),
    ("x1->h1 = x2(x')", F(7, 4)),  # 1 instead of 1
    ("x2->h2 = h1(1, 1)", F(11, 4)),  # carries 2: h2 = 3/2
    ("h1->y = h1.pre(0, 0)", F(-17, 4)),
    ("x1->h1, x1->h2 = (x')", F(9, 4)),  # both edges: as x1 = (x')
    # several at once: parameters first, then values, all clean values from the clean network
    ("h1, h2 = 0", F(1, 4)),
    ("h1 = 0, h2 = mean", F(-11, 8)),
    ("x1 = 0, x1->h2 = (1, 1)", F(-1, 4)),  # x1 still reaches h2
    ("h1.bias += 1, h1 = mean", F(-3, 4)),  # the clean mean, 3/4, not 3/2
    ("x1 = 0, h1 = mean, h2 = h2(1, 1)", F(-3, 4)),
    ("x2->h1 = 0, h2 = h1(0, 1)", F(-3, 4)),  # h2 = 1: the clean value, not that after the cut
    ("h1.bias += 1, h1 = 0", F(-9, 4)),
    ("h1->y = 3, h1 = 1", F(3, 4)),
    ("x1->h1 *= 2, h1->y = (x')", F(-1, 4)),
]


@pytest.mark.parametrize(("text", "y"), FORMS)
def test_every_form_of_intervention(text, y):
    found = run(NET, [1, 1], text, source=[0, 1], domain=BITS)
    assert found == y
    assert isinstance(found, Values) and type(found[0]) is F and found.names == ("y",)


@pytest.mark.parametrize(("text", "y"), FORMS)
def test_a_machine_and_a_trace_say_the_same(text, y):
    machine = Machine(NET, BITS)
    plan = machine.wiring.resolve(text)
    one, source = BITS.rows[3], BITS.rows[1]
    for _ in range(2):  # the second time from what is kept
        assert fractions(*machine.outcome(one, plan, source=source)) == (y,)
    assert fractions(*machine.outcome(one)) == (F(7, 4),)  # and the clean run is still clean
    found = trace(NET, [1, 1], text, source=[0, 1], domain=BITS)
    assert found.outputs == y and found["y"] == y
    assert found.arithmetic[-1].startswith("y = ")


def test_the_clean_run_on_every_input():
    assert [run(NET, x) for x in BITS.rows] == CLEAN


# first-five-minutes.md: what is left of XOR without each number
XOR_CUTS = [
    ("x1->h1", [0, 1, 0, -1]),
    ("x2->h1", [0, 0, 1, -1]),
    ("h1.bias", [0, 1, 1, 0]),
    ("x1->h2", [0, 1, 1, 2]),
    ("x2->h2", [0, 1, 1, 2]),
    ("h2.bias", [0, -1, -1, -2]),
    ("h1->y", [0, 0, 0, -2]),
    ("h2->y", [0, 1, 1, 2]),
    ("y.bias", [0, 1, 1, 0]),
]


@pytest.mark.parametrize(("name", "y"), XOR_CUTS)
def test_xor_without_each_number(name, y):
    assert [run(XOR, x, f"{name} = 0") for x in BITS.rows] == y


def test_xor_without_its_corrector_counts():
    assert [run(XOR, x, "h2 = 0") for x in BITS.rows] == [0, 1, 1, 2]


def test_two_xors_differ_between_the_corners():
    difference = Network.from_layers(
        [([[1, -1], [-1, 1]], [0, 0], "relu"), ([[1, 1]], [0], "identity")]
    )
    assert run(XOR, [0.5, 0.5]) == 1
    assert run(difference, [0.5, 0.5]) == 0


# Other wirings

# h1.1 = |x|, h1.2 = |1 - 2x|; h2.1 = relu(h1.1 + h1.2 - 1), h2.2 = relu(h1.1 - h1.2)
DEEP = Network.from_layers(
    [
        ([[1], [-2]], [0, 1], "abs"),
        ([[1, 1], [1, -1]], [-1, 0], "relu"),
        ([[1, 3]], None, "identity"),
    ],
    name="deep",
)


@pytest.mark.parametrize(
    ("text", "y"),
    [
        ("", 4),  # |2|, |-3|; relu(4), relu(-1)
        ("h1.2 = 0", 7),  # relu(1), relu(2)
        ("h2.2.pre = 2", 10),
        ("h1.1 = h1.2(x')", 3),  # 1 from x' = 0: relu(3), relu(-2)
        ("h1.1->h2.2 = (5)", 10),  # 5 through this edge alone: relu(4), relu(2)
        ("x1->h1.2 *= -1", 6),  # |5|: relu(6), relu(-3)
        ("h1.2.bias = 0, h1.1 = 0", 3),  # |-4|: relu(3), relu(-4)
        ("x1 = 0", 0),
        ("h1.1, h2.1 = mean", 2),  # over x = -1 and 1: 1 and (3 + 1)/2
        ("h1.2 = 0, h2.1 = mean", 8),  # the clean mean, not that without h1.2
        ("h1.1 = mean, h2.1 = h2.1(2)", 4),
    ],
)
def test_two_hidden_layers(text, y):
    domain = Domain.listed([[-1], [1]])
    assert run(DEEP, 2, text, source=[0], domain=domain) == y


def test_softmax_outputs_are_logits_minus_their_mean():
    net = Network.from_layers([([[1, 0], [0, 1], [2, 2]], [0, 1, -1], "softmax")])
    assert run(net, [1, 2]) == (-2, 0, 2)  # logits 1, 3, 5
    assert run(net, [1, 2])["y3"] == 2
    assert run(net, [1, 2], "y1.pre = 7") == (2, -2, 0)  # before the mean is taken away
    assert run(net, [1, 2], "y1 = 7") == (7, 0, 2)  # after it
    assert run(net, [1, 2], "x2->y2 = 0") == (-F(4, 3), -F(4, 3), F(8, 3))  # 1, 1, 5
    found = trace(net, [1, 2])
    assert (found["y1.pre"], found["y1"]) == (1, -2)
    machine = Machine(net, BITS)
    assert machine.mean("y1") == fmpq(-1, 2)  # logit means 1/2, 3/2, 1
    assert machine.mean("y1.pre") == fmpq(1, 2)


def test_a_softmax_unit_below_hidden_units_moves_all_outputs():
    net = Network.from_layers(
        [([[1], [-1]], [0, 0], "relu"), ([[1, 0], [0, 1], [0, 0]], None, "softmax")]
    )
    assert run(net, 3) == (2, -1, -1)
    assert run(net, 3, "h2 = 3") == (1, 1, -2)  # y1's own logit stays, its value does not
    assert Machine(net).worst((3,), "h1 = 6") == ((4, 4), (-2, -2), (-2, -2))


def test_absent_edges_and_biases_take_no_part():
    net = Network.from_layers(
        [([[1, 0], [2, 3]], None, "relu"), ([[1, 1]], [1], "identity")],
        masks=[[[1, 0], [1, 1]], None],
    )
    assert run(net, [1, 10]) == 1 + 32 + 1
    assert run(net, [1, 10], "x2-> = 0") == 4
    with pytest.raises(ParseError, match="no weight x2->h1"):
        run(net, [1, 10], "x2->h1 = 5")
    with pytest.raises(ParseError, match="h1 has no bias"):
        run(net, [1, 10], "h1.bias = 5")


def test_a_tied_number_changes_in_all_copies_or_in_one():
    net = Network.from_layers(
        [([[3, 0], [0, 3]], [0, 0], "identity"), ([[1, 10]], [0], "identity")],
        ties={"w": ["x1->h1", "x2->h2"]},
    )
    assert run(net, [1, 1]) == 33
    assert run(net, [1, 1], "w = 1") == 11
    assert run(net, [1, 1], "x1->h1 *= -1") == -33
    assert run(net, [1, 1], "w@2 += 1") == 43


def test_names_of_ones_own_and_no_hidden_layer():
    net = Network.from_layers(
        [([[1, -1]], ["1/2"], "step")], inputs=["rain", "wind"], outputs="umbrella"
    )
    assert run(net, [0, 1]) == 0
    assert run(net, [0, 1], "wind = 1/4") == 1
    assert run(net, [0, "1/2"]) == 0  # a step of 0 is 0
    assert run(net, [0, 1], "rain->umbrella *= 9, rain = 1").names == ("umbrella",)


@pytest.mark.parametrize(
    ("activation", "values"),
    [
        ("identity", [-2, 0, 3]),
        ("relu", [0, 0, 3]),
        ("abs", [2, 0, 3]),
        ("step", [0, 0, 1]),
        ("square", [4, 0, 9]),
    ],
)
def test_rational_activations(activation, values):
    net = Network.from_layers([([[1]], [0], activation)])
    assert [run(net, z)[0] for z in (-2, 0, 3)] == values


@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
@pytest.mark.parametrize("z", [-30.0, -1.25, 0.0, 0.5, 3.0])
def test_tanh_and_sigmoid_are_balls_that_hold_the_value(activation, z):
    net = Network.from_layers([([[1]], [0], activation), ([[2]], [1], "identity")])
    (found,) = run(net, z)
    expected = math.tanh(z) if activation == "tanh" else 1 / (1 + math.exp(-z))
    assert isinstance(found, Ball) and isinstance(found.lower, F)
    assert float(found) == pytest.approx(1 + 2 * expected, rel=1e-15)
    assert found.radius < F(1, 10**36)
    # By another route: the series of e^w, whose rest after 400 terms is far below 10^-100.
    w = F(z) if activation == "sigmoid" else 2 * F(z)
    power = term = F(1)
    for k in range(1, 400):
        term *= w / k
        power += term
    exact = power / (1 + power) if activation == "sigmoid" else (power - 1) / (power + 1)
    assert found.lower - F(1, 10**100) <= 1 + 2 * exact <= found.upper + F(1, 10**100)


def test_a_rational_output_of_a_tanh_network_stays_a_fraction():
    net = Network.from_layers([([[1]], [0], "tanh"), ([[2]], [1], "identity")])
    assert run(net, 3, "h1 = 1/2") == 2
    assert type(run(net, 3, "h1 = 1/2")[0]) is F
    mean = run(net, 3, "h1 = mean", domain=Domain.listed([[1], [-1]]))
    assert 1 in mean[0] and mean[0].radius < F(1, 10**36)


def test_a_step_that_the_balls_leave_open_is_undecided():
    # tanh(x) + tanh(-x) is 0, but only the balls know
    net = Network.from_layers([([[1], [-1]], [0, 0], "tanh"), ([[1, 1]], [0], "step")])
    assert run(net, 0) == 0
    with pytest.raises(Undecided, match=r"step unit is on is not decided"):
        run(net, 1)


# Families

ONE = [1, 1]


def test_resample_takes_every_other_input_in_turn():
    found = runs(NET, ONE, "h1 = resample", domain=BITS)
    assert all(isinstance(r, Run) for r in found)
    assert [r.outputs for r in found] == [F(-9, 4), F(-1, 4), F(-9, 4)]
    assert [r.source for r in found] == [(0, 0), (0, 1), (1, 0)]
    assert {r.x for r in found} == {(1, 1)} and found[0].intervention == "h1 = resample"


def test_one_clause_shares_a_source_and_two_clauses_draw_independently():
    shared = runs(NET, ONE, "h1, h2 = resample", domain=BITS)
    assert [r.outputs for r in shared] == CLEAN[:3]  # all of the hidden layer from one source
    apart = runs(NET, ONE, "h1 = resample, h2 = resample", domain=BITS)
    h1, h2 = [0, 1, 0], [F(1, 2), 0, F(7, 2)]
    assert [r.outputs for r in apart] == [2 * a - b + F(1, 4) for a in h1 for b in h2]
    assert apart[1].source == ((0, 0), (0, 1))


def test_resample_of_a_pre_activation_of_an_input_and_with_something_else():
    found = runs(NET, ONE, "h2.pre = resample", domain=BITS)
    assert [r.outputs for r in found] == [F(15, 4), F(17, 4), F(3, 4)]
    found = runs(NET, ONE, "x1 = resample", domain=BITS)
    assert [r.outputs for r in found] == [F(9, 4), F(9, 4), F(7, 4)]
    found = runs(NET, ONE, "h1 = resample, h2 = h2(x')", source=[1, 0], domain=BITS)
    assert [r.outputs for r in found] == [F(-13, 4), F(-5, 4), F(-13, 4)]
    found = runs(NET, [5, 5], "h1 = resample, x1->h1 = 0", domain=BITS)
    assert len(found) == 4  # x itself is not in the domain: nothing is left out


def test_worst_is_both_extremes_of_each_output():
    low, high = runs(NET, ONE, "h1 = worst", domain=BITS)
    assert (low.extreme, low.outputs) == (("y", "min"), F(-9, 4))
    assert (high.extreme, high.outputs) == (("y", "max"), F(7, 4))
    assert low.attained and high.attained and low.source is None


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("h1 = worst", F(-9, 4), F(7, 4)),  # [0, 2]
        ("h2 = worst", F(3, 4), F(17, 4)),  # [0, 7/2]
        ("h1, h2 = worst", F(-13, 4), F(17, 4)),
        ("h1 = worst, h2 = worst", F(-13, 4), F(17, 4)),
        ("h1.pre = worst", F(-9, 4), F(7, 4)),  # [-1, 2]
        ("h1.pre, h2.pre = worst", F(-13, 4), F(17, 4)),
        ("x1 = worst", F(7, 4), F(31, 12)),  # at x1 = 1/6 the second unit comes on
        ("x2 = worst", F(-13, 4), F(7, 4)),  # 2 relu(2b) - relu(7/2 - b) + 1/4
        ("x1, x2 = worst", F(-13, 4), F(31, 12)),
        ("y = worst", F(-13, 4), F(9, 4)),
        ("y.pre = worst", F(-13, 4), F(9, 4)),
        ("h1->y *= -1, h1 = worst", F(-25, 4), F(-9, 4)),  # the range is the clean one
        ("h1 = worst, h2 = 0", F(1, 4), F(17, 4)),
        ("x1 = worst, x1->h2 = (0, 1)", F(9, 4), F(17, 4)),  # h2 is off: 2 (x1 + 1) + 1/4
        ("x1 = worst, h1 = mean", F(-3, 4), F(7, 4)),  # 7/4 - relu(3 x1 - 1/2)
        ("x1 = worst, h2 = h2(x')", F(9, 4), F(17, 4)),
        ("h1 = worst, x1 = 0", F(1, 4), F(17, 4)),  # h2 = relu(-1/2)
    ],
)
def test_worst_by_hand(text, low, high):
    machine = Machine(NET, BITS)
    ((lowest, highest),) = machine.worst((1, 1), text, source=(0, 1))
    assert fractions(lowest, highest) == (low, high)
    found = runs(NET, ONE, text, source=[0, 1], domain=BITS)
    assert [r.outputs for r in found] == [low, high]


def test_a_pre_activation_has_its_own_range_and_its_own_values():
    # relu(z) does not tell h.pre from h: square does
    net = Network.from_layers([([[1]], [0], "square"), ([[1]], [0], "identity")])
    machine = Machine(net, Domain.listed([[-2], [1]]))
    assert machine.worst((1,), "h1.pre = worst") == ((0, 4),)
    assert machine.worst((1,), "h1 = worst") == ((1, 4),)
    (draw,) = machine.draws((1,), "h1.pre = resample")
    found = machine.values((1,), "h1.pre = resample", draws=draw)
    assert (found["h1.pre"], found["y"]) == (-2, 4)


def test_worst_with_resample_is_both_extremes_for_each_source():
    found = runs(NET, ONE, "h1 = worst, h2 = resample", domain=BITS)
    assert [(r.source, r.extreme[1], r.outputs[0]) for r in found] == [
        ((0, 0), "min", F(-1, 4)),
        ((0, 0), "max", F(15, 4)),
        ((0, 1), "min", F(1, 4)),
        ((0, 1), "max", F(17, 4)),
        ((1, 0), "min", F(-13, 4)),
        ((1, 0), "max", F(3, 4)),
    ]


def test_worst_through_softmax_gives_the_other_outputs_at_the_same_place():
    net = Network.from_layers(
        [([[1], [-1]], [0, 0], "relu"), ([[1, 0], [0, 1], [0, 0]], None, "softmax")]
    )
    domain = Domain.listed([[0], [3]])
    assert Machine(net, domain).worst((0,), "h1 = worst, y1 = 7") == ((7, 7), (-1, 0), (-1, 0))
    found = {r.extreme: r.outputs for r in runs(net, 0, "h1 = worst", domain=domain)}
    assert found["y1", "max"] == (2, -1, -1) and found["y1", "min"] == (0, 0, 0)
    assert found["y2", "min"] == (2, -1, -1) and found["y3", "max"] == (0, 0, 0)


@pytest.mark.parametrize(
    ("bias", "low", "high"),
    [(-1, 0, 0), ("-1/2", 0, 1), (0, 0, 1), ("1/4", 1, 1)],  # step(1 - 1) = 0: never on
)
def test_worst_over_a_step_knows_which_side_is_closed(bias, low, high):
    net = Network.from_layers([([[1]], [bias], "step"), ([[1]], [0], "identity")])
    found = runs(net, 0, "x1 = worst", domain=Domain.listed([[0], [1]]))
    assert [r.outputs for r in found] == [low, high]
    assert all(r.attained for r in found)


def test_worst_over_two_steps_of_one_value():
    # y = step(x1 + x2 - 1/2) - step(x1 + x2 - 3/2), and a third step of their difference
    net = Network.from_layers(
        [
            ([[1, 1], [1, 1]], ["-1/2", "-3/2"], "step"),
            ([[1, -1]], ["-1/2"], "step"),
            ([[3]], [1], "identity"),
        ]
    )
    machine = Machine(net, BITS)
    assert machine.worst((0, 1), "x1 = worst") == ((1, 4),)
    assert machine.worst((0, 0), "x1 = worst") == ((1, 4),)
    assert machine.worst((0, 3), "x1 = worst") == ((1, 1),)
    (extreme,) = machine.worst_full((0, 1), "x1 = worst")
    assert extreme.max_attained and extreme.max_at[0] <= fmpq(1, 2) < extreme.min_at[0]


def test_worst_of_tanh_is_enclosed():
    net = Network.from_layers(
        [([[2, 1], [1, -1]], [0, 0], "tanh"), ([[1, 1]], [0], "tanh"), ([[1]], [0], "identity")]
    )
    ((low, high),) = Machine(net, BITS).worst((1, 1), "x1 = worst")
    # increasing in x1, which runs from 0 to 1
    ends = [math.tanh(math.tanh(2 * a + 1) + math.tanh(a - 1)) for a in (0, 1)]
    assert float(low.mid()) == pytest.approx(ends[0], abs=1e-15)
    assert float(high.mid()) == pytest.approx(ends[1], abs=1e-15)


def test_one_run_that_is_no_family_is_a_list_of_one():
    (found,) = runs(NET, ONE, "h1 = 0")
    assert found.outputs == F(-9, 4) and found.source is None and found.extreme is None


# The domain


def test_means_and_ranges():
    machine = Machine(NET, BITS)
    assert [machine.mean(n) for n in ("h1.pre", "h1", "h2.pre", "h2", "y", "y.pre", "x1")] == [
        fmpq(1, 2),
        fmpq(3, 4),
        fmpq(3, 2),
        fmpq(13, 8),
        fmpq(1, 8),
        fmpq(1, 8),
        fmpq(1, 2),
    ]
    assert machine.interval("h2") == (0, fmpq(7, 2))
    assert machine.interval("h2.pre") == (fmpq(-1, 2), fmpq(7, 2))
    assert machine.interval("x2") == (0, 1)
    # The hidden places of pre-activations of inputs do not leak into anything.
    assert Machine(NET, Domain.listed([[2, 2], [3, 3]])).interval("h1.pre") == (5, 8)


def test_the_range_over_a_box_is_exact_and_has_no_mean():
    box = Machine(NET, Domain.box("[0,1]^2"))
    assert box.interval("h1") == (0, 2) and box.interval("h1.pre") == (-1, 2)
    assert box.interval("y") == (fmpq(-13, 4), fmpq(31, 12))
    assert box.interval("y.pre") == box.interval("y")
    assert box.interval("x1") == (0, 1)
    assert box.worst((1, 1), "h1 = worst") == ((fmpq(-9, 4), fmpq(7, 4)),)
    with pytest.raises(ToynetsError, match=r"h1 = mean averages (.|\n)*is a box(.|\n)*sampled"):
        box.mean("h1")


def test_the_range_over_a_box_of_softmax_and_tanh_outputs():
    net = Network.from_layers([([[1], [0]], [0, 0], "softmax")])
    assert Machine(net, Domain.box("[0,2]")).interval("y2") == (-1, 0)
    assert Machine(net, Domain.box("[0,2]")).interval("y2.pre") == (0, 0)
    bent = Network.from_layers([([[1]], [0], "tanh")])
    low, high = Machine(bent, Domain.box("[0,2]")).interval("y")
    assert float(high.mid()) == math.tanh(2) and low == 0


def test_a_sampled_domain_has_both():
    domain = Domain.sampled("[0,1]^2", count=20, seed=1)
    machine = Machine(NET, domain)
    values = [run(NET, x)[0] for x in domain.rows]
    assert fractions(*machine.interval("y")) == (min(values), max(values))
    assert fraction(machine.mean("y")) == sum(values) / len(values)


def test_values_of_a_machine_by_name():
    found = Machine(NET, BITS).values((1, 1), "h1 = mean, x2 = 0")
    assert found == {
        "x1": 1,
        "x2": 0,
        "h1.pre": 0,
        "h1": fmpq(3, 4),
        "h2.pre": fmpq(7, 2),
        "h2": fmpq(7, 2),
        "y.pre": fmpq(-7, 4),
        "y": fmpq(-7, 4),
    }
    assert isinstance(found["h2"], fmpq)


def test_draws_of_a_machine():
    machine = Machine(NET, BITS)
    plan = machine.wiring.resolve("h1 = resample")
    (group,) = plan.groups
    assert machine.outcome((1, 1), plan, draws={group: BITS.rows[1]}) == (fmpq(-1, 4),)
    assert [d[group] for d in machine.draws((1, 1), plan)] == list(BITS.rows[:3])


def test_an_input_may_be_given_in_many_ways():
    import numpy as np

    for x in ([1, 1], (1, 1), ["1", "2/2"], [1.0, fmpq(1)], np.ones(2, np.float32), [F(1), True]):
        assert run(NET, x) == F(7, 4)
    assert run(DEEP, np.float64(2)) == run(DEEP, [2]) == run(DEEP, "4/2") == 4
    assert run(NET, [0.1, 0]) == 2 * 0 - (3 * F(0.1) + F(1, 2)) + F(1, 4)  # 0.1 as it is stored


# The trace


def test_the_arithmetic_of_every_kind_of_replacement():
    def written(text):
        return trace(NET, ONE, text, source=[0, 1], domain=BITS).arithmetic

    assert written("") == (
        "h1.pre = 1*1 + 2*1 - 1 = 2",
        "h1 = relu(2) = 2",
        "h2.pre = 3*1 - 1*1 + 1/2 = 5/2",
        "h2 = relu(5/2) = 5/2",
        "y = 2*2 - 1*5/2 + 1/4 = 7/4",
    )
    assert written("h2 = 0")[3] == "h2 = 0 (replaced; it was 5/2)"
    assert written("h2.pre = -1")[2:4] == (
        "h2.pre = -1 (replaced; it was 5/2)",
        "h2 = relu(-1) = 0",
    )
    assert written("h1 = mean")[1] == "h1 = 3/4 (replaced by its mean; it was 2)"
    assert written("h1 = (x')")[1] == ("h1 = 1 (replaced by its value at x1 = 0, x2 = 1; it was 2)")
    assert written("h1 = h2.pre(1, 0)")[1] == (
        "h1 = 7/2 (replaced by h2.pre at x1 = 1, x2 = 0; it was 2)"
    )
    assert written("x1 = 0")[0] == "x1 = 0 (replaced; it was 1)"
    assert written("x1->h1 = (x')")[:2] == (
        "x1->h1 carries 0 (replaced by its value at x1 = 0, x2 = 1; it was 1)",
        "h1.pre = 1*0 + 2*1 - 1 = 1",
    )
    assert written("->h2 = 0, h2.bias *= -2")[:3] == (
        "x1->h2 = 0 (changed; it was 3)",
        "x2->h2 = 0 (changed; it was -1)",
        "h2.bias = -1 (changed; it was 1/2)",
    )
    assert written("->h2 = 0, h2.bias *= -2")[5] == "h2.pre = 0*1 + 0*1 - 1 = -1"
    assert written("y = 5")[-2:] == (
        "y.pre = 2*2 - 1*5/2 + 1/4 = 7/4",
        "y = 5 (replaced; it was 7/4)",
    )
    assert written("y.pre = 5")[-2:] == ("y.pre = 5 (replaced; it was 7/4)", "y = 5")


def test_the_arithmetic_of_negative_numbers_no_bias_and_no_parents():
    net = Network.from_layers(
        [([[-1, 0], [0, 0]], None, "abs"), ([[2, -3]], ["-1/2"], "identity")],
        masks=[[[1, 0], [0, 0]], None],
    )
    assert trace(net, [-2, 0]).arithmetic == (
        "h1.pre = -1*(-2) = 2",
        "h1 = abs(2) = 2",
        "h2.pre = 0",
        "h2 = abs(0) = 0",
        "y = 2*2 - 3*0 - 1/2 = 7/2",
    )


def test_the_arithmetic_of_softmax_and_of_tanh():
    net = Network.from_layers([([[1], [-3]], [0, 0], "softmax")])
    assert trace(net, 2).arithmetic == (
        "y1.pre = 1*2 = 2",
        "y1 = 2 + 2 = 4 (logit minus the mean of all)",
        "y2.pre = -3*2 = -6",
        "y2 = -6 + 2 = -4 (logit minus the mean of all)",
    )
    bent = Network.from_layers([([[1]], [0], "tanh"), ([[2]], [0], "identity")])
    assert trace(bent, 1).arithmetic == (
        "h1.pre = 1*1 = 1",
        "h1 = tanh(1) = 0.761594",
        "y = 2*0.761594 = 1.52319",
    )


def test_a_trace_has_every_value_and_shows_itself():
    found = trace(XOR, ONE, "h2 = 0")
    assert isinstance(found, Trace)
    assert dict(found) == {"x1": 1, "x2": 1, "h1.pre": 2, "h1": 2, "h2.pre": 1, "h2": 0,
                           "y.pre": 2, "y": 2}  # fmt: skip
    assert str(found).splitlines()[0] == "xor-sum  x1 = 1, x2 = 1   with h2 = 0"
    assert str(found).isascii()


# What is refused


@pytest.mark.parametrize(
    ("x", "said"),
    [
        ([1], r"net has 2 inputs \(x1, x2\), but the input is 1 number\.(.|\n)*\[0, 0\]"),
        ([1, 2, 3], r"2 inputs \(x1, x2\), but the input is 3 numbers"),
        ("11", r"2 inputs \(x1, x2\), but the input is '11'"),
        (1, r"2 inputs \(x1, x2\), but the input is 1\."),
        ([[0, 1], [1, 1], [0, 0]], r"several rows are several runs"),
        ([[0, 1], [1, 1]], r"x1 of the input: expected a number but got \[0, 1\]"),
        ([0, "0,5"], r"x2 of the input: '0,5'(.|\n)*write 0\.5 or 1/2"),
        ([float("nan"), 0], r"x1 of the input: nan is not a number"),
        ([0, None], r"x2 of the input: expected a number but got None"),
    ],
)
def test_an_input_that_does_not_fit_is_named(x, said):
    with pytest.raises(ToynetsError, match=said):
        run(NET, x)


def test_a_source_that_does_not_fit_is_named():
    with pytest.raises(ToynetsError, match="but the source is 3 numbers"):
        run(NET, ONE, "h1 = (x')", source=[1, 2, 3])


@pytest.mark.parametrize("call", [run, trace])
@pytest.mark.parametrize(
    ("text", "given", "said"),
    [
        ("h1 = (x')", {}, r"reads x', but no source input is given(.|\n)*source=\["),
        ("x1->h1 = (x')", {}, r"reads x', but no source input is given"),
        ("h1 = mean", {}, r"h1 = mean averages (.|\n)*none is given(.|\n)*domain="),
        ("h1.pre = mean", {"domain": Domain.box("[0,1]^2")}, r"is a box(.|\n)*fix: use Domain"),
        ("h1 = resample", {"domain": BITS}, r"resample is a family(.|\n)*use runs\(network"),
        ("h1 = worst", {"domain": BITS}, r"worst is a family(.|\n)*use runs\(network"),
        ("h3 = 0", {}, r"no unit h3 in net\. Units: h1, h2\. Nearest: h2"),
        ("x3->h1 = 0", {}, r"no input x3 in net"),
        ("h1 =", {}, r"a value is missing"),
        ("h1 = 0, h1 = 1", {}, r"h1 is changed twice"),
        ("h1 = 0", {"domain": Domain.boolean(3)}, r"has 3 inputs, but net has 2: x1, x2"),
    ],
)
def test_what_cannot_be_run_is_refused(call, text, given, said):
    with pytest.raises(ToynetsError, match=said):
        call(NET, ONE, text, **given)


@pytest.mark.parametrize(
    ("text", "given", "said"),
    [
        ("h1 = resample", {}, r"h1 = resample draws from (.|\n)*none is given"),
        ("h1 = resample", {"domain": Domain.box("[0,1]^2")}, r"draws from (.|\n)*is a box"),
        ("h1 = resample", {"domain": Domain.listed([ONE])}, r"nothing to draw from(.|\n)*fix:"),
        ("h1 = worst", {}, r"h1 = worst runs over the range of (.|\n)*none is given"),
        ("h1 = worst, h2 = (x')", {"domain": BITS}, r"no source input is given"),
    ],
)
def test_a_family_without_what_it_needs_is_refused(text, given, said):
    with pytest.raises(ToynetsError, match=said):
        runs(NET, ONE, text, **given)


def test_a_machine_refuses_what_it_cannot_answer():
    machine = Machine(NET, BITS)
    with pytest.raises(ToynetsError, match=r"two extremes of each output(.|\n)*worst\("):
        machine.outcome((1, 1), "h1 = worst")
    with pytest.raises(ToynetsError, match=r"resample is a family(.|\n)*draws=\{1: source\}"):
        machine.values((1, 1), "h1 = resample")
    with pytest.raises(ToynetsError, match=r"no value h3 in net(.|\n)*Nearest: h2"):
        machine.mean("h3")
    with pytest.raises(ToynetsError, match=r"no value x1\.pre in net"):
        machine.interval("x1.pre")


# Laws, against the plainest forward pass there is

NUMBERS = st.integers(-3, 3).map(lambda k: F(k, 2))


@st.composite
def networks(draw):
    sizes = draw(st.lists(st.integers(1, 3), min_size=2, max_size=4))
    acts = st.sampled_from(["relu", "abs", "step", "square", "identity"])
    layers = []
    for fan_in, fan_out in itertools.pairwise(sizes):
        weight = [[draw(NUMBERS) for _ in range(fan_in)] for _ in range(fan_out)]
        layers.append((weight, [draw(NUMBERS) for _ in range(fan_out)], draw(acts)))
    return layers, [draw(NUMBERS) for _ in range(sizes[0])]


FUNCTION = {
    "identity": lambda z: z,
    "relu": lambda z: max(z, F(0)),
    "abs": abs,
    "step": lambda z: F(int(z > 0)),
    "square": lambda z: z * z,
}


def plain(layers, x, removed=None):
    values = list(x)
    for k, (weight, bias, act) in enumerate(layers):
        values = [
            FUNCTION[act](sum((w * v for w, v in zip(row, values, strict=True)), b))
            for row, b in zip(weight, bias, strict=True)
        ]
        if removed is not None and removed[0] == k:
            values[removed[1]] = F(0)
    return values


@given(networks())
def test_the_clean_run_is_the_plain_forward_pass(made):
    layers, x = made
    assert run(Network.from_layers(layers), x) == plain(layers, x)


@given(networks(), st.data())
def test_a_removed_unit_is_a_zero_in_the_plain_forward_pass(made, data):
    layers, x = made
    net = Network.from_layers(layers)
    layer = data.draw(st.integers(0, len(layers) - 1))
    unit = data.draw(st.integers(0, len(layers[layer][1]) - 1))
    found = run(net, x, f"{net.layers[layer].units[unit]} = 0")
    assert found == plain(layers, x, (layer, unit))


@given(networks(), st.data())
def test_a_changed_number_is_another_network(made, data):
    layers, x = made
    net = Network.from_layers(layers)
    name = data.draw(st.sampled_from(sorted(net.numbers)))
    value = data.draw(NUMBERS)
    assert run(net, x, f"{name} = {value}") == run(net.with_numbers({name: value}), x)
    assert run(net, x, f"{name} *= -1") == run(net.with_numbers({name: -F(net.numbers[name])}), x)


@given(networks(), st.data())
def test_patching_a_unit_from_the_input_itself_changes_nothing(made, data):
    layers, x = made
    net = Network.from_layers(layers)
    unit = data.draw(st.sampled_from(net.units))
    part = data.draw(st.sampled_from(["", ".pre"]))
    assert run(net, x, f"{unit}{part} = (x')", source=x) == run(net, x)


@given(networks(), st.data())
def test_every_resampled_outcome_lies_between_the_worst(made, data):
    layers, x = made
    net = Network.from_layers(layers)
    other = [data.draw(NUMBERS) for _ in x]
    third = [data.draw(NUMBERS) for _ in x]
    domain = Domain.listed([x, other, third])
    name = data.draw(st.sampled_from([*net.inputs, *net.units]))
    if len(domain) == 1:
        domain = Domain.listed([x, [v + 1 for v in x]])
    machine = Machine(net, domain)
    extremes = machine.worst(domain.rows[0], f"{name} = worst")
    for one in runs(net, x, f"{name} = resample", domain=domain):
        for (low, high), y in zip(extremes, one.outputs, strict=True):
            value = fmpq(y.numerator, y.denominator)
            assert not arb(low) > value and not arb(high) < value
