"""Roles on a box, against the same tests on every point of a line where anything can change."""

import random
from itertools import pairwise

import pytest

from toynets.domain import Domain
from toynets.exact import Machine
from toynets.network import Network
from toynets.rationals import rational as q
from toynets.rationals import row_key
from toynets.verification import UNIT_ROLES, Decision, Roles
from toynets.verification.roles_on_boxes import ON_BOXES, BoxRoles
from toynets.verification.unit_roles import UNIT_TESTS

BOX = Domain.box("[-2,2]")
JOINTS = [q(k) / 4 for k in range(-8, 9)]  # of every unit that `networks` makes


def on_box(network, decision=None, count=5, seconds=20, box=BOX):
    rows = Domain.sampled(box, count=count)
    rule = Decision(decision or {}, network.outputs)
    machine = Machine(network, rows)
    return BoxRoles(network, machine, rows.rows, rule, box, cells=2_000, seconds=seconds)


def networks(count, seed):
    """Small networks of one input with all joints on quarters; some have twins or dead units."""
    rng = random.Random(seed)
    for _ in range(count):
        size = rng.choice([2, 3])
        weight = [[rng.choice([-2, -1, 0, 1, 2])] for _ in range(size)]
        bias = [f"{rng.randint(-6, 6)}/2" for _ in range(size)]
        if rng.random() < 0.4:
            weight[1], bias[1] = weight[0], bias[0]
        out = [[rng.choice([-2, -1, 0, 1, 2]) for _ in range(size)]]
        hidden = (weight, bias, rng.choice(["relu", "relu", "abs"]))
        made = Network.from_layers([hidden, (out, [f"{rng.randint(-2, 2)}/2"], "identity")])
        yield made, rng.choice([{"threshold": "1/2"}, {"sign": True}, {}])


def turning_points(network, machine, unit, threshold):
    """Return every joint, every zero of what a role compares, and two points between them."""
    plan = machine.wiring.resolve(f"{unit} = 0")
    bias = q(network.numbers["y.bias"])

    def compared(x):
        a, b = machine.values((x,)), machine.values((x,), plan)
        outputs = [a["y"] - threshold, b["y"] - threshold, a["y"] - b["y"], b["y"] - bias]
        return [*outputs, *(a[u] for u in network.units)]

    points = {row_key((x,)): x for x in JOINTS}
    for left, right in pairwise(JOINTS):
        for a, b in zip(compared(left), compared(right), strict=True):
            if a * b < 0:
                zero = left + (right - left) * a / (a - b)
                points[row_key((zero,))] = zero
    order = sorted(points.values())
    between = [
        left + (right - left) * q(s) for left, right in pairwise(order) for s in ("1/3", "2/3")
    ]
    return [(x,) for x in [*order, *between]]


def test_every_role_of_small_networks_is_decided_as_on_all_turning_points():
    seen = set()
    for network, decision in networks(10, seed=6):
        rule = Decision(decision, network.outputs)
        machine = Machine(network, Domain.sampled(BOX, count=5))
        mine = on_box(network, decision)
        for unit in network.units:
            rows = turning_points(network, machine, unit, rule.threshold)
            truth = Roles(network, machine, rows, rule)
            for role in UNIT_ROLES:
                found, reason = mine.holds(unit, role)
                assert found is truth.holds(unit, role)[0], (network.numbers, unit, role, reason)
                seen.add((role, found))
    assert len(seen) == 2 * len(UNIT_ROLES) - 1  # a backup needs a network of its own
    assert set(ON_BOXES) == set(UNIT_TESTS)


# h2.1 is on where |x1 - 683/2048| < 1/8192, between the points of every sample.
NEEDLE = Network.from_layers(
    [
        ([[1]], ["-683/2048"], "abs"),
        ([[-1], [-1]], ["1/8192", "1/8192"], "relu"),
        ([[1, 1]], [0], "identity"),
    ]
)


@pytest.mark.parametrize(
    ("unit", "role", "holds", "tried"),
    [
        ("h2.1", "dead", False, True),
        ("h2.1", "constant", False, True),
        ("h2.1", "detector", True, False),
        ("h2.1", "duplicate of h2.2", True, False),
        ("h2.1", "duplicate of h1.1", False, False),
        ("h2.1", "hinge", True, False),
        ("h1.1", "hinge at 683/2048", True, True),
        ("h1.1", "hinge at 1/3", False, False),
        ("h1.1", "backup", False, False),
        ("y", "dead", False, True),
        ("y", "duplicate of h2.1", False, False),
    ],
)
def test_what_happens_between_the_points_counts(unit, role, holds, tried):
    found, reason = on_box(NEEDLE, count=60).holds(unit, role)
    assert found is holds
    assert holds or reason.startswith(f"{unit} is not ")
    rows = Domain.sampled(BOX, count=60)
    old = Roles(NEEDLE, Machine(NEEDLE, rows), rows.rows, Decision({}, NEEDLE.outputs))
    assert old.holds(unit, role)[0] is tried


def test_a_corrector_opposes_at_every_single_point():
    # y = |x1 - 683/2048| - 4: at one point there is nothing that h2 opposes.
    made = Network.from_layers(
        [([[1], [0]], ["-683/2048", "4"], "abs"), ([[1, -1]], [0], "identity")]
    )
    assert on_box(made, {"sign": True}, count=60).holds("h2", "corrector")[0] is False
    made = Network.from_layers([([[0], [0]], ["1", "4"], "abs"), ([[1, -1]], [0], "identity")])
    assert on_box(made, {"sign": True}).holds("h2", "corrector")[0] is True


def test_a_backup_has_no_effect_anywhere_and_is_needed_somewhere():
    layers = [
        ([[1], [1]], [0, 0], "relu"),
        ([[1, 0], [-1, 1]], [0, 0], "relu"),
        ([[1, 1]], [0], "identity"),
    ]
    spare = on_box(Network.from_layers(layers))
    assert spare.holds("h2.2", "backup")[0] is True
    assert spare.holds("h2.1", "backup")[0] is False
    # With a needle in it it has an effect that no sampled point shows.
    layers[1] = ([[1, 0], [-1, 1]], [0, "1/8192"], "relu")
    layers[0] = ([[1], [1]], [0, "-1/8192"], "relu")
    assert on_box(Network.from_layers(layers)).holds("h2.2", "backup")[0] is False


def test_the_largest_of_several_outputs_decides():
    # Without h1 the two outputs tie where x1 > 0: another decision than the first alone.
    two = Network.from_layers([([[1]], [0], "relu"), ([[1], [0]], [0, 0], "identity")])
    assert on_box(two, {"argmax": True}).holds("h1", "corrector")[0] is False  # opposes nothing
    beside = Network.from_layers(
        [([[1], [0]], ["-1", "3"], "relu"), ([[-4, 1], [0, 1]], [0, -1], "identity")]
    )
    # y1 = 3 - 4*h1, y2 = 2: the decision turns at h1 = 1/4, and h1 is on before that.
    assert on_box(beside, {"argmax": True}).holds("h1", "corrector")[0] is False
    near = Network.from_layers(
        [([[1], [0]], ["-1", "3"], "relu"), ([[-4, 1], [0, 1]], [0, 0], "identity")]
    )
    # y1 = 3 - 4*h1 and y2 = 3 tie where h1 is off: on is exactly where the tie is broken.
    assert on_box(near, {"argmax": True}).holds("h1", "corrector")[0] is True


def test_without_time_nothing_is_decided_that_needs_a_proof():
    roles = on_box(NEEDLE, count=60, seconds=0)
    assert roles.holds("h2.1", "dead")[0] is None
    assert roles.holds("h1.1", "dead")[0] is False  # a point shows it
    assert roles.holds("h2.1", "mixed")[0] is None
    assert roles.holds("h1.1", "hinge at x")[0] is False


def test_curved_units_have_the_roles_that_their_weights_and_points_give():
    bent = Network.from_layers([([[1], [1]], [0, 0], "tanh"), ([[1, -1]], [0], "identity")])
    roles = on_box(bent)
    assert roles.holds("h1", "dead")[0] is False
    assert roles.holds("h1", "hinge")[0] is False
    assert roles.holds("h1", "duplicate")[0] is None  # balls do not show that two are equal
    pair = Network.from_layers([([[1, 1]], [0], "tanh"), ([[1]], [0], "identity")])
    square = on_box(pair, box=Domain.box("[-1,1]^2"))
    assert square.holds("h1", "counter")[0] is True
    assert square.holds("h1", "comparator")[0] is False
