"""The JSON form of a network: `toynets-network/1`, written and read strictly."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from toynets.building import build
from toynets.errors import ToynetsError, nearest
from toynets.network import Network
from toynets.rationals import from_float, text

FORMAT = "toynets-network/1"
MAX_CHARACTERS = 16 * 1024 * 1024

_KEYS = ("format", "name", "dtype", "inputs", "layers", "ties", "hash")
_NEEDED = ("format", "dtype", "inputs", "layers")
_LAYER_KEYS = ("units", "activation", "weight", "bias", "mask")
_LAYER_NEEDED = ("units", "activation", "weight", "bias")


def to_dict(network: Network) -> dict[str, Any]:
    """Return a network as plain data: names, activations and exact numbers as text."""
    layers: list[dict[str, Any]] = []
    for layer in network.layers:
        entry: dict[str, Any] = {
            "units": list(layer.units),
            "activation": layer.activation,
            "weight": [_texts(row) for row in layer.weight],
            "bias": None if layer.bias is None else _texts(layer.bias),
        }
        if layer.mask is not None:
            entry["mask"] = [list(row) for row in layer.mask]
        layers.append(entry)
    data: dict[str, Any] = {
        "format": FORMAT,
        "name": network.name,
        "dtype": network.dtype,
        "inputs": list(network.inputs),
        "layers": layers,
        "hash": network.hash,
    }
    if network.ties:
        data["ties"] = {group: list(members) for group, members in network.ties.items()}
    return data


def from_dict(data: Any) -> Network:
    """Read back what `to_dict` wrote.

    Raises:
        ToynetsError: another format, a key missing or unknown, a hash that is not that of the
            numbers, or anything that `Network.from_layers` refuses.
    """
    _check_keys(data, "a network", _KEYS, _NEEDED)
    if data["format"] != FORMAT:
        raise ToynetsError(
            f"expected the format {FORMAT} but got {repr(data['format'])[:70]}.",
            cause="the file is of another kind, or a newer toynets wrote it.",
            fix="check which file this is; pip install -U toynets reads newer ones.",
        )
    entries = data["layers"]
    if not isinstance(entries, list | tuple):
        raise ToynetsError(f"layers is a list but got {repr(entries)[:70]}.")
    for number, entry in enumerate(entries, start=1):
        _check_keys(entry, f"layer {number}", _LAYER_KEYS, _LAYER_NEEDED)
        _check_names(entry["units"], f"the units of layer {number}")
        _check_activation(entry["activation"], number)
        _check_numbers(entry["weight"], f"the weight of layer {number}")
        _check_numbers(entry["bias"], f"the bias of layer {number}")
    _check_names(data["inputs"], "inputs")
    title = data.get("name", "")
    if not isinstance(title, str):
        raise ToynetsError(f"name is a text but got {repr(title)[:70]}.")
    network = build(
        [(entry["weight"], entry["bias"], entry["activation"]) for entry in entries],
        inputs=data["inputs"],
        units=[entry["units"] for entry in entries[:-1]],
        outputs=entries[-1]["units"] if entries else None,
        dtype=data["dtype"],
        masks=[_mask(entry.get("mask")) for entry in entries],
        ties=data.get("ties"),
        name=title,
        round_values=False,
    )
    if "hash" in data and data["hash"] != network.hash:
        raise ToynetsError(
            f"the hash is {repr(data['hash'])[:70]} but the numbers have {network.hash!r}.",
            cause="a number was changed after the file was written.",
            fix="restore the numbers, or take the hash out if the change is meant.",
        )
    return network


def to_json(network: Network) -> str:
    """Write a network as JSON, a line per row of a matrix."""
    data = to_dict(network)
    lines = []
    for key, value in data.items():
        if key == "layers":
            layers = ",\n".join("    " + _layer_json(entry) for entry in value)
            lines.append(f'  "layers": [\n{layers}\n  ]')
        else:
            lines.append(f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _layer_json(entry: dict[str, Any]) -> str:
    fields = []
    for key, value in entry.items():
        if key in ("weight", "mask"):
            rows = ",\n".join("        " + json.dumps(row) for row in value)
            fields.append(f"      {json.dumps(key)}: [\n{rows}\n      ]")
        else:
            fields.append(f"      {json.dumps(key)}: {json.dumps(value)}")
    return "{\n" + ",\n".join(fields) + "\n    }"


def from_json(source: str) -> Network:
    """Read a network from JSON; numbers are texts such as "-3/2", or literals taken exactly.

    Raises:
        ToynetsError: no JSON, a key given twice, NaN or infinity, more than 16 million
            characters, and all that `from_dict` refuses.
    """
    if not isinstance(source, str):
        raise ToynetsError(
            f"expected the text of a JSON file but got type={type(source).__name__}.",
            fix="pass path.read_text(), or use Network.from_dict for plain data.",
        )
    if len(source) > MAX_CHARACTERS:
        raise ToynetsError(
            f"the text has {len(source)} characters; a network has at most {MAX_CHARACTERS}.",
            cause="this is not a tiny network, or not a network.",
        )
    try:
        # Literals stay text until the one reader of numbers sees them: 0.1 is read as 1/10.
        data = json.loads(
            source,
            object_pairs_hook=_unique_pairs,
            parse_float=str,
            parse_int=str,
            parse_constant=_no_constant,
        )
    except json.JSONDecodeError as error:
        raise ToynetsError(
            f"this is not JSON: {error.msg} at line {error.lineno}, column {error.colno}.",
            cause="the file is cut short, or of another kind.",
        ) from None
    except RecursionError:
        raise ToynetsError("this JSON is nested too deeply for a network.") from None
    return from_dict(data)


def _texts(values: tuple[float, ...]) -> list[str]:
    return [text(from_float(v)) for v in values]


def _unique_pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ToynetsError(
                f"the key {key[:70]!r} is given twice.", fix="leave one of them out."
            )
        found[key] = value
    return found


def _no_constant(word: str) -> NoReturn:
    raise ToynetsError(
        f"{word} is not a number that a network can hold.",
        cause="a division by zero or an overflow before the file was written.",
    )


def _check_keys(data: Any, what: str, known: tuple[str, ...], needed: tuple[str, ...]) -> None:
    if not isinstance(data, Mapping):
        raise ToynetsError(
            f"{what} is a JSON object but got {repr(data)[:70]}.",
            fix=f"write {{{', '.join(repr(k) for k in needed)}}} with their values.",
        )
    for key in data:
        if key not in known:
            near = nearest(str(key), known)
            raise ToynetsError(
                f"{what} has no key {repr(key)[:70]}. Keys: {', '.join(known)}."
                + (f" Nearest: {near[0]}." if near else "")
            )
    missing = [key for key in needed if key not in data]
    if missing:
        raise ToynetsError(
            f"{what} lacks {', '.join(missing)}.", cause="the file is of another kind or cut short."
        )


def _check_names(names: Any, what: str) -> None:
    if not isinstance(names, list | tuple):
        raise ToynetsError(f"{what} are a list of names but got {repr(names)[:70]}.")


def _check_activation(name: Any, number: int) -> None:
    if not isinstance(name, str):
        raise ToynetsError(f"the activation of layer {number} is a name but got {name!r}.")


def _mask(value: Any) -> Any:
    """Return a mask with its literals 0 and 1, which `from_json` keeps as texts, as numbers."""
    if not isinstance(value, list):
        return value
    digits = {"0": 0, "1": 1}
    return [
        [digits.get(m, m) if isinstance(m, str) else m for m in row]
        if isinstance(row, list)
        else row
        for row in value
    ]


def _check_numbers(value: Any, what: str) -> None:
    """Refuse true and false, which Python would read as 1 and 0."""
    rows = value if isinstance(value, list | tuple) else []
    for row in rows:
        for entry in (*row, row) if isinstance(row, list | tuple) else (row,):
            if isinstance(entry, bool):
                raise ToynetsError(
                    f"{what} has {entry} where a number belongs.", fix="write 1 or 0."
                )
