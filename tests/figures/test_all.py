"""Every figure script: found, told in a line, and (long) all 25 properties in two processes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from toynets.plots import Style, scripts
from toynets.plots.building import check_all
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
@pytest.mark.parametrize("theme", ["light", "dark", "grey"])
def test_all_properties_hold_of_every_figure(theme):
    found = check_all([], style=Style(theme=theme), twice=theme == "light")
    faults = {}
    for one in found:
        known = dict(one.faults)
        known.pop("quick", None)  # a loaded machine is no fault; `toynets figures check` tells
        if theme != "light":
            known.pop("same bytes", None)
        if known:
            faults[one.name] = known
    assert faults == {}


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
