"""`toynets gauge`: which changes of the weights change nothing, and one of them made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import combinations
from typing import Any

from toynets.api.subject import Subject, subject
from toynets.display import Table
from toynets.domain import Domain
from toynets.errors import ToynetsError, unknown
from toynets.fields import record
from toynets.network import Network
from toynets.rationals import from_float, rational, short
from toynets.readings import Comparison, compare_networks
from toynets.symmetry import (
    MOVES,
    Reduction,
    canonical_form,
    flip_sign,
    kink_flip,
    permute,
    reduce,
    rescale,
    shift_logits,
    sigmoid_flip,
    what_no_move_changes,
)

# What people type -> (the move's record, what follows it).
TYPED = {
    "permute": ("permute", "UNIT UNIT …: all units of a layer, in the new order"),
    "rescale": ("rescale", "UNIT FACTOR"),
    "flip": ("flip_sign", "UNIT"),
    "shift-logits": ("shift_logits", "UNIT NUMBER, or bias NUMBER"),
    "kink-flip": ("kink_flip", "UNIT UNIT …: together, so that what is left cancels"),
    "sigmoid-flip": ("sigmoid_flip", "UNIT"),
    "reduce": ("", "takes dead, constant and twin units out"),
}
BY = ("2", "1/2")  # one of them stays in the range of a float
MOST_TOGETHER = 8  # units of a layer all of whose groups are tried; of more, pairs


@record(frozen=True)
class Gauge:
    """The freedom that a network's weights have.

    Attributes:
        network: its name.
        numbers: a row a weight: stored value, and its value in the canonical form.
        moves: a row a move: where it applies, why it keeps the function, whether ablations stay.
        form: the hash of the canonical form: equal hashes, equal ablations.
    """

    network: str
    numbers: Table
    moves: Table
    form: str

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain data."""
        return {
            "network": self.network,
            "canonical_form": self.form,
            "numbers": self.numbers.to_dict()["rows"],
            "moves": self.moves.to_dict()["rows"],
        }

    def __str__(self) -> str:
        return f"{self.numbers}\n\n{self.moves}\n\ncanonical form {self.form[:12]}"

    __repr__ = __str__


@record(frozen=True)
class Moved:
    """A network after a move, held against what it was.

    Attributes:
        network: after the move.
        changed: a row a number that changed.
        comparison: of the two, by every ablation.
        reduction: what was taken out, for `reduce`.
    """

    network: Network
    changed: Table
    comparison: Comparison
    reduction: Reduction | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain data."""
        return {
            "network": self.network.to_dict(),
            "changed": self.changed.to_dict()["rows"],
            "comparison": self.comparison.to_dict(),
            "reduced": None if self.reduction is None else self.reduction.to_dict()["steps"],
        }

    def __str__(self) -> str:
        head = str(self.changed) if self.reduction is None else str(self.reduction)
        return f"{head}\n{self.comparison}"

    __repr__ = __str__


def gauge(thing: Any) -> Gauge:
    """Say which changes of a network's weights leave its function, or its ablations, unchanged.

    Args:
        thing: an entry of the zoo or its name, a `Network`, or a file of one.

    >>> [row["move"] for row in gauge("xor-sum").moves.to_dict()["rows"]]
    ['permute', 'rescale']
    """
    about = subject(thing)
    return Gauge(
        about.name, _numbers(about), _moves(about.network), canonical_form(about.network).hash
    )


def _numbers(about: Subject) -> Table:
    """Return each number beside what the canonical form has in its place."""
    network = about.network
    form = canonical_form(network)
    values: dict[str, Any] = {}
    parents: Sequence[str] = network.inputs
    for layer, units in zip(form.layers, form.units, strict=True):
        for i, unit in enumerate(units):
            for parent, w in zip(parents, layer.weight[i], strict=True):
                if w is not None:
                    values[f"{parent}->{unit}"] = w
            if layer.bias is not None:
                values[f"{unit}.bias"] = layer.bias[i]
        parents = units
    rows = []
    for address, value in network.numbers.items():
        stored, canonical = from_float(value), rational(values[address])
        kept = "" if stored == canonical else "moves"
        rows.append(
            [address, short(stored), short(canonical), kept, what_no_move_changes(network, address)]
        )
    return Table(
        ["weight", "value", "canonical", "changed", "what no move changes"],
        rows,
        right=["value", "canonical"],
        title=f"{about.name}  {network.text}: numbers in the canonical form of the gauge",
    )


def _moves(network: Network) -> Table:
    rows = []
    for typed, (name, _) in TYPED.items():
        if not name:
            continue
        move = MOVES[name]
        units = _where(network, name)
        if not units:
            continue
        rows.append(
            [
                typed,
                ", ".join(units),
                move.formula,
                "yes" if move.preserves_ablations else "no",
                move.exception,
            ]
        )
    return Table(
        ["move", "of", "keeps the function because", "keeps every ablation", "but"],
        rows,
        title="moves that this network allows",
    )


def _where(network: Network, name: str) -> list[str]:
    """Return the units that a move takes here: those that it was tried on and did not refuse."""
    layers = [layer.units for layer in network.layers[:-1]]
    if name == "permute":
        return [u for units in layers if len(units) > 1 for u in units]
    if name == "kink_flip":
        return [" with ".join(group) for units in layers for group in _kinks(network, units)]
    if name == "shift_logits":
        parents = [*(layers[-1] if layers else network.inputs), "bias"]
        return [p for p in parents if _allows(partial(shift_logits, network, p, 0))]
    if name == "rescale":
        return [
            u for u in network.units if any(_allows(partial(rescale, network, u, s)) for s in BY)
        ]
    flip = flip_sign if name == "flip_sign" else sigmoid_flip
    return [u for u in network.units if _allows(partial(flip, network, u, round=True))]


def _kinks(network: Network, units: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the smallest groups of a layer whose kinks can be turned over together."""
    most = len(units) if len(units) <= MOST_TOGETHER else 2
    found: list[tuple[str, ...]] = []
    for size in range(1, most + 1):
        for group in combinations(units, size):
            if not any(set(one) <= set(group) for one in found) and _allows(
                partial(kink_flip, network, *group, round=True)
            ):
                found.append(group)
    return found


def _allows(move: Callable[[], Network]) -> bool:
    try:
        move()
    except ToynetsError:
        return False
    return True


def moved(
    thing: Any, move: str, *arguments: str, domain: Domain | None = None, round: bool = False
) -> Moved:
    """Make one move, and compare function and ablations before and after.

    Args:
        thing: an entry of the zoo or its name, a `Network`, or a file of one.
        move: `permute`, `rescale`, `flip`, `shift-logits`, `kink-flip`, `sigmoid-flip`, `reduce`.
        arguments: units and numbers, as the move takes them.
        domain: the inputs to compare on; default the task's, or all bits.
        round: round what the dtype cannot hold.

    Raises:
        ToynetsError: no such move, or arguments that it does not take.

    >>> found = moved("xor-sum", "rescale", "h1", "2")
    >>> found.comparison.same_gauge, found.comparison.gaps
    (True, ())
    """
    about = subject(thing, domain)
    if move not in TYPED:
        raise ToynetsError(unknown("move", move, "", TYPED))
    made, reduction = _made(about, move, list(arguments), round)
    before, after = about.network.numbers, made.numbers
    changed = [
        [a, short(from_float(before[a])) if a in before else "", short(from_float(after[a]))]
        if a in after
        else [a, short(from_float(before[a])), "gone"]
        for a in dict.fromkeys([*before, *after])
        if before.get(a) != after.get(a)
    ]
    table = Table(
        ["weight", "before", "after"],
        changed,
        right=["before", "after"],
        title=f"{about.name} after {' '.join([move, *arguments])}",
    )
    return Moved(made, table, compare_networks(about.network, made, about.domain), reduction)


def _made(
    about: Subject, move: str, given: list[str], round: bool
) -> tuple[Network, Reduction | None]:
    network = about.network
    least = {"permute": 1, "rescale": 2, "flip": 1, "shift-logits": 2, "kink-flip": 1}
    most = {"rescale": 2, "flip": 1, "shift-logits": 2, "sigmoid-flip": 1, "reduce": 0}
    if not least.get(move, 1 if move == "sigmoid-flip" else 0) <= len(given) <= most.get(move, 99):
        raise ToynetsError(
            f"{move} takes {TYPED[move][1]}, but got {' '.join(given) or 'nothing'}.",
        )
    if move == "permute":
        return permute(network, given), None
    if move == "rescale":
        return rescale(network, given[0], given[1], round=round), None
    if move == "flip":
        return flip_sign(network, given[0], round=round), None
    if move == "shift-logits":
        return shift_logits(network, given[0], given[1], round=round), None
    if move == "kink-flip":
        return kink_flip(network, *given, round=round), None
    if move == "sigmoid-flip":
        return sigmoid_flip(network, given[0], round=round), None
    found = reduce(network, about.domain, round=round)
    return found.network, found
