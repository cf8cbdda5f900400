"""Colours that stay apart in print, in grey and for eyes without one kind of cone.

A colour vision deficiency is simulated with the matrices of Machado, Oliveira and Fernandes (2009),
severity 1, applied to linear RGB; differences are CIE 1976 ΔE in L*a*b* under D65.
"""

from __future__ import annotations

from collections.abc import Mapping

from toynets.errors import ToynetsError

RGB = tuple[float, float, float]

# Machado et al. 2009, severity 1.0: rows give R, G, B of what is seen.
DEFICIENCIES: Mapping[str, tuple[RGB, RGB, RGB]] = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}

# What each theme calls its colours. The two signs differ by lightness as well as by hue.
THEMES: Mapping[str, Mapping[str, str]] = {
    "light": {
        "paper": "#FFFFFF",
        "ink": "#1A1A1A",
        "muted": "#5E5E5E",
        "faint": "#8C8C8C",
        "rule": "#D9D9D9",
        "panel": "#F5F5F3",
        "positive": "#1B3A8C",
        "negative": "#C85200",
        "accent": "#F2C94C",
    },
    "dark": {
        "paper": "#15171C",
        "ink": "#ECECEC",
        "muted": "#B4B4B4",
        "faint": "#8A8A8A",
        "rule": "#3A3E47",
        "panel": "#1F2229",
        "positive": "#9CC2FF",
        "negative": "#D2610F",
        "accent": "#6B5A1E",
    },
    "grey": {
        "paper": "#FFFFFF",
        "ink": "#1A1A1A",
        "muted": "#5E5E5E",
        "faint": "#8C8C8C",
        "rule": "#D9D9D9",
        "panel": "#F5F5F5",
        "positive": "#262626",
        "negative": "#737373",
        "accent": "#DCDCDC",
    },
}


def channels(colour: str) -> RGB:
    """Return red, green and blue between 0 and 1.

    Raises:
        ToynetsError: no colour of the form #RRGGBB.

    >>> channels("#FF8000")[0]
    1.0
    """
    digits = colour.removeprefix("#")
    if len(digits) != 6 or any(d not in "0123456789abcdefABCDEF" for d in digits):
        raise ToynetsError(f"{colour!r} is no colour.", fix="write six hex digits, as #1B3A8C.")
    red, green, blue = (int(digits[k : k + 2], 16) / 255 for k in (0, 2, 4))
    return red, green, blue


def text(rgb: RGB) -> str:
    """Return a colour as #RRGGBB.

    >>> text((1.0, 0.5, 0.0))
    '#FF8000'
    """
    return "#" + "".join(f"{round(255 * min(1.0, max(0.0, v))):02X}" for v in rgb)


def _linear(rgb: RGB) -> RGB:
    red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in rgb)
    return red, green, blue


def _encoded(rgb: RGB) -> RGB:
    red, green, blue = (
        12.92 * v if v <= 0.0031308 else 1.055 * v ** (1 / 2.4) - 0.055
        for v in (min(1.0, max(0.0, u)) for u in rgb)
    )
    return red, green, blue


def simulated(colour: str, deficiency: str) -> str:
    """Return a colour as it is seen without one kind of cone.

    Args:
        colour: #RRGGBB.
        deficiency: `protanopia`, `deuteranopia` or `tritanopia`.

    >>> simulated("#FFFFFF", "protanopia")
    '#FFFFFF'
    """
    linear = _linear(channels(colour))
    red, green, blue = (
        sum(a * b for a, b in zip(row, linear, strict=True)) for row in DEFICIENCIES[deficiency]
    )
    return text(_encoded((red, green, blue)))


def lab(colour: str) -> RGB:
    """Return lightness L*, and a* and b*, under D65.

    >>> [round(v) for v in lab("#FFFFFF")]
    [100, 0, 0]
    """
    red, green, blue = _linear(channels(colour))
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883

    def root(t: float) -> float:
        return float(t ** (1 / 3)) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116

    fx, fy, fz = root(x), root(y), root(z)
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def difference(one: str, other: str) -> float:
    """Return ΔE, the distance in L*a*b*.

    >>> round(difference("#000000", "#FFFFFF"))
    100
    """
    pairs = zip(lab(one), lab(other), strict=True)
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)


def apart(one: str, other: str) -> tuple[float, str]:
    """Return the smallest ΔE over the three deficiencies, and where it is.

    >>> apart("#C85200", "#1B3A8C")[0] >= 40
    True
    """
    return min((difference(simulated(one, d), simulated(other, d)), d) for d in DEFICIENCIES)


def grey_difference(one: str, other: str) -> float:
    """Return the difference of lightness, all that is left in grey.

    >>> round(grey_difference("#C85200", "#1B3A8C"))
    23
    """
    return abs(lab(one)[0] - lab(other)[0])


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2, from 1 to 21.

    >>> round(contrast("#1B3A8C", "#FFFFFF"), 1)
    10.3
    """

    def luminance(colour: str) -> float:
        red, green, blue = _linear(channels(colour))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mixed(colour: str, paper: str, share: float) -> str:
    """Return `share` of a colour on paper, the rest paper.

    >>> mixed("#000000", "#FFFFFF", 0.0)
    '#FFFFFF'
    """
    red, green, blue = (
        share * c + (1 - share) * p for c, p in zip(channels(colour), channels(paper), strict=True)
    )
    return text((red, green, blue))
