"""Exercises that are generated for each student: one structure, other numbers.

Each template takes a `Draw` and returns an exercise as plain data, with its solution and its wrong
answers. Networks are small and of few ideas, so that a short explanation exists; the scale of each
unit is drawn and its order as well, so that their weights, copied, are no explanation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from toynets.coursework.drawing import Draw
from toynets.errors import ToynetsError, unknown
from toynets.expressions import parse_expression
from toynets.fields import record

# Counted up whenever a template draws otherwise: the networks of a running course must not change.
VERSION = 1
SCALES = (Fraction(1, 4), Fraction(1, 2), Fraction(2), Fraction(4))


@record(frozen=True)
class Unit:
    """A ReLU unit: scale * relu(sum of sign * input + offset)."""

    signs: tuple[int, ...]
    offset: int
    scale: Fraction

    @property
    def inside(self) -> str:
        """The sum, without the scale: `x1 + x2 - 1`."""
        said = ""
        for k, sign in sorted(enumerate(self.signs, start=1), key=lambda pair: -pair[1]):
            if sign:
                mark = " - " if sign < 0 else " + "
                said += f"{mark}x{k}" if said else ("-" * (sign < 0) + f"x{k}")
        if self.offset:
            said += f" {'-' if self.offset < 0 else '+'} {abs(self.offset)}"
        return said

    @property
    def text(self) -> str:
        """What it computes, with few numbers: `4*relu(x1 + x2 - 1)`."""
        return f"{self.scale}*relu({self.inside})"

    @property
    def copied(self) -> str:
        """What its weights say, one by one."""
        parts = [f"{s * self.scale}*x{k}" for k, s in enumerate(self.signs, start=1) if s]
        return f"relu({' + '.join([*parts, str(self.offset * self.scale)])})".replace("+ -", "- ")


def network(units: Sequence[Unit], out: Sequence[Fraction], bias: Fraction) -> dict[str, Any]:
    """Return a network of one hidden layer as plain data.

    Args:
        units: of the hidden layer.
        out: for each unit its weight to y, for the unit at scale 1.
        bias: of y.
    """
    count = len(units[0].signs)
    rows = [[str(s * u.scale) for s in u.signs] for u in units]
    return {
        "inputs": [f"x{k}" for k in range(1, count + 1)],
        "layers": [
            {
                "units": [f"h{k}" for k in range(1, len(units) + 1)],
                "activation": "relu",
                "weight": rows,
                "bias": [str(u.offset * u.scale) for u in units],
            },
            {
                "units": ["y"],
                "activation": "identity",
                "weight": [[str(v / u.scale) for v, u in zip(out, units, strict=True)]],
                "bias": [str(bias)],
            },
        ],
    }


def _units(draw: Draw) -> list[Unit]:
    """Draw three units over three inputs: of all, of a pair, and a comparison."""
    pair = draw.choice(((1, 1, 0), (1, 0, 1), (0, 1, 1)))
    one, other = draw.shuffled([0, 1, 2])[:2]
    versus = tuple(1 if k == one else -1 if k == other else 0 for k in range(3))
    # No offset of 0: a unit has at least three numbers, so that a copy can be told.
    kinds = [((1, 1, 1), draw.choice((-1, -2))), (pair, -1), (versus, 1)]
    return draw.shuffled([Unit(signs, offset, draw.choice(SCALES)) for signs, offset in kinds])


def _three(draw: Draw) -> tuple[list[Unit], dict[str, Any]]:
    units = _units(draw)
    out = [Fraction(draw.choice((-3, -2, -1, 1, 2, 3))) for _ in units]
    return units, network(units, out, Fraction(draw.choice((-1, 0, 1))))


def _explain(draw: Draw) -> dict[str, Any]:
    units, net = _three(draw)
    k = next(i for i, u in enumerate(units) if sum(abs(s) for s in u.signs) == 2)
    mine, other = units[k], units[(k + 1) % 3]
    name, budget = f"h{k + 1}", parse_expression(mine.text).node_count + 2
    changed = [*units[:k], Unit(mine.signs, mine.offset, mine.scale * 2), *units[k + 1 :]]
    return {
        "title": f"What {name} computes",
        "kind": "explain",
        "net": net,
        "points": 20,
        "minutes": 10,
        "difficulty": "medium",
        "prompt": f"Say what {name} computes, as an expression over x1, x2, x3 with at most "
        f"{budget} nodes. State few numbers: as many as there are weights would be a copy. The "
        "domain is {0,1}^3; the expression must also hold when inputs are set to 0 or to their "
        "mean.",
        "ask": {"unit": name, "domain": "{0,1}^3", "nodes": budget},
        "solution": {"expression": mine.text},
        "wrong": [
            {
                "claim": {"expression": other.text},
                "message": "That is another unit.",
                "misconception": "hidden-units-alike",
            },
            {
                "claim": {"expression": Unit(mine.signs, 0, mine.scale).text},
                "message": "That leaves the bias out.",
                "misconception": "bias-is-a-detail",
            },
        ],
        "decoy": [{"net": network(changed, [Fraction(1)] * 3, Fraction(0))}],
        "establishes": f"{name} is what you say, on every input and under every ablation tried.",
        "leaves_open": "Nothing is said of what the output does with it.",
    }


def _predict(draw: Draw) -> dict[str, Any]:
    _, net = _three(draw)
    name = f"h{1 + draw.below(3)}"
    data = {
        "title": f"The network without {name}",
        "kind": "predict",
        "net": net,
        "points": 2,
        "minutes": 6,
        "prompt": f"Set {name} to 0. Commit to the eight outputs, in the order 000, 001, …, 111, "
        "before you run anything: the points are for committing, right or wrong.",
        "ask": {"intervention": f"{name} = 0", "domain": "{0,1}^3", "committed": True},
    }
    clean = _table({**data, "ask": {"domain": "{0,1}^3"}})
    wrong = {
        "claim": {"outputs": clean},
        "message": "That is the table of the whole network.",
        "misconception": "most-can-be-dropped",
    }
    right = _table(data)
    return {
        **data,
        "solution": {"outputs": right},
        "wrong": [wrong] if clean != right else [],
        "establishes": f"You can say what the network does without {name}.",
        "leaves_open": f"It is one ablation; it does not say what {name} means.",
    }


def _table(data: Mapping[str, Any]) -> Any:
    from toynets.coursework.exercise import made
    from toynets.coursework.kinds import predict

    return predict.solution(made({"id": "G01.1", **data}))["outputs"]


def _group(draw: Draw) -> dict[str, Any]:
    from toynets.coursework.exercise import made
    from toynets.coursework.kinds import group

    _, net = _three(draw)
    name = f"h{1 + draw.below(3)}"
    data: dict[str, Any] = {
        "title": f"What {name} tells apart",
        "kind": "group",
        "net": net,
        "points": 4,
        "minutes": 10,
        "difficulty": "hard",
        "prompt": f"Put the eight inputs into classes: two are in one class if taking {name} from "
        "the one or from the other never changes the output, whatever the input is. Write a list "
        'of lists: [["000", "001"], …].',
        "ask": {"unit": name, "level": "value", "domain": "{0,1}^3"},
        "establishes": f"You know what {name} carries on, and what it forgets.",
        "leaves_open": "A partition is not an expression: it says what is told apart, not how.",
    }
    right = group.right_groups(made({"id": "G01.1", **data}))
    return {**data, "solution": {"groups": [list(names) for _, names in right]}}


def _construct(draw: Draw) -> dict[str, Any]:
    # No weights that do it are written here: this file is public, and judging needs none.
    p, q = draw.shuffled([2, 3, 4, 5])[:2]  # no 1: its matrix would be symmetric
    return {
        "title": "Larger and smaller",
        "kind": "construct",
        "points": 20,
        "minutes": 15,
        "difficulty": "hard",
        "prompt": f"Choose weights of a 2-2-1 ReLU network whose output is {p}*max(x1, x2) + "
        f"{q}*min(x1, x2) at every point of [0,1]^2. What you leave out is 0.",
        "ask": {
            "shape": "2-2-1",
            "activation": "relu",
            "domain": "[0,1]^2",
            "target": f"{p}*max(x1, x2) + {q}*min(x1, x2)",
        },
        "establishes": "Proved on the square: two hinges are enough.",
        "leaves_open": "Other weights do it as well.",
    }


def _counterexample(draw: Draw) -> dict[str, Any]:
    a, b = draw.choice(SCALES), draw.choice(SCALES)
    c, d = draw.choice((1, 2, 3)), draw.choice((-4, -3, 2, 3))
    units = [Unit((1, 1), 0, a), Unit((1, 1), -1, b)]
    net = network(units, [Fraction(c), Fraction(d)], Fraction(0))
    return {
        "title": "Right at the corners",
        "kind": "counterexample",
        "net": net,
        "points": 3,
        "minutes": 6,
        "prompt": f"Somebody says: on the square [0,1]^2 the network is {c}*x1 + {c}*x2 + "
        f"({d})*x1*x2. At the corners that is so. Give a point at which it is not.",
        "ask": {"claim": f"{c}*x1 + {c}*x2 + ({d})*x1*x2", "domain": "[0,1]^2"},
        "solution": {"x": ["1/2", "1/2"]},
        "wrong": [
            {
                "claim": {"x": [1, 1]},
                "message": "A corner: there the two agree.",
                "misconception": "proof-on-the-corners",
            }
        ],
        "establishes": "A table does not fix a function.",
        "leaves_open": "One point refutes the claim; it does not say what holds.",
    }


def _separate(draw: Draw) -> dict[str, Any]:
    c = Fraction(draw.choice((2, 3, 5)))  # at 1 both are in the zoo
    both = [Unit((1, 1), 0, draw.choice(SCALES)), Unit((1, 1), -1, draw.choice(SCALES))]
    versus = [Unit((1, -1), 0, draw.choice(SCALES)), Unit((-1, 1), 0, draw.choice(SCALES))]
    first = draw.shuffled([(both[0], c), (both[1], -2 * c)])
    second = draw.shuffled([(versus[0], c), (versus[1], c)])
    nets = [network([u for u, _ in s], [v for _, v in s], Fraction(0)) for s in (first, second)]
    one, other = draw.shuffled(nets)
    return {
        "title": "One table, two mechanisms",
        "kind": "separate",
        "nets": {"A": one, "B": other},
        "points": 4,
        "minutes": 8,
        "prompt": "The networks A and B have the same table on {0,1}^2. Set one unit to 0 in both, "
        "and give an input on which they differ.",
        "ask": {"a": "A", "b": "B", "domain": "{0,1}^2", "kinds": ["zero"], "clauses": 1},
        "solution": {"intervention": "h1 = 0", "x": [1, 1]},
        "wrong": [
            {
                "claim": {"intervention": "", "x": [1, 1]},
                "message": "Nothing is removed there: the table is the same.",
                "misconception": "works-on-the-table",
            }
        ],
        "establishes": "What is equal as a function need not be equal as a mechanism.",
        "leaves_open": "Which of the two is easier to learn.",
    }


TEMPLATES: Mapping[str, Callable[[Draw], dict[str, Any]]] = {
    "explain": _explain,
    "predict": _predict,
    "group": _group,
    "construct": _construct,
    "counterexample": _counterexample,
    "separate": _separate,
}


def generated(template: str, id: str, key: bytes, student: str) -> dict[str, Any]:
    """Return a student's own exercise as plain data, with its solution.

    Args:
        template: one of `TEMPLATES`.
        id: of the exercise.
        key: of the course.
        student: their id.

    Raises:
        ToynetsError: no such template.
    """
    if template not in TEMPLATES:
        raise ToynetsError(unknown("template", template, "", TEMPLATES))
    return {"id": id, **TEMPLATES[template](Draw(key, student, id))}
