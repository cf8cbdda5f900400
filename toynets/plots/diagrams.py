"""The labelled network: every weight and bias printed on its edge, sign by dash and by minus."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from toynets.errors import ToynetsError, unknown
from toynets.fields import record
from toynets.plots.figure import Figure, finish, shown, sign_keys
from toynets.plots.numbers import printed, stored
from toynets.plots.page import keys_at
from toynets.plots.placing import Box, Label, Place, arrange
from toynets.plots.style import Style, plot
from toynets.rationals import from_float

if TYPE_CHECKING:
    from toynets.domain import Domain
    from toynets.network import Network
    from toynets.plots.page import Page

MOST_EDGES = 45  # numbers on edges; a larger network is shown as matrices
UNIT_HEIGHT = 7.0  # mm
STUB = 4.2  # mm, of the edge that a bias comes in on


@record
class Sketch:
    """Where everything of a diagram stands, in mm, before it is drawn.

    Attributes:
        at: name -> centre of a unit.
        wide: name -> width of its shape.
        labels: address -> the place of its number.
        height: that it needs.
        unit: height of a unit's shape.
    """

    at: dict[str, tuple[float, float]]
    wide: dict[str, float]
    labels: dict[str, Place]
    height: float
    unit: float = UNIT_HEIGHT

    def moved(self, up: float) -> Sketch:
        """Return the same, so much higher."""
        return Sketch(
            {name: (x, y + up) for name, (x, y) in self.at.items()},
            self.wide,
            {a: Place(p.x, p.y + up, p.box, p.cost) for a, p in self.labels.items()},
            self.height,
            self.unit,
        )


def small_enough(network: Network) -> bool:
    """Whether the weights fit on their edges."""
    sizes = network.sizes
    return len(network.numbers) <= MOST_EDGES and max(sizes) <= 8 and len(sizes) <= 6


def sketch(
    style: Style, network: Network, left: float, right: float, top: float, unit: float = UNIT_HEIGHT
) -> Sketch | None:
    """Arrange a network between two edges, below `top`; None where it does not fit.

    Args:
        style: for its letters and its sizes.
        network: small enough.
        left, right, top: the space, in mm.
        unit: height of a unit's shape in mm, at 7.5 pt.
    """
    for pitch in (13.0, 15.0, 17.0, 20.0, 24.0, 28.0, 33.0):
        made = _arranged(style, network, (left, right, top), pitch, unit)
        if made is not None:
            return made
    return None


def _columns(network: Network) -> list[tuple[str, ...]]:
    return [network.inputs, *(layer.units for layer in network.layers)]


def _arranged(
    style: Style,
    network: Network,
    space: tuple[float, float, float],
    pitch: float,
    unit: float,
) -> Sketch | None:
    left, right, top = space
    write = style.written.unit
    columns = _columns(network)
    unit_height = unit * style.size("body") / 7.5
    wide = {
        name: max(unit_height, style.measure(write(name))[0] + 0.48 * unit_height)
        for c in columns
        for name in c
    }
    tallest = max(map(len, columns))
    biased = [layer.bias is not None for layer in network.layers]
    if any(biased):
        pitch = max(pitch, unit_height + STUB + 5.0)
    middle = top - unit_height / 2 - (STUB + 4.0 if any(biased) else 0) - (tallest - 1) * pitch / 2
    first, last = max(wide[n] for n in columns[0]), max(wide[n] for n in columns[-1])
    spans = (right - last / 2) - (left + first / 2)
    at: dict[str, tuple[float, float]] = {}
    for k, column in enumerate(columns):
        x = left + first / 2 + spans * k / (len(columns) - 1)
        # Taller gaps where there are few units, so that their edges spread.
        step = min(pitch * (tallest - 1) / max(1, len(column) - 1), 1.5 * pitch)
        for i, name in enumerate(column):
            at[name] = (x, middle + step * ((len(column) - 1) / 2 - i))
    fixed: list[Box] = []
    for name, (x, y) in at.items():
        fixed.append(
            (x - wide[name] / 2, y - unit_height / 2, x + wide[name] / 2, y + unit_height / 2)
        )
    labels: dict[str, Label] = {}
    bias_places: dict[str, Place] = {}
    for parents, layer in network.with_parents():
        for i, name in enumerate(layer.units):
            x, y = at[name]
            if layer.bias is not None:
                w, h = _box(style, layer.bias[i])
                bottom = y + unit_height / 2 + STUB
                box = (x - w / 2, bottom, x + w / 2, bottom + h)
                bias_places[f"{name}.bias"] = Place(x, bottom + h / 2, box, 0.0)
                fixed.append(box)
                fixed.append((x - 0.4, y + unit_height / 2, x + 0.4, bottom))
            for j, parent in enumerate(parents):
                if layer.has(i, j):
                    w, h = _box(style, layer.weight[i][j])
                    start, end = at[parent], at[name]
                    labels[f"{parent}->{name}"] = Label(
                        (start[0] + wide[parent] / 2, start[1]),
                        (end[0] - wide[name] / 2, end[1]),
                        w,
                        h,
                        0.34,
                    )
    placed = arrange(list(labels.values()), fixed)
    if placed is None:
        return None
    found = dict(zip(labels, placed, strict=True)) | bias_places
    bottom = min(y for _, y in at.values()) - unit_height / 2
    return Sketch(at, wide, found, top - bottom, unit_height)


def _box(style: Style, value: float) -> tuple[float, float]:
    width, height = style.measure(printed(value), "small")
    return width + 1.2, height + 0.5


def draw(
    page: Page,
    network: Network,
    made: Sketch,
    *,
    without: Sequence[str] = (),
    names: bool = True,
    prefix: str = "",
) -> None:
    """Draw a network as it was sketched.

    Args:
        page: where.
        network: as sketched.
        made: from `sketch`.
        without: units and weights that are ablated: dotted, grey, with a cross.
        names: write the activation of each layer below it.
        prefix: where a page has several networks, so that names stay apart.
    """
    style = page.style
    unit_height = made.unit
    write = style.written.unit
    gone = {"color": style.colour("faint"), "linestyle": (0, (1.0, 1.8))}
    for parents, layer in network.with_parents():
        for i, unit in enumerate(layer.units):
            x, y = made.at[unit]
            if layer.bias is not None:
                drawn = gone if unit in without else style.sign(layer.bias[i])
                page.line([x, x], [y + unit_height / 2 + STUB, y + unit_height / 2], **drawn)
            for j, parent in enumerate(parents):
                if layer.has(i, j):
                    off = {parent, unit, f"{parent}->{unit}"} & set(without)
                    value = layer.weight[i][j]
                    drawn = gone if off else style.sign(value)
                    x0, y0 = made.at[parent]
                    page.line(
                        [x0 + made.wide[parent] / 2, x - made.wide[unit] / 2],
                        [y0, y],
                        width="line" if value and not off else "thin",
                        **drawn,
                    )
    for address, place in made.labels.items():
        value = network[address]
        ends = set(address.removesuffix(".bias").split("->")) | {address}
        colour = (
            "muted"
            if value == 0 or ends & set(without)
            else ("negative" if value < 0 else "positive")
        )
        page.text(
            place.x,
            place.y,
            printed(value),
            size="small",
            colour=colour,
            halo="paper",
        )
    for name, (x, y) in made.at.items():
        removed = name in without
        page.shape(
            x,
            y,
            made.wide[name],
            unit_height,
            name=prefix + name,
            fill="panel" if name in network.inputs else "paper",
            edge="faint" if removed else "ink",
            dash=(0, (1.0, 1.8)) if removed else "-",
        )
        page.text(x, y, write(name), on=prefix + name, colour="muted" if removed else "ink")
        if removed:
            page.cross(x, y - unit_height / 2)
    if names:
        bottom = min(y for _, y in made.at.values()) - unit_height / 2 - 3.6
        for said, column in zip(_headings(network), _columns(network), strict=True):
            page.text(made.at[column[0]][0], bottom, said, size="small", colour="muted")


def _headings(network: Network) -> list[str]:
    return ["inputs", *(layer.activation for layer in network.layers)]


def natural_column(network: Network) -> str:
    """Return the narrowest column in which the numbers of a network are read with ease."""
    gaps = len(network.layers)
    most = max(a * b for a, b in zip(network.sizes, network.sizes[1:], strict=False))
    if gaps <= 2 and most <= 8:
        return "single"
    return "one-and-a-half" if gaps <= 3 and most <= 18 else "double"


@plot
def diagram(
    network: Network,
    explanation: Any = None,
    *,
    style: Style,
    domain: Domain | None = None,
    without: Sequence[str] = (),
    name: str = "diagram",
) -> Figure:
    """Draw a network with every weight and bias printed on its edge.

    Args:
        network: any; of more than 45 numbers the matrices are drawn instead.
        explanation: is verified first, and its verdict goes into the caption.
        style: how it looks.
        domain: the inputs that the explanation is about.
        without: units and weights that are shown as ablated.
        name: of the files.

    Raises:
        ToynetsError: the explanation is refuted, or a name in `without` is not there.

    >>> from toynets.zoo import load
    >>> diagram(load("xor-sum").network).numbers["weights"]["h2->y"]
    -2
    """
    record_ = shown(network, explanation, domain)
    for one in without:
        there = (*network.inputs, *network.units, *network.numbers)
        if one not in there:
            raise ToynetsError(unknown("unit or weight", one, network.name, there))
    if not small_enough(network):
        from toynets.plots.matrices import matrix

        return matrix(network, explanation, style=style, domain=domain, name=name)
    natural = natural_column(network)
    first = sketch(style, network, 3.0, style.width(natural) - 3.0, 0.0)
    if first is None or first.height > 160:
        from toynets.plots.matrices import matrix

        return matrix(network, explanation, style=style, domain=domain, name=name)
    page = style.page(height_mm=first.height + 3.0 + 12.5, natural=natural)
    draw(page, network, first.moved(page.height - 2.0), without=without)
    entries = [("positive", style.sign(1)), ("negative", style.sign(-1))]
    if 0 in network.numbers.values():
        entries.append(("0", style.sign(0)))
    if without:
        entries.append(("removed", style.sign(0)))
    keys_at(page, 3.0, 3.0, entries)
    numbers = {"weights": {a: stored(from_float(v)) for a, v in network.numbers.items()}}
    if 0 in network.numbers.values():
        numbers["zero"] = {"key": 0}
    return finish(
        page,
        name,
        numbers=numbers,
        claim=_claim(network, without),
        alt=_alt(network),
        description=describe(network, style),
        shows=[record_],
        keys=sign_keys(style),
    )


def _claim(network: Network, without: Sequence[str]) -> str:
    count = len(network.numbers)
    negative = sum(v < 0 for v in network.numbers.values())
    said = (
        f"Every number of the network stands on its edge: {count} weights and biases, "
        f"{negative} of them negative (dashed). A bias comes in from above its unit."
    )
    if without:
        said += f" Removed (dotted, with a cross): {', '.join(without)}."
    if any(printed(v) != printed(v, 12) for v in network.numbers.values()):
        said += " Numbers are rounded to 3 digits."
    return said


def _alt(network: Network) -> str:
    count = len(network.numbers)
    title = f"Network {network.name}" if network.name else "A network"
    return (
        f"{title[:80]}, {network.text}, as units joined by edges; each of its {count} weights "
        "and biases is printed on its edge, negative ones dashed."
    )[:250]


def describe(network: Network, style: Style) -> str:
    """Return every number of a network as sentences, for listeners.

    >>> from toynets.zoo import load
    >>> describe(load("and").network, Style())[:67]
    'h₁ (relu) receives x₁ times 1, x₂ times 1 and the bias −1. y (ident'
    """
    write = style.written.unit
    sentences = []
    for parents, layer in network.with_parents():
        for i, unit in enumerate(layer.units):
            terms = [
                f"{write(p)} times {printed(layer.weight[i][j])}"
                for j, p in enumerate(parents)
                if layer.has(i, j)
            ]
            said = ", ".join(terms) or "nothing"
            if layer.bias is not None:
                said += f" and the bias {printed(layer.bias[i])}"
            sentences.append(f"{write(unit)} ({layer.activation}) receives {said}.")
    return " ".join(sentences)
