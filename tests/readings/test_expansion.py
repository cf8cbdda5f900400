"""Expanded weights: held to the exact oracle, to matrix products, and to their own paths."""

from __future__ import annotations

from fractions import Fraction

import pytest

from toynets import exact
from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.network import Network
from toynets.readings import expand
from toynets.zoo import load, names

PIECEWISE = ("identity", "relu", "abs", "step", "softmax")


def piecewise():
    found = []
    for name in names():
        entry = load(name)
        wide = entry.task.domain.kind == "box" and len(entry.network.inputs) > 2  # not drawn
        if not wide and all(x.activation in PIECEWISE for x in entry.network.layers):
            found.append(entry)
    return found


MIXED = Network.from_layers(
    [
        ([[1, -1], [2, 1], [-1, 0.5]], [0.25, -1, 0.5], "abs"),
        ([[1, -1, 0.5], [0, 1, 1]], [-0.5, 0.25], "step"),
        ([[1, 2], [-1, 0.5], [3, 1]], None, "softmax"),
    ],
    name="mixed",
)
DEEP = Network.from_layers(
    [
        ([[1, -1], [2, 1], [-1, 0.5]], [0.25, -1, 0.5], "relu"),
        ([[1, -1, 0.5], [0, 1, 1]], [-0.5, 0.25], "abs"),
        ([[1, 2], [-1, 0.5], [3, 1]], [1, 0, -2], "softmax"),
    ],
    name="deep",
)


def value(piece, output, x):
    return piece.constants[output] + sum(
        s * v for s, v in zip(piece.slopes[output].values(), x, strict=True)
    )


def fractions(row):
    return tuple(Fraction(int(v.p), int(v.q)) for v in row)


def check_finite(network, domain):
    found = expand(network, domain)
    labels = {text: fractions(row) for text, row in zip(domain.labels, domain.rows, strict=True)}
    assert sum(piece.count for piece in found.pieces) == found.total == len(domain.rows)
    seen = [text for piece in found.pieces for text in piece.inputs]
    assert sorted(seen) == sorted(labels)
    assert len({piece.on for piece in found.pieces}) == len(found.pieces)
    for piece in found.pieces:
        assert piece.count == len(piece.inputs)
        for text in piece.inputs:
            outputs = exact.run(network, labels[text])
            for output, y in zip(network.outputs, outputs, strict=True):
                assert value(piece, output, labels[text]) == y, (network.name, piece.on, text)
    return found


def test_on_every_input_each_piece_is_the_network():
    for entry in piecewise():
        if entry.task.domain.finite:
            check_finite(entry.network, entry.task.domain)


@pytest.mark.parametrize("network", [MIXED, DEEP], ids=["step", "abs"])
def test_of_every_activation_and_softmax(network):
    grid = [[a, b] for a in ("-1", "0", "1/3", "2") for b in ("-2", "1/2", "1")]
    check_finite(network, Domain.listed(grid))


def test_slopes_are_products_of_matrices_without_the_rows_that_are_off():
    for entry in piecewise():
        network = entry.network
        if [layer.activation for layer in network.layers] != ["relu", "identity"]:
            continue
        first, last = network.layers
        for piece in expand(network, entry.task.domain).pieces:
            for o, output in enumerate(network.outputs):
                for i, x in enumerate(network.inputs):
                    slope = sum(
                        Fraction(last.weight[o][h]) * Fraction(first.weight[h][i])
                        for h, unit in enumerate(first.units)
                        if unit in piece.on
                    )
                    assert piece.slopes[output][x] == slope


def centred(network, parent, output):
    """Return a weight, or a bias, to an output less the mean of those to all outputs."""
    addresses = {o: f"{parent}->{o}" for o in network.outputs}
    if parent == f"{output}.bias":
        addresses = {o: f"{o}.bias" for o in network.outputs}
    numbers = {o: Fraction(network[address]) for o, address in addresses.items()}
    return numbers[output] - sum(numbers.values()) / len(numbers)


def test_paths_add_up_and_each_is_the_product_of_its_weights():
    for entry in piecewise():
        network = entry.network
        for piece in expand(network, entry.task.domain).pieces:
            for output in network.outputs:
                own = [path for path in piece.paths if path.names[-1] == output]
                for x in network.inputs:
                    total = sum(path.product for path in own if path.names[0] == x)
                    assert total == piece.slopes[output][x]
                for path in own:
                    product = Fraction(1)
                    if path.names[0].endswith(".bias"):
                        product = Fraction(network[path.names[0]])
                    edges = list(zip(path.names, path.names[1:], strict=False))
                    if network.layers[-1].activation == "softmax":  # outputs less their mean
                        last = centred(network, *edges.pop())
                        product = product * last if edges else last
                    for a, b in edges:
                        if not a.endswith((".bias", ".on")):
                            product *= Fraction(network[f"{a}->{b}"])
                    turned = [u for u in path.names if u in piece.off]
                    assert path.product == product * (-1) ** len(turned), path
                    assert all(network.activation_of(u) == "abs" for u in turned)


@pytest.mark.parametrize("network", [DEEP, load("max-2").network, load("xor-sum").network])
def test_on_a_box_each_region_is_the_network_inside(network):
    found = expand(network, Domain.box("[-1,2]^2"))
    assert sum(piece.count for piece in found.pieces) == 1 and found.total is None
    for piece in found.pieces:
        corners = [tuple(map(Fraction, c.strip("()").split(", "))) for c in piece.inputs]
        middle = tuple(sum(c[k] for c in corners) / len(corners) for k in range(2))
        outputs = exact.run(network, middle)
        for output, y in zip(network.outputs, outputs, strict=True):
            assert value(piece, output, middle) == y
        step = Fraction(1, 10**9)
        for k, x in enumerate(network.inputs):
            moved = exact.run(network, tuple(v + step * (j == k) for j, v in enumerate(middle)))
            for o, output in enumerate(network.outputs):
                assert (moved[o] - outputs[o]) / step == piece.slopes[output][x]


def test_a_line_is_measured_by_length():
    found = expand(load("abs").network, Domain.box("[-1,3]"))
    assert [(p.count, p.formula("y")) for p in found.pieces] == [
        (Fraction(3, 4), "y = x1"),
        (Fraction(1, 4), "y = -x1"),
    ]


def test_what_cannot_be_expanded():
    with pytest.raises(ToynetsError, match="tanh units has no linear pieces"):
        expand(load("xor-tanh").network, Domain.boolean(2))
    with pytest.raises(ToynetsError, match="one or two inputs"):
        expand(load("majority-3").network, Domain.box("[0,1]^3"))
    wide = [([[1] * 2] * 40, [1] * 40, "relu"), ([[1] * 40] * 40, [1] * 40, "relu")]
    with pytest.raises(ToynetsError, match="more than 2000 paths lead to"):
        expand(
            Network.from_layers([*wide, wide[1], ([[1] * 40], [0], "identity")]), Domain.boolean(2)
        )


def test_at_its_kink_a_unit_is_off():
    for activation in ("relu", "abs"):
        network = Network.from_layers([([[1]], [0], activation), ([[1]], [0], "identity")])
        found = expand(network, Domain.listed([["0"], ["1"]]))
        assert {piece.inputs: piece.on for piece in found.pieces} == {("0",): (), ("1",): ("h1",)}
