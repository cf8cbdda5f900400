"""VNN-LIB: what is asked of a network over a box, in the form that verification tools read.

A file asks for a point: within the box, and with outputs where something fails. A tool answers
`unsat` where there is none, which is a proof of the claim, or `sat` with one. The form is that of
VNN-LIB 1.0 as the yearly competition uses it (S. Demarchi and others, Supporting Standardization of
Neural Networks Verification with VNNLIB and CoCoNet, FoMLAS 2023): `declare-const`, `assert`, `<=`,
`>=`, `and`, `or`, inputs `X_0`, `X_1`, …, outputs `Y_0`, `Y_1`, …
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import isfinite

from toynets.errors import ToynetsError


def write_vnnlib(
    box: Sequence[tuple[float, float]],
    fails: Sequence[tuple[int, float]],
    holds: Sequence[tuple[int, float]] = (),
    notes: Sequence[str] = (),
) -> str:
    """Return a question about a network as text.

    Args:
        box: (low, high) of each input.
        fails: (output, value): a point is looked for at which one of these outputs is at most its
            value.
        holds: (output, value): and every one of these is at least its value.
        notes: lines for people.

    Raises:
        ToynetsError: a number that is not finite, an empty interval, or nothing that can fail.

    >>> print(write_vnnlib([(0, 1)], [(0, -0.5)]))
    (declare-const X_0 Real)
    (declare-const Y_0 Real)
    (assert (>= X_0 0.0))
    (assert (<= X_0 1.0))
    (assert (<= Y_0 -0.5))
    <BLANKLINE>
    """
    if not fails:
        raise ToynetsError("a question for a tool needs an output that can fail.")
    outputs = 1 + max(k for k, _ in (*fails, *holds))
    lines = [f"; {' '.join(note.split())}" for note in notes]
    lines += [f"(declare-const X_{k} Real)" for k in range(len(box))]
    lines += [f"(declare-const Y_{k} Real)" for k in range(outputs)]
    for k, (low, high) in enumerate(box):
        if low > high:
            raise ToynetsError(f"the interval of input {k + 1} is empty: {low} to {high}.")
        lines += [f"(assert (>= X_{k} {number(low)}))", f"(assert (<= X_{k} {number(high)}))"]
    lines += [f"(assert (>= Y_{k} {number(value)}))" for k, value in holds]
    each = [f"(<= Y_{k} {number(value)})" for k, value in fails]
    if len(each) == 1:
        lines.append(f"(assert {each[0]})")
    else:
        lines.append(f"(assert (or {' '.join(f'(and {one})' for one in each)}))")
    return "\n".join(lines) + "\n"


def number(value: float) -> str:
    """Return a float as a decimal that is read back as the same float64, without an exponent.

    >>> number(1), number(-0.1), number(2.0**-20)
    ('1.0', '-0.1', '0.00000095367431640625')
    """
    value = float(value)
    if not isfinite(value):
        raise ToynetsError(f"a file for other tools has finite numbers, but got {value}.")
    said = format(Decimal(repr(value)), "f")
    return said if "." in said else f"{said}.0"
