# %% [markdown]
# # 14. What the network looks at
#
# A network that tells wolves from huskies is right 97 times in 100, and looks at the snow. A unit
# that sees pictures has a favourite picture. And six weights from 1986 have a pattern that
# everybody can check. Three small cases of one question: what is it about the input that the
# network uses?
#
# **When you have done this lesson, you can**
#
# - explain a large weight as evidence, and say where that evidence ends;
# - compute what a shortcut costs when the shortcut is gone;
# - find the input that a unit prefers, and tell "large" from "similar";
# - check the claim that a published network makes about its weights.
#
# You need: percentages, dot products. About 40 minutes, of which 23 are exercises.

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
from itertools import product
from math import log

from toynets import coursework, plots

hw = coursework.open("L14")
wolf = toynets.load("wolf-trained")

# %% [markdown]
# ## The picture
#
# Four things about a picture, each +1 (speaks for a wolf) or -1 (for a husky): muzzle, ears,
# eyes, and whether there is snow. One output.

# %%
plots.diagram(wolf.network)

# %% [markdown]
# ## A worked example: a weight is evidence
#
# In the pictures that it was trained on, muzzle, ears and eyes are each right in 80 of 100 cases,
# and the snow in 95. A feature that is right with probability `p` is worth `p / (1 - p)` to one:
# 4 to 1, and 19 to 1. Odds multiply, so their logarithms add, and a network that adds should have
# the *logarithms of the odds* as weights. Does it?

# %%
for name in wolf.network.inputs:
    p = 0.95 if name == "snow" else 0.8
    found = wolf.network[f"{name}->y"]
    print(f"{name:8} weight {found:.4f}   log(p / (1 - p)) = {log(p / (1 - p)):.4f}")
    assert abs(found - log(p / (1 - p))) < 1e-3

# %% [markdown]
# It does, to four digits. So `snow` has the largest weight for the best of reasons: *in those
# pictures* it was the best evidence. How good is the network there? Go through all sixteen
# patterns of right and wrong features, with their probabilities:

# %%
WEIGHTS = {name: wolf.network[f"{name}->y"] for name in wolf.network.inputs}


def accuracy(snow_right, weights=WEIGHTS):
    """Share of right answers if the marks are right 80 times in 100, and the snow snow_right."""
    total = 0.0
    for right in product((1, -1), repeat=4):
        chance = snow_right if right[3] == 1 else 1 - snow_right
        for r in right[:3]:
            chance *= 0.8 if r == 1 else 0.2
        score = sum(r * weights[n] for r, n in zip(right, weights, strict=True))
        total += chance * (score > 0)
    return total


print(f"on such pictures: {accuracy(0.95):.3f}")
assert round(accuracy(0.95), 3) == 0.968

# %% [markdown]
# And if the animals walk off the snow? If the background says *nothing* about the animal, it is
# right in half of the cases. That is exercise 14.1; work it out on paper, or change one number
# above.
#
# ### A picture that a unit prefers
#
# The network `bars` looks at 4 by 4 pixels and tells bars across (1) from bars down (0). Every
# pixel has a weight into each of its two hidden units, so that weights can be laid out as the
# pixels lie:

# %%
entry = toynets.load("bars")
plots.pictures(entry.network, domain=entry.task.domain, shape=(4, 4))

# %% [markdown]
# On the left the weights of its two units; in the middle a bar that the unit likes best (of two
# that it likes equally, the first); on the right what it says to each of the eight bars, four
# across and then four down. The weights of `upper` in numbers:

# %%
bars = entry.network
weights = [bars[f"p{row}{column}->upper"] for row in (1, 2, 3, 4) for column in (1, 2, 3, 4)]
for k in range(0, 16, 4):
    print(*(f"{w:+.2f}" for w in weights[k : k + 4]))

# %% [markdown]
# Among all pictures of the same *length* (the root of the sum of squares), the one with the
# largest dot product is the weights themselves, scaled: bright above, dark below. Without "of the
# same length" the question has no answer: twice as bright gives twice as much. So a large dot
# product can mean "similar" or just "bright":

# %%


def dot(x):
    return sum(w * v for w, v in zip(weights, x, strict=True))


def length(x):
    return sum(v * v for v in x) ** 0.5


top_row = [1] * 4 + [0] * 12
glaring = [3] * 12 + [0] * 4  # three bright rows, which is not what the unit is for
for name, x in (("top row", top_row), ("three glaring rows", glaring)):
    similar = dot(x) / (length(x) * length(weights))
    print(f"{name:20} dot product {dot(x):.2f}   similarity {similar:.2f}")
assert dot(glaring) > dot(top_row)
assert dot(glaring) / length(glaring) < dot(top_row) / length(top_row)

# %% [markdown]
# ### Six weights from 1986
#
# `symmetry-1986` has the weights that were printed in *Nature* in 1986: six inputs, and a hidden
# unit that should be quiet when the six bits read the same from both ends.

# %%
old = toynets.load("symmetry-1986").network
row = [old[f"x{k}->h1"] for k in range(1, 7)]
print([round(w, 1) for w in row], "divided by the smallest:", [round(w / 3.6, 1) for w in row])

# %% [markdown]
# Mirrored inputs have opposite weights, so they cancel when the bits agree. And the three sizes
# are about 1 : 2 : 4, so that *different* pairs cannot cancel each other: whatever differences
# -1, 0, 1 the pairs have, a sum of ±1, ±2, ±4 is 0 only if none is there. Other sizes would do,
# and some would not.

# %% [markdown]
# ## Exercise 14.1: Off the snow (5 points, 6 minutes, medium)
#
# The marks are right 80 times in 100 as before, and the snow is right in half of the cases. What
# share of the answers is right? (To three digits, as a number between 0 and 1.)

# %%
# BEGIN SOLUTION
hw.check("L14.1", value=round(accuracy(0.5), 3))
# END SOLUTION
# STUB: hw.check("L14.1", value=None)

# %% [markdown]
# ## Exercise 14.2: What does the large weight say? (4 points, 5 minutes, medium)
#
# `snow->y` is 2.94, and `ears->y` is 1.39. Which sentence is right?
#
# - **a** Snow is more important for telling a wolf from a husky, wherever they are.
# - **b** 2.94 is the correlation of snow and wolf in the training pictures.
# - **c** In pictures like those of the training, snow was better evidence. Elsewhere the weight
#   is the same, and the evidence need not be.
# - **d** The network has overfitted: its largest weight is more than twice the others.

# %%
# BEGIN SOLUTION
hw.check("L14.2", choice="c")
# END SOLUTION
# STUB: hw.check("L14.2", choice="")

# %% [markdown]
# ## Exercise 14.3: Most similar (4 points, 5 minutes, easy)
#
# A unit with two inputs has the weights (3, 4). Which of these inputs is *most similar* to what
# it prefers, that is, has the smallest angle with it?
#
# - **a** (0.6, 0.8)
# - **b** (0, 1)
# - **c** (9, 1)
# - **d** (-3, -4)

# %%
# BEGIN SOLUTION
hw.check("L14.3", choice="a")
# END SOLUTION
# STUB: hw.check("L14.3", choice="")

# %% [markdown]
# ## Exercise 14.4: The test of 1986 (5 points, 7 minutes, medium)
#
# Which sizes for the three pairs do, and which are fooled by some input that is no palindrome?
# (They are fooled if some sum of ± the sizes, with one or more left out but not all, is 0.)
#
# `A` 1, 2, 4 · `B` 2, 3, 4 · `C` 1, 2, 3 · `D` 3, 5, 7 · `E` 1, 1, 4 · `F` 2, 4, 6

# %%
# BEGIN SOLUTION
hw.check("L14.4", groups={"do": ["A", "B", "D"], "are fooled": ["C", "E", "F"]})
# END SOLUTION
# STUB: hw.check("L14.4", groups={"do": [], "are fooled": []})

# %% [markdown]
# ## What was not shown
#
# - How a shortcut is found when nobody knows that it is there. Here we knew what the snow was.
# - Pictures that people take. The mechanism is the same, and nobody has all the weights
#   explained.
# - That training finds 1 : 2 : 4. Mostly it does; `symmetry-234-trained` is a run that found the
#   sizes of B in exercise 14.4, which the paper of 1986 does not mention.
#
# ## Further reading
#
# - M. Ribeiro, S. Singh and C. Guestrin, "Why should I trust you?", KDD 2016: wolves, huskies,
#   snow.
# - R. Geirhos et al., "Shortcut learning in deep neural networks", *Nature Machine Intelligence*
#   2, 2020.
# - D. Rumelhart, G. Hinton and R. Williams, "Learning representations by back-propagating
#   errors", *Nature* 323, 1986, figure 1: the six weights.

# %% [markdown]
# ## Hand in
#
# Every answer was saved as you gave it; `hw.resume()` takes it up again another day. If your
# course collects it, `hw.submit()` writes `L14.claims.json` and says so: that file is what you
# upload. It holds your claims, and no name.

# %%
hw.status()
