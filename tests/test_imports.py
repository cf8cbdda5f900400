"""What importing the package does: nothing slow, and no public name changes under the reader."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

# Both are too slow to import for a command that does not need them.
SLOW = ("jax", "numpy")

RUN_MODULE = """
import os, runpy, sys
os._exit = sys.exit  # the program leaves at once; this one still has to look
sys.argv = ["toynets", "--help"]
try:
    runpy.run_module("toynets", run_name="__main__", alter_sys=True)
except SystemExit as stop:
    assert not stop.code, stop.code
"""

BUILD = """
import sys
from toynets.network import Network
net = Network.from_layers([([[1]], [0], "relu")])
net.hash, net.table(), Network.from_json(net.to_json()), net.wiring.resolve("x1->y = 0")
"""

# Reads every public name once, imports every submodule, and reads every name again.
READ_TWICE = """
import importlib, json, pkgutil, sys
import toynets
def submodules():
    for found in pkgutil.walk_packages(toynets.__path__, "toynets."):
        if found.name != "toynets.__main__":
            importlib.import_module(found.name)
def read():
    return {name: getattr(toynets, name) for name in toynets.__all__}
ORDER
kinds = {n: [type(v).__module__, type(v).__qualname__] for n, v in after.items()}
print(json.dumps([kinds, [n for n in before if before[n] is not after[n]]]))
"""
NAMES_FIRST = READ_TWICE.replace("ORDER", "before = read(); submodules(); after = read()")
SUBMODULES_FIRST = READ_TWICE.replace("ORDER", "submodules(); before = read(); after = read()")


def python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(
    "code",
    ["import sys, toynets", RUN_MODULE, BUILD],
    ids=["import", "--help", "building a network"],
)
def test_neither_jax_nor_numpy_is_imported_by(code):
    last = python(f"{code}\nprint()\nprint(*[n for n in {SLOW} if n in sys.modules])")
    assert last.splitlines()[-1] == ""


def test_hypothesis_is_not_imported_by_the_package_itself():
    code = "import toynets, sys; toynets.load; print('hypothesis' in sys.modules)"
    assert python(code) == "False\n"


def test_a_part_is_reached_without_an_import_of_its_own():
    parts = ["exact", "importance", "strategies", "studies", "testing"]
    code = f"import sys, toynets; print([getattr(toynets, p).__name__ for p in {parts}])"
    assert python(code) == f"{[f'toynets.{part}' for part in parts]}\n"


def test_a_public_name_is_the_same_object_before_and_after_all_submodules_are_imported():
    _, changed = json.loads(python(NAMES_FIRST))
    assert changed == []


def test_a_public_name_is_of_the_same_kind_whichever_is_imported_first():
    # A function `trace` beside a module `toynets/trace.py` is the one or the other by order.
    names_first, _ = json.loads(python(NAMES_FIRST))
    submodules_first, _ = json.loads(python(SUBMODULES_FIRST))
    assert names_first == submodules_first
    assert names_first != {}
