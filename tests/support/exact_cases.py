"""Networks whose every value was worked out by hand, for the tests of the exact machine."""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq

from toynets.domain import Domain
from toynets.network import Network
from toynets.rationals import fraction

F = Fraction
BITS = Domain.boolean(2)
CLEAN = [F(-1, 4), F(9, 4), F(-13, 4), F(7, 4)]
# y = 2 relu(x1 + 2 x2 - 1) - relu(3 x1 - x2 + 1/2) + 1/4
#
#   x1 x2   h1.pre  h1   h2.pre  h2       y
#    0  0     -1     0     1/2   1/2    -1/4
#    0  1      1     1    -1/2    0      9/4
#    1  0      0     0     7/2   7/2   -13/4
#    1  1      2     2     5/2   5/2     7/4
#   mean     1/2    3/4    3/2   13/8    1/8
NET = Network.from_layers(
    [([[1, 2], [3, -1]], [-1, "1/2"], "relu"), ([[2, -1]], ["1/4"], "identity")], name="net"
)
# h1.1 = |x|, h1.2 = |1 - 2x|; h2.1 = relu(h1.1 + h1.2 - 1), h2.2 = relu(h1.1 - h1.2)
DEEP = Network.from_layers(
    [
        ([[1], [-2]], [0, 1], "abs"),
        ([[1, 1], [1, -1]], [-1, 0], "relu"),
        ([[1, 3]], None, "identity"),
    ],
    name="deep",
)
ONE = [1, 1]


def fractions(*values: fmpq) -> tuple[Fraction, ...]:
    """What a machine says, as numbers that compare with fractions."""
    return tuple(fraction(v) for v in values)
