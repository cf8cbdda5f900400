"""A whole verification, from the start of the process to its end."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.measuring import Clock, Line

WHAT = 'toynets verify xor-sum against python -c "import jax", whole processes'
OURS = [sys.executable, "-m", "toynets", "verify", "xor-sum"]
PEER = [sys.executable, "-c", "import jax"]


def measure(clock: Clock) -> Iterator[Line]:
    """Yield a line for output into a pipe, and one for output on a terminal."""
    with TemporaryDirectory() as folder:
        # As installed: with the bytecode of both kept from an earlier run, here the first call.
        kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        environment = kept | {"PYTHONPYCACHEPREFIX": folder}
        for case, run, asked in (("piped", piped, 0.15), ("on a terminal", terminal, 0.25)):
            yield clock.pair(
                f"verify xor-sum, {case}",
                "import jax",
                lambda run=run: run(OURS, environment),
                lambda run=run: run(PEER, environment),
                same=verified,
                asked=asked,
                at_most=True,
            )


def piped(command: list[str], environment: dict[str, str]) -> str:
    """Run a command and return what it prints."""
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return done.stdout


def terminal(command: list[str], environment: dict[str, str]) -> str:
    """Run a command with a terminal as its output and return what it prints there."""
    ours, its = os.openpty()
    process = subprocess.Popen(command, env=environment, stdout=its, stderr=its, stdin=its)
    os.close(its)
    said = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        said += part
    os.close(ours)
    if process.wait():
        raise RuntimeError(f"{command} ended with {process.returncode}: {said.decode()[-500:]}")
    return said.decode("utf-8")


def verified(ours: Any, theirs: Any) -> str:
    """Make sure that the network was verified, and by whom nothing was."""
    assert "exhaustive" in ours, ours
    assert theirs == "", theirs
    return "verdict: exhaustive"
