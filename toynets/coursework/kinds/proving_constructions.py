"""Constructions on a box: proved to be what was wanted, or refuted at a point."""

from __future__ import annotations

from collections.abc import Sequence

from toynets.coursework.exercise import Exercise
from toynets.coursework.kinds.finding import Clock
from toynets.coursework.kinds.identities import Algebra, Beyond
from toynets.domain import Domain, label
from toynets.expressions import Binary, Call, Expression, Number, Unary, parse_expression
from toynets.network import Network
from toynets.rationals import ONE, rational


def prove(
    exercise: Exercise, network: Network, wanted: Sequence[Expression], box: Domain, clock: Clock
) -> tuple[str, str]:
    """Decide on a whole box whether a network is what was wanted.

    Args:
        exercise: with `tolerance` or `threshold`.
        network: that was built.
        wanted: an expression for each output.
        box: the domain.
        clock: of the claim.

    Returns:
        `proved` or `sampled`, and where it is wrong: "" for nowhere.
    """
    if any(layer.activation in ("square", "tanh", "sigmoid") for layer in network.layers):
        same, where = _by_algebra(exercise, network, wanted, box)
        if same or where:
            return "proved", where
    return _by_proof(exercise, network, wanted, box, clock)


def _by_algebra(
    exercise: Exercise, network: Network, wanted: Sequence[Expression], box: Domain
) -> tuple[bool, str]:
    """Return whether the outputs are one function with what is wanted, or a point of a difference.

    Both are polynomials over the inputs and over tanh units; equal ones are one function.
    """
    algebra = Algebra()
    assert box.bounds is not None
    bounds = dict(zip(network.inputs, box.bounds, strict=True))
    inputs = {
        name: algebra.variable(name) if low < high else algebra.number(low)
        for name, (low, high) in bounds.items()
    }
    try:
        mine = algebra.of_network(network, list(inputs.values()))
        theirs = [algebra.of_expression(e, inputs) for e in wanted]
        gaps = [algebra.sum([(ONE, a), (-ONE, b)]) for a, b in zip(mine, theirs, strict=True)]
    except Beyond:
        return False, ""
    if not any(gaps):
        return True, ""
    if "threshold" in exercise.ask or rational(exercise.ask.get("tolerance", "0")) != 0:
        return False, ""
    free = {name: bounds[name] for name in algebra.free}
    for gap in gaps:
        point = algebra.not_zero_at(gap, free)
        if point is not None:
            return False, label(tuple(point.get(n, low) for n, (low, _) in bounds.items()))
    return False, ""


def _by_proof(
    exercise: Exercise, network: Network, wanted: Sequence[Expression], box: Domain, clock: Clock
) -> tuple[str, str]:
    from toynets.verification.proofs.claims import at_least, settle, within
    from toynets.verification.proofs.forms import atom
    from toynets.verification.proofs.program import Unprovable
    from toynets.verification.proofs.prover import Prover

    limits = clock.left()
    prover = Prover(network, box, cells=limits.cells, seconds=limits.seconds)
    try:
        program = prover.base()
        inputs = list(range(program.dimension))
        run = program.run("network", prover.layers, inputs)
        names = dict(zip(network.inputs, inputs, strict=True))
        right = [program.express(in_squares(e), names) for e in wanted]
        left = [run[o] for o in network.outputs]
        if "threshold" in exercise.ask:
            least = rational(exercise.ask["threshold"])
            above = [
                [program.raw("step", atom(i).plus(-least)) for i in side] for side in (left, right)
            ]
            pairs = {f"{s}{k}": i for s, side in zip("ab", above, strict=True)
                     for k, i in enumerate(side)}  # fmt: skip
            said = " and ".join(f"(a{k} == b{k})" for k in range(len(left)))
            alike = program.express(parse_expression(said, names=tuple(pairs)), pairs)
            claim = at_least("decided alike", program, atom(alike).plus(-ONE))
        else:
            epsilon = rational(exercise.ask.get("tolerance", "0"))
            claim = within("equal", program, epsilon, left, right)
        answer = settle(claim, cells=limits.cells, seconds=limits.seconds)
    except Unprovable:
        return "sampled", ""
    if answer.verdict == "refuted" and answer.witness is not None:
        return "proved", label(answer.witness.row)
    return ("proved" if answer.verdict == "proved" else "sampled"), ""


def in_squares(expression: Expression) -> Expression:
    """Write a product of names as squares, which balls can enclose: ab = ((a+b)^2 - (a-b)^2) / 4.

    >>> print(in_squares(parse_expression("2*x1*x2")))
    (square(2*x1 + x2) - square(2*x1 - x2))/4
    """
    if not expression.has_names or not expression.children:
        return expression
    parts = [in_squares(child) for child in expression.children]
    if isinstance(expression, Unary):
        return Unary(expression.label, *parts)
    if isinstance(expression, Call):
        return Call(expression.label, *parts)
    if expression.label == "*" and all(part.has_names for part in parts):
        plus, minus = (Call("square", Binary(sign, *parts)) for sign in "+-")
        return Binary("/", Binary("-", plus, minus), Number(4))
    return Binary(expression.label, *parts)
