"""What takes the place of a unit's activation under each kind of ablation.

Whatever is done to a unit, the rest of the network only sees its activation. So each kind comes
down to one number for every unit and row, and one kernel serves them all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import jax.numpy as jnp
import numpy as np

from toynets.errors import ToynetsError, unknown
from toynets.forward import FUNCTIONS
from toynets.kernels.batched import Clean, clean_program
from toynets.kernels.measures import wide_sum
from toynets.kernels.preparing import Array, Prepared, prepared
from toynets.rationals import nearest_float, rational, text

# Name -> the intervention on one unit. The name is always said: there is no default kind.
UNIT_KINDS = {
    "zero": "{0} = 0",
    "pre": "{0}.pre = 0",
    "incoming": "->{0} = 0",
    "incoming and bias": "->{0}, {0}.bias = 0",
    "outgoing": "{0}-> = 0",
    "mean": "{0} = mean",
    "pre mean": "{0}.pre = mean",
    "set": "{0} = NUMBER",
    "patch": "{0} = {0}(x')",
    "resample": "{0} = resample",
}
# Kinds that read the clean pass.
FROM_CLEAN = ("mean", "pre mean", "resample")


def checked_kind(kind: Any, kinds: Mapping[str, str]) -> str:
    """Return a kind of ablation.

    Raises:
        ToynetsError: there is no such kind; the message lists those there are.
    """
    if not isinstance(kind, str) or kind not in kinds:
        raise ToynetsError(unknown("kind of ablation", str(kind), "", kinds, "kinds of ablation"))
    return kind


def unit_texts(network: Any, kind: str, constants: Mapping[str, Any] | None) -> dict[str, str]:
    """Return unit -> intervention for each hidden unit that the kind applies to.

    A unit without incoming weights has none to set to 0, and is left out of those kinds, and one
    without outgoing weights out of `outgoing`; `set` applies to the units that have a constant.

    Raises:
        ToynetsError: constants missing or not called for, or a name that is no hidden unit.
    """
    if (kind == "set") != (constants is not None):
        raise ToynetsError(
            f"the kind {kind} {'needs' if kind == 'set' else 'does not read'} constants.",
            fix='pass constants={"h1": "1/2"}.' if kind == "set" else "leave them out.",
        )
    wiring, found = network.wiring, {}
    for name in constants or ():
        if name not in network.hidden:
            raise ToynetsError(
                unknown("hidden unit", str(name), network.name or "the network", network.hidden)
            )
    there = set(network.hidden)
    if kind.startswith("incoming"):
        there = {target for _, target in wiring.edges}
    elif kind == "outgoing":
        there = {source for source, _ in wiring.edges}
    for unit in network.hidden:
        if constants is not None:
            if unit in constants:
                found[unit] = f"{unit} = {text(rational(constants[unit]))}"
            continue
        if unit not in there:
            continue
        whole = kind != "incoming and bias" or unit in wiring.biased
        found[unit] = UNIT_KINDS[kind if whole else "incoming"].format(unit)
    return found


def replacements(
    ready: Prepared,
    clean: Clean | None,
    kind: str,
    *,
    constants: Mapping[str, Any] | None = None,
    source: Any = None,
) -> tuple[Any, ...]:
    """Return what takes the place of each hidden unit: shape (units, 1), a layer each.

    For `resample` these are the clean activations, shape (units, rows); draw d gives row r the
    value of row (r + d) mod rows, so that draws 1 to rows - 1 are every other row once.

    Args:
        ready: network and inputs; `mean` is over these inputs.
        clean: its clean pass; None will do for kinds that are not of `FROM_CLEAN`.
        kind: a name of `UNIT_KINDS`.
        constants: for `set`, a number by unit.
        source: for `patch`, the input x', shape (in,).

    Raises:
        ToynetsError: a source that is missing or not called for.
    """
    network = ready.network
    if (kind == "patch") != (source is not None):
        raise ToynetsError(
            f"the kind {kind} {'reads' if kind == 'patch' else 'does not read'} x'.",
            fix="pass source=[…], one input." if kind == "patch" else "leave source out.",
        )
    read = None
    if source is not None:
        one = np.asarray(source.tolist() if hasattr(source, "tolist") else source)
        at = prepared(network, one[None] if one.ndim == 1 else one)
        if at.rows != 1:
            raise ToynetsError("the source is one input.", fix="pass one row of numbers.")
        read = clean_program(ready.params, at.x, ready.activations)
    return tuple(
        _layer(ready, clean, kind, k, constants, read) for k in range(len(network.layers) - 1)
    )


def _layer(
    ready: Prepared,
    clean: Clean | None,
    kind: str,
    k: int,
    constants: Mapping[str, Any] | None,
    read: Clean | None,
) -> Any:
    """Return the replacements of one hidden layer."""
    network = ready.network
    act = FUNCTIONS[ready.activations[k]]
    shape = (len(network.layers[k].units), 1)
    zero: Array = np.zeros(shape, network.dtype)  # not JAX's, which takes a thousand times as long
    if kind in ("zero", "outgoing"):
        return zero
    if kind in ("pre", "incoming and bias"):
        return act(jnp.asarray(zero))
    if kind == "incoming":
        return act(jnp.asarray(ready.params["bias"][k])[:, None])
    if read is not None:
        return read.activation[k]
    if constants is not None:
        for i, unit in enumerate(network.layers[k].units):
            if unit in constants:
                zero[i] = nearest_float(rational(constants[unit]), network.dtype)
        return zero
    assert clean is not None
    if kind == "mean":
        return _mean(clean.activation[k])
    if kind == "pre mean":
        return act(_mean(clean.pre[k]))
    return clean.activation[k]  # resample


def _mean(values: Any) -> Any:
    """Return the mean over rows, summed in float64 and rounded once."""
    return (wide_sum(values) / values.shape[-1]).astype(values.dtype)[:, None]
