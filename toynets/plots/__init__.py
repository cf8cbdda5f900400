"""Figures of networks for textbooks: functions from any network to a `Figure`.

A `Figure` is a value: drawing, numbers, caption, alt text; `figure.save(folder)` writes PDF, SVG,
JSON and TEX, byte for byte the same each time. A `Style` says how figures look. How another figure
is written: `toynets.plots.figure`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from toynets.plots.ablations import ablation_table
    from toynets.plots.areas import regions
    from toynets.plots.atlases import atlas
    from toynets.plots.circles import cosines
    from toynets.plots.contests import contest
    from toynets.plots.courses import curves
    from toynets.plots.diagrams import diagram
    from toynets.plots.effects import ablation_matrix
    from toynets.plots.figure import Figure, Key, Shown, finish, shown, sign_keys
    from toynets.plots.images import pictures
    from toynets.plots.lattices import lattice
    from toynets.plots.learning import learning_curves
    from toynets.plots.matrices import matrix
    from toynets.plots.numbers import exactly, printed, stored
    from toynets.plots.page import Page
    from toynets.plots.partitions import partition_squares
    from toynets.plots.ranks import rank_stability
    from toynets.plots.slopes import build_up
    from toynets.plots.spaces import hidden_space
    from toynets.plots.style import Style, plot
    from toynets.plots.traces import trace

_HOME = {
    "Figure": "figure",
    "Style": "style",
    "Page": "page",
    "Key": "figure",
    "Shown": "figure",
    "finish": "figure",
    "plot": "style",
    "printed": "numbers",
    "stored": "numbers",
    "exactly": "numbers",
    "shown": "figure",
    "sign_keys": "figure",
    "diagram": "diagrams",
    "matrix": "matrices",
    "trace": "traces",
    "build_up": "slopes",
    "regions": "areas",
    "ablation_table": "ablations",
    "ablation_matrix": "effects",
    "hidden_space": "spaces",
    "lattice": "lattices",
    "partition_squares": "partitions",
    "contest": "contests",
    "atlas": "atlases",
    "rank_stability": "ranks",
    "cosines": "circles",
    "pictures": "images",
    "curves": "courses",
    "learning_curves": "learning",
}

__all__ = [
    "Figure",
    "Style",
    "Page",
    "Key",
    "Shown",
    "finish",
    "plot",
    "printed",
    "stored",
    "exactly",
    "shown",
    "sign_keys",
    "diagram",
    "matrix",
    "trace",
    "build_up",
    "regions",
    "ablation_table",
    "ablation_matrix",
    "hidden_space",
    "lattice",
    "partition_squares",
    "contest",
    "atlas",
    "rank_stability",
    "cosines",
    "pictures",
    "curves",
    "learning_curves",
]


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name not in _HOME:
        from toynets.errors import nearest

        near = nearest(name, __all__)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise AttributeError(f"module 'toynets.plots' has no attribute {name!r}.{hint}")
    value = getattr(import_module(f"toynets.plots.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
