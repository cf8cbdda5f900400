"""`toynets table`, from the command line."""

from __future__ import annotations

import pytest


def test_every_weight_in_labelled_lines(toynets):
    lines = toynets("table", "xor-sum").out.splitlines()
    assert lines[0] == "xor-sum, 2-2-1 relu: weights" and len(lines) == 10
    assert (
        lines[8]
        == "weight: h2->y; value: -2; role: inhibits; why: takes back both when both are on"
    )


@pytest.mark.parametrize(
    ("form", "part"),
    [
        ("text", "h2->y       -2  inhibits"),
        ("markdown", "| h2->y | -2 | inhibits |"),
        ("latex", r"$h_2 \to y$ & $-2$ & inhibits &"),
        ("csv", "h2->y,-2,inhibits,"),
        ("html", '<th scope="row">h2-&gt;y</th><td>-2</td>'),
    ],
)
def test_every_format_on_the_screen_and_in_a_file(toynets, tmp_path, form, part):
    assert part in toynets("table", "xor-sum", "--format", form).out
    file = tmp_path / "made"
    keys = ("table", "xor-sum", "--format", form, "-o", str(file))
    assert toynets(*keys).out == f"{file} has 9 weights of xor-sum.\n"
    assert part in file.read_text()
    assert toynets(*keys).status == 2 and toynets(*keys, "--force").status == 0


def test_units_and_data(toynets):
    rows = toynets("table", "xor-sum", "--of", "units", "--json").data["rows"]
    assert [row["unit"] for row in rows] == ["h1", "h2", "y"]


def test_a_file_needs_a_format(toynets, tmp_path):
    done = toynets("table", "xor-sum", "-o", str(tmp_path / "made"))
    assert done.status == 2 and "add --format" in done.err
