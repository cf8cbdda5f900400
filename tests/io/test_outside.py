"""Files that other people wrote (Marabou's test resources, modified BSD; see COPYING.txt)."""

from __future__ import annotations

from pathlib import Path

import pytest

from toynets import exact
from toynets.errors import ToynetsError
from toynets.io import read

NETS = Path(__file__).parents[1] / "outside" / "nets"


def test_one_network_in_two_formats_is_one_network():
    a, b = read(NETS / "fc_2-2-3.nnet"), read(NETS / "fc_2-2-3.onnx")
    assert a == b and a.text == "2-2-3 relu"
    # y1 = 2 relu(x1 + x2) - relu(-x1 - x2), y2 and y3 likewise: by hand from the printed file.
    assert list(exact.run(a, [1, 2])) == [6, -3, 3]
    assert list(exact.run(a, [-1, -2])) == [-3, 3, -3]


def test_sigmoids_are_read():
    assert read(NETS / "fc_2-2sigmoids-3.onnx").layers[0].activation == "sigmoid"


@pytest.mark.parametrize(
    ("name", "operators"),
    [
        ("linear2-3_bn1-linear3-1.onnx", "BatchNormalization"),
        ("KJ_TinyTaxiNet.onnx", "Transpose, Conv, Cast, Reshape"),
    ],
)
def test_operators_that_are_not_read_are_named(name, operators):
    with pytest.raises(ToynetsError, match=f"operators that are not read: {operators}"):
        read(NETS / name)
