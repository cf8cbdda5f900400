"""What a program may be made of, and what is refused."""

from __future__ import annotations

import pytest
from extreme_cases import SIGNED, UNIT, Q, ends, one
from flint import arb

from toynets.errors import ToynetsError
from toynets.extremes import extremes


def test_an_output_can_be_a_variable_a_constant_or_a_node_that_is_given_as_a_point():
    nodes = [("relu", Q(-1), []), ("abs", Q(-3), [(0, Q(0))]), ("square", Q(1), [(1, Q(1))])]
    found = extremes(nodes, [SIGNED, (Q(2), Q(2))], [0, 2, 3, 4])
    assert [ends(e) for e in found] == [(-1, 1), (0, 0), (3, 3), (9, 9)]
    assert found[0].min_at == (-1, 2) and found[0].max_at == (1, 2)


def test_a_variable_that_does_not_matter_is_given_as_its_low_end():
    found = one([("relu", Q(0), [(0, Q(1))])], [SIGNED, (Q(2), Q(5))])
    assert (found.min_at, found.max_at) == ((-1, 2), (1, 2))


def test_outputs_come_in_the_order_in_which_they_are_asked_for():
    nodes = [("relu", Q(0), [(0, Q(1))]), ("identity", Q(3), [(0, Q(2))])]
    assert [ends(e) for e in extremes(nodes, [SIGNED], [2, 0, 1])] == [(1, 5), (-1, 1), (0, 1)]


def test_variables_that_are_held_at_a_point_do_not_count_as_meeting():
    nodes = [("relu", Q(-4), [(k, Q(1)) for k in range(11)])]
    nodes.append(("identity", Q(0), [(11, Q(2)), (0, Q(-1))]))
    # 2 relu(a + 10/2 - 4) - a on [-2, 2]: 2 at -2, falls to 1 at -1, rises to 4 at 2
    found = one(nodes, [(Q(-2), Q(2))] + [(Q(1, 2), Q(1, 2))] * 10)
    assert ends(found) == (1, 4) and found.min_at == (-1, *[Q(1, 2)] * 10)


def test_a_number_that_is_not_finite_is_refused():
    nodes = [("relu", Q(-1, 2), [(0, Q(1))]), ("identity", Q(0), [(1, arb("inf")), (0, Q(1))])]
    with pytest.raises(ToynetsError, match="not finite"):
        extremes(nodes, [SIGNED], [2])


@pytest.mark.parametrize(
    ("nodes", "variables", "outputs", "said"),
    [
        ([("relu", Q(0), [(1, Q(1))])], [UNIT], [1], "reads index 1, which does not come before"),
        ([], [UNIT], [1], "no output 1: the indices run from 0 to 0"),
        ([], [(Q(1), Q(0))], [0], "interval of variable 1, from 1 to 0, is empty"),
        ([("softmax", Q(0), [(0, Q(1))])], [UNIT], [1], "activation 'softmax'(.|\n)*logits"),
    ],
)
def test_a_program_that_makes_no_sense_is_refused(nodes, variables, outputs, said):
    with pytest.raises(ToynetsError, match=said):
        extremes(nodes, variables, outputs)
