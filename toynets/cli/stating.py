"""What a claim of a certificate says, written from what was checked and not from its own words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from toynets.display import one_line

MOST_SHOWN = 4  # numbers of a point that stand in one line
# What the author of a certificate may call a variable, or a further network, and be printed as it
# is: nothing that reads like a part of a statement, such as `y of (1)` or `x in [0, 1], z`.
VARIABLE = re.compile(r"[A-Za-z]\w{,59}(\.\w{1,60})*'*", re.ASCII)
OTHER = re.compile(r"others/[\w.-]{1,80}", re.ASCII)


class Statement(NamedTuple):
    """What a claim says.

    Attributes:
        lines: of text; the parts of the program are numbered.
        reads: the nets whose values its last part, the sentence, reads, in whatever many steps.
    """

    lines: list[str]
    reads: frozenset[str]


def networks(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the nets of a certificate that was accepted, by the name under which they run."""
    from toynets.certificate_checker import read_net

    nets = {"network": read_net(data["network"])}
    if data.get("model") is not None:
        nets["model"] = read_net(data["model"])
    return nets | {f"others/{n}": read_net(net) for n, net in (data.get("others") or {}).items()}


def numbers(nets: Mapping[str, Any]) -> list[str]:
    """Return a line for each net that runs: the hash of a network, the numbers of a model."""
    found = []
    for name, (_, units, digest) in nets.items():
        if digest:
            found.append(f"{shown_net(name)}: the network with the hash {digest}")
            continue
        stated = []
        for unit, kind, bias, edges in units:
            terms = [f"{weight}*{parent}" for parent, weight in edges]
            stated.append(f"{unit} = {kind}({' + '.join([*terms, str(bias)])})")
        found.append(f"{name}: {'; '.join(stated)}")
    return [one_line(text) for text in found]


def statement(claim: Mapping[str, Any], nets: Mapping[str, Any]) -> Statement:
    """Write out what a claim says.

    Args:
        claim: of a certificate that was accepted.
        nets: as `networks` returns them.
    """
    from toynets.certificate_checker import Claim, value
    from toynets.verification.proofs.sentences import line

    variables = claim["variables"]
    labels = _labels(variables, nets)
    read = [frozenset[str]()] * len(variables)  # of each value, the nets that it hangs on
    intervals = zip(labels, variables, strict=True)
    over = ", ".join(f"{name} in [{v['low']}, {v['high']}]" for name, v in intervals)
    for constant, terms in claim.get("given") or ():
        over += f", {line(constant, [(labels[i], c) for i, c in terms])} >= 0"
    lines = [f"for every {over}:"]
    if claim["verdict"] == "refuted":
        lines = [f"not for every {over}, as {', '.join(_point(claim, nets))} shows:"]
    program = Claim()
    program.first = program.count = len(variables)

    def said(what: Any) -> str:
        return what if isinstance(what, str) else labels[what]

    def hangs(on: Any) -> frozenset[str]:
        return frozenset().union(*(read[i] for i in on if not isinstance(i, str)))

    for number, part in enumerate(claim["program"], start=1):
        if "run" in part:
            net, which = nets[part["run"]], shown_net(part["run"])
            text = f"{which}({', '.join(said(i) for i in part['inputs'])})"
            edits = [f"{what} = {said(to)}" for what, to in part["edits"].items()]
            text += f" with {', '.join(edits)}" if edits else ""
            program.run(net, part["inputs"], part["edits"])
            labels += [
                f"{'logit ' * (kind == 'softmax')}{unit} of ({number})" for unit, kind, *_ in net[1]
            ]
            found = hangs([*part["inputs"], *part["edits"].values()]) | {part["run"]}
        else:
            before = program.count
            names = {name: value(i, before) for name, i in part["names"].items()}
            form, _ = program.expression(part["expression"], names)
            program.node("identity", form)
            renamed = [(n, said(i)) for n, i in part["names"].items()]
            where = ", ".join(f"{n} is {label}" for n, label in renamed if n != label)
            text = part["expression"] + (f", where {where}" if where else "")
            steps = program.count - before
            labels += [f"step {k} of ({number})" for k in range(1, steps)] + [f"({number})"]
            words = set(re.findall(r"[A-Za-z_]\w*", part["expression"]))
            found = hangs(i for n, i in part["names"].items() if n in words)
        read += [found] * (len(labels) - len(read))
        lines.append(f"({number}) {text}")
    return Statement([one_line(text) for text in lines], read[-1])


def shown_net(name: str) -> str:
    """Return how a net is called: `network`, `model`, and another one by its name, quoted if odd.

    >>> shown_net("others/xor-sum"), shown_net("others/a(x) and network")
    ('others/xor-sum', "others/'a(x) and network'")
    """
    if name in ("network", "model") or OTHER.fullmatch(name):
        return name
    return f"others/{name.removeprefix('others/')!a}"


def decided(claim: Mapping[str, Any], leaves: int, nets: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return what was decided of a claim: `proved` or `refuted`, by what, and the claim in words.

    That an end of a range is attained stands in a certificate as a claim that a point refutes:
    that the value stays short of the end. To people it is a thing that is proved, by this point.

    Args:
        claim: of a certificate that was accepted.
        leaves: how many its cover has.
        nets: as `networks` returns them.
    """
    from toynets.verification.proofs.sentences import ATTAINED

    said = str(claim["text"])
    if claim["verdict"] == "proved":
        return "proved", f"{leaves} {'leaf' if leaves == 1 else 'leaves'}", one_line(said)
    point = _point(claim, nets)
    by = ", ".join(point if len(point) <= MOST_SHOWN else [*point[:MOST_SHOWN], "…"])
    if _attained(claim, nets):
        return "proved", one_line(by), one_line(said.removesuffix(ATTAINED) + "is attained")
    return "refuted", one_line(by), one_line(said)


def _attained(claim: Mapping[str, Any], nets: Mapping[str, Any]) -> bool:
    """Whether a value is, at the point, what the claim's text names and its sentence excludes."""
    from toynets.certificate_checker import Claim, Refused, rational
    from toynets.verification.proofs.sentences import ATTAINED

    *before, last = claim["program"]
    name, _, number = str(last.get("expression", "")).replace(">", "<").partition(" < ")
    if not (name.isidentifier() and claim["text"].endswith(f": {number} {ATTAINED}")):
        return False
    exactly = last | {"expression": f"{name} != {number}"}
    try:
        rational(number)
        Claim().check({**claim, "program": [*before, exactly]}, dict(nets))
    except Refused:  # it is another value, or the text is of something else
        return False
    return True


def _labels(variables: Sequence[Mapping[str, Any]], nets: Mapping[str, Any]) -> list[str]:
    units = {unit for net in nets.values() for unit, *_ in net[1]}
    labels: list[str] = []
    for number, variable in enumerate(variables, start=1):
        name = str(variable["name"])
        if VARIABLE.fullmatch(name) is None:
            labels.append(f"variable {number}")
        else:
            taken = name in labels or name in units
            labels.append(f"{name} (variable {number})" if taken else name)
    return labels


def _point(claim: Mapping[str, Any], nets: Mapping[str, Any]) -> list[str]:
    pairs = zip(_labels(claim["variables"], nets), claim["witness"], strict=True)
    return [f"{name} = {number}" for name, number in pairs]


def differences(own: Any, theirs: Any) -> list[str]:
    """Return in what two networks differ, number by number; names count.

    Args:
        own: the user's network.
        theirs: that of the certificate.
    """
    found = []
    for what in ("dtype", "inputs", "units"):
        here, there = getattr(theirs, what), getattr(own, what)
        if here != there:
            found.append(f"{what}: {_shown(here)} in the certificate, {_shown(there)} in yours")
    if found:
        return found
    for mine, other in zip(own.layers, theirs.layers, strict=False):
        if mine.activation != other.activation:
            units = ", ".join(other.units)
            found.append(f"{units}: {other.activation} in the certificate, {mine.activation} here")
    for name in {**theirs.numbers, **own.numbers}:
        here, there = theirs.numbers.get(name), own.numbers.get(name)
        if here != there:
            found.append(f"{name}: {_shown(here)} in the certificate, {_shown(there)} in yours")
    if not found and own.hash != theirs.hash:
        found.append(f"layers: hash {theirs.hash} in the certificate, {own.hash} in yours")
    return found


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    return ", ".join(value) if isinstance(value, tuple) else str(value)
