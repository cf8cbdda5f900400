"""A table in LaTeX, with the rules of booktabs and every special sign escaped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from toynets.expressions import Name
from toynets.latex_words import escaped
from toynets.rationals import short
from toynets.tables.sheets import DIGITS

if TYPE_CHECKING:
    from toynets.tables.sheets import Sheet

LONG = 40  # characters from which a column of words is broken into lines


def address(name: str) -> str:
    r"""Write a unit, weight or bias.

    >>> print(address("x1->h1"), address("h1.2"), address("h1.bias"), address("star_bonus->y"))
    $x_1 \to h_1$ $h_{1,2}$ bias of $h_1$ $\mathrm{star\_bonus} \to y$
    """
    source, arrow, target = name.partition("->")
    if arrow:
        return rf"${_symbol(source)} \to {_symbol(target)}$"
    unit = name.removesuffix(".bias")
    return f"${_symbol(unit)}$" if unit == name else f"bias of ${_symbol(unit)}$"


def _symbol(name: str) -> str:
    unit, copy, number = name.partition("@")  # the third copy of a tied weight: w@3
    return _short_subscripts(Name(unit).latex()) + (rf"^{{({number})}}" if copy else "")


def _short_subscripts(formula: str) -> str:
    return re.sub(r"_\{(\w)\}", r"_\1", formula)


def number(value: Any) -> str:
    r"""Write a number in mathematics, where its minus sign is one.

    >>> from flint import fmpq
    >>> print(number(fmpq(-2)), number(fmpq(-1, 2)), number(fmpq(1, 10**9)))
    $-2$ $-1/2$ $1 \cdot 10^{-9}$
    """
    digits, exponential, power = short(value, DIGITS).partition("e")
    return f"${digits}$" if not exponential else rf"${digits} \cdot 10^{{{int(power)}}}$"


def latex(sheet: Sheet) -> str:
    r"""Write a sheet as a LaTeX table; its first line says which packages it needs.

    Args:
        sheet: its title becomes the caption.

    Returns:
        Text in ASCII, but for letters of other alphabets in free words.
    """
    kinds = [kind for _, kind in sheet.columns]
    body = [
        [_cell(value, kind) for value, kind in zip(row, kinds, strict=True)] for row in sheet.rows
    ]
    heads = [escaped(heading) for heading, _ in sheet.columns]
    letters = []
    for k, kind in enumerate(kinds):
        wide = kind == "words" and any(len(row[k] or "") > LONG for row in sheet.rows)
        letters.append(r"p{0.4\linewidth}" if wide else "r" if kind == "number" else "l")
    needs = (
        "booktabs,amsmath"
        if any(r"\operatorname" in c for row in body for c in row)
        else "booktabs"
    )
    lines = [
        rf"% needs \usepackage{{{needs}}} in the preamble",
        r"\begin{table}",
        r"  \centering",
        rf"  \caption{{{escaped(sheet.title)}}}",
        rf"  \begin{{tabular}}{{{''.join(letters)}}}",
        r"    \toprule",
        rf"    {' & '.join(heads)} \\",
        r"    \midrule",
        *(rf"    {' & '.join(row)} \\" for row in body),
        r"    \bottomrule",
        r"  \end{tabular}",
        r"\end{table}",
    ]
    return "\n".join(lines) + "\n"


def _cell(value: Any, kind: str) -> str:
    if value is None:
        return ""
    if kind == "number":
        return number(value)
    if kind == "name":
        return address(value)
    return f"${_short_subscripts(value.latex())}$" if kind == "formula" else escaped(value)
