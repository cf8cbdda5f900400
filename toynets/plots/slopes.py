"""A function of one input, built up: each unit's pre-activation, activation, share, and the sum."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toynets.errors import ToynetsError
from toynets.plots.figure import Figure, finish, shown, sign_keys
from toynets.plots.inputs import exact, floats, is_piecewise, open_box, points_of, range_of
from toynets.plots.numbers import printed, stored, to_number
from toynets.plots.style import Style, plot

if TYPE_CHECKING:
    from toynets.domain import Domain
    from toynets.network import Network
    from toynets.plots.page import Page

MOST_UNITS = 6
PANEL = (31.0, 15.0)  # mm
TOP, FOOT = 5.0, 10.0


@plot
def build_up(
    network: Network,
    explanation: Any = None,
    *,
    style: Style,
    domain: Domain | None = None,
    name: str = "build_up",
) -> Figure:
    """Draw how the units of the last hidden layer add up to a function of one input.

    A row for each unit: its pre-activation, its activation, and that times its outgoing weight; on
    the right their sum with the output's bias, joints marked.

    Args:
        network: of one input and one output, at most 6 units in its last hidden layer.
        explanation: is verified first, and its verdict goes into the caption.
        style: how it looks.
        domain: an interval, or inputs around which the curves are drawn.
        name: of the files.

    Raises:
        ToynetsError: more inputs, outputs or units, a box of one point, or the explanation is
            refuted.

    >>> from toynets.zoo import load
    >>> build_up(load("abs").network).numbers["joints"]
    [0]
    """
    from toynets.exact import Machine

    if len(network.inputs) != 1 or len(network.outputs) != 1 or len(network.layers) < 2:
        raise ToynetsError(
            f"a build-up is drawn of one input and one output; {network.name or 'the network'} "
            f"is {network.text}.",
            fix="toynets plot regions draws two inputs, toynets plot trace any number.",
        )
    units = network.layers[-2].units
    if len(units) > MOST_UNITS:
        raise ToynetsError(
            f"{len(units)} units do not fit below each other: {MOST_UNITS} at most.",
            fix="toynets plot trace shows what each unit does as a table.",
        )
    open_box(network, domain, "a build-up")
    shows = shown(network, explanation, domain)
    low, high = range_of(network, domain)
    points, joints = points_of(network, low, high)
    machine = Machine(network)
    with machine.precision():
        runs = [machine.values((x,)) for x in points]
    xs = floats(points)
    output = network.outputs[0]
    curves: dict[str, list[float]] = {output: floats([run[f"{output}.pre"] for run in runs])}
    for unit in units:
        weight = to_number(exact(network.numbers.get(f"{unit}->{output}", 0.0)))
        curves[f"{unit}.pre"] = floats([run[f"{unit}.pre"] for run in runs])
        curves[unit] = floats([run[unit] for run in runs])
        curves[f"{unit}->{output}"] = [weight * v for v in curves[unit]]
    page = style.page(height_mm=TOP + FOOT + len(units) * (PANEL[1] + 5.0), natural="double")
    ticks = _draw(page, network, units, xs, curves, joints)
    numbers = {
        "x": [stored(v) for v in points] if joints else xs,
        "curves": {k: [round(v, 9) for v in values] for k, values in curves.items()},
        "joints": [stored(j) for j in joints],
        "weights": {a: stored(exact(v)) for a, v in network.numbers.items()},
        "ticks": ticks,
    }
    where = ", ".join(printed(j) for j in joints)
    bends = f"It bends at {where}." if joints else "Its units are curved, so it has no joints."
    if not joints and is_piecewise(network):
        bends = "It is straight here: none of its joints is in between."
    return finish(
        page,
        name,
        numbers=numbers,
        claim=f"From left to right: what enters each of the {len(units)} units, what leaves it, "
        f"and what it adds to the output; on the right the sum. {bends}",
        alt=f"{len(units)} rows of three small curves, a row for each unit of "
        f"{(network.name or 'a network')[:60]}: pre-activation, activation, weighted activation; "
        "their sum on the right.",
        description=_description(network, units, xs, curves, output),
        shows=[shows],
        keys=sign_keys(style),
    )


def _draw(
    page: Page,
    network: Network,
    units: tuple[str, ...],
    xs: list[float],
    curves: dict[str, list[float]],
    joints: list[Any],
) -> dict[str, list[float]]:
    style = page.style
    write = style.written
    output = network.outputs[0]
    x_name = write.unit(network.inputs[0])
    gap = (page.width - 4.0 - 4 * PANEL[0] - 14.0) / 4
    lefts = [14.0 + k * (PANEL[0] + gap) for k in range(4)]
    lefts[3] = page.width - PANEL[0] - 4.0
    ends = (xs[0], xs[-1])
    ticks = [xs[0], *floats(joints), xs[-1]]
    ticks = ticks if len(ticks) <= 5 else [xs[0], xs[-1]]
    # One height for all panels of a column, so that their curves compare.
    spans = [
        _span([v for u in units for v in curves[key.format(u)]])
        for key in ("{}.pre", "{}", "{}->" + output)
    ]
    titles = ("enters", "leaves", f"adds to {write.unit(output)}")
    for k, title in enumerate(titles):
        page.text(lefts[k], page.height - 4.5, title, bold=True, align="left", level="baseline")
    page.text(lefts[3], page.height - 4.5, "the sum", bold=True, align="left", level="baseline")
    for r, unit in enumerate(units):
        bottom = FOOT + (len(units) - 1 - r) * (PANEL[1] + 5.0)
        value = network.numbers.get(f"{unit}->{output}", 0.0)
        said = (
            f"{write.unit(unit)} before",
            f"{network.activation_of(unit)}",
            f"{printed(value)} · {write.unit(unit)}",
        )
        page.text(4.0, bottom + PANEL[1] / 2, write.unit(unit), bold=True)
        for k, key in enumerate((f"{unit}.pre", unit, f"{unit}->{output}")):
            last = r == len(units) - 1
            axes = page.axes(
                lefts[k], bottom, *PANEL,
                across=ends, up=spans[k],
                ticks_across=ticks if last else (), ticks_up=_ticks(spans[k]),
                name_across=x_name if last else "", zero=True,
            )  # fmt: skip
            drawn = {"colour": "ink"} if k < 2 else style.sign(value)
            page.line(xs, curves[key], axes=axes, order=3, **drawn)
            page.text(lefts[k] + 1.2, bottom + PANEL[1] + 1.6, said[k], size="small",
                      colour="muted", align="left")  # fmt: skip
    middle = FOOT + (len(units) * (PANEL[1] + 5.0) - 5.0) / 2
    tall = min(34.0, len(units) * (PANEL[1] + 5.0) - 5.0)
    total = curves[output]
    span = _span(total)
    axes = page.axes(
        lefts[3], middle - tall / 2, PANEL[0], tall,
        across=ends, up=span, ticks_across=ticks, ticks_up=_ticks(span), name_across=x_name,
        zero=True,
    )  # fmt: skip
    page.line(xs, total, axes=axes, width="thick", order=3)
    for joint in floats(joints):
        page.marker(joint, _at(xs, total, joint), axes=axes, points=3.6, fill="paper")
    bias = network.numbers.get(f"{output}.bias", 0.0)
    page.text(
        lefts[3] + 1.2, middle + tall / 2 + 1.6,
        f"with the bias {printed(bias)}",
        size="small", colour="muted", align="left",
    )  # fmt: skip
    found = {"x": ticks, output: list(_ticks(span))}
    for key, one in zip(("enters", "leaves", "adds"), spans, strict=True):
        found[key] = list(_ticks(one))
    return found


def _at(xs: list[float], ys: list[float], x: float) -> float:
    """Return a curve's height at one of its points."""
    return ys[min(range(len(xs)), key=lambda k: abs(xs[k] - x))]


def _span(values: list[float]) -> tuple[float, float]:
    low, high = min(*values, 0.0), max(*values, 0.0)
    room = (high - low or 1.0) * 0.08
    return low - room, high + room


def _ticks(span: tuple[float, float]) -> list[float]:
    """Return 0 and the round numbers nearest to both ends.

    >>> _ticks((-3.3, 6.6)), _ticks((0.0, 0.9))
    ([-3.0, 0.0, 6.0], [0.0, 0.8])
    """
    import math

    found = [0.0]
    widest = max(abs(span[0]), abs(span[1]))
    unit = 10.0 ** math.floor(math.log10(widest))
    unit = unit / 5 if widest / unit < 2 else unit / 2 if widest / unit < 5 else unit
    for end in span:
        near = math.trunc(end / unit * 0.98) * unit
        if near and abs(near) > 0.18 * (span[1] - span[0]):
            found.append(round(near, 9))
    return sorted(found)


def _description(
    network: Network,
    units: tuple[str, ...],
    xs: list[float],
    curves: dict[str, list[float]],
    output: str,
) -> str:
    x = network.inputs[0]
    parts = []
    for unit in units:
        value = network.numbers.get(f"{unit}->{output}", 0.0)
        first, last = curves[f"{unit}->{output}"][0], curves[f"{unit}->{output}"][-1]
        parts.append(
            f"{unit} ({network.activation_of(unit)}) counts {printed(value)} times: it adds "
            f"{printed(first)} at {x} = {printed(xs[0])} and {printed(last)} at {printed(xs[-1])}."
        )
    total = curves[output]
    ends = f"The sum is {printed(total[0])} on the left and {printed(total[-1])} on the right."
    return " ".join([*parts, ends])
