# %% [markdown]
# # 5. What is an ablation?
#
# "We removed the unit, and nothing happened; so it does nothing." Two things can be wrong with
# this sentence: what *removed* means, and what *nothing happened* proves. This lesson has a
# network for either.
#
# **When you have done this lesson, you can**
#
# - say which kind of ablation an experiment used, and what question that kind answers;
# - explain why zero is a value and not an absence;
# - predict the outcome of single and of joint ablations, and say when effects add up;
# - refute a story that every single ablation agrees with.
#
# You need: `relu`, and reading a small network. About 35 minutes, of which 22 are exercises.

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

hw = coursework.open("L05")
constant = toynets.load("constant-unit")

# %% [markdown]
# ## The picture
#
# Two hidden units. `h2` hands the input on. `h1` has no weight from the input at all: it is 8,
# whatever happens, and the output's bias of -8 takes that off again.

# %%
plots.diagram(constant.network)

# %% [markdown]
# ## A worked example: three kinds of removal
#
# `y = relu(0·x + 8) + relu(x) - 8`, which is `x` for every `x` that is not negative. Is `h1`
# important? Ask in three ways.
#
# **Zero.** Put 0 in its place. Then `y = x - 8`: every output is wrong by 8. By this measure `h1`
# is the most important unit there is.

# %%
print(toynets.ablate(constant, "h1 = 0"))

# %% [markdown]
# **Mean.** Put its average over the inputs in its place: what the unit *always* says stays, and
# what it says *about the input* is taken away. You will predict this one in exercise 5.1.
#
# **Resample.** Put in what the unit has on *some other* input of the domain, each in turn. For a
# unit that is always 8, that is 8. Which kind is right? None: they ask different questions.
#
# | kind | asks |
# |---|---|
# | `h1 = 0` | what if this number were 0? |
# | `h1 = mean` | what does the unit's *variation* do for the output? |
# | `h1 = resample` | what if the unit spoke of another input? |
#
# So a kind is part of the result, as a unit of measure is part of a length. This package has no
# default kind: you say it each time.
#
# Several units are removed at once with a comma. Here is the XOR network of lesson 4,
# `y = relu(x1 + x2) - 2·relu(x1 + x2 - 1)`, clean, without either unit, and without both:

# %%
xor = toynets.load("xor-sum").network
for text in ("", "h1 = 0", "h2 = 0", "h1 = 0, h2 = 0"):
    y = [exact.run(xor, x, text)[0] for x in ([0, 0], [0, 1], [1, 0], [1, 1])]
    print(f"{text or 'clean':16}", *(f"{v!s:>3}" for v in y))

# %% [markdown]
# As a table, tinted by what changes:

# %%
plots.ablation_table(xor)

# %% [markdown]
# Compare with the clean row. At 11, removing `h1` changes 0 to -2 (effect -2), removing `h2`
# changes 0 to 2 (effect +2), and removing both changes 0 to 0: the effect is the sum. In a
# network with *one* hidden layer and an output that only adds, that is always so, because the
# output is a sum of one term for each unit. With a second layer, or a threshold, it need not be.

# %% [markdown]
# Drawn for the input 11: at the top both units, at the bottom none; each line takes one unit
# away. *Opposite sides are equal*: what a unit is worth does not depend on whether the other one
# is there.

# %%
plots.lattice(xor, x=[1, 1])

# %% [markdown]
# ## Exercise 5.1: The constant unit at its mean (3 points, 4 minutes, easy)
#
# What does the network of the picture give for the inputs 0, 1, 2, 3 under `h1 = mean`?

# %%
# BEGIN SOLUTION
hw.check("L05.1", outputs=[0, 1, 2, 3])
# END SOLUTION
# STUB: hw.check("L05.1", outputs=[None, None, None, None])

# %% [markdown]
# ## Exercise 5.2: A path is cut (5 points, 6 minutes, medium)
#
# `dormant-backup` has two hidden layers:
#
# - `main = relu(x)` and `spare = relu(x)`,
# - `relay = relu(main)` and `rescue = relu(spare - main)`,
# - `y = relay + rescue`.
#
# On every clean input `rescue` is 0, and all of `y` comes through `main` and `relay`. What does
# it give for 0, 1, 2, 3 under `main = 0`?

# %%
# BEGIN SOLUTION
hw.check("L05.2", outputs=[0, 1, 2, 3])
# END SOLUTION
# STUB: hw.check("L05.2", outputs=[None, None, None, None])

# %% [markdown]
# ## Exercise 5.3: Do the effects add up? (5 points, 6 minutes, medium)
#
# Five networks. In which is the effect of setting two hidden units to 0 always the *sum* of the
# two single effects, whichever two and whatever the input? Their formulas:
#
# - `xor-sum`: `y = relu(x1 + x2) - 2·relu(x1 + x2 - 1)`
# - `constant-unit`: `y = relu(8) + relu(x) - 8`
# - `opposed-units`: `y = relu(x1) + 8·relu(x2) - 8·relu(x2)`, three units
# - `twin-units`: `y = 1 - relu(1 - twin1 - twin2)`, both twins `relu(x)`, the outer `relu` a unit
#   too
# - `dormant-backup`: as above

# %%
# BEGIN SOLUTION
kinds = {
    "add up": ["xor-sum", "constant-unit", "opposed-units"],
    "do not": ["twin-units", "dormant-backup"],
}
hw.check("L05.3", groups=kinds)
# END SOLUTION
# STUB: hw.check("L05.3", groups={"add up": [], "do not": []})

# %% [markdown]
# ## Exercise 5.4: Refute a needless unit (5 points, 6 minutes, medium)
#
# In `twin-units` each twin can be set to 0 and the output stays `y = x`, on both inputs. Somebody
# concludes: "Neither of the two is needed." Give the intervention, with zeros only, that makes
# the output 0 on both inputs.

# %%
# BEGIN SOLUTION
hw.check("L05.4", interventions="twin1, twin2 = 0")
# END SOLUTION
# STUB: hw.check("L05.4", interventions="")

# %% [markdown]
# ## Five minutes: and a trained one
#
# `xor-relu-2` was trained on XOR. Beside the network of lesson 4, each unit scaled so that its
# outgoing weight is 1 or -1 (which changes nothing, under zero and mean ablation alike):

# %%
from toynets.symmetry import canonical_form

trained = toynets.load("xor-relu-2")
for name, network in (("by hand", xor), ("trained", trained.network)):
    layer = canonical_form(network).layers[0]
    rows = [[round(float(w), 3) + 0.0 for w in row] for row in layer.weight]
    print(f"{name}: weights {rows}  biases {[round(float(b), 3) + 0.0 for b in layer.bias]}")

# %% [markdown]
# Its `h2` is the corrector. Two kinds of removal, one unit, two answers:

# %%
for text in ("h2 = 0", "h2 = mean"):
    cases = toynets.ablate(trained, text)
    print(f"{text:10}", *(f"{float(case.measured[0]):7.3f}" for case in cases))

# %% [markdown]
# Set to 0, the unit is missed at 11 only, by 2: that is where it speaks. Set to its mean, *all
# four* outputs move: its average is spread over inputs on which it used to be silent, and an
# output that was 0 becomes -1/2. Neither row is "the" importance of `h2`. The first says where it
# acts, the second how much it tells.

# %% [markdown]
# ## What was not shown
#
# - Ablating single weights, inputs, or paths through one edge (lesson 10 patches one).
# - Ablation in large networks, where every subset of units is out of reach: `toynets.circuits`
#   looks for sets that suffice.
# - What to do when a unit is replaced by a value that it never has in real use. That is a real
#   worry with `zero`, and the reason for `resample`.
#
# ## Further reading
#
# - A. Morcos, D. Barrett, N. Rabinowitz and M. Botvinick, "On the importance of single directions
#   for generalization", ICLR 2018: single-unit ablation at scale.
# - T. McGrath et al., "The Hydra effect: emergent self-repair in language model computations",
#   2023: `dormant-backup`, found in the wild.
# - L. Chan et al., "Causal scrubbing", Alignment Forum 2022: resampling as a test of hypotheses.

# %% [markdown]
# ## Hand in
#
# Every answer was saved as you gave it; `hw.resume()` takes it up again another day. If your
# course collects it, `hw.submit()` writes `L05.claims.json` and says so: that file is what you
# upload. It holds your claims, and no name.

# %%
hw.status()
