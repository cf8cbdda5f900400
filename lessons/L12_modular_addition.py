# %% [markdown]
# # 12. Modular addition: by carry, and by clock
#
# Adding on a dial with five hours, 3 + 4 is 2. Two networks do it, both without a single error,
# and they have nothing in common: one counts and takes 5 off, the other turns a hand. What
# experiment would tell you which one you have?
#
# **When you have done this lesson, you can**
#
# - explain the units of a counting network for sums on a dial;
# - say where its explanation ends: beyond the range it was made for;
# - (optional part) read cosines in weights: frequency, amplitude, phase, margin;
# - choose evidence that separates two mechanisms with the same table.
#
# You need: `relu`; for the optional part cosines and one addition formula. About 45 minutes, of
# which 26 are exercises.

# %%
try:
    import toynets
except ModuleNotFoundError:  # a hosted notebook: fetch the released version once
    import importlib.metadata as installed
    import pathlib
    import subprocess
    import sys

    kept = [d for d in ("jax", "jaxlib", "numpy") if list(installed.distributions(name=d))]
    held = pathlib.Path("toynets-constraints.txt")  # what is there already stays as it is
    held.write_text("".join(f"{d}=={installed.version(d)}\n" for d in kept))
    pip = [sys.executable, "-m", "pip", "install", "--quiet"]
    subprocess.run([*pip, "--constraint", str(held), "toynets"], check=True)
    import toynets

# %%
from math import cos, pi

from toynets import coursework, exact, plots

hw = coursework.open("L12")
carry = toynets.load("add-mod-5")
clock = toynets.load("add-mod-5-clock")

# %% [markdown]
# ## The picture
#
# The first network: two numbers `a` and `b` from 0 to 4 come in as they are; three hidden units;
# one score for each of the five answers.

# %%
plots.diagram(carry.network)

# %% [markdown]
# ## A worked example: up, down, and up again
#
# All three units see the total `v = a + b`, which runs from 0 to 8. Put them together as
# `m = total - 5·fall + 5·level`:

# %%
for v in range(9):
    a, b = min(v, 4), v - min(v, 4)
    t = exact.trace(carry.network, [a, b])
    m = t["total"] - 5 * t["fall"] + 5 * t["level"]
    print(f"v = {v}: {t['total']} - 5·{t['fall']} + 5·{t['level']} = {m}")
    assert m == v % 5

# %% [markdown]
# Drawn over the total: what enters each unit, what leaves it, what it adds to `m`, and `m`.

# %%
dial = toynets.Network.from_layers(
    [([[1], [1], [1]], [0, -4, -5], "relu"), ([[1, -5, 5]], [0], "identity")],
    inputs=["v"],
    units=[["total", "fall", "level"]],
    outputs=["m"],
)
plots.build_up(dial, domain=toynets.Domain.box("[0,8]"))

# %% [markdown]
# Up by 1 for each step; between 4 and 5 down by 4, since the slope there is 1 - 5; and from 5 on
# up by 1 again. `m` is the sum on the dial. The outputs then pick the *nearest* of five places:
# the score of place `k` is `2·k·m - k²`, which is `m² - (m - k)²`, largest where `k` is nearest
# to `m`.

# %%
for place in range(5):
    into = [carry.network[f"{u}->is{place}"] for u in carry.network.hidden]
    print(
        f"is{place}:", *(f"{w:4g}" for w in into), f"  bias {carry.network[f'is{place}.bias']:4g}"
    )
    assert carry.network[f"total->is{place}"] == 2 * place
    assert carry.network[f"is{place}.bias"] == -(place**2)

# %% [markdown]
# ## Exercise 12.1: The unit that falls (4 points, 4 minutes, easy)
#
# Write what the unit `fall` computes, as an expression in `a` and `b`.

# %%
# BEGIN SOLUTION
hw.check("L12.1", unit="fall", expression="relu(a + b - 4)")
# END SOLUTION
# STUB: hw.check("L12.1", unit="fall", expression="")

# %% [markdown]
# ## Exercise 12.2: Beyond the range (4 points, 6 minutes, medium)
#
# Take the first layer and `m` alone: `m = relu(v) - 5·relu(v - 4) + 5·relu(v - 5)` with
# `v = a + b`. Somebody says it is `mod(a + b, 5)`. For whole numbers from 0 to 4 that is right.
# Find whole numbers `a` and `b` from 0 to 8 for which it is not.

# %%
# BEGIN SOLUTION
hw.check("L12.2", x=[5, 5])
# END SOLUTION
# STUB: hw.check("L12.2", x=[None, None])

# %% [markdown]
# ## Optional: the clock
#
# The second network gets its numbers differently: five inputs for `a`, of which one is 1, and
# five for `b`. Its hidden units *square*. Look at the weights that come into one of them:

# %%
print(*(f"{clock.network[f'{x}->cc']:7.4f}" for x in clock.network.inputs[:5]), "  from a")
print(*(f"{clock.network[f'{x}->cc']:7.4f}" for x in clock.network.inputs[5:]), "  from b")
print(*(f"{cos(2 * pi * k / 5):7.4f}" for k in range(5)), "  cos of k fifths of a turn")

# %% [markdown]
# Cosines, once round the dial: *amplitude* 1, *frequency* 1, *phase* 0. The unit computes
# `(cos wa + cos wb)²` with `w` a fifth of a turn, and in that square stands the product
# `cos wa · cos wb`, which is what one needs for `cos w(a + b)`: the angle of the sum. The output
# for `c` is then `cos w(a + b - c)`, the hand of the clock seen from `c`. It is 1 where `c` is
# right.
#
# By how much does the right answer win? By 1 less the cosine of the nearest wrong one:

# %%
row = clock.task.domain.rows[0]
scores = [float(s) for s in exact.run(clock.network, row)]
print("scores for 0 + 0:", *(f"{s:.4f}" for s in scores))

# %% [markdown]
# With other *frequencies* added (the hand goes round twice while the dial goes round once), each
# with weight 2/5, all wrong answers get the same score, and the margin is 1:

# %%
both = [2 / 5 * sum(cos(2 * pi * k * c / 5) for k in (1, 2)) for c in range(5)]
print("both frequencies:", *(f"{s:.4f}" for s in both))
print(f"margin: {both[0] - max(both[1:]):.4f}")
assert abs(both[0] - max(both[1:]) - 1) < 1e-9

# %% [markdown]
# ## Exercise 12.3: The margin with one frequency (4 points, 5 minutes, medium)
#
# In the clock with frequency 1: how far is the score of the right answer above that of the best
# wrong one? (To three digits.)

# %%
# BEGIN SOLUTION
hw.check("L12.3", value=round(1 - cos(2 * pi / 5), 3))
# END SOLUTION
# STUB: hw.check("L12.3", value=None)

# %% [markdown]
# ## Which one do I have?
#
# Remove one unit of each, and see which of the 25 sums go wrong. In the table below, a column
# stands for a total `a + b`; it says how many of the pairs with that total are still right.

# %%


def right_after(entry, intervention):
    """For each total: how many pairs are right, of how many."""
    by_total = {}
    for k, x in enumerate(entry.task.domain.rows):
        a, b = divmod(k, 5)
        scores = [float(s) for s in exact.run(entry.network, x, intervention)]
        wins = all(scores[(a + b) % 5] > s + 1e-6 for c, s in enumerate(scores) if c != (a + b) % 5)
        good, of = by_total.get(a + b, (0, 0))
        by_total[a + b] = (good + wins, of + 1)
    return by_total


for entry in (carry, clock):
    assert all(good == of for good, of in right_after(entry, "").values())  # clean: all 25 right
    for unit in entry.network.hidden:
        cells = right_after(entry, f"{unit} = 0")
        print(f"{unit:6}", *(f"{good}/{of}" for good, of in cells.values()))

# %% [markdown]
# ## Exercise 12.4: Evidence that separates (5 points, 7 minutes, hard)
#
# You are given an anonymous network for sums on a dial of five. Which evidence tells whether its
# units count the total, or turn a hand?
#
# - **a** Its accuracy: only one of the two mechanisms gets all 25 right.
# - **b** The size of its largest weight.
# - **c** Remove a unit: if the units hear only the total, then all pairs with one total stay
#   right or go wrong *together*; if some do and some do not, they hear more than the total.
# - **d** The loss at the end of its training.

# %%
# BEGIN SOLUTION
hw.check("L12.4", choice="c")
# END SOLUTION
# STUB: hw.check("L12.4", choice="")

# %% [markdown]
# ## Exercise 12.5: The anonymous network (5 points, 4 minutes, medium)
#
# Three networks, each with one unit removed; as above, `3/5` says that three of five pairs with
# that total are still right, for totals 0 to 8. Which *cannot* be a network whose units hear the
# total alone?
#
# | network | 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 |
# |---|---|---|---|---|---|---|---|---|---|
# | A | 1/1 | 0/2 | 3/3 | 4/4 | 5/5 | 0/4 | 0/3 | 2/2 | 0/1 |
# | B | 1/1 | 2/2 | 3/3 | 4/4 | 2/5 | 2/4 | 1/3 | 2/2 | 1/1 |
# | C | 1/1 | 2/2 | 3/3 | 4/4 | 5/5 | 4/4 | 0/3 | 0/2 | 0/1 |

# %%
# BEGIN SOLUTION
hw.check("L12.5", choice="B")
# END SOLUTION
# STUB: hw.check("L12.5", choice="")

# %% [markdown]
# ## What was not shown
#
# - What training finds. For one-hot inputs it finds frequencies, usually several at once, and
#   seldom as clean as these: `mod-3-trained` is one that is.
# - Mechanisms between the two; the literature below has clocks that are not quite clocks.
# - Other groups than the dial.
#
# ## Further reading
#
# - N. Nanda, L. Chan, T. Lieberum, J. Smith and J. Steinhardt, "Progress measures for grokking
#   via mechanistic interpretability", ICLR 2023: cosines, found in a transformer.
# - Z. Zhong, Z. Liu, M. Tegmark and J. Andreas, "The clock and the pizza", NeurIPS 2023: two
#   mechanisms with one table, and what separates them.
# - A. Gromov, "Grokking modular arithmetic", 2023: weights in closed form.

# %% [markdown]
# ## Hand in
#
# Every answer was saved as you gave it; `hw.resume()` takes it up again another day. If your
# course collects it, `hw.submit()` writes `L12.claims.json` and says so: that file is what you
# upload. It holds your claims, and no name.

# %%
hw.status()
