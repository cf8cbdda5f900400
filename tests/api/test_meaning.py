"""What one weight means: where it is active, what a step does, the outcome without it."""

from __future__ import annotations

import pytest

from toynets.api.meaning import meaning
from toynets.errors import ToynetsError
from toynets.network import Network


def net(*layers, **keys) -> Network:
    return Network.from_layers(layers, name="net", **keys)


def test_a_weight_is_active_where_its_unit_would_differ_without_it():
    assert meaning("xor-sum", "x1->h2").multiplies.endswith(
        "active on 11: there h2 would differ without it"
    )
    assert "active nowhere" in meaning("xor-sum", "h1.bias").multiplies


def test_a_step_up_at_a_kink_is_judged_by_its_direction():
    # At 00 a step up in x1 turns h1 on; through an inhibiting weight it does nothing.
    assert "at its kink (00)" in meaning("xor-sum", "x1->h1").slope.partition(";")[0]
    inhibited = net(([[-1]], [0], "relu"), ([[1]], [0], "identity"))
    assert meaning(inhibited, "x1->h1").slope == (
        "nothing where h1 is off (1), and where h1 is at its kink (0)"
    )


def test_a_step_through_an_absolute_value_turns_with_the_side():
    fold = net(([[2]], [-1], "abs"), ([[3]], [0], "identity"))
    assert meaning(fold, "x1->h1").slope == (
        "y - 6 where h1.pre < 0 (0); y + 6 where h1.pre > 0 (1)"
    )


def test_a_step_is_carried_through_every_layer():
    deep = net(
        ([[1], [1]], [0, -2], "relu"),
        ([[1, 1]], [0], "relu"),
        ([[2]], [0], "identity"),
    )
    assert meaning(deep, "x1->h1.1").slope == (
        "y + 2 where h1.1 is on and h2.1 is on (1), "
        "and where h1.1 is at its kink and h2.1 is at its kink (0)"
    )


def test_where_activations_bend_a_whole_step_is_taken():
    import math

    bent = net(([[1]], [0], "tanh"), ([[1]], [0], "identity"))
    first, second = math.tanh(1), math.tanh(2) - math.tanh(1)
    assert meaning(bent, "x1->h1").slope == f"y changes by +{first:.3g} on 0, +{second:.3g} on 1"


def test_a_jump_is_not_called_flat():
    jump = net(([[1]], [0], "step"), ([[1]], [0], "identity"))
    assert meaning(jump, "x1->h1").slope == "y changes by +1 on 0, 0 on 1"


def test_under_softmax_a_step_moves_all_logits():
    soft = net(([[1], [0]], [0, 0], "relu"), ([[1, 0], [0, 1]], [0, 0], "softmax"))
    assert meaning(soft, "h1->y1").slope == "y1 + 1/2, y2 - 1/2 everywhere"


def test_the_smallest_input_that_shows_it_has_the_fewest_inputs_on():
    assert "smallest input that shows it: 01, y = -1 instead of 1" in (
        meaning("xor-sum", "h2.bias").without
    )
    assert meaning("xor-sum", "y.bias").without == "nothing changes on {0, 1}^2: it is already 0"


def test_a_parameter_is_given_with_its_value_and_tolerance():
    said = meaning("xor-relu-1", "x1->h1").role
    assert "stated a = 0.8" in said
    assert "to within" in said


def test_a_tied_number_goes_in_all_its_places():
    tied = net(([[1, 1]], [0], "relu"), ([[1]], [0], "identity"), ties={"w": ["x1->h1", "x2->h1"]})
    assert meaning(tied, "w").without.startswith("in all 2 places: y on 00 01 10 11 is 0 0 0 0")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("x1->h3", r"no weight x1->h3 in xor-sum\. Weights: x1->h1.*Nearest: x1->h2"),
        ("h1", "h1 is a unit, not a weight"),
        ("nonsense", "no weight nonsense in xor-sum"),
    ],
)
def test_what_is_no_weight_is_refused(address, said):
    with pytest.raises(ToynetsError, match=said):
        meaning("xor-sum", address)
