"""The oracle: every pre-activation, activation and intervention over exact rationals.

Written from the definition and from nothing else: it shares no code with the arrays that JAX
evaluates, so that an agreement of the two says something. A tanh or a sigmoid has no rational
value; there and downstream numbers are balls that hold the true value, at 128 bits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toynets.errors import ToynetsError
from toynets.exact.boundary import point, public
from toynets.exact.machine import Machine
from toynets.exact.writing import lines
from toynets.records import Run, Trace, Values
from toynets.wiring import Plan

if TYPE_CHECKING:
    from toynets.domain import Domain, Row
    from toynets.names import Intervention
    from toynets.network import Network

__all__ = ["Machine", "run", "runs", "trace"]


def run(
    network: Network,
    x: Any,
    intervention: str | Intervention = "",
    *,
    source: Any = None,
    domain: Domain | None = None,
) -> Values:
    """Return the outputs of a network on one input, exactly.

    Args:
        network: its stored numbers are taken as the rationals that they are.
        x: the input, shape (inputs,): numbers (floats exactly), texts such as "1/2", or an array;
            a single number where there is one input.
        intervention: for example `h2 = 0`; empty for the clean run.
        source: the input that x' in the intervention names.
        domain: what `mean` is over.

    Returns:
        `fractions.Fraction` per output, or a `Ball` where a tanh or sigmoid comes in. Softmax
        outputs are logits minus their mean.

    Raises:
        ToynetsError: an input of the wrong length, a name that is not there, a missing source or
            domain, or a family (`resample`, `worst`), which `runs` evaluates.

    >>> from toynets.network import Network
    >>> xor = Network.from_layers(
    ...     [([[1, 1], [1, 1]], [0, -1], "relu"), ([[1, -2]], [0], "identity")])
    >>> run(xor, [1, 1]), run(xor, [1, 1], "h2 = 0"), run(xor, ["1/2", 0])
    (0, 2, 1/2)
    """
    machine, plan, row, other = _prepare(network, x, intervention, source, domain)
    _refuse_family(plan)
    return Values([public(v) for v in machine.outcome(row, plan, source=other)], network.outputs)


def runs(
    network: Network,
    x: Any,
    intervention: str | Intervention,
    *,
    source: Any = None,
    domain: Domain | None = None,
) -> list[Run]:
    """Return every run that an intervention stands for.

    `resample` takes each input of the domain other than x as source in turn, in its order;
    several clauses draw independently, the last one fastest. `worst` gives two runs per output,
    its minimum and its maximum as the replaced values run over the ranges of their clean values.
    Anything else is one run.

    Args: as for `run`; a family needs `domain`.

    Returns:
        For `worst` the outputs of a record are those at the place of the extreme. Where it is only
        approached (`attained` is False), that output is the limit.

    >>> from toynets.domain import Domain
    >>> from toynets.network import Network
    >>> xor = Network.from_layers(
    ...     [([[1, 1], [1, 1]], [0, -1], "relu"), ([[1, -2]], [0], "identity")])
    >>> cube = Domain.boolean(2)
    >>> [r.outputs for r in runs(xor, [1, 1], "h1 = resample", domain=cube)]
    [-2, -1, -1]
    >>> [(r.extreme[1], r.outputs) for r in runs(xor, [1, 1], "h1 = worst", domain=cube)]
    [('min', -2), ('max', 0)]
    """
    machine, plan, row, other = _prepare(network, x, intervention, source, domain)
    families = machine.draws(row, plan)
    found = []
    for draws in families:
        chosen: Any = None
        if draws:
            rows = [tuple(public(v) for v in r) for r in draws.values()]
            chosen = rows[0] if len(rows) == 1 else tuple(rows)
        if "worst" in plan.intervention.words:
            found += _extreme_runs(machine, row, plan, other, draws, chosen)
            continue
        outputs = machine.outcome(row, plan, source=other, draws=draws)
        found.append(
            Run(
                plan.text,
                tuple(public(v) for v in row),
                Values([public(v) for v in outputs], network.outputs),
                source=chosen,
            )
        )
    return found


def _extreme_runs(
    machine: Machine, row: Row, plan: Plan, source: Row | None, draws: dict[int, Row], chosen: Any
) -> list[Run]:
    found = []
    base = tuple(public(v) for v in row)
    names = machine.wiring.outputs
    extremes = machine.worst_full(row, plan, source=source, draws=draws)
    for k, (name, extreme) in enumerate(zip(names, extremes, strict=True)):
        for side in ("min", "max"):
            low = side == "min"
            at = extreme.min_at if low else extreme.max_at
            values = list(machine.outcome(row, plan, source=source, draws=draws, at=at))
            values[k] = extreme.minimum if low else extreme.maximum
            found.append(
                Run(
                    plan.text,
                    base,
                    Values([public(v) for v in values], names),
                    source=chosen,
                    extreme=(name, side),
                    attained=extreme.min_attained if low else extreme.max_attained,
                )
            )
    return found


def trace(
    network: Network,
    x: Any,
    intervention: str | Intervention = "",
    *,
    source: Any = None,
    domain: Domain | None = None,
) -> Trace:
    """Return every pre-activation and activation on one input, with the arithmetic written out.

    Args: as for `run`.

    >>> from toynets.network import Network
    >>> xor = Network.from_layers(
    ...     [([[1, 1], [1, 1]], [0, -1], "relu"), ([[1, -2]], [0], "identity")])
    >>> print(*trace(xor, [1, 1], "h2 = 0").arithmetic, sep="\\n")
    h1.pre = 1*1 + 1*1 = 2
    h1 = relu(2) = 2
    h2.pre = 1*1 + 1*1 - 1 = 1
    h2 = 0 (replaced; it was 1)
    y = 1*2 - 2*0 = 2
    """
    machine, plan, row, other = _prepare(network, x, intervention, source, domain)
    _refuse_family(plan)
    values = machine.values(row, plan, source=other)
    return Trace(
        dict(zip(network.inputs, (public(values[n]) for n in network.inputs), strict=True)),
        {u: public(values[f"{u}.pre"]) for u in network.units},
        {u: public(values[u]) for u in network.units},
        Values([public(values[u]) for u in network.outputs], network.outputs),
        intervention=plan.text,
        arithmetic=lines(machine, row, plan, other, values),
        title=network.name,
    )


def _prepare(
    network: Network, x: Any, intervention: Any, source: Any, domain: Domain | None
) -> tuple[Machine, Plan, Row, Row | None]:
    machine = Machine(network, domain)
    plan = machine.wiring.resolve(intervention)
    row = point(x, machine.wiring)
    other = None if source is None else point(source, machine.wiring, "the source")
    return machine, plan, row, other


def _refuse_family(plan: Plan) -> None:
    if plan.intervention.is_family:
        words = " and ".join(sorted(plan.intervention.words & {"resample", "worst"}))
        raise ToynetsError(
            f"{plan.text} stands for several runs: {words} is a family.",
            fix=f'use runs(network, x, "{plan.text}", domain=domain), which returns all of them.',
        )
