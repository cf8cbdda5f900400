"""Cosine units: the weights of a unit over inputs in a circle, with amplitude and phase."""

from __future__ import annotations

import cmath
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from toynets.errors import ToynetsError
from toynets.fields import record
from toynets.plots.figure import Figure, Key, finish, shown
from toynets.plots.numbers import printed
from toynets.plots.style import Style, plot

if TYPE_CHECKING:
    from toynets.domain import Domain
    from toynets.network import Network
    from toynets.plots.page import Page

STEPS = 96
MOST_PANELS = 24


@record(frozen=True)
class Wave:
    """The weights of one unit over p places, and the cosine that is nearest to them.

    Attributes:
        unit: its name.
        weights: one a place.
        frequency: turns on the way round, at least 1.
        amplitude: of the cosine.
        phase: in turns, from -1/2 to 1/2: where its crest is, in turns of the cosine.
        mean: of the weights.
        share: of the power that is not of the mean which that frequency has.
    """

    unit: str
    weights: tuple[float, ...]
    frequency: int
    amplitude: float
    phase: float
    mean: float
    share: float

    def at(self, place: float) -> float:
        """Return the height of the cosine between places as well."""
        turns = self.frequency * place / len(self.weights) - self.phase
        return self.mean + self.amplitude * math.cos(2 * math.pi * turns)


def wave_of(unit: str, weights: Sequence[float]) -> Wave:
    """Return the strongest frequency of some weights.

    Args:
        unit: for its name.
        weights: at least 3, in the order of the places.

    Raises:
        ToynetsError: fewer than 3 weights.

    >>> found = wave_of("h1", [math.cos(2 * math.pi * (2 * k / 5 - 0.1)) for k in range(5)])
    >>> found.frequency, round(found.amplitude, 9), round(found.phase, 9), round(found.share, 9)
    (2, 1.0, 0.1, 1.0)
    """
    p = len(weights)
    if p < 3:
        raise ToynetsError(
            f"a cosine needs weights of at least 3 places, but {unit} has {p}.",
            fix="name the inputs that stand in a circle, in their order: inputs=('a0', 'a1', …).",
        )
    turns = {
        k: sum(w * cmath.exp(-2j * math.pi * k * j / p) for j, w in enumerate(weights))
        for k in range(1, p // 2 + 1)
    }
    twice = {k: 1 if 2 * k == p else 2 for k in turns}
    power = {k: twice[k] * abs(z) ** 2 for k, z in turns.items()}
    total = sum(power.values())
    best = max(power, key=lambda k: (round(power[k], 12), -k))
    value = turns[best]
    return Wave(
        unit,
        tuple(map(float, weights)),
        best,
        twice[best] * abs(value) / p,
        -cmath.phase(value) / (2 * math.pi) if abs(value) > 1e-12 else 0.0,
        sum(weights) / p,
        power[best] / total if total else 0.0,
    )


def draw_wave(
    page: Page, x: float, y: float, width: float, height: float, found: Wave, limit: float
) -> None:
    """Draw weights as points and their cosine as a line.

    Args:
        page: where.
        x, y: the lower left corner, in mm.
        width, height: in mm.
        found: of one unit.
        limit: the size of weight that fills the height.
    """
    p = len(found.weights)
    axes = page.axes(
        x, y, width, height, across=(-0.4, p - 0.6), up=(-1.2 * limit, 1.2 * limit), zero=True
    )
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.spines["left"].set_visible(False)
    places = [(p - 1) * k / STEPS for k in range(STEPS + 1)]
    page.line(places, [found.at(k) for k in places], axes=axes, colour="muted")
    for k, weight in enumerate(found.weights):
        page.marker(k, weight, points=3.6, fill="positive", edge="positive", axes=axes)


@plot
def cosines(
    network: Network,
    explanation: Any = None,
    *,
    style: Style,
    domain: Domain | None = None,
    inputs: Sequence[str] = (),
    name: str = "cosines",
) -> Figure:
    """Draw the weights of every unit of the first layer over inputs that stand in a circle.

    Args:
        network: any.
        explanation: is verified first.
        style: how it looks.
        domain: what the explanation is about.
        inputs: in their order round the circle; default all.
        name: of the files.

    Raises:
        ToynetsError: fewer than 3 inputs, or more units than can be drawn.

    >>> from toynets.zoo import load
    >>> clock = load("add-mod-5-clock").network
    >>> made = cosines(clock, inputs=["a0", "a1", "a2", "a3", "a4"])
    >>> round(made.numbers["cc"]["share"], 6), made.numbers["cc"]["frequency"]
    (1.0, 1)
    """
    first = network.layers[0].units
    chosen = tuple(inputs) or network.inputs
    if len(first) > MOST_PANELS:
        raise ToynetsError(
            f"{len(first)} units are too many for one figure of cosines.",
            fix=f"{MOST_PANELS} are the most.",
        )
    record_ = shown(network, explanation, domain)
    waves = [wave_of(u, [network.numbers.get(f"{x}->{u}", 0.0) for x in chosen]) for u in first]
    limit = max(abs(w) for one in waves for w in one.weights) or 1.0
    across = 4
    rows = -(-len(waves) // across)
    page = style.page(height_mm=30.0 * rows + 4, natural="one-and-a-half")
    for k, one in enumerate(waves):
        left, top = 3 + 31.5 * (k % across), page.height - 4 - 30.0 * (k // across)
        said = f"{printed(one.amplitude)}, {printed(one.phase, 2)} turns"
        page.letter(left, top - 2, style.written.unit(one.unit))
        draw_wave(page, left, top - 21, 27, 17, one, limit)
        page.text(left + 13.5, top - 24, said, size="small", colour="muted")
    least = min(one.share for one in waves)
    return finish(
        page,
        name,
        numbers={
            one.unit: {
                "weights": list(one.weights),
                "frequency": one.frequency,
                "amplitude": one.amplitude,
                "phase": one.phase,
                "share": one.share,
            }
            for one in waves
        }
        | {"places": len(chosen)},
        claim=f"Weights of {len(waves)} units over {len(chosen)} places in a circle (points) and "
        "the nearest cosine (line) with its amplitude and phase, which has at least "
        f"{printed(100 * least)} % of their power.",
        alt=f"Small plots of the weights of {len(waves)} units over {len(chosen)} places, with the "
        "cosine nearest to each, its amplitude and its phase.",
        description=" ".join(
            f"{one.unit}: {one.frequency} turns round, amplitude {printed(one.amplitude)}, phase "
            f"{printed(one.phase)} turns."
            for one in waves
        ),
        shows=[record_],
        keys=(Key("weight", style.colour("positive"), marker="o"),),
    )
