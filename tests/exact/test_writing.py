"""A trace: the arithmetic of a run, line by line, and every value by name."""

from __future__ import annotations

from exact_cases import BITS, NET, ONE
from small_networks import XOR

from toynets.exact import trace
from toynets.exact.writing import compact
from toynets.network import Network
from toynets.records import Trace


def test_the_arithmetic_of_every_kind_of_replacement():
    def written(text):
        return trace(NET, ONE, text, source=[0, 1], domain=BITS).arithmetic

    assert written("") == (
        "h1.pre = 1*1 + 2*1 - 1 = 2",
        "h1 = relu(2) = 2",
        "h2.pre = 3*1 - 1*1 + 1/2 = 5/2",
        "h2 = relu(5/2) = 5/2",
        "y = 2*2 - 1*5/2 + 1/4 = 7/4",
    )
    assert written("h2 = 0")[3] == "h2 = 0 (replaced; it was 5/2)"
    assert written("h2.pre = -1")[2:4] == (
        "h2.pre = -1 (replaced; it was 5/2)",
        "h2 = relu(-1) = 0",
    )
    assert written("h1 = mean")[1] == "h1 = 3/4 (replaced by its mean; it was 2)"
    assert written("h1 = (x')")[1] == ("h1 = 1 (replaced by its value at x1 = 0, x2 = 1; it was 2)")
    assert written("h1 = h2.pre(1, 0)")[1] == (
        "h1 = 7/2 (replaced by h2.pre at x1 = 1, x2 = 0; it was 2)"
    )
    assert written("x1 = 0")[0] == "x1 = 0 (replaced; it was 1)"
    assert written("x1->h1 = (x')")[:2] == (
        "x1->h1 carries 0 (replaced by its value at x1 = 0, x2 = 1; it was 1)",
        "h1.pre = 1*0 + 2*1 - 1 = 1",
    )
    assert written("h1->y = h1.pre(0, 0)")[-2:] == (
        "h1->y carries -1 (replaced by h1.pre at x1 = 0, x2 = 0; it was 2)",
        "y = 2*(-1) - 1*5/2 + 1/4 = -17/4",
    )
    assert written("->h2 = 0, h2.bias *= -2")[:3] == (
        "x1->h2 = 0 (changed; it was 3)",
        "x2->h2 = 0 (changed; it was -1)",
        "h2.bias = -1 (changed; it was 1/2)",
    )
    assert written("->h2 = 0, h2.bias *= -2")[5] == "h2.pre = 0*1 + 0*1 - 1 = -1"
    assert written("y = 5")[-2:] == (
        "y.pre = 2*2 - 1*5/2 + 1/4 = 7/4",
        "y = 5 (replaced; it was 7/4)",
    )
    assert written("y.pre = 5")[-2:] == ("y.pre = 5 (replaced; it was 7/4)", "y = 5")


def test_the_arithmetic_of_negative_numbers_no_bias_and_no_parents():
    net = Network.from_layers(
        [([[-1, 0], [0, 0]], None, "abs"), ([[2, -3]], ["-1/2"], "identity")],
        masks=[[[1, 0], [0, 0]], None],
    )
    assert trace(net, [-2, 0]).arithmetic == (
        "h1.pre = -1*(-2) = 2",
        "h1 = abs(2) = 2",
        "h2.pre = 0",
        "h2 = abs(0) = 0",
        "y = 2*2 - 3*0 - 1/2 = 7/2",
    )


def test_the_arithmetic_of_softmax_and_of_tanh():
    net = Network.from_layers([([[1], [-3]], [0, 0], "softmax")])
    assert trace(net, 2).arithmetic == (
        "y1.pre = 1*2 = 2",
        "y1 = 2 + 2 = 4 (logit minus the mean of all)",
        "y2.pre = -3*2 = -6",
        "y2 = -6 + 2 = -4 (logit minus the mean of all)",
    )
    bent = Network.from_layers([([[1]], [0], "tanh"), ([[2]], [0], "identity")])
    assert trace(bent, 1).arithmetic == (
        "h1.pre = 1*1 = 1",
        "h1 = tanh(1) = 0.761594",
        "y = 2*0.761594 = 1.52319",
    )


def test_a_trace_has_every_value_and_shows_itself():
    found = trace(XOR, ONE, "h2 = 0")
    assert isinstance(found, Trace)
    assert dict(found) == {"x1": 1, "x2": 1, "h1.pre": 2, "h1": 2, "h2.pre": 1, "h2": 0,
                           "y.pre": 2, "y": 2}  # fmt: skip
    assert str(found).splitlines()[0] == "xor-sum  x1 = 1, x2 = 1   with h2 = 0"
    assert str(found).isascii()


def test_the_arithmetic_on_one_line_leaves_out_what_was_replaced():
    found = trace(NET, [0, 1], "h1 = mean", domain=BITS).arithmetic
    assert compact(found) == "h2 = relu(3*0 - 1*1 + 1/2) = 0;  y = 2*3/4 - 1*0 + 1/4 = 7/4"
    softmax = Network.from_layers([([[1], [0]], [0, 0], "softmax")])
    assert compact(trace(softmax, 4).arithmetic) == (
        "y1 = 4 - 2 = 2 (logit minus the mean of all);  "
        "y2 = 0 - 2 = -2 (logit minus the mean of all)"
    )
