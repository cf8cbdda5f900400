"""Contact sheets: the same simulation as the checks use, pixel by pixel."""

from __future__ import annotations

import io

import numpy as np
import pytest
from matplotlib.image import imread

from toynets.errors import ToynetsError
from toynets.plots import diagram
from toynets.plots.colours import DEFICIENCIES, channels, lab, simulated, text
from toynets.plots.sheets import GAP, seen, sheet
from toynets.zoo import load

COLOURS = ("#C85200", "#1B3A8C", "#00AA44", "#FFFFFF", "#000000", "#7F7F7F")


@pytest.mark.parametrize("eye", DEFICIENCIES)
def test_a_pixel_is_seen_as_the_colour_is(eye):
    found = seen(np.array([[channels(c) for c in COLOURS]]), eye)[0]
    assert [text(tuple(p)) for p in found] == [simulated(c, eye) for c in COLOURS]


def test_grey_keeps_the_lightness():
    found = seen(np.array([[channels(c) for c in COLOURS]]), "grey")[0]
    for pixel, colour in zip(found, COLOURS, strict=True):
        lightness, a, b = lab(text(tuple(pixel)))
        assert lightness == pytest.approx(lab(colour)[0], abs=0.4)
        assert abs(a) + abs(b) < 0.1


def test_all_figures_are_on_the_sheet():
    figure = diagram(load("and").network)
    picture = imread(io.BytesIO(sheet([figure] * 3, columns=2)))
    one = imread(io.BytesIO(figure.png(110)))
    assert picture.shape[0] == GAP + 2 * (one.shape[0] + GAP)
    assert picture.shape[1] == GAP + 2 * (one.shape[1] + GAP)
    inner = picture[GAP : GAP + one.shape[0], GAP : GAP + one.shape[1], :3]
    assert np.abs(inner - one[..., :3]).max() < 0.01


def test_no_such_eye():
    with pytest.raises(ToynetsError, match=r"no eye grau|no eye protanopie.*Nearest: protanopia"):
        seen(np.zeros((1, 1, 3)), "protanopie")
