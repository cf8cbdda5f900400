"""Tables over all 2^n coalitions, computed block by block and shared out among devices.

A coalition is a number from 0 to 2^n - 1 whose binary digits, from left to right, are the players
in order, 1 for present: the order in which `Domain.boolean` lists its rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax.sharding import Mesh

from toynets.errors import ToynetsError
from toynets.kernels.devices import AXIS, device_mesh, first_devices, on_each_device, parts

LARGEST_GAME = 26  # 2^26 numbers of float32 are 256 MiB
# Digits of a coalition within one block: the table of a block, in float64, stays in the cache.
BLOCK_DIGITS = 13
# Every game is cut into 2^4 blocks at least, so that 8 devices have two each.
SHARED_DIGITS = 4


def block_digits(players: int, most: int = BLOCK_DIGITS) -> int:
    """Return how many digits of a coalition vary within a block; the others number the blocks.

    It depends on the number of players alone, never on the devices: each block is the same
    program everywhere, so that the bits of the result do not depend on how they are shared out.

    >>> block_digits(20), block_digits(10), block_digits(1)
    (13, 6, 0)
    """
    return max(0, min(most, players - SHARED_DIGITS))


def digits(numbers: Any, count: int) -> Any:
    """Return the binary digits of numbers, the most significant first: shape (count, numbers).

    >>> digits(jnp.array([2, 5]), 3).T.tolist()
    [[False, True, False], [True, False, True]]
    """
    places = jnp.arange(count - 1, -1, -1, dtype=numbers.dtype)
    return ((numbers[None] >> places[:, None]) & 1).astype(bool)


def all_masks(count: int, dtype: str) -> np.ndarray[Any, Any]:
    """Return every mask of `count` players in order: shape (2^count, count).

    >>> all_masks(2, "float32").tolist()
    [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]
    """
    numbers = np.arange(2**count)[:, None]
    return (numbers >> np.arange(count - 1, -1, -1) & 1).astype(dtype)


def over_blocks(
    block: Callable[..., Any], blocks: int, mesh: Mesh, arguments: Sequence[Any]
) -> Any:
    """Apply a function to every block number, each device to its own run of them.

    Args:
        block: (number, *arguments) -> an array; called under `lax.map`.
        blocks: how many.
        mesh: as `mesh_for` makes it.
        arguments: arrays that every device has in full.

    Returns:
        Shape (at least blocks, …), cut along its first axis over the devices. Where the blocks do
        not go round evenly, the last is computed again at the end.
    """
    each = -(-blocks // mesh.size)

    def local(*arguments: Any) -> Any:
        # The device works out which blocks are its own: nothing needs to be sent to it.
        first = jax.lax.axis_index(AXIS).astype(jnp.int64) * each
        own = jnp.minimum(first + jnp.arange(each), blocks - 1)
        return jax.lax.map(lambda number: block(number, *arguments), own)

    everywhere = tuple(parts() for _ in arguments)
    return on_each_device(local, mesh, everywhere, parts(AXIS))(*arguments)


def mesh_for(devices: Any, blocks: int) -> Mesh:
    """Return a mesh with two blocks for each device, or more.

    With one block the loop over blocks would be compiled away, and its body fused with what
    surrounds it: another program, whose last bits may differ.
    """
    mesh = devices if isinstance(devices, Mesh) else device_mesh(devices)
    return first_devices(mesh, max(1, blocks // 2))


def check_players(count: int, what: str) -> None:
    """Refuse a game without players, or with too many.

    Raises:
        ToynetsError: as said.
    """
    if not 1 <= count <= LARGEST_GAME:
        raise ToynetsError(
            f"a game of {count} {what} has 2^{count} coalitions; 1 to {LARGEST_GAME} can be "
            "tabulated.",
            fix="group players, or ask for single ablations and pairs.",
        )
