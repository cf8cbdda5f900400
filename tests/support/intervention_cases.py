"""One small network with its values on every input, for the tests of interventions."""

from __future__ import annotations

from toynets.domain import Domain
from toynets.network import Network

# h1 = relu(2 x1 - x2 + 1), h2 = relu(x1 + 3 x2 - 2);  y = 3 h1 - 2 h2 + 1/2
#        00   01   10   11
# h1      1    0    3    2
# h2.pre -2    1   -1    2
# h2      0    1    0    2
# y     7/2 -3/2 19/2  5/2
NET = Network.from_layers(
    [([[2, -1], [1, 3]], [1, -2], "relu"), ([[3, -2]], ["1/2"], "identity")], name="small"
)
BITS = Domain.boolean(2)
BASE, SOURCE = [1, 1], [0, 1]
