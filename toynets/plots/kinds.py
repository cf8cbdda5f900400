"""The kinds of figures that are drawn of any network, by name: `toynets plot KIND`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toynets.errors import ToynetsError, unknown

if TYPE_CHECKING:
    from toynets.plots.figure import Figure

# Kind -> (module, function, what it shows). Each function takes a network, `explanation`, `style`,
# `domain` and `name`; what some ask besides is in `_asked`. A new kind is a line here.
KINDS = {
    "diagram": ("diagrams", "diagram", "every weight and bias on its edge"),
    "matrix": ("matrices", "matrix", "the weights as tinted matrices"),
    "trace": ("traces", "trace", "a truth table with the arithmetic of every unit"),
    "build-up": ("slopes", "build_up", "how units add up to a function of one input"),
    "regions": ("areas", "regions", "the linear regions of two inputs, joints as exact lines"),
    "hidden-space": ("spaces", "hidden_space", "two inputs, as they come out of two hidden units"),
    "ablation-table": ("ablations", "ablation_table", "the outcomes without each unit"),
    "ablation-matrix": (
        "effects",
        "ablation_matrix",
        "the effect of cutting each weight, by input",
    ),
    "lattice": ("lattices", "lattice", "one input, with every subset of up to 4 units removed"),
    "cosines": ("circles", "cosines", "first-layer weights round a circle: amplitude and phase"),
    "pictures": ("images", "pictures", "first-layer weights as images, with preferred inputs"),
}
OPTIONS = ("x", "units", "shape")  # of some kinds alone


def draw(kind: str, network: Any, explanation: Any = None, **given: Any) -> Figure:
    """Return a figure of a kind.

    Args:
        kind: one of `KINDS`.
        network: any.
        explanation: of it, or None.
        given: style, domain, name; and of some kinds x, units, shape.

    Raises:
        ToynetsError: no such kind, or one that the network cannot be drawn as.
    """
    from importlib import import_module

    if kind not in KINDS:
        raise ToynetsError(
            unknown("kind", kind, "", KINDS), fix="toynets plot --kinds says what each shows."
        )
    module, function, _ = KINDS[kind]
    asked = _asked(kind, network, given)
    made: Figure = getattr(import_module(f"toynets.plots.{module}"), function)(
        network, explanation=explanation, **asked
    )
    return made


_TAKES = {"lattice": ("x", "units"), "pictures": ("shape", "units"), "hidden-space": ("units",)}


def _asked(kind: str, network: Any, given: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments of a kind; what is not given is what a reader would choose."""
    from toynets.plots.inputs import domain_of

    found = {k: v for k, v in given.items() if k not in OPTIONS}
    own = {k: given[k] for k in OPTIONS if given.get(k)}
    for option in own:
        if option not in _TAKES.get(kind, ()):
            raise ToynetsError(f"the kind {kind} takes no {option}.")
    if kind in ("ablation-matrix", "hidden-space", "pictures", "lattice"):
        found["domain"] = domain_of(network, found.get("domain"))
    if kind == "lattice":
        own.setdefault("x", _busiest(network, found["domain"]))
    if kind == "pictures":
        side = round(len(network.inputs) ** 0.5)
        square = side * side == len(network.inputs)
        own.setdefault("shape", (side, side) if square else (1, len(network.inputs)))
    if kind == "hidden-space":
        found["classes"] = _classes(network, found["domain"])
    return {**found, **own}


def _busiest(network: Any, domain: Any) -> Any:
    """Return the input on which most hidden units are not 0; the last one of several."""
    from toynets.exact import Machine
    from toynets.plots.inputs import rows_of

    machine = Machine(network)
    rows = rows_of(network, domain, 4096)

    def busy(row: Any) -> int:
        values = machine.values(row)
        return sum(1 for unit in network.hidden if values[unit] != 0)

    return max(reversed(rows), key=busy)


def _classes(network: Any, domain: Any) -> list[int]:
    """Return 1 for each input whose first output is above one half."""
    from toynets.exact import Machine
    from toynets.plots.inputs import rows_of
    from toynets.plots.numbers import to_number

    machine = Machine(network)
    return [int(to_number(machine.outcome(row)[0]) > 0.5) for row in rows_of(network, domain, 4096)]
