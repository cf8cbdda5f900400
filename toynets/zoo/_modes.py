"""What the linear networks of the hierarchy share: four modes, and how the units mix them.

Mode 1 is what all leaves share, mode 2 sets the branches apart, modes 3 and 4 the leaves of each
branch. Their strengths are sqrt(7), sqrt(3), 1 and 1. A unit takes its share of the root of each
strength in, and as much out.
"""

from __future__ import annotations

from collections.abc import Sequence

LEAVES = ("x1", "x2", "x3", "x4")
FEATURES = ("y1", "y2", "y3", "y4", "y5", "y6", "y7")
# The sign of each leaf in each mode; and the factor that goes with it on the way in.
SIGNS = ((1, 1, 1, 1), (1, 1, -1, -1), (1, -1, 0, 0), (0, 0, 1, -1))
ROOT, BRANCH, LEAF = "sqrt(sqrt(7))", "sqrt(sqrt(3))", "sqrt(2)"
STRENGTHS = (7**0.5, 3**0.5, 1.0, 1.0)
INTO = (f"{ROOT}/2", f"{BRANCH}/2", f"1/{LEAF}", f"1/{LEAF}")
# How much of each mode belongs to a feature: the mean of its leaves' signs, for modes 1 and 2 with
# the root of the strength taken out again.
OUT_OF = (f"1/{ROOT}", f"1/{BRANCH}", f"1/{LEAF}", f"1/{LEAF}")
HAVE = ((0, 1, 2, 3), (0, 1), (2, 3), (0,), (1,), (2,), (3,))
CLEAN = ("x1 + x2 + x3 + x4", "x1 + x2", "x3 + x4", *LEAVES)


def _sum(parts: Sequence[tuple[str, str]]) -> str:
    """Write a sum of (factor, text), where a factor is "", "-", or a number and a star."""
    text = ""
    for factor, part in parts:
        sign = "-" if factor.startswith("-") else "+"
        body = factor.lstrip("-") + part
        text += f" {sign} {body}" if text else ("-" if sign == "-" else "") + body
    return text or "0"


def into(mixture: Sequence[str], leaf: int) -> str:
    """Write the weight from a leaf to a unit.

    Args:
        mixture: the share of each mode, as texts; "" for none.
        leaf: its number, from 0.

    >>> into(("r", "", "s", ""), 1)
    'r*sqrt(sqrt(7))/2 - s*1/sqrt(2)'
    """
    return _sum(
        [
            ("-" if signs[leaf] < 0 else "", f"{share}*{factor}")
            for share, signs, factor in zip(mixture, SIGNS, INTO, strict=True)
            if share and signs[leaf]
        ]
    )


def out_of(mixture: Sequence[str], feature: int) -> str:
    """Write the weight from a unit to a feature.

    >>> out_of(("r", "s", "", ""), 3), out_of(("r", "s", "", ""), 0)
    ('1/2*r*1/sqrt(sqrt(7)) + 1/2*s*1/sqrt(sqrt(3))', '2*r*1/sqrt(sqrt(7))')
    """
    parts = []
    for k, (share, signs, factor) in enumerate(zip(mixture, SIGNS, OUT_OF, strict=True)):
        total = sum(signs[leaf] for leaf in HAVE[feature])
        if share and total:
            sign = "-" if total < 0 else ""
            size = {1: "1/2*", 2: "", 4: "2*"}[abs(total)] if k < 2 else ""
            parts.append((sign + size, f"{share}*{factor}"))
    return _sum(parts)


def excites(mixture: Sequence[float], leaf: int) -> bool:
    """Return whether the weight from a leaf to a unit is positive, from the shares as numbers.

    >>> excites((0.1, 0, 0.5, 0), 0), excites((0.1, 0, 0.5, 0), 1)
    (True, False)
    """
    sizes = (STRENGTHS[0] ** 0.5 / 2, STRENGTHS[1] ** 0.5 / 2, 0.5**0.5, 0.5**0.5)
    total = sum(m * s[leaf] * z for m, s, z in zip(mixture, SIGNS, sizes, strict=True))
    return bool(total > 0)


def speaks_for(mixture: Sequence[float], feature: int) -> bool:
    """Return whether the weight from a unit to a feature is positive.

    >>> speaks_for((0.1, 0, 0.5, 0), 3), speaks_for((0.1, 0, 0.5, 0), 4)
    (True, False)
    """
    sizes = (STRENGTHS[0] ** -0.5 / 2, STRENGTHS[1] ** -0.5 / 2, 0.5**0.5, 0.5**0.5)
    totals = [sum(signs[leaf] for leaf in HAVE[feature]) for signs in SIGNS]
    return bool(sum(m * t * z for m, t, z in zip(mixture, totals, sizes, strict=True)) > 0)


def heard(mixture: Sequence[str]) -> str:
    """Write what a unit computes."""
    return " + ".join(f"({into(mixture, i)})*{leaf}" for i, leaf in enumerate(LEAVES))


def without(mixture: Sequence[str]) -> list[str]:
    """Write all outputs once a unit of that mixture is gone."""
    return [f"{clean} - ({out_of(mixture, j)})*({heard(mixture)})" for j, clean in enumerate(CLEAN)]
