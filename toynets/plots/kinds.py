"""The kinds of figures that are drawn of any network, by name: `toynets plot KIND`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toynets.errors import ToynetsError, unknown

if TYPE_CHECKING:
    from toynets.plots.figure import Figure

# Kind -> (module, function, what it shows). Each takes (network, explanation, *, style, domain,
# name), and what `TAKES` says besides. A new kind is a line here.
KINDS = {
    "diagram": ("diagrams", "diagram", "every weight and bias on its edge"),
    "matrix": ("matrices", "matrix", "the weights as tinted matrices"),
    "trace": ("traces", "trace", "a truth table with the arithmetic of every unit"),
    "build-up": ("slopes", "build_up", "how units add up to a function of one input"),
    "ablation-table": ("ablations", "ablation_table", "the outcomes without each unit"),
    "regions": ("areas", "regions", "the linear regions of two inputs, joints as exact lines"),
    "hidden-space": ("spaces", "hidden_space", "where two hidden units put the inputs"),
    "ablation-matrix": ("effects", "ablation_matrix", "the effect of cutting each weight"),
    "lattice": ("lattices", "lattice", "the output with each subset of the units kept"),
    "partition-squares": ("partitions", "partition_squares", "which of four inputs a unit tells"),
    "cosines": ("circles", "cosines", "weights over places in a circle, and the nearest cosine"),
    "pictures": ("images", "pictures", "the weights into each unit as an image"),
}

TAKES = {"lattice": ("x", "units"), "hidden-space": ("units",), "pictures": ("shape", "units")}


def draw(kind: str, network: Any, explanation: Any = None, **given: Any) -> Figure:
    """Return a figure of a kind.

    Args:
        kind: one of `KINDS`.
        network: any.
        explanation: of it, or None.
        given: style, domain, name; of some kinds also x, units, shape.

    Raises:
        ToynetsError: no such kind, or one that the network cannot be drawn as.
    """
    from importlib import import_module

    if kind not in KINDS:
        raise ToynetsError(
            unknown("kind", kind, "", KINDS), fix="toynets plot --kinds says what each shows."
        )
    for option in ("x", "units", "shape"):
        if option in given and option not in TAKES.get(kind, ()):
            takers = ", ".join(k for k, options in TAKES.items() if option in options)
            raise ToynetsError(
                f"the kind {kind} takes no {option}.", fix=f"leave it out; {takers} take one."
            )
    module, function, _ = KINDS[kind]
    made: Figure = getattr(import_module(f"toynets.plots.{module}"), function)(
        network, explanation, **given
    )
    return made
