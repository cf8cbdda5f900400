"""What a user calls: a network as a cooperative game of its units, its edges or its inputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from toynets.errors import ToynetsError, unknown
from toynets.forward import precision_of
from toynets.kernels.batched import Clean, clean_program
from toynets.kernels.blocks import check_players, digits, mesh_for
from toynets.kernels.coalition_tables import layout_of, table_program, way_for
from toynets.kernels.devices import gathered
from toynets.kernels.game_record import Game
from toynets.kernels.masked_games import (
    Masked,
    edge_places,
    masked_block_digits,
    masked_program,
    outputs_program,
)
from toynets.kernels.measures import Goal, Question, asked, goal_of
from toynets.kernels.preparing import Array, Prepared, prepared
from toynets.kernels.replacing import UNIT_KINDS, checked_kind, replacements, unit_texts
from toynets.rationals import rational, text

GAME_KINDS = {kind: text for kind, text in UNIT_KINDS.items() if kind != "resample"}
EDGE_KINDS = {"cut": "{0} = 0", "flip": "{0} *= -1"}


def unit_game(
    network: Any,
    inputs: Any,
    kind: str,
    value: str,
    *,
    targets: Any = None,
    decision: Mapping[str, Any] | None = None,
    constants: Mapping[str, Any] | None = None,
    source: Any = None,
    devices: Any = None,
) -> Game:
    """Tabulate all 2^n coalitions of the hidden units, of one or several hidden layers.

    Args:
        network: with 1 to 26 hidden units.
        inputs: shape (rows, in), or a `Domain` with a list of inputs.
        kind: how an absent unit is ablated, a name of `GAME_KINDS`: those of `unit_ablations`
            without `resample`.
        value: `mean output`, `squared error`, `cross-entropy`, `accuracy` or `agreement`. The
            game on one input is the mean output over that input alone.
        targets: shape (rows, out) or (rows,), for the errors and accuracy.
        decision: {"argmax": True}, {"threshold": "1/2"} or {"sign": True}, for the last two.
        constants: for `set`, a number for every hidden unit.
        source: for `patch`, the input x', shape (in,).
        devices: how many devices, or a mesh of `device_mesh`; None is one. The numbers do not
            depend on it, to the last bit.

    Raises:
        ToynetsError: a kind or value function that is not there, what it needs and does not have,
            or too many players.

    >>> from toynets.network import Network
    >>> xor = Network.from_layers(
    ...     [([[1, 1], [1, 1]], [0, -1], "relu"), ([[1, -2]], [0], "identity")])
    >>> rows = [[0, 0], [0, 1], [1, 0], [1, 1]]
    >>> game = unit_game(xor, rows, "zero", "squared error", targets=[0, 1, 1, 0])
    >>> game.players, game.table.tolist(), game.worth("h1").item()
    (('h1', 'h2'), [0.5, 1.5, 1.0, 0.0], 1.0)
    """
    checked_kind(kind, GAME_KINDS)
    check_players(len(network.hidden), "hidden units")
    texts = unit_texts(network, kind, constants)
    _every_unit(network, kind, texts)
    ready, clean, question, goal = _start(network, inputs, value, targets, decision)
    players = len(network.hidden)
    last = len(network.layers[-2].units)
    lay = layout_of(players, last)
    mesh = mesh_for(1 if devices is None else devices, 2**lay.blocks)
    with precision_of("float64"):
        replaced = replacements(ready, clean, kind, constants=constants, source=source)
        constant = tuple(np.asarray(c) for c in replaced)
        found = gathered(
            table_program(
                ready.params,
                ready.x,
                constant,
                goal,
                way=way_for(question, ready, constant, lay),
                question=question,
                activations=ready.activations,
                mesh=mesh,
            )
        )
    return _game(network, network.hidden, tuple(texts.values()), value, found, ready.rows)


def edge_game(
    network: Any,
    inputs: Any,
    kind: str,
    value: str,
    *,
    players: Sequence[str] | None = None,
    targets: Any = None,
    decision: Mapping[str, Any] | None = None,
    devices: Any = None,
) -> Game:
    """Tabulate all 2^n coalitions of weights.

    Args:
        network: any `Network`.
        inputs: shape (rows, in), or a `Domain` with a list of inputs.
        kind: what an absent weight is: `cut` (0) or `flip` (times -1).
        value: as for `unit_game`.
        players: addresses of weights or biases, 1 to 26; default all weights, without the biases.
        targets: as for `unit_game`, and so `decision` and `devices`.

    Raises:
        ToynetsError: as for `unit_game`, or an address that is not there or tied.

    >>> from toynets.network import Network
    >>> xor = Network.from_layers(
    ...     [([[1, 1], [1, 1]], [0, -1], "relu"), ([[1, -2]], [0], "identity")])
    >>> game = edge_game(xor, [[1, 1]], "cut", "mean output", players=["h1->y", "h2->y"])
    >>> game.table[:, 0].tolist()
    [0.0, -2.0, 2.0, 0.0]
    """
    checked_kind(kind, EDGE_KINDS)
    chosen = _edges(network, players)
    count = len(chosen)
    check_players(count, "weights")
    ready, _, question, goal = _start(network, inputs, value, targets, decision)
    places = edge_places(network, {name: i for i, name in enumerate(chosen)}, count)
    absent = np.zeros((1, 1), network.dtype)
    game = Masked(count, kind)
    found = _masked(ready, places, absent, goal, game, question, devices)
    texts = tuple(EDGE_KINDS[kind].format(name) for name in chosen)
    return _game(network, chosen, texts, value, found, ready.rows)


def _edges(network: Any, players: Sequence[str] | None) -> tuple[str, ...]:
    if players is None:
        chosen = tuple(name for name in network.numbers if "->" in name)
    else:
        chosen = tuple(players)
    tied = {member: group for group, members in network.ties.items() for member in members}
    for name in chosen:
        if name not in network.numbers:
            title = network.name or "the network"
            raise ToynetsError(unknown("weight", str(name), title, network.numbers))
        if name in tied:
            raise ToynetsError(
                f"{name} is tied to {tied[name]}: it is no player of its own.",
                fix="leave tied weights out of players.",
            )
    if len(set(chosen)) < len(chosen):
        raise ToynetsError("a player is named twice.", fix="name each weight once.")
    return chosen


def input_game(
    network: Any,
    inputs: Any,
    baseline: Any,
    value: str,
    *,
    groups: Mapping[str, Sequence[str]] | None = None,
    targets: Any = None,
    decision: Mapping[str, Any] | None = None,
    devices: Any = None,
) -> Game:
    """Tabulate all 2^n coalitions of inputs: an absent input has its baseline value.

    Args:
        network: any `Network`.
        inputs: shape (rows, in), or a `Domain` with a list of inputs.
        baseline: one number for each input, shape (in,).
        value: as for `unit_game`.
        groups: player -> the inputs that come and go together; an input in no group is always
            there. Default: every input is a player.
        targets: as for `unit_game`, and so `decision` and `devices`.

    Raises:
        ToynetsError: as for `unit_game`, an input that is not there or in two groups.

    >>> from toynets.network import Network
    >>> xor = Network.from_layers(
    ...     [([[1, 1], [1, 1]], [0, -1], "relu"), ([[1, -2]], [0], "identity")])
    >>> game = input_game(xor, [[1, 1]], [0, 0], "mean output")
    >>> game.players, game.table[:, 0].tolist()
    (('x1', 'x2'), [0.0, 1.0, 1.0, 0.0])
    """
    parts: dict[str, tuple[str, ...]] = {name: (name,) for name in network.inputs}
    if groups is not None:
        parts = {name: tuple(members) for name, members in groups.items()}
    count = len(parts)
    check_players(count, "inputs")
    places = np.full(len(network.inputs), count)
    for i, members in enumerate(parts.values()):
        for name in members:
            if name not in network.inputs:
                title = network.name or "the network"
                raise ToynetsError(unknown("input", str(name), title, network.inputs))
            at = network.inputs.index(name)
            if places[at] != count:
                raise ToynetsError(f"{name} is in two groups.", fix="put each input into one.")
            places[at] = i
    ready, _, question, goal = _start(network, inputs, value, targets, decision)
    given = np.asarray(baseline.tolist() if hasattr(baseline, "tolist") else baseline)
    absent = prepared(network, given[None] if given.ndim == 1 else given).x
    if absent.shape[1] != 1:
        raise ToynetsError("the baseline is one input.", fix="pass one row of numbers.")
    found = _masked(ready, places, absent, goal, Masked(count), question, devices)
    texts = tuple(
        ", ".join(
            f"{name} = {text(rational(float(absent[network.inputs.index(name), 0])))}"
            for name in members
        )
        for members in parts.values()
    )
    return _game(network, tuple(parts), texts, value, found, ready.rows)


def stream_coalitions(
    network: Any,
    inputs: Any,
    kind: str,
    *,
    constants: Mapping[str, Any] | None = None,
    source: Any = None,
    chunk: int = 4096,
) -> Iterator[tuple[int, Array]]:
    """Yield the outputs on every row of all 2^n coalitions of hidden units, chunk by chunk.

    For what no mean over rows can answer. The table as a whole is never in memory.

    Args:
        network: with 1 to 26 hidden units.
        inputs: as for `unit_game`, and so `kind`, `constants` and `source`.
        chunk: how many coalitions at a time.

    Yields:
        The index of the first coalition of the chunk, and its outputs, of shape
        (coalitions, rows, outputs) and the network's dtype.

    >>> from toynets.network import Network
    >>> xor = Network.from_layers(
    ...     [([[1, 1], [1, 1]], [0, -1], "relu"), ([[1, -2]], [0], "identity")])
    >>> for start, outputs in stream_coalitions(xor, [[0, 1], [1, 1]], "zero", chunk=2):
    ...     print(start, outputs[:, :, 0].tolist())
    0 [[0.0, 0.0], [0.0, -2.0]]
    2 [[1.0, 2.0], [1.0, 0.0]]
    """
    checked_kind(kind, GAME_KINDS)
    count = len(network.hidden)
    check_players(count, "hidden units")
    texts = unit_texts(network, kind, constants)
    _every_unit(network, kind, texts)
    ready, clean, _, _ = _start(network, inputs, "mean output", None, None)
    size = max(1, min(chunk, 2**count))
    with precision_of("float64"):
        replaced = replacements(ready, clean, kind, constants=constants, source=source)
    for start in range(0, 2**count, size):
        with precision_of("float64"):
            members = digits(jnp.arange(start, start + size), count)
            found = outputs_program(ready.params, ready.x, replaced, members, ready.activations)
        # The last chunk is computed in full, so that one program serves all, and then cut.
        yield start, np.transpose(np.asarray(found), (2, 1, 0))[: 2**count - start]


def _every_unit(network: Any, kind: str, texts: Mapping[str, str]) -> None:
    """Refuse a kind that does not say what each unit's absence is."""
    for unit in network.hidden:
        if unit not in texts:
            raise ToynetsError(
                f"{kind} does not say what happens without {unit}.",
                cause="it has no incoming or outgoing weights, or no constant.",
                fix="every hidden unit is a player: use another kind, or give a constant to each.",
            )


def _start(
    network: Any, inputs: Any, value: str, targets: Any, decision: Any
) -> tuple[Prepared, Clean, Question, Goal]:
    if value == "output":
        raise ToynetsError(
            "a game has one worth for each coalition, but output is one for each row.",
            fix="ask for value='mean output' (of one row, for the game on one input), or use "
            "stream_coalitions.",
        )
    ready = prepared(network, inputs)
    question, target, threshold = asked(ready, value, targets, decision)
    with precision_of("float64"):
        clean = clean_program(ready.params, ready.x, ready.activations)
        goal = goal_of(question, clean.pre[-1], target, threshold)
        # Plain arrays: what is committed to one device cannot be handed to several.
        found = jax.tree.map(np.asarray, goal)
    return ready, clean, question, found


def _masked(
    ready: Prepared,
    places: Any,
    absent: Array,
    goal: Goal,
    game: Masked,
    question: Question,
    devices: Any,
) -> Array:
    widest = max(len(b) for b in ready.params["bias"])
    inside = masked_block_digits(game.players, ready.rows, widest)
    mesh = mesh_for(1 if devices is None else devices, 2 ** (game.players - inside))
    with precision_of("float64"):
        return gathered(
            masked_program(
                ready.params,
                ready.x,
                places,
                absent,
                goal,
                game=game,
                question=question,
                activations=ready.activations,
                mesh=mesh,
            )
        )


def _game(
    network: Any,
    players: tuple[str, ...],
    absences: tuple[str, ...],
    value: str,
    found: Array,
    rows: int,
) -> Game:
    """Make the record from sums over rows."""
    by_output = value == "mean output"
    flat = found.reshape(-1, len(network.outputs)) if by_output else found.reshape(-1)
    # What lies beyond the last coalition filled up the last device.
    table = (flat[: 2 ** len(players)] / rows).astype(network.dtype)
    outputs = network.outputs if by_output else ()
    return Game(tuple(players), value, absences, outputs, table)
