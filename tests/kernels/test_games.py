"""All 2^n coalitions: every way of summing, every layout, against the exact table."""

from __future__ import annotations

from fractions import Fraction

import jax.numpy as jnp
import numpy as np
import pytest
from kernel_cases import CUBE, HALVES, ONES, dyadic, far, number, rough, rough_rows, targets_for

from toynets.errors import ToynetsError
from toynets.forward import precision_of
from toynets.kernels import (
    EDGE_KINDS,
    GAME_KINDS,
    edge_game,
    exact_table,
    input_game,
    stream_coalitions,
    unit_game,
    value_bound,
)
from toynets.kernels.batched import clean_program
from toynets.kernels.blocks import all_masks, block_digits, digits
from toynets.kernels.coalition_guard import activated, group_size, largest_logit
from toynets.kernels.coalition_tables import layout_of, table_program, way_for
from toynets.kernels.coalition_ways import Gram, Halves, Plain, Products
from toynets.kernels.measures import Question, asked
from toynets.kernels.preparing import prepared
from toynets.kernels.replacing import replacements
from toynets.kernels.twins import worth_by_rows
from toynets.network import Network


def way(network, rows, value, kind="zero", **more):
    """The way that a game of units is summed."""
    ready = prepared(network, rows)
    with precision_of("float64"):
        clean = clean_program(ready.params, ready.x, ready.activations)
        absent = replacements(ready, clean, kind)
        lay = layout_of(len(network.hidden), len(network.layers[-2].units))
        return way_for(asked(ready, value, **more)[0], ready, absent, lay)


def same(game, network, rows, **more):
    """Every coalition's worth is the exact one."""
    exact = exact_table(network, rows, game, **more)
    assert len(exact) == len(game.table) == 2 ** len(game.players)
    for given, wanted in zip(game.table.tolist(), exact, strict=True):
        pairs = zip(given, wanted, strict=True) if isinstance(given, list) else [(given, wanted)]
        # Squares need more digits than the table has: it holds the exact number, rounded once.
        assert all(a == np.float32(float(b)) for a, b in pairs)
    assert len({str(row) for row in game.table.tolist()}) > 2


def near(game, network, rows, bound, **more):
    """Every coalition's worth is within a bound of the exact one."""
    exact = exact_table(network, rows, game, **more)
    for given, wanted in zip(game.table.tolist(), exact, strict=True):
        pairs = zip(given, wanted, strict=True) if isinstance(given, list) else [(given, wanted)]
        assert all(abs(a - float(number(b))) <= bound for a, b in pairs)


@pytest.mark.parametrize("kind", [k for k in GAME_KINDS if k != "set"])
@pytest.mark.parametrize("name", ["softmax", "deep"])
def test_on_a_dyadic_network_every_kind_of_absence_is_exact(name, kind):
    network = dyadic(name)
    targets = {"targets": targets_for(network)}
    more = {"source": far(network, None)} if kind == "patch" else {}
    game = unit_game(network, HALVES, kind, "squared error", **more, **targets)
    same(game, network, HALVES, **more, **targets)


def test_an_absent_unit_can_be_set_to_any_constant():
    network = dyadic("deep")
    constants = {"h1.1": 1, "h1.2": "-1/2", "h1.3": 2, "h2.1": "1/4", "h2.2": 0}
    game = unit_game(network, HALVES, "set", "mean output", constants=constants)
    assert game.absences[1] == "h1.2 = -1/2"
    same(game, network, HALVES)


# Each way, in a layout that has states, a first half and a second half, or as many as there are.
DYADIC = [
    ("wide", "mean output", Halves, {}),
    ("wide", "squared error", Gram, {"targets": ONES[:4]}),
    ("wide", "accuracy", Plain, {"targets": ONES[:4], "decision": {"threshold": -1}}),
    ("two wide", "mean output", Halves, {}),
    ("two wide", "squared error", Gram, {"targets": ONES[:4]}),
    ("two wide", "agreement", Plain, {"decision": {"threshold": 0.125}}),
]


@pytest.mark.parametrize(("name", "value", "kind_of_way", "more"), DYADIC)
def test_on_a_dyadic_network_every_layout_is_exact(name, value, kind_of_way, more):
    network, rows = dyadic(name), HALVES[:4]
    assert isinstance(way(network, rows, value, **more), kind_of_way)
    game = unit_game(network, rows, "zero", value, **more)
    if kind_of_way is Gram:  # every coalition over the rationals, once for each layout
        same(game, network, rows, **more)
    # And all of them against the plain masks, which are exact here, too.
    found = [part for _, part in stream_coalitions(network, rows, "zero")]
    y = np.concatenate(found)[:, :, 0].astype("float64")
    targets = np.array(more.get("targets", [[0.0]] * 4))[:, 0]
    at = float(more.get("decision", {}).get("threshold", 0))
    held = y[-1] if value == "agreement" else targets
    worth = {
        "mean output": y,
        "squared error": (y - targets) ** 2,
        "accuracy": np.sign(y - at) == np.sign(held - at),
        "agreement": np.sign(y - at) == np.sign(held - at),
    }[value]
    assert (game.table.ravel() == worth.mean(axis=1).astype("float32")).all()
    assert len(set(game.table.ravel().tolist())) > 2


def test_softmax_outputs_and_errors_are_exact_where_the_mean_of_the_logits_is():
    network, targets = dyadic("softmax"), targets_for(dyadic("softmax"))
    for value, more in (
        ("squared error", {"targets": targets}),
        ("accuracy", {"targets": targets}),
        ("agreement", {}),
    ):
        game = unit_game(network, HALVES, "mean", value, **more)
        same(game, network, HALVES, **more)


ROUGH = [
    ("softmax", "cross-entropy", Products),
    ("softmax", "squared error", Gram),
    ("smooth", "cross-entropy", Products),
    ("smooth", "squared error", Plain),
    ("three", "cross-entropy", Products),
    ("three", "mean output", Halves),
]


@pytest.mark.parametrize(("name", "value", "kind_of_way"), ROUGH)
def test_on_rough_networks_the_error_is_within_its_bound(name, value, kind_of_way):
    network, rows = rough(name), rough_rows()
    more = {} if value == "mean output" else {"targets": targets_for(network)}
    assert isinstance(way(network, rows, value, **more), kind_of_way)
    bound = value_bound(network, rows, value, **more).max()
    assert bound < 0.02
    game = unit_game(network, rows, "mean", value, **more)
    near(game, network, rows, bound, **more)
    for index in (0, 5, len(game.table) - 1):
        twin = worth_by_rows(network, rows, game.intervention(index), value, **more)
        assert np.abs(game.table[index] - np.array(twin)).max() <= 2 * bound


@pytest.mark.parametrize("name", ["wide", "two wide"])
def test_a_cross_entropy_with_both_halves_is_within_its_bound(name):
    # 13 rows: a whole group of 8, or several, and some left over.
    network, rows = rough(name), rough_rows(13)
    targets = targets_for(network, 13)
    game = unit_game(network, rows, "zero", "cross-entropy", targets=targets)
    bound = value_bound(network, rows, "cross-entropy", targets=targets).max()
    chosen = np.random.default_rng(0).integers(0, 2**11, 24).tolist()
    for index in (0, 2**11 - 1, *chosen):
        twin = worth_by_rows(
            network, rows, game.intervention(index), "cross-entropy", targets=targets
        )
        assert abs(game.table[index] - twin) <= 2 * bound


def test_the_layout_has_every_part_in_the_tests():
    assert str(layout_of(11, 11)) == "Layout(blocks=4, states=0, first=1, second=6)"
    assert str(layout_of(11, 8)) == "Layout(blocks=4, states=0, first=1, second=6)"
    assert str(layout_of(5, 2)) == "Layout(blocks=4, states=0, first=0, second=1)"
    assert str(layout_of(7, 2)) == "Layout(blocks=4, states=1, first=0, second=2)"
    for players in range(1, 27):
        for last in range(1, players + 1):
            lay = layout_of(players, last)
            assert lay.blocks + lay.states + lay.first + lay.second == players
            assert lay.first + lay.second <= last
            assert lay.first == 0 or lay.second >= 6


def test_states_of_the_outer_layers_are_exact():
    # Seven units, two of them last: two states in each block.
    draw = np.random.default_rng(1)
    layers = [
        (draw.integers(-8, 9, (out, parents)) / 8, draw.integers(-8, 9, out) / 8, act)
        for parents, out, act in ((3, 5, "abs"), (5, 2, "relu"), (2, 1, "identity"))
    ]
    network = Network.from_layers(layers)
    for value, more in (
        ("mean output", {}),
        ("squared error", {"targets": ONES[:4]}),
        ("agreement", {"decision": {"threshold": "1/4"}}),
    ):
        game = unit_game(network, HALVES[:4], "zero", value, **more)
        same(game, network, HALVES[:4], **more)


@pytest.mark.parametrize("scale", [0.5, 1, 2, 4, 64])
@pytest.mark.parametrize("output", ["sigmoid", "softmax"])
def test_no_product_of_exponentials_overflows(scale, output):
    # All rows push all logits one way as far as they go: the worst case for a product.
    rows = [[1.0 + r / 16, 1, 1] for r in range(8)]
    up = [[scale * 8, scale], [scale, -scale]]
    layers = [(np.eye(3)[:2], None, "relu"), (up, None, output)]
    network = Network.from_layers(layers)
    targets = [[1, 0]] * 8
    ready = prepared(network, rows)
    zeros = (np.zeros((2, 1), "float32"),)
    question = Question("cross-entropy", output)
    largest = largest_logit(question, ready, zeros)
    rows_at_once = group_size(question, ready, zeros)
    assert (rows_at_once + 1) * largest > 30 or rows_at_once == 8
    game = unit_game(network, rows, "zero", "cross-entropy", targets=targets)
    assert np.isfinite(game.table).all()
    bound = value_bound(network, rows, "cross-entropy", targets=targets).max()
    near(game, network, rows, bound, targets=targets)


def test_the_number_of_factors_falls_with_the_size_of_the_logits():
    rows, zeros = [[1.0]], (np.zeros((1, 1), "float32"),)
    found = []
    for weight in (4, 8, 16, 32, 64):
        layers = [([[1]], None, "relu"), ([[weight]], None, "sigmoid")]
        ready = prepared(Network.from_layers(layers), rows)
        found.append(group_size(Question("cross-entropy", "sigmoid"), ready, zeros))
    assert found == [8, 8, 4, 2, 0]


@pytest.mark.parametrize("name", ["identity", "relu", "abs", "square", "step", "tanh", "sigmoid"])
def test_the_range_of_an_activation_holds_its_values(name):
    from toynets.forward import FUNCTIONS

    draw = np.random.default_rng(0)
    low, high = np.sort(draw.normal(size=(2, 200)), axis=0)
    bottom, top = activated(name, (low, high))
    for share in np.linspace(0, 1, 9):
        value = np.asarray(FUNCTIONS[name](jnp.asarray(low + share * (high - low), "float32")))
        assert (value >= bottom - 1e-6).all()
        assert (value <= top + 1e-6).all()


@pytest.mark.parametrize("kind", EDGE_KINDS)
def test_games_of_edges_are_exact(kind):
    network = dyadic("bare")
    players = ["x1->h1", "x2->h1", "x3->h2", "h1.bias", "h3.bias", "h3->y"]
    game = edge_game(network, HALVES, kind, "mean output", players=players)
    same(game, network, HALVES)
    more = {"targets": ONES}
    game = edge_game(network, HALVES, kind, "squared error", players=players, **more)
    same(game, network, HALVES, **more)


def test_without_a_choice_every_weight_plays_and_no_bias():
    network = Network.from_layers([([[1, -2]], [1], "relu"), ([[2]], [1], "identity")])
    game = edge_game(network, [[1, 0], [2, 1]], "cut", "mean output")
    assert game.players == ("x1->h1", "x2->h1", "h1->y")
    same_rows = [[1, 0], [2, 1]]
    assert [Fraction(v) for v in game.table[:, 0].tolist()] == [
        row[0] for row in exact_table(network, same_rows, game)
    ]


def test_games_of_inputs_are_exact():
    network, baseline = dyadic("softmax"), [0.5, -1, 2]
    for value, more in (
        ("mean output", {}),
        ("accuracy", {"targets": targets_for(network)}),
    ):
        game = input_game(network, HALVES, baseline, value, **more)
        exact = exact_table(network, HALVES, game, **more)
        assert game.players == network.inputs
        assert game.absences[1] == "x2 = -1"
        given = np.array(game.table, "float64").reshape(8, -1)
        wanted = np.array([[float(v) for v in np.ravel(row)] for row in exact])
        assert (given == wanted).all()


def test_inputs_can_be_grouped_and_left_out():
    network = dyadic("softmax")
    groups = {"both": ["x1", "x3"]}
    game = input_game(network, HALVES, [0, 0, 0], "mean output", groups=groups)
    assert game.absences == ("x1 = 0, x3 = 0",)
    assert game.worth("both").tolist() == game.table[1].tolist()
    exact = exact_table(network, HALVES, game)
    assert [[Fraction(v) for v in row] for row in game.table.tolist()] == exact


def test_a_smooth_game_of_edges_and_of_inputs_is_within_its_bound():
    network, rows = rough("smooth"), rough_rows()
    more = {"targets": targets_for(network)}
    players = [name for name in network.numbers if "->" in name][:6]
    bound = value_bound(network, rows, "cross-entropy", **more).max()
    near(
        edge_game(network, rows, "flip", "cross-entropy", players=players, **more),
        network,
        rows,
        bound,
        **more,
    )
    base = [0.5, 1.0, -2.0]
    bound = value_bound(network, rows, "cross-entropy", also=base, **more).max()
    near(input_game(network, rows, base, "cross-entropy", **more), network, rows, bound, **more)


def test_the_stream_gives_every_coalition_on_every_row():
    network = dyadic("deep")
    chunks = list(stream_coalitions(network, HALVES, "mean", chunk=12))
    assert [(start, len(part)) for start, part in chunks] == [(0, 12), (12, 12), (24, 8)]
    outputs = np.concatenate([part for _, part in chunks])
    assert outputs.shape == (32, 8, 1)
    game = unit_game(network, HALVES, "mean", "mean output")
    assert (outputs.astype("float64").mean(axis=1) == game.table).all()
    for index in (0, 7, 21):
        twin = worth_by_rows(network, HALVES, game.intervention(index), "output")
        assert outputs[index].tolist() == twin


def test_a_float64_network_has_a_float64_table():
    network, rows = rough("deep", "float64"), rough_rows()
    game = unit_game(network, rows, "mean", "squared error", targets=ONES)
    assert game.table.dtype == np.float64
    bound = value_bound(network, rows, "squared error", targets=ONES).max()
    assert bound < 1e-9
    near(game, network, rows, bound, targets=ONES)


def test_one_program_serves_every_kind_and_every_input_of_one_shape():
    network = dyadic("deep")
    unit_game(network, HALVES, "zero", "mean output")
    before = table_program.jitted._cache_size()
    unit_game(network, CUBE, "mean", "mean output")
    unit_game(network.with_numbers({"h2.1->y": 3}), CUBE, "pre", "mean output")
    assert table_program.jitted._cache_size() == before


def test_coalitions_are_numbered_as_a_boolean_domain_lists_its_rows():
    game = unit_game(dyadic("deep"), HALVES, "zero", "mean output")
    assert game.index(["h1.1"]) == 0b10000
    assert game.members(0b01001) == ("h1.2", "h2.2")
    assert game.intervention(0b11011) == "h1.3 = 0"
    assert (game.worth(*game.players) == game.table[-1]).all()
    assert (game.worth() == game.table[0]).all()
    with pytest.raises(ToynetsError, match="no player h9"):
        game.worth("h9")
    assert all_masks(3, "float32").tolist() == digits(jnp.arange(8), 3).T.tolist()
    assert [block_digits(n) for n in (3, 4, 5, 17, 26)] == [0, 0, 1, 13, 13]


NET = dyadic("softmax")
DEEP = dyadic("deep")
BIG = Network.from_layers([(np.ones((27, 1)), None, "relu"), (np.ones((1, 27)), None, "identity")])
WRONG = [
    (lambda: unit_game(NET, HALVES, "resample", "mean output"), "no kind of ablation resample"),
    (lambda: unit_game(NET, HALVES, "zero", "output"), "one worth for each coalition"),
    (lambda: unit_game(BIG, [[1]], "zero", "mean output"), r"27 hidden units has 2\^27 coalitions"),
    (
        lambda: unit_game(NET, HALVES, "set", "mean output", constants={"h1": 1}),
        "set does not say what happens without h2",
    ),
    (lambda: edge_game(NET, HALVES, "zero", "mean output"), "no kind of ablation zero"),
    (lambda: edge_game(NET, HALVES, "cut", "mean output", players=["x9->h1"]), "no weight x9->h1"),
    (
        lambda: edge_game(NET, HALVES, "cut", "mean output", players=["x1->h1"] * 2),
        "named twice",
    ),
    (
        lambda: edge_game(dyadic("bare"), HALVES, "cut", "mean output", players=["h1->y"]),
        "h1->y is tied to w",
    ),
    (lambda: edge_game(NET, HALVES, "cut", "mean output", players=[]), "a game of 0 weights"),
    (lambda: input_game(NET, HALVES, [0, 0], "mean output"), r"shape \(1, 2\)"),
    (lambda: input_game(NET, HALVES, [[0, 0, 0]] * 2, "mean output"), "the baseline is one input"),
    (
        lambda: input_game(NET, HALVES, [0, 0, 0], "mean output", groups={"a": ["x9"]}),
        "no input x9",
    ),
    (
        lambda: input_game(
            NET, HALVES, [0, 0, 0], "mean output", groups={"a": ["x1"], "b": ["x1"]}
        ),
        "x1 is in two groups",
    ),
    (lambda: value_bound(NET, HALVES, "accuracy", targets=ONES), "accuracy has no error bound"),
    (
        lambda: exact_table(
            BIG, [[1]], edge_game(BIG, [[1]], "cut", "mean output", players=list(BIG.numbers)[:13])
        ),
        "13 players: exact games have at most 12",
    ),
    (
        lambda: exact_table(DEEP, [[0, 0, 0]] * 2, unit_game(DEEP, CUBE, "zero", "mean output")),
        "an input is given twice",
    ),
]


@pytest.mark.parametrize(("call", "said"), WRONG)
def test_wrong_use_is_answered_with_the_fault(call, said):
    with pytest.raises(ToynetsError, match=said):
        call()
