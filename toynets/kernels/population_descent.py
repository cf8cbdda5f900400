"""The compiled training of a population: one scan over the steps, the networks on the last axis.

Networks are trained in chunks of a width that depends on the architecture alone, and the last
chunk is filled up: so a network's bits do not depend on how many others there are, nor on how many
devices share them, and one compilation serves every population. Each device trains a chunk of its
own; nothing is exchanged.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from toynets.kernels import population_gradient as gradients
from toynets.kernels import population_grid as grids
from toynets.kernels.compiling import PRODUCTS_ONLY, WIDE, known_options
from toynets.kernels.devices import AXIS, device_mesh, on_each_device, parts
from toynets.kernels.population_grid import Grid
from toynets.kernels.population_layout import Layout

# Numbers of the hidden layer (rows x units x networks) that a chunk stands for on a CPU, and most
# networks of a chunk. 7 and 9 times a power of 2, because with a power of 2 the rows of all arrays
# fall on the same lines of the cache: 200 us a step for 128 networks of 8-16-1, 146 for 112.
CELLS = 7 * 2**16
WIDTH = 144
LANES = 16  # a chunk is a multiple of so many networks: a vector of 512 bits

# With the networks last, sums over rows are sums over leading axes, which jaxlib 0.10 sends to a
# library that is slow for such small bodies; "" keeps them in the loop. Never set it globally:
# kernels that sum over the last axis become slower.
NO_LIBRARY = {"xla_cpu_experimental_ynn_fusion_type": ""}
OPTIONS: dict[str, dict[str, Any]] = {
    "written out": NO_LIBRARY | WIDE,
    "grid": NO_LIBRARY | WIDE,
    "product": PRODUCTS_ONLY | WIDE,
    "automatic": WIDE,
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
        grid: the grid that the rows make, if any.
    """

    sizes: tuple[int, ...]
    activations: tuple[str, ...]
    loss: str
    optimiser: str
    momentum: float
    dtype: str
    rows: int
    grid: Grid | None = None

    @property
    def form(self) -> str:
        """How the gradient is written: see `population_gradient` and `population_grid`."""
        form = gradients.form_of(self.sizes, self.activations, self.rows)
        fits = self.activations[0] == "relu" and self.sizes[-1] == 1
        if form == "product" and self.grid and fits and self.activations[-1] != "softmax":
            return "grid"
        return form

    @property
    def width(self) -> int:
        """Networks of a chunk; depends on nothing but the architecture and the backend."""
        if jax.default_backend() != "cpu":
            return 4096
        fit = CELLS // (self.rows * max(self.sizes))
        return min(max(LANES, fit // LANES * LANES), WIDTH)

    def gradient(self) -> gradients.Gradient:
        """Return the gradient of the loss."""
        layout = Layout(self.sizes)
        if self.form == "automatic":
            return gradients.automatic(layout, self.activations, self.loss)
        if self.form == "grid":
            return grids.on_grid(self.sizes[0], self.sizes[1], self.loss)
        make = gradients.written_out if self.form == "written out" else gradients.product
        return make(layout, self.activations[0], self.loss)

    def arranged(self, x: Any, t: Any) -> tuple[Any, Any]:
        """Return inputs and targets as the gradient takes them."""
        return grids.arranged(self.grid, x, t) if self.form == "grid" and self.grid else (x, t)

    def order(self) -> np.ndarray[Any, Any]:
        """Return where each number, as the gradient takes them, stands in the layout."""
        if self.form == "grid":
            return grids.order(self.sizes[0], self.sizes[1])
        return np.arange(Layout(self.sizes).count)


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
    what `update` calls `now`, shape (steps, 4), and inputs and targets as `Program.arranged` gives
    them; it returns the three.
    """
    gradient, rule = program.gradient(), update(program.optimiser, program.momentum)
    there = program.order()
    back = np.argsort(there)

    def run(p: Any, m: Any, v: Any, schedule: Any, x: Any, t: Any) -> Any:
        def step(state: Any, now: Any) -> Any:
            p, m, v = state
            slope = gradient(p, x, t) + (2 * now[1]) * p
            return rule(p, m, v, slope, now), None

        # Four arrays of scalars: slices of one array of four would each be a step of its own.
        now = tuple(schedule[:, i] for i in range(4))
        done = jax.lax.scan(step, (p[there], m[there], v[there]), now)[0]
        return tuple(a[back] for a in done)

    return run


def options_for(form: str) -> dict[str, Any]:
    """Return the compiler options of a form that this backend knows; none on an accelerator."""
    return known_options(OPTIONS[form]) if jax.default_backend() == "cpu" else {}


@lru_cache(maxsize=32)
def compiled(program: Program, devices: tuple[Any, ...]) -> Any:
    """Return the jitted training of one chunk for each device: shape (devices, parameters, width).

    However many networks there are, they go through this one program, chunk by chunk.
    """
    run = piece(program)

    def own(p: Any, m: Any, v: Any, schedule: Any, x: Any, t: Any) -> Any:
        return tuple(a[None] for a in run(p[0], m[0], v[0], schedule, x, t))

    cut, everywhere = parts(AXIS), parts()
    shared = on_each_device(
        own, device_mesh(devices), (cut, cut, cut, everywhere, everywhere, everywhere), (cut,) * 3
    )
    options = options_for(program.form)
    # Without options the argument is left out: older versions of JAX do not have it.
    more: dict[str, Any] = {"compiler_options": options} if options else {}
    return jax.jit(shared, donate_argnums=(0, 1, 2), **more)
