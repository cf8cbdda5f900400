"""The settings of conftest.py are in force."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).with_name("conftest.py")


def run_conftest(then: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run conftest.py in a fresh interpreter, then the statement `then`."""
    code = f"import runpy, sys; runpy.run_path({str(CONFTEST)!r}); {then}"
    return subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_settings_import_neither_jax_nor_numpy():
    done = run_conftest("print(sorted({'jax', 'numpy'} & set(sys.modules)))")
    assert done.stdout == "[]\n", done.stderr


def test_jax_refuses_to_change_a_dtype():
    import jax
    import jax.numpy as jnp

    with pytest.raises(jax.dtypes.TypePromotionError, match="jax_numpy_dtype_promotion=strict"):
        jnp.ones(2, jnp.float32) + jnp.ones(2, jnp.int32)


def test_jax_refuses_to_broadcast_unequal_ranks():
    import jax.numpy as jnp

    with pytest.raises(ValueError, match="rank_promotion"):
        jnp.ones((2, 2)) + jnp.ones(2)


def test_nothing_compiled_is_kept():
    import jax

    assert jax.config.jax_enable_compilation_cache is False
    assert jax.config.jax_compilation_cache_dir is None


def test_the_default_profile_is_the_same_every_time():
    done = run_conftest(
        "from hypothesis import settings as s; print(s().derandomize, s().deadline, s().database)",
        TOYNETS_HYPOTHESIS="default",
        CI="true",  # hypothesis has a profile of its own for CI: ours must win
    )
    assert done.stdout == "True None None\n", done.stderr


def test_the_deep_profile_draws_more_and_new_examples():
    done = run_conftest(
        "from hypothesis import settings as s; print(s().derandomize, s().max_examples)",
        TOYNETS_HYPOTHESIS="deep",
    )
    assert done.stdout == "False 2000\n", done.stderr


def test_a_misspelt_profile_is_refused():
    done = run_conftest("", TOYNETS_HYPOTHESIS="deeep")
    assert done.returncode != 0
    assert "TOYNETS_HYPOTHESIS='deeep' names no profile" in done.stderr
