"""Every single number of an explanation and of its network, corrupted one at a time."""

from __future__ import annotations

import copy
import re

from toynets.rationals import rational, text

LITERAL = re.compile(r"-?\d+(?:\.\d+|/\d+)?")
NUMBER = re.compile(r"(?<![A-Za-z_0-9.@>])(\d+(?:\.\d+)?)(?![\d.]*->)")


def sites(data):
    """Yield (address, get, set) of every expression text in an explanation's JSON data."""
    for name in data.get("parameters", {}):
        yield f"parameter {name}", ("parameters", name)
    for address, said in data["weights"].items():
        yield address, ("weights", address, "value") if isinstance(said, dict) else (
            "weights", address)
    for unit, said in data["units"].items():
        for part in ("expression", "concept"):
            if said.get(part):
                yield f"{part} of {unit}", ("units", unit, part)
    for k, outcome in enumerate(data.get("outcomes", ())):
        for output, said in outcome["outputs"].items():
            if isinstance(said, str) and said:
                yield f'"{outcome["intervention"]}"', ("outcomes", k, "outputs", output)
    if "threshold" in (data.get("decision") or {}):
        yield "threshold", ("decision", "threshold")


def get(data, path):
    """Read the text at a path."""
    for key in path:
        data = data[key]
    return str(data)


def changed(data, path, value):
    """Return a copy with another text at a path; what is not on the path is shared."""
    made = at = copy.copy(data)
    for key in path[:-1]:
        at[key] = copy.copy(at[key])
        at = at[key]
    at[path[-1]] = value
    return made


def explanation_mutants(data, step):
    """Yield (site, what, path, text): each literal flipped, zeroed, and moved by `step(value)`."""
    for site, path in sites(data):
        source = get(data, path)
        if LITERAL.fullmatch(source):  # one number, such as -1/2
            value = rational(source)
            for what, new in changes_of(value, step).items():
                yield f"{site} [{source}]", what, path, text(new)
            continue
        for match in NUMBER.finditer(source):
            for what, new in changes_of(rational(match[1]), step).items():
                mutated = f"{source[: match.start()]}({text(new)}){source[match.end() :]}"
                yield f"{site} [{match[1]} at {match.start() + 1}]", what, path, mutated


def changes_of(value, step):
    """Return the corruptions of one number: moved, and if it is not 0, negated and zeroed."""
    found = {"moved": value + step(value)}
    if value != 0:
        found |= {"to 0": 0 * value, "negated": -value}
    return found


def network_mutants(network, step):
    """Yield (address, what, number): flipped, zeroed, moved; tied copies together."""
    values = {weight.group or weight.name: weight.value for weight in network.weights()}
    for address, value in values.items():
        exact = rational(value)
        for what, new in changes_of(exact, step).items():
            yield address, what, new
