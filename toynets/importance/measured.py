"""Scores that run the network on the domain: gradients, profiles, permutation, coalitions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toynets.importance.effects import effects
from toynets.importance.floats import Array
from toynets.importance.games import Unavailable, values_per_input
from toynets.importance.paths import along
from toynets.importance.structural import number, parent_and_child

if TYPE_CHECKING:
    from toynets.importance.scoring import Values
    from toynets.importance.setting import Setting

LEK_STEPS = 12
LEK_LEVELS = (0.0, 0.25, 0.5, 0.75, 1.0)


def gradient_size(setting: Setting, times_value: bool) -> Values:
    """The mean of |dy/dv|, or of |v dy/dv|."""
    place = setting.floats.place
    found = []
    for by_act, by_pre in setting.gradients:
        values = []
        for player in setting.players:
            if setting.of != "weights":
                layer, i = place[player]
                slope, value = by_act[layer][:, i], setting.clean.act[layer][:, i]
            else:
                parent, child = parent_and_child(player)
                layer, i = place[child]
                slope, value = by_pre[layer - 1][:, i], number(setting, player)
                if parent:
                    slope = slope * setting.values(parent)
            values.append(float(abs(slope * value if times_value else slope).mean()))
        found.append(values)
    return found


def weight_times_activation(setting: Setting) -> Values:
    """|w| times the root of the mean square of what it carries."""
    values = []
    for player in setting.players:
        parent, _ = parent_and_child(player)
        carried = float((setting.values(parent) ** 2).mean() ** 0.5) if parent else 1.0
        values.append(abs(number(setting, player)) * carried)
    return [values for _ in setting.targets]


def path_integral(setting: Setting, what: str) -> Values:
    """The mean over the domain of an integral along the way from 0 to x, without its sign.

    `what` is `integrated` (inputs), `conductance` or `influence` (units).
    """
    import numpy as np

    floats = setting.floats
    total = np.zeros((len(setting.targets), len(setting.players)))
    for row in setting.x:
        passed, share = along(floats, np.zeros_like(row), row)
        change = floats.directional(passed, row)[0]
        for t, target in enumerate(setting.targets):
            by_act, _ = floats.gradient(passed, target)
            for p, player in enumerate(setting.players):
                layer, i = floats.place[player]
                values = by_act[layer][:, i]
                if what != "influence":  # for an input its change is constant on the way
                    values = values * change[layer][:, i]
                total[t, p] += abs(share @ values)
    found: Values = (total / len(setting.x)).tolist()
    return found


def lek_profile(setting: Setting, player: str) -> tuple[Array, Array]:
    """Return the profile of one input: where it was set, and the median response.

    The input takes 12 values between its least and its greatest; the other inputs stand together
    at their minimum, quartiles, median and maximum. At each of the 12 the median of the 5
    responses is taken.

    Returns:
        Shapes (12,) and (12, targets).
    """
    import numpy as np

    x = setting.x
    i = setting.floats.place[player][1]
    at = np.linspace(x[:, i].min(), x[:, i].max(), LEK_STEPS)
    held = np.quantile(x, LEK_LEVELS, axis=0)
    tried = np.repeat(held, LEK_STEPS, axis=0)
    tried[:, i] = np.tile(at, len(LEK_LEVELS))
    response = setting.read(setting.floats.run(tried))
    shape = (len(LEK_LEVELS), LEK_STEPS, len(setting.targets))
    return at, np.median(response.reshape(shape), axis=0)


def lek(setting: Setting) -> Values:
    """How far the profile of an input reaches: its greatest minus its least median response."""
    found = []
    for player in setting.players:
        _, response = lek_profile(setting, player)
        found.append(response.max(axis=0) - response.min(axis=0))
    return [[float(v[t]) for v in found] for t in range(len(setting.targets))]


def permutation(setting: Setting, derangements: bool) -> Values:
    """What the mean squared error gains when the values of a player are dealt out anew.

    Over all permutations of the rows each row gets each value equally often; over those without a
    fixed point (derangements), each value of another row. So the mean over all of them is a mean
    over pairs of rows, and is exact.
    """
    import numpy as np

    count = len(setting.x)
    if derangements and count < 2:
        raise Unavailable("the domain has one input, so nothing can be dealt out")
    clean = setting.read(setting.clean)
    wanted = setting.wanted_values
    aim = clean if wanted is None else wanted
    before = ((clean - aim) ** 2).mean(axis=0)
    found = []
    for player in setting.players:
        values = setting.values(player)
        error = np.zeros(len(setting.targets))
        for shift in range(1 if derangements else 0, count):
            dealt = np.roll(values, shift)
            after = setting.read(setting.floats.run(setting.x, replaced={player: dealt}))
            error += ((after - aim) ** 2).sum(axis=0)
        found.append(error / (count * (count - derangements)) - before)
    return [[float(v[t]) for v in found] for t in range(len(setting.targets))]


def coalition_value(setting: Setting, kind: str, how: str) -> Values:
    """The mean over the domain of |Shapley or Banzhaf value| of the output on one input."""
    size = abs(values_per_input(setting, kind, how)).mean(axis=1)
    return [[float(v) for v in size[:, t]] for t in range(len(setting.targets))]


def left_out(setting: Setting, kind: str) -> Values:
    """The mean effect of the ablation, with its sign; of `worst`, which goes both ways, a size."""
    found = effects(setting, kind)
    return found.sizes("mean") if kind == "worst" else found.means
