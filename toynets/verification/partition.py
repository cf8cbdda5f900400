"""The causal partition of a unit: which inputs it tells apart, as far as any output can notice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flint import fmpq

from toynets.domain import label

GRADES = ("exact", "too fine", "too coarse", "crossing")


@dataclass(frozen=True)
class Partition:
    """Classes of inputs that a unit may be swapped between without any output noticing.

    Attributes:
        level: `value` or `decision`.
        classes: class number per row, 0 for the class of the first row.
        decided: False where balls overlap, so that equality of outputs cannot be decided.
    """

    level: str
    classes: tuple[int, ...]
    decided: bool = True

    def groups(self) -> tuple[tuple[int, ...], ...]:
        """Return the rows of each class."""
        found: dict[int, list[int]] = {}
        for row, number in enumerate(self.classes):
            found.setdefault(number, []).append(row)
        return tuple(tuple(rows) for rows in found.values())


@dataclass(frozen=True)
class Grade:
    """How a concept fits a partition: `exact`, `too fine`, `too coarse` or `crossing`.

    Attributes:
        grade: one of the four.
        level: `value` or `decision`.
        pair: labels of two inputs that show it, or ().
        reason: in words.
    """

    grade: str
    level: str
    pair: tuple[str, ...] = ()
    reason: str = ""


def partition(
    swapped: Sequence[Sequence[Any]], same: Sequence[int], level: str, choose: Any = None
) -> Partition:
    """Return the causal partition from all swaps.

    Args:
        swapped: `swapped[s][i]` is the outcome on row i with the unit taken from source s; one
            source for each distinct activation.
        same: for each row the number of its source (rows with one activation share it).
        level: `value` or `decision`.
        choose: for `decision`, from outcome to (choice, margin).
    """
    decided = True
    signatures: list[Any] = []
    for outcomes in swapped:
        if level == "decision":
            choices = [choose(o)[0] for o in outcomes]
            decided = decided and None not in choices
            signatures.append(tuple(choices))
        else:
            signatures.append([v for o in outcomes for v in o])
    numbers: list[int] = []
    for k, signature in enumerate(signatures):
        found = k
        for earlier in range(k):
            if numbers[earlier] != earlier:
                continue
            verdict = _equal(signature, signatures[earlier])
            if verdict is None:
                decided = False
            if verdict:
                found = earlier
                break
        numbers.append(found)
    order: dict[int, int] = {}
    classes = [order.setdefault(numbers[s], len(order)) for s in same]
    return Partition(level, tuple(classes), decided)


def _equal(a: Any, b: Any) -> bool | None:
    """Whether two signatures are equal; None where balls overlap without being the same."""
    if isinstance(a, tuple):
        return bool(a == b)
    open_pairs = False
    for u, v in zip(a, b, strict=True):
        if u == v:
            continue
        if isinstance(u, fmpq) and isinstance(v, fmpq):
            return False
        if u > v or u < v:
            return False
        open_pairs = True
    return None if open_pairs else True


def grade(concept: Sequence[Any], found: Partition, rows: Sequence[Any]) -> Grade:
    """Grade the values of a concept against a partition, with a pair of inputs that shows it.

    >>> from toynets.rationals import rational as q
    >>> rows = [(q(0), q(0)), (q(0), q(1)), (q(1), q(0)), (q(1), q(1))]
    >>> grade([0, 1, 1, 1], Partition("value", (0, 1, 1, 2)), rows).reason
    'merges 01 and 11, which the unit tells apart'
    """
    merged: tuple[str, ...] = ()
    split: tuple[str, ...] = ()
    for i in range(len(rows)):
        for j in range(i + 1, len(rows)):
            alike = concept[i] == concept[j]
            together = found.classes[i] == found.classes[j]
            if alike and not together and not merged:
                merged = (label(rows[i]), label(rows[j]))
            if together and not alike and not split:
                split = (label(rows[i]), label(rows[j]))
        if merged and split:
            break
    if merged and split:
        return Grade(
            "crossing",
            found.level,
            merged + split,
            f"merges {merged[0]} and {merged[1]}, which the unit tells apart, and separates "
            f"{split[0]} and {split[1]}, which it does not",
        )
    if merged:
        return Grade(
            "too coarse",
            found.level,
            merged,
            f"merges {merged[0]} and {merged[1]}, which the unit tells apart",
        )
    if split:
        return Grade(
            "too fine",
            found.level,
            split,
            f"separates {split[0]} and {split[1]}, between which no output notices a swap",
        )
    return Grade("exact", found.level)
