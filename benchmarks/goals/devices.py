"""The same work on 1 and on 8 devices: the same bits, and nothing said between them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.measuring import Clock, Line
from toynets.kernels import collectives_in

WHAT = "populations and coalition tables on 1, 2 and 8 forced host devices: same bits"
ROOT = Path(__file__).parents[2]


def measure(clock: Clock) -> Iterator[Line]:
    """Yield a line for each kind of work; its times are those of 1 and of 8 devices."""
    found, texts = on_forced_devices()
    shared = [text for text in texts if "num_partitions=8" in text]
    assert len(shared) >= 2, f"{len(shared)} programs for 8 devices among {len(texts)}"
    said = sorted({name for text in shared for name in collectives_in(text)})
    for case, work in found.items():
        results = set(work["bits"].values())
        yield Line(
            case,
            "1 device against 8",
            ours=work["seconds"]["8"],
            peers=work["seconds"]["1"],
            ratio=float(len(results)),
            asked=1.0,
            at_most=True,
            reached=len(results) == 1 and not said,
            checked=f"sha256 on {', '.join(work['bits'])} devices: {work['bits']['1'][:16]}",
            note=f"the ratio is the number of different results; collectives in {len(shared)} "
            f"compiled programs for 8 devices: {', '.join(said) or 'none'}",
        )


def on_forced_devices() -> tuple[dict[str, Any], list[str]]:
    """Run `inside` where the processor is taken for 8 devices; return what it says, and the texts
    of the programs that were compiled.
    """
    with TemporaryDirectory() as folder:
        flags = f"--xla_force_host_platform_device_count=8 --xla_dump_to={folder}"
        environment = os.environ | {"XLA_FLAGS": flags, "JAX_PLATFORMS": "cpu"}
        command = [sys.executable, "-m", "benchmarks.goals.devices"]
        done = subprocess.run(
            command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
        )
        files = Path(folder).glob("*after_optimizations.txt")
        return json.loads(done.stdout), [file.read_text("utf-8") for file in files]


def inside() -> None:
    """Run both kinds of work on 1, 2 and 8 devices and print bits and times as JSON."""
    import hashlib

    import jax
    import numpy as np

    from benchmarks.measuring import timed
    from benchmarks.networks import bits, random_network
    from toynets.kernels import start_population, train_population, unit_game

    x, t = bits(8)
    start = start_population((8, 16, 1), 400, init="uniform", bound=1.0)
    network = random_network((8, 16, 1), "sigmoid")

    def train(count: int) -> Any:
        return train_population(
            start,
            x,
            t,
            [(0.01, 0.0)] * 50,
            sizes=(8, 16, 1),
            activations=("relu", "identity"),
            devices=jax.devices()[:count],
        )

    def tabulate(count: int) -> Any:
        return unit_game(network, x, "zero", "cross-entropy", targets=t, devices=count).table

    works = {"400 parity networks, 50 steps": train, "table of 2^16 coalitions": tabulate}
    found: dict[str, Any] = {}
    for case, work in works.items():
        hashes, seconds = {}, {}
        for count in (1, 2, 8):
            work(count)
            result, seconds[count] = timed(lambda work=work, count=count: work(count))
            hashes[count] = hashlib.sha256(np.ascontiguousarray(result).tobytes()).hexdigest()
        found[case] = {"bits": hashes, "seconds": seconds}
    print(json.dumps(found))


if __name__ == "__main__":
    inside()
