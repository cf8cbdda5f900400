"""The readable twin of every kernel: one example at a time, written from the definitions.

A kernel's case is an intervention, and `toynets.interventions` runs any intervention on one
example. So the twin of a sweep or of a game is that run, on each row, and the value function in
plain Python. The twin of a Shapley value is the sum over coalitions as the definition has it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, factorial, log, log1p
from typing import Any

from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.interventions import Runner
from toynets.rationals import from_float, rational, to_float


def worth_by_rows(
    network: Any,
    rows: Sequence[Sequence[Any]],
    intervention: str,
    value: str,
    *,
    targets: Sequence[Sequence[Any]] | None = None,
    decision: Mapping[str, Any] | None = None,
    source: Any = None,
    draw: int | None = None,
) -> Any:
    """Return the value of a network under an intervention, row by row.

    Args:
        network: any `Network`.
        rows: the inputs, each different; `mean` is over them.
        intervention: its text.
        value: a name of `VALUES`.
        targets: one row of targets for each input.
        decision: {"argmax": True}, {"threshold": …} or {"sign": True}.
        source: the input x'.
        draw: under `resample`, how many rows further on the source of each row is.

    Returns:
        For `output` a list by row of lists by output, for `mean output` a list by output, else one
        number.

    >>> from toynets.network import Network
    >>> xor = Network.from_layers(
    ...     [([[1, 1], [1, 1]], [0, -1], "relu"), ([[1, -2]], [0], "identity")])
    >>> worth_by_rows(xor, [[0, 1], [1, 1]], "h2 = 0", "squared error", targets=[[1], [0]])
    2.0
    """
    twin = Twin(network, rows)
    return twin.worth(
        intervention, value, targets=targets, decision=decision, source=source, draw=draw
    )


class Twin:
    """A network and its inputs, for many calls of what `worth_by_rows` does once.

    Attributes:
        network: any `Network`.
        rows: the inputs as rationals, each different.
    """

    def __init__(self, network: Any, rows: Sequence[Sequence[Any]]) -> None:
        self.network = network
        self.rows = different([tuple(rational(v) for v in row) for row in rows])
        self.runner = Runner(network, Domain.listed(self.rows))

    def worth(
        self,
        intervention: str,
        value: str,
        *,
        targets: Sequence[Sequence[Any]] | None = None,
        decision: Mapping[str, Any] | None = None,
        source: Any = None,
        draw: int | None = None,
    ) -> Any:
        """As `worth_by_rows`."""
        network, rows, runner = self.network, self.rows, self.runner
        plan = network.wiring.resolve(intervention)
        other = None if source is None else tuple(rational(v) for v in source)
        found = []
        for r, row in enumerate(rows):
            draws = {} if draw is None else {g: rows[(r + draw) % len(rows)] for g in plan.groups}
            run = runner.evaluate(row, plan, source=other, draws=draws)
            clean = runner.clean(row)
            found.append(
                row_value(
                    value,
                    network.layers[-1].activation,
                    [float(z) for z in run.pre[-1]],
                    [float(y) for y in run.activation[-1]],
                    [float(y) for y in clean.activation[-1]],
                    None if targets is None else [float(t) for t in targets[r]],
                    decision,
                )
            )
        if value == "output":
            return found
        if value == "mean output":
            return [sum(column) / len(found) for column in zip(*found, strict=True)]
        return sum(found) / len(found)


def different(rows: list[Any]) -> list[Any]:
    """Return the rows, which must all be different.

    Raises:
        ToynetsError: a row that is there twice, which a `Domain` would count once.
    """
    if len(set(rows)) < len(rows):
        raise ToynetsError(
            "an input is given twice.",
            cause="a mean over a domain counts each input once.",
            fix="leave the second one out.",
        )
    return rows


def row_value(
    value: str,
    output: str,
    z: Sequence[float],
    y: Sequence[float],
    clean: Sequence[float],
    target: Sequence[float] | None,
    decision: Mapping[str, Any] | None,
) -> Any:
    """Return the value of one row.

    Args:
        value: a name of `VALUES`.
        output: the activation of the output layer.
        z: pre-activations of the outputs.
        y: outputs.
        clean: outputs without the intervention.
        target: targets, where the value function reads them.
        decision: how outputs become a decision.
    """
    if value in ("output", "mean output"):
        return list(y)
    if value == "agreement":
        return float(decide(y, decision) == decide(clean, decision))
    assert target is not None
    if value == "accuracy":
        return float(decide(y, decision) == decide(target, decision))
    if value == "squared error":
        return sum((a - t) ** 2 for a, t in zip(y, target, strict=True)) / len(y)
    linear = sum(t * a for t, a in zip(target, z, strict=True))
    if output == "softmax":
        top = max(z)
        return top + log(sum(exp(a - top) for a in z)) - linear
    return (sum(max(a, 0.0) + log1p(exp(-abs(a))) for a in z) - linear) / len(z)


def decide(y: Sequence[float], decision: Mapping[str, Any] | None) -> tuple[int, ...]:
    """Return a decision as codes: which outputs are largest, or on which side each one is.

    >>> decide([1.0, 3.0, 3.0], {"argmax": True}), decide([0.25], {"threshold": "1/2"})
    ((0, 1, 1), (-1,))
    """
    rule = decision or {"argmax": True}
    if "argmax" in rule:
        return tuple(int(a == max(y)) for a in y)
    at = to_float(rational(rule.get("threshold", 0)))
    return tuple((a > at) - (a < at) for a in y)


def shapley_by_definition(worth: Sequence[float]) -> list[float]:
    """Return Shapley values, coalition by coalition; `worth` in the order of `Game.table`."""
    n = len(worth).bit_length() - 1
    return [
        sum(
            factorial(size(s)) * factorial(n - size(s) - 1) / factorial(n) * gain
            for s, gain in gains(worth, i)
        )
        for i in range(n)
    ]


def banzhaf_by_definition(worth: Sequence[float]) -> list[float]:
    """Return Banzhaf values, coalition by coalition."""
    n = len(worth).bit_length() - 1
    return [sum(gain for _, gain in gains(worth, i)) / 2 ** (n - 1) for i in range(n)]


def dividends_by_definition(worth: Sequence[float]) -> list[float]:
    """Return Harsanyi dividends, subset by subset."""
    return [
        sum((-1) ** (size(s) - size(t)) * worth[t] for t in range(s + 1) if t & s == t)
        for s in range(len(worth))
    ]


def interactions_by_definition(worth: Sequence[float]) -> list[float]:
    """Return the Shapley interaction index of each pair i < j, coalition by coalition."""
    n = len(worth).bit_length() - 1
    found = []
    for i in range(n):
        for j in range(i + 1, n):
            a, b = player_bit(n, i), player_bit(n, j)
            found.append(
                sum(
                    factorial(size(s))
                    * factorial(n - size(s) - 2)
                    / factorial(n - 1)
                    * (worth[s | a | b] - worth[s | a] - worth[s | b] + worth[s])
                    for s in range(2**n)
                    if not s & (a | b)
                )
            )
    return found


def size(coalition: int) -> int:
    """Return how many players a coalition has."""
    return coalition.bit_count()


def player_bit(n: int, player: int) -> int:
    """Return the bit of a player, the first one having the highest."""
    return 1 << (n - 1 - player)


def gains(worth: Sequence[Any], player: int) -> list[tuple[int, Any]]:
    """Return (S, v(S ∪ player) - v(S)) for each coalition S without the player."""
    bit = player_bit(len(worth).bit_length() - 1, player)
    return [(s, worth[s | bit] - worth[s]) for s in range(len(worth)) if not s & bit]


def float_rows(rows: Any) -> list[tuple[Any, ...]]:
    """Return an array of inputs as exact rows.

    >>> float_rows([[0.5, 1.0]])
    [(1/2, 1)]
    """
    return [tuple(from_float(float(v)) for v in row) for row in rows]
