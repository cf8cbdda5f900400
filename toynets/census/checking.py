"""The claims of one explanation, checked on many networks at once in float64.

The networks have one hidden layer and one output. The claims are those of `verification.verify`
that concern numbers: weights, clean outputs, units, and every case of its three tiers under the
metric and the tolerances that the explanation states; roles and formulas, which the template makes
from the same numbers, are left to `verify`. It reads the explanation's JSON and nothing else of it;
a test holds it to `verify`, network by network.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

from toynets.explanation import Explanation
from toynets.rationals import rational, to_float

# float64 rounds; a gap that is over its bound by less than this is left to `verify`.
ROUNDING = 1e-12


def holds(source: str, numbers: Any, rows: Any) -> Any:
    """Return for each network whether every claim holds on every row.

    Args:
        source: an explanation's JSON.
        numbers: (first, biases, outgoing, bias) of shapes (units, inputs, networks),
            (units, networks), (units, networks) and (networks,), float64.
        rows: float64, shape (rows, inputs).

    Returns:
        bool, shape (networks,).
    """
    import numpy as np

    stated = Explanation.from_json(source)
    ours = _numbers(stated, rows.shape[1])
    hidden = stated.units["h1"].activation
    last = stated.units[stated.outputs[0]].activation
    epsilon = {row: to_float(stated.epsilon(row)) + ROUNDING for row in _ROWS}
    judge = _judge(stated)
    one, many = _Side(ours, rows, hidden, last), _Side(numbers, rows, hidden, last)
    good = np.ones(numbers[3].shape, bool)
    for a, b in zip(ours, numbers, strict=True):
        gap = np.abs(a - b)
        good &= gap.reshape(-1, gap.shape[-1]).max(axis=0) <= epsilon["weights"]
    good &= np.abs(one.units - many.units).max(axis=(0, 1)) <= epsilon["units"]
    good &= judge("clean", one.clean, many.clean, epsilon["clean"])
    for kind, run, what in cases(ours[0].shape[0], rows.shape[1], len(rows)):
        good &= judge(kind, run(one, *what), run(many, *what), epsilon["ablations"])
    return good


_ROWS = ("weights", "clean", "units", "ablations")


def _numbers(stated: Explanation, inputs: int) -> tuple[Any, ...]:
    import numpy as np

    found = {address: to_float(value) for address, value in stated.numbers.items()}
    names, (out,) = [u for u in stated.units if u not in stated.outputs], stated.outputs
    xs = stated.inputs
    assert len(xs) == inputs
    first = np.array([[found[f"{x}->{h}"] for x in xs] for h in names])[:, :, None]
    biases = np.array([found[f"{h}.bias"] for h in names])[:, None]
    outgoing = np.array([found[f"{h}->{out}"] for h in names])[:, None]
    return first, biases, outgoing, np.array([found[f"{out}.bias"]])


class _Side:
    """Networks and what they do; with one network, the explanation's own numbers."""

    def __init__(self, numbers: Any, rows: Any, hidden: str, last: str) -> None:
        import numpy as np

        self.first, self.biases, self.outgoing, self.bias = numbers
        self.rows, self.hidden, self.last = rows, hidden, last
        functions: dict[str, Any] = {"relu": lambda z: np.maximum(z, 0), "tanh": np.tanh}
        self.act = functions[hidden]
        self.units = self.forward_units(self.first, self.biases)
        self.clean = self.read(self.units)

    def forward_units(self, first: Any, biases: Any) -> Any:
        """Return the activations, shape (rows, units, networks)."""
        import numpy as np

        return self.act(np.einsum("kin,ri->rkn", first, self.rows) + biases[None])

    def read(self, units: Any, outgoing: Any = None, bias: Any = None) -> Any:
        """Return the outputs, shape (rows, networks)."""
        import numpy as np

        v = self.outgoing if outgoing is None else outgoing
        z = (units * v[None]).sum(axis=1) + (self.bias if bias is None else bias)[None]
        return 1 / (1 + np.exp(-z)) if self.last == "sigmoid" else z

    def replaced(self, chosen: list[int], values: Any) -> Any:
        """Return the outputs with some units replaced by values of shape (…, chosen, networks)."""
        units = self.units.copy()
        units[:, chosen] = values
        return self.read(units)

    def zero(self, chosen: list[int]) -> Any:
        """Return the outputs with units set to 0."""
        return self.replaced(chosen, 0.0)

    def incoming(self, chosen: list[int]) -> Any:
        """Return the outputs with the weights into units set to 0, their biases kept."""
        return self.replaced(chosen, self.act(self.biases[chosen])[None])

    def mean(self, chosen: list[int]) -> Any:
        """Return the outputs with units set to their means."""
        return self.replaced(chosen, self.units[:, chosen].mean(axis=0)[None])

    def taken(self, unit: int, row: int) -> Any:
        """Return the outputs with a unit taken from one row, everywhere."""
        return self.replaced([unit], self.units[row, [unit]][None])

    def changed(self, part: str, at: Any, factor: int) -> Any:
        """Return the outputs with one number multiplied by 0 or -1."""
        numbers = {
            "first": self.first,
            "biases": self.biases,
            "outgoing": self.outgoing,
            "bias": self.bias[None],
        }
        other = numbers[part].copy()
        other[at] = factor * other[at]
        if part in ("first", "biases"):
            first = other if part == "first" else self.first
            biases = other if part == "biases" else self.biases
            return self.read(self.forward_units(first, biases))
        if part == "outgoing":
            return self.read(self.units, outgoing=other)
        return self.read(self.units, bias=other[0])


def cases(units: int, inputs: int, rows: int) -> Iterator[tuple[str, Callable[..., Any], Any]]:
    """Yield every case of the three tiers as (kind, method of a side, its arguments).

    >>> len(list(cases(2, 2, 4)))
    35
    """
    places: list[tuple[str, tuple[int, ...]]] = [
        *(("first", (k, i)) for k in range(units) for i in range(inputs)),
        *(("biases", (k,)) for k in range(units)),
        *(("outgoing", (k,)) for k in range(units)),
        ("bias", (0,)),
    ]
    for part, at in places:
        yield "cut", _Side.changed, (part, at, 0)
        yield "flip", _Side.changed, (part, at, -1)
    for size in range(1, units + 1):
        for chosen in itertools.combinations(range(units), size):
            yield "zero", _Side.zero, (list(chosen),)
            yield "incoming", _Side.incoming, (list(chosen),)
            yield "mean", _Side.mean, (list(chosen),)
    for k in range(units):
        for r in range(rows):
            yield "resample", _Side.taken, (k, r)


def _judge(stated: Explanation) -> Callable[[str, Any, Any, float], Any]:
    """Return the comparison of derived with measured outputs, as verification compares them."""
    import numpy as np

    threshold = stated.decision.get("threshold")
    sign = "sign" in stated.decision
    at = 0.0 if sign else None if threshold is None else to_float(rational(threshold))

    def judge(kind: str, derived: Any, measured: Any, epsilon: float) -> Any:
        within = (np.abs(derived - measured) <= epsilon).all(axis=0)
        if at is None:
            return within
        open_ = np.abs(derived - at) <= epsilon
        same = (np.sign(derived - at) == np.sign(measured - at)) | open_
        if stated.metric_of(kind) == "decision":
            # A case that is open claims no decision; then the value counts.
            near = np.abs(derived - measured) <= epsilon
            return np.where(open_, near, same).all(axis=0)
        return within & same.all(axis=0)

    return judge
