"""The plots that take any network: their numbers by another route, and what they refuse."""

from __future__ import annotations

import itertools
import random
from fractions import Fraction

import pytest

from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.network import Network
from toynets.plots import Style, printed
from toynets.plots.kinds import KINDS, draw
from toynets.plots.properties.ink import ink_of
from toynets.plots.properties.layout import overlaps
from toynets.zoo import load

XOR = load("xor-sum")


def plain(network, x, gone=()):
    """Evaluate a relu network with fractions, from the definition; units in `gone` are 0."""
    values = [Fraction(v) for v in x]
    for layer in network.layers:
        sums = [
            Fraction(b) + sum(Fraction(w) * v for w, v in zip(row, values, strict=True))
            for row, b in zip(layer.weight, layer.bias, strict=True)
        ]
        values = [max(Fraction(0), s) if layer.activation == "relu" else s for s in sums]
        values = [Fraction(0) if u in gone else v for u, v in zip(layer.units, values, strict=True)]
    return values[0]


def own(seed, *sizes):
    """A relu network of one's own with small dyadic numbers."""
    pick = random.Random(seed)
    layers = []
    for k, (a, b) in enumerate(itertools.pairwise(sizes)):
        weight = [[pick.randint(-8, 8) / 4 for _ in range(a)] for _ in range(b)]
        last = k == len(sizes) - 2
        layers.append(
            (weight, [pick.randint(-8, 8) / 4 for _ in range(b)], "identity" if last else "relu")
        )
    return Network.from_layers(layers, name=f"own {seed}")


def test_every_kind_is_a_public_function_with_a_line_about_it():
    from toynets import plots

    for kind, (_, function, says) in KINDS.items():
        assert function == kind.replace("-", "_")
        assert callable(getattr(plots, function))
        assert says


@pytest.mark.parametrize("seed", range(3))
def test_the_table_of_ablations_measures_what_is_left(seed):
    network = own(seed, 3, 2, 1)
    figure = draw("ablation-table", network)
    rows = list(itertools.product((0, 1), repeat=3))
    for text, gone in (("clean", ()), ("h1 = 0", ("h1",)), ("h2 = 0", ("h2",))):
        found = [Fraction(v) for v in figure.numbers["measured"][text]]
        assert found == [plain(network, x, gone) for x in rows]
    assert overlaps(ink_of(figure)) == ""


def test_the_three_columns_of_xor():
    figure = draw(
        "ablation-table", XOR.network, XOR.explanation, domain=XOR.task.domain, style=Style()
    )
    for column in ("stated", "derived", "measured"):
        assert figure.numbers[column] == {
            "clean": [0, 1, 1, 0],
            "h1 = 0": [0, 0, 0, -2],
            "h2 = 0": [0, 1, 1, 2],
        }
    assert "are the same in every cell" in figure.caption
    assert "without h₁ (0, 0, 0, −2); without h₂ (0, 1, 1, 2)" in figure.caption


def test_a_trained_network_is_told_with_its_distance():
    entry = load("xor-relu-1")
    figure = draw("ablation-table", entry.network, entry.explanation, domain=entry.task.domain)
    apart = figure.numbers["farthest apart"]
    assert 0 < apart <= 2 * float(entry.explanation.epsilon("ablations"))
    assert f"at most {printed(apart)} apart" in figure.caption


def test_a_caption_takes_the_notation():
    caption = draw("ablation-table", XOR.network, style=Style(notation="zero")).caption
    assert "without h₀ (0, 0, 0, −2)" in caption and "h₂" not in caption


@pytest.mark.parametrize("seed", range(3))
def test_the_trace_has_every_value(seed):
    network = own(seed, 2, 2, 1)
    figure = draw("trace", network)
    for x in itertools.product((0, 1), repeat=2):
        run = figure.numbers["rows"][f"{x[0]}{x[1]}"]
        assert Fraction(run["y"]) == plain(network, x)
    assert overlaps(ink_of(figure)) == ""


def test_the_arithmetic_is_written_out():
    texts = [w.text for w in ink_of(draw("trace", XOR.network)).words]
    assert "1·1 + 1·1 − 1 = 1" in texts
    assert "1·2 − 2·1" in texts
    from toynets.plots.traces import sum_of

    assert sum_of([(-2, -1), (3, 0)], None) == "−2·(−1) + 3·0"
    assert sum_of([], -1) == "−1"


def test_a_curve_bends_at_its_joints():
    network = own(4, 1, 3, 1)
    figure = draw("build-up", network, domain=Domain.box("[-2,2]"))
    joints = [Fraction(j) for j in figure.numbers["joints"]]
    expected = sorted(
        -Fraction(b) / Fraction(row[0])
        for row, b in zip(network.layers[0].weight, network.layers[0].bias, strict=True)
        if row[0]
    )
    outgoing = network.layers[1].weight[0]
    assert set(joints) <= {e for e in expected if -2 < e < 2}
    assert len(joints) >= 1 and all(outgoing)
    for x, y in zip(figure.numbers["x"], figure.numbers["curves"]["y"], strict=True):
        assert float(plain(network, [x])) == pytest.approx(y)
    for k, x in enumerate(figure.numbers["x"]):
        shares = [figure.numbers["curves"][f"h{i}->y"][k] for i in (1, 2, 3)]
        assert sum(shares) + network["y.bias"] == pytest.approx(float(plain(network, [x])))


def test_a_curved_unit_is_sampled_and_has_no_joints():
    figure = draw("build-up", load("tanh-sign").network, domain=Domain.box("[-2,2]"))
    assert figure.numbers["joints"] == []
    assert "no joints" in figure.caption
    assert len(figure.numbers["x"]) > 50


def test_regions_are_counted_and_their_borders_exact():
    figure = draw("regions", XOR.network)
    assert figure.numbers["regions"] == 3
    for x1, y1, x2, y2 in figure.numbers["joints"]:
        assert x1 + y1 == x2 + y2  # along x1 + x2 = 0 and = 1
    assert sorted({line[0] + line[1] for line in figure.numbers["joints"]}) == [0, 1]
    assert figure.numbers["marked"]["1, 1"] == 0


def test_bands_cover_a_region_and_are_between_their_levels():
    from toynets.plots.areas import _area, bands

    square = [(0.0, 0.0), (2.0, 0.0), (2.0, 1.0), (0.0, 1.0)]
    parts = bands(square, [1.0, -2.0, 0.25], 2.0)
    assert sum(_area(p) for _, _, p in parts) == pytest.approx(2.0)
    for low, high, part in parts:
        heights = [x - 2 * y + 0.25 for x, y in part]
        assert low - 1e-9 <= min(heights) and max(heights) <= high + 1e-9


def test_matrices_are_turned_with_the_notation():
    titles = {}
    for name in ("arrow", "row-vector"):
        words = [
            w.text for w in ink_of(draw("matrix", XOR.network, style=Style(notation=name))).words
        ]
        titles[name] = [w for w in words if "row =" in w]
    assert titles["arrow"][0] == "relu; row = to, column = from"
    assert titles["row-vector"][0] == "relu; row = from, column = to"


@pytest.mark.parametrize(
    ("kind", "network", "fault"),
    [
        ("build-up", XOR.network, "is drawn of one input and one output; xor-sum is 2-2-1"),
        ("regions", load("majority-3").network, "a map has two inputs; majority-3 is 3-2-1"),
        ("trace", load("seven-segment").network, "the trace of seven-segment needs"),
        ("trace", load("parity-6").network, "64 inputs do not fit on one page: 16 at most"),
        ("ablation-table", load("bars").network, "16 inputs: too many to assume all bits"),
    ],
)
def test_what_a_kind_cannot_draw(kind, network, fault):
    with pytest.raises(ToynetsError, match=fault):
        draw(kind, network)


def test_what_is_not_asked_is_what_a_reader_would_choose():
    assert draw("lattice", XOR.network).numbers["outputs"] == {
        "none": 0,
        "h1": 2,
        "h2": -2,
        "h1 h2": 0,
    }  # on 11, the one input on which both units are on
    assert draw("lattice", XOR.network, x=[1, 0]).numbers["outputs"]["h2"] == 0
    assert (
        "4 × 4 pixels"
        in draw("pictures", load("bars").network, domain=load("bars").task.domain).caption
    )
    places = draw("hidden-space", XOR.network).numbers["places"]
    assert places == {"00": [0, 0], "01": [1, 0], "10": [1, 0], "11": [2, 1]}


def test_a_kind_that_there_is_not():
    with pytest.raises(ToynetsError, match=r"no kind diagramm.*Nearest: diagram"):
        draw("diagramm", XOR.network)


@pytest.mark.parametrize("name", ["arrow", "row-vector"])
def test_every_cell_of_a_matrix_is_its_number(name):
    network = own(11, 3, 2, 1)
    ink = ink_of(draw("matrix", network, style=Style(notation=name)))
    lines: list[tuple[float, list[tuple[float, str]]]] = []
    for words in sorted(ink.words, key=lambda w: w.corners[0][1] + w.corners[2][1]):
        middle = (words.corners[0][1] + words.corners[2][1]) / 2
        if not lines or middle - lines[-1][0] > 1.5:
            lines.append((middle, []))
        lines[-1][1].append((words.corners[0][0], words.text))
    printed_rows = [[text for _, text in sorted(line)] for _, line in lines]
    for layer, parents in zip(network.layers, (network.inputs, network.hidden), strict=True):
        rows = [[*row, b] for row, b in zip(layer.weight, layer.bias, strict=True)]
        names = [Style().written.unit(u) for u in layer.units]
        if name == "row-vector":
            rows = [list(column) for column in zip(*rows, strict=True)]
            names = [*(Style().written.unit(p) for p in parents), "bias"]
        for said, row in zip(names, rows, strict=True):
            assert [said, *(printed(v) for v in row)] in printed_rows


@pytest.mark.parametrize(
    "box", ["[0,0]x[0,1]", "[0,1]x[1,1]", "[0,0]^2", "[1,1.00000000000000001]^2"]
)
def test_a_box_without_area_is_no_map(box):
    with pytest.raises(
        ToynetsError, match=r"a map needs inputs that move, but in .* is always [01]"
    ):
        draw("regions", XOR.network, domain=Domain.box(box))


def test_a_box_of_one_point_is_no_build_up_and_one_without_joints_says_so():
    network = load("abs").network
    with pytest.raises(ToynetsError, match="a single point"):
        draw("build-up", network, domain=Domain.box("[1,1]"))
    with pytest.raises(ToynetsError, match=r"needs a box of 1 input, but .* has 2"):
        draw("build-up", network, domain=Domain.box("[0,1]^2"))
    made = draw("build-up", network, domain=Domain.box("[1,2]"))
    assert "It is straight here" in made.caption and made.numbers["joints"] == []


def test_one_input_is_one_input():
    one = Domain.box("[0,0]x[1,1]")
    said = {kind: draw(kind, XOR.network, domain=one) for kind in ("trace", "ablation-table")}
    assert all("1 inputs" not in made.caption + made.alt for made in said.values())
    assert "the output is 1." in said["trace"].caption
    assert "on the input 01: as it is (1)" in said["ablation-table"].caption
    half = draw("trace", XOR.network, domain=Domain.box("[0,0]x[0,1]"))
    assert "all 2 inputs; the outputs are 0, 1." in half.caption
    away = draw("regions", XOR.network, domain=Domain.box("[2,3]^2"))
    assert "1 linear region, the box is within it" in away.caption
    nothing = draw("ablation-matrix", XOR.network, domain=Domain.listed([[0, 0]]))
    assert "on 1 input of xor-sum; the largest is 0." in nothing.alt
