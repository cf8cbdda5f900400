"""The compiled training of a population: one scan over the steps, the networks on the last axis.

Networks are trained in chunks of a width that depends on the architecture alone, and the last
chunk is filled up: so a network's bits do not depend on how many others there are, nor on how many
devices share them. Each device maps over its own chunks; nothing is exchanged.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax.sharding import Mesh, PartitionSpec

from toynets.kernels import population_gradient as gradients
from toynets.kernels.population_layout import Layout

# Numbers of the hidden layer (rows x units x networks) that one chunk has on a CPU: 2 MB.
CELLS = 2**19
# Networks of a chunk where the step is written out: then a parameter of all fits the first cache.
WIDTH = 512

# With the networks last, sums over rows are sums over leading axes, which jaxlib 0.10 sends to a
# library that is slow for such small bodies; "" keeps them in the loop. Never set it globally:
# kernels that sum over the last axis become slower.
CPU_OPTIONS: dict[str, Any] = {
    "xla_cpu_experimental_ynn_fusion_type": "",
    "xla_cpu_prefer_vector_width": 512,
}

BETA1, BETA2, EPSILON = 0.9, 0.999, 1e-8  # of Adam, as optax has them


@dataclass(frozen=True)
class Program:
    """Everything that a compiled training depends on beside the shapes of its arguments.

    Attributes:
        sizes: inputs, units of each hidden layer, outputs.
        activations: of each layer, the output's last.
        loss, optimiser, momentum: as in a recipe.
        dtype: of all numbers.
        rows: how many.
    """

    sizes: tuple[int, ...]
    activations: tuple[str, ...]
    loss: str
    optimiser: str
    momentum: float
    dtype: str
    rows: int

    @property
    def form(self) -> str:
        """How the gradient is written, see `population_gradient`."""
        return gradients.form_of(self.sizes, self.activations, self.rows)

    @property
    def width(self) -> int:
        """Networks of a chunk; depends on nothing but the architecture and the backend."""
        if jax.default_backend() != "cpu":
            return 4096
        if self.form == "written out":
            return WIDTH
        fit = max(1, CELLS // (self.rows * max(self.sizes)))
        return int(min(max(16, 2 ** (fit.bit_length() - 1)), WIDTH))

    def gradient(self) -> gradients.Gradient:
        """Return the gradient of the loss."""
        layout = Layout(self.sizes)
        if self.form == "automatic":
            return gradients.automatic(layout, self.activations, self.loss)
        make = gradients.written_out if self.form == "written out" else gradients.product
        return make(layout, self.activations[0], self.loss)


def corrections(steps: int) -> np.ndarray[Any, Any]:
    """Return Adam's two bias corrections before each step, float64, shape (steps, 2).

    >>> corrections(1).round(3).tolist()
    [[10.0, 1000.0]]
    """
    t = np.arange(1, steps + 1, dtype=np.float64)
    return 1 / (1 - np.array([BETA1, BETA2]) ** t[:, None])


def update(optimiser: str, momentum: float) -> Callable[..., Any]:
    """Return the rule of an optimiser: (numbers, first, second, slope, now) -> the new three.

    Args:
        optimiser: `adam`, `momentum` or `descent`.
        momentum: for `momentum`, the share of the last step that is repeated.

    `now` is (learning rate, decay, correction of the first moment, of the second).
    """

    def rule(p: Any, m: Any, v: Any, slope: Any, now: Any) -> Any:
        rate, kind = now[0], p.dtype.type
        if optimiser == "descent":
            return p - rate * slope, m, v
        if optimiser == "momentum":
            m = slope + kind(momentum) * m
            return p - rate * m, m, v
        m = kind(BETA1) * m + kind(1 - BETA1) * slope
        v = kind(BETA2) * v + kind(1 - BETA2) * slope * slope
        return p - rate * (m * now[2]) / (jnp.sqrt(v * now[3]) + kind(EPSILON)), m, v

    return rule


def piece(program: Program) -> Callable[..., Any]:
    """Return the training of one chunk over some steps, to be compiled.

    It takes numbers, first and second moments, each of shape (parameters, width), for each step
    what `update` calls `now`, shape (steps, 4), and inputs and targets; it returns the three.
    """
    gradient, rule = program.gradient(), update(program.optimiser, program.momentum)

    def run(p: Any, m: Any, v: Any, schedule: Any, x: Any, t: Any) -> Any:
        def step(state: Any, now: Any) -> Any:
            p, m, v = state
            slope = gradient(p, x, t) + (2 * now[1]) * p
            return rule(p, m, v, slope, now), None

        # Four arrays of scalars: slices of one array of four would each be a step of its own.
        now = tuple(schedule[:, i] for i in range(4))
        return jax.lax.scan(step, (p, m, v), now)[0]

    return run


@lru_cache(maxsize=1)
def cpu_options() -> dict[str, Any]:
    """Return those compiler options that this backend knows; none on an accelerator."""
    if jax.default_backend() != "cpu":
        return {}
    known = {}
    for name, value in CPU_OPTIONS.items():
        try:
            jax.jit(jnp.negative, compiler_options={name: value}).lower(np.float32(0)).compile()
        except Exception:  # whatever an older or newer compiler says to a name unknown to it
            continue
        known[name] = value
    return known


@lru_cache(maxsize=32)
def compiled(program: Program, devices: tuple[Any, ...]) -> Any:
    """Return the jitted training of chunks, shape (chunks, parameters, width), over devices."""
    run = piece(program)

    def chunks(p: Any, m: Any, v: Any, schedule: Any, x: Any, t: Any, count: Any) -> Any:
        def one(k: Any, state: Any) -> Any:
            here = (jax.lax.dynamic_index_in_dim(a, k, keepdims=False) for a in state)
            done = run(*here, schedule, x, t)
            return tuple(
                jax.lax.dynamic_update_index_in_dim(a, d, k, 0)
                for a, d in zip(state, done, strict=True)
            )

        # The count is an argument, so that one chunk is compiled as several are: a loop known to
        # run once would be dissolved, and rounded differently.
        return jax.lax.fori_loop(0, count, one, (p, m, v))

    options = {**cpu_options()}
    if program.form != "written out":
        options.pop("xla_cpu_experimental_ynn_fusion_type", None)  # its sums are matrix products
    mesh = Mesh(np.array(devices), ("chunks",))
    spec: Any = PartitionSpec  # it ships no type information
    own, all_of_it = spec("chunks"), spec()
    shared = _shard_map()(
        chunks,
        mesh=mesh,
        in_specs=(own, own, own, *([all_of_it] * 4)),
        out_specs=(own, own, own),
    )
    return jax.jit(shared, compiler_options=options, donate_argnums=(0, 1, 2))


def _shard_map() -> Callable[..., Any]:
    if hasattr(jax, "shard_map"):
        return jax.shard_map
    from jax.experimental import shard_map as module  # where older versions of JAX keep it

    found: Callable[..., Any] = module.shard_map
    return found
