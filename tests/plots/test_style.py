"""Styles: exact widths, nothing global, errors that teach."""

from __future__ import annotations

import subprocess
import sys

import matplotlib
import pytest

from toynets.errors import ToynetsError
from toynets.plots import Style, diagram
from toynets.plots.style import COLUMNS, MM, with_word
from toynets.zoo import load


@pytest.mark.parametrize(("column", "mm"), COLUMNS.items())
def test_the_page_is_as_wide_as_the_column(column, mm):
    canvas = Style(column=column).canvas(height_mm=30)
    assert canvas.get_figwidth() * MM == pytest.approx(mm, abs=1e-9)
    assert canvas.get_figheight() * MM == pytest.approx(30)


def test_the_users_settings_are_left_alone():
    matplotlib.rcParams["font.size"] = 31.0
    try:
        before = dict(matplotlib.rcParams)
        figure = diagram(load("and").network)
        figure.svg()
        assert dict(matplotlib.rcParams) == before
        assert {w.get_fontsize() for w in figure.drawing.axes[0].texts} == {6.5, 7.5}
    finally:
        matplotlib.rcParams["font.size"] = matplotlib.rcParamsDefault["font.size"]


def test_neither_pyplot_nor_jax_is_imported():
    code = (
        "import sys; from toynets.plots import diagram; from toynets.zoo import load; "
        "diagram(load('and').network).svg(); "
        "print([m for m in ('matplotlib.pyplot', 'jax') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"column": "tripel"}, "no column tripel"),
        ({"medium": "poster"}, "no medium poster. Media: book, slide"),
        ({"theme": "drak"}, r"no theme drak.*Nearest: dark"),
        ({"colours": {"ink": "black"}}, "'black' is no colour"),
        ({"colours": {"inc": "#000000"}}, r"no colour inc.*Nearest: ink"),
        ({"sizes": {"body": -1}}, "the size body is a number of points"),
        ({"notation": "arow"}, "no notation arow"),
    ],
)
def test_a_style_with_a_fault(given, fault):
    with pytest.raises(ToynetsError, match=fault):
        Style(**given)


def test_a_style_file(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(
        'theme = "dark"\nnotation = "zero"\n[colours]\nink = "#FFFF00"\n[sizes]\nbody = 8\n'
    )
    style = with_word(Style(column="double"), str(path))
    assert (style.theme, style.written.first) == ("dark", 0)
    assert (style.colour("ink"), style.size("body"), style.size("small")) == ("#FFFF00", 8, 6.5)
    path.write_text('thema = "dark"\n')
    with pytest.raises(ToynetsError, match=r"no key thema.*Nearest: theme"):
        Style.from_file(str(path))
    path.write_text("theme = dark\n")
    with pytest.raises(ToynetsError, match=r"mine\.toml is no TOML"):
        Style.from_file(str(path))


def test_a_page_that_is_too_high():
    with pytest.raises(ToynetsError, match="200 mm high does not fit"):
        Style().canvas(height_mm=200)


def test_a_word_that_no_style_has():
    with pytest.raises(ToynetsError, match=r"no style drak.*Nearest: dark"):
        with_word(Style(), "drak")


def test_a_style_that_is_none():
    with pytest.raises(ToynetsError, match="expected a style but got 'dark'"):
        diagram(load("and").network, style="dark")
