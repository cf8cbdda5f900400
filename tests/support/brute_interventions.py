"""The brute force's own interventions: every ablation of tiers a and b, and what a text states.

Each is a function from a `Program` to the arguments of its `run`.
"""

from __future__ import annotations

import itertools
import re

from brute_numbers import exact

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


def every_intervention(addresses, hidden):
    """Yield (kind, key, arguments): every number cut and flipped, every subset at each constant."""
    for address in addresses:
        for kind, factor in (("cut", 0), ("flip", -1)):
            yield (
                kind,
                (kind, address),
                lambda p, a=address, f=factor: {"numbers": {**p.numbers, a: p.numbers[a] * f}},
            )
    for size in range(1, len(hidden) + 1):
        for subset in itertools.combinations(hidden, size):
            for kind, arguments in (
                ("zero", lambda p, s=subset: {"fixed": dict.fromkeys(s, 0)}),
                ("pre", lambda p, s=subset: {"fixed": {f"{u}.pre": 0 for u in s}}),
                ("mean", lambda p, s=subset: {"fixed": {u: p.mean(u) for u in s}}),
                ("incoming", lambda p, s=subset: {"numbers": _without(p.numbers, s)}),
            ):
                yield kind, (kind, *subset), arguments


def _without(numbers, units):
    """Return a program's numbers with all that enters some units set to 0."""
    return {
        a: v * 0 if "->" in a and a.partition("->")[2] in units else v for a, v in numbers.items()
    }


def stated_intervention(text, groups=None):
    """Return the arguments of an intervention as text; of "", those of the clean run.

    Args:
        text: such as `h1 = 0, x1->h2 *= -1`.
        groups: name -> addresses of tied numbers.
    """
    groups = groups or {}

    def arguments(program):
        if not text:
            return {}
        fixed, numbers = {}, dict(program.numbers)
        for target, op, value in clauses(text):
            _apply(program, groups, target, op, value, fixed, numbers)
        return {"fixed": fixed, "numbers": numbers}

    return arguments


def _apply(program, groups, target, op, value, fixed, numbers):
    patch = PATCH.fullmatch(value)
    if patch:
        values = program.at([exact(v.strip()) for v in patch[2].split(",")])
        fixed[target] = values[patch[1] or target]
    elif value == "mean":
        fixed[target] = program.mean(target)
    elif "->" in target or target.endswith(".bias") or target.partition("@")[0] in groups:
        change = program.arithmetic.number(exact(value))
        for name in _numbered(target, groups, numbers):
            old = numbers[name]
            numbers[name] = {"=": change, "+=": old + change, "*=": old * change}[op]
    else:
        fixed[target] = program.arithmetic.number(exact(value))


def _numbered(target, groups, numbers):
    if target.startswith("->"):
        return [a for a in numbers if a.endswith(target)]
    if target.endswith("->"):
        return [a for a in numbers if a.startswith(target)]
    group, _, copy = target.partition("@")
    if group in groups:
        return [groups[group][int(copy) - 1]] if copy else list(groups[group])
    return [target]
