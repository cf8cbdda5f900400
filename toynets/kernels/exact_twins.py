"""The exact twin of every kernel: the same questions over the rationals, by `toynets.exact`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import factorial
from typing import Any

from flint import arb

from toynets.domain import Domain
from toynets.errors import ToynetsError, Undecided
from toynets.exact import Machine
from toynets.exact.boundary import public
from toynets.kernels.game_record import Game
from toynets.kernels.twins import different
from toynets.rationals import fraction, nearest_float, rational, workprec

LARGEST_EXACT = 12


def exact_worth(
    network: Any,
    inputs: Any,
    intervention: str,
    value: str,
    *,
    targets: Any = None,
    decision: Mapping[str, Any] | None = None,
    source: Any = None,
    draw: int | None = None,
) -> Any:
    """Return the value of a network under an intervention, exactly.

    Args:
        network: any `Network`.
        inputs: rows of numbers, each different; `mean` is over them.
        intervention: its text.
        value: a name of `VALUES`.
        targets: for each input a row of numbers.
        decision: as for `unit_ablations`; a threshold is rounded to the network's dtype, as there.
        source: the input x'.
        draw: under `resample`, how many rows further on the source of each row is.

    Returns:
        `Fraction`, or `Ball` where exp, tanh or sigmoid comes in; for `output` a list by row of
        lists by output, for `mean output` a list by output.

    Raises:
        Undecided: a decision that balls of 128 bits leave open.

    >>> from toynets.network import Network
    >>> xor = Network.from_layers(
    ...     [([[1, 1], [1, 1]], [0, -1], "relu"), ([[1, -2]], [0], "identity")])
    >>> exact_worth(xor, [[0, 1], [1, 1]], "h2 = mean", "mean output")
    [Fraction(1, 2)]
    """
    return ExactTwin(network, inputs).worth(
        intervention, value, targets=targets, decision=decision, source=source, draw=draw
    )


class ExactTwin:
    """A network and its inputs, for many calls of what `exact_worth` does once.

    Attributes:
        network: any `Network`.
        rows: the inputs as rationals, each different.
    """

    def __init__(self, network: Any, inputs: Any) -> None:
        self.network = network
        self.rows = different([tuple(rational(v) for v in row) for row in inputs])
        self.machine = Machine(network, Domain.listed(self.rows))

    def worth(
        self,
        intervention: str,
        value: str,
        *,
        targets: Any = None,
        decision: Mapping[str, Any] | None = None,
        source: Any = None,
        draw: int | None = None,
    ) -> Any:
        """As `exact_worth`."""
        network, machine, rows = self.network, self.machine, self.rows
        plan = machine.wiring.resolve(intervention)
        other = None if source is None else tuple(rational(v) for v in source)
        wanted = None if targets is None else [[rational(t) for t in row] for row in targets]
        outputs, kind = network.outputs, network.layers[-1].activation
        rule = _rule(decision, network.dtype)
        if plan.groups and draw is None:
            raise ToynetsError(
                f"{plan.text} stands for one run per source.", fix="pass draw=1 and so on."
            )
        found: list[Any] = []
        with workprec():
            for r, row in enumerate(rows):
                draws = {g: rows[(r + (draw or 0)) % len(rows)] for g in plan.groups}
                run = machine.values(row, plan, source=other, draws=draws)
                y, z = [run[u] for u in outputs], [run[f"{u}.pre"] for u in outputs]
                if value in ("output", "mean output"):
                    found.append(y)
                elif value == "agreement":
                    clean = machine.values(row)
                    same = _decide(y, rule) == _decide([clean[u] for u in outputs], rule)
                    found.append([rational(int(same))])
                else:
                    assert wanted is not None
                    found.append([_against(value, kind, y, z, wanted[r], rule)])
            if value == "output":
                return [[public(v) for v in row] for row in found]
            means = [public(_sum(column) / len(found)) for column in zip(*found, strict=True)]
        return means if value == "mean output" else means[0]


def exact_table(network: Any, inputs: Any, game: Game, **more: Any) -> list[Any]:
    """Return the exact worth of every coalition of a game, in the order of its table.

    Args:
        network: whose game it is.
        inputs: the rows, as the kernel stored them.
        game: of `unit_game`, `edge_game` or `input_game`, with at most 12 players.
        more: targets, decision and source, as for `exact_worth`.

    Raises:
        ToynetsError: too many players.
    """
    _check_small(len(game.players))
    twin = ExactTwin(network, inputs)
    return [
        twin.worth(game.intervention(index), game.value, **more)
        for index in range(2 ** len(game.players))
    ]


def exact_shapley(worth: Sequence[Any]) -> list[Fraction]:
    """Return Shapley values as fractions; `worth` has 2^n numbers in the order of `Game.table`.

    >>> exact_shapley([0, 0, 0, 1, 0, 1, 0, 1])  # a left glove each, and a right one
    [Fraction(1, 6), Fraction(1, 6), Fraction(2, 3)]
    """
    v, n = _read(worth)
    return [
        fraction(
            _sum(
                rational(Fraction(factorial(k) * factorial(n - k - 1), factorial(n))) * gain
                for k, gain in _gains(v, n, i)
            )
        )
        for i in range(n)
    ]


def exact_banzhaf(worth: Sequence[Any]) -> list[Fraction]:
    """Return Banzhaf values as fractions.

    >>> exact_banzhaf([0, 1, 2, 5])
    [Fraction(3, 1), Fraction(2, 1)]
    """
    v, n = _read(worth)
    return [fraction(_sum(gain for _, gain in _gains(v, n, i)) / 2 ** (n - 1)) for i in range(n)]


def exact_dividends(worth: Sequence[Any]) -> list[Fraction]:
    """Return Harsanyi dividends as fractions, in the order of the table.

    >>> exact_dividends([0, 1, 2, 5])
    [Fraction(0, 1), Fraction(1, 1), Fraction(2, 1), Fraction(2, 1)]
    """
    v, n = _read(worth)
    found = list(v)
    for i in range(n):
        bit = 1 << i
        found = [m - found[s ^ bit] if s & bit else m for s, m in enumerate(found)]
    return [fraction(m) for m in found]


def exact_interactions(worth: Sequence[Any]) -> list[Fraction]:
    """Return the Shapley interaction index of each pair i < j, from the dividends.

    I_ij is the sum over coalitions S with both of m(S) / (|S| - 1): another formula than that of
    the kernel, so that they do not share a mistake.

    >>> exact_interactions([0, 1, 2, 5])
    [Fraction(2, 1)]
    """
    shares, n = exact_dividends(worth), len(worth).bit_length() - 1
    found = []
    for i in range(n):
        for j in range(i + 1, n):
            both = (1 << (n - 1 - i)) | (1 << (n - 1 - j))
            found.append(
                sum(
                    (m / (s.bit_count() - 1) for s, m in enumerate(shares) if s & both == both),
                    Fraction(0),
                )
            )
    return found


def _read(worth: Sequence[Any]) -> tuple[list[Any], int]:
    n = len(worth).bit_length() - 1
    if n < 1 or len(worth) != 2**n:
        raise ToynetsError(
            f"a game has 2^n worths, but got {len(worth)}.", fix="list every coalition, () too."
        )
    _check_small(n)
    return [rational(v) for v in worth], n


def _check_small(n: int) -> None:
    if n > LARGEST_EXACT:
        raise ToynetsError(
            f"{n} players: exact games have at most {LARGEST_EXACT}.",
            fix="use shapley_values and its kin, in float64.",
        )


def _gains(v: Sequence[Any], n: int, player: int) -> list[tuple[int, Any]]:
    """Return (size of S, v(S ∪ player) - v(S)) for each coalition S without the player."""
    bit = 1 << (n - 1 - player)
    return [(s.bit_count(), v[s | bit] - v[s]) for s in range(2**n) if not s & bit]


def _sum(terms: Any) -> Any:
    return sum(terms, rational(0))


def _rule(decision: Mapping[str, Any] | None, dtype: str) -> Any:
    """Return None for argmax, or the threshold."""
    if not decision or "argmax" in decision:
        return None
    return rational(nearest_float(rational(decision.get("threshold", 0)), dtype))


def _against(
    value: str, kind: str, y: Sequence[Any], z: Sequence[Any], wanted: Sequence[Any], rule: Any
) -> Any:
    """Return the value of one row with targets."""
    if value == "accuracy":
        return rational(int(_decide(y, rule) == _decide(wanted, rule)))
    if value == "squared error":
        return _sum((a - t) * (a - t) for a, t in zip(y, wanted, strict=True)) / len(y)
    linear = _sum(t * a for t, a in zip(wanted, z, strict=True))
    if kind == "softmax":
        return _sum(arb(a).exp() for a in z).log() - linear
    return (_sum((1 + arb(a).exp()).log() for a in z) - linear) / len(z)


def _decide(y: Sequence[Any], rule: Any) -> tuple[int, ...]:
    if rule is None:
        return tuple(
            int(all(_order(a, b) >= 0 for j, b in enumerate(y) if j != k)) for k, a in enumerate(y)
        )
    return tuple(_order(a, rule) for a in y)


def _order(a: Any, b: Any) -> int:
    """Return the sign of a - b."""
    if a > b:
        return 1
    if a < b:
        return -1
    if a == b:
        return 0
    raise Undecided(
        "two outputs are equal as far as 128 bits tell.",
        cause="a tie, or nearly one, behind a tanh or sigmoid.",
    )
