"""Compile once per shape, with the options that pay off, where the backend knows them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import jax

# What was measured with jaxlib 0.10.2 on a CPU with 512-bit vectors; measure again at each version.
# Sums and elementwise bodies run 2 to 5 times faster as XLA's own loops, and small matrix products
# 3 times faster in the library that XLA calls by default: so the library gets the products only.
PRODUCTS_ONLY = {"xla_cpu_experimental_ynn_fusion_type": "LIBRARY_FUSION_TYPE_DOT"}
# exp and log run 2 to 3 times faster in vectors of 512 bits than in those of 256 bits.
WIDE = {"xla_cpu_prefer_vector_width": 512}
CPU_OPTIONS = PRODUCTS_ONLY | WIDE


def compiled(
    function: Callable[..., Any],
    *,
    static: Sequence[str] = (),
    options: Mapping[str, Any] = CPU_OPTIONS,
) -> Compiled:
    """Return a function jitted at its first call, with the compiler options that are known there.

    Nothing is compiled, and no device is looked for, before the first call. Results are never
    kept, only programs.

    Args:
        function: a pure function of arrays.
        static: names of arguments that are compiled in; each value is a program of its own.
        options: compiler options for a CPU. On another backend none is passed, and one that the
            compiler does not know is left out in silence: it changes the speed, not the result.

    >>> double = compiled(lambda x: x + x)
    >>> float(double(2.0))
    4.0
    """
    return Compiled(function, tuple(static), dict(options))


class Compiled:
    """A jitted function; `compiled` makes one."""

    def __init__(
        self, function: Callable[..., Any], static: tuple[str, ...], options: dict[str, Any]
    ) -> None:
        self.function = function
        self.static = static
        self.options = options
        self._jitted: dict[str, Any] = {}

    @property
    def jitted(self) -> Any:
        """The function under `jax.jit`, for the backend in use."""
        backend = jax.default_backend()
        if backend not in self._jitted:
            options = known_options(self.options) if backend == "cpu" else {}
            # Without options the argument is left out: older versions of JAX do not have it.
            more: dict[str, Any] = {"compiler_options": options} if options else {}
            self._jitted[backend] = jax.jit(self.function, static_argnames=self.static, **more)
        return self._jitted[backend]

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run the function, compiled where its shapes are new."""
        return self.jitted(*args, **kwargs)

    def lower(self, *args: Any, **kwargs: Any) -> Any:
        """As `jax.jit(...).lower`: the program for these arguments, not yet compiled."""
        return self.jitted.lower(*args, **kwargs)


def known_options(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return those compiler options that the compiler in use accepts; each is tried once.

    >>> known_options({"no_such_option": 1})
    {}
    """
    return {name: value for name, value in options.items() if _accepted(name, value)}


@cache
def _accepted(name: str, value: Any) -> bool:
    try:
        jax.jit(lambda x: x, compiler_options={name: value}).lower(0.0).compile()
    except (TypeError, ValueError, RuntimeError):  # JaxRuntimeError is a RuntimeError
        return False
    return True


def keep_compiled(folder: str | Path) -> None:
    """Keep compiled programs in a folder, from now on, so that the next process finds them.

    By default JAX keeps only what took a second to compile. Here everything is kept, because a
    tiny network compiles in a fifth of that and would never be kept. Results are not kept.

    Args:
        folder: made where it is not there. Nobody else should be able to write to it: what lies
            in it is run.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:  # doctest: +SKIP
    ...     keep_compiled(folder)
    """
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    settings: Any = jax.config  # its methods have no types
    settings.update("jax_enable_compilation_cache", True)
    settings.update("jax_compilation_cache_dir", str(place))
    settings.update("jax_persistent_cache_min_compile_time_secs", 0)
    settings.update("jax_persistent_cache_min_entry_size_bytes", -1)
    # A process that compiled something before has decided that there is no cache: ask it again.
    from jax.experimental.compilation_cache import compilation_cache

    compilation_cache.reset_cache()
