"""Training a population: ours, and the two ways that people would write.

All take the same numbers to start from, and train with full batches, the mean squared error and
Adam; none has a penalty on the weights.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.measuring import Clock, Line, within
from toynets.kernels import Layout, evaluate_population, start_population, train_population

RATE = 0.01
# Ten steps of 0.01 from numbers of size 1: the numbers change by up to 0.1, and roundings of
# 2^-24 grow to some 1e-5 where Adam divides by a small slope. Later on the trajectories of relu
# networks part, in any two programs, because a row passes a kink one step earlier or later.
STEPS_COMPARED, SAME = 10, 1e-4


@dataclass(frozen=True)
class Task:
    """What is trained.

    Attributes:
        sizes: inputs, hidden units, outputs.
        activation: of the hidden units.
        x: shape (rows, inputs).
        t: shape (rows, 1).
        steps: how many.
    """

    sizes: tuple[int, int, int]
    activation: str
    x: Any
    t: Any
    steps: int

    @property
    def activations(self) -> tuple[str, str]:
        """Of both layers."""
        return (self.activation, "identity")


def with_toynets(task: Task, start: Any, steps: int) -> Callable[[], Any]:
    """Return our training; it returns the numbers, shape (parameters, networks)."""

    def run() -> Any:
        return train_population(
            start,
            task.x,
            task.t,
            [(RATE, 0.0)] * steps,
            sizes=task.sizes,
            activations=task.activations,
        )

    return run


def with_vmap(task: Task, start: Any, steps: int) -> Callable[[], Any]:
    """Return one network's training by `jax.grad` and optax, under `jax.vmap` and `jax.jit`."""
    import jax
    import jax.numpy as jnp
    import optax

    layout = Layout(task.sizes)
    layers = [tuple(np.moveaxis(a, -1, 0) for a in pair) for pair in layout.split(start)]
    act = {"relu": jax.nn.relu, "tanh": jnp.tanh}[task.activation]
    adam = optax.adam(RATE)

    def loss(params: Any) -> Any:
        (w, b), (v, c) = params
        y = act(task.x @ w.T + b) @ v.T + c
        return jnp.mean((y - task.t) ** 2)

    def train(params: Any) -> Any:
        def step(state: Any, _: None) -> Any:
            params, moments = state
            updates, moments = adam.update(jax.grad(loss)(params), moments, params)
            return (optax.apply_updates(params, updates), moments), None

        return jax.lax.scan(step, (params, adam.init(params)), None, length=steps)[0][0]

    program = jax.jit(jax.vmap(train))
    given = jax.tree.map(jnp.asarray, layers)

    def run() -> Any:
        return jax.block_until_ready(program(given))

    return lambda: _flat(layout, run())


def with_torch(task: Task, start: Any, steps: int) -> Callable[[], Any]:
    """Return the training of all networks at once in PyTorch, by `torch.baddbmm` and autograd."""
    import torch

    torch.set_num_threads(1)
    layout = Layout(task.sizes)
    (w, b), (v, c) = [tuple(np.moveaxis(a, -1, 0) for a in pair) for pair in layout.split(start)]
    given = [w.swapaxes(1, 2), b[:, None], v.swapaxes(1, 2), c[:, None]]
    act = {"relu": torch.relu, "tanh": torch.tanh}[task.activation]
    x = torch.tensor(task.x).expand(len(w), *task.x.shape)
    t = torch.tensor(task.t)

    def run() -> Any:
        params = [torch.tensor(np.ascontiguousarray(a), requires_grad=True) for a in given]
        adam = torch.optim.Adam(params, lr=RATE, fused=True)
        for _ in range(steps):
            adam.zero_grad(set_to_none=True)
            hidden = act(torch.baddbmm(params[1], x, params[0]))
            y = torch.baddbmm(params[3], hidden, params[2])
            ((y - t) ** 2).mean(dim=(1, 2)).sum().backward()
            adam.step()
        w, b, v, c = [p.detach().numpy() for p in params]
        return _flat(layout, [(w.swapaxes(1, 2), b[:, 0]), (v.swapaxes(1, 2), c[:, 0])])

    return run


def _flat(layout: Layout, layers: Any) -> Any:
    weights, biases = zip(*layers, strict=True)
    return layout.flat({"weight": weights, "bias": biases})


PEERS = {"PyTorch bmm": with_torch, "vmap + optax": with_vmap}


def measured(
    clock: Clock, task: Task, networks: int, case: str, asked: dict[str, float]
) -> Iterator[Line]:
    """Yield a line for each peer.

    Args:
        clock: how long to measure.
        task: what is trained.
        networks: how many.
        case: what the line says.
        asked: the ratio asked, by peer; nothing is asked of the others.
    """
    start = start_population(task.sizes, networks, init="uniform", bound=1.0)
    for name, peer in PEERS.items():
        few = with_toynets(task, start, STEPS_COMPARED)(), peer(task, start, STEPS_COMPARED)()
        said = within(SAME)(*few)

        def same(ours: Any, theirs: Any, said: str = said) -> str:
            losses = [np.sort(_losses(task, found)) for found in (ours, theirs)]
            apart = float(np.abs(losses[0] - losses[1]).mean())
            assert apart < 0.02, f"the losses reached differ by {apart:.3g} on average"
            return f"{said} after {STEPS_COMPARED} steps; losses reached {apart:.1e} apart"

        yield clock.pair(
            case,
            name,
            with_toynets(task, start, task.steps),
            peer(task, start, task.steps),
            same=same,
            asked=asked.get(name),
        )


def _losses(task: Task, numbers: Any) -> Any:
    y = evaluate_population(numbers, task.x, sizes=task.sizes, activations=task.activations)
    return ((y - task.t[:, :, None]) ** 2).mean(axis=(0, 1))
