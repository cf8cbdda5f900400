"""Explanations as plain data: strict reading, and writing that reads back equal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from toynets.activations import activation
from toynets.errors import ParseError, ToynetsError, unknown
from toynets.explanation.record import (
    FORMAT,
    TOLERANCES,
    Explanation,
    StatedOutcome,
    StatedUnit,
    StatedWeight,
)
from toynets.expressions import Expression, constant, parse_expression
from toynets.names import bias_name, check_name, parse_intervention
from toynets.rationals import rational, text

MAX_BYTES = 1024 * 1024
KEYS = (
    "format",
    "about",
    "inputs",
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


def _keys(data: Any, allowed: tuple[str, ...], where: str) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise ToynetsError(f"{where} is an object with keys, but got {type(data).__name__}.")
    for key in data:
        if key not in allowed:
            raise ToynetsError(unknown("key", str(key), where, allowed))
    return data


def _string(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise ToynetsError(f"{where} is a text, but got {value!r}.")
    return value


def _expression(value: Any, where: str) -> Expression | None:
    """Read an expression; "" and null are blanks."""
    if value is None or value == "":
        return None
    if isinstance(value, Expression):
        return value
    if isinstance(value, str):
        try:
            return parse_expression(value)
        except ParseError as error:
            raise ParseError(
                f"{where}: {error.message}",
                text=error.text,
                column=error.column,
                cause=error.cause,
                fix=error.fix,
            ) from None
    if isinstance(value, bool):
        raise ToynetsError(f"{where}: {value} is not a number or an expression.")
    if isinstance(value, float):
        raise ToynetsError(
            f"{where}: numbers are written as text, so that they are exact.",
            fix=f'write "{value!r}".',
        )
    return constant(rational(value))


def _needs(expression: Expression | None, allowed: set[str], where: str) -> Expression | None:
    if expression is not None:
        for name in expression.names():
            if name not in allowed:
                raise ToynetsError(unknown("name", name, where, sorted(allowed)))
    return expression


def read(data: Any) -> Explanation:
    """Read plain data; every fault is named with its place."""
    data = _keys(data, KEYS, "the explanation")
    version = data.get("format")
    if version != FORMAT:
        raise ToynetsError(
            f'expected "format": "{FORMAT}" but got {version!r}.',
            cause="the file is of another kind, or was written by a newer toynets.",
        )
    parameters: dict[str, Expression] = {}
    for name, value in _keys_any(data.get("parameters", {}), "parameters").items():
        check_name(name, "parameter")
        found = _needs(_expression(value, f"parameter {name}"), set(), f"parameter {name}")
        if found is None:
            raise ToynetsError(f"the parameter {name} has no value: every parameter is a literal.")
        parameters[name] = found
    units = _units(data)
    weights = _weights(data, set(parameters), units)
    inputs = _inputs(data, weights, units)
    _check_wiring(inputs, [a for a in weights if a not in data.get("ties", {})], units)
    in_scope = {*inputs, *parameters}  # not units: "h1 - 2*h2" would say nothing of an ablation
    for name, unit in units.items():
        earlier = {*inputs, *parameters, *list(units)[: list(units).index(name)]}
        for part, value in (("expression", unit.expression), ("concept", unit.concept)):
            _needs(value, earlier, f"the {part} of {name}")
    return Explanation(
        about=_string(data.get("about", ""), "about"),
        inputs=inputs,
        weights=weights,
        units=units,
        outcomes=tuple(_outcome(o, in_scope, units) for o in data.get("outcomes", ())),
        parameters=parameters,
        decision=_decision(data.get("decision", {})),
        metric=_metric(data.get("metric", {})),
        tolerance=_tolerance(data.get("tolerance", {})),
        slack={k: _string(v, f"slack of {k}") for k, v in data.get("slack", {}).items()},
        unexplained=tuple(data.get("unexplained", ())),
        ties={g: tuple(m) for g, m in data.get("ties", {}).items()},
        sources=tuple(_string(s, "a source") for s in data.get("sources", ())),
    )


def _keys_any(data: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise ToynetsError(f"{where} is an object with keys, but got {type(data).__name__}.")
    return data


def _units(data: Mapping[str, Any]) -> dict[str, StatedUnit]:
    found = {}
    for name, item in _keys_any(data.get("units", {}), "units").items():
        check_name(name)
        where = f"unit {name}"
        item = _keys(item, ("activation", "expression", "concept", "role", "why"), where)
        if "activation" not in item:
            raise ToynetsError(f"{where} names no activation.", fix='add "activation": "relu".')
        found[name] = StatedUnit(
            activation(_string(item["activation"], f"the activation of {name}")).name,
            _expression(item.get("expression"), f"the expression of {name}"),
            _expression(item.get("concept"), f"the concept of {name}"),
            _string(item.get("role", ""), f"the role of {name}"),
            _string(item.get("why", ""), f"the reason of {name}"),
        )
    if not found:
        raise ToynetsError("the explanation names no unit.", fix="toynets new-explanation NAME")
    return found


def _weights(
    data: Mapping[str, Any], parameters: set[str], units: Mapping[str, StatedUnit]
) -> dict[str, StatedWeight]:
    found = {}
    for given, item in _keys_any(data.get("weights", {}), "weights").items():
        address = parse_intervention(f"{given} = 0").text.rpartition(" =")[0]
        if address in data.get("ties", {}):
            address = str(given)
        where = f"weight {address}"
        if not isinstance(item, Mapping):
            item = {"value": item}
        item = _keys(item, ("value", "role", "why"), where)
        if address in found:
            raise ToynetsError(f"{where} is stated twice.")
        found[address] = StatedWeight(
            _needs(_expression(item.get("value"), where), parameters, where),
            _string(item.get("role", ""), f"the role of {address}"),
            _string(item.get("why", ""), f"the reason of {address}"),
        )
    return found


def _inputs(
    data: Mapping[str, Any], weights: Mapping[str, Any], units: Mapping[str, Any]
) -> tuple[str, ...]:
    if "inputs" in data:
        return tuple(check_name(n, "input") for n in data["inputs"])
    sources = (a.partition("->")[0] for a in weights if "->" in a)
    return tuple(dict.fromkeys(s for s in sources if s not in units))


def _check_wiring(
    inputs: tuple[str, ...], weights: Sequence[str], units: Mapping[str, Any]
) -> None:
    for address in weights:
        source, arrow, target = address.partition("->")
        if not arrow:
            target = source.removesuffix(".bias")
            if bias_name(target) != source:
                raise ToynetsError(
                    f"{address} is not a weight.",
                    fix="write x1->h1 for a weight, h1.bias for a bias.",
                )
        elif source not in inputs and source not in units:
            raise ToynetsError(unknown("unit", source, f"weight {address}", [*inputs, *units]))
        if target not in units:
            raise ToynetsError(unknown("unit", target, f"weight {address}", units))


def _outcome(item: Any, scope: set[str], units: Mapping[str, Any]) -> StatedOutcome:
    item = _keys(item, ("intervention", "outputs", "why"), "an outcome")
    intervention = parse_intervention(_string(item.get("intervention", ""), "an intervention"))
    where = f'the outcome of "{intervention.text}"'
    if "resample" in intervention.words or intervention.needs_source:
        raise ToynetsError(
            f"{where}: an outcome that depends on a source is derived, not stated.",
            fix="state outcomes of constants and means, or write the source out: h2 = h2(1, 0).",
        )
    outputs: dict[str, tuple[Expression, ...]] = {}
    for name, value in _keys_any(item.get("outputs", {}), where).items():
        if name not in units:
            raise ToynetsError(unknown("output", name, where, units))
        values = value if isinstance(value, list | tuple) else [value]
        wanted = 2 if "worst" in intervention.words else 1
        if len(values) != wanted:
            raise ToynetsError(
                f"{where} states {len(values)} values for {name}, expected {wanted}.",
                cause="worst has two extremes, [lowest, highest]; everything else has one value.",
            )
        read_values = [_needs(_expression(v, where), scope, where) for v in values]
        blank = any(v is None for v in read_values)
        outputs[name] = () if blank else tuple(v for v in read_values if v is not None)
    return StatedOutcome(intervention, outputs, _string(item.get("why", ""), where))


def _decision(data: Any) -> dict[str, Any]:
    if data in (None, "none", {}):
        return {}
    if data in ("argmax", "sign"):
        data = {data: True}
    data = _keys(data, ("threshold", "argmax", "sign"), "decision")
    if len(data) != 1:
        raise ToynetsError(
            "a decision is one of a threshold, argmax, sign or none.",
            fix='write {"threshold": "1/2"}, "argmax" or "sign".',
        )
    if "threshold" in data:
        return {"threshold": text(rational(data["threshold"]))}
    return dict(data)


def _metric(data: Any) -> dict[str, str]:
    found = dict(_keys_any(data, "metric"))
    for kind, how in found.items():
        if how not in ("value", "decision"):
            raise ToynetsError(f'the metric of {kind} is "value" or "decision", but got {how!r}.')
    return found


def _tolerance(data: Any) -> dict[str, Any]:
    found = {}
    for row, value in _keys(data, TOLERANCES, "tolerance").items():
        found[row] = rational(value)
        if found[row] < 0:
            raise ToynetsError(f"the tolerance of {row} is negative: {value}.")
    return found


def write(explanation: Explanation) -> dict[str, Any]:
    """Return plain data that reads back equal; numbers are texts."""

    def shown(value: Expression | None) -> str:
        return "" if value is None else str(value)

    data: dict[str, Any] = {
        "format": FORMAT,
        "about": explanation.about,
        "inputs": list(explanation.inputs),
        "parameters": {n: str(v) for n, v in explanation.parameters.items()},
        "decision": dict(explanation.decision),
        "metric": dict(explanation.metric),
        "tolerance": {k: text(v) for k, v in explanation.tolerance.items()},
        "weights": {
            a: {"value": shown(w.value), "role": w.role, "why": w.why}
            for a, w in explanation.weights.items()
        },
        "units": {
            n: {
                "activation": u.activation,
                "expression": shown(u.expression),
                "concept": shown(u.concept),
                "role": u.role,
                "why": u.why,
            }
            for n, u in explanation.units.items()
        },
        "outcomes": [
            {
                "intervention": o.intervention.text,
                "outputs": {
                    n: "" if not v else str(v[0]) if len(v) == 1 else [str(e) for e in v]
                    for n, v in o.outputs.items()
                },
                "why": o.why,
            }
            for o in explanation.outcomes
        ],
        "slack": dict(explanation.slack),
        "sources": list(explanation.sources),
    }
    if explanation.unexplained:
        data["unexplained"] = list(explanation.unexplained)
    if explanation.ties:
        data["ties"] = {g: list(m) for g, m in explanation.ties.items()}
    return data
