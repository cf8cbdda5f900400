"""Any intervention on one example, in floating point as the network was trained.

`toynets.exact` answers the same questions over the rationals. Here every number is rounded to the
network's dtype, as the trained program rounds it, and `toynets.forward` does the arithmetic.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import TYPE_CHECKING, Any

import numpy as np

from toynets.errors import ToynetsError
from toynets.exact.boundary import point, public
from toynets.exact.machine import Machine
from toynets.exact.writing import lines
from toynets.forward import Pass, evaluate, no_edits
from toynets.names import Intervention, Patch
from toynets.rationals import Rational, from_float, nearest_float, rational, short
from toynets.records import Ball, Run, Trace, Values

if TYPE_CHECKING:
    from toynets.domain import Domain
    from toynets.network import Network
    from toynets.wiring import Plan, Replacement

Row = tuple[Rational, ...]


def run(
    network: Network,
    x: Any,
    intervention: str | Intervention = "",
    *,
    source: Any = None,
    domain: Domain | None = None,
) -> Values:
    """Return the outputs under an intervention, as NumPy scalars of the network's dtype.

    Args:
        network: any `Network`.
        x: one example: numbers in the order of the inputs, an array of shape (in,), or a number
            where there is one input. Rounded to the dtype of the network. Not a batch.
        intervention: its text; "" is the clean run.
        source: the input that x' stands for.
        domain: what `mean` is taken over.

    Returns:
        `Values`, by position and by name; for softmax the logits minus their mean. An overflow of
        the dtype is inf or nan, as it was in training.

    Raises:
        ToynetsError: x of another length, NaN or infinity, a name that is not there, a source or
            domain that is missing, or a family (`resample`, `worst`), which `runs` answers.

    >>> from toynets.network import Network
    >>> xor = Network.from_layers(
    ...     [([[1, 1], [1, 1]], [0, -1], "relu"), ([[1, -2]], [0], "identity")])
    >>> run(xor, [1, 1]), run(xor, [1, 1], "h2 = 0"), run(xor, [1, 1], "h2 = h2(x')", source=[0, 1])
    (0.0, 2.0, 2.0)
    """
    return Runner(network, domain).run(x, intervention, source=source)


def runs(
    network: Network,
    x: Any,
    intervention: str | Intervention,
    *,
    source: Any = None,
    domain: Domain | None = None,
) -> list[Run]:
    """Return every member of a family; an intervention that is none gives a list of one.

    Args:
        network: any `Network`.
        x: one example, as for `run`.
        intervention: with `resample`, `worst` or neither.
        source: the input that x' stands for.
        domain: the inputs that `resample` draws from and `worst` takes the range over.

    Returns:
        A `Run` for each source of `resample` (each combination of them, where several clauses draw
        independently), in the order of the domain and without x itself; for `worst` two for each
        output, its smallest and its largest value. Where those are is worked out exactly; the
        numbers are what the network gives there in its own dtype.

    Raises:
        ToynetsError: as for `run`.

    >>> from toynets.domain import Domain
    >>> from toynets.network import Network
    >>> xor = Network.from_layers(
    ...     [([[1, 1], [1, 1]], [0, -1], "relu"), ([[1, -2]], [0], "identity")])
    >>> [r.outputs for r in runs(xor, [1, 1], "h1 = resample", domain=Domain.boolean(2))]
    [-2.0, -1.0, -1.0]
    """
    return Runner(network, domain).runs(x, intervention, source=source)


def trace(
    network: Network,
    x: Any,
    intervention: str | Intervention = "",
    *,
    source: Any = None,
    domain: Domain | None = None,
) -> Trace:
    """Return every pre-activation and activation under an intervention, with the arithmetic.

    Arguments and errors are those of `run`; values are NumPy scalars of the network's dtype.

    >>> from toynets.network import Network
    >>> xor = Network.from_layers(
    ...     [([[1, 1], [1, 1]], [0, -1], "relu"), ([[1, -2]], [0], "identity")])
    >>> trace(xor, [1, 1])["h2.pre"].item()
    1.0
    """
    return Runner(network, domain).trace(x, intervention, source=source)


class Runner:
    """One network and domain, prepared for many runs: clean values are computed once.

    Attributes:
        network: what is run.
        domain: what `mean`, `resample` and `worst` refer to, or None.
    """

    def __init__(self, network: Network, domain: Domain | None = None) -> None:
        self.network = network
        self.domain = domain
        self.exact = Machine(network, domain)
        self.params = network.params()
        self.activations = tuple(layer.activation for layer in network.layers)
        # Where each name lives in the arrays: (layer, row), layer -1 for the inputs.
        self.places = {name: (-1, j) for j, name in enumerate(network.inputs)}
        for k, layer in enumerate(network.layers):
            self.places |= {unit: (k, i) for i, unit in enumerate(layer.units)}
        self._clean: dict[Row, Pass] = {}
        self._means: dict[tuple[str, bool], Rational] = {}

    def run(self, x: Any, intervention: str | Intervention = "", *, source: Any = None) -> Values:
        """As the function `run`."""
        plan = self.single(intervention)
        row, other = self._rows(x, source)
        return self.outputs(self.evaluate(row, plan, source=other))

    def runs(self, x: Any, intervention: str | Intervention, *, source: Any = None) -> list[Run]:
        """As the function `runs`."""
        plan = self.network.wiring.resolve(intervention)
        row, other = self._rows(x, source)
        found = []
        for draws in self.exact.draws(row, plan):
            drawn = tuple(self._floats(r) for r in draws.values())
            chosen = drawn[0] if len(drawn) == 1 else drawn or None
            if "worst" in plan.intervention.words:
                found += self._extremes(row, plan, other, draws, chosen)
                continue
            outputs = self.outputs(self.evaluate(row, plan, source=other, draws=draws))
            found.append(Run(plan.text, self._floats(row), outputs, source=chosen))
        return found

    def _extremes(
        self, row: Row, plan: Plan, source: Row | None, draws: Mapping[int, Row], chosen: Any
    ) -> list[Run]:
        """Find the extremes exactly, then evaluate the places where they are in floats."""
        free = [(r.name, r.pre) for r in plan.replacements if r.value == "worst"]
        found = []
        places = self.exact.worst_full(row, plan, source=source, draws=draws)
        for k, (name, e) in enumerate(zip(self.network.outputs, places, strict=True)):
            for side, at, limit, attained in (
                ("min", e.min_at, e.minimum, e.min_attained),
                ("max", e.max_at, e.maximum, e.max_attained),
            ):
                worst = dict(zip(free, map(_middle, at), strict=True))
                result = self.evaluate(row, plan, source=source, draws=draws, worst=worst)
                values = list(result.activation[-1])
                if "step" in self.activations:
                    # The place can be a jump that no float hits: rounded, it lies beside it.
                    values[k] = values[k].dtype.type(self._float(_middle(limit), name))
                found.append(
                    Run(
                        plan.text,
                        self._floats(row),
                        Values(values, self.network.outputs),
                        source=chosen,
                        extreme=(name, side),
                        attained=attained,
                    )
                )
        return found

    def trace(self, x: Any, intervention: str | Intervention = "", *, source: Any = None) -> Trace:
        """As the function `trace`."""
        plan = self.single(intervention)
        row, other = self._rows(x, source)
        result = self.evaluate(row, plan, source=other)
        units = [(unit, self.places[unit]) for unit in self.network.units]
        return Trace(
            dict(zip(self.network.inputs, result.inputs, strict=True)),
            {unit: result.pre[k][i] for unit, (k, i) in units},
            {unit: result.activation[k][i] for unit, (k, i) in units},
            self.outputs(result),
            intervention=plan.text,
            arithmetic=self._arithmetic(row, plan, other, result),
            title=self.network.name,
        )

    def single(self, intervention: str | Intervention) -> Plan:
        """Resolve an intervention that is one run.

        Raises:
            ToynetsError: a family, or names that are not there.
        """
        plan = self.network.wiring.resolve(intervention)
        if plan.intervention.is_family:
            word = "resample" if "resample" in plan.intervention.words else "worst"
            raise ToynetsError(
                f"{plan.text} is a family of runs, not one run.",
                cause=f"{word} stands for every source of a domain."
                if word == "resample"
                else "worst stands for both extremes of each output.",
                fix="use runs(network, x, intervention, domain=…), which returns records.",
            )
        return plan

    def clean(self, row: Row) -> Pass:
        """Return the clean pass of an input, kept for the next time."""
        if row not in self._clean:
            edits = no_edits(self.network.sizes, self.network.dtype)
            self._clean[row] = evaluate(self.params, self.activations, self._array(row), edits)
        return self._clean[row]

    def evaluate(
        self,
        row: Row,
        plan: Plan,
        *,
        source: Row | None = None,
        draws: Mapping[int, Row] | None = None,
        worst: Mapping[tuple[str, bool], Rational] | None = None,
    ) -> Pass:
        """Return the pass of one example under a plan.

        Args:
            row: the base input.
            plan: what is changed.
            source: the input that x' stands for, or None.
            draws: for each `resample` clause the row that it reads.
            worst: for each (name, whether pre-activation) under `worst` the value that it takes.
        """
        edits = no_edits(self.network.sizes, self.network.dtype)
        for r in plan.replacements:
            k, i = self.places[r.name]
            array = edits.inputs if k < 0 else (edits.pre if r.pre else edits.activation)[k]
            array.mask[i] = True
            array.value[i] = self._value(r, plan, source, draws or {}, worst or {})
        for p in plan.paths:
            k, i = self.places[p.target]
            j = self.places[p.source][1]
            edits.path[k].mask[i, j] = True
            edits.path[k].value[i, j] = self._patched(p.value, plan, source)
        params = self._edited(plan)
        return evaluate(params, self.activations, self._array(row), edits)

    def _rows(self, x: Any, source: Any) -> tuple[Row, Row | None]:
        """Read the base input and, where there is one, the source."""
        wiring = self.network.wiring
        return point(x, wiring), None if source is None else point(source, wiring, "the source")

    def _arithmetic(self, row: Row, plan: Plan, source: Row | None, result: Pass) -> Sequence[str]:
        """Write the run out with its own floats; shown are six digits."""
        values = dict(zip(self.network.inputs, result.inputs.tolist(), strict=True))
        for unit in self.network.units:
            k, i = self.places[unit]
            values[f"{unit}.pre"] = result.pre[k][i].item()
            values[unit] = result.activation[k][i].item()
        beyond = [name for name, value in values.items() if not isfinite(value)]
        if beyond:
            return [f"{name} = {values[name]} (beyond {self.network.dtype})" for name in beyond]
        return lines(self.exact, row, plan, source, {n: from_float(v) for n, v in values.items()})

    def _array(self, row: Row) -> np.ndarray[Any, Any]:
        names = self.network.inputs
        return np.array(
            [self._float(v, n) for n, v in zip(names, row, strict=True)], self.network.dtype
        )

    def _floats(self, row: Row) -> tuple[Any, ...]:
        return tuple(self._array(row))

    def _float(self, value: Rational, name: str) -> float:
        """Round an exact number as the network stores numbers; what is too large is refused."""
        rounded = nearest_float(value, self.network.dtype)
        if abs(rounded) == float("inf"):
            raise ToynetsError(
                f"{name} = {short(value)} is too large for {self.network.dtype}.",
                fix="use toynets.exact.run, which has no largest number.",
            )
        return rounded

    def _edited(self, plan: Plan) -> dict[str, Any]:
        """Return the parameters with all edits made at once, each rounded once."""
        if not plan.edits:
            return self.params
        weights = [w.copy() for w in self.params["weight"]]
        biases = [b.copy() for b in self.params["bias"]]
        for edit in plan.edits:
            name = edit.name
            value = edit.apply(from_float(self.network.numbers[name]))
            source, arrow, target = name.partition("->")
            if arrow:
                k, i = self.places[target]
                weights[k][i, self.places[source][1]] = self._float(value, name)
            else:
                k, i = self.places[name.removesuffix(".bias")]
                biases[k][i] = self._float(value, name)
        return {"weight": tuple(weights), "bias": tuple(biases)}

    def _value(
        self,
        r: Replacement,
        plan: Plan,
        source: Row | None,
        draws: Mapping[int, Row],
        worst: Mapping[tuple[str, bool], Rational],
    ) -> Any:
        if isinstance(r.value, Patch):
            return self._patched(r.value, plan, source)
        if r.value == "mean":
            return self._float(self._mean(r, plan), r.name)
        if r.value == "resample":
            return self._read_off(self.clean(draws[r.group]), r.name, r.pre)
        if r.value == "worst":
            return self._float(worst[r.name, r.pre], r.name)
        return self._float(r.value, r.name)

    def _patched(self, patch: Patch, plan: Plan, source: Row | None) -> Any:
        row = source if patch.point is None else patch.point
        if row is None:
            raise ToynetsError(
                f"{plan.text} reads x', but no source input is given.",
                cause="x' stands for the input that the value is taken from.",
                fix="pass source=[…], or write the input out, as in h2 = h2(1, 0).",
            )
        return self._read_off(self.clean(row), patch.unit, patch.pre)

    def _read_off(self, values: Pass, name: str, pre: bool) -> Any:
        k, i = self.places[name]
        return values.inputs[i] if k < 0 else (values.pre if pre else values.activation)[k][i]

    def _mean(self, r: Replacement, plan: Plan) -> Rational:
        """Return the mean of the float values, itself not yet rounded."""
        key = (r.name, r.pre)
        if key not in self._means:
            rows = self._listed(plan).rows
            total = sum(
                (from_float(float(self._read_off(self.clean(row), *key))) for row in rows),
                rational(0),
            )
            self._means[key] = total / len(rows)
        return self._means[key]

    def _listed(self, plan: Plan) -> Domain:
        if self.domain is None:
            raise ToynetsError(
                f"{plan.text} needs a domain.",
                cause="a mean is over the inputs that the claim is about.",
                fix=f"pass domain=Domain.boolean({len(self.network.inputs)}) or another domain.",
            )
        if self.domain.kind == "box":
            raise ToynetsError(
                f"{plan.text}: a box has no list of inputs to take the mean over.",
                fix="pass domain=Domain.sampled(box, seed=0), or a finite domain.",
            )
        return self.domain

    def outputs(self, values: Pass) -> Values:
        """Return the activations of the last layer, named."""
        return Values(list(values.activation[-1]), self.network.outputs)


def _middle(number: Any) -> Rational:
    """Return a rational, or the middle of a ball."""
    shown = public(number)
    return rational(shown.midpoint if isinstance(shown, Ball) else shown)
