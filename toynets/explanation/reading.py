"""Explanations from plain data: strict, so that nothing that is written is silently ignored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from toynets.activations import activation
from toynets.domain import Domain
from toynets.errors import ToynetsError, unknown
from toynets.explanation.fields import expression, keys, listed, mapping, number, only, string
from toynets.explanation.record import (
    FORMAT,
    METRIC_KINDS,
    TOLERANCES,
    Explanation,
    StatedOutcome,
    StatedUnit,
    StatedWeight,
)
from toynets.expressions import Expression
from toynets.names import bias_name, check_name, check_unique, parse_intervention
from toynets.rationals import text
from toynets.wiring import Wiring

MAX_BYTES = 1024 * 1024
KEYS = (
    "format",
    "about",
    "inputs",
    "outputs",
    "parameters",
    "decision",
    "metric",
    "tolerance",
    "weights",
    "units",
    "outcomes",
    "slack",
    "unexplained",
    "ties",
    "sources",
    "domain",
)


def read_json(source: str) -> Explanation:
    """Read JSON text strictly: size, duplicate keys and NaN are checked."""
    import json

    if not isinstance(source, str):
        raise ToynetsError(
            f"expected JSON text but got {type(source).__name__}.",
            fix="Explanation.from_json(Path('mine.json').read_text())",
        )
    if len(source) > MAX_BYTES:
        raise ToynetsError(f"an explanation file has at most {MAX_BYTES} characters.")
    try:
        data = json.loads(source, object_pairs_hook=_once, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        hint = ""
        if not source.lstrip().startswith("{"):
            hint = "from_json reads the text of a file, not its name."
        raise ToynetsError(
            f"not JSON: {error.msg} at line {error.lineno}, column {error.colno}.", cause=hint
        ) from None
    except RecursionError:
        raise ToynetsError("the JSON is nested too deeply.") from None
    except ValueError as error:  # a number of too many digits
        raise ToynetsError(f"not JSON that can be read: {error}.") from None
    return read(data)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ToynetsError(f"the key {key!r} is given twice.", fix="keep one of the two.")
        found[key] = value
    return found


def _no_constant(name: str) -> Any:
    raise ToynetsError(f"{name} is not a number that an explanation can state.")


def read(data: Any) -> Explanation:
    """Read plain data; every fault is named with its place."""
    data = keys(data, KEYS, "the explanation")
    version = data.get("format")
    if version != FORMAT:
        raise ToynetsError(
            f'expected "format": "{FORMAT}" but got {version!r}.',
            cause="the file is of another kind, or was written by a newer toynets.",
        )
    about = string(data.get("about", ""), "about")
    parameters = _parameters(data)
    units = _units(data)
    ties = {
        check_name(group, "tied group"): tuple(
            string(m, f"a weight of {group}") for m in listed(members, f"the tied group {group}")
        )
        for group, members in mapping(data.get("ties", {}), "ties").items()
    }
    weights = _weights(data, set(parameters), ties)
    wiring = _wiring(data, about, weights, units, ties)
    check_unique([*wiring.inputs, *units, *parameters, *ties])
    in_scope = {*wiring.inputs, *parameters}  # not units: "h1 - 2*h2" would ignore an ablation
    earlier = set(in_scope)
    for name, unit in units.items():
        only(unit.expression, earlier, f"the expression of {name}")
        only(unit.concept, earlier, f"the concept of {name}")
        earlier.add(name)
    decision = _decision(data.get("decision", {}), wiring.outputs)
    free = {*weights, *parameters, *wiring.parameters()}
    open_ones = {*wiring.parameters(), *units, *(f"{u} = 0" for u in wiring.hidden)}
    return Explanation(
        about=about,
        inputs=wiring.inputs,
        outputs=wiring.outputs,
        weights=weights,
        units=units,
        outcomes=_outcomes(data, in_scope, wiring),
        parameters=parameters,
        decision=decision,
        metric=_metric(data.get("metric", {}), decision),
        tolerance=_tolerance(data.get("tolerance", {})),
        slack={
            _known(k, free, "slack"): string(v, f"slack of {k}")
            for k, v in mapping(data.get("slack", {}), "slack").items()
        },
        unexplained=tuple(
            _known(n, open_ones, "unexplained")
            for n in listed(data.get("unexplained", ()), "unexplained")
        ),
        ties=ties,
        domain=_domain(data.get("domain"), wiring.inputs),
        sources=tuple(string(s, "a source") for s in listed(data.get("sources", ()), "sources")),
    )


def _domain(data: Any, inputs: Sequence[str]) -> Domain | None:
    """Read the domain, which a file may leave out."""
    if data is None:
        return None
    found = Domain.from_dict(data)
    if found.dimension != len(inputs):
        raise ToynetsError(
            f"the domain has {found.dimension} inputs, the explanation {len(inputs)}: "
            f"{', '.join(inputs)}."
        )
    return found


def _known(name: Any, there: set[str], where: str) -> str:
    """Return a name that exists; a list of free or open things must not name others."""
    if not isinstance(name, str) or name not in there:
        raise ToynetsError(unknown("name", str(name), where, sorted(there)))
    return name


def _parameters(data: Mapping[str, Any]) -> dict[str, Expression]:
    found: dict[str, Expression] = {}
    for name, value in mapping(data.get("parameters", {}), "parameters").items():
        check_name(name, "parameter")
        where = f"parameter {name}"
        stated = only(expression(value, where), set(), where)
        if stated is None:
            raise ToynetsError(f"the parameter {name} has no value: every parameter is a literal.")
        found[name] = stated
    return found


def _units(data: Mapping[str, Any]) -> dict[str, StatedUnit]:
    found = {}
    for name, item in mapping(data.get("units", {}), "units").items():
        check_name(name)
        where = f"unit {name}"
        item = keys(item, ("activation", "expression", "concept", "role", "why"), where)
        if "activation" not in item:
            raise ToynetsError(f"{where} names no activation.", fix='add "activation": "relu".')
        found[name] = StatedUnit(
            activation(string(item["activation"], f"the activation of {name}")).name,
            expression(item.get("expression"), f"the expression of {name}"),
            expression(item.get("concept"), f"the concept of {name}"),
            string(item.get("role", ""), f"the role of {name}"),
            string(item.get("why", ""), f"the reason of {name}"),
        )
    if not found:
        raise ToynetsError("the explanation names no unit.", fix="toynets new-explanation NAME")
    return found


def _weights(
    data: Mapping[str, Any], parameters: set[str], ties: Mapping[str, Sequence[str]]
) -> dict[str, StatedWeight]:
    found = {}
    for given, item in mapping(data.get("weights", {}), "weights").items():
        address = str(given)
        if address not in ties:
            address = parse_intervention(f"{given} = 0").text.removesuffix(" = 0")
        where = f"weight {address}"
        if not isinstance(item, Mapping):
            item = {"value": item}
        item = keys(item, ("value", "role", "why"), where)
        if address in found:
            raise ToynetsError(f"{where} is stated twice.")
        found[address] = StatedWeight(
            only(expression(item.get("value"), where), parameters, where),
            string(item.get("role", ""), f"the role of {address}"),
            string(item.get("why", ""), f"the reason of {address}"),
        )
    return found


def _wiring(
    data: Mapping[str, Any],
    about: str,
    weights: Mapping[str, StatedWeight],
    units: Mapping[str, StatedUnit],
    ties: Mapping[str, tuple[str, ...]],
) -> Wiring:
    """Work out what is connected with what, from the addresses alone."""
    addresses: dict[str, None] = {}
    members = {m: group for group, ms in ties.items() for m in ms}
    for address in weights:
        if address in members and members[address] in weights:
            raise ToynetsError(
                f"weight {address} is stated twice: it belongs to the tied group "
                f"{members[address]}, which has a value of its own.",
                fix=f"state {members[address]} alone.",
            )
        for one in ties.get(address, (address,)):
            addresses[one] = None
    for group, ms in ties.items():
        for member in ms:
            if member not in addresses:
                raise ToynetsError(
                    f"weight {member} of the tied group {group} is not stated.",
                    fix=f"state {group}, which stands for all its copies.",
                )
    edges = [a.partition("->")[::2] for a in addresses if "->" in a]
    if "inputs" in data:
        inputs = tuple(check_name(n, "input") for n in listed(data["inputs"], "inputs"))
    else:
        inputs = tuple(dict.fromkeys(s for s, _ in edges if s not in units))
    _check_addresses(tuple(addresses), inputs, units)
    senders = {s for s, _ in edges}
    outputs = tuple(u for u in units if u not in senders)
    if "outputs" in data:
        outputs = tuple(string(n, "an output") for n in listed(data["outputs"], "outputs"))
        check_unique(outputs)
        for name in outputs:
            if name not in units:
                raise ToynetsError(unknown("output", name, "the explanation", units))
    biased = frozenset(a.removesuffix(".bias") for a in addresses if "->" not in a)
    title = f"the explanation of {about}"
    # Parts are read in the order of the units, and the outputs come last.
    return Wiring(inputs, tuple(units), outputs, tuple(edges), biased, dict(ties), title)


def _check_addresses(
    addresses: Sequence[str], inputs: tuple[str, ...], units: Mapping[str, Any]
) -> None:
    order = {name: k for k, name in enumerate((*inputs, *units))}
    for address in addresses:
        source, arrow, target = address.partition("->")
        if not arrow:
            target = source.removesuffix(".bias")
            if bias_name(target) != source:
                raise ToynetsError(
                    f"{address} is not a weight.",
                    fix="write x1->h1 for a weight, h1.bias for a bias.",
                )
        elif source not in order:
            raise ToynetsError(unknown("unit", source, f"weight {address}", order))
        if target not in units:
            raise ToynetsError(unknown("unit", target, f"weight {address}", units))
        if arrow and order[source] >= order[target]:
            raise ToynetsError(
                f"weight {address} goes backwards: {source} is not listed before {target}.",
                fix="list the units in the order in which they are computed, the outputs last.",
            )


def _outcomes(
    data: Mapping[str, Any], scope: set[str], wiring: Wiring
) -> tuple[StatedOutcome, ...]:
    found: dict[Any, StatedOutcome] = {}
    for item in listed(data.get("outcomes", ()), "outcomes"):
        outcome = _outcome(item, scope, wiring)
        # Clauses act at once, in any order: h1, h2 = 0 is h2 = 0, h1 = 0.
        changes = frozenset(
            (t.text, c.op, c.text.rpartition(f" {c.op} ")[2])
            for c in outcome.intervention.clauses
            for t in c.targets
        )
        if changes in found:
            raise ToynetsError(
                f'the outcome of "{outcome.intervention.text}" is stated twice.',
                fix="keep one of the two.",
            )
        found[changes] = outcome
    return tuple(found.values())


def _outcome(item: Any, scope: set[str], wiring: Wiring) -> StatedOutcome:
    item = keys(item, ("intervention", "outputs", "why"), "an outcome")
    intervention = parse_intervention(string(item.get("intervention", ""), "an intervention"))
    where = f'the outcome of "{intervention.text}"'
    if "resample" in intervention.words or intervention.needs_source:
        raise ToynetsError(
            f"{where}: an outcome that depends on a source is derived, not stated.",
            fix="state outcomes of constants and means, or write the source out: h2 = h2(1, 0).",
        )
    wiring.resolve(intervention)  # names that are not there are an error here already
    outputs: dict[str, tuple[Expression, ...]] = {}
    for name, value in mapping(item.get("outputs", {}), where).items():
        if name not in wiring.outputs:
            raise ToynetsError(
                unknown("output", name, where, wiring.outputs),
                cause=f"{name} is no output: what it does is its expression."
                if name in wiring.units
                else "",
            )
        values = value if isinstance(value, list | tuple) else [value]
        if any(v is None or v == "" for v in values):
            outputs[name] = ()
            continue
        wanted = 2 if "worst" in intervention.words else 1
        if len(values) != wanted:
            raise ToynetsError(
                f"{where} states {len(values)} values for {name}, expected {wanted}.",
                cause="worst has two extremes, [lowest, highest]; everything else has one value.",
            )
        read_values = [only(expression(v, where), scope, where) for v in values]
        outputs[name] = tuple(v for v in read_values if v is not None)
    return StatedOutcome(intervention, outputs, string(item.get("why", ""), where))


def _decision(data: Any, outputs: Sequence[str]) -> dict[str, Any]:
    if data in (None, "none", {}):
        return {}
    if data in ("argmax", "sign"):
        data = {data: True}
    data = keys(data, ("threshold", "argmax", "sign"), "decision")
    if len(data) != 1:
        raise ToynetsError(
            "a decision is one of a threshold, argmax, sign or none.",
            fix='write {"threshold": "1/2"}, "argmax" or "sign".',
        )
    if "threshold" in data:
        return {"threshold": text(number(data["threshold"], "the threshold of the decision"))}
    rule = next(iter(data))
    if data[rule] is not True:
        raise ToynetsError(f"the decision {rule} is {data[rule]!r}.", fix=f'write "{rule}".')
    if rule == "argmax" and len(outputs) < 2:
        raise ToynetsError(
            "argmax decides between several outputs, but there is one.",
            cause="every outcome would agree with every other.",
            fix='write {"threshold": "1/2"} or "sign".',
        )
    return {rule: True}


def _metric(data: Any, decision: Mapping[str, Any]) -> dict[str, str]:
    found = dict(keys(data, tuple(METRIC_KINDS), "metric"))
    for kind, how in found.items():
        either = how == "either" and kind == "concepts"
        if how not in ("value", "decision") and not either:
            more = ' (of concepts also "either")' if kind == "concepts" else ""
            raise ToynetsError(
                f'the metric of {kind} is "value" or "decision"{more}, but got {how!r}.'
            )
        if how != "value" and not decision:
            raise ToynetsError(
                f"the metric of {kind} is {how}, but there is no decision rule.",
                cause="without a rule every outcome would agree with every other.",
                fix='add "decision": {"threshold": "1/2"}, "argmax" or "sign".',
            )
    return found


def _tolerance(data: Any) -> dict[str, Any]:
    found = {}
    for row, value in keys(data, TOLERANCES, "tolerance").items():
        found[row] = number(value, f"the tolerance of {row}")
        if found[row] < 0:
            raise ToynetsError(f"the tolerance of {row} is negative: {value}.")
    return found
