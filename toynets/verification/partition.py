"""The causal partition of a unit: which inputs it tells apart, as far as any output can notice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from flint import fmpq

from toynets.domain import label
from toynets.errors import Undecided
from toynets.fields import record, replace
from toynets.rationals import ZERO, Rational, row_key
from toynets.verification.compare import bound, compare

GRADES = ("exact", "too fine", "too coarse", "crossing")


Told = Callable[[int, int], bool | None]


class Swaps:
    """What comes out when one unit's activation is taken from another input.

    Args:
        rows: the inputs, of which `same` and the outcomes speak.
        same: for each row the number of its source (rows with one activation share it).
        outcomes: `outcomes[s][i]` is the outcome on row i with the unit taken from source s.
        derived: the same of the explanation's own mechanisms.
        alike: for each source the number of its activation in the explanation: sources that share
            one are not told apart by it, whatever balls leave open.

    Two sources are told apart by value if some output on some row differs, by decision if some
    decision differs.
    """

    def __init__(
        self,
        rows: Sequence[Any],
        same: Sequence[int],
        outcomes: Sequence[Sequence[Sequence[Any]]],
        derived: Sequence[Sequence[Sequence[Any]]] = (),
        alike: Sequence[int] = (),
    ) -> None:
        self.rows = tuple(rows)
        self.same = tuple(same)
        self.outcomes = outcomes
        self.derived = derived or outcomes
        self.alike = tuple(alike) or tuple(range(len(outcomes)))

    def beyond(self, epsilon: Rational = ZERO) -> Told:
        """Return whether two sources are told apart by more than a tolerance."""
        return _told(self.outcomes, epsilon)

    def at_all(self) -> Told:
        """Return whether two sources are told apart, by the network and by the explanation."""
        measured, derived = _told(self.outcomes), _told(self.derived)

        def told(s: int, t: int) -> bool | None:
            if self.alike[s] == self.alike[t]:
                return False
            verdicts = (measured(s, t), derived(s, t))
            return False if False in verdicts else None if None in verdicts else True

        return told

    def by_decision(self, choose: Any) -> Told:
        """Return whether two sources are told apart by decision; None where balls straddle."""
        choices = [tuple(choose(o)[0] for o in outcomes) for outcomes in self.outcomes]

        def told(s: int, t: int) -> bool | None:
            pairs = list(zip(choices[s], choices[t], strict=True))
            if any(a is not None and b is not None and a != b for a, b in pairs):
                return True
            return None if any(a is None or b is None for a, b in pairs) else False

        return told

    def split_by(self, concept: Sequence[Any]) -> str:
        """Say which rows a concept separates though the unit has one activation on them, or "".

        No output notices a swap of the two on any input, listed or not: such a concept is too fine
        whatever inputs there are beside the rows.

        >>> Swaps([(fmpq(k),) for k in range(3)], [0, 0, 1], []).split_by([fmpq(0), fmpq(1), 1])
        'separates 0 and 1, on which the unit is the same'
        """
        first: dict[int, int] = {}
        for row, source in enumerate(self.same):
            other = first.setdefault(source, row)
            if concept[other] != concept[row]:
                pair = " and ".join(label(self.rows[i]) for i in (other, row))
                return f"separates {pair}, on which the unit is the same"
        return ""

    def classes(self, told: Told) -> tuple[int, ...]:
        """Return the class of each row in the causal partition, 0 for that of the first row.

        Raises:
            Undecided: balls straddle. With a tolerance, rows join the first class all of whose
                members they are not told apart from.
        """
        groups: list[list[int]] = []
        number: dict[int, int] = {}
        for s in range(len(self.outcomes)):
            for k, group in enumerate(groups):
                verdicts = [told(s, t) for t in group]
                if None in verdicts and True not in verdicts:
                    raise Undecided("whether two inputs are told apart is not decided.")
                if not any(verdicts):
                    group.append(s)
                    number[s] = k
                    break
            else:
                number[s] = len(groups)
                groups.append([s])
        order: dict[int, int] = {}
        return tuple(order.setdefault(number[s], len(order)) for s in self.same)


def _told(outcomes: Sequence[Sequence[Sequence[Any]]], epsilon: Rational = ZERO) -> Told:
    if epsilon == 0 and all(type(v) is fmpq for rows in outcomes for row in rows for v in row):
        numbers: dict[Any, int] = {}
        ids = [
            numbers.setdefault(tuple(map(row_key, rows)), len(numbers)) for rows in outcomes
        ]
        return lambda s, t: ids[s] != ids[t]
    within = bound(epsilon)

    def told(s: int, t: int) -> bool | None:
        if s == t or outcomes[s] is outcomes[t]:
            return False  # one activation, so one list: balls cannot tell that they are equal
        open_pairs = False
        for one, other in zip(outcomes[s], outcomes[t], strict=True):
            for u, v in zip(one, other, strict=True):
                verdict = compare(u, v, within)[1]
                if verdict is False:
                    return True
                open_pairs = open_pairs or verdict is None
        return None if open_pairs else False

    return told


@record(frozen=True)
class Grade:
    """How a concept fits a partition: `exact`, `too fine`, `too coarse` or `crossing`.

    Attributes:
        grade: one of the four.
        pair: labels of two inputs that show it (four where it is crossing), or ().
        reason: in words.
        level: `value` or `decision`, once it is known.
        rows: the numbers of those inputs.
    """

    grade: str
    pair: tuple[str, ...] = ()
    reason: str = ""
    level: str = ""
    rows: tuple[int, ...] = ()


def graded_by(
    metric: str, concept: Sequence[Any], swaps: Swaps, epsilon: Rational, decision: Any
) -> Grade:
    """Grade a concept by value or by decision.

    Args:
        metric: `value` (within a tolerance), `decision`, or `either`: one of the two is enough, and
            the grade names it.
        concept: a value per row.
        swaps: all swaps of the unit.
        epsilon: the tolerance of outcomes.
        decision: from outputs to (choice, margin).

    Returns:
        `Grade`; its grade is `unknown` where balls straddle.
    """
    best = Grade("unknown")
    for level in ("value", "decision") if metric == "either" else (metric,):
        try:
            if level == "decision":
                told = swaps.by_decision(decision)
                found = replace(grade(concept, swaps, told, told), level=level)
            else:
                coarse, fine = swaps.beyond(epsilon), swaps.at_all()
                found = replace(grade(concept, swaps, coarse, fine), level=level)
        except Undecided as error:
            found = Grade("unknown", (), error.message, level)
        order = ("exact", "unknown")
        if not best.level or found.grade in order[: 1 + (best.grade not in order)]:
            best = found
    return best


def grade(concept: Sequence[Any], swaps: Swaps, coarse: Told, fine: Told) -> Grade:
    """Grade the values of a concept against what a unit tells apart.

    It is too coarse if it merges inputs that are told apart, too fine if it separates inputs that
    are not, crossing if both. Under a tolerance inputs may be merged that are told apart within
    it, and may be separated if they are told apart at all: a claim within a tolerance cannot say
    more. Then the two tests differ.

    Args:
        concept: a value per row.
        swaps: all swaps of the unit.
        coarse: whether two sources may not be merged.
        fine: whether two sources may be separated.

    Raises:
        Undecided: balls straddle and nothing certain is wrong.

    >>> from toynets.rationals import rational as q
    >>> rows = [(q(0), q(0)), (q(0), q(1)), (q(1), q(0)), (q(1), q(1))]
    >>> swaps = Swaps(rows, [0, 1, 1, 2], [[(q(s),)] * 4 for s in (0, 1, 2)])
    >>> grade([q(0), q(1), q(1), q(1)], swaps, swaps.beyond(), swaps.at_all()).reason
    'merges 01 and 11, which the unit tells apart'
    """
    sets = [list(dict.fromkeys(swaps.same[i] for i in rows)) for rows in level_sets(concept)]
    within = ((s, t) for members in sets for k, t in enumerate(members) for s in members[:k])
    across = ((s, t) for k, b in enumerate(sets) for a in sets[:k] for s in a for t in b)
    merged, unsure = _find(within, coarse)
    split, also_unsure = _find(across, lambda s, t: _not(False if s == t else fine(s, t)))
    if merged is None and split is None:
        if unsure or also_unsure:
            raise Undecided("whether two inputs are told apart is not decided: a ball straddles.")
        return Grade("exact")
    parts: list[str] = []
    rows: tuple[int, ...] = ()
    if merged is not None:
        rows = _rows_of(merged, concept, swaps, alike=True)
        a, b = (label(swaps.rows[i]) for i in rows)
        parts.append(f"merges {a} and {b}, which the unit tells apart")
    if split is not None:
        pair = _rows_of(split, concept, swaps, alike=False)
        a, b = (label(swaps.rows[i]) for i in pair)
        what = "which it does not" if parts else "between which no output notices a swap"
        parts.append(f"separates {a} and {b}, {what}")
        rows = (*rows, *pair)
    kind = "crossing" if len(parts) == 2 else "too coarse" if merged else "too fine"
    labels = tuple(label(swaps.rows[i]) for i in rows)
    return Grade(kind, labels, ", and ".join(parts), rows=rows)


def level_sets(concept: Sequence[Any]) -> list[list[int]]:
    """Return the rows on which a concept has one value, for each of its values.

    Raises:
        Undecided: two values are balls that overlap.
    """
    if all(type(v) is fmpq or isinstance(v, int) for v in concept):
        found: dict[Any, list[int]] = {}
        for row, value in enumerate(concept):
            found.setdefault(value, []).append(row)
        return list(found.values())
    groups: list[list[int]] = []
    for row, value in enumerate(concept):
        for group in groups:
            other = concept[group[0]]
            if value == other:
                group.append(row)
                break
            if not (value < other or value > other):
                raise Undecided(
                    "whether two values of the concept are equal is not decided: they are balls.",
                    fix="state the concept with exact values.",
                )
        else:
            groups.append([row])
    return groups


def _not(verdict: bool | None) -> bool | None:
    return None if verdict is None else not verdict


def _find(
    pairs: Iterable[tuple[int, int]], test: Callable[[int, int], bool | None]
) -> tuple[tuple[int, int] | None, bool]:
    """Return the first pair that passes a test, and whether any before was undecided."""
    unsure = False
    for s, t in pairs:
        verdict = test(s, t)
        if verdict:
            return (s, t), unsure
        unsure = unsure or verdict is None
    return None, unsure


def _rows_of(
    pair: tuple[int, int], concept: Sequence[Any], swaps: Swaps, alike: bool
) -> tuple[int, int]:
    """Return two rows with these sources whose concept values are alike, or not."""
    for i, s in enumerate(swaps.same):
        for j, t in enumerate(swaps.same):
            if (s, t) == pair and (concept[i] == concept[j]) is alike:
                return min(i, j), max(i, j)
    raise AssertionError("the pair was taken from the level sets")
