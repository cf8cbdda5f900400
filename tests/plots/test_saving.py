"""The four files: names of commands, signs in LaTeX, bytes, and files that are there already."""

from __future__ import annotations

import json
import re

import pytest

from toynets.errors import ToynetsError
from toynets.plots import diagram
from toynets.plots.saving import command, content, in_tex, leaves, number_in_tex
from toynets.zoo import load


@pytest.fixture(scope="module")
def xor():
    entry = load("xor-sum")
    return diagram(entry.network, entry.explanation, domain=entry.task.domain, name="xor")


def test_files_are_the_same_bytes_twice(xor):
    for ending in ("pdf", "svg", "json", "tex", "png"):
        assert content(xor, ending) == content(xor, ending), ending


def test_the_svg_says_what_it_is(xor):
    text = content(xor, "svg").decode()
    assert re.search(r'<svg role="img" aria-labelledby="xor-title xor-desc"', text)
    assert f'<title id="xor-title">{xor.alt}</title>' in text
    assert "h₂ (relu) receives x₁ times 1, x₂ times 1 and the bias −1." in text
    assert "<dc:rights>yours: toynets claims none" in text
    assert "matplotlib" not in text.lower()


def test_the_data_file_has_every_number_exactly(xor):
    data = json.loads(content(xor, "json"))
    network = load("xor-sum").network
    assert data["schema"] == "toynets-figure/1"
    assert data["networks"][0]["hash"] == network.hash
    assert data["networks"][0]["verdict"] == "exhaustive"
    assert data["numbers"]["weights"] == {a: int(v) for a, v in network.numbers.items()}


def test_a_command_for_each_number(xor):
    tex = content(xor, "tex").decode()
    assert r"\newcommand{\XorWeightsHTwoToY}{\ensuremath{-2}}" in tex
    assert r"\newcommand{\XorCaption}{Every number of the network" in tex
    names = re.findall(r"\\newcommand\{(\\[A-Za-z]+)\}", tex)
    assert len(names) == len(set(names)) == len(leaves(xor.numbers)) + 2


def test_a_command_has_letters_only():
    made = command("xor_table", ["h1 = 0", "-1", "x1->h2"])
    assert made == "\\XorTableHOneZeroMinusOneXOneToHTwo"


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("w(x₁→h₂) = −2", r"w(x$_{1}$$\to$h$_{2}$) = $-$2"),
        ("W⁽¹⁾₂₁", "W$^{(1)}$$_{21}$"),
        ("{0, 1}² & 50 %", r"\{0, 1\}$^{2}$ \& 50 \%"),
        ("ΔE ≥ 40", r"$\Delta$E $\ge$ 40"),
    ],
)
def test_signs_in_latex(text, tex):
    assert in_tex(text) == tex
    assert tex.isascii()


def test_numbers_in_latex_are_those_of_the_data():
    assert number_in_tex("-1/2") == r"\ensuremath{-1/2}"
    assert number_in_tex(0.25) == r"\ensuremath{0.25}"
    assert number_in_tex("a & b") == r"a \& b"


def test_nothing_is_overwritten_unasked(xor, tmp_path):
    paths = xor.save(str(tmp_path), ("svg", "json"))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["xor.json", "xor.svg"]
    (tmp_path / "xor.json").write_text("mine")
    with pytest.raises(ToynetsError, match=r"xor\.svg is there already"):
        xor.save(str(tmp_path))
    assert (tmp_path / "xor.json").read_text() == "mine"
    assert xor.save(str(tmp_path), ("svg", "json"), force=True) == paths
    with pytest.raises(ToynetsError, match=r"no format gif.*Formats: pdf"):
        xor.save(str(tmp_path), ("gif",))


def test_a_notebook_shows_it(xor):
    assert xor._repr_svg_() == content(xor, "svg").decode()
    assert repr(xor).startswith("<Figure xor: Network xor-sum")
