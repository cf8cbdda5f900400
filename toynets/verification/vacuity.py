"""Would an explanation also be true of other networks? Of how many, and at which level."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from toynets.display import Table
from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.explanation import Explanation
from toynets.fields import record
from toynets.symmetry import equal_up_to_gauge
from toynets.verification.holding import first_failing
from toynets.verification.matching import match_names

# Level -> the checks that it takes, each level with those before it. Numbers are left aside: that
# other networks have other numbers is no news.
LEVELS = {
    "clean outputs": ("clean",),
    "units too": ("units",),
    "stated ablations too": ("outcomes",),
    "all ablations too": ("parameters", "subsets", "interchange"),
    "all but the numbers": ("roles", "concepts"),
}
KINDS = {
    "zoo": "other networks of the zoo, same names",
    "flipped": "this network, one weight flipped",
    "shuffled": "this network, its weights shuffled",
    "random": "random networks of this shape",
}
_CHECKS = tuple(check for checks in LEVELS.values() for check in checks)


@record(frozen=True)
class Rival:
    """Another network of the same shape.

    Attributes:
        name: of the zoo, the flipped weight, or a number.
        kind: of `KINDS`.
        failed: the level at which the explanation is first untrue of it, or "" where it holds.
        same: whether it is the explained network up to gauge.
    """

    name: str
    kind: str
    failed: str
    same: bool = False


@record(frozen=True)
class Vacuity:
    """Of which rivals an explanation is true, too.

    Attributes:
        rivals: all that were tried.
        seed: of the random ones.
    """

    rivals: tuple[Rival, ...]
    seed: int

    def holding(self, level: str, kind: str = "") -> list[Rival]:
        """Return the rivals of which the claims hold up to a level, without the network itself."""
        places = list(LEVELS)
        return [
            r
            for r in self.rivals
            if not r.same
            and kind in ("", r.kind)
            and (not r.failed or places.index(r.failed) > places.index(level))
        ]

    def tried(self, kind: str = "") -> int:
        """Return how many rivals there are that are not the network itself."""
        return sum(1 for r in self.rivals if not r.same and kind in ("", r.kind))

    @property
    def same(self) -> list[str]:
        """The rivals that are the explained network up to gauge."""
        return [r.name for r in self.rivals if r.same]

    def table(self) -> Table:
        """Return for each kind of rivals of how many the claims hold, level by level.

        The columns are `LEVELS` in short.
        """
        rows = []
        for kind, words in KINDS.items():
            count = self.tried(kind)
            if count:
                held = [str(len(self.holding(level, kind))) for level in LEVELS]
                rows.append([words, str(count), *held])
        columns = ["as true of", "of", "clean", "+ units", "+ stated", "+ ablations", "+ meanings"]
        return Table(columns, rows, right=columns[1:])

    def lines(self) -> list[str]:
        """Return what follows."""
        made = []
        total = self.tried()
        clean, ablated = (self.holding(level) for level in ("clean outputs", "all ablations too"))
        if clean:
            made.append(
                f"by clean outputs alone it would be as true of {len(clean)} of {total} others: "
                f"{_named(clean)}"
            )
        else:
            made.append(f"already by its clean outputs it is untrue of all {total} others")
        if clean:
            made.append(
                f"with every ablation it would be as true of {len(ablated)} of {total}: "
                f"{_named(ablated)}"
                if ablated
                else f"with every ablation it is untrue of all {total} others"
            )
        if self.same:
            made.append(f"up to gauge the network itself, so not counted: {', '.join(self.same)}")
        return made

    def to_dict(self) -> dict[str, Any]:
        """Return the rivals and counts as plain data."""
        return {
            "seed": self.seed,
            "tried": self.tried(),
            "holding": {level: len(self.holding(level)) for level in LEVELS},
            "kinds": {
                kind: {
                    "tried": self.tried(kind),
                    **{level: len(self.holding(level, kind)) for level in LEVELS},
                }
                for kind in KINDS
            },
            "rivals": [
                {"name": r.name, "kind": r.kind, "failed": r.failed, "same": r.same}
                for r in self.rivals
            ],
        }


def _named(rivals: Sequence[Rival], most: int = 8) -> str:
    words = [r.name for r in rivals[:most]]
    return ", ".join(words) + (f", … ({len(rivals)})" if len(rivals) > most else "")


def vacuity(
    network: Any,
    explanation: Explanation,
    domain: Domain,
    others: Sequence[Any] = (),
    *,
    count: int = 20,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> Vacuity:
    """Hold an explanation against other networks.

    Args:
        network: what it is about.
        explanation: without blank weights.
        domain: finite or sampled.
        others: networks to try; those with other names are left out.
        count: how many random, and how many shuffled networks.
        seed: of these.
        progress: called with (done, of how many).

    >>> from toynets.network import Network
    >>> net = Network.from_layers([([[1]], [0], "relu"), ([[1]], [0], "identity")], name="same")
    >>> said = Explanation.of(about="same",
    ...     weights={"x1->h1": 1, "h1.bias": 0, "h1->y": 1, "y.bias": 0},
    ...     units={"h1": {"activation": "relu"}, "y": {"activation": "identity"}})
    >>> found = vacuity(net, said, Domain.listed([[0], [1]]), count=3)
    >>> [r.failed for r in found.rivals if r.kind == "flipped"]
    ['clean outputs', 'clean outputs']
    """
    made = list(_rivals(network, explanation, others, count, seed))
    found = []
    for k, (name, kind, rival) in enumerate(made):
        if progress is not None:
            progress(k, len(made))
        failed = first_failing(rival, explanation, domain, only=_CHECKS)
        level = next((lv for lv, checks in LEVELS.items() if failed in checks), "")
        if failed == "refused":
            level = next(iter(LEVELS))
        same = rival.sizes == network.sizes and bool(equal_up_to_gauge(network, rival))
        found.append(Rival(name, kind, level, same))
    return Vacuity(tuple(found), seed)


def _rivals(
    network: Any, explanation: Explanation, others: Sequence[Any], count: int, seed: int
) -> Iterator[tuple[str, str, Any]]:
    for other in others:
        try:
            match_names(other, explanation)
        except ToynetsError:
            continue
        yield other.name, "zoo", other
    numbers = network.numbers
    tied = {member: group for group, ms in network.ties.items() for member in ms}
    free = list(dict.fromkeys(tied.get(address, address) for address in numbers))
    for name in free:
        if network[name]:
            yield f"{name} *= -1", "flipped", network.with_numbers({name: -network[name]})
    draw = random.Random(seed)
    values = [network[name] for name in free]
    seen = {tuple(values)}
    for k in range(count):
        moved = draw.sample(values, len(values))
        if tuple(moved) not in seen:  # of few numbers there are few orders
            seen.add(tuple(moved))
            changes = dict(zip(free, moved, strict=True))
            yield f"shuffle {k + 1}", "shuffled", network.with_numbers(changes)
    scale = (sum(v * v for v in numbers.values()) / len(numbers)) ** 0.5 or 1.0
    for k in range(count):
        drawn = {name: draw.gauss(0, scale) for name in free}
        yield f"random {k + 1}", "random", network.with_numbers(drawn, round=True)
