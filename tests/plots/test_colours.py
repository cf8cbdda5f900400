"""The colours: what is claimed of them, and the arithmetic that decides it."""

from __future__ import annotations

import pytest

from toynets.errors import ToynetsError
from toynets.plots.colours import (
    DEFICIENCIES,
    THEMES,
    apart,
    channels,
    contrast,
    difference,
    grey_difference,
    lab,
    mixed,
    simulated,
)

SIGNS = [(t, THEMES[t]["positive"], THEMES[t]["negative"]) for t in ("light", "dark")]


def test_lightness_and_chroma_of_pure_red_are_the_published_ones():
    # sRGB red under D65 is L* 53.24, a* 80.09, b* 67.20 (Lindbloom's calculator).
    assert lab("#FF0000") == pytest.approx((53.24, 80.09, 67.20), abs=0.02)


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)  # the known near miss


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_greys_are_seen_as_they_are(deficiency):
    assert simulated("#808080", deficiency) == "#808080"


def test_red_and_green_come_together_without_the_cones_for_red():
    assert difference("#B00000", "#008000") > 100
    assert apart("#806000", "#708020")[0] < 25


@pytest.mark.parametrize(("theme", "positive", "negative"), SIGNS)
def test_the_signs_are_apart_for_every_eye_and_in_grey(theme, positive, negative):
    assert apart(positive, negative)[0] >= 40
    assert grey_difference(positive, negative) >= 20


def test_the_signs_of_the_specification():
    light = THEMES["light"]
    assert (light["negative"], light["positive"]) == ("#C85200", "#1B3A8C")
    assert round(grey_difference("#C85200", "#1B3A8C")) == 23
    assert round(contrast("#C85200", "#FFFFFF"), 1) == 4.5
    assert round(contrast("#1B3A8C", "#FFFFFF"), 1) == 10.3


@pytest.mark.parametrize("theme", THEMES)
def test_what_text_is_printed_in_can_be_read(theme):
    colours = THEMES[theme]
    for name in ("ink", "muted", "positive", "negative"):
        assert contrast(colours[name], colours["paper"]) >= 4.495, name
    assert contrast(colours["faint"], colours["paper"]) >= 3


def test_a_mixture_lies_between():
    assert mixed("#000000", "#FFFFFF", 0.5) == "#808080"
    assert mixed("#C85200", "#FFFFFF", 1) == "#C85200"


@pytest.mark.parametrize("wrong", ["red", "#12345", "#GGGGGG"])
def test_no_colour(wrong):
    with pytest.raises(ToynetsError, match="is no colour"):
        channels(wrong)
