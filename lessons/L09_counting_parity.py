# %% [markdown]
# # 9. Counting: parity of three, four, five
#
# Is the number of ones odd? For two inputs that is XOR. For more, one idea is enough: *count*,
# and fold the count. The weights repeat in a pattern so regular that you can write down the
# network for sixteen inputs without training anything.
#
# **When you have done this lesson, you can**
#
# - say what rung `k` of the ladder computes, for any `k`;
# - explain the alternating weights as changes of slope;
# - predict the network with rungs missing;
# - tell a counting network from one that lists rows, though both give the same table.
#
# You need: `relu`, slopes (lesson 2 helps, and is not needed). About 40 minutes, of which 27 are
# exercises.

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
from toynets import coursework, exact, plots

hw = coursework.open("L09")
parity = toynets.load("parity-3")

# %% [markdown]
# ## The picture
#
# Three inputs, three hidden units, 16 numbers. Every weight into a hidden unit is 1; only the
# biases differ.

# %%
plots.diagram(parity.network)

# %% [markdown]
# ## A worked example: one count, three thresholds
#
# All units see the same thing, the count `s = x1 + x2 + x3`. `h1` begins to rise at 0, `h2` at 1,
# `h3` at 2. The output should be 0, 1, 0, 1 for `s` = 0, 1, 2, 3: up, down, up. So the slope has
# to be +1, then -1, then +1, and each unit *changes* the slope where it begins:
#
# | from s = | slope wanted | change | weight of the unit |
# |---|---|---|---|
# | 0 | +1 | +1 | `h1->y` = 1 |
# | 1 | -1 | -2 | `h2->y` = -2 |
# | 2 | +1 | +2 | `h3->y` = 2 |

# %%
for x in ([0, 0, 0], [0, 0, 1], [0, 1, 1], [1, 1, 1]):
    t = exact.trace(parity.network, x)
    print(f"s = {sum(x)}:  {t['h1']} - 2·{t['h2']} + 2·{t['h3']} = {t['y']}")
    assert t["y"] == sum(x) % 2
assert [parity.network[f"h{k}->y"] for k in (1, 2, 3)] == [1, -2, 2]

# %% [markdown]
# The same over the count, drawn: what enters each unit, what leaves it, what it adds, and the
# sum.

# %%
over_count = toynets.Network.from_layers(
    [([[1], [1], [1]], [0, -1, -2], "relu"), ([[1, -2, 2]], [0], "identity")], inputs=["s"]
)
plots.build_up(over_count, domain=toynets.Domain.box("[0,3]"))

# %% [markdown]
# Take `h3` away, the last rung. It is on for `s = 3` only, so only 111 changes: there the line
# goes on falling, from 0 at `s = 2` to -1.

# %%
for case in toynets.ablate(parity, "h3 = 0"):
    print(f"{case.label}: {case.measured[0]}", end="   ")

# %% [markdown]
# The units have the same incoming weights and could not be less alike: `h1` is missed almost
# everywhere, `h3` once. *Interchangeable* means that their order is a matter of writing. It does
# not mean that one is as good as another.

# %% [markdown]
# ## Exercise 9.1: A rung of the ladder (4 points, 4 minutes, easy)
#
# `parity-4` is built in the same way, with four inputs and four units. Write what its `h3`
# computes, as an expression in `x1, x2, x3, x4`.

# %%
# BEGIN SOLUTION
hw.check("L09.1", unit="h3", expression="relu(x1 + x2 + x3 + x4 - 2)")
# END SOLUTION
# STUB: hw.check("L09.1", unit="h3", expression="")

# %% [markdown]
# ## Exercise 9.2: Folding (8 points, 9 minutes, hard)
#
# Write *one* expression for the output of `parity-4`, in at most 15 nodes, that also predicts
# what happens when inputs are set to 1/2. (`mod(x1 + x2 + x3 + x4, 2)` is right for whole counts
# only; the network goes straight between them. Draw `y` over `s`, and fold the paper twice: `abs`
# is a fold.)

# %%
# BEGIN SOLUTION
hw.check("L09.2", expression="1 - abs(abs(x1 + x2 + x3 + x4 - 2) - 1)")
# END SOLUTION
# STUB: hw.check("L09.2", expression="")

# %% [markdown]
# ## Exercise 9.3: Two rungs gone (4 points, 5 minutes, easy)
#
# What does `parity-3` give under `h2 = 0, h3 = 0`, on 000, 001, 010, 011, 100, 101, 110, 111?
#
# A program may answer for you: write a function of the three bits into a file, and
# `hw.code("L09.3", "mine.py", "f")` runs it on each row, in a process of its own.

# %%
# BEGIN SOLUTION
hw.check("L09.3", outputs=[0, 1, 1, 2, 1, 2, 2, 3])
# END SOLUTION
# STUB: hw.check("L09.3", outputs=[None] * 8)

# %% [markdown]
# ## Exercise 9.4: Sixteen inputs (3 points, 4 minutes, medium)
#
# Write down the ladder for 16 inputs: units `h1` to `h16`. What is the weight from `h16` to `y`?

# %%
# BEGIN SOLUTION
hw.check("L09.4", value=-2)
# END SOLUTION
# STUB: hw.check("L09.4", value=None)

# %% [markdown]
# ## Exercise 9.5: A decoy (4 points, 5 minutes, medium)
#
# `parity-3-minterms` gives the same table in another way: a unit for each row that should be 1,
# for example `only1 = relu(x1 - x2 - x3)`. Its other units are `only2`, `only3` and
# `all3 = relu(x1 + x2 + x3 - 2)`, and `y` adds all four. Find a point with coordinates 0, 1/2 or
# 1 at which the counting network and this one differ.

# %%
# BEGIN SOLUTION
hw.check("L09.5", x=["1/2", "1/2", 0])
# END SOLUTION
# STUB: hw.check("L09.5", x=[None, None, None])

# %% [markdown]
# ## Five minutes: and a trained one
#
# `parity-trained` has three `relu` units and was trained on the same eight rows. Both networks,
# each unit scaled so that its outgoing weight is 1 or -1:

# %%
from toynets.symmetry import canonical_form

trained = toynets.load("parity-trained").network
for name, network in (("by hand", parity.network), ("trained", trained)):
    print(name)
    for layer in canonical_form(network).layers:
        rows = [[round(float(w), 3) + 0.0 for w in row] for row in layer.weight]
        print("  weights", rows, " biases", [round(float(b), 3) + 0.0 for b in layer.bias])

# %% [markdown]
# It does not count the ones! All units look at `d = x1 - x2 + x3`, which is even exactly when the
# count is (turning the sign of a whole number does not change whether it is odd). `d` runs from
# -1 to 2; the first two units make `|d|`, the third brings 2 down to 0. Same task, same width,
# same regularity, and another count. You would not have found it by looking for the ladder.

# %%
for x in ([0, 1, 0], [1, 1, 0], [1, 0, 1], [1, 1, 1]):
    d = x[0] - x[1] + x[2]
    y = float(exact.run(trained, x)[0])
    print(f"d = {d:+d}: |d| - 2·relu(d - 1) = {abs(d) - 2 * max(d - 1, 0)}, network {y:.3f}")

# %% [markdown]
# ## What was not shown
#
# - That three units are needed for three inputs. They are, with one hidden layer of `relu`; the
#   proof is a search through all sign patterns.
# - Parity with depth, where far fewer units do: `parity-4-folds` has two (lesson 10 has the
#   idea).
# - Learning parity of many inputs, which is hard for gradient descent.
#
# ## Further reading
#
# - D. Rumelhart, G. Hinton and R. Williams, in *Parallel Distributed Processing*, volume 1, MIT
#   Press 1986, chapter 8: parity, learned, with units that count.
# - M. Minsky and S. Papert, *Perceptrons*, MIT Press 1969, chapter 3: why parity is the hard
#   case.

# %% [markdown]
# ## Hand in
#
# Every answer was saved as you gave it; `hw.resume()` takes it up again another day. If your
# course collects it, `hw.submit()` writes `L09.claims.json` and says so: that file is what you
# upload. It holds your claims, and no name.

# %%
hw.status()
