"""What a network computes while a set of its units or edges is kept and all others are ablated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from toynets import exact
from toynets.domain import Domain
from toynets.errors import ToynetsError, unknown
from toynets.names import edge_name
from toynets.rationals import ZERO

# What stands in the place of a unit, or of what an edge carries, that is not kept.
UNIT_ABLATIONS = {
    "zero": "its activation is 0",
    "pre": "its pre-activation is 0",
    "incoming": "its incoming weights are 0, its bias is kept",
    "mean": "its activation is its mean over the domain",
    "resample": "its activation is that on another input, every other in turn, one for all of them",
}
EDGE_ABLATIONS = {
    "zero": "its weight is 0",
    "mean": "it carries the mean of its source over the domain",
    "resample": "it carries the value of its source on another input, every other in turn, one "
    "for all of them",
}
ABLATIONS = {"units": UNIT_ABLATIONS, "edges": EDGE_ABLATIONS}


class Kept:
    """A network of which some players are kept; a set of players is the bits of a number.

    Args:
        network: a `toynets.Network`.
        domain: finite or sampled.
        of: `units` (hidden ones) or `edges` (weights; biases stay).
        ablation: a name of `ABLATIONS[of]`.

    Attributes:
        players: names; the bit of the first one is 1, of the second 2, and so on.
        cases: (row, source row or None) pairs on which a set is tried.

    Raises:
        ToynetsError: no such players or ablation, or nothing to resample from.

    >>> from toynets.network import Network
    >>> xor = Network.from_layers(
    ...     [([[1, 1], [1, 1]], [0, -1], "relu"), ([[1, -2]], [0], "identity")])
    >>> kept = Kept(xor, Domain.boolean(2), "units", "zero")
    >>> [kept.outcome(0b01, case)[0] for case in kept.cases]  # without h2
    [0, 1, 1, 2]
    """

    def __init__(self, network: Any, domain: Domain, of: str, ablation: str) -> None:
        if of not in ABLATIONS:
            kinds = "kinds of players"
            raise ToynetsError(unknown("kind of players", str(of), "", ABLATIONS, kinds))
        if ablation not in ABLATIONS[of]:
            raise ToynetsError(
                unknown("ablation", str(ablation), f"circuits of {of}", ABLATIONS[of])
            )
        self.network = network
        self.machine = exact.Machine(network, domain)
        self.rows = domain.rows
        self.of = of
        self.ablation = ablation
        machine = self.machine
        wiring = network.wiring
        self.players = wiring.hidden if of == "units" else tuple(
            edge_name(*edge) for edge in wiring.edges
        )
        bit = {name: 1 << k for k, name in enumerate(self.players)}
        self._own = [bit.get(name, 0) if of == "units" else 0 for name in machine.names]
        self._edges = [
            [(j, w, bit.get(edge_name(machine.names[j], machine.names[s.unit]), 0))
             for j, w in s.terms]
            for s in machine.steps
        ]
        self._means: list[Any] = []
        if ablation == "mean":
            self._means = [machine.mean(name) for name in machine.names]
        self.cases: list[tuple[int, int | None]] = [(i, None) for i in range(len(self.rows))]
        if ablation == "resample":
            count = range(len(self.rows))
            self.cases = [(i, s) for i in count for s in count if s != i]
            if not self.cases:
                raise ToynetsError(
                    f"resample has nothing to draw from: {domain.text} has no other input.",
                    fix="use a larger domain.",
                )
        self._cones = self._find_cones()
        self._memory: dict[tuple[int, int | None], dict[tuple[int, int], Any]] = {}

    def _find_cones(self) -> list[int]:
        """Return for each value the players that it depends on, itself included."""
        cones = [0] * len(self.machine.names)
        for step, edges in zip(self.machine.steps, self._edges, strict=True):
            mask = self._own[step.unit]
            for j, _, edge in edges:
                mask |= cones[j] | edge
            cones[step.unit] = mask
        return cones

    @property
    def clean(self) -> list[tuple[Any, ...]]:
        """The clean outputs on each row."""
        return [self.machine.outcome(x) for x in self.rows]

    def outcome(self, mask: int, case: tuple[int, int | None]) -> tuple[Any, ...]:
        """Return the outputs on one case with the players of a set kept.

        Args:
            mask: the set as bits.
            case: of `cases`.
        """
        row, source = case
        machine = self.machine
        base = machine.clean(self.rows[row]).act
        other = None if source is None else machine.clean(self.rows[source]).act
        memory = self._memory.setdefault(case, {})
        act = list(base[: machine.count]) + [ZERO] * len(machine.steps)
        first = machine.first_output
        for step, edges in zip(machine.steps, self._edges, strict=True):
            u = step.unit
            key = (u, mask & self._cones[u])
            if u < first and key in memory:
                act[u] = memory[key]
                continue
            own = self._own[u]
            if own and not mask & own:
                value = self._without(step, other)
            else:
                z = step.bias
                for j, weight, edge in edges:
                    if not edge or mask & edge:
                        z = z + weight * act[j]
                    elif self.ablation == "mean":
                        z = z + weight * self._means[j]
                    elif other is not None:
                        z = z + weight * other[j]
                value = step.function(z)
            act[u] = value
            if u < first:
                memory[key] = value
        outputs = act[first:]
        if machine.softmax:
            mean = sum(outputs, ZERO) / len(outputs)
            outputs = [v - mean for v in outputs]
        return tuple(outputs)

    def _without(self, step: Any, other: Sequence[Any] | None) -> Any:
        """Return the activation of a unit that is not kept."""
        if self.ablation == "zero":
            return ZERO
        if self.ablation == "pre":
            return step.function(ZERO)
        if self.ablation == "incoming":
            return step.function(step.bias)
        if self.ablation == "mean":
            return self._means[step.unit]
        assert other is not None
        return other[step.unit]

    def members(self, mask: int) -> tuple[str, ...]:
        """Return the names of a set.

        >>> from toynets.network import Network
        >>> net = Network.from_layers([([[1], [1]], None, "relu"), ([[1, 1]], None, "identity")])
        >>> Kept(net, Domain.boolean(1), "edges", "zero").members(0b0101)
        ('x1->h1', 'h1->y')
        """
        return tuple(name for k, name in enumerate(self.players) if mask >> k & 1)

    def carried(self, mask: int) -> dict[str, Any]:
        """Return what each edge that a set leaves out carries, where that is its source's mean.

        >>> from toynets.network import Network
        >>> net = Network.from_layers([([[1]], None, "relu"), ([[1]], [0], "identity")])
        >>> Kept(net, Domain.boolean(1), "edges", "mean").carried(0b10)
        {'x1->h1': 1/2}
        """
        if self.of != "edges" or self.ablation != "mean":
            return {}
        edges = {
            edge_name(*edge): self.machine.names.index(edge[0])
            for edge in self.network.wiring.edges
        }
        gone = [name for k, name in enumerate(self.players) if not mask >> k & 1]
        return {name: self._means[edges[name]] for name in gone}

    def intervention(self, mask: int) -> str:
        """Return the intervention that leaves this set; "" where the language has none.

        The mean of what one edge carries, and incoming weights of a unit that has none, cannot be
        written.
        """
        gone = [name for k, name in enumerate(self.players) if not mask >> k & 1]
        if not gone:
            return ""
        wiring = self.machine.wiring
        if self.of == "edges":
            if self.ablation == "resample":
                return f"{', '.join(gone)} = (x')"
            copies = {
                member: f"{group}@{k}"
                for group, members in wiring.ties.items()
                for k, member in enumerate(members, start=1)
            }
            names = [copies.get(name, name) for name in gone]
            return f"{', '.join(names)} = 0" if self.ablation == "zero" else ""
        if self.ablation == "incoming":
            fed = [name for name in gone if wiring.incoming(name)]
            return f"{', '.join('->' + name for name in fed)} = 0" if fed == gone else ""
        if self.ablation == "resample":
            return ", ".join(f"{name} = {name}(x')" for name in gone)
        names = [f"{name}.pre" if self.ablation == "pre" else name for name in gone]
        return f"{', '.join(names)} = {'mean' if self.ablation == 'mean' else '0'}"
