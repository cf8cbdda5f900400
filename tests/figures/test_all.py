"""Every figure script: found, told in a line, and (long) all 25 properties in two processes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from toynets.errors import ToynetsError
from toynets.plots import Style, scripts
from toynets.plots.building import check_all
from toynets.plots.properties import PROPERTIES, Written
from toynets.plots.style import with_word
from toynets.zoo import names as zoo_names

NAMES = scripts.names()


@pytest.mark.parametrize("name", NAMES)
def test_a_script_says_what_it_shows_and_of_which_networks(name):
    says, networks = scripts.summary(name)
    assert says.endswith(".") and len(says) > 30
    assert set(networks) <= set(zoo_names())


def test_a_script_uses_public_names_only():
    for name in NAMES:
        source = (Path(scripts.folder()) / f"{name}.py").read_text(encoding="utf-8")
        assert "pyplot" not in source and "rcParams" not in source, name
        assert "def figure(*, style: Style) -> Figure:" in source, name


@pytest.mark.long
def test_all_properties_hold_of_every_figure():
    faults = {}
    for one in check_all([]):
        known = dict(one.faults)
        known.pop("quick", None)  # a loaded machine is no fault; `toynets figures check` tells
        if known:
            faults[one.name] = known
    assert faults == {}


# What of the 25 depends on how a figure looks, and needs no file.
LOOK = ("height", "text size", "line width", "no overlap", "not clipped", "colours apart", "grey",
        "contrast", "sign")  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("word", ["dark", "grey", "slide"])
def test_every_figure_holds_in_every_look(word):
    style = with_word(Style(), word)
    faults = {}
    for name in NAMES:
        written = Written(scripts.figure(name, style), "")
        found = [p.fault(written) for p in PROPERTIES if p.name in LOOK]
        if any(found):
            faults[name] = [fault for fault in found if fault]
    assert faults == {}


def test_where_there_are_no_scripts_it_is_said(tmp_path):
    with pytest.raises(ToynetsError, match="there is no folder of figure scripts"):
        scripts.folder(str(tmp_path / "none"))
    (tmp_path / "odd.py").write_text("x = 1\n")
    with pytest.raises(ToynetsError, match=r"odd\.py has no function figure"):
        scripts.script("odd", str(tmp_path))
    (tmp_path / "other.py").write_text(
        "from toynets.plots import diagram\nfrom toynets import load\n"
        "def figure(*, style=None):\n    return diagram(load('not').network, name='odd')\n"
    )
    with pytest.raises(ToynetsError, match=r"other\.py draws a figure named odd"):
        scripts.figure("other", None, str(tmp_path))


README = Path(scripts.folder()) / "readme"


@pytest.mark.parametrize("path", sorted(README.glob("*.svg")), ids=lambda p: p.stem)
def test_the_pictures_of_the_readme_are_what_the_build_gives(path):
    """The same texts at the same places, the same alt text; bytes may change with matplotlib."""
    import re

    figure = scripts.figure(path.stem)
    committed, made = path.read_text(encoding="utf-8"), figure.svg()

    def texts(svg):
        found = re.findall(r'<text [^>]*?x="([0-9.-]+)" y="([0-9.-]+)"[^>]*>([^<]*)<', svg)
        return sorted((text, round(float(x)), round(float(y))) for x, y, text in found)

    mine, others = texts(committed), texts(made)
    assert [t[0] for t in mine] == [t[0] for t in others] and len(mine) > 3
    for (text, x, y), (_, u, v) in zip(mine, others, strict=True):
        assert abs(x - u) <= 2 and abs(y - v) <= 2, text
    assert (
        re.search(r"<desc[^>]*>([^<]*)", committed)[1] == re.search(r"<desc[^>]*>([^<]*)", made)[1]
    )
    assert json.dumps(figure.data())
