"""What the superposed features share: each is a corner of a polygon in the plane of two units.

Feature 1 lies at (p, q), and feature i at (p, q) turned by `steps[i]` steps of a whole turn by
`corners`. Its two numbers are its weights into h1 and h2, and those from them to y_i, tied.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping

Steps = Mapping[int, int]
GAIN = "(p*p + q*q)"


class Polygon:
    """Texts about one network: features 1, 2, … at corners of a polygon, outputs relu(… - b).

    Args:
        steps: feature -> corner, feature 1 at corner 0.
        corners: of the polygon.
        at: p and q, as numbers: they decide which weights are positive.
        biased: whether the outputs have a bias -b, else 0.
    """

    def __init__(
        self, steps: Steps, corners: int, at: tuple[float, float], biased: bool = True
    ) -> None:
        self.steps = dict(steps)
        self.corners = corners
        self.at = at
        self.biased = biased

    @property
    def ties(self) -> dict[str, tuple[str, str]]:
        """Group -> the two weights that share one number."""
        return {f"x{i}_h{k}": (f"x{i}->h{k}", f"h{k}->y{i}") for k in (1, 2) for i in self.steps}

    @property
    def less(self) -> str:
        """The bias as it stands in a sum."""
        return " - b" if self.biased else ""

    def turned(self, function: str, step: int) -> str:
        """Write a cosine or sine of some steps.

        >>> Polygon({1: 0}, 5, (1, 0)).turned("cos", 2)
        'cos(4*pi/5)'
        """
        return f"{function}({2 * step}*pi/{self.corners})"

    def place(self, i: int, axis: int) -> str:
        """Write one coordinate of a feature.

        >>> Polygon({1: 0, 2: 1}, 5, (1, 0)).place(2, 1)
        '(p*cos(2*pi/5) - q*sin(2*pi/5))'
        """
        step = self.steps[i]
        if not step:
            return ("p", "q")[axis - 1]
        cos, sin = self.turned("cos", step), self.turned("sin", step)
        return f"(p*{cos} - q*{sin})" if axis == 1 else f"(q*{cos} + p*{sin})"

    def value(self, i: int, axis: int) -> float:
        """Return one coordinate of a feature as a number."""
        p, q = self.at
        angle = 2 * math.pi * self.steps[i] / self.corners
        first, second = math.cos(angle), math.sin(angle)
        return p * first - q * second if axis == 1 else q * first + p * second

    def weights(self) -> dict[str, tuple[str, str, str]]:
        """State every tied number and every bias."""
        found = {}
        for axis in (1, 2):
            for i, step in self.steps.items():
                value = self.value(i, axis)
                role = "no effect" if value == 0 else "excites" if value > 0 else "inhibits"
                turn = f"{360 * step / self.corners:g} degrees from feature 1"
                why = f"coordinate {axis} of feature {i}, {turn}, both in and out"
                found[f"x{i}_h{axis}"] = (self.place(i, axis), role, why)
        for i in self.steps:
            found[f"y{i}.bias"] = (
                ("-b", "sets threshold", "keeps out what neighbours bring in")
                if self.biased
                else ("0", "no effect", "nothing to keep out: no angle is below 90 degrees")
            )
        return found

    def read(self, axis: int) -> str:
        """Write what a hidden unit computes."""
        return " + ".join(f"{self.place(i, axis)}*x{i}" for i in self.steps)

    def near(self, i: int, without: Collection[int] = ()) -> str:
        """Write what output i hears: its own feature, and of each other the cosine of the angle.

        >>> Polygon({1: 0, 2: 1, 3: 2}, 3, (1, 0)).near(1)
        'x1 + cos(2*pi/3)*x2 + cos(2*pi/3)*x3'
        """
        parts = []
        for j, step in self.steps.items():
            apart = abs(step - self.steps[i])
            apart = min(apart, self.corners - apart)
            if j not in without:
                parts.append(f"{self.turned('cos', apart)}*x{j}" if apart else f"x{j}")
        return " + ".join(parts) or "0"

    def outputs(self, without: Collection[int] = ()) -> list[str]:
        """Write all outputs, with some features gone altogether."""
        return [
            f"relu(0{self.less})"
            if i in without
            else f"relu({GAIN}*({self.near(i, without)}){self.less})"
            for i in self.steps
        ]

    def along(self, axis: int) -> list[str]:
        """Write all outputs where only one of the two units is left."""
        return [f"relu({self.place(i, axis)}*({self.read(axis)}){self.less})" for i in self.steps]

    def units(self) -> dict[str, tuple[str, str, str, str, str]]:
        """State every unit; an axis of the plane stands for nothing by itself."""
        found = {}
        for axis in (1, 2):
            found[f"h{axis}"] = (
                "identity",
                self.read(axis),
                "",
                f"coordinate {axis}",
                "one of two axes that could as well be turned: only the plane has a meaning",
            )
        for i in self.steps:
            found[f"y{i}"] = (
                "relu",
                f"relu({self.place(i, 1)}*h1 + {self.place(i, 2)}*h2{self.less})",
                "",
                "output",
                f"how far the point lies in the direction of feature {i}, above b",
            )
        return found
