"""Running the program: in this process, and through a real shell."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from toynets.cli import main


@dataclass(frozen=True)
class Done:
    """What a run left behind: exit status, standard output, standard error."""

    status: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def toynets(capsys) -> Callable[..., Done]:
    """Run the program in this process: `toynets("show", "xor-sum")`."""

    def run(*arguments: str) -> Done:
        capsys.readouterr()
        status = main(arguments)
        said = capsys.readouterr()
        return Done(status, said.out, said.err)

    return run


@pytest.fixture
def shell(tmp_path) -> Callable[[str], Done]:
    """Run a line of bash in an empty folder, in which `toynets` is the program."""
    if shutil.which("bash") is None:
        pytest.skip("there is no bash here")

    def run(line: str) -> Done:
        program = f'toynets() {{ "{sys.executable}" -m toynets "$@"; }}\n'
        environment = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
        done = subprocess.run(
            ["bash", "-c", program + line],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    return run
