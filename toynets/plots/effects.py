"""The ablation matrix: what removing each unit, edge or bias does on each input, as effects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.exact import Machine
from toynets.fields import record
from toynets.plots.cells import bar, grid, headings_width, limit_of
from toynets.plots.figure import Figure, finish, shown, sign_keys
from toynets.plots.numbers import counted, printed, stored, to_number
from toynets.plots.panels import finite
from toynets.plots.style import Style, plot
from toynets.rationals import ZERO, workprec

if TYPE_CHECKING:
    from toynets.network import Network
    from toynets.plots.page import Page

MOST_ROWS = 27
MOST_COLUMNS = 32
ROW = 4.8  # mm
KINDS = ("cut", "flip", "zero")


@record(frozen=True)
class Effects:
    """The effects of some interventions.

    Attributes:
        interventions: their texts, a row each.
        labels: of the inputs, a column each.
        values: outcome − clean output, exact; a row an intervention, one output.
        output: its name.
    """

    interventions: tuple[str, ...]
    labels: tuple[str, ...]
    values: tuple[tuple[Any, ...], ...]
    output: str

    def largest(self, row: int) -> float:
        """Return the largest size in a row."""
        return max(abs(to_number(v)) for v in self.values[row])

    def unseen(self) -> list[str]:
        """Return the interventions without any effect."""
        return [t for k, t in enumerate(self.interventions) if self.largest(k) == 0]


def interventions_of(network: Network, kind: str) -> dict[str, str]:
    """Return intervention -> the unit or weight that it is about.

    Args:
        network: any.
        kind: `cut` or `flip` of every weight and bias, or `zero` of every hidden unit.

    Raises:
        ToynetsError: another kind.
    """
    if kind == "zero":
        return {f"{unit} = 0": unit for unit in network.hidden}
    if kind in ("cut", "flip"):
        change = " = 0" if kind == "cut" else " *= -1"
        return {f"{address}{change}": address for address in network.numbers}
    raise ToynetsError(
        f"an ablation matrix is of kind {', '.join(KINDS)}, but got {kind!r}.",
        fix="cut sets weights to 0, flip turns their signs, zero removes hidden units.",
    )


def effects(
    network: Network, domain: Domain, interventions: Sequence[str], output: int = 0
) -> Effects:
    """Return the exact effects of interventions on one output.

    Args:
        network: any.
        domain: finite.
        interventions: texts; no families (`resample`, `worst`).
        output: which one.

    >>> from toynets.zoo import load
    >>> xor = load("xor-sum")
    >>> found = effects(xor.network, xor.task.domain, ["h2 = 0", "h1.bias = 0"])
    >>> found.values[0], found.unseen()
    ((0, 0, 0, 2), ['h1.bias = 0'])
    """
    machine = Machine(network, domain)
    name = network.outputs[output]
    rows = []
    with workprec():
        clean = [machine.outcome(x)[output] for x in domain.rows]
        for text in interventions:
            plan = network.wiring.resolve(text)
            after = [machine.outcome(x, plan)[output] for x in domain.rows]
            rows.append(tuple(_gap(a, c) for a, c in zip(after, clean, strict=True)))
    return Effects(tuple(interventions), domain.labels, tuple(rows), name)


def _gap(after: Any, clean: Any) -> Any:
    if hasattr(after, "overlaps") and after.overlaps(clean):
        return ZERO  # two balls that nothing tells apart
    return after - clean


def draw_effects(
    page: Page,
    x: float,
    top: float,
    cell: tuple[float, float],
    found: Effects,
    heads: Mapping[str, str],
    limit: float,
) -> float:
    """Draw a matrix of effects, with the largest of each row behind it; return its lower edge.

    Args:
        page: where.
        x, top: the upper left corner of its cells, in mm.
        cell: width and height.
        found: the effects.
        heads: intervention -> what its row is called.
        limit: the effect with the deepest tint.
    """
    rows = [heads[text] for text in found.interventions]
    low = grid(
        page, x, top, cell, found.values, rows=rows, columns=found.labels, limit=limit, sign=True
    )
    right = x + cell[0] * len(found.labels)
    page.text(right + 8, top + 2.0, "largest", size="small", colour="muted")
    for k in range(len(rows)):
        middle = top - (k + 0.5) * cell[1]
        size = found.largest(k)
        page.text(right + 8, middle, printed(size), size="small", bold=size > 0,
                  colour="ink" if size else "muted")  # fmt: skip
    return low


@plot
def ablation_matrix(
    network: Network,
    explanation: Any = None,
    *,
    style: Style,
    domain: Domain | None = None,
    ablation: str = "cut",
    output: int = 0,
    name: str = "ablation_matrix",
) -> Figure:
    """Draw what each ablation of one kind does on each input.

    Args:
        network: any; at most 27 rows and 32 inputs are drawn.
        explanation: is verified first.
        style: how it looks.
        domain: finite, or a box whose corners are taken; default all bits.
        ablation: `cut`, `flip` (each weight and bias) or `zero` (each hidden unit).
        output: which one.
        name: of the files.

    Raises:
        ToynetsError: another kind, or too many rows or inputs.

    >>> from toynets.zoo import load
    >>> xor = load("xor-sum")
    >>> made = ablation_matrix(xor.network, ablation="zero")
    >>> made.numbers["effects"]["h2 = 0"]
    [0, 0, 0, 2]
    """
    about = interventions_of(network, ablation)
    record_ = shown(network, explanation, domain)
    domain = finite(network, domain, MOST_COLUMNS)
    if len(about) > MOST_ROWS or len(domain.rows) > MOST_COLUMNS:
        raise ToynetsError(
            f"an ablation matrix of {len(about)} rows and {len(domain.rows)} inputs is too large.",
            fix=f"{MOST_ROWS} rows and {MOST_COLUMNS} inputs are drawn; take ablation='zero', or a "
            "domain of fewer inputs.",
        )
    found = effects(network, domain, list(about), output)
    write = style.written
    heads = {
        text: write.unit(one) if ablation == "zero" else write.address(network, one)
        for text, one in about.items()
    }
    wide = 10.0 if len(found.labels) <= 8 else max(5.0, 120.0 / len(found.labels))
    trial = style.page(height_mm=50, natural="double")
    left = 3 + headings_width(trial, list(heads.values()))
    need = left + wide * len(found.labels) + 16
    natural = "single" if need < 84 else "one-and-a-half" if need < 129 else "double"
    page = style.page(height_mm=ROW * len(about) + 18, natural=natural)
    limit = limit_of(found.values)
    draw_effects(page, left, page.height - 8, (wide, ROW), found, heads, limit)
    bar(page, 3, 3.5, 20, limit, "effect")
    unseen = found.unseen()
    one = len(found.labels) == 1
    most = max(to_number(found.largest(k)) for k in range(len(about)))
    quiet = f"; {len(unseen)} of them change nothing" if unseen else ""
    return finish(
        page,
        name,
        numbers={
            "effects": {
                t: [stored(v) for v in row] for t, row in zip(about, found.values, strict=True)
            },
            "largest": {t: found.largest(k) for k, t in enumerate(about)},
            "inputs": list(found.labels),
            "scale": {"limit": limit},
            "without effect": len(unseen),
        },
        claim=f"The effect (outcome − clean output {found.output}) of each of {len(about)} "
        f"ablations of kind {ablation} on {'the' if one else 'each of'} "
        f"{counted(len(found.labels), 'input')}{quiet}.",
        alt=f"A table of the effects of {len(about)} ablations on "
        f"{counted(len(found.labels), 'input')} of {network.name or 'a network'}; the largest is "
        f"{printed(most)}.",
        description="A row an ablation, a column an input; a cell with a plus raises the output, "
        "one with a minus lowers it; the last column is the largest size in the row.",
        shows=[record_],
        keys=sign_keys(style),
        maps=1,
    )
