"""Several devices: the same work on each, on its own part, with nothing sent between them.

On several machines, every one of them runs the same program, which begins with

    jax.distributed.initialize("first-machine:1234", number_of_machines, number_of_this_one)

and goes on as on one, with `devices=jax.devices()` for a population and `devices=device_mesh()` for
a table. Each machine then has the whole result, with the bits that one machine alone would get.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import jax
import numpy as np
from jax.sharding import Mesh, PartitionSpec

from toynets.errors import ToynetsError

AXIS = "devices"

# What the compiled text of a program would contain if its devices talked to each other.
COLLECTIVES = (
    "all-reduce",
    "all-gather",
    "all-to-all",
    "collective-permute",
    "collective-broadcast",
    "reduce-scatter",
)


def device_mesh(devices: int | Sequence[Any] | None = None) -> Mesh:
    """Return a mesh with one axis, named `devices`.

    Args:
        devices: how many, or which; None is all of them, those of other processes too, where
            `jax.distributed.initialize` has joined several machines.

    Raises:
        ToynetsError: fewer devices than asked for.

    >>> device_mesh(1).shape["devices"]
    1
    """
    there = jax.devices()
    if devices is None:
        chosen = list(there)
    elif isinstance(devices, int):
        if not 1 <= devices <= len(there):
            raise ToynetsError(
                f"asked for {devices} devices, but JAX sees {len(there)} ({there[0].platform}).",
                fix="on a CPU, set XLA_FLAGS=--xla_force_host_platform_device_count=8 before the "
                "start; else ask for fewer.",
            )
        chosen = list(there[:devices])
    else:
        chosen = list(devices)
        if not chosen:
            raise ToynetsError("a mesh has at least one device.", fix="leave the argument out.")
    return Mesh(np.array(chosen, dtype=object), (AXIS,))


def first_devices(mesh: Mesh, count: int) -> Mesh:
    """Return the mesh of the first devices of a mesh, at most `count` of them."""
    return mesh if mesh.size <= count else Mesh(mesh.devices.reshape(-1)[:count], (AXIS,))


def on_each_device(
    function: Callable[..., Any], mesh: Mesh, in_specs: Any, out_specs: Any
) -> Callable[..., Any]:
    """Return `function` under `shard_map`: every device runs it, on its part of the arguments.

    With `shard_map` the parts are what the function sees, so that no compiler can decide to move
    data between devices; under a plain `jit` with a sharding it can, and does.

    Args:
        function: of the local parts; it may ask for `jax.lax.axis_index("devices")`.
        mesh: as `device_mesh` makes it.
        in_specs: for each argument `parts()` (all of it, everywhere), or `parts(None, "devices")`
            with the name at the axis that is cut.
        out_specs: likewise for the result.

    >>> import jax.numpy as jnp
    >>> cut = parts("devices")
    >>> on_each_device(lambda x: 2 * x, device_mesh(1), (cut,), cut)(jnp.ones(3)).tolist()
    [2.0, 2.0, 2.0]
    """
    made: Callable[..., Any]
    if hasattr(jax, "shard_map"):
        new: Any = jax.shard_map
        made = new(function, mesh=mesh, in_specs=in_specs, out_specs=out_specs, check_vma=False)
        return made
    from jax.experimental.shard_map import shard_map  # where older versions of JAX keep it

    old: Any = shard_map
    made = old(function, mesh=mesh, in_specs=in_specs, out_specs=out_specs, check_rep=False)
    return made


def parts(*axes: str | None) -> Any:
    """Return a `PartitionSpec`: `parts()` is everything everywhere, `parts(None, "devices")` cut.

    >>> tuple(parts(None, "devices"))
    (None, 'devices')
    """
    spec: Any = PartitionSpec  # its constructor has no types
    return spec(*axes)


def gathered(array: Any) -> np.ndarray[Any, Any]:
    """Return an array as NumPy; parts that live on other machines are fetched.

    >>> gathered(jax.numpy.ones(2)).tolist()
    [1.0, 1.0]
    """
    if getattr(array, "is_fully_addressable", True):
        return np.asarray(array)
    from jax.experimental import multihost_utils  # with several machines only

    return np.asarray(multihost_utils.process_allgather(array, tiled=True))


def collectives_in(compiled_text: str) -> list[str]:
    """Return the kinds of communication between devices that a compiled program contains.

    Args:
        compiled_text: of `jax.jit(...).lower(...).compile().as_text()`.

    >>> collectives_in("%r = f32[2] all-reduce(%a)"), collectives_in("%r = f32[2] add(%a, %b)")
    (['all-reduce'], [])
    """
    return [name for name in COLLECTIVES if name in compiled_text]
