"""`snap`: the nearest network of small rationals, and what the way there does to every ablation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from toynets import exact
from toynets.census.gauging import Numbers, gauged
from toynets.display import Table
from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.network import Network
from toynets.rationals import Rational, fraction, rational, short, to_float, workprec
from toynets.tasks import Task, load
from toynets.verification.compare import Decision, size
from toynets.verification.tiers import constant_kinds, parameter_texts, subset_texts

DENOMINATORS = (1, 2, 4, 8)
NEAR = Rational(1, 20)  # a number that moves further was not near a small rational
SWAPS = 40_000  # swaps of a unit between two inputs are compared if there are not more
SHOWN = 8
SMOOTH = ("tanh", "sigmoid", "softmax")  # have irrational values at rational points


@dataclass(frozen=True)
class Snapped:
    """A network of small rationals beside the one that it was made from.

    Attributes:
        network: the snapped one, in a gauge that changes no ablation; names and order are kept.
        denominator: every number is a multiple of 1 by it.
        distance: the largest change of a number, in that gauge; a `Fraction`.
        moved: address -> (from, to), as texts, of every number that changed.
        effects: intervention -> the largest change of an output that the snapping makes under it,
            "" for none; the nearest float, or the upper end of a ball.
        correct: whether the snapped network computes the task exactly, at the points of its
            training; None without a task.
        decided: (how many inputs it decides rightly, of how many); None without a decision.
        text: of the domain.
        tried: at which points `correct` and `decided` were tried, where they are not the whole
            domain of the task; else "".
    """

    network: Network
    denominator: int
    distance: Any
    moved: dict[str, tuple[str, str]]
    effects: dict[str, float]
    correct: bool | None = None
    decided: tuple[int, int] | None = None
    text: str = ""
    tried: str = ""

    @property
    def worst(self) -> float:
        """The largest change under any ablation."""
        return max(self.effects.values())

    @property
    def holds(self) -> bool:
        """Whether it still does its task: exactly, or by decision where no exact value can be had.

        True without a task.
        """
        smooth = any(layer.activation in SMOOTH for layer in self.network.layers)
        if self.correct is False and smooth and self.decided is not None:
            return self.decided[0] == self.decided[1]
        return self.correct is not False

    @property
    def near(self) -> bool:
        """Whether no number moved by more than 1/20."""
        return bool(rational(self.distance) <= NEAR)

    def to_dict(self) -> dict[str, Any]:
        """Return the result as plain data."""
        return {
            "network": self.network.to_dict(),
            "denominator": self.denominator,
            "distance": str(self.distance),
            "near": self.near,
            "moved": {a: list(pair) for a, pair in self.moved.items()},
            "effects": dict(self.effects),
            "correct": self.correct,
            "holds": self.holds,
            "decided": None if self.decided is None else list(self.decided),
            "domain": self.text,
            "tried": self.tried,
        }

    def table(self) -> Table:
        """Return the numbers that moved."""
        return Table(
            ["weight", "from", "to"],
            [[a, *pair] for a, pair in self.moved.items()],
            right=["from", "to"],
            title=f"{self.network.name or 'the network'} snapped to multiples of "
            f"{short(Rational(1, self.denominator))}",
        )

    def effect_table(self, most: int | None = None) -> Table:
        """Return what the snapping does to ablations, the largest change first.

        Args:
            most: how many; default all.
        """
        ranked = sorted(self.effects.items(), key=lambda item: -item[1])
        return Table(
            ["intervention", "largest change of an output"],
            [[text or "none", f"{change:.3g}"] for text, change in ranked[:most]],
            right=["largest change of an output"],
            title=f"what the snapping changes, over {self.text}",
        )

    def lines(self) -> list[str]:
        """Return what is said below the table of numbers."""
        found = [
            f"largest change of a number: {to_float(rational(self.distance)):.3g}"
            + ("." if self.near else "; that is not near, and another network than the one given.")
        ]
        if self.correct is not None:
            at = f" at {self.tried}" if self.tried else ""
            found.append(f"computes the task exactly{at}: {'yes' if self.correct else 'no'}.")
        if self.decided is not None and not self.correct:
            found.append(f"decides {self.decided[0]} of {self.decided[1]} inputs rightly.")
        return found

    def __str__(self) -> str:
        more = len(self.effects) - SHOWN
        rest = [f"and {more} interventions of smaller changes"] if more > 0 else []
        parts = [str(self.table())] if self.moved else ["No number moved."]
        return "\n".join([*parts, *self.lines(), str(self.effect_table(SHOWN)), *rest])

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
    denominator: int | None = None,
) -> Snapped:
    """Bring a network into its gauge and round every number to the nearest small rational.

    In the gauge the largest outgoing weight of a relu unit is 1 in size, and every ablation of the
    network in the gauge is one of the network. The ablations of the snapped network are then
    compared with those of the original, exactly: every weight and bias cut and flipped, every
    subset of hidden units under each constant kind, and every unit taken from every other input.

    Args:
        network: any whose numbers are near small rationals in the gauge.
        task: to say whether the snapped network computes it exactly; it gives the domain too.
        domain: the inputs to compare on; default the task's, else the Boolean cube.
        denominator: 1, 2, 4, 8, …: numbers are rounded to multiples of 1/denominator. Powers of two
            alone, because a network holds floats. Default the smallest up to 8 with which no number
            moves by more than 1/20; where there is none, that with which they move least.

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
    if denominator is not None:
        _check_denominator(denominator)
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
    numbers = gauged(network)
    if denominator is None:
        denominator = _smallest(network, numbers)
    snapped, distance, moved = _rounded(network, numbers, denominator)
    return Snapped(
        snapped,
        denominator,
        fraction(distance),
        moved,
        _effects(network, snapped, domain),
        _correct(snapped, task),
        _decided(snapped, task),
        domain.text,
        _tried(task),
    )


def _check_denominator(given: Any) -> None:
    whole = isinstance(given, int) and not isinstance(given, bool) and given > 0
    if not whole or given & (given - 1):
        raise ToynetsError(
            f"the denominator is a power of two, but got {given!r}.",
            cause="a network holds floats, and 1/3 is none.",
            fix="write denominator=1, 2, 4 or 8.",
        )


def _smallest(network: Network, numbers: Numbers) -> int:
    """Return the denominator that is taken where none is given."""
    moves = {d: _rounded(network, numbers, d)[1] for d in DENOMINATORS}
    near = [d for d in DENOMINATORS if moves[d] <= NEAR]
    return near[0] if near else min(DENOMINATORS, key=lambda d: moves[d])


def _rounded(
    network: Network, numbers: Numbers, denominator: int
) -> tuple[Network, Rational, dict[str, tuple[str, str]]]:
    """Return the rounded network, how far the furthest number moved, and which moved."""
    distance = Rational(0)
    moved: dict[str, tuple[str, str]] = {}

    def near(value: Any, address: str) -> Any:
        nonlocal distance
        if value is None:
            return 0
        new = Rational(_round(value * denominator), denominator)
        distance = max(distance, abs(new - value))
        if new != value:
            moved[address] = (short(value), short(new))
        return fraction(new)

    layers, parents = [], network.inputs
    for layer, (weight, bias) in zip(network.layers, numbers, strict=True):
        rows = [
            [near(w, f"{p}->{u}") for p, w in zip(parents, row, strict=True)]
            for u, row in zip(layer.units, weight, strict=True)
        ]
        biases = None
        if bias is not None:
            biases = [near(b, f"{u}.bias") for u, b in zip(layer.units, bias, strict=True)]
        layers.append((rows, biases, layer.activation))
        parents = layer.units
    masks = [[[w is not None for w in row] for row in weight] for weight, _ in numbers]
    whole = all(there for mask in masks for row in mask for there in row)
    made = Network.from_layers(
        layers,
        inputs=network.inputs,
        units=[list(layer.units) for layer in network.layers[:-1]],
        outputs=list(network.outputs),
        dtype=network.dtype,
        masks=None if whole else masks,
        ties=network.ties or None,
        name=network.name,
    )
    return made, distance, moved


def _round(value: Rational) -> int:
    """Return the nearest whole number; of two the even one."""
    return round(fraction(value))


def _effects(before: Network, after: Network, domain: Domain) -> dict[str, float]:
    """Return for every intervention the largest change of an output between two networks."""
    has_bias = any(f"{u}.bias" in before.numbers for u in before.hidden)
    kinds = constant_kinds([layer.activation for layer in before.layers[:-1]], has_bias)
    texts = ["", *parameter_texts(before.wiring)]
    texts += subset_texts(before.wiring, before.hidden, kinds)
    first, second = exact.Machine(before, domain), exact.Machine(after, domain)
    rows = domain.rows
    found = {}
    with workprec():
        for text in texts:
            one, two = before.wiring.resolve(text), after.wiring.resolve(text)
            pairs = ((first.outcome(x, one), second.outcome(x, two)) for x in rows)
            found[text] = _largest(pairs)
        if len(before.hidden) * len(rows) ** 2 <= SWAPS:
            for unit in before.hidden:
                text = f"{unit} = {unit}(x')"
                one, two = before.wiring.resolve(text), after.wiring.resolve(text)
                pairs = (
                    (first.outcome(x, one, source=s), second.outcome(x, two, source=s))
                    for s in rows
                    for x in rows
                )
                found[text] = _largest(pairs)
    return found


def _largest(pairs: Iterator[tuple[Sequence[Any], Sequence[Any]]]) -> float:
    return max(size(abs(a - b)) for one, two in pairs for a, b in zip(one, two, strict=True))


def _tried(task: Task | None) -> str:
    if task is None:
        return ""
    if task.domain.finite and set(task.domain.rows) <= set(task.training.rows):
        return ""
    return f"{len(task.training)} points of {task.domain.text}, and no other was tried"


def _correct(network: Network, task: Task | None) -> bool | None:
    if task is None:
        return None
    machine = exact.Machine(network, task.training)
    clean = network.wiring.resolve("")
    return all(
        tuple(machine.outcome(x, clean)) == tuple(task.target(x)) for x in task.training.rows
    )


def _decided(network: Network, task: Task | None) -> tuple[int, int] | None:
    if task is None or not task.decision:
        return None
    rule = Decision(task.decision, network.outputs)
    machine = exact.Machine(network, task.training)
    clean = network.wiring.resolve("")
    rows = task.training.rows
    right = 0
    with workprec():
        for x in rows:
            choice = rule(machine.outcome(x, clean))[0]
            right += choice is not None and choice == rule(task.target(x))[0]
    return right, len(rows)
