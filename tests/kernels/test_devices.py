"""Several devices: the same bits, and nothing said between them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jax
import pytest

from toynets.errors import ToynetsError
from toynets.kernels import device_mesh
from toynets.kernels.blocks import mesh_for, over_blocks
from toynets.kernels.devices import collectives_in, first_devices, gathered

SCRIPT = """
import hashlib, json, sys
sys.path.insert(0, SUPPORT)
import jax
import numpy as np
from kernel_cases import rough, rough_rows, targets_for
from toynets.forward import precision_of
from toynets.kernels import edge_game, unit_game
from toynets.kernels import games
from toynets.kernels.devices import collectives_in, device_mesh, first_devices

assert len(jax.devices()) == 8
wide, two, rows = rough("wide"), rough("two wide"), rough_rows(13)
edges = [name for name in rough("smooth").numbers if "->" in name][:6]
targets = {n: targets_for(rough(n), 13) for n in ("wide", "two wide", "smooth")}
texts = {}

def noted(name, program):
    def call(*args, **kwargs):
        made = program.lower(*args, **kwargs).compile()
        texts[name, kwargs["mesh"].size] = collectives_in(made.as_text())
        return made(*args)
    return call

games.table_program = noted("units", games.table_program)
games.masked_program = noted("masked", games.masked_program)
CASES = {
    "products": lambda d: unit_game(
        wide, rows, "zero", "cross-entropy", targets=targets["wide"], devices=d),
    "row by row": lambda d: unit_game(
        two, rows, "mean", "squared error", targets=targets["two wide"], devices=d),
    "gram": lambda d: unit_game(
        rough("deep"), rows, "mean", "squared error", targets=[0.5] * 13, devices=d),
    "edges": lambda d: edge_game(
        rough("smooth"), rows, "cut", "mean output", players=edges, devices=d),
}
# Each number of devices is compiled anew: the way of summing up decides about their work in no way.
DEVICES = {name: (1, 8) for name in CASES} | {"products": (1, 2, 3, 8), "edges": (1, 2, 8)}
print(json.dumps({
    "first": [d.id for d in first_devices(device_mesh(), 3).devices.flat],
    "bits": {
        name: {d: hashlib.sha256(make(d).table.tobytes()).hexdigest() for d in DEVICES[name]}
        for name, make in CASES.items()
    },
    "said": [[*k, v] for k, v in texts.items()],
}))
"""


@pytest.fixture(scope="module")
def eight():
    support = Path(__file__).parents[1] / "support"
    environment = os.environ | {"XLA_FLAGS": "--xla_force_host_platform_device_count=8"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.replace("SUPPORT", repr(str(support)))],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_bits_of_a_table_do_not_depend_on_the_number_of_devices(eight):
    assert set(eight["bits"]) == {"products", "row by row", "gram", "edges"}
    for name, bits in eight["bits"].items():
        assert {"1", "8"} <= set(bits)
        assert len(set(bits.values())) == 1, name
    assert len({bits["1"] for bits in eight["bits"].values()}) == 4


def test_eight_devices_were_at_work_and_said_nothing_to_each_other(eight):
    sizes = {(name, count) for name, count, _ in eight["said"]}
    assert {("units", 8), ("units", 2), ("units", 1), ("masked", 8)} <= sizes
    assert [said for *_, said in eight["said"] if said] == []


def test_a_smaller_mesh_has_the_first_devices(eight):
    assert eight["first"] == [0, 1, 2]


@pytest.mark.parametrize(
    "name",
    [
        *("all-reduce", "all-gather", "all-to-all"),
        *("collective-permute", "collective-broadcast", "reduce-scatter"),
    ],
)
def test_every_kind_of_talk_is_seen_in_a_compiled_text(name):
    assert collectives_in(f"  %x.1 = f32[8]{{0}} {name}(%y.2), channel_id=1") == [name]
    assert collectives_in("  %x.1 = f32[8]{0} reduce(%y.2, %z.3), dimensions={1}") == []


def test_a_program_that_talks_is_found_out():
    import jax.numpy as jnp

    from toynets.kernels.devices import on_each_device, parts

    def talk(x):
        return jax.lax.psum(x, "devices")

    made = jax.jit(on_each_device(talk, device_mesh(1), (parts("devices"),), parts()))
    lowered = made.lower(jnp.ones(2)).as_text()
    assert "all_reduce" in lowered
    assert collectives_in("a = all-gather-start(b), c = reduce-scatter(d)") == [
        "all-gather",
        "reduce-scatter",
    ]


def test_blocks_that_do_not_go_round_are_computed_again_at_the_end():
    import jax.numpy as jnp

    from toynets.forward import precision_of

    with precision_of("float64"):
        found = over_blocks(lambda k, a: a[k], 3, device_mesh(1), (jnp.arange(5.0),))
    assert found.tolist() == [0, 1, 2]


def test_a_mesh_has_two_blocks_for_each_device():
    mesh = device_mesh()
    assert mesh_for(mesh, 2 * mesh.size) is mesh
    assert mesh_for(None, 1).size == 1
    assert first_devices(mesh, 1).size == 1
    assert gathered(jax.numpy.arange(3)).tolist() == [0, 1, 2]


def test_more_devices_than_there_are_is_refused():
    there = len(jax.devices())
    with pytest.raises(ToynetsError, match=rf"asked for {there + 1} devices, but JAX sees {there}"):
        device_mesh(there + 1)
    with pytest.raises(ToynetsError, match="at least one device"):
        device_mesh([])
    assert device_mesh(jax.devices()[:1]).size == 1
