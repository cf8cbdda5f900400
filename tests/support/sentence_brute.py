"""What a claim of a certificate says, evaluated at points by the prover's arithmetic.

The checker's own reading of a program is not used: networks run as a `Program` of the prover, and
expressions go through the package's parser.
"""

from __future__ import annotations

import itertools
import random

from toynets.expressions import parse_expression
from toynets.rationals import ONE, rational
from toynets.verification.proofs.expressing import Writer
from toynets.verification.proofs.forms import Form
from toynets.verification.proofs.program import Layers, Program, Variable


def layers(net):
    """The numbers of a network as a file holds it; a softmax gives its logits."""
    made = []
    for layer in net["layers"]:
        kind = layer["activation"]
        bias = layer["bias"]
        made.append(
            (
                tuple(layer["units"]),
                "identity" if kind == "softmax" else kind,
                [[rational(v) for v in row] for row in layer["weight"]],
                None if bias is None else [rational(v) for v in bias],
                layer.get("mask"),
            )
        )
    return Layers(tuple(net["inputs"]), made)


def form(data):
    return Form(rational(data[0]), {i: rational(c) for i, c in data[1]})


def edit(address, to):
    kind, name = address.split(" ")
    name = f"{name}.bias" if kind == "bias" else name
    return {kind: name, "to": to if isinstance(to, int) else rational(to)}


def program(data, claim):
    """The program of a claim; its last value is the sentence."""
    variables = [
        Variable(v["name"], rational(v["low"]), rational(v["high"])) for v in claim["variables"]
    ]
    made = Program(variables, [form(g) for g in claim.get("given") or []])
    for part in claim["program"]:
        if "run" in part:
            which = part["run"]
            net = data["others"][which[7:]] if "/" in which else data[which]
            edits = [edit(address, to) for address, to in part["edits"].items()]
            inputs = list(part["inputs"])
            for k, i in enumerate(inputs):
                if isinstance(i, str):
                    if f"input {net['inputs'][k]}" not in part["edits"]:
                        edits.append({"input": net["inputs"][k], "to": rational(i)})
                    inputs[k] = 0
            made.run(which, layers(net), inputs, edits)
        else:
            said = parse_expression(part["expression"])
            numbers = {n: i for n, i in part["names"].items() if isinstance(i, str)}
            said = said.substitute({n: parse_expression(v) for n, v in numbers.items()})
            made.node("identity", Writer(made.node, part["names"]).form(said))
    return made


def points(made, count=12, seed=0):
    """Corners, the middle, and random points of the box where the given conditions hold."""
    draw = random.Random(seed)
    ends = [(v.low, v.high) for v in made.variables]
    found = list(itertools.islice(itertools.product(*ends), 16))
    found.append(tuple((low + high) / 2 for low, high in ends))
    for _ in range(count):
        shares = [rational(f"{draw.randint(0, 24)}/24") for _ in ends]
        found.append(tuple(a + s * (b - a) for (a, b), s in zip(ends, shares, strict=True)))
    return [point for point in found if made.inside(point)]


def contradicts(data, claim, seed=0):
    """Whether a claim that was accepted is false at a point that is tried."""
    made = program(data, claim)
    if claim["verdict"] == "refuted":
        point = [rational(v) for v in claim["witness"]]
        return not made.inside(point) or made.values(point)[-1] == ONE
    return any(made.values(point)[-1] != ONE for point in points(made, seed=seed))
