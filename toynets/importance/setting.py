"""What scores are computed for: a network, its inputs, the players, the outputs that count."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from toynets.errors import ToynetsError, unknown
from toynets.importance.floats import Array, Floats, Pass
from toynets.rationals import to_float

if TYPE_CHECKING:
    from toynets.domain import Domain, Row
    from toynets.network import Network

KINDS = ("units", "inputs", "weights")
SAMPLES = 64  # points of a box whose task has no examples


def listed(task: Any) -> Domain:
    """Return the inputs of a task as a list: all of them, its examples, or points of its box."""
    domain: Domain = task.domain
    if domain.finite:
        return domain
    if task.examples is not None:
        examples: Domain = task.examples
        return examples
    return domain.sampled(domain, count=SAMPLES, seed=0)


class Setting:
    """One question about one network.

    Attributes:
        network: any network.
        domain: the inputs that the scores and effects are over; its rows can be listed.
        of: `units` (hidden ones), `inputs` or `weights` (and biases).
        source: only what lies on a way from this input counts, or "".
        targets: the outputs that count.
        players: the names that are compared. A tied weight counts copy by copy.
        wanted: one exact row -> the wanted outputs, or None.
        floats: the network in float64.
        kept: effects and values of games that were computed already.
    """

    def __init__(
        self,
        network: Network,
        domain: Domain,
        of: str,
        source: str | None = None,
        target: str | None = None,
        wanted: Callable[[Row], Sequence[Any]] | None = None,
    ) -> None:
        if domain.dimension != len(network.inputs):
            raise ToynetsError(
                f"the domain {domain.text} has {domain.dimension} inputs, but the network has "
                f"{len(network.inputs)}: {', '.join(network.inputs)}."
            )
        if domain.kind == "box":
            raise ToynetsError(
                f"scores are means over listed inputs, but {domain.text} is a box.",
                fix="use Domain.sampled(box, seed=0), or a finite domain.",
            )
        self.network = network
        self.domain = domain
        self.rows = domain.rows
        self.of = of
        self.source = source or ""
        self.targets = (target,) if target else network.outputs
        self.wanted = wanted
        self.kept: dict[tuple[str, Any], Any] = {}
        self.players = players_of(network, of, source, target)
        if not self.players:
            where = f" from {self.source}" if self.source else ""
            raise ToynetsError(
                f"there are no {of}{where} to compare on the way to {', '.join(self.targets)}.",
                cause="the network has no hidden units."
                if of == "units" and not network.hidden
                else "every way is masked out.",
                fix='ask of="inputs" or of="weights".' if of == "units" else "",
            )

    @cached_property
    def floats(self) -> Floats:
        """The network in float64."""
        return Floats(self.network)

    @cached_property
    def x(self) -> Array:
        """The inputs, shape (rows, inputs)."""
        import numpy as np

        return np.array([[to_float(v) for v in row] for row in self.rows])

    @cached_property
    def clean(self) -> Pass:
        """The clean pass of every input."""
        return self.floats.run(self.x)

    @cached_property
    def gradients(self) -> list[tuple[list[Array], list[Array]]]:
        """For each target its derivatives by every activation and pre-activation."""
        return [self.floats.gradient(self.clean, t) for t in self.targets]

    def read(self, passed: Pass) -> Array:
        """Return the targets, shape (rows, targets)."""
        chosen = [self.network.outputs.index(t) for t in self.targets]
        return passed.act[-1][:, chosen]

    def values(self, name: str) -> Array:
        """Return the clean values of an input or unit, shape (rows,)."""
        return self.floats.read(self.clean, name)

    def mean(self, name: str) -> float:
        """Return the mean of the clean values of an input or unit."""
        return float(self.values(name).mean())

    @cached_property
    def noise(self) -> float:
        """What is nothing but rounding where outputs are as large as here."""
        return 1e-13 * float(abs(self.read(self.clean)).max())

    def address(self, player: str) -> str:
        """Return how an intervention names a weight: a copy of a tied one by its number."""
        for group, members in self.network.ties.items():
            if player in members:
                return f"{group}@{members.index(player) + 1}"
        return player

    @cached_property
    def wanted_values(self) -> Array | None:
        """The wanted targets, shape (rows, targets), or None."""
        if self.wanted is None:
            return None
        import numpy as np

        from toynets.rationals import rational

        chosen = [self.network.outputs.index(t) for t in self.targets]
        return np.array(
            [[to_float(rational(list(self.wanted(r))[k])) for k in chosen] for r in self.rows]
        )


def players_of(
    network: Network, of: str, source: str | None = None, target: str | None = None
) -> tuple[str, ...]:
    """Return the names that are compared: those on a way from the source to the target.

    Raises:
        ToynetsError: no such kind of player, input or output.
    """
    if of not in KINDS:
        raise ToynetsError(unknown("kind of player", str(of), "", KINDS))
    for name, there, what in (
        (source, network.inputs, "input"),
        (target, network.outputs, "output"),
    ):
        if name is not None and name not in there:
            raise ToynetsError(unknown(what, str(name), network.name, there))
    wiring = network.wiring
    targets = (target,) if target else network.outputs
    before = _closure(targets, [(t, s) for s, t in wiring.edges])
    after = _closure((source,) if source else (), list(wiring.edges))

    def counts(name: str) -> bool:
        return name in before and (not source or name in after)

    if of != "weights":
        names = network.inputs if of == "inputs" else network.hidden
        return tuple(n for n in names if counts(n))
    found = []
    for address in wiring.parameters():
        start, arrow, end = address.partition("->")
        if not arrow:  # a bias is on no way from an input
            if not source and start.removesuffix(".bias") in before:
                found.append(address)
        elif end in before and (not source or start in after):
            found.append(address)
    return tuple(found)


def _closure(start: Sequence[str], edges: Sequence[tuple[str, str]]) -> set[str]:
    """Return what can be reached along edges, the start with it."""
    found, pending = set(start), list(start)
    while pending:
        name = pending.pop()
        for a, b in edges:
            if a == name and b not in found:
                found.add(b)
                pending.append(b)
    return found
