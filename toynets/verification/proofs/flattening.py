"""What floating point needs of a program: levels of units that bend, and numbers in range."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf, nextafter

from toynets.rationals import Rational, from_float, to_float
from toynets.verification.proofs.forms import Form
from toynets.verification.proofs.program import Program

TINY = 2.0**-1022  # the least normal float64
HUGE = 2.0**900


class Unfit(Exception):
    """A program whose numbers are too large or too small for float64."""


def near(number: Rational) -> float:
    """Return the float nearest to a number.

    Raises:
        Unfit: it is not within 2^-53 of it, relatively: too large or too small.
    """
    value = to_float(number)
    if (value != 0 and not TINY <= abs(value) <= HUGE) or (value == 0 and number != 0):
        raise Unfit("a number is too large or too small for float64")
    return value


def outwards(number: Rational, up: bool) -> float:
    """Return the next float that is not below (not above) a number."""
    value = near(number)
    exact = from_float(value)
    if (exact < number) if up else (exact > number):
        value = nextafter(value, inf if up else -inf)
    return value


def flattened(
    program: Program, goals: Sequence[Form]
) -> tuple[list[tuple[str, Form, int]], list[Form]]:
    """Write a program without its identity nodes.

    Returns:
        (activation, pre-activation, level) of every node that bends, in which atom d + k stands
        for the k-th of them; and the goals in the same atoms. Exact.
    """
    d = program.dimension
    forms: list[Form] = [Form(terms={k: Rational(1)}) for k in range(d)]
    bent: list[tuple[str, Form, int]] = []
    depth = [0] * d
    plain = list(range(d))  # the atom that a value is, or -1

    def written(form: Form) -> Form:
        if all(plain[index] >= 0 for index in form.terms):  # as nearly always: no sums
            return Form(form.constant, {plain[index]: c for index, c in form.terms.items()})
        total = Form(form.constant)
        for index, coefficient in form.terms.items():
            total.add(coefficient, forms[index])
        return total

    for activation, form in program.nodes:
        total = written(form)
        if activation == "identity":
            forms.append(total)
            plain.append(-1)
            continue
        plain.append(d + len(bent))
        level = 1 + max((depth[a] for a in total.terms), default=0)
        forms.append(Form(terms={d + len(bent): Rational(1)}))
        bent.append((activation, total, level))
        depth.append(level)
    return bent, [written(form) for form in goals]
