"""A network of two inputs as a map: its linear regions, their joints as exact lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.plots.cells import MAP_HATCH, bar, tint
from toynets.plots.figure import Figure, finish, shown, sign_keys
from toynets.plots.inputs import domain_of, is_piecewise, open_box, range_of, rows_of
from toynets.plots.numbers import counted, printed, stored, to_number
from toynets.plots.style import Style, plot
from toynets.rationals import rational

if TYPE_CHECKING:
    from toynets.network import Network
    from toynets.plots.page import Page

BANDS = 8  # tints on either side of 0
SAMPLES = 40  # cells a side, of a network with curved units
SIDE = 56.0  # mm
MOST_REGIONS = 400


def pieces_of(network: Network, box: Any) -> list[tuple[list[tuple[float, float]], list[float]]]:
    """Return the regions of a box as (corners, affine function of the first output), as floats."""
    from toynets.verification.proofs.regions import regions as exact_regions

    found = []
    for region in exact_regions(network, box, limit=MOST_REGIONS):
        if len(region.vertices) < 3:
            continue
        corners = [(float(x), float(y)) for x, y in region.vertices]
        found.append((corners, [float(v) for v in region.affine[0]]))
    return found


def draw_map(
    page: Page,
    axes: Any,
    network: Network,
    box: Any,
    limit: float,
    *,
    joints: bool = True,
) -> int:
    """Fill axes with the tints of a network's first output, and draw its joints; return how many
    regions there are.

    Args:
        page: for its style.
        axes: whose limits are the box.
        network: of two inputs and straight pieces.
        box: a box `Domain` of two inputs.
        limit: of the tints.
        joints: draw the borders between the regions.
    """
    pieces = pieces_of(network, box)
    for corners, affine in pieces:
        for low, high, part in bands(corners, affine, limit):
            page.polygon(
                part,
                fill=tint(page.style, (low + high) / 2, limit),
                hatch=MAP_HATCH if low + high < 0 else "",
                axes=axes,
                order=0.5,
            )
    if joints:
        for a, b in _borders(pieces):
            page.line([a[0], b[0]], [a[1], b[1]], axes=axes, colour="ink", width="thin", order=2)
    return len(pieces)


def bands(
    corners: Sequence[tuple[float, float]], affine: Sequence[float], limit: float
) -> list[tuple[float, float, list[tuple[float, float]]]]:
    """Cut a region along the level lines of an affine function, at equal steps.

    Returns:
        (lower value, upper value, corners) of each band that is not empty.

    >>> len(bands([(0, 0), (1, 0), (1, 1), (0, 1)], [1.0, 0.0, 0.0], 1.0))
    8
    """
    heights = [affine[0] * x + affine[1] * y + affine[2] for x, y in corners]
    if max(heights) - min(heights) < 1e-9:
        return [(heights[0], heights[0], list(corners))]
    step = limit / BANDS
    found = []
    first, last = int(min(heights) // step), int(max(heights) // step)
    for k in range(first, last + 1):
        low, high = k * step, (k + 1) * step
        part = _above(list(corners), affine, low, 1.0)
        part = _above(part, affine, high, -1.0)
        if len(part) >= 3 and _area(part) > 1e-9:
            found.append((low, high, part))
    return found


def _above(
    corners: list[tuple[float, float]], affine: Sequence[float], level: float, side: float
) -> list[tuple[float, float]]:
    """Return the part of a polygon where side · (function − level) is at least 0."""
    kept: list[tuple[float, float]] = []
    for k in range(len(corners)):
        a, b = corners[k - 1], corners[k]
        ha = side * (affine[0] * a[0] + affine[1] * a[1] + affine[2] - level)
        hb = side * (affine[0] * b[0] + affine[1] * b[1] + affine[2] - level)
        if (ha < 0 < hb) or (hb < 0 < ha):
            t = ha / (ha - hb)
            kept.append((a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])))
        if hb >= 0:
            kept.append(b)
    return kept


def _area(corners: Sequence[tuple[float, float]]) -> float:
    total = 0.0
    for k in range(len(corners)):
        (x0, y0), (x1, y1) = corners[k - 1], corners[k]
        total += x0 * y1 - x1 * y0
    return abs(total) / 2


def _borders(pieces: list[Any]) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Return the sides that two regions share, each once."""
    seen: dict[Any, int] = {}
    where = {}
    for corners, _ in pieces:
        for k in range(len(corners)):
            a, b = sorted((corners[k - 1], corners[k]))
            key = tuple(round(v, 9) for v in (*a, *b))
            seen[key] = seen.get(key, 0) + 1
            where[key] = (a, b)
    return [where[key] for key, count in seen.items() if count > 1]


def box_of(network: Network, domain: Domain | None) -> Domain:
    """Return the box that is drawn: the domain's, or its inputs with some room around them."""
    domain = domain_of(network, domain)
    if domain.bounds is not None:
        return Domain.box(domain.bounds)
    ends = []
    for k in range(len(network.inputs)):
        low, high = range_of(network, domain, k)
        # Half as much room as the inputs are apart: range_of leaves as much.
        ends.append((low + rational("1/2"), high - rational("1/2")))
    return Domain.box(ends)


@plot
def regions(
    network: Network,
    explanation: Any = None,
    *,
    style: Style,
    domain: Domain | None = None,
    name: str = "regions",
) -> Figure:
    """Draw a network of two inputs as a map of its first output, joints as exact lines.

    Args:
        network: of two inputs; of straight pieces (curved ones are tinted square by square).
        explanation: is verified first, and its verdict goes into the caption.
        style: how it looks.
        domain: a box, or inputs around which the map is drawn, with a marker on each.
        name: of the files.

    Raises:
        ToynetsError: not two inputs, an edge of the box without width, or the explanation is
            refuted.

    >>> from toynets.zoo import load
    >>> regions(load("xor-sum").network).numbers["regions"]
    3
    """
    from toynets.exact import Machine

    if len(network.inputs) != 2:
        raise ToynetsError(
            f"a map has two inputs; {network.name or 'the network'} is {network.text}.",
            fix="toynets plot build-up draws one input, toynets plot trace any number.",
        )
    open_box(network, domain, "a map")
    shows = shown(network, explanation, domain)
    box = box_of(network, domain)
    (a, b), (c, d) = box.bounds or ()
    machine = Machine(network)
    whole = domain_of(network, domain)
    marked = [] if whole.kind == "box" else rows_of(network, domain, 64)
    with machine.precision():
        values = {row: machine.outcome(row)[0] for row in marked}
        corners = [machine.outcome(row)[0] for row in ((a, c), (a, d), (b, c), (b, d))]
    straight = is_piecewise(network)
    pieces = pieces_of(network, box) if straight else []
    heights = [abs(f[0] * x + f[1] * y + f[2]) for polygon, f in pieces for x, y in polygon] or [
        abs(to_number(v)) for v in (*corners, *values.values())
    ]
    limit = max(heights) or 1.0
    page = style.page(height_mm=SIDE + 25.0)
    left = (page.width - SIDE) / 2
    write = style.written.unit
    ticks = [[to_number(v) for v in ends] for ends in ((a, b), (c, d))]
    for k, tick in enumerate(ticks):
        inner = sorted({to_number(row[k]) for row in marked})
        ticks[k] = sorted({*tick, *inner}) if len(inner) <= 4 else tick
    axes = page.axes(
        left, 18.0, SIDE, SIDE,
        across=(to_number(a), to_number(b)), up=(to_number(c), to_number(d)),
        ticks_across=ticks[0], ticks_up=ticks[1],
        name_across=write(network.inputs[0]), name_up=write(network.inputs[1]), box=True,
    )  # fmt: skip
    count = (
        draw_map(page, axes, network, box, limit)
        if straight
        else _squares(page, axes, network, box, limit)
    )
    for row, value in values.items():
        x, y = to_number(row[0]), to_number(row[1])
        page.marker(x, y, axes=axes, points=4.0, fill="paper")
        inset = 0.075 * to_number(d - c)
        said = printed(value) if straight else printed(round(to_number(value), 3))
        page.text(x, y + inset, said, axes=axes, size="small", halo="paper")
    bar(page, left, 4.5, 22.0, limit, f"{write(network.outputs[0])}", hatched=True)
    how = "their borders are exact lines" if count > 1 else "the box is within it"
    how = how if straight else "as its units are curved"
    kind = counted(count, "linear region") if straight else f"{count} squares, each of one tint"
    return finish(
        page,
        name,
        numbers={
            "regions": count if straight else 0,
            "joints": [[stored(v) for p in line for v in p] for line in _borders(pieces)],
            "marked": {", ".join(map(printed, row)): stored(v) for row, v in values.items()},
            "ticks": ticks,
            "scale": {"limit": limit},
        },
        claim=f"The output {network.outputs[0]} over two inputs: {kind}"
        f", {how}.",
        alt=f"A map of {(network.name or 'a network')[:60]} over two inputs: {kind}, tinted by the "
        "output, positive and negative apart.",
        description=f"The box {box.text}. " + " ".join(
            f"At ({', '.join(map(printed, row))}) the output is {printed(v)}."
            for row, v in values.items()
        ) + " " + "; ".join(
            f"a region where it is {printed(f[0])}·{network.inputs[0]} + "
            f"{printed(f[1])}·{network.inputs[1]} + {printed(f[2])}" for _, f in pieces[:12]
        ),
        shows=[shows],
        keys=sign_keys(style),
        maps=1,
    )  # fmt: skip


def _squares(page: Page, axes: Any, network: Network, box: Any, limit: float) -> int:
    """Tint a network with curved units square by square, each by its middle."""
    from toynets.exact import Machine

    (a, b), (c, d) = box.bounds
    machine = Machine(network)
    xs = [to_number(a + (b - a) * i / SAMPLES) for i in range(SAMPLES + 1)]
    for j in range(SAMPLES):
        low, high = c + (d - c) * j / SAMPLES, c + (d - c) * (j + 1) / SAMPLES
        y0, y1 = to_number(low), to_number(high)
        below: list[int] = []  # the squares of this row whose tint is below 0
        for i in range(SAMPLES):
            middle = a + (b - a) * (2 * i + 1) / (2 * SAMPLES)
            value = to_number(machine.outcome((middle, (low + high) / 2))[0])
            level = round(value / limit * BANDS)
            fill = tint(page.style, level / BANDS * limit, limit)
            corners = [(xs[i], y0), (xs[i + 1], y0), (xs[i + 1], y1), (xs[i], y1)]
            page.polygon(corners, fill=fill, edge=fill, axes=axes, order=0.5)
            below += [i] if level < 0 else []
        for first, last in _runs(below):
            page.polygon(
                [(xs[first], y0), (xs[last + 1], y0), (xs[last + 1], y1), (xs[first], y1)],
                fill="none", hatch=MAP_HATCH, axes=axes, order=0.6,
            )  # fmt: skip
    return SAMPLES * SAMPLES


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    """Return first and last of each run of numbers that follow each other.

    >>> _runs([0, 1, 2, 5])
    [(0, 2), (5, 5)]
    """
    found: list[tuple[int, int]] = []
    for k in numbers:
        if found and found[-1][1] == k - 1:
            found[-1] = (found[-1][0], k)
        else:
            found.append((k, k))
    return found
