"""The claims of one explanation, checked on many networks at once in float64.

The networks have one hidden layer and one output. The claims are those of `verification.verify`
that concern numbers: weights, clean outputs, units, and every case of its three tiers, by value and
under the tolerances that the explanation states. Decisions need no look of their own: one output
that is within the tolerance of the derived one is decided like that, unless the derived one is
within the tolerance of the threshold, where none is claimed. Roles and formulas, which the template
makes from the same numbers, are left to `verify`. The check reads the explanation's JSON and
nothing else of it; a test holds it to `verify`, network by network. Where rounding could decide, it
refuses: what it accepts, `verify` accepts.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any, NamedTuple

from toynets.errors import ToynetsError
from toynets.explanation import METRIC_KINDS, Explanation
from toynets.rationals import to_float

# What float64 may be off by; bounds are narrowed by it.
ROUNDING = 1e-12
# So many networks are checked at a time: every swap of 81 rows then takes 13 MB.
CHUNK = 256
_ROWS = ("weights", "clean", "units", "ablations")


class Case(NamedTuple):
    """One intervention: its text, and what `Side.run` needs to run it.

    Attributes:
        text: as `verify` writes it.
        part: `first`, `biases`, `outgoing` or `bias`; or `zero`, `incoming`, `mean` or `taken`.
        at: which number; or which units.
        factor: what the number is multiplied by.
    """

    text: str
    part: str
    at: Any
    factor: int = 0


def holds(source: str, numbers: Any, rows: Any) -> Any:
    """Return for each network whether every claim holds on every row.

    Args:
        source: an explanation's JSON.
        numbers: (first, biases, outgoing, bias) of shapes (units, inputs, networks),
            (units, networks), (units, networks) and (networks,), float64.
        rows: float64, shape (rows, inputs).

    Returns:
        bool, shape (networks,).

    Raises:
        ToynetsError: an explanation of another shape, or one that claims decisions alone.
    """
    import numpy as np

    stated = Explanation.from_json(source)
    ours = stated_numbers(stated, rows.shape[1], len(numbers[1]))
    (output,) = stated.outputs
    hidden, last = stated.units["h1"].activation, stated.units[output].activation
    epsilon = {row: to_float(stated.epsilon(row)) - ROUNDING for row in _ROWS}
    _check_claim(stated)
    one = Side(ours, rows, hidden, last)
    every = list(cases(stated.inputs, len(ours[0]), output))
    derived = [one.run(case) for case in every]
    found = []
    for start in range(0, numbers[3].size, CHUNK):
        part = tuple(a[..., start : start + CHUNK] for a in numbers)
        many = Side(part, rows, hidden, last)
        good = np.ones(part[3].shape, bool)
        for a, b in zip(ours, part, strict=True):
            gap = np.abs(a - b)
            good &= gap.reshape(-1, gap.shape[-1]).max(axis=0) <= epsilon["weights"]
        good &= np.abs(one.units - many.units).max(axis=(0, 1)) <= epsilon["units"]
        good &= np.abs(one.clean - many.clean).max(axis=0) <= epsilon["units"]  # a unit, too
        good &= np.abs(one.clean - many.clean).max(axis=0) <= epsilon["clean"]
        for case, d in zip(every, derived, strict=True):
            good &= np.abs(d - many.run(case)).max(axis=0) <= epsilon["ablations"]
        found.append(good)
    return np.concatenate(found)


def stated_numbers(stated: Explanation, inputs: int, units: int) -> tuple[Any, ...]:
    """Return an explanation's numbers as a population of one network."""
    import numpy as np

    found = {address: to_float(value) for address, value in stated.numbers.items()}
    names, outputs = [u for u in stated.units if u not in stated.outputs], stated.outputs
    xs = stated.inputs
    if len(xs) != inputs or len(names) != units or len(outputs) != 1:
        raise ToynetsError(
            f"the networks have {inputs} inputs, {units} hidden units and 1 output, but the "
            f"explanation {len(xs)}, {len(names)} and {len(outputs)}."
        )
    first = np.array([[found[f"{x}->{h}"] for x in xs] for h in names])[:, :, None]
    biases = np.array([found[f"{h}.bias"] for h in names])[:, None]
    outgoing = np.array([found[f"{h}->{outputs[0]}"] for h in names])[:, None]
    return first, biases, outgoing, np.array([found[f"{outputs[0]}.bias"]])


class Side:
    """Networks and what they do; with one network, the explanation's own numbers.

    Args:
        numbers: as for `holds`.
        rows: the inputs, shape (rows, inputs).
        hidden: `relu` or `tanh`.
        last: `identity` or `sigmoid`.

    Attributes:
        units: activations, shape (rows, units, networks).
        clean: outputs, shape (rows, networks).
    """

    def __init__(self, numbers: Any, rows: Any, hidden: str, last: str) -> None:
        import numpy as np

        self.first, self.biases, self.outgoing, self.bias = numbers
        self.rows, self.last = rows, last
        functions: dict[str, Any] = {"relu": lambda z: np.maximum(z, 0), "tanh": np.tanh}
        self.act = functions[hidden]
        self.units = self._units(self.first, self.biases)
        self.clean = self._read(self.units)

    def _units(self, first: Any, biases: Any) -> Any:
        import numpy as np

        return self.act(np.einsum("kin,ri->rkn", first, self.rows) + biases[None])

    def _read(self, units: Any, outgoing: Any = None, bias: Any = None) -> Any:
        v = self.outgoing if outgoing is None else outgoing
        return self._out((units * v).sum(axis=1) + (self.bias if bias is None else bias))

    def _out(self, z: Any) -> Any:
        import numpy as np

        with np.errstate(over="ignore"):
            return 1 / (1 + np.exp(-z)) if self.last == "sigmoid" else z

    def run(self, case: Case) -> Any:
        """Return the outputs of one case, shape (cases, networks): rows, or sources and rows."""
        if case.part == "zero":
            return self.zero(case.at)
        if case.part == "incoming":
            return self._replaced(case.at, self.act(self.biases[list(case.at)])[None])
        if case.part == "mean":
            return self.mean(case.at)
        if case.part == "taken":
            return self._taken(case.at)
        return self._changed(case.part, case.at, case.factor)

    def zero(self, chosen: tuple[int, ...]) -> Any:
        """Return the outputs with units set to 0."""
        return self._replaced(chosen, 0.0)

    def mean(self, chosen: tuple[int, ...]) -> Any:
        """Return the outputs with units set to their means."""
        return self._replaced(chosen, self.units[:, list(chosen)].mean(axis=0)[None])

    def _replaced(self, chosen: tuple[int, ...], values: Any) -> Any:
        units = self.units.copy()
        units[:, list(chosen)] = values
        return self._read(units)

    def _taken(self, unit: int) -> Any:
        """Return the outputs with a unit taken from each row in turn."""
        terms = self.units * self.outgoing
        others = terms.sum(axis=1) - terms[:, unit] + self.bias
        z = others[None] + terms[:, None, unit]  # source, row, network
        return self._out(z.reshape(-1, z.shape[-1]))

    def _changed(self, part: str, at: Any, factor: int) -> Any:
        numbers = {
            "first": self.first,
            "biases": self.biases,
            "outgoing": self.outgoing,
            "bias": self.bias[None],
        }
        other = numbers[part].copy()
        other[at] = factor * other[at]
        if part == "first":
            return self._read(self._units(other, self.biases))
        if part == "biases":
            return self._read(self._units(self.first, other))
        if part == "outgoing":
            return self._read(self.units, outgoing=other)
        return self._read(self.units, bias=other[0])


def cases(inputs: tuple[str, ...], units: int, output: str = "y") -> Iterator[Case]:
    """Yield every intervention of the three tiers.

    >>> [case.text for case in cases(("x1",), 1)][:3]
    ['x1->h1 = 0', 'x1->h1 *= -1', 'h1.bias = 0']
    """
    names = [f"h{k + 1}" for k in range(units)]
    numbers: list[tuple[str, str, Any]] = []
    for k, name in enumerate(names):
        numbers += [(f"{x}->{name}", "first", (k, i)) for i, x in enumerate(inputs)]
        numbers.append((f"{name}.bias", "biases", (k,)))
        numbers.append((f"{name}->{output}", "outgoing", (k,)))
    numbers.append((f"{output}.bias", "bias", (0,)))
    for text, part, at in numbers:
        yield Case(f"{text} = 0", part, at, 0)
        yield Case(f"{text} *= -1", part, at, -1)
    for size in range(1, units + 1):
        for chosen in itertools.combinations(range(units), size):
            said = [names[k] for k in chosen]
            yield Case(", ".join(f"{n} = 0" for n in said), "zero", chosen)
            yield Case(", ".join(f"->{n} = 0" for n in said), "incoming", chosen)
            yield Case(", ".join(f"{n} = mean" for n in said), "mean", chosen)
    for k, name in enumerate(names):
        yield Case(f"{name} = {name}(x')", "taken", k)


def _check_claim(stated: Explanation) -> None:
    kinds = [kind for kind in METRIC_KINDS if kind != "concepts"]
    if any(stated.metric_of(kind) != "value" for kind in kinds):
        raise ToynetsError("this check is of claims by value, but decisions alone are claimed.")
