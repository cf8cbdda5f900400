"""The four notations, one's own, and what LaTeX makes of them."""

from __future__ import annotations

import pytest

from toynets.errors import ToynetsError
from toynets.plots.notation import NOTATIONS, from_table, notation
from toynets.zoo import load

XOR = load("xor-sum").network
WIDE = load("bars").network  # 16 inputs: indices of two digits


@pytest.mark.parametrize(
    ("name", "weight", "bias", "unit", "latex"),
    [
        ("arrow", "w(x₁→h₂)", "b(h₂)", "h₂", r"w(x_{1} \to h_{2})"),
        ("indexed", "W⁽¹⁾₂₁", "b⁽¹⁾₂", "h₂", "W^{(1)}_{2,1}"),
        ("zero", "W⁽⁰⁾₁₀", "b⁽⁰⁾₁", "h₁", "W^{(0)}_{1,0}"),
        ("row-vector", "W⁽¹⁾₁₂", "b⁽¹⁾₂", "h₂", "W^{(1)}_{1,2}"),
    ],
)
def test_the_same_weight_four_times(name, weight, bias, unit, latex):
    written = notation(name)
    assert written.address(XOR, "x1->h2") == weight
    assert written.address(XOR, "h2.bias") == bias
    assert written.unit("h2") == unit
    assert written.latex(XOR, "x1->h2") == latex


def test_long_indices_are_kept_apart():
    assert notation("indexed").address(WIDE, "p34->lower") == "W⁽¹⁾₂,₁₂"


def test_given_names_stay():
    film = load("movie-rating").network
    assert notation("zero").unit("star_bonus") == "star_bonus"
    assert notation("arrow").address(film, "star->star_bonus") == "w(star→star_bonus)"
    assert notation("arrow").latex(film, "star->star_bonus") == (
        r"w(\mathrm{star} \to \mathrm{star\_bonus})"
    )


def test_a_file_of_ones_own(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('weight = "θ[{layer}]({from_index},{to_index})"\nfirst = 0\nrows = "from"\n')
    mine = notation(str(path))
    assert mine.address(XOR, "x1->h2") == "θ[0](0,1)"
    assert (mine.unit("h2"), mine.rows) == ("h₁", "from")


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ({"wieght": "x"}, "no key wieght"),
        ({"first": 2}, "first is 0 or 1"),
        ({"rows": "up"}, 'rows is "to" or "from"'),
        ({"weight": 3}, "weight is a text"),
    ],
)
def test_a_file_with_a_fault(data, fault):
    with pytest.raises(ToynetsError, match=fault):
        from_table(data, "mine.toml")


def test_a_template_with_an_unknown_word():
    with pytest.raises(ToynetsError, match=r"a notation has no \{nonsense\}"):
        from_table({"weight": "{nonsense}"}, "mine.toml").address(XOR, "x1->h2")


def test_a_name_that_there_is_not():
    with pytest.raises(ToynetsError, match=r"no notation arow.*Nearest: arrow"):
        notation("arow")
    with pytest.raises(ToynetsError, match="no weight x9->h2"):
        NOTATIONS["indexed"].address(XOR, "x9->h2")
