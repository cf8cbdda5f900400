"""Which single numbers of an explanation could be others without anything being noticed, and why.

Around each number the largest interval is found, by bisection on the verdict, in which nothing is
refuted; the claim is assumed to fail beyond the first place where it does.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from toynets.display import Table
from toynets.domain import Domain
from toynets.explanation import Explanation
from toynets.fields import record
from toynets.rationals import ONE, ZERO, Rational, rational, short
from toynets.rationals import text as exact_text
from toynets.verification.holding import ORDER, Holding, first_failing
from toynets.verification.sites import Site, sites, with_number

HALVINGS = 12
STAGES = (ORDER[:5], ORDER[5:7], ORDER[7:])
# What can notice a number, by the part of an explanation in which it stands.
NOTICES = {
    "parameters": ORDER,
    "weights": ORDER,
    "decision": ORDER[1:],
    "expression": ("clean", "units"),
    "concept": ("roles", "concepts"),
    "outcomes": ("clean", "outcomes"),
}


FREE = {
    "parameters": "no weight rests on it, or none that is noticed",
    "weights": "nothing depends on it",
    "decision": "values are claimed, and decisions only follow from them",
    "expression": "it makes no difference on any input of the domain",
    "concept": "a concept tells inputs apart; how its values are called does not count",
    "outcomes": "it makes no difference on any input of the domain",
}
# Whose tolerance a check has, where it is not that of ablations; and what has none.
ROWS = {"weights": "weights", "clean": "clean", "units": "units"}
KEEPS = {
    "concepts": "the concept still tells the same inputs apart",
    "roles": "the roles still hold",
}


@record(frozen=True)
class End:
    """How far a number can go in one direction.

    Attributes:
        at: the last value that was not noticed; the number itself where there is no slack.
        noticed: the check that refutes the next value that was tried; "" where none does, so that
            the number is free in this direction.
    """

    at: Rational
    noticed: str

    @property
    def free(self) -> bool:
        """Whether it is not noticed however far it was moved."""
        return not self.noticed


@record(frozen=True)
class Slack:
    """The slack of one number.

    Attributes:
        site: which number.
        low, high: how far it can go down and up.
        alone: the same without comparing the stated weights with those of the network, or None
            where no weight rests on the number: what is left are units, outcomes and ablations.
        why: why it can move, or why it cannot.
    """

    site: Site
    low: End
    high: End
    alone: tuple[End, End] | None
    why: str

    @property
    def none(self) -> bool:
        """Whether it can go neither way."""
        return _none((self.low, self.high), self.site.value)

    @property
    def behaviour_free(self) -> bool:
        """Whether nothing but the comparison of the weights themselves notices it."""
        return self.alone is not None and all(end.free for end in self.alone)

    def to_dict(self) -> dict[str, Any]:
        """Return the slack as plain data."""
        alone = self.alone
        return {
            "number": self.site.name,
            "value": exact_text(self.site.value),
            "low": exact_text(self.low.at),
            "high": exact_text(self.high.at),
            "noticed_below": self.low.noticed,
            "noticed_above": self.high.noticed,
            "by_behaviour": None
            if alone is None
            else {
                "low": exact_text(alone[0].at),
                "high": exact_text(alone[1].at),
                "noticed_below": alone[0].noticed,
                "noticed_above": alone[1].noticed,
            },
            "why": self.why,
        }


def _none(ends: tuple[End, End], value: Rational) -> bool:
    return all(end.at == value and not end.free for end in ends)


def slack(
    network: Any,
    explanation: Explanation,
    domain: Domain,
    *,
    halvings: int = HALVINGS,
    formulas: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> list[Slack]:
    """Return the slack of every number of an explanation that holds.

    Args:
        network: what it is about.
        explanation: without blank weights.
        domain: finite or sampled.
        halvings: of the interval; a number moves by at most the larger of 1 and itself, and slack
            below 2^-halvings of that is not seen.
        formulas: whether the numbers in expressions, concepts and outcomes are tried, too.
        progress: called with (done, of how many) numbers.
    """
    work = _Bisection(network, explanation, domain, halvings)
    found = []
    every = [s for s in sites(explanation) if formulas or s.is_weight or s.part == "decision"]
    for k, site in enumerate(every):
        if progress is not None:
            progress(k, len(every))
        low, high = (work.end(site, sign) for sign in (-1, 1))
        alone = None
        if site.is_weight:
            alone = (work.without_weights(site, -1, low), work.without_weights(site, 1, high))
        found.append(Slack(site, low, high, alone, _why(explanation, site, (low, high), alone)))
    return found


class _Bisection:
    def __init__(
        self, network: Any, explanation: Explanation, domain: Domain, halvings: int
    ) -> None:
        self.network = network
        self.explanation = explanation
        self.domain = domain
        self.halvings = halvings
        self.like = Holding(network, explanation, domain)

    def refutes(
        self, site: Site, value: Rational, skip: Collection[str], only: Sequence[str]
    ) -> str:
        changed = with_number(self.explanation, site, value)
        return first_failing(
            self.network, changed, self.domain, skip=skip, only=only, like=self.like
        )

    def end(self, site: Site, sign: int, skip: Collection[str] = ()) -> End:
        """Return how far a number can go in one direction."""
        step, noticed = max(abs(site.value), ONE), ""
        # Cheap checks first: mostly they notice. A dearer one is asked at the end that they leave,
        # and the interval is halved again only where it refutes there.
        for stage in STAGES:
            checks = [name for name in stage if name in NOTICES[site.part]]
            if not step or not checks:
                continue
            here = self.refutes(site, site.value + sign * step, skip, checks)
            if here:
                step, noticed = self._bisect(site, sign, step, here, skip, checks)
        return End(site.value + sign * step, noticed)

    def without_weights(self, site: Site, sign: int, end: End) -> End:
        """Return how far a number can go if the weights themselves are not compared."""
        if end.noticed != "weights":
            return end
        found = self.end(site, sign, ("weights",))
        # Halving other intervals ends at other places, within the same resolution.
        return found if abs(found.at - site.value) >= abs(end.at - site.value) else end

    def _bisect(
        self,
        site: Site,
        sign: int,
        outside: Rational,
        noticed: str,
        skip: Collection[str],
        only: Sequence[str],
    ) -> tuple[Rational, str]:
        """Return the largest step that is not noticed, and by which check the next one is."""
        smallest = max(abs(site.value), ONE) / rational(2**self.halvings)
        inside = ZERO
        while outside - inside > smallest:
            middle = (inside + outside) / 2
            by = self.refutes(site, site.value + sign * middle, skip, only)
            if by:
                outside, noticed = middle, by
            else:
                inside = middle
        return inside, noticed


def _why(
    explanation: Explanation,
    site: Site,
    ends: tuple[End, End],
    alone: tuple[End, End] | None,
) -> str:
    """Say why a number can move, or why it cannot."""
    declared = explanation.slack.get(site.key if isinstance(site.key, str) else "", "")
    if declared and site.is_weight:
        return f"declared: {declared}"
    if _none(ends, site.value):
        return ""
    if all(end.free for end in ends):
        return FREE[site.part]
    parts = ["no outcome lies between"] if site.part == "decision" else []
    for check in dict.fromkeys(end.noticed for end in ends if end.noticed):
        row = ROWS.get(check, "ablations")
        bound = explanation.epsilon(row)
        if check in KEEPS:
            parts.append(KEEPS[check])
        elif bound > 0:
            parts.append(f"{row} within {short(bound)}")
    if any(end.free for end in ends):
        parts.append("free in one direction")
    if alone is not None and all(end.free for end in alone):
        parts.append("nothing but the comparison of weights depends on it")
    return "; ".join(dict.fromkeys(parts))


def table(found: list[Slack]) -> Table:
    """Return a row for each number that can move, or whose behaviour alone would let it."""
    rows = []
    for one in found:
        loose = one.alone is not None and not _none(one.alone, one.site.value)
        if one.none and not loose:
            continue
        ends = (one.low, one.high)
        checks = dict.fromkeys(end.noticed for end in ends if end.noticed)
        behaviour = "" if one.alone is None else _interval(one.alone, one.site.value)
        rows.append(
            [
                one.site.name,
                short(one.site.value),
                _interval(ends, one.site.value),
                ", ".join(checks),
                behaviour,
                one.why,
            ]
        )
    columns = ["number", "stated", "can be", "then noticed by", "by behaviour alone", "why"]
    return Table(columns, rows, right=["stated"])


def _interval(ends: tuple[End, End], value: Rational) -> str:
    if _none(ends, value):
        return "nothing else"
    low, high = ends
    left = "anything below" if low.free else short(low.at)
    right = "anything above" if high.free else short(high.at)
    if low.free and high.free:
        return "anything that was tried"
    return f"{left} to {right}"


def lines(found: list[Slack], halvings: int = HALVINGS) -> list[str]:
    """Return how many numbers cannot move at all."""
    still = sum(1 for one in found if one.none)
    size = f"1/{2**halvings}"
    return [f"{still} of {len(found)} numbers have no slack (above {size} of them, or of 1)"]
