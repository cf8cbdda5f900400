"""Two processes that `jax.distributed` has joined give the bits of one.

They are on one machine here, with four devices each; on two machines only the address differs.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys

import pytest

SCRIPT = """
import hashlib, json, sys
import jax
address, me, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
if count > 1:
    jax.distributed.initialize(address, count, me)
import numpy as np
from toynets.kernels import device_mesh, start_population, train_population, unit_game
from toynets.network import Network

x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], "float32")
t = np.array([[0], [1], [1], [0]], "float32")
how = {"sizes": (2, 2, 1), "activations": ("relu", "identity"), "devices": jax.devices()}
start = start_population((2, 2, 1), 500, seed=5)
trained = train_population(start, x, t, [(0.02, 1e-3)] * 30, **how)
draw = np.random.default_rng(0)
network = Network.from_layers([
    (draw.normal(size=(6, 3)).astype("float32"), draw.normal(size=6).astype("float32"), "relu"),
    (draw.normal(size=(2, 6)).astype("float32"), draw.normal(size=2).astype("float32"), "softmax"),
])
rows = draw.normal(size=(9, 3)).astype("float32")
targets = [0, 1, 0, 1, 0, 1, 0, 1, 0]
game = unit_game(network, rows, "zero", "cross-entropy", targets=targets, devices=device_mesh())
assert (trained != start).any()
print(json.dumps({
    "devices": jax.device_count(), "own": jax.local_device_count(),
    "population": hashlib.sha256(np.ascontiguousarray(trained).tobytes()).hexdigest(),
    "table": hashlib.sha256(game.table.tobytes()).hexdigest(),
}))
"""


def started(address, me, count):
    """One process of so many, all of them with the same number of devices."""
    flags = f"--xla_force_host_platform_device_count={8 // count}"
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, address, str(me), str(count)],
        env=os.environ | {"XLA_FLAGS": flags, "JAX_PLATFORMS": "cpu"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def said(process):
    """What a process printed last; others print who is connected."""
    try:
        out, err = process.communicate(timeout=240)
    finally:
        process.kill()
    assert process.returncode == 0, err
    return json.loads(out.strip().splitlines()[-1])


@pytest.mark.long
def test_two_processes_give_the_bits_of_one():
    with socket.socket() as free:
        free.bind(("localhost", 0))
        address = f"localhost:{free.getsockname()[1]}"
    both = [started(address, me, 2) for me in range(2)]
    first, second = [said(process) for process in both]
    one = said(started(address, 0, 1))
    assert first == second
    assert (first["devices"], first["own"]) == (8, 4)
    assert (one["devices"], one["own"]) == (8, 8)
    assert first | {"own": 8} == one
