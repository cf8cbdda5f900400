# %% [markdown]
# # 4. XOR: detector and corrector
#
# One network, two hidden units, nine numbers. By the end of this lesson every one of the nine has
# a reason, and you will have tested the reasons by taking things away.
#
# **When you have done this lesson, you can**
#
# - say what each hidden unit of a network computes, in words and as an expression;
# - predict, before you run it, what the network does without one of its units;
# - tell a *function* explanation (what comes out) from a *mechanism* explanation (what each unit
#   does), and say what each of them does not tell;
# - build a second network for the same task, and find the input on which the two part company.
#
# You need: matrices, and the idea that a unit computes `relu(weights · inputs + bias)`, where
# `relu(z)` is `z` if that is positive and else 0. About 50 minutes, of which 36 are exercises.

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

hw = coursework.open("L04")
xor = toynets.load("xor-sum")

# %% [markdown]
# ## The picture
#
# XOR is 1 when exactly one of its two inputs is 1. No single unit can do it: the two inputs that
# should give 1 lie on opposite corners of a square, and a unit cuts a plane along *one* line. Two
# hidden units are enough. Here is a network that does it, with every number written on it.

# %%
plots.diagram(xor.network)

# %% [markdown]
# ## A worked example: reading `h1`, and taking it away
#
# Start with the arithmetic of a single input. Take `x1 = 1, x2 = 0` and go through it from left
# to right, as the network does.

# %%
print(exact.trace(xor.network, [1, 0]))

# %% [markdown]
# `h1` has weight 1 from both inputs and no bias, so it computes `relu(x1 + x2)`. On inputs 0 and
# 1 the sum is never negative; the `relu` does nothing, and `h1` simply *counts* how many inputs
# are on: 0, 1, 1, 2. Counting is nearly XOR. It is right three times, and says 2 where XOR says
# 0.
#
# Let us commit to a prediction before we run anything. **Without `h1`**, what is left is
# `y = -2 · h2`. `h2` is on only if both inputs are (you will show that yourself in a moment), and
# then it is 1. So the four outputs should be `0, 0, 0, -2`. Now ask the network:

# %%
without_h1 = toynets.ablate(xor, "h1 = 0")
print(without_h1)

# %% [markdown]
# The last columns are what the stored explanation *states*, what follows from its mechanisms
# (*derived*), and what the *network* does. All three agree with our prediction, and that is worth
# more than agreeing on the four clean outputs: a story that was merely made to fit XOR has no
# reason to know about `-2`.
#
# That is the whole method of this course in one example: **predict, remove, compare.** An
# explanation that never risks a number is not wrong; it is not anything.

# %%
outcomes = [case.measured[0] for case in without_h1]
assert outcomes == [0, 0, 0, -2]  # this cell would stop if the text above were wrong

# %% [markdown]
# ## Exercise 4.1: What `h2` is for (10 points, 6 minutes, medium)
#
# `h2` sees the same two inputs with the same two weights as `h1`; only its bias differs. Write
# down what it computes, as an expression in `x1` and `x2`, and choose its role: `counter`,
# `detector`, `corrector` or `gate`.
#
# Expressions may use `+ - * /`, `relu`, `max`, `min`, `abs`, and comparisons.

# %%
# BEGIN SOLUTION
hw.check("L04.1", unit="h2", expression="relu(x1 + x2 - 1)", role="corrector")
# END SOLUTION
# STUB: hw.check("L04.1", unit="h2", expression="", role="")

# %% [markdown]
# ## Exercise 4.2: The network without `h2` (4 points, 5 minutes, easy)
#
# Write the four outputs of `h2 = 0`, for the inputs 00, 01, 10, 11 in this order. Do it on paper,
# from the weights; commit to the numbers first, and you will learn more than by peeking.

# %%
# BEGIN SOLUTION
hw.check("L04.2", outputs=[0, 1, 1, 2])
# END SOLUTION
# STUB: hw.check("L04.2", outputs=[None, None, None, None])

# %% [markdown]
# ## Exercise 4.3: The whole network on the square (10 points, 8 minutes, medium)
#
# So far the inputs were 0 or 1. But nothing stops us from asking what the network does at
# `(1/2, 1/2)`, or anywhere else in the square between the four corners:

# %%
for x in ([0, 0], ["1/4", "1/4"], ["1/2", "1/2"], ["3/4", "3/4"], [1, 1]):
    print(x, "->", exact.run(xor.network, x)[0])

# %% [markdown]
# Write *one* expression that equals `y` at every point of the square `[0,1]^2`, in at most 9
# nodes (a node is an operator, a function, a name or a number: `x1 + 1` has three). The weights
# copied out, `relu(x1 + x2) - 2 * relu(x1 + x2 - 1)`, have 13: right, but too long to be a
# thought.
#
# This is an explanation of the **function**: it says what comes out, for all inputs, and
# deliberately nothing about `h1` and `h2`. The answer is checked by exact arithmetic on every
# piece of the square, not on a grid.

# %%
# BEGIN SOLUTION
hw.check("L04.3", expression="1 - abs(x1 + x2 - 1)")
# END SOLUTION
# STUB: hw.check("L04.3", expression="")

# %% [markdown]
# ## Exercise 4.4: Another network for XOR (8 points, 6 minutes, medium)
#
# Build a 2-2-1 network for XOR yourself, any that gives exactly 0, 1, 1, 0. If you can, not by
# looking up: let one unit count and another correct, and work out how large the correction must
# be. Weights that you do not name are 0.

# %%
# BEGIN SOLUTION
counting = {"x1->h1": 1, "x2->h1": 1, "x1->h2": 1, "x2->h2": 1, "h2.bias": -1}
hw.check("L04.4", weights={**counting, "h1->y": 1, "h2->y": -2})
# END SOLUTION
# STUB: counting = {"x1->h1": 1, "x2->h1": 1, "h1->y": None}  # and then?
# STUB: hw.check("L04.4", weights=counting)

# %% [markdown]
# ## Exercise 4.5: Where the two XOR networks part (4 points, 5 minutes, easy)
#
# There is another way than counting: let one unit be on for `10` only, the other for `01` only,
# and add them. What comes out is `abs(x1 - x2)`, everywhere. On the four corners that is XOR as
# well. Find a point of the square at which the network of this lesson does *not* give
# `abs(x1 - x2)`. One such point is all it takes to show that two stories which fit the same table
# are two stories.

# %%
# BEGIN SOLUTION
hw.check("L04.5", x=["1/2", "1/2"])
# END SOLUTION
# STUB: hw.check("L04.5", x=[None, None])

# %% [markdown]
# ## Exercise 4.6: The second solution (6 points, 6 minutes, medium)
#
# Build that other network. The weight from `x1` to `h1` is given as 1 and that from `x2` to `h1`
# as -1, so that `h1` is on for `10` only. Set the rest.

# %%
# BEGIN SOLUTION
second = {"x1->h1": 1, "x2->h1": -1, "x1->h2": -1, "x2->h2": 1, "h1->y": 1, "h2->y": 1}
# END SOLUTION
# STUB: second = {"x1->h1": 1, "x2->h1": -1, "h1->y": None}  # and then?
hw.check("L04.6", weights=second)

# %% [markdown]
# ## Seen from above (look when you are done)
#
# The network of this lesson on the whole square, and the second one beside it. The same four
# corners, two landscapes: a ridge along one diagonal, and a valley along the other.

# %%
plots.regions(xor.network, domain=toynets.Domain.box("[0,1]^2"))

# %%
plots.regions(toynets.load("xor-difference").network, domain=toynets.Domain.box("[0,1]^2"))

# %% [markdown]
# ## Five minutes: and a trained one
#
# The network above was written down by a person. Here is one that was found by gradient descent,
# from random weights, and stored with its seed. At first sight its numbers say little.

# %%
from toynets.symmetry import canonical_form

trained = toynets.load("xor-relu-2")
print(trained.network)

# %% [markdown]
# A `relu` unit can be scaled by any positive number if its outgoing weight is divided by it;
# nothing that the network does changes. Use that freedom to make the size of every outgoing
# weight 1, and print what comes out to three digits, beside the hand-built network scaled
# likewise:

# %%
for name, network in (("by hand", xor.network), ("trained", trained.network)):
    print(name)
    for layer in canonical_form(network).layers:
        rows = [[round(float(w), 3) + 0.0 for w in row] for row in layer.weight]
        print("  weights", rows, " biases", [round(float(b), 3) + 0.0 for b in layer.bias])

# %% [markdown]
# The same counter, the same corrector (whose numbers are doubled, since its -2 on the way out is
# now a -1). Training knew nothing of counting; it found this because there are not many ways to
# do XOR with two units, and this is one of them. (The other trained networks of the zoo,
# `xor-relu-1`, `-3` and `-4`, found other ones: lesson 11.)

# %% [markdown]
# ## What was not shown
#
# - That these are *all* the ways. With two `relu` units there are more, and lesson 11 sorts them.
# - That a story which survives single ablations is right. Lesson 5 has networks where it is not.
# - Anything about how training gets here. Often it does not; the runs that fail are explained in
#   lesson 11.
# - Any network with more than nine numbers. The method is the same; the reading takes longer.
#
# ## Further reading
#
# - I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*, MIT Press 2016, section 6.1, have
#   exactly this network: weights of ones, biases 0 and -1, output weights 1 and -2.
# - M. Minsky and S. Papert, *Perceptrons*, MIT Press 1969, on what a single layer cannot do.
# - D. Rumelhart, G. Hinton and R. Williams, "Learning representations by back-propagating
#   errors", *Nature* 323, 1986: hidden units as found by training, read by people.

# %% [markdown]
# ## Hand in
#
# Every answer was saved as you gave it; `hw.resume()` takes it up again another day. If your
# course collects it, `hw.submit()` writes `L04.claims.json` and says so: that file is what you
# upload. It holds your claims, and no name.

# %%
hw.status()
