"""An end of a range that no point reaches, where a step unit jumps: why it is the end all the same.

The value comes as near to the end as one likes on the way from a point inside a cell to a corner
that does not belong to it: at the share t of the way back, above 0, it is off by a multiple of t.
That is a claim about one variable, t, which has a certificate like any other.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from toynets.expressions import parse_expression
from toynets.rationals import ONE, ZERO, Rational, rational, text
from toynets.verification.proofs.claims import Answer, Claim, at_least
from toynets.verification.proofs.forms import Form, atom
from toynets.verification.proofs.program import Program, Variable

Point = tuple[Rational, ...]


def approached(claim: Claim, answer: Answer) -> Iterator[Claim]:
    """Yield a claim for each end of a range, as it was answered, that no point reaches."""
    if answer.verdict == "proved" and answer.ends:
        for value, ends in enumerate(claim.kind["towards"]):
            for end, way in enumerate(ends):
                if way is not None:
                    yield approach(claim, value, end, *way)


def approach(claim: Claim, value: int, end: int, corner: Point, inside: Point) -> Claim:
    """Return the claim that a value comes as near to an end of its range as one likes.

    Args:
        claim: about the range, its ends found.
        value: which of its values.
        end: 0 for the least, 1 for the greatest.
        corner: where the value would be the end, were the cell closed.
        inside: a point of the cell.
    """
    ends = [rational(number) for number in claim.kind["between"][value]]
    index = claim.kind["values"][value]
    made = along(claim.program, corner, inside)
    off = abs(claim.program.values(inside)[index] - ends[end])
    began = made.express(parse_expression("t > 0"), {"t": 0})
    gap = atom(index + 1).plus(-ends[0]) if end == 0 else (-atom(index + 1)).plus(ends[1])
    # The gap is at most off * t; at t = 0 alone, where the value jumps, nothing is claimed.
    free = (Form(ONE) - atom(began)).scaled(ends[1] - ends[0])
    form = atom(0).scaled(off) - gap + free
    where = ", ".join(
        f"{v.name} = {text(a)} + {text(b - a)}*t"
        for v, a, b in zip(claim.program.variables, corner, inside, strict=True)
    )
    said = (
        f"{claim.text}: {text(ends[end])} is approached: at {where}, with t above 0, the value is "
        f"off it by {text(off)}*t at most"
    )
    return at_least(said, made, form)


def along(program: Program, start: Point, stop: Point) -> Program:
    """Return a program on the way between two points: of t in [0, 1], 0 at the first."""
    made = Program([Variable("t", ZERO, ONE)])
    for a, b in zip(start, stop, strict=True):
        made.raw("identity", Form(a, {0: b - a} if b != a else {}))
    made.nodes += [
        (kind, Form(form.constant, {i + 1: c for i, c in form.terms.items()}))
        for kind, form in program.nodes
    ]
    made.parts += [_shifted(part) for part in program.parts]
    return made


def _shifted(part: dict[str, Any]) -> dict[str, Any]:
    """Return a part of a program whose values all have the next number."""
    if "run" in part:
        edits = [
            {k: v + 1 if k == "to" and isinstance(v, int) else v for k, v in edit.items()}
            for edit in part["edits"]
        ]
        return {"run": part["run"], "inputs": [i + 1 for i in part["inputs"]], "edits": edits}
    if "node" in part:
        kind, (constant, terms) = part["node"]
        return {"node": [kind, [constant, [[i + 1, c] for i, c in terms]]]}
    names = {name: i + 1 for name, i in part["names"].items()}
    return {"expression": part["expression"], "names": names}
