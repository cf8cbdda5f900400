"""Words made safe inside LaTeX."""

from __future__ import annotations

import re

# One pass, so that nothing is escaped twice. In the default font encoding < > | and " are other
# signs, and two hyphens make a dash.
SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": "$<$",
    ">": "$>$",
    "|": "$|$",
    '"': "''",
    "->": r"$\to$",
    "--": "-{}-",
    "→": r"$\to$",
    "−": "$-$",
    "·": r"$\cdot$",
    "×": r"$\times$",
    "≤": r"$\le$",
    "≥": r"$\ge$",
    "≠": r"$\neq$",
    "²": "$^2$",
    "…": r"\ldots{}",
    "σ": r"$\sigma$",
    "π": r"$\pi$",
    "ε": r"$\varepsilon$",
    **{sign: f"\\{sign}" for sign in "{}$&#%_"},
}
_SPECIAL = re.compile("|".join(map(re.escape, SPECIAL)))


def escaped(text: str) -> str:
    r"""Make words safe inside LaTeX.

    >>> print(escaped("50% of a_1 & b -> c"))
    50\% of a\_1 \& b $\to$ c
    """
    return _SPECIAL.sub(lambda match: SPECIAL[match[0]], text)
