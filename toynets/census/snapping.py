"""`snap`: the nearest network of small rationals, and what the way there does to every ablation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from toynets import exact
from toynets.display import Table
from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.network import Network
from toynets.rationals import ZERO, Rational, rational, short, to_float, workprec
from toynets.symmetry import canonical_form
from toynets.tasks import Task, load
from toynets.verification.compare import size
from toynets.verification.tiers import constant_kinds, parameter_texts, subset_texts


@dataclass(frozen=True)
class Snapped:
    """A network of small rationals beside the one that it was made from.

    Attributes:
        network: the snapped one, in the gauge of `canonical_form`; its units keep their names.
        distance: the largest change of a number, in that gauge; a `Fraction`.
        moved: address -> (from, to), as texts, of every number that changed.
        effects: intervention -> the largest change of an output that the snapping makes under it,
            "" for none; float, rounded up from the exact one.
        correct: whether the snapped network computes the task exactly; None without a task.
        text: of the domain.
    """

    network: Network
    distance: Any
    moved: dict[str, tuple[str, str]]
    effects: dict[str, float]
    correct: bool | None = None
    text: str = ""

    @property
    def worst(self) -> float:
        """The largest change under any ablation."""
        return max(self.effects.values())

    def to_dict(self) -> dict[str, Any]:
        """Return the result as plain data."""
        return {
            "network": self.network.to_dict(),
            "distance": str(self.distance),
            "moved": {a: list(pair) for a, pair in self.moved.items()},
            "effects": dict(self.effects),
            "correct": self.correct,
            "domain": self.text,
        }

    def table(self) -> Table:
        """Return the numbers that moved."""
        return Table(
            ["weight", "from", "to"],
            [[a, *pair] for a, pair in self.moved.items()],
            right=["from", "to"],
            title=f"{self.network.name} snapped",
        )

    def __str__(self) -> str:
        lines = [str(self.table())]
        lines.append(f"distance {to_float(rational(self.distance)):.3g} in the gauge.")
        if self.correct is not None:
            lines.append(f"computes the task exactly: {'yes' if self.correct else 'no'}.")
        lines.append(f"largest change of an output on {self.text}:")
        lines += [f"  {change:.3g}  {text or 'clean'}" for text, change in self.effects.items()]
        return "\n".join(lines)

    def __repr__(self) -> str:
        return (
            f"<Snapped {self.network.name}: distance {to_float(rational(self.distance)):.3g}, "
            f"largest change of an ablation {self.worst:.3g}>"
        )


def snap(
    network: Network,
    *,
    task: str | Task | None = None,
    domain: Domain | None = None,
    denominator: int = 2,
) -> Snapped:
    """Bring a network into its gauge and round every number to the nearest small rational.

    The gauge is that of `canonical_form`, so outgoing weights of relu add up to 1 in size, and
    every ablation of the network in the gauge is one of the network. The ablations of the snapped
    network are then compared with those of the original, exactly: every weight and bias cut and
    flipped, every subset of hidden units under each constant kind.

    Args:
        network: any whose numbers are near small rationals in the gauge.
        task: to say whether the snapped network computes it exactly; it gives the domain too.
        domain: the inputs to compare on; default the task's, else the Boolean cube.
        denominator: 1, 2, 4, 8, …: numbers are rounded to multiples of 1/denominator. Powers of two
            alone, because a network holds floats.

    Raises:
        ToynetsError: a denominator that is no power of two; a domain of another dimension, or that
            is not finite.

    >>> trained = Network.from_layers(
    ...     [([[0.8125, -0.8125], [-0.79, 0.8125]], [0, 0], "relu"), ([[1.25, 1.25]], [0],
    ...     "identity")], round=True)
    >>> found = snap(trained, task="xor")
    >>> found.correct, found.network["x1->h1"], round(found.worst, 4)
    (True, 1.0, 0.0594)
    """
    power = isinstance(denominator, int) and denominator > 0
    if not power or denominator & (denominator - 1):
        raise ToynetsError(
            f"the denominator is a power of two, but got {denominator!r}.",
            cause="a network holds floats, and 1/3 is none.",
            fix="write denominator=1, 2, 4 or 8.",
        )
    task = load(task) if isinstance(task, str) else task
    if domain is None:
        domain = task.training if task else Domain.boolean(len(network.inputs))
    if not domain.finite:
        raise ToynetsError(
            f"the ablations are compared on every input, but {domain.text} is not finite.",
            fix="give domain=Domain.listed(...) or Domain.sampled(...).",
        )
    if domain.dimension != len(network.inputs):
        raise ToynetsError(
            f"the domain {domain.text} has {domain.dimension} inputs but the network has "
            f"{len(network.inputs)}: {', '.join(network.inputs)}."
        )
    snapped, distance, moved = _round(network, denominator)
    effects = _effects(network, snapped, domain)
    return Snapped(snapped, distance, moved, effects, _correct(snapped, task), domain.text)


def _round(network: Network, denominator: int) -> tuple[Network, Any, dict[str, tuple[str, str]]]:
    form = canonical_form(network)
    distance: Any = 0
    moved: dict[str, tuple[str, str]] = {}
    layers = []
    parents: tuple[str, ...] = network.inputs

    def near(value: Any, address: str) -> Any:
        nonlocal distance
        if value is None:
            return 0
        new = type(value)(round(value * denominator), denominator)
        distance = max(distance, abs(new - value))
        if new != value:
            moved[address] = (short(rational(value)), short(rational(new)))
        return new

    for layer, units in zip(form.layers, form.units, strict=True):
        weight = [
            [near(w, f"{p}->{u}") for p, w in zip(parents, row, strict=True)]
            for u, row in zip(units, layer.weight, strict=True)
        ]
        bias = None
        if layer.bias is not None:
            bias = [near(b, f"{u}.bias") for u, b in zip(units, layer.bias, strict=True)]
        layers.append((weight, bias, layer.activation))
        parents = units
    made = Network.from_layers(
        layers,
        inputs=network.inputs,
        units=[list(units) for units in form.units[:-1]],
        outputs=list(form.units[-1]),
        dtype=network.dtype,
        masks=_masks(form),
        name=network.name,
    )
    return made, distance, moved


def _masks(form: Any) -> list[Any] | None:
    masks = [[[w is not None for w in row] for row in layer.weight] for layer in form.layers]
    absent = any(not there for mask in masks for row in mask for there in row)
    return masks if absent else None


def _effects(before: Network, after: Network, domain: Domain) -> dict[str, float]:
    """Return for every intervention the largest change of an output between two networks."""
    has_bias = any(f"{u}.bias" in before.numbers for u in before.hidden)
    kinds = constant_kinds([layer.activation for layer in before.layers[:-1]], has_bias)
    texts = ["", *parameter_texts(before.wiring)]
    texts += subset_texts(before.wiring, before.hidden, kinds)
    first, second = exact.Machine(before, domain), exact.Machine(after, domain)
    found = {}
    with workprec():
        for text in texts:
            one, two = before.wiring.resolve(text), after.wiring.resolve(text)
            largest: Rational = ZERO
            for x in domain.rows:
                for a, b in zip(first.outcome(x, one), second.outcome(x, two), strict=True):
                    gap = abs(a - b)
                    if largest is ZERO or gap > largest:
                        largest = gap
            found[text] = size(largest)
    return found


def _correct(network: Network, task: Task | None) -> bool | None:
    if task is None:
        return None
    machine = exact.Machine(network, task.training)
    clean = network.wiring.resolve("")
    return all(
        tuple(machine.outcome(x, clean)) == tuple(task.target(x)) for x in task.training.rows
    )
