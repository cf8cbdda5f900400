"""A program as one relu network whose outputs are what a claim is about, for other tools to read.

Interventions, a second network, an expression: all of it is in the program already. Its nodes
become layers of relu units, |z| as relu(z) + relu(-z). A value that is read further on is carried
along: a unit's own value as it is, since it is not negative, an input v as relu(v) - relu(-v). The
numbers are those of the program, none is rounded: one that no float holds is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from toynets.errors import ToynetsError
from toynets.rationals import ONE, ZERO, Rational, from_float, nearest_float, text, to_float
from toynets.verification.proofs.flattening import flattened, near
from toynets.verification.proofs.forms import Form
from toynets.verification.proofs.program import Program


def as_network(
    program: Program, outputs: Sequence[Form], name: str = "", *, rounded: bool = False
) -> tuple[Any, list[Rational]]:
    """Return a network over the variables whose outputs are forms, without their constants.

    Args:
        program: identity, relu and abs nodes alone.
        outputs: forms over variables and nodes.
        name: of the network.
        rounded: whether numbers may be rounded to float64.

    Returns:
        The network, and the constant of each output.

    Raises:
        ToynetsError: a unit of another kind, or a number that no float holds.
    """
    from toynets.network import Network

    units, reached = flattened(program, outputs)
    for kind, _, _ in units:
        if kind not in ("relu", "abs"):
            raise ToynetsError(
                f"the claim has {kind} units, which other tools do not read exactly.",
                fix="export claims about relu and abs units; `toynets prove` settles this one.",
            )
    d = program.dimension
    depth = max((level for _, _, level in units), default=0)
    last = dict.fromkeys(range(d + len(units)), 0)  # the level up to which a value is read
    for _, form, level in units:
        for a in form.terms:
            last[a] = max(last[a], level)
    for form in reached:
        last |= dict.fromkeys(form.terms, depth + 1)
    values = {k: Form(terms={k: ONE}) for k in range(d)}  # as forms of the layer before
    width = d
    layers: list[tuple[Any, list[Rational], str]] = []
    for level in range(1, depth + 1):
        rows: list[Form] = []
        now: dict[int, Form] = {}
        carried: dict[int, int] = {}
        for a, value in values.items():
            if last[a] <= level:
                continue
            terms: dict[int, Rational] = {}
            for part, c in value.terms.items():
                if part not in carried:
                    carried[part] = len(rows)
                    rows.append(Form(terms={part: ONE}))
                    if level == 1:  # an input: its negative part as well
                        rows.append(Form(terms={part: -ONE}))
                terms[carried[part]] = c
                if level == 1:
                    terms[carried[part] + 1] = -c
            now[a] = Form(terms=terms)
        for k, (kind, form, at) in enumerate(units):
            if at != level:
                continue
            pre = _over(form, values)
            now[d + k] = Form(terms={len(rows): ONE})
            rows.append(pre)
            if kind == "abs":
                now[d + k].terms[len(rows)] = ONE
                rows.append(-pre)
        layers.append((*_matrix(rows, width), "relu"))
        values, width = now, len(rows)
    final = [_over(form, values) for form in reached]
    matrix, constants = _matrix(final, width)
    layers.append((matrix, [ZERO] * len(final), "identity"))
    every = [v for matrix, bias, _ in layers for v in (*bias, *(w for row in matrix for w in row))]
    for number in every:
        _ = near(number) if rounded else held(number)
    small = all(from_float(nearest_float(v, "float32")) == v for v in every)
    plain = [
        ([[to_float(w) for w in row] for row in m], [to_float(b) for b in bias], kind)
        for m, bias, kind in layers
    ]
    made = Network.from_layers(plain, dtype="float32" if small else "float64", name=name)
    return made, constants


def held(number: Rational) -> float:
    """Return the float64 that is exactly a number.

    Raises:
        ToynetsError: there is none.
    """
    value = to_float(number)
    if abs(value) == float("inf") or from_float(value) != number:
        raise ToynetsError(
            f"no float holds {text(number)[:60]} exactly.",
            cause="files for other tools have floats, and a rounded number is another claim.",
            fix="state numbers that are whole over a power of two, such as 0.25, or say that they "
            "may be rounded: --round.",
        )
    return value


def _over(form: Form, values: dict[int, Form]) -> Form:
    total = Form(form.constant)
    for a, c in form.terms.items():
        total.add(c, values[a])
    return total


def _matrix(rows: Sequence[Form], width: int) -> tuple[list[list[Rational]], list[Rational]]:
    matrix = [[row.terms.get(k, ZERO) for k in range(width)] for row in rows]
    return matrix, [row.constant for row in rows]
