"""From a network, inputs and targets, as users have them, to arrays with the rows last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.rationals import nearest_float

if TYPE_CHECKING:
    from toynets.network import Network

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, eq=False)
class Prepared:
    """A network and its inputs as arrays of the network's dtype.

    Attributes:
        network: the record.
        params: `{"weight": (W1, …), "bias": (b1, …)}`, W of shape (out, in), b of shape (out,).
        activations: of each layer.
        x: shape (in, rows).
    """

    network: Network
    params: Mapping[str, tuple[Array, ...]]
    activations: tuple[str, ...]
    x: Array

    @property
    def rows(self) -> int:
        """How many inputs."""
        return int(self.x.shape[1])


def prepared(network: Network, inputs: Any) -> Prepared:
    """Check and convert what every kernel starts from.

    Args:
        network: any `Network`.
        inputs: shape (rows, in), or a `Domain` with a list of inputs. Rounded to the network's
            dtype.

    Raises:
        ToynetsError: another shape, no rows, or a number that is not finite.
    """
    x = _matrix(inputs, network, "inputs", len(network.inputs))
    return Prepared(
        network, network.params(), tuple(la.activation for la in network.layers), x.T.copy()
    )


def _matrix(given: Any, network: Network, what: str, columns: int) -> Array:
    if isinstance(given, Domain):
        cells = [[nearest_float(v, network.dtype) for v in row] for row in given.rows]
        array: Array = np.array(cells, "float64")
    else:
        try:
            # What has the network's dtype already needs no rounding; nothing here writes to it.
            same = isinstance(given, np.ndarray) and given.dtype == network.dtype
            array = np.asarray(given) if same else np.array(given, "float64")
        except (TypeError, ValueError):
            raise ToynetsError(
                f"{what} is no array of numbers: {repr(given)[:70]}.",
                fix="give an array of shape (rows, columns), or a Domain.",
            ) from None
    if array.ndim != 2 or array.shape[1] != columns or not array.shape[0]:
        title = network.name or "the network"
        example = (f"[{', '.join('0' for _ in range(columns))}]") if columns <= 8 else "[…]"
        raise ToynetsError(
            f"{what} has shape {array.shape}, but {title} takes (rows, {columns}).",
            cause="kernels take many inputs at once, one in each row." if array.ndim == 1 else "",
            fix=f"write [{example}, …]: one row of {columns} for each input.",
        )
    if not np.isfinite(array).all():
        raise ToynetsError(f"{what} holds NaN or infinity.")
    with np.errstate(over="ignore"):
        stored = array.astype(network.dtype)
    if stored.dtype != array.dtype and not np.isfinite(stored).all():
        raise ToynetsError(f"{what} holds a number that is too large for {network.dtype}.")
    return stored


def read_targets(targets: Any, network: Network, rows: int) -> Array:
    """Return targets as an array of shape (out, rows) of the network's dtype.

    Args:
        targets: shape (rows, out); or (rows,): the target of the one output, or with several
            outputs the index of the right class, counted from 0.
        network: whose outputs.
        rows: how many inputs there are.

    Raises:
        ToynetsError: another shape or number of rows, or a class that is not there.
    """
    count = len(network.outputs)
    given = targets
    if not isinstance(targets, np.ndarray):
        given = np.asarray(targets.tolist() if hasattr(targets, "tolist") else targets)
    if given.ndim == 1 and count == 1:
        given = given[:, None]
    elif given.ndim == 1 and count > 1:
        whole = given.dtype.kind in "iu"
        if not whole or given.min(initial=0) < 0 or given.max(initial=0) >= count:
            raise ToynetsError(
                f"targets of shape {given.shape} for {count} outputs are classes from 0 to "
                f"{count - 1}, but got {repr(given)[:70]}.",
                fix=f"write whole numbers, or one row of {count} numbers for each input.",
            )
        _check_rows(len(given), rows)
        hot: Array = np.zeros((count, rows), network.dtype)
        hot[given, np.arange(rows)] = 1
        return hot
    found = _matrix(given, network, "targets", count)
    _check_rows(len(found), rows)
    return found.T.copy()


def _check_rows(targets: int, rows: int) -> None:
    if targets != rows:
        raise ToynetsError(
            f"{targets} targets for {rows} inputs.", fix="give one target for each input."
        )
