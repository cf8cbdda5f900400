"""Incoming weights as pictures: what a unit looks for in an image, and the image it likes best."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from toynets.errors import ToynetsError, unknown
from toynets.exact import Machine
from toynets.fields import record
from toynets.plots.cells import bar, grid
from toynets.plots.figure import Figure, Key, finish, shown, sign_keys
from toynets.plots.numbers import stored, to_number
from toynets.plots.panels import finite, signed_bar
from toynets.plots.style import Style, plot
from toynets.rationals import workprec

if TYPE_CHECKING:
    from toynets.domain import Domain
    from toynets.network import Network
    from toynets.plots.page import Page

SIDE = 22.0  # mm of a picture
MOST_INPUTS = 32


@record(frozen=True)
class Picture:
    """What a unit looks for.

    Attributes:
        unit: its name.
        weights: a row of the image each.
        best: the input of the domain where it is largest, as rows.
        label: of that input.
        responses: its activation on every input of the domain, exact.
    """

    unit: str
    weights: tuple[tuple[float, ...], ...]
    best: tuple[tuple[float, ...], ...]
    label: str
    responses: tuple[Any, ...]


def pictures_of(
    network: Network, domain: Domain, shape: tuple[int, int], units: Sequence[str] = ()
) -> list[Picture]:
    """Read the incoming weights of units as images.

    Args:
        network: whose inputs are the pixels of an image, row by row.
        domain: finite.
        shape: rows and columns of the image.
        units: of the first layer; default all.

    Raises:
        ToynetsError: another number of pixels, or a unit that is not in the first layer.

    >>> from toynets.zoo import load
    >>> bars = load("bars")
    >>> found = pictures_of(bars.network, bars.task.domain, (4, 4))
    >>> found[0].weights[0], found[1].weights[0]
    ((0.25, 0.25, 0.25, 0.25), (-0.25, -0.25, -0.25, -0.25))
    """
    rows, columns = shape
    if rows * columns != len(network.inputs):
        raise ToynetsError(
            f"an image of {rows} x {columns} has {rows * columns} pixels, but the network has "
            f"{len(network.inputs)} inputs.",
            fix="give the rows and the columns of the image: shape=(4, 4).",
        )
    first = network.layers[0].units
    for unit in units:
        if unit not in first:
            raise ToynetsError(unknown("unit of the first layer", unit, network.name, first))

    def image(values: Sequence[float]) -> tuple[tuple[float, ...], ...]:
        return tuple(tuple(values[r * columns : (r + 1) * columns]) for r in range(rows))

    machine = Machine(network, domain)
    found = []
    with workprec():
        runs = [machine.values(x) for x in domain.rows]
    for unit in units or first:
        weights = [network.numbers.get(f"{x}->{unit}", 0.0) for x in network.inputs]
        responses = tuple(run[unit] for run in runs)
        sizes = [to_number(v) for v in responses]
        top = sizes.index(max(sizes))
        best = [to_number(v) for v in domain.rows[top]]
        found.append(Picture(unit, image(weights), image(best), domain.labels[top], responses))
    return found


def draw_picture(
    page: Page, x: float, top: float, side: float, values: Sequence[Sequence[float]], limit: float
) -> None:
    """Draw an image whose pixels are tinted, those below 0 hatched.

    Args:
        page: where.
        x, top: the upper left corner, in mm.
        side: of the longer side, in mm.
        values: rows of pixels.
        limit: the value with the deepest tint.
    """
    size = side / max(len(values), len(values[0]))
    grid(page, x, top, (size, size), values, limit=limit, numbers=False)
    wide, high = size * len(values[0]), size * len(values)
    page.shape(x + wide / 2, top - high / 2, wide, high, fill="none", edge="muted", line="thin",
               round=0, order=2)  # fmt: skip


def draw_responses(
    page: Page, x: float, y: float, width: float, height: float, found: Picture
) -> None:
    """Draw the activation on every input of the domain as bars.

    Args:
        page: where.
        x, y: the lower left corner, in mm.
        width, height: in mm.
        found: of one unit.
    """
    sizes = [to_number(v) for v in found.responses]
    top = max(map(abs, sizes)) or 1.0
    limits = (min(0.0, min(sizes)) * 1.1, 1.15 * top)
    across = (-0.6, len(sizes) - 0.4)
    axes = page.axes(x, y, width, height, across=across, up=limits, ticks_up=[0, round(top, 3)])
    axes.set_xticks([])
    for k, size in enumerate(sizes):
        signed_bar(page, axes, k, size, across=False, thick=0.6)


@plot
def pictures(
    network: Network,
    explanation: Any = None,
    *,
    style: Style,
    domain: Domain | None = None,
    shape: tuple[int, int] | None = None,
    units: Sequence[str] = (),
    name: str = "pictures",
) -> Figure:
    """Draw the incoming weights of units as images, with the inputs that they like best.

    Args:
        network: whose inputs are pixels, row by row.
        explanation: is verified first.
        style: how it looks.
        domain: finite, or a box whose corners are taken; default all bits.
        shape: rows and columns of the image; default a square.
        units: of the first layer; default all, at most 6.
        name: of the files.

    Raises:
        ToynetsError: another number of pixels, or more units than can be drawn.

    >>> from toynets.zoo import load
    >>> bars = load("bars")
    >>> pictures(bars.network, domain=bars.task.domain).numbers["upper"]["largest"]
    1
    """
    record_ = shown(network, explanation, domain)
    domain = finite(network, domain, MOST_INPUTS)
    side = round(len(network.inputs) ** 0.5)
    shape = shape or (side, side)
    found = pictures_of(network, domain, shape, units)
    if len(found) > 6 or len(domain.rows) > MOST_INPUTS:
        raise ToynetsError(
            f"{len(found)} units on {len(domain.rows)} inputs are too many for one figure.",
            fix=f"name at most 6: units=(…), and a domain of at most {MOST_INPUTS} inputs.",
        )
    page = style.page(height_mm=30.0 * len(found) + 12, natural="one-and-a-half")
    limit = max(abs(w) for p in found for row in p.weights for w in row) or 1.0
    numbers: dict[str, Any] = {"scale": {"limit": limit, "low": -limit}}
    for k, one in enumerate(found):
        top = page.height - 8 - 30.0 * k
        page.letter(3, top + 2, "abcdef"[k], style.written.unit(one.unit))
        draw_picture(page, 18, top, SIDE, one.weights, limit)
        draw_picture(page, 48, top, SIDE, one.best, 1.0)
        draw_responses(page, 82, top - SIDE, 42, SIDE, one)
        sizes = [to_number(v) for v in one.responses]
        numbers[one.unit] = {
            "weights": [list(row) for row in one.weights],
            "best input": one.label,
            "responses": [stored(v) for v in one.responses],
            "largest": stored(one.responses[sizes.index(max(sizes))]),
            "ticks": [0, round(max(map(abs, sizes)), 3)],
        }
    for x, said in ((29, "weights"), (59, "preferred input"), (103, "response to each input")):
        page.text(x, 6.5, said, size="small", colour="muted")
    bar(page, 14, 2.4, 16, limit)
    return finish(
        page,
        name,
        numbers=numbers,
        claim=f"Incoming weights of {len(found)} units as pictures of {shape[0]} × {shape[1]} "
        "pixels, the input of the domain on which each is largest, and its activation on all of "
        "them.",
        alt=f"Pictures of the incoming weights of {len(found)} units, beside each the input it "
        "likes best and bars of its response to every input.",
        description="Plain pixels excite, hatched ones inhibit. "
        + " ".join(f"{p.unit} is largest on {p.label}." for p in found),
        shows=[record_],
        keys=(*sign_keys(style)[:1], Key("negative", style.colour("negative"), "--", hatch="/")),
        maps=len(found),
    )
