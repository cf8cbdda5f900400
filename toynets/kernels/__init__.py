"""Every ablation at speed: batched, jitted functions of networks, inputs and targets.

Arrays in, records of arrays out, with the names of the units. Each kernel has a readable twin of
one example (`twins`), an exact one (`exact_twins`), and a bound of how far it can be off
(`bounds`); the tests hold all three together.

- one thing removed: `unit_ablations`, `weight_ablations`, `pair_ablations`;
- every coalition: `unit_game`, `edge_game`, `input_game`, `stream_coalitions`;
- what each player contributes: `shapley_values`, `banzhaf_values`, `dividends`, `interactions`;
- the clean network on many inputs: `run_rows`;
- many networks trained at once: `start_population`, `train_population`, `evaluate_population`.

>>> from toynets.network import Network
>>> xor = Network.from_layers(
...     [([[1, 1], [1, 1]], [0, -1], "relu"), ([[1, -2]], [0], "identity")])
>>> rows, targets = [[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0]
>>> game = unit_game(xor, rows, "zero", "squared error", targets=targets)
>>> shapley_values(game)["h1"].item()
-0.5
"""

from toynets.kernels.ablations import (
    WEIGHT_KINDS,
    Sweep,
    pair_ablations,
    unit_ablations,
    weight_ablations,
)
from toynets.kernels.batched import Batch, run_rows
from toynets.kernels.bounds import Reach, reach, shares_bound, value_bound
from toynets.kernels.compiling import compiled, keep_compiled, known_options
from toynets.kernels.devices import collectives_in, device_mesh, on_each_device
from toynets.kernels.exact_twins import (
    exact_banzhaf,
    exact_dividends,
    exact_interactions,
    exact_shapley,
    exact_table,
    exact_worth,
)
from toynets.kernels.game_record import Game
from toynets.kernels.games import (
    EDGE_KINDS,
    GAME_KINDS,
    edge_game,
    input_game,
    stream_coalitions,
    unit_game,
)
from toynets.kernels.measures import VALUES
from toynets.kernels.population import evaluate_population, train_population
from toynets.kernels.population_layout import Layout
from toynets.kernels.population_start import start_population
from toynets.kernels.replacing import UNIT_KINDS
from toynets.kernels.transforms import (
    Shares,
    banzhaf_values,
    dividends,
    interactions,
    shapley_values,
)

__all__ = [
    "unit_ablations",
    "weight_ablations",
    "pair_ablations",
    "Sweep",
    "unit_game",
    "edge_game",
    "input_game",
    "stream_coalitions",
    "Game",
    "shapley_values",
    "banzhaf_values",
    "dividends",
    "interactions",
    "Shares",
    "run_rows",
    "Batch",
    "start_population",
    "train_population",
    "evaluate_population",
    "Layout",
    "UNIT_KINDS",
    "WEIGHT_KINDS",
    "GAME_KINDS",
    "EDGE_KINDS",
    "VALUES",
    "exact_worth",
    "exact_table",
    "exact_shapley",
    "exact_banzhaf",
    "exact_dividends",
    "exact_interactions",
    "Reach",
    "reach",
    "value_bound",
    "shares_bound",
    "compiled",
    "keep_compiled",
    "known_options",
    "device_mesh",
    "on_each_device",
    "collectives_in",
]
