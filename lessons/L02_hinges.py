# %% [markdown]
# # 2. Hinges
#
# A `relu` unit draws a line that is bent once. Put a few of them side by side and add them up,
# and you can draw any broken line there is. This lesson reads such drawings, and takes pieces
# out.
#
# **When you have done this lesson, you can**
#
# - find the joint of a `relu` unit from its numbers: it is at `-b/w`;
# - say by how much the slope of the output changes at each joint;
# - predict the curve when a unit is removed;
# - tell changes of the weights that nobody can see from changes that only look harmless.
#
# One kind of removal is used here, and it has a name: *zero ablation*, written `h2 = 0`. The
# unit's output is replaced by 0. There are other kinds (lesson 5).
#
# You need: straight lines, slopes. About 35 minutes, of which 23 are exercises.

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

hw = coursework.open("L02")
curve = toynets.load("fit-1d")

# %% [markdown]
# ## The picture
#
# One input, three hidden units, one output: `y = 1 + 2·relu(x) - 3·relu(x - 1) + 3·relu(x - 2)`.

# %%
plots.diagram(curve.network)

# %% [markdown]
# ## A worked example: walking along the curve
#
# Walk from left to right. A unit `relu(w·x + b)` with positive `w` sleeps until `w·x + b` passes
# 0, that is until `x = -b/w`; from there on it grows. (With negative `w` it is the other way
# round: awake on the left of `-b/w`, and asleep from there on.) For the three units:

# %%
net = curve.network
for k in (1, 2, 3):
    w, b, v = net[f"x1->h{k}"], net[f"h{k}.bias"], net[f"h{k}->y"]
    print(f"h{k}: joint at {-b / w + 0.0:g}, the slope of y changes there by {v * w:+g}")

# %% [markdown]
# So the slope is 0 up to `x = 0`, then 2, then 2 - 3 = -1, then -1 + 3 = 2. Starting from `y = 1`
# we can draw the whole curve without evaluating anything: up by 2, down by 1, up by 2 for every
# step.

# %%
values = [exact.run(net, [x])[0] for x in (-1, 0, 1, 2, 3)]
print("y at -1, 0, 1, 2, 3:", *values)
assert values == [1, 1, 3, 2, 4]

# %% [markdown]
# The same, drawn: what enters each unit, what leaves it, what it adds to `y`, and the sum.

# %%
plots.build_up(net, domain=toynets.Domain.box("[-1,3]"))

# %% [markdown]
# **Now take `h3` away.** It begins at 2, so nothing changes up to there. After it, the slope
# stays at -1 instead of turning to 2. At `x = 3` we lose `3·relu(3 - 2) = 3`, and 4 becomes 1.

# %%
without_h3 = [exact.run(net, [x], "h3 = 0")[0] for x in (-1, 0, 1, 2, 3)]
print("without h3:          ", *without_h3)
assert without_h3 == [1, 1, 3, 2, 1]

# %% [markdown]
# A hinge is not a local thing. It lies flat on one side and slopes *for ever* on the other; what
# looks local in the curve (a bump, a dip) is made by several hinges that cancel further out.
# Taking one out changes everything beyond its joint.

# %% [markdown]
# ## Exercise 2.1: Where are the joints? (4 points, 5 minutes, easy)
#
# Three units: `h1 = relu(2·x - 1)`, `h2 = relu(-x + 3)`, `h3 = relu(x/2 - 1)`. Order them by the
# place of their joint, the one furthest to the *right* first.

# %%
# BEGIN SOLUTION
hw.check("L02.1", order=["h2", "h3", "h1"])
# END SOLUTION
# STUB: hw.check("L02.1", order=[])

# %% [markdown]
# ## Exercise 2.2: Without `h2` (4 points, 5 minutes, easy)
#
# What does the network of this lesson give at `x = 0, 1, 2, 3` under `h2 = 0`?

# %%
# BEGIN SOLUTION
hw.check("L02.2", outputs=[1, 3, 5, 10])
# END SOLUTION
# STUB: hw.check("L02.2", outputs=[None, None, None, None])

# %% [markdown]
# ## Exercise 2.3: Build a tent (6 points, 8 minutes, medium)
#
# Between 0 and 1, draw a tent: 0 at both ends, and 1 in the middle. You have two hidden units and
# an output. Weights that you do not name are 0. It is proved or refuted on the whole interval.

# %%
# BEGIN SOLUTION
tent = {"x1->h1": 1, "x1->h2": 1, "h2.bias": "-1/2", "h1->y": 2, "h2->y": -4}
# END SOLUTION
# STUB: tent = {"x1->h1": 1, "x1->h2": 1, "h2.bias": None}  # and what else?
hw.check("L02.3", weights=tent)

# %% [markdown]
# ## Exercise 2.4: Is this change invisible? (4 points, 5 minutes, medium)
#
# Somebody edits `h2` of the lesson's network, whose numbers are `w = 1`, `b = -1`, and `v = -3`
# on the way out. Which edits leave `y` as it is *everywhere*? Choose all that do.
#
# - **a** `w` and `b` times 2, `v` halved.
# - **b** `w` times 2, `v` halved, `b` left alone.
# - **c** `w`, `b` and `v` all with the opposite sign.
# - **d** `w` and `b` divided by 3, `v` times 3.

# %%
# BEGIN SOLUTION
hw.check("L02.4", choice=["a", "d"])
# END SOLUTION
# STUB: hw.check("L02.4", choice=[])

# %% [markdown]
# ## Five minutes: and a trained one
#
# `tent-trained` was trained on the tent of exercise 2.3 with two hidden units. Its joints and the
# changes of slope, read as before:

# %%
trained = toynets.load("tent-trained").network
for k in (1, 2):
    w, b, v = (trained[a] for a in (f"x1->h{k}", f"h{k}.bias", f"h{k}->y"))
    print(f"h{k}: joint at {-b / w:.3f}, w = {w:+.3f}, change of slope {v * abs(w):+.3f}")
print("y.bias =", round(trained["y.bias"], 3))
assert all(abs(-trained[f"h{k}.bias"] / trained[f"x1->h{k}"] - 0.5) < 0.01 for k in (1, 2))

# %% [markdown]
# Not the tent that you built! Both joints are at 1/2: one hinge opens to the right (`w`
# positive), one to the left, and each pulls its side down by slope 2 from the top of the tent,
# where `y.bias` holds it. The same function, another construction: what happens without a unit is
# different.

# %% [markdown]
# ## What was not shown
#
# - Other removals than setting a unit to 0: lesson 5.
# - Which changes of weights are invisible in general: lesson 6.
# - More than one input. There a hinge is a fold along a line of the plane: lessons 4 and 8.
# - More than one layer, where broken lines are put into broken lines: lesson 10.
#
# ## Further reading
#
# - R. Arora, A. Basu, P. Mianjy and A. Mukherjee, "Understanding deep neural networks with
#   rectified linear units", ICLR 2018: every broken line is such a network, and the reverse.
# - C. de Boor, *A Practical Guide to Splines*, Springer 1978: sums of hinges, long before
#   networks.

# %% [markdown]
# ## Hand in
#
# Every answer was saved as you gave it; `hw.resume()` takes it up again another day. If your
# course collects it, `hw.submit()` writes `L02.claims.json` and says so: that file is what you
# upload. It holds your claims, and no name.

# %%
hw.status()
