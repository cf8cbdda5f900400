"""Constructions on a box: proved to be what was wanted, or refuted at a point."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from toynets.coursework.exercise import Exercise
from toynets.coursework.kinds.finding import Clock
from toynets.coursework.kinds.identities import Algebra, Beyond
from toynets.domain import Domain, label
from toynets.expressions import Binary, Call, Expression, Number, Unary, parse_expression
from toynets.network import Network
from toynets.rationals import ONE, ZERO, Rational, rational


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
        found = _by_algebra(exercise, network, wanted, box, clock)
        if found[0] == "proved":
            return found
    return _by_proof(exercise, network, wanted, box, clock)


def _by_algebra(
    exercise: Exercise, network: Network, wanted: Sequence[Expression], box: Domain, clock: Clock
) -> tuple[str, str]:
    """Decide it by the difference of output and target, as a polynomial: what cancels is gone."""
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
        return "sampled", ""
    if not any(gaps):
        return "proved", ""
    if "threshold" in exercise.ask:
        return "sampled", ""
    epsilon = rational(exercise.ask.get("tolerance", "0"))
    if epsilon:
        return _small(network, [algebra.expression(gap) for gap in gaps], epsilon, box, clock)
    free = {name: bounds[name] for name in algebra.free}
    for gap in gaps:
        point = algebra.not_zero_at(gap, free)
        if point is not None:
            return "proved", label(tuple(point.get(n, low) for n, (low, _) in bounds.items()))
    return "sampled", ""


def _small(
    network: Network, gaps: Sequence[Expression], epsilon: Rational, box: Domain, clock: Clock
) -> tuple[str, str]:
    """Decide whether differences are at most a tolerance everywhere."""
    from toynets.verification.proofs.claims import settle, within
    from toynets.verification.proofs.forms import Form
    from toynets.verification.proofs.program import Unprovable
    from toynets.verification.proofs.prover import Prover

    limits = clock.left()
    prover = Prover(network, box, cells=limits.cells, seconds=limits.seconds)
    program = prover.base()
    names = dict(zip(network.inputs, range(program.dimension), strict=True))
    try:
        left = [program.express(in_squares(gap), names) for gap in gaps]
    except Unprovable:
        return "sampled", ""
    right = [program.raw("identity", Form(ZERO)) for _ in gaps]
    claim = within("small", program, epsilon, left, right)
    return _settled(settle(claim, cells=limits.cells, seconds=limits.seconds))


def _settled(answer: Any) -> tuple[str, str]:
    if answer.verdict == "refuted" and answer.witness is not None:
        return "proved", label(answer.witness.row)
    return ("proved" if answer.verdict == "proved" else "sampled"), ""


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
    return _settled(answer)


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
