"""Interventions for the brute force on a box, read and applied by a few lines of their own.

Each is a function from a `brute_programs.Program` to the arguments of its `run`.
"""

from __future__ import annotations

import itertools
import re

from brute_programs import exact

PART = re.compile(r"(?:[^,()]|\([^()]*\))+")
CHANGE = re.compile(r"(.*?)\s*([*+]?=)\s*(.*)")
PATCH = re.compile(r"([\w.]*)\((.*)\)")
NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+|/\d+)?")


def clauses(text):
    """Return (target, op, value) of everything that an intervention changes.

    >>> clauses("h1, h2 = 0, x1->h1 *= -1")
    [('h1', '=', '0'), ('h2', '=', '0'), ('x1->h1', '*=', '-1')]
    """
    found, targets = [], []
    for part in PART.findall(text):
        change = CHANGE.fullmatch(part.strip())
        targets.append((change[1] if change else part).strip())
        if change:
            found += [(target, change[2], change[3].strip()) for target in targets]
            targets = []
    assert not targets, text
    return found


def meant(text):
    """Return an intervention as data that do not hang on how its numbers are written.

    >>> meant("h1, h2 = 0.50") == meant("h2 = 1/2, h1 = 1/2")
    True
    """
    return {(t, op, NUMBER.sub(lambda n: str(exact(n[0])), v)) for t, op, v in clauses(text)}


def stated(text):
    """Return the intervention of a text; of "" the clean run."""

    def arguments(program):
        fixed, numbers = {}, dict(program.numbers)
        for target, op, value in clauses(text):
            patch = PATCH.fullmatch(value)
            if patch:
                values = program.at([exact(v.strip()) for v in patch[2].split(",")])
                fixed[target] = values[patch[1] or target]
            elif value == "mean":
                fixed[target] = program.mean(target)
            elif "->" in target or target.endswith(".bias"):
                for address in addressed(target, numbers):
                    old, new = numbers[address], exact(value)
                    numbers[address] = {"=": new, "+=": old + new, "*=": old * new}[op]
            else:
                fixed[target] = exact(value)
        return {"fixed": fixed, "numbers": numbers}

    return arguments


def addressed(target, addresses):
    """Return the numbers that a target speaks of: one, or all into or out of a unit."""
    found = [
        a
        for a in addresses
        if a == target
        or (target.startswith("->") and a.endswith(target))
        or (target.endswith("->") and a.startswith(target))
    ]
    assert found, target
    return found


def parameters(addresses):
    """Yield (kind, intervention): every number cut and flipped."""
    for address in addresses:
        yield "cut", stated(f"{address} = 0")
        yield "flip", stated(f"{address} *= -1")


def subsets(hidden):
    """Yield (kind, intervention): every set of hidden units left out in each way."""
    ways = {"zero": "{} = 0", "pre": "{}.pre = 0", "incoming": "->{} = 0", "mean": "{} = mean"}
    for size in range(1, len(hidden) + 1):
        for units in itertools.combinations(hidden, size):
            for kind, clause in ways.items():
                yield kind, stated(", ".join(clause.format(unit) for unit in units))
