# %% [markdown]
# # 6. Same function, other weights
#
# Two students train the same network on the same data and compare: not one number agrees. Have
# they found different things? Perhaps; perhaps they have only written down the same thing in two
# ways.
#
# **When you have done this lesson, you can**
#
# - list the changes of weights that change nothing: order, scale, sign, a constant on all
#   classes;
# - say for which activation each of them holds;
# - bring a network into a standard form, and decide whether two printouts are one network;
# - say which printed signs are facts, and which are habits.
#
# You need: `relu` and `tanh`. About 35 minutes, of which 22 are exercises.

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
from toynets.symmetry import canonical_form, equal_up_to_gauge, flip_sign, permute, rescale

hw = coursework.open("L06")
first = toynets.load("xor-sum").network

# %% [markdown]
# ## The picture
#
# A network that you may have met in lesson 4, and the same network after two changes: its units
# exchanged, and one of them scaled.

# %%
plots.diagram(first)

# %%
second = rescale(permute(first, ["h2", "h1"], rename=True), "h1", 4)
plots.diagram(second)

# %% [markdown]
# ## A worked example: one network, two printouts
#
# Follow what was done. The two hidden units changed places (with all that comes in and goes out):
# hidden units have no natural order, and a name is not a property. Then the weights and bias
# *into* `h1` were multiplied by 4, and the weight *out of* it divided by 4. Since
# `relu(4·z) = 4·relu(z)`, the output gets exactly what it got before.

# %%
for network in (first, second):
    numbers = {a: v for a, v in network.numbers.items() if v != 0}
    y = [exact.run(network, x)[0] for x in ([0, 0], [0, 1], [1, 0], [1, 1], ["1/3", "3/4"])]
    print(numbers, "\n    y =", *y)
print("equal up to such changes:", equal_up_to_gauge(first, second))

# %% [markdown]
# How can one tell, from two printouts? Undo the freedom: scale every unit until its outgoing
# weight has size 1, then sort the units by some fixed rule. What is left is a **canonical form**;
# two networks that differ by such changes alone have the same one.

# %%
for network in (first, second):
    print([[str(w) for w in row] for row in canonical_form(network).layers[0].weight])
assert canonical_form(first).hash == canonical_form(second).hash

# %% [markdown]
# What about *signs*? For `relu`, a factor must be positive: `relu(-z)` is another function than
# `-relu(z)`. For `tanh` it is different, because `tanh(-z) = -tanh(z)`: turn the sign of
# everything that comes in and of everything that goes out, and nobody can tell.

# %%
smooth = toynets.load("tanh-sign").network
flipped = flip_sign(smooth, "plus")
print(smooth["x1->plus"], smooth["plus->y"], " becomes ", flipped["x1->plus"], flipped["plus->y"])
print(*(round(float(exact.run(n, [1])[0]), 6) for n in (smooth, flipped)))
assert equal_up_to_gauge(smooth, flipped)

# %% [markdown]
# And at the end of a classifier with `softmax`, only *differences* between the class scores
# count: add the same number to all of them and every probability stays.

# %%
from math import exp


def softmax(scores):
    total = sum(exp(s) for s in scores)
    return [round(exp(s) / total, 6) for s in scores]


print(softmax([1, 2, -1]), softmax([1 + 7, 2 + 7, -1 + 7]))

# %% [markdown]
# ## Exercise 6.1: Into standard form (3 points, 4 minutes, easy)
#
# A `relu` unit has the weight 4 from `x1`, the bias -2, and the outgoing weight -1/2. Scale it so
# that the outgoing weight is -1. What is the weight from `x1` then?

# %%
# BEGIN SOLUTION
hw.check("L06.1", value=2)
# END SOLUTION
# STUB: hw.check("L06.1", value=None)

# %% [markdown]
# ## Exercise 6.2: Which of six are the same network? (6 points, 7 minutes, medium)
#
# A network computes `y = 2·relu(x1 - x2) - 3·relu(x2 - 1)`, each `relu` a unit. Which of these
# have the same function *everywhere*?
#
# - **a** `-3·relu(x2 - 1) + 2·relu(x1 - x2)`
# - **b** `relu(2·x1 - 2·x2) - 3·relu(x2 - 1)`
# - **c** `-2·relu(x2 - x1) - 3·relu(x2 - 1)`
# - **d** `2·relu(x1 - x2) - relu(3·x2 - 3)`
# - **e** `2·relu(x1 - x2) - relu(3·x2 - 1)`
# - **f** `4·relu(x1/2 - x2/2) - 3·relu(x2 - 1)`

# %%
# BEGIN SOLUTION
hw.check("L06.2", choice=["a", "b", "d", "f"])
# END SOLUTION
# STUB: hw.check("L06.2", choice=[])

# %% [markdown]
# ## Exercise 6.3: Turn all signs around `h1` (5 points, 6 minutes, medium)
#
# In a `tanh` network that would be invisible. Here is a `relu` network, `xor-difference`:
# `y = relu(x1 - x2) + relu(x2 - x1)`. Turn the signs of `x1->h1`, `x2->h1` and `h1->y`. What does
# it give on 00, 01, 10, 11?

# %%
# BEGIN SOLUTION
hw.check("L06.3", outputs=[0, 0, 0, 0])
# END SOLUTION
# STUB: hw.check("L06.3", outputs=[None, None, None, None])

# %% [markdown]
# ## Exercise 6.4: Which sign is a fact? (4 points, 5 minutes, medium)
#
# A `tanh` unit without bias has one weight `w` in and one weight `v` out, both not 0. Two people
# print the same network, each in a way of their own. Which sign do they have to agree on?
#
# - **a** that of `w`
# - **b** that of `v`
# - **c** that of the product `w·v`
# - **d** none: signs mean nothing in such a network

# %%
# BEGIN SOLUTION
hw.check("L06.4", choice="c")
# END SOLUTION
# STUB: hw.check("L06.4", choice="")

# %% [markdown]
# ## Five minutes: and a trained one
#
# `xor-relu-1` was trained; `xor-difference` was written by hand. Printed, they have nothing in
# common:

# %%
trained = toynets.load("xor-relu-1").network
by_hand = toynets.load("xor-difference").network
for network in (trained, by_hand):
    print([[round(w, 4) for w in row] for row in network.layers[0].weight])

# %%
for network in (trained, by_hand):
    form = canonical_form(network)
    print([[round(float(w), 4) for w in row] for row in form.layers[0].weight])
snapped = toynets.snap(trained)
same = equal_up_to_gauge(snapped.network, by_hand)
print("after rounding to whole numbers, the same network:", same)
assert same

# %% [markdown]
# In standard form they agree to four digits, and rounded they are one network, exactly. *Never
# compare raw weights.* First remove what is a matter of writing.

# %% [markdown]
# ## What was not shown
#
# - That two networks with different standard forms are different functions. They need not be: XOR
#   has networks that agree everywhere and differ in what happens without a unit (lesson 11).
# - Changes that preserve the function and *not* the ablations, such as `relu(z) = z + relu(-z)`:
#   see `toynets gauge xor-sum`.
# - Linear hidden layers, where any invertible matrix can be slipped between two layers.
#
# ## Further reading
#
# - R. Hecht-Nielsen, "On the algebraic structure of feedforward network weight spaces", 1990: the
#   orders and signs, counted.
# - H. Sussmann, "Uniqueness of the weights for minimal feedforward nets with a given input-output
#   map", *Neural Networks* 5, 1992: for `tanh`, this is all the freedom there is.
# - E. Grigsby, K. Lindsey and D. Rolnick, "Hidden symmetries of ReLU networks", ICML 2023.

# %% [markdown]
# ## Hand in
#
# Every answer was saved as you gave it; `hw.resume()` takes it up again another day. If your
# course collects it, `hw.submit()` writes `L06.claims.json` and says so: that file is what you
# upload. It holds your claims, and no name.

# %%
hw.status()
