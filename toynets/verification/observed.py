"""What roles are decided from: a network's clean and ablated values on listed inputs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from flint import fmpq

from toynets.domain import label
from toynets.errors import Undecided
from toynets.rationals import ZERO, Rational, from_float
from toynets.verification.compare import Decision
from toynets.verification.nearby import Bounds, around

INJECTIVE = ("identity", "tanh", "sigmoid")


class Observed:
    """One network on listed inputs, with the tolerances under which numbers count as equal.

    Args: as for `Roles`.
    """

    def __init__(
        self,
        network: Any,
        machine: Any,
        rows: Sequence[Any],
        decision: Decision,
        epsilon: Mapping[str, Rational],
        complete: bool,
        *,
        bounds: Bounds | None = None,
    ) -> None:
        self.network = network
        self.machine = machine
        self.rows = rows
        self.decision = decision
        self.eps_unit = epsilon.get("units", ZERO)
        self.eps_weight = epsilon.get("weights", ZERO)
        self.eps_effect = epsilon.get("ablations", ZERO)
        self.complete = complete
        self.bounds = bounds
        self.wiring = network.wiring
        self.clean = [machine.values(x) for x in rows]
        self._gone: dict[str, list[Any]] = {}

    @property
    def everywhere(self) -> str:
        """Where a reason was looked at: on all there is, or at the points of a box."""
        return "on every input" if self.complete else f"at the {len(self.rows)} points tried"

    @property
    def tried(self) -> str:
        """What a reason ends with that is known of some points only, or ""."""
        return "" if self.complete else f" {self.everywhere}"

    def unseen(self, what: str) -> str:
        """Return "" (the role fails), or raise where other inputs of the domain may show it."""
        if self.complete:
            return ""
        raise Undecided(f"{what} on none of the sampled inputs; others may show it.")

    def at_most(self, value: Any, epsilon: Rational) -> bool:
        """Return whether |value| <= epsilon.

        Raises:
            Undecided: a ball straddles: neither may be claimed.
        """
        size = abs(value)
        if size <= epsilon:
            return True
        if size > epsilon:
            return False
        raise Undecided("whether two numbers are equal is not decided: a ball straddles.")

    def zero(self, value: Any) -> bool:
        """Return whether a value of a unit counts as 0."""
        return self.at_most(value, self.eps_unit)

    def values(self, name: str) -> list[Any]:
        """Return a clean value on every row."""
        return [values[name] for values in self.clean]

    def number(self, address: str) -> Rational:
        """Return a weight or bias, exact."""
        return from_float(self.network.numbers[address])

    def without(self, unit: str) -> list[Any]:
        """Return every variable of every row with the unit at 0."""
        if unit not in self._gone:
            plan = self.wiring.resolve(f"{unit} = 0")
            self._gone[unit] = [self.machine.values(x, plan) for x in self.rows]
        return self._gone[unit]

    def moved(self, unit: str, before: Any, after: Any, epsilon: Rational) -> bool:
        """Return whether a unit's activation is another one, by more than epsilon.

        Raises:
            Undecided: a ball straddles. Where two balls are activations of equal rationals nothing
                does, and an injective activation of unequal pre-activations differs.
        """
        old, new = before[unit], after[unit]
        if type(old) is not fmpq and type(new) is not fmpq:
            a, b = before[f"{unit}.pre"], after[f"{unit}.pre"]
            if type(a) is fmpq and type(b) is fmpq and a == b:
                return False
            kind = self.network.activation_of(unit)
            if epsilon == 0 and kind in INJECTIVE and (a > b or a < b):
                return True
        return not self.at_most(new - old, epsilon)

    def varies(self, name: str) -> bool:
        """Return whether an input or a unit has several values."""
        first = self.clean[0]
        is_input = name in self.wiring.inputs
        unsure = None
        for row in self.clean[1:]:
            try:
                if is_input and not self.zero(row[name] - first[name]):
                    return True
                if not is_input and self.moved(name, first, row, self.eps_unit):
                    return True
            except Undecided as error:
                unsure = error
        if unsure is not None:
            raise unsure
        return False

    def all_zero(self, values: Iterable[Any]) -> bool:
        """Return whether all values count as 0; one that certainly does not settles it."""
        unsure = None
        for value in values:
            try:
                if not self.zero(value):
                    return False
            except Undecided as error:
                unsure = error
        if unsure is not None:
            raise unsure
        return True

    def noticed(self, before: Any, after: Any) -> bool:
        """Return whether any output is another one, beyond the tolerance of ablations."""
        unsure = None
        for output in self.wiring.outputs:
            try:
                if self.moved(output, before, after, self.eps_effect):
                    return True
            except Undecided as error:
                unsure = error
        if unsure is not None:
            raise unsure
        return False

    def incoming(self, unit: str) -> list[tuple[str, Any]]:
        """Return (parent, weight) of the weights that are not within tolerance of 0."""
        pairs = []
        for address in self.wiring.incoming(unit):
            weight = self.number(address)
            if abs(weight) > self.eps_weight:
                pairs.append((address.partition("->")[0], weight))
        return pairs

    def all_around(
        self, rows: Iterable[Any], counts: Callable[[Any, Any], bool], line: Callable[[Any], bool]
    ) -> bool:
        """Return whether what relates some rows of a box also holds close to each of them.

        Two points always lie on a line. Of a network that is linear in pieces, the line is that of
        a whole piece if it goes on in the direction of every input.

        Args:
            rows: inputs where the relation was seen.
            counts: whether an input, with its clean values, is one of the relation's own.
            line: whether the relation holds of clean values.

        Returns:
            True where there is no box; False if an input near by breaks it, or none near by counts.
        """
        if self.bounds is None:
            return True
        for row in rows:
            for direction in around(row, self.bounds):
                seen = False
                for near in direction:
                    values = self.machine.values(near)
                    if counts(near, values):
                        seen = True
                        if not line(values):
                            return False
                if not seen:
                    return False
        return True

    def labels(self, keep: Sequence[bool]) -> str:
        """Return the inputs that are kept, for a reason."""
        names = [label(x) for x, k in zip(self.rows, keep, strict=True) if k]
        return ", ".join(names[:8]) + (", …" if len(names) > 8 else "")
