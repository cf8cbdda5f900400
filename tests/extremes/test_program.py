"""What a program may be made of, and what is refused."""

from __future__ import annotations

import pytest
from extreme_cases import SIGNED, UNIT, Q, ends

from toynets.errors import ToynetsError
from toynets.extremes import extremes


def test_an_output_can_be_a_variable_a_constant_or_a_node_that_is_given_as_a_point():
    nodes = [("relu", Q(-1), []), ("abs", Q(-3), [(0, Q(0))]), ("square", Q(1), [(1, Q(1))])]
    found = extremes(nodes, [SIGNED, (Q(2), Q(2))], [0, 2, 3, 4])
    assert [ends(e) for e in found] == [(-1, 1), (0, 0), (3, 3), (9, 9)]
    assert found[0].min_at == (-1, 2) and found[0].max_at == (1, 2)


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
