# %% [markdown]
# # 1. One unit is a line
#
# Everything in this course is made of one part: a unit that multiplies, adds, and decides. This
# lesson takes a single one and reads its three numbers as a picture.
#
# **When you have done this lesson, you can**
#
# - read the line on which a unit is undecided off its weights and bias, and say which side is
#   "yes";
# - find any weight in a printed matrix: the row says where it goes *to*, the column where it
#   comes *from*;
# - say what multiplying all three numbers by 2 does, and what multiplying only two of them does;
# - set weights for AND, OR and NAND, and prove that none will do for XOR.
#
# You need: straight lines in the plane, and inequalities. About 35 minutes, of which 24 are
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

hw = coursework.open("L01")
unit = toynets.Network.from_layers([([[1, 2]], [-2], "step")], name="one unit")

# %% [markdown]
# ## The picture
#
# Two inputs, one unit, three numbers: the weights 1 and 2, and the bias -2. The unit adds up
# `z = 1·x1 + 2·x2 - 2` and answers `step(z)`: 1 if `z` is above 0, else 0. (What happens at
# exactly 0 is a convention. In this package `step(0)` is 0.)

# %%
plots.diagram(unit)

# %% [markdown]
# ## A worked example: from three numbers to a line
#
# The unit changes its mind where `z = 0`, that is where `x1 + 2·x2 = 2`. That is a straight line.
# Its easiest points are those on the axes: put `x2 = 0` and get `x1 = 2`; put `x1 = 0` and get
# `x2 = 1`. So: draw a line through `(2, 0)` and `(0, 1)`.
#
# Which side is "yes"? The weights themselves are the answer. Read `(1, 2)` as an arrow: it points
# at a right angle to the line, towards the side on which `z` is positive. The **weights are the
# direction**; the **bias** says how far from the origin the line lies: it is the **offset**.
#
# Here is the plane from above, dark where the unit says 1:

# %%
plots.regions(unit, domain=toynets.Domain.box("[-1,3]^2"))

# %% [markdown]
# And three inputs, one on the line and one on either side of it:

# %%
for x in ([2, 0], [2, "1/4"], [2, "-1/4"]):
    trace = exact.trace(unit, x)
    print(f"x = {x}:  z = {trace['y.pre']},  y = {trace['y']}")

# %% [markdown]
# As a matrix, the weights of a layer are printed with **one row for each unit of the layer**, and
# one column for each thing the unit listens to. *Row = to, column = from.* Here is a layer of two
# units, so that the two can be told apart:

# %%
layer = toynets.Network.from_layers([([[5, -1], [3, 4]], [0, 0], "step")], outputs=["y1", "y2"])
for row in layer.layers[0].weight:
    print(row)
print("x1->y2 is", layer["x1->y2"], "and x2->y1 is", layer["x2->y1"])
assert (layer["x1->y2"], layer["x2->y1"]) == (3, -1)

# %% [markdown]
# The weight from `x1` to `y2` stands in row 2 (to `y2`), column 1 (from `x1`). A row does not
# belong to an input: row 2 holds everything that `y2` hears, from everybody.

# %% [markdown]
# ## Exercise 1.1: Predict a table (4 points, 4 minutes, easy)
#
# A unit has the weights 2 from `x1` and -1 from `x2`, and the bias -1. What does it answer to 00,
# 01, 10 and 11? Look closely at the last one.

# %%
# BEGIN SOLUTION
hw.check("L01.1", outputs=[0, 0, 1, 0])
# END SOLUTION
# STUB: hw.check("L01.1", outputs=[None, None, None, None])

# %% [markdown]
# ## Exercise 1.2: Weights for a line (5 points, 6 minutes, medium)
#
# Draw the line through `(1, 0)` and `(0, 2)`. Set the two weights and the bias of `h1` so that it
# is 1 *above* the line and 0 below. (The output `y` only hands `h1` on.) It is tried on 22 points
# of the plane that do not lie on your line.

# %%
# BEGIN SOLUTION
line = {"x1->h1": 2, "x2->h1": 1, "h1.bias": -2}
hw.check("L01.2", weights={**line, "h1->y": 1})
# END SOLUTION
# STUB: line = {"x1->h1": None, "x2->h1": None, "h1.bias": None}
# STUB: hw.check("L01.2", weights=line | {"h1->y": 1})

# %% [markdown]
# ## Exercise 1.3: Doubling (4 points, 4 minutes, medium)
#
# Multiply all three numbers of the worked example by 2: `2·x1 + 4·x2 - 4` is positive exactly
# where `x1 + 2·x2 - 2` is, so no answer changes at all. Now double *only the two weights*, and
# leave the bias at -2. Where does the new line cross the `x1` axis?

# %%
# BEGIN SOLUTION
hw.check("L01.3", value=1)
# END SOLUTION
# STUB: hw.check("L01.3", value=None)

# %% [markdown]
# ## Exercise 1.4: AND, OR, NAND (5 points, 5 minutes, easy)
#
# Six units, each given as (weight of `x1`, weight of `x2`, bias), with inputs 0 and 1. Sort them.
#
# | unit | A | B | C | D | E | F |
# |---|---|---|---|---|---|---|
# | numbers | (1, 1, -3/2) | (1, 1, -1/2) | (-1, -1, 3/2) | (2, 2, -3) | (-2, -2, 1) | (3, 1, -2) |

# %%
# BEGIN SOLUTION
groups = {"AND": ["A", "D"], "OR": ["B"], "NAND": ["C"], "none of them": ["E", "F"]}
hw.check("L01.4", groups=groups)
# END SOLUTION
# STUB: hw.check("L01.4", groups={"AND": [], "OR": [], "NAND": [], "none of them": []})

# %% [markdown]
# ## Exercise 1.5: Why no weights give XOR (4 points, 5 minutes, hard)
#
# XOR asks a unit to say yes at 01 and 10, and no at 00 and 11. Write the four demands as
# inequalities in `w1`, `w2` and `b`, and find the contradiction. Which of these is a proof?
#
# - **a** Nobody has found such weights, although computers have searched for a long time.
# - **b** The two demands for yes add up to `w1 + w2 + 2b > 0`; the two for no add up to
#   `w1 + w2 + 2b <= 0`.
# - **c** XOR is not symmetric in its inputs, and a unit with equal weights is.
# - **d** The bias would have to be positive for 00 and negative for 11.

# %%
# BEGIN SOLUTION
hw.check("L01.5", choice="b")
# END SOLUTION
# STUB: hw.check("L01.5", choice="")

# %% [markdown]
# ## Five minutes: and a trained one
#
# `nand-trained` is one unit that gradient descent taught NAND. It has a `sigmoid` in place of the
# step, a smooth one that passes 1/2 where `z` passes 0, so that its line is read in the same way.

# %%
trained = toynets.load("nand-trained").network
w1, w2, b = (trained[a] for a in ("x1->y", "x2->y", "y.bias"))
print("weights", round(w1, 3), round(w2, 3), " bias", round(b, 3))
size = abs(w1)
print(f"divided by the size of w1: {w1 / size:.3f} {w2 / size:.3f} {b / size:.3f}")
assert 1 < b / size < 2 and abs(w1 - w2) < 0.1

# %% [markdown]
# Unit C of exercise 1.4 has -1, -1 and 3/2. Divided by the size of its weights, the trained unit
# is nearly the same line; what training added is a factor, which makes the smooth step steeper
# and moves no boundary. Any bias between 1 and 2 would have drawn a line that is as right.

# %% [markdown]
# ## What was not shown
#
# - How weights are found by training; here they were set by hand or taken from a store.
# - Units that bend instead of deciding (`relu`): lesson 2.
# - What two units can do that one cannot: lesson 4 does XOR.
#
# ## Further reading
#
# - F. Rosenblatt, "The perceptron", *Psychological Review* 65, 1958: one unit that learns.
# - M. Minsky and S. Papert, *Perceptrons*, MIT Press 1969, on what one layer cannot do.
# - C. Bishop, *Pattern Recognition and Machine Learning*, Springer 2006, section 4.1: direction
#   and offset of a linear decision.

# %% [markdown]
# ## Hand in
#
# Every answer was saved as you gave it; `hw.resume()` takes it up again another day. If your
# course collects it, `hw.submit()` writes `L01.claims.json` and says so: that file is what you
# upload. It holds your claims, and no name.

# %%
hw.status()
