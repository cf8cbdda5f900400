# %% [markdown]
# # 13. Reading weights as a program
#
# "It has a weight of 0.7 here. So what?" A weight with a unit, a direction and a condition is a
# sentence. A layer is a paragraph of them, and a small network a short program. This lesson reads
# one that rates movies, line by line.
#
# **When you have done this lesson, you can**
#
# - find a weight in a printed matrix, and say the sentence that it stands for, with its
#   condition;
# - go from inputs (X) by hidden variables (X′) to outputs (X″) and give each a name;
# - say what can be predicted from the wiring alone, what from the signs, and what needs the
#   numbers;
# - find a line of the program that never does anything.
#
# You need: `relu`. About 40 minutes, of which 25 are exercises.

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

hw = coursework.open("L13")
movie = toynets.load("movie-rating")

# %% [markdown]
# ## The picture
#
# Five facts about a film, each between 0 and 1; four hidden variables with names; one rating.

# %%
plots.diagram(movie.network)

# %% [markdown]
# ## A worked example: from matrix to program
#
# This is how networks usually come: as matrices. (Rows say where a weight goes *to*, columns
# where it comes *from*.)

# %%
plots.matrix(movie.network)

# %% [markdown]
# Or, where there are no pictures:

# %%
first, last = movie.network.layers
print("columns:", ", ".join(movie.network.inputs))
for unit, row, bias in zip(first.units, first.weight, first.bias, strict=True):
    print(f"{unit:12}", *(f"{w:5g}" for w in row), f"   bias {bias:5g}")
print(f"{'rating':12}", *(f"{w:5g}" for w in last.weight[0]), f"   bias {last.bias[0]:5g}")

# %% [markdown]
# Call the five inputs X, the four hidden variables X′, and the rating X″. The first matrix goes
# from X to X′, the second from X′ to X″; there is nothing else in it. And this is the same,
# written as a program. Nothing was added but names and the rule that a term with weight 0 is not
# written.

# %%
from toynets.readings import read_as_program

program = read_as_program(movie.network, movie.task.domain, movie.explanation)
print(program)

# %% [markdown]
# Take one number: `action->thrill` is 1. A sentence says **what is multiplied, by what, on the
# way where, and under which condition**: *One more unit of action raises thrill by 1, as long as
# thrill is above 0 afterwards; thrill counts twice, so the rating rises by 2.* The condition is
# not a footnote. For a calm, romantic film thrill is off, and a little more action does nothing:

# %%
for film in ([0, 1, 0, 0, 0], ["1/4", 1, 0, 0, 0], ["1/2", 1, 0, 0, 0], ["3/4", 1, 0, 0, 0]):
    t = exact.trace(movie.network, film)
    print("action", film[0], " thrill", t["thrill"], " rating", t["rating"])

# %% [markdown]
# Romance has two sentences: it takes from `thrill` and gives to `date`. Is it good or bad for the
# rating? *Both, depending on the film*:

# %%
for action in (1, 0):
    low, high = (exact.run(movie.network, [action, r, "1/2", 0, 0])[0] for r in ("1/2", 1))
    print(f"action {action}: rating {low} with romance 1/2, {high} with romance 1")
low, high = (exact.run(movie.network, [1, r, 0, 0, 0])[0] for r in (0, "1/2"))
print(f"action 1, no comedy: rating {low} with romance 0, {high} with romance 1/2")
assert high < low

# %% [markdown]
# (The command `toynets show movie-rating "romance->thrill"` writes such sentences for any weight
# of any network, with the inputs on which they hold.)
#
# ## Exercise 13.1: Find the weight (3 points, 3 minutes, easy)
#
# In the printed matrix: what is the weight from `romance` to `thrill`?

# %%
# BEGIN SOLUTION
hw.check("L13.1", value="-1/2")
# END SOLUTION
# STUB: hw.check("L13.1", value=None)

# %% [markdown]
# ## Exercise 13.2: Trace two films (5 points, 7 minutes, medium)
#
# What does the network give for these two, in this order?
#
# | film | action | romance | comedy | length | star |
# |---|---|---|---|---|---|
# | a long thriller | 1 | 1/2 | 0 | 1 | 0 |
# | a comedy with a star | 0 | 1 | 1 | 1/2 | 1 |

# %%
# BEGIN SOLUTION
hw.check("L13.2", outputs=["7/4", "7/2"])
# END SOLUTION
# STUB: hw.check("L13.2", outputs=[None, None])

# %% [markdown]
# ## Exercise 13.3: One weight in words (4 points, 5 minutes, medium)
#
# `romance->thrill` is -1/2. Which sentence is right?
#
# - **a** In the data, romance and thrill have a correlation of -1/2.
# - **b** One unit more romance lowers the rating by 1/2.
# - **c** While thrill is on, one unit more romance lowers thrill by 1/2, and by this path the
#   rating by 1.
# - **d** The explanation is the formula: it contains the term `-0.5 * romance`.

# %%
# BEGIN SOLUTION
hw.check("L13.3", choice="c")
# END SOLUTION
# STUB: hw.check("L13.3", choice="")

# %% [markdown]
# ## Exercise 13.4: Wiring, signs, magnitudes (5 points, 6 minutes, hard)
#
# Somebody covers the numbers and shows you only which weights are not 0 (*wiring*); then their
# *signs*; then their *magnitudes*. Sort the questions by what it takes, at least, to answer them.
#
# - **q1** Can `length` change `star_bonus`?
# - **q2** Can a longer film, all else equal, have a higher rating?
# - **q3** How much does the rating lose, at most, under `thrill = 0`?
# - **q4** Can `bored = 0` lower the rating?
# - **q5** Which hidden units can change when `action` does?
# - **q6** Which can take away more: `bored`, or the loss of `date`?

# %%
# BEGIN SOLUTION
needs = {"wiring": ["q1", "q5"], "signs": ["q2", "q4"], "magnitudes": ["q3", "q6"]}
hw.check("L13.4", groups=needs)
# END SOLUTION
# STUB: hw.check("L13.4", groups={"wiring": [], "signs": [], "magnitudes": []})

# %% [markdown]
# ## Exercise 13.5: The dead line (3 points, 4 minutes, easy)
#
# A program with four lines over two inputs between 0 and 1. Which line never does anything?
#
# - **p** `p = relu(a + b - 1/2)`
# - **q** `q = relu(a - b - 1)`
# - **r** `r = relu(b - a + 1/4)`
# - **s** `s = relu(1 - a - b)`

# %%
# BEGIN SOLUTION
hw.check("L13.5", choice="q")
# END SOLUTION
# STUB: hw.check("L13.5", choice="")

# %% [markdown]
# ## What was not shown
#
# - Where the numbers came from. This network was written as equations first; a trained one comes
#   without names, and finding them is the work of lessons 4, 9 and 11.
# - Networks whose hidden variables have no names that people would use. There are such.
# - The whole ladder of exercise 13.4 on many networks: `toynets connectome movie-rating`.
#
# ## Further reading
#
# - R. Andrews, J. Diederich and A. Tickle, "Survey and critique of techniques for extracting
#   rules from trained artificial neural networks", *Knowledge-Based Systems* 8, 1995.
# - D. Lindner et al., "Tracr: compiled transformers as a laboratory for interpretability",
#   NeurIPS 2023: programs turned into weights, the other way round.
# - E. Marder and colleagues on small nervous systems, for why wiring alone predicts so little;
#   for example "Understanding brains: details, intuition, and big data", *PLoS Biology* 13, 2015.

# %% [markdown]
# ## Hand in
#
# Every answer was saved as you gave it; `hw.resume()` takes it up again another day. If your
# course collects it, `hw.submit()` writes `L13.claims.json` and says so: that file is what you
# upload. It holds your claims, and no name.

# %%
hw.status()
