"""Settings for all tests, made before anything imports JAX.

JAX reads its settings from the environment when it is imported, so they are put there: a test that
needs no JAX then never pays for importing it.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

# A silent change of dtype or a broadcast of unequal ranks is a bug in this package: refuse both.
os.environ["JAX_NUMPY_DTYPE_PROMOTION"] = "strict"
os.environ["JAX_NUMPY_RANK_PROMOTION"] = "raise"

# A compiled program from an earlier run could hide a change, so nothing is kept between runs.
os.environ["JAX_ENABLE_COMPILATION_CACHE"] = "false"
os.environ.pop("JAX_COMPILATION_CACHE_DIR", None)

# One compute thread per process, because pytest-xdist already fills the cores with processes. XLA
# sizes its CPU thread pool by NPROC; --xla_cpu_multi_thread_eigen=false no longer limits it (two
# cores stayed busy with the flag, one with NPROC=1, under jaxlib 0.10.2).
os.environ.setdefault("NPROC", "1")

# 'default' runs the same examples every time, so that a failure is a change in the code. 'deep'
# draws new ones and prints how to replay a failure. Neither has a deadline or the health check on
# speed: the first call of a jitted function compiles, and cores are shared.
settings.register_profile(
    "default",
    max_examples=60,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "deep",
    max_examples=2_000,
    derandomize=False,
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
_profile = os.environ.get("TOYNETS_HYPOTHESIS", "default")
if _profile not in ("default", "deep"):
    raise pytest.UsageError(
        f"TOYNETS_HYPOTHESIS={_profile!r} names no profile. Write 'default' or 'deep', or unset it."
    )
settings.load_profile(_profile)
