# %% [markdown]
# # 10. Depth: a tent composed, and an adder with carry
#
# One more layer does not mean "more of the same". It means that something computed once can be
# used *again*. This lesson uses a tent inside a tent, and a carry in two places.
#
# **When you have done this lesson, you can**
#
# - say how many straight pieces a composed tent has, and why a flat network needs so many units;
# - find the intermediate variable of a network, and the edges that carry it;
# - tell a unit that is silent from one that is deaf, and patch a value along one path;
# - build a bit of an adder.
#
# You need: `relu`; adding binary numbers by hand. About 40 minutes, of which 28 are exercises.

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

hw = coursework.open("L10")
deep = toynets.load("sawtooth-3")

# %% [markdown]
# ## The picture
#
# A tent, `t(x) = 2·relu(x) - 4·relu(x - 1/2)`, rises from 0 to 1 and falls back. Here it is
# applied three times, one layer for each.

# %%
plots.diagram(deep.network)

# %% [markdown]
# ## A worked example: folding paper
#
# The tent folds the interval in the middle: `x` and `1 - x` get the same value, so whatever is
# done afterwards is done to *both halves at once*. A second tent makes two teeth of one, a third
# makes four. Count the straight pieces, from the network, at exact points:

# %%
from fractions import Fraction
from itertools import pairwise

grid = [Fraction(k, 16) for k in range(17)]
height = [exact.run(deep.network, [x])[0] for x in grid]
slopes = [b - a for a, b in pairwise(height)]
pieces = 1 + sum(a != b for a, b in pairwise(slopes))
print("heights:", *height)
print("straight pieces:", pieces, " hidden units:", len(deep.network.hidden))
assert pieces == 8 and len(deep.network.hidden) == 6

# %% [markdown]
# The last of the three tents, drawn: what it gets is two teeth, what it gives is four.

# %%
plots.build_up(deep.network, domain=toynets.Domain.box("[0,1]"))

# %% [markdown]
# Six units make 8 pieces. One hidden layer of `relu` units over one input bends at most once for
# each unit, so it needs at least 7. Not impressive yet; exercise 10.1 asks what happens further
# down.
#
# **What is a middle unit for?** Set `fold2 = 0`, a unit of the *second* layer. Then the second
# tent is only its left half, `2·u`, which runs from 0 to 2 as `u` runs from 0 to 1, and the third
# tent gets numbers it was never made for:

# %%
without = [exact.run(deep.network, [x], "fold2 = 0")[0] for x in grid]
print("without fold2:", *without)
print("least and largest:", min(without), max(without))
assert (min(without), max(without)) == (-2, 1)

# %% [markdown]
# The damage is not local, and it is not a matter of size: a removed unit hands the next layer
# inputs from outside its world. To know what comes out you must *carry the change through*.
#
# ### The other zeros
#
# With depth, "take the unit away" can mean several things. In `and-of-ors` a unit of the first
# layer is `left_empty = relu(1 - x1 - x2)`: on when neither of the two inputs on the left is. Put
# zeros in different places, and look at `y` for two inputs: with an empty left, 0 0 1 0, and
# without, 1 0 1 0.

# %%
ors = toynets.load("and-of-ors").network
for text in ("", "left_empty = 0", "left_empty.pre = 0", "left_empty-> = 0", "->left_empty = 0"):
    y = [exact.run(ors, x, text)[0] for x in ([0, 0, 1, 0], [1, 0, 1, 0])]
    print(f"{text or 'clean':18} y = {y[0]} and {y[1]}")
    assert y == {"": [0, 1], "->left_empty = 0": [0, 0]}.get(text, [1, 1])

# %% [markdown]
# The unit's value, its sum before `relu`, its outgoing weights: a zero in any of these places
# silences it, and an empty left is not noticed. But cut what comes *in* (`->left_empty = 0`), and
# its bias of 1 stays: now it is on for ever, and says that the left is empty when it is not.
# *Silent* and *deaf* are two kinds of absence.
#
# ### Patching along a path
#
# The other subject of this lesson is `full-adder`: three bits in, `carry` and `sum` out, three
# units that count: `h1 = relu(a + b + c)`, `h2 = relu(a + b + c - 1)`,
# `h3 = relu(a + b + c - 2)`, and `carry = h2 - h3`, `sum = h1 - 2·h2 + 2·h3`.

# %%
adder = toynets.load("full-adder")
plots.diagram(adder.network)

# %% [markdown]
# **Patching** gives a unit the value that it has on *another* input. Take the bits 1, 0, 0, and
# give `h2` what it would have on 1, 1, 1, which is 2. Either everybody who reads `h2` gets the
# patch, or only one reader does, along one edge:

# %%
for text in ("", "h2 = h2(1, 1, 1)", "h2->carry = (1, 1, 1)"):
    carry, total = exact.run(adder.network, [1, 0, 0], text)
    print(f"{text or 'clean':22} carry = {carry}   sum = {total}")
assert list(exact.run(adder.network, [1, 0, 0], "h2 = h2(1, 1, 1)")) == [2, -3]
assert list(exact.run(adder.network, [1, 0, 0], "h2->carry = (1, 1, 1)")) == [2, 1]

# %% [markdown]
# Along the edge `h2->carry` alone, the sum does not notice. That is how one finds out which edge
# carries what.

# %% [markdown]
# ## Exercise 10.1: Deeper (4 points, 4 minutes, easy)
#
# Five tents, one in the other: ten hidden units. How many straight pieces over `[0, 1]`?

# %%
# BEGIN SOLUTION
hw.check("L10.1", value=32)
# END SOLUTION
# STUB: hw.check("L10.1", value=None)

# %% [markdown]
# ## Exercise 10.2: What is `h2` for? (4 points, 5 minutes, medium)
#
# Look at the two weights that leave `h2` in the full adder. Which is right?
#
# - **a** `h2` stands for the carry: its weight to `carry` is 1, and `carry` equals `h2`.
# - **b** `h2` excites: what it is connected to goes up with it.
# - **c** It has two jobs with two signs: it makes the carry, and takes the pair out of the sum.
# - **d** It is a spare of `h1`, since both see the same three inputs with the same weights.

# %%
# BEGIN SOLUTION
hw.check("L10.2", choice="c")
# END SOLUTION
# STUB: hw.check("L10.2", choice="")

# %% [markdown]
# ## Exercise 10.3: Patch the carry (6 points, 7 minutes, hard)
#
# `h2 = h2(1, 1, 0)` holds `h2` at what it is when the bits are 1, 1, 0, whatever the bits really
# are. Predict `carry` on 000, 001, 010, 011, 100, 101, 110, 111. (Mind the last one: `h3` is not
# patched.)
#
# A program may answer for you: write a function of the three bits into a file, and
# `hw.code("L10.3", "mine.py", "f")` runs it on each row, in a process of its own.

# %%
# BEGIN SOLUTION
hw.check("L10.3", outputs=[1, 1, 1, 1, 1, 1, 1, 0])
# END SOLUTION
# STUB: hw.check("L10.3", outputs=[None] * 8)

# %% [markdown]
# ## Exercise 10.4: Ladder against tree (3 points, 4 minutes, easy)
#
# XOR of two bits takes one small network. For eight bits one can go along a *ladder*: XOR the
# first two, then the result with the third, and so on, 7 stages one after the other. Or by a
# *tree*, which pairs up what is there at each stage. How many stages deep is the tree?

# %%
# BEGIN SOLUTION
hw.check("L10.4", value=3)
# END SOLUTION
# STUB: hw.check("L10.4", value=None)

# %% [markdown]
# ## Exercise 10.5: Two bits plus one bit (7 points, 8 minutes, hard)
#
# A number of two bits (`x1` is worth 2, `x2` is worth 1) plus a bit `x3`: `v = 2·x1 + x2 + x3`,
# from 0 to 4. Build the network for the *twos* bit of the result, which is 0, 0, 1, 1, 0 for `v`
# = 0 … 4. Three hidden units.

# %%
# BEGIN SOLUTION
into = {f"{x}->h{k}": w for k in (1, 2, 3) for x, w in (("x1", 2), ("x2", 1), ("x3", 1))}
rest = {"h1.bias": -1, "h2.bias": -2, "h3.bias": -3, "h1->y": 1, "h2->y": -1, "h3->y": -1}
# END SOLUTION
# STUB: into = {"x1->h1": 2, "x2->h1": 1, "x3->h1": 1}  # and into h2 and h3
# STUB: rest = {"h1.bias": None, "h1->y": None}  # and of h2 and h3
hw.check("L10.5", weights=into | rest)

# %% [markdown]
# ## Five minutes: and a trained one
#
# Nobody has trained the deep sawtooth here: gradient descent practically never finds it. But the
# part that is used again can be trained. `tent-trained` learned one tent; put it into itself,
# three times:

# %%
tent = toynets.load("tent-trained").network


def composed(x, times=3):
    for _ in range(times):
        x = exact.run(tent, [x])[0]
    return x


worst = max(abs(composed(x) - h) for x, h in zip(grid, height, strict=True))
print(f"largest difference from the sawtooth on the grid: {float(worst):.6f}")

# %% [markdown]
# Its error is small, and each further tent more than doubles it: the slope of 2 multiplies what
# came in, and the tent adds its own. Reuse is cheap in units and dear in accuracy.

# %%
for times in (1, 2, 3):
    exactly = [Fraction(0) + x for x in grid]
    for _ in range(times):
        exactly = [1 - abs(2 * x - 1) for x in exactly]
    worst = max(
        abs(float(composed(x, times)) - float(h)) for x, h in zip(grid, exactly, strict=True)
    )
    print(f"{times} tents: {worst:.7f}")
    assert worst < 0.001

# %% [markdown]
# ## What was not shown
#
# - Which functions *need* depth. The sawtooth is one: the first source below has the proof.
# - Adders of many bits with a chain of carries; `toynets show adder` does two bits in one layer.
#
# ## Further reading
#
# - M. Telgarsky, "Benefits of depth in neural networks", COLT 2016: the tent, composed.
# - G. Montúfar, R. Pascanu, K. Cho and Y. Bengio, "On the number of linear regions of deep neural
#   networks", NeurIPS 2014: folding, in many dimensions.
# - A. Geiger, H. Lu, T. Icard and C. Potts, "Causal abstractions of neural networks", NeurIPS
#   2021: intermediate variables, and patches as their test.

# %% [markdown]
# ## Hand in
#
# Every answer was saved as you gave it; `hw.resume()` takes it up again another day. If your
# course collects it, `hw.submit()` writes `L10.claims.json` and says so: that file is what you
# upload. It holds your claims, and no name.

# %%
hw.status()
