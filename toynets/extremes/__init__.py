"""Exact extremes of the outputs of a small program of units over a box of a few variables.

A program is a list of nodes `activation(constant + sum of coefficient * value)`, each reading
variables and earlier nodes. Both sides of the house use it for `worst`: it knows numbers only, no
network and no explanation. How, in the order in which it is tried:

1. `program`: a unit that the ranges alone decide (always on, always off) is no unit any more.
2. `separate`: an output is a sum of parts that share no variable; their extremes add up. A part
   that is one activation of such a sum is monotone in it (or even, for abs and square).
3. `pieces`: other parts whose units are piecewise linear are cut into their linear pieces, each a
   polytope known by its corners. Exact.
4. `subdivision`: everything else is enclosed by bisection in ball arithmetic. Rigorous.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from toynets.extremes.numbers import Number
from toynets.extremes.program import Node, Program
from toynets.extremes.record import Extreme
from toynets.extremes.separate import Solver
from toynets.rationals import workprec

__all__ = ["Extreme", "Node", "extremes"]

LIMIT = 20_000


def extremes(
    nodes: Sequence[Node],
    variables: Sequence[tuple[Any, Any]],
    outputs: Sequence[int],
    *,
    limit: int = LIMIT,
) -> list[Extreme]:
    """Return the least and the greatest value of each output.

    Args:
        nodes: (activation, constant, [(index, coefficient), …]) in order of evaluation; with d
            variables, an index below d is a variable and d + k is node k. Numbers are fmpq, arb
            or int. Activations are identity, relu, abs, step, square, tanh and sigmoid; the
            logits of a softmax output are identity nodes.
        variables: (low, high) of each, a closed interval.
        outputs: indices, of nodes or variables.
        limit: how many pieces (or boxes) one part of an output may be cut into.

    Returns:
        A record per output. Its values are fmpq where every number is rational and every
        activation that matters is piecewise linear (or one square of such a thing), else balls
        that hold the true extreme.

    Raises:
        ToynetsError: the limit is reached, more than 10 variables meet in a part that is not
            separable, an unknown activation, or an interval that is empty.

    >>> from flint import fmpq
    >>> tent = [("relu", fmpq(0), [(0, 1)]), ("relu", fmpq(-1), [(0, 2)]),
    ...         ("identity", fmpq(0), [(1, 1), (2, -1)])]
    >>> extremes(tent, [(fmpq(0), fmpq(1))], [3])
    [Extreme(minimum=0 at (0), maximum=1/2 at (1/2))]
    >>> step = [("step", fmpq(0), [(0, 1)]), ("identity", fmpq(0), [(1, 1), (0, -1)])]
    >>> extremes(step, [(fmpq(0), fmpq(1))], [2])
    [Extreme(minimum=0 at (0), maximum=1 approached at (0))]
    """
    with workprec():
        program = Program(nodes, variables)
        solver = Solver(program, limit)
        lows: list[Number] = [low for low, _ in program.bounds[: program.dimension]]
        return [solver.output(index).record(lows) for index in outputs]
