"""Every role on a network that has it, and on one that nearly has it."""

import pytest

from toynets.domain import Domain
from toynets.errors import Undecided
from toynets.exact import Machine
from toynets.network import Network
from toynets.rationals import rational as q
from toynets.rationals import workprec
from toynets.verification import UNIT_ROLES, WEIGHT_ROLES, Decision, Roles
from toynets.verification.roles import graded


def roles(layers, domain=None, decision=None, complete=True, **tolerances):
    network = Network.from_layers(layers, round=True)
    domain = domain or Domain.boolean(len(network.inputs))
    epsilon = {row: q(v) for row, v in tolerances.items()}
    return Roles(
        network,
        Machine(network, domain),
        domain.rows,
        Decision(decision or {}, network.outputs),
        epsilon,
        complete=complete,
    )


XOR = [([[1, 1], [1, 1]], [0, -1], "relu"), ([[1, -2]], [0], "identity")]
DIFFERENCE = [([[1, -1], [-1, 1]], [0, 0], "relu"), ([[1, 1]], [0], "identity")]
HALF = {"threshold": "1/2"}


def one(weight, bias, kind, out=1):
    """One hidden unit and an output that reads it."""
    return [([weight], [bias], kind), ([[out]], [0], "identity")]


@pytest.mark.parametrize(
    ("layers", "name", "found"),
    [
        (XOR, "h1", {"detector", "counter"}),
        (XOR, "h2", {"detector", "corrector", "counter", "hinge"}),
        (DIFFERENCE, "h1", {"detector", "comparator", "hinge"}),
        (one([1, 2], 0, "relu"), "h1", {"detector"}),  # unequal weights count nothing
        (one([-1, -1], 0, "identity"), "h1", {"detector", "duplicate"}),  # falls with the count
        (one([1, 1], -2, "relu"), "h1", {"dead", "constant"}),
        (one([0, 0], 3, "relu"), "h1", {"constant"}),
        (one([1], 0, "identity"), "h1", {"detector", "duplicate"}),
        (one([1, 1], -1, "square"), "h1", {"detector"}),  # 1, 0, 0, 1 is not monotone
    ],
)
def test_which_roles_of_a_unit_hold(layers, name, found):
    got = set(roles(layers, decision=HALF).of(name))
    assert got == found


def test_a_corrector_is_needed_exactly_where_it_is_on():
    assert "corrector" in roles(XOR, decision=HALF).of("h2")
    # With the threshold at -1/2 the output 2 is right without it as well.
    assert "corrector" not in roles(XOR, decision={"threshold": "-1/2"}).of("h2")
    assert "corrector" in roles(XOR).of("h2")  # by value it changes 11 and nothing else
    # It opposes the others only if its sign does.
    plus = [XOR[0], ([[1, 2]], [0], "identity")]
    assert "corrector" not in roles(plus).of("h2")


def test_a_hinge_has_its_joint_inside_the_domain():
    line = Domain.listed([[-2], [-1], [0], [1], [2]])
    tent = roles(one([2], -1, "relu"), line)
    assert tent.holds("h1", "hinge at 1/2") == (True, "changes slope at x1 = 1/2")
    assert tent.holds("h1", "hinge at 1") == (False, "the joint of h1 is at 1/2")
    outside = roles(one([1], 3, "relu"), line)
    assert not outside.holds("h1", "hinge")[0]
    assert not roles(one([1], 0, "relu", out=0), line).holds("h1", "hinge")[0]


def test_a_carrier_follows_one_parent_where_it_matters():
    line = Domain.listed([[-1], [0], [1], [2]])
    assert roles(one([2], 0, "relu"), line).holds("h1", "carrier") == (
        True,
        "follows x1 with slope 2 wherever it matters",
    )
    bent = roles(one([1], 0, "square"), line)
    assert not bent.holds("h1", "carrier")[0]


def test_a_duplicate_is_another_unit_up_to_gauge():
    def twins(second, kind, domain=None):
        return roles([([[1], second], None, kind), ([[1, 1]], None, "identity")], domain)

    line = Domain.listed([[-1], [1], [2]])
    assert twins([2], "relu", line).holds("h2", "duplicate of h1") == (
        True,
        "2 times h1 on every input",
    )
    assert twins([-1], "tanh", line) is not None
    assert not twins([-1], "relu", line).holds("h2", "duplicate of h1")[0]
    assert not twins([2], "square", line).holds("h2", "duplicate of h1")[0]
    assert twins([-1], "identity", line).holds("h2", "duplicate")[0]


def test_a_backup_matters_only_once_another_is_gone():
    # y = min(h1 + h2, 1): either alone is enough where both are 1.
    layers = [
        ([[1], [1]], None, "relu"),
        ([[-1, -1]], [1], "relu"),
        ([[-1]], [1], "identity"),
    ]
    found = roles(layers, Domain.boolean(1))
    assert found.of("h1.1")["backup"] == "no effect alone; on 1 it matters once h1.2 is gone"
    assert "backup" not in roles(XOR).of("h1")


def test_mixed_is_what_has_no_other_role():
    layers = [([[1, 2]], [1], "square"), ([[1]], None, "identity")]
    found = roles(layers)
    assert found.of("h1") == {"mixed": "none of the other roles holds"}
    assert found.holds("h1", "mixed")[0]
    assert not roles(XOR).holds("h1", "mixed")[0]


def test_a_detector_is_nonzero_exactly_on_its_stated_set():
    found = roles(XOR)
    bits = [q(0), q(0), q(0), q(1)]
    assert found.holds("h2", "detector", bits) == (True, "nonzero exactly on 11")
    wrong = [q(0), q(1), q(0), q(1)]
    assert found.holds("h2", "detector", wrong) == (
        False,
        "on 01 the unit is zero, unlike its concept",
    )


def test_a_detector_is_wrong_on_the_first_and_on_the_last_input_alone():
    found = roles(XOR)
    last, first = [q(0)] * 4, [q(1), q(0), q(0), q(1)]
    assert found.holds("h2", "detector", last)[1].startswith("on 11 the unit is not zero")
    assert found.holds("h2", "detector", first)[1].startswith("on 00 the unit is zero")


def test_the_joint_of_a_hinge_is_within_the_tolerance_and_no_further():
    line = Domain.listed([[-2], [-1], [0], [1], [2]])
    tent = roles(one([2], -1, "relu"), line, units="1/10")  # its joint is at 1/2
    assert tent.holds("h1", "hinge at 0.6")[0] and tent.holds("h1", "hinge at 0.4")[0]
    assert not tent.holds("h1", "hinge at 0.61")[0]
    assert not tent.holds("h1", "hinge at 0.39")[0]


def test_a_duplicate_is_of_the_unit_that_is_named():
    line = Domain.listed([[-1], [1], [2]])
    three = roles([([[1], [2], [-1]], None, "relu"), ([[1, 1, 1]], None, "identity")], line)
    assert three.holds("h2", "duplicate of h1")[0] and three.holds("h2", "duplicate")[0]
    # h1 is one of h2, yet h3, which is on for other inputs, is not meant by it.
    assert three.holds("h2", "duplicate of h3")[0] is False
    assert three.holds("h2", "duplicate of h2")[0] is False


@pytest.mark.parametrize(
    ("layers", "address", "found"),
    [
        (XOR, "x1->h1", {"excites"}),
        (XOR, "h2->y", {"inhibits"}),
        (XOR, "h2.bias", {"inhibits", "sets threshold"}),
        (XOR, "h1.bias", {"no effect"}),
        (one([1, 0], 0, "relu"), "x1->h1", {"excites", "scales"}),
        (one([1, 0], 0, "relu"), "x2->h1", {"no effect"}),
        # Positive, but the unit is dead with it and without it.
        (one([1, 0], -1, "relu"), "x1->h1", {"no effect"}),
        # It changes its unit, of which nothing is read.
        (one([1, 0], 0, "relu", out=0), "x1->h1", {"excites", "scales", "no effect"}),
        (one([1], 2, "identity"), "h1.bias", {"excites", "sets threshold"}),
        # The other parent varies: nothing is scaled.
        (XOR, "h1->y", {"excites"}),
    ],
)
def test_which_roles_of_a_weight_hold(layers, address, found):
    assert set(roles(layers).of(address)) == found


def test_tolerances_are_for_equal_and_not_for_unequal():
    layers = one([1, "1/1000"], 0, "relu")
    assert "scales" not in roles(layers).of("x1->h1")
    assert "scales" in roles(layers, weights="1/100").of("x1->h1")
    assert "no effect" in roles(layers, ablations="1/100", units="1/100").of("x2->h1")
    assert "excites" in roles(layers).of("x2->h1")
    assert "excites" not in roles(layers, units="1/100").of("x2->h1")


def test_a_unit_within_the_tolerance_of_0_is_dead_and_one_that_falls_is_no_counter():
    faint = one(["1/1000"], 0, "relu")
    assert not roles(faint).holds("h1", "dead")[0]
    assert roles(faint, units="1/100").holds("h1", "dead") == (True, "0 on every input")
    bowl = roles(one([1, 1], -1, "square"))
    assert bowl.holds("h1", "counter") == (False, "h1 is not a counter; what holds: detector")
    shallow = roles(one([1, 1], -1, "square"), units="1")  # it falls by 1, and rises by 1
    assert "counter" not in shallow.of("h1")  # within the tolerance it does not even vary


def test_what_a_sample_does_not_show_is_undecided_what_it_shows_is_not():
    half = Domain.listed([[-1], [-2]])  # of a box: relu(x1) is 0 here and may not be elsewhere
    found = roles(one([1], 0, "relu"), half, complete=False)
    for name, role in (
        ("x1->h1", "excites"),
        ("x1->h1", "scales"),
        ("h1", "detector"),
        ("h1", "hinge"),
        ("h1", "carrier"),
    ):
        with pytest.raises(Undecided, match="on none of the sampled inputs"):
            found.holds(name, role)
    assert found.holds("h1", "dead") == (True, "0 at the 2 points tried")
    assert not found.holds("x1->h1", "inhibits")[0]
    assert not roles(one([1], 0, "relu"), Domain.listed([[1], [2]]), complete=False).holds(
        "h1", "dead"
    )[0]
    whole = roles(one([1], 0, "relu"), half)
    assert not whole.holds("x1->h1", "excites")[0]


def test_roles_of_balls_hold_where_they_are_certain():
    with workprec():
        tanh = roles(one([1, -1], 0, "tanh"))
        assert set(tanh.of("h1")) >= {"detector", "comparator"}
        assert tanh.holds("x1->h1", "excites") == (True, "raises h1 on 10, 11")
        counter = roles(one([1, 1], 0, "sigmoid"))
        assert counter.holds("h1", "counter")[0]
        # Two sums of the same balls are 0 and cannot be known to be.
        cancels = roles(
            [([[1], [1]], None, "tanh"), ([[1, -1]], None, "identity")], Domain.listed([[1], [2]])
        )
        with pytest.raises(Undecided, match="a ball straddles"):
            cancels.holds("y", "dead")
        assert not cancels.holds("h1", "dead")[0]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("detector", ("detector", "")),
        (" Sets  Threshold ", ("sets threshold", "")),
        ("Duplicate of h1", ("duplicate", "h1")),
        ("hinge at -1/2", ("hinge", "-1/2")),
        ("hinge near 1/2", ("", "")),
        ("a detector", ("", "")),
        ("", ("", "")),
    ],
)
def test_words_of_the_roles_are_read_however_they_are_capitalised(text, found):
    assert graded(text) == found


def test_the_words_are_those_of_the_design():
    assert set(UNIT_ROLES) == {
        *("detector", "corrector", "counter", "comparator", "carrier", "hinge", "constant"),
        *("dead", "duplicate", "backup", "mixed"),
    }
    assert WEIGHT_ROLES == ("excites", "inhibits", "sets threshold", "scales", "no effect")
