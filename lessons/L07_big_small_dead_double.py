# %% [markdown]
# # 7. Big, small, dead, double
#
# "This weight is large, so it matters." It is the first thing everybody tries, and it is what
# many published scores do in a more careful way. This lesson has small networks on which it
# fails, in both directions, and by a factor of a million.
#
# **When you have done this lesson, you can**
#
# - rank units by size and by effect, and say why the two disagree;
# - recognise a dead unit, and the inputs on which it would wake;
# - remove everything that is not needed, and prove that nothing was lost;
# - make any weight as small as you like without changing what it does.
#
# You need: `relu`. About 40 minutes, of which 27 are exercises.

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
from toynets import coursework, plots
from toynets.symmetry import reduce

hw = coursework.open("L07")
odd = toynets.load("loud-and-quiet")

# %% [markdown]
# ## The picture
#
# Two inputs, two units, both inputs between 0 and 1. Every weight is 1024 or 1 or 1/1024.

# %%
plots.diagram(odd.network)

# %% [markdown]
# ## A worked example: who matters, by five measures
#
# Look at the first layer alone: the weight from `x2` to `loud` is 1, the one from `x1` to `quiet`
# is 1/1024. So `x2` matters 1024 times as much? Let us set each unit to 0 and look.

# %%
for text in ("quiet = 0", "loud = 0"):
    worst = max(abs(case.effect[0]) for case in toynets.ablate(odd, text))
    print(f"{text:10} changes y by at most {float(worst):.6f}")

# %% [markdown]
# The other way round. `quiet` is made small on the way in and large on the way out; what counts
# is the product, along the whole path, *times what actually comes along it*. A product of weights
# is better than a weight, and still not an effect. Scores that multiply along paths (Olden's) or
# share out their sizes (Garson's) are computed here for `cancelling-signs`, where
# `y = relu(x1) + relu(-x1) + relu(x2)/4`, that is `|x1| + x2/4` for `x2` not negative:

# %%
net = toynets.load("cancelling-signs").network
hidden, out = net.layers[0], net.layers[1].weight[0]
olden = [sum(v * row[i] for v, row in zip(out, hidden.weight, strict=True)) for i in (0, 1)]
sums = [sum(abs(row[i]) for row in hidden.weight) for i in (0, 1)]
shares = [
    [abs(v * w) / sum(abs(v * u) for u in row) for w in row]
    for v, row in zip(out, hidden.weight, strict=True)
]
weighted = [sum(abs(v) * s[i] for v, s in zip(out, shares, strict=True)) for i in (0, 1)]
garson = [w / sum(weighted) for w in weighted]
print("sum of sizes:", sums, " Olden:", olden, " Garson:", [round(g, 3) for g in garson])
assert olden[0] == 0

# %% [markdown]
# By Olden's products `x1` has importance 0: the two paths, 1·1 and 1·(-1), cancel. On every
# input, at most one of the two paths is *open*, and nothing cancels at all. Set `x1` to 0 and
# see:

# %%
cases = toynets.ablate("cancelling-signs", "x1 = 0")
print("x1 = 0 changes y by up to", float(max(abs(c.effect[0]) for c in cases)))
cases = toynets.ablate("cancelling-signs", "x2 = 0")
print("x2 = 0 changes y by up to", float(max(abs(c.effect[0]) for c in cases)))

# %% [markdown]
# What a weight does is *weight times what comes through it*. No score that reads weights alone
# can know the second factor; it depends on the inputs.

# %% [markdown]
# ## Exercise 7.1: Rank by what happens (5 points, 6 minutes, medium)
#
# Inputs 0 and 1. Rank the four hidden units by the largest change of `y` when the unit is set to
# 0.
#
# `y = 8·h1 + h2/16 + 64·h3 + h4/4`, with `h1 = relu(x1/8)`, `h2 = relu(8·x2)`,
# `h3 = relu(x1 + x2 - 2)`, `h4 = relu(x1 + x2 - 1)`

# %%
# BEGIN SOLUTION
hw.check("L07.1", order=["h1", "h2", "h4", "h3"])
# END SOLUTION
# STUB: hw.check("L07.1", order=[])

# %% [markdown]
# ## Exercise 7.2: Find the dead unit and wake it (4 points, 5 minutes, easy)
#
# In `dead-weight` the largest number is 1024, and it multiplies nothing:
# `y = relu(x1) + 1024·relu(x2 - 2)`, with inputs 0 and 1. Change *one* weight or bias so that
# `h2` is above 0 on some input.

# %%
# BEGIN SOLUTION
hw.check("L07.2", interventions="h2.bias = -1/2")
# END SOLUTION
# STUB: hw.check("L07.2", interventions="")

# %% [markdown]
# ## Exercise 7.3: Prune to the minimum, and prove it (5 points, 5 minutes, easy)
#
# Build a 2-2-1 network with the same outputs as `dead-weight` at every point of the square
# `[0,1]^2` in which at most *two* numbers are not 0. It is proved on the whole square.

# %%
# BEGIN SOLUTION
hw.check("L07.3", weights={"x1->h1": 1, "h1->y": 1})
# END SOLUTION
# STUB: hw.check("L07.3", weights={})

# %% [markdown]
# ## Exercise 7.4: The smallest weight, the largest effect (6 points, 7 minutes, hard)
#
# `y = h1/4 + h2/8`, with `h1 = relu(8·x1 + 8·x2)` and `h2 = relu(x1 - x2)`, inputs 0 and 1. The
# smallest weight is `h2->y`, and to cut it changes little. Change *one* number so that the
# smallest weight that is not 0 is also the one whose cutting changes most.

# %%
# BEGIN SOLUTION
hw.check("L07.4", interventions="h1->y = 1/16")
# END SOLUTION
# STUB: hw.check("L07.4", interventions="")

# %% [markdown]
# ## Exercise 7.5: Which one has overfitted? (3 points, 4 minutes, easy)
#
# Network A is `loud-and-quiet`, whose weights go up to 1024. Network B computes
# `relu(x1) + relu(x2)/1024`, with no weight above 1. Both have the same output at every input
# with `x1, x2 >= 0`, on the training data and off it. Which of the two has overfitted?
#
# - **a** A: large weights mean overfitting.
# - **b** Neither more than the other: they are one function.
# - **c** B: its weights are more regular.
# - **d** That depends on the training data alone, and could be A and not B.

# %%
# BEGIN SOLUTION
hw.check("L07.5", choice="b")
# END SOLUTION
# STUB: hw.check("L07.5", choice="")

# %% [markdown]
# ## Five minutes: and a trained one
#
# `sparse-parity-trained` has six inputs, of which two decide (whether `x2` and `x5` differ), and
# three hidden units. Training used weight decay. The first layer, in standard form:

# %%
from toynets.symmetry import canonical_form

trained = toynets.load("sparse-parity-trained")
for row in canonical_form(trained.network).layers[0].weight:
    print([round(float(w), 4) + 0.0 for w in row])
print(reduce(trained.network, trained.task.domain))

# %% [markdown]
# Here small *does* mean unimportant: the four other inputs have weights below a millionth, and
# one of the units has died. That is the work of weight decay, which pushes everything down that
# nothing holds up. "Small means unimportant" is a fact about how these weights were trained, and
# not about weights.

# %% [markdown]
# ## What was not shown
#
# - Input importance on real data, with inputs of different scale: lesson 11 touches it.
# - Scores that use data and not only weights (permutation, Shapley): `toynets importance NAME`.
# - Pruning of large networks, where nobody can prove that nothing was lost.
#
# ## Further reading
#
# - G. D. Garson, "Interpreting neural-network connection weights", *AI Expert* 6(4), 1991; J.
#   Olden and D. Jackson, "Illuminating the black box", *Ecological Modelling* 154, 2002: the two
#   scores.
# - Y. LeCun, J. Denker and S. Solla, "Optimal brain damage", NeurIPS 1989: size is not saliency.
# - L. Lu, Y. Shin, Y. Su and G. Karniadakis, "Dying ReLU and initialization", 2019.

# %% [markdown]
# ## Hand in
#
# Every answer was saved as you gave it; `hw.resume()` takes it up again another day. If your
# course collects it, `hw.submit()` writes `L07.claims.json` and says so: that file is what you
# upload. It holds your claims, and no name.

# %%
hw.status()
