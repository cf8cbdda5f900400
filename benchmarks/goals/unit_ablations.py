"""Every single hidden unit, ablated."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from benchmarks.measuring import Clock, Line, within
from benchmarks.networks import random_network, random_rows
from toynets.kernels import unit_ablations, value_bound

WHAT = "all single-unit zero ablations of 16-32-32-10 on 1,024 inputs, mean cross-entropy"
SIZES, ROWS = (16, 32, 32, 10), 1024


def measure(clock: Clock) -> Iterator[Line]:
    """Yield the line against a loop of forward hooks in PyTorch."""
    import torch

    torch.set_num_threads(1)
    network, rows = random_network(SIZES, "softmax"), random_rows(ROWS, SIZES[0])
    classes = np.random.default_rng(2).integers(0, SIZES[-1], ROWS)

    def ours() -> Any:
        found = unit_ablations(network, rows, "zero", value="cross-entropy", targets=classes)
        return found.values

    params = network.params()
    parts: list[torch.nn.Module] = []
    for weight, bias in zip(params["weight"], params["bias"], strict=True):
        layer = torch.nn.Linear(weight.shape[1], weight.shape[0])
        layer.weight.data = torch.tensor(weight)
        layer.bias.data = torch.tensor(bias)
        parts += [layer, torch.nn.ReLU()]
    model = torch.nn.Sequential(*parts[:-1])
    x, target = torch.tensor(rows), torch.tensor(classes)

    def loop() -> Any:
        losses = []
        with torch.no_grad():
            for at, units in ((1, SIZES[1]), (3, SIZES[2])):
                for unit in range(units):

                    def hook(_: Any, __: Any, output: Any, unit: int = unit) -> Any:
                        output[:, unit] = 0
                        return output

                    handle = model[at].register_forward_hook(hook)
                    losses.append(torch.nn.functional.cross_entropy(model(x), target).item())
                    handle.remove()
        return np.array(losses)

    # PyTorch sums 1,024 rows in float32 as well: its own error is of the size of the bound.
    bound = 4 * float(value_bound(network, rows, "cross-entropy", targets=classes))
    yield clock.pair(
        "64 units of 16-32-32-10",
        "PyTorch hook loop",
        ours,
        loop,
        same=within(min(bound, 1e-4)),
        asked=10.0,
    )
