# %% [markdown]
# # 8. Comparing and sorting
#
# "What does this unit mean?" Sometimes the only honest answer is: *ask the others*. In a network
# that takes the larger of two numbers, one unit means "how much more", another "what we start
# from", and neither makes sense alone.
#
# **When you have done this lesson, you can**
#
# - explain a maximum as "one of them, and the lead of the other";
# - say which unit a network needs only for negative inputs, and what happens without it;
# - turn a maximum into a minimum, and both into a sorter;
# - say what a network does at a tie.
#
# You need: `relu`, `max` and `min`. About 35 minutes, of which 24 are exercises.

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

hw = coursework.open("L08")
full = toynets.Network.from_layers(
    [([[1, -1], [0, 1], [0, -1]], [0, 0, 0], "relu"), ([[1, 1, -1]], [0], "identity")],
    name="max of any two numbers",
)

# %% [markdown]
# ## The picture
#
# Three units, and an output that is `max(x1, x2)` for any two numbers, negative ones too.

# %%
plots.diagram(full)

# %% [markdown]
# From above, on the square from -1 to 1: two planes that meet along the diagonal. The two further
# lines are where `h2` and `h3` change over; they leave no trace in the height, since what one
# ends the other begins.

# %%
plots.regions(full, domain=toynets.Domain.box("[-1,1]^2"))

# %% [markdown]
# ## A worked example: the larger of two
#
# Say it in words first: *take `x2`, and add what `x1` has on top, if it has more.* In a formula,
# `max(x1, x2) = x2 + relu(x1 - x2)`. The second term is one unit, `h1`: the **lead** of `x1`.
#
# The first term is harder than it looks. A `relu` unit cannot hand `x2` on if `x2` is negative;
# it takes two, one for each sign: `x2 = relu(x2) - relu(-x2)`. These are `h2` and `h3`.

# %%
for x in ([3, 1], [1, 3], [-1, -3], [-3, -1], [2, 2]):
    t = exact.trace(full, x)
    print(f"{x!s:9} lead {t['h1']}   x2 = {t['h2']} - {t['h3']}   y = {t['y']}")
    assert t["y"] == max(x)

# %% [markdown]
# The network treats its inputs very differently: `x2` has two units to itself, `x1` has half a
# unit. Yet what it computes is symmetric: exchange the inputs, and nothing happens to `y`.
# **Symmetry of the function is not symmetry of the weights.** And is `h1` "the unit for `x1`"? At
# (1, 3) it is silent, although `x1` is 1; at (-1, -3) it is at 2, although `x1` is negative. It
# says how much `x1` has *more*; take away the other input, and its meaning is gone.

# %% [markdown]
# ## Exercise 8.1: The lead (5 points, 4 minutes, easy)
#
# Write what `h1` computes on the square `[-1,1]^2`, as an expression in `x1` and `x2`, and its
# role: `carrier`, `comparator`, `counter` or `corrector`.

# %%
# BEGIN SOLUTION
hw.check("L08.1", unit="h1", expression="max(x1 - x2, 0)", role="comparator")
# END SOLUTION
# STUB: hw.check("L08.1", unit="h1", expression="", role="")

# %% [markdown]
# ## Exercise 8.2: With two units only (4 points, 5 minutes, easy)
#
# `max-2` leaves `h3` out: `y = relu(x1 - x2) + relu(x2)`. On the square from 0 to 1 that is still
# the maximum. Find a point of `[-1,1]^2` at which it is not.

# %%
# BEGIN SOLUTION
hw.check("L08.2", x=[-1, "-1/2"])
# END SOLUTION
# STUB: hw.check("L08.2", x=[None, None])

# %% [markdown]
# ## Exercise 8.3: A minimum (6 points, 8 minutes, medium)
#
# Build `min(x1, x2)` on the square `[0,1]^2` with two hidden `relu` units. Begin with a sentence
# like the one above. It is proved or refuted on the whole square.

# %%
# BEGIN SOLUTION
smaller = {"x1->h1": 1, "x1->h2": 1, "x2->h2": -1, "h1->y": 1, "h2->y": -1}
# END SOLUTION
# STUB: smaller = {"x1->h1": None, "h1->y": None}  # and the rest
hw.check("L08.3", weights=smaller)

# %% [markdown]
# ## Exercise 8.4: A sorter without its comparison (5 points, 7 minutes, medium)
#
# `sort-2` has the units `lead = relu(x1 - x2)`, `copy1 = relu(x1)`, `copy2 = relu(x2)` and two
# outputs: `larger = lead + copy2` and `smaller = copy1 - lead`. What is `larger` at `(1/4, 3/4)`,
# `(3/4, 1/4)` and at the tie `(1/2, 1/2)` under `lead = 0`?

# %%
# BEGIN SOLUTION
hw.check("L08.4", outputs=["3/4", "1/4", "1/2"])
# END SOLUTION
# STUB: hw.check("L08.4", outputs=[None, None, None])

# %% [markdown]
# ## Five minutes: and a trained one
#
# `max-trained` was trained with two units on pairs from the square. In standard form (every unit
# scaled so that its outgoing weight has size 1), beside `max-2`:

# %%
from toynets.symmetry import canonical_form

for name in ("max-2", "max-trained"):
    layer = canonical_form(toynets.load(name).network).layers[0]
    print(f"{name:12}", [[round(float(w), 3) + 0.0 for w in row] for row in layer.weight])

# %% [markdown]
# The same lead, and the same carrier. It could as well have been `x1` and the lead of `x2`: the
# task is symmetric, so training has to break the symmetry one way or the other, and which way is
# an accident of the seed. *That* `x2` has a unit to itself is no fact about the task.

# %% [markdown]
# ## What was not shown
#
# - The larger of *three*: one hidden layer cannot do it, two can; `median-3` shows how.
# - What training does at ties, where two answers are right.
# - Softened versions, such as the one in attention.
#
# ## Further reading
#
# - A. Mukherjee and A. Basu, "Lower bounds over Boolean inputs for deep neural networks with ReLU
#   gates", 2017; C. Hertrich, A. Basu, M. Di Summa and M. Skutella, "Towards lower bounds on the
#   depth of ReLU neural networks", NeurIPS 2021: why three need two layers.
# - D. Knuth, *The Art of Computer Programming*, volume 3, section 5.3.4: sorting with
#   comparators.

# %% [markdown]
# ## Hand in
#
# Every answer was saved as you gave it; `hw.resume()` takes it up again another day. If your
# course collects it, `hw.submit()` writes `L08.claims.json` and says so: that file is what you
# upload. It holds your claims, and no name.

# %%
hw.status()
