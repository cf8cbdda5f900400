"""What the units of a family do, in words, written from the explanation's own tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from toynets.census.fitting import Fit
from toynets.census.linear import value
from toynets.census.saturated import Ended
from toynets.census.tables import word
from toynets.rationals import ZERO, text

LISTED = 8  # tasks of more rows are described by numbers of rows


def describe(found: Fit | Ended, labels: Sequence[str]) -> str:
    """Say what each unit does and what is wrong without it.

    Args:
        found: an explanation.
        labels: of the rows.
    """
    if isinstance(found, Ended):
        return "; ".join(_tanh_unit(found, k, labels) for k in range(len(found.signs)))
    return "; ".join(_relu_unit(found, k, labels) for k in range(len(found.lines)))


def name_of(found: Fit | Ended, labels: Sequence[str]) -> str:
    """Name a family by the rows for which its units are on; "" where there are too many rows.

    With relu, a plus or a minus says whether a unit adds or takes.
    """
    if len(labels) > LISTED:
        return ""
    if isinstance(found, Ended):
        on = [
            [label for label, s in zip(labels, signs, strict=True) if s > 0]
            for signs in found.signs
        ]
        return "on for " + " | ".join(rows_in_words(rows, labels) for rows in on)
    said = []
    for line in found.lines:
        numbers = [value(entry, found.literals) for entry in line]
        rows = [label for label, v in zip(labels, numbers, strict=True) if v != ZERO]
        if rows:
            sign = "+" if max(numbers) > 0 else "-"
            said.append(f"{sign} {rows_in_words(rows, labels)}")
    whole = " ".join(said)
    return f"less {whole[2:]}" if whole.startswith("-") else f"on for {whole[2:]}"


def _relu_unit(found: Fit, k: int, labels: Sequence[str]) -> str:
    name, line = f"h{k + 1}", found.lines[k]
    numbers = [value(entry, found.literals) for entry in line]
    live = [r for r, v in enumerate(numbers) if v != ZERO]
    if not live:
        return f"{name} is dead"
    verb = "adds" if numbers[live[0]] > 0 else "takes"
    if len(labels) > LISTED:
        most = max(abs(v) for v in numbers)
        return f"{name} {verb} up to {text(most)} for {len(live)} of {len(labels)} inputs"
    parts: dict[str, list[str]] = {}
    for r in live:
        said = word(line[r], found.literals)
        amount = "some" if said.endswith("?") else said.removeprefix("-")
        parts.setdefault(amount, []).append(labels[r])
    return f"{name} {verb} " + ", ".join(
        f"{amount} for {rows_in_words(rows, labels)}" for amount, rows in parts.items()
    )


def _tanh_unit(found: Ended, k: int, labels: Sequence[str]) -> str:
    name = f"h{k + 1}"
    on = [label for label, s in zip(labels, found.signs[k], strict=True) if s > 0]
    clean = found.zero[()]
    wrong = []
    for what, table in ((f"without {name}", found.zero), ("at its mean", found.mean)):
        rows = [
            label for label, a, b in zip(labels, clean, table[k,], strict=True) if b not in (a, "-")
        ]
        open_ = [label for label, b in zip(labels, table[k,], strict=True) if b == "-"]
        said = f"{what}: " + (f"wrong for {rows_in_words(rows, labels)}" if rows else "none wrong")
        wrong.append(said + (f", open for {rows_in_words(open_, labels)}" if open_ else ""))
    return f"{name} is on for {rows_in_words(on, labels)} ({'; '.join(wrong)})"


def rows_in_words(rows: Sequence[str], labels: Sequence[str]) -> str:
    """Name some rows in few words.

    >>> rows_in_words(["01", "10", "11"], ["00", "01", "10", "11"]), rows_in_words([], ["0", "1"])
    ('all but 00', 'none')
    """
    if not rows:
        return "none"
    if len(rows) == len(labels):
        return "all"
    if len(rows) == len(labels) - 1 and len(rows) > 1:
        return f"all but {next(label for label in labels if label not in rows)}"
    return ", ".join(rows)


def plain(labels: Any) -> list[str]:
    """Return labels of rows without commas where every input is a bit.

    >>> plain(("0,1", "1,1")), plain(("0,1/2",))
    (['01', '11'], ['0,1/2'])
    """
    bits = all(set(label) <= {"0", "1", ",", " "} for label in labels)
    return [label.replace(",", "").replace(" ", "") if bits else label for label in labels]
