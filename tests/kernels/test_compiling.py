"""Compiler options only where they are known, a cache only where it is asked for."""

from __future__ import annotations

import os
import subprocess
import sys

import jax
import pytest

from toynets.kernels import compiled, known_options
from toynets.kernels.compiling import CPU_OPTIONS


def test_an_option_that_no_compiler_knows_is_left_out():
    made = compiled(lambda x: x + 1, options={"no_such_option": 3})
    assert float(made(1.0)) == 2
    assert known_options({"no_such_option": 3, "xla_cpu_prefer_vector_width": "wide"}) == {}


def test_options_are_passed_on_a_cpu_alone(monkeypatch):
    asked = []
    real = jax.jit

    def noted(function, **more):
        asked.append(more.get("compiler_options"))
        return real(function, static_argnames=more.get("static_argnames"))

    known = known_options(CPU_OPTIONS)
    monkeypatch.setattr(jax, "jit", noted)
    on_cpu, elsewhere = compiled(lambda x: x), compiled(lambda x: x)
    monkeypatch.setattr(jax, "default_backend", lambda: "cpu")
    on_cpu(1.0)
    monkeypatch.setattr(jax, "default_backend", lambda: "tpu")
    elsewhere(1.0)
    assert asked == [known or None, None]


def test_a_version_of_jax_without_compiler_options_is_served(monkeypatch):
    from toynets.kernels import compiling

    real = jax.jit

    def older(function, *, static_argnames=()):
        return real(function, static_argnames=static_argnames)

    monkeypatch.setattr(jax, "jit", older)
    compiling._accepted.cache_clear()
    try:
        assert float(compiled(lambda x: x + 1)(1.0)) == 2
    finally:
        compiling._accepted.cache_clear()


def test_static_arguments_are_compiled_in():
    made = compiled(lambda x, power: x**power, static=("power",))
    assert [float(made(2.0, power=p)) for p in (2, 3)] == [4, 8]
    assert "multiply" in made.lower(2.0, power=2).as_text()


KEEP = """
import sys
import jax
from toynets.kernels import keep_compiled
jax.jit(lambda x: x)(1.0)  # something is compiled before: the cache must be found even so
keep_compiled(sys.argv[1])
print(float(jax.jit(lambda x: 3 * x)(2.0)))
"""


def test_tiny_programs_are_kept_between_processes_when_asked(tmp_path):
    folder = tmp_path / "programs"
    counts = []
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", KEEP, str(folder)],
            env={k: v for k, v in os.environ.items() if not k.startswith("JAX_")},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stdout == "6.0\n", done.stderr
        counts.append(len([f for f in folder.iterdir() if f.name.endswith("-cache")]))
    # The second process finds what the first one kept, and has nothing to add.
    assert counts[0] >= 1
    assert counts == counts[:1] * 2


@pytest.mark.parametrize("name", ["jax_compilation_cache_dir"])
def test_importing_the_kernels_keeps_nothing(name):
    assert getattr(jax.config, name) is None
