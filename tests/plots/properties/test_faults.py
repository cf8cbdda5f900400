"""Each of the 25 checks is tried on a planted fault: a check that cannot fail says nothing."""

from __future__ import annotations

import hashlib
import json

import matplotlib
import pytest

from toynets.fields import replace
from toynets.network import Network
from toynets.plots import Key, Style, finish, shown, sign_keys
from toynets.plots.properties import FILES, PROPERTIES, Written, check
from toynets.plots.properties.builds import CHANGES
from toynets.plots.saving import content

CHECKS = {p.name: p.fault for p in PROPERTIES}
NETWORK = Network.from_layers([([[2]], [-1], "relu")], name="ramp")


def draw(style=None, add=None, **changes):
    """Draw one unit with a weight and a bias; `add` draws a fault on the page."""
    style = style or Style()
    with style.settings():
        page = style.page(height_mm=30)
        page.shape(20, 15, 8, 8, name="x1")
        page.text(20, 15, style.written.unit("x1"), on="x1")
        page.line([24, 50], [15, 15], **style.sign(2))
        page.line([60, 60], [19, 25], **style.sign(-1))
        page.text(37, 18, "2", size="small", colour="positive")
        page.text(64, 23, "−1", size="small", colour="negative")
        if add is not None:
            add(page)
    given = {
        "numbers": {"weights": {"x1->y": 2, "y.bias": -1}},
        "claim": "One unit with a weight 2 and a bias −1.",
        "alt": "One unit.",
        "description": "A unit x1 with the weight 2 and the bias −1.",
        "shows": [shown(NETWORK)],
        "keys": sign_keys(style),
        "maps": 0,
    } | changes
    return finish(page, "tiny", **given)


def loose(add=None, **changes):
    """What a check of the drawing alone is given."""
    return Written(draw(add=add, **changes), "")


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """A figure of which all 25 hold."""
    folder = str(tmp_path_factory.mktemp("good"))
    figure = draw()
    figure.save(folder)
    digests = {f"tiny.{e}": hashlib.sha256(content(figure, e)).hexdigest() for e in FILES}
    return Written(figure, folder, digests, 0.1, lambda style: draw(style))


@pytest.fixture
def spoil(good, tmp_path):
    """Copy the good files, change one, and return what the checks are given."""

    def changed(ending=None, old="", new="", data=None, **fields):
        for one in FILES:
            (tmp_path / f"tiny.{one}").write_bytes(good.read(one))
        if ending is not None:
            path = tmp_path / f"tiny.{ending}"
            if data is not None:
                path.write_bytes(data)
            else:
                text = path.read_text(encoding="utf-8")
                assert old in text, "the fault was not planted"
                path.write_text(text.replace(old, new), encoding="utf-8")
        return replace(good, folder=str(tmp_path), **fields)

    return changed


def test_there_are_25_and_all_hold_of_a_good_figure(good):
    assert [p.number for p in PROPERTIES] == list(range(1, 26))
    assert check(good) == {}


DRAWN = [
    ("text size", lambda p: p.sheet.text(5, 5, "small", fontsize=5), "'small' is printed at 5 pt"),
    ("line width", lambda p: p.line([5, 9], [5, 5], linewidth=0.3), "a line of 0.3 pt"),
    ("no overlap", lambda p: p.text(37.5, 18, "3"), "'3' is printed over '2' at"),
    ("no overlap", lambda p: p.text(18, 18.2, "w"), "'w' is on x1, to which it does not belong"),
    ("no overlap", lambda p: p.text(20, 12.3, "too wide a name", on="x1"), "wider than the shape"),
    ("not clipped", lambda p: p.text(83, 5, "far"), "'far' runs off the page"),
    (
        "not clipped",
        lambda p: p.axes(5, 3, 9, 6, across=(0, 1), up=(0, 1)).plot([0, 2], [0, 1], clip_on=True),
        "a line2d is cut by its frame",
    ),
    ("colours apart", lambda p: p.line([5, 9], [5, 5], colour="#00AA00"), "no key says"),
    ("contrast", lambda p: p.text(5, 5, "faint", colour="#AAAAAA"), "'faint' has contrast 2.3"),
    (
        "contrast",
        lambda p: (p.shape(5, 5, 8, 5, fill="#C85200"), p.text(5, 5, "no", colour="#1B3A8C")),
        "'no' has contrast 2.3",
    ),
    ("contrast", lambda p: p.line([5, 9], [5, 5], colour="#CCCCCC"), "a line of #CCCCCC"),
    ("sign", lambda p: p.line([5, 9], [5, 5], colour="negative"), "a negative line .* not dashed"),
    (
        "sign",
        lambda p: p.line([5, 9], [5, 5], colour="positive", linestyle="--"),
        "a positive line at .* is dashed",
    ),
    ("sign", lambda p: p.text(5, 5, "7", colour="negative"), "'7' is printed in the colour of"),
    ("sign", lambda p: p.text(5, 5, "−7", colour="positive"), "'−7' is printed in the colour of"),
    ("vector", lambda p: p.drawing.figimage([[0.0, 1.0]]), "1 pictures are drawn, 0 declared"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "add", "fault"), DRAWN)
def test_a_fault_in_the_drawing(name, add, fault):
    import re

    assert re.search(fault, CHECKS[name](loose(add))), CHECKS[name](loose(add))
    assert name == "vector" or CHECKS[name](loose()) == ""  # the files are not there to look at


def test_a_page_too_high():
    figure = draw()
    figure.drawing.set_figheight(190 / 25.4)
    assert "190 mm high" in CHECKS["height"](Written(figure, ""))


@pytest.mark.parametrize(
    ("name", "keys", "fault"),
    [
        (
            "colours apart",
            (Key("on", "#B00000", marker="o"), Key("off", "#008000", marker="s")),
            "on and off are .* apart for",
        ),
        ("grey", (Key("on", "#B04040"), Key("off", "#407040")), "on and off are .* apart in grey"),
        ("grey", (Key("a", "#202020"), Key("b", "#303030")), "a and b are .* apart in grey"),
    ],
)
def test_keys_that_are_not_told_apart(name, keys, fault):
    import re

    assert re.match(fault, CHECKS[name](loose(keys=keys)))


def test_a_dash_tells_apart_what_grey_does_not():
    keys = (Key("a", "#202020"), Key("b", "#303030", dash="--"))
    assert CHECKS["grey"](loose(keys=keys)) == ""


@pytest.mark.parametrize(
    ("name", "ending", "old", "new", "fault"),
    [
        ("alt text", "svg", "<desc ", "<desk ", "no <desc>"),
        ("alt text", "svg", ' role="img"', "", 'no role="img"'),
        ("alt text", "svg", 'id="unit-x1"', 'id="on-x1"', "the id on-x1 twice"),
        ("width", "svg", 'width="238.1', 'width="240.1', "the SVG file is 84.7"),
        ("extractable", "svg", ">−1</text>", "></text>", "'−1' is no text in the SVG"),
        ("data file", "json", "toynets-figure/1", "toynets-figure/0", "the schema is"),
        ("data file", "json", NETWORK.hash, NETWORK.hash[::-1], "not those of the networks"),
        ("data file", "json", NETWORK.hash, "", "ramp has no hash"),
        ("caption", "json", "Network ramp (1-1 relu)", "A network", "does not name ramp"),
        ("caption", "json", "One unit with a weight 2 and a bias −1.", "See.", "makes no claim"),
        ("LaTeX", "tex", "{-1}", "{1}", r"the data file says -1"),
        ("LaTeX", "tex", "One unit with", "Two units with", "not that of the data file"),
        ("LaTeX", "tex", "% tiny", "% tiny −", "is no sign that LaTeX reads"),
        ("numbers", "json", '"y.bias": -1', '"y.bias": -3', "'−1' in '−1' is not in the data"),
        ("timeless", "svg", "<desc", "<!-- 2026-01-01 --><desc", "'2026-01-01'"),
        ("timeless", "tex", "% tiny", "% matplotlib 3.9", "'matplotlib 3.9'"),
        ("licence", "svg", "yours: toynets", "", "the SVG file does not name its licence"),
        ("licence", "json", "toynets, tiny networks", "", "the JSON file does not name its source"),
    ],
)  # fmt: skip
def test_a_fault_in_a_file(spoil, name, ending, old, new, fault):
    assert fault in CHECKS[name](spoil(ending, old, new))


def pdf_of(figure, fonttype=42, **metadata):
    import io

    made = io.BytesIO()
    with figure.style.settings(), matplotlib.rc_context({"pdf.fonttype": fonttype}):
        figure.drawing.savefig(made, format="pdf", metadata=metadata)
    return made.getvalue()


def test_fonts_of_type_3_and_dates_and_versions(spoil):
    written = spoil("pdf", data=pdf_of(draw(), fonttype=3))
    assert "is of Type 3" in CHECKS["fonts"](written)
    assert "the PDF file has /" in CHECKS["timeless"](written)
    assert "the PDF file does not name its licence" in CHECKS["licence"](written)


def test_the_pdf_of_another_drawing(spoil):
    other = draw(add=lambda page: page.drawing.set_figwidth(3.0))
    written = spoil("pdf", data=pdf_of(other), figure=draw(add=lambda p: p.text(9, 5, "new")))
    assert "'new' cannot be extracted" in CHECKS["extractable"](written)
    assert "the PDF file is 76.20 mm wide" in CHECKS["width"](written)


def test_a_picture_in_the_pdf(spoil):
    pictured = draw(add=lambda page: page.drawing.figimage([[0.0, 1.0]]))
    assert "the PDF file holds a picture" in CHECKS["vector"](spoil("pdf", data=pdf_of(pictured)))


@pytest.mark.skipif(__import__("shutil").which("pdflatex") is None, reason="there is no pdflatex")
def test_latex_that_does_not_compile(spoil):
    written = spoil("tex", r"\newcommand{\TinyAlt}", "\\nonsense\n\\newcommand{\\TinyAlt}")
    assert "pdflatex stops: ! Undefined control sequence" in CHECKS["LaTeX"](written)


def test_maps_without_a_scale(tmp_path):
    figure = draw(maps=1)
    figure.save(str(tmp_path), ("json",))
    assert "no scale with its limit" in CHECKS["maps"](Written(figure, str(tmp_path)))
    figure = draw(maps=1, numbers={"weights": {"x1->y": 2, "y.bias": -1}, "scale": {"limit": 2}})
    figure.save(str(tmp_path), ("json",), force=True)
    assert "does not print its end −2" in CHECKS["maps"](Written(figure, str(tmp_path)))


def test_other_bytes(spoil):
    assert "the tex file differs" in CHECKS["same bytes"](spoil("tex", "tiny", "tiny "))
    assert "nobody built it" in CHECKS["same bytes"](spoil(digests=None))


def test_a_changed_network_shows_both_images(spoil, tmp_path_factory):
    before = tmp_path_factory.mktemp("before")
    written = spoil(before=str(before))
    assert CHECKS["changes"](written) == ""  # a new figure
    data = json.loads(written.read("json"))
    data["networks"][0]["hash"] = "0" * 64
    (before / "tiny.json").write_text(json.dumps(data))
    assert "is not there to show both images" in CHECKS["changes"](written)
    from pathlib import Path

    page = Path(written.folder) / CHANGES
    page.write_text("<img src='tiny.svg'>")
    assert "does not show both images" in CHECKS["changes"](written)
    page.write_text("<img src='before/tiny.svg'><img src='tiny.svg'>")
    assert CHECKS["changes"](written) == ""


def test_another_picture_of_the_same_network(spoil, tmp_path_factory):
    before = tmp_path_factory.mktemp("before")
    written = spoil(before=str(before))
    (before / "tiny.json").write_bytes(written.read("json"))
    (before / "tiny.png").write_bytes(written.figure.png(72))
    assert CHECKS["changes"](written) == ""
    moved = draw(add=lambda page: page.polygon([(2, 2), (16, 2), (16, 28), (2, 28)], fill="ink"))
    (before / "tiny.png").write_bytes(moved.png(72))
    assert "the picture differs by" in CHECKS["changes"](written)


def test_slow_and_unmeasured(spoil):
    assert "it took 2.5 s" in CHECKS["quick"](spoil(seconds=2.5))
    assert "nobody measured" in CHECKS["quick"](spoil(seconds=None))


def test_a_notation_that_clashes_or_is_ignored(spoil):
    def clash(style):
        long = style.written.name == "row-vector"
        return draw(style, add=lambda page: page.text(37, 18, "W") if long else None)

    assert "in the notation row-vector 'W' is printed" in CHECKS["notations"](spoil(redraw=clash))
    assert "not in indexed" in CHECKS["notations"](spoil(redraw=lambda style: draw()))
    assert "cannot be drawn again" in CHECKS["notations"](spoil(redraw=None))


def test_an_alt_text_that_is_too_long_is_refused_at_once():
    with pytest.raises(Exception, match="has 251 characters: 250 at most"):
        draw(alt="a" * 251)
    assert "says no more" in CHECKS["alt text"](loose(description="One."))
