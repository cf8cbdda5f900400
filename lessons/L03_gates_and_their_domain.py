# %% [markdown]
# # 3. Gates and their domain
#
# "This unit is an OR." Is it? On which inputs? An explanation without a domain is like a price
# without a currency. This lesson reads logic gates made of `relu` units, and then steps off the
# corners on which they are gates.
#
# **When you have done this lesson, you can**
#
# - name what a unit detects, from its weights and bias;
# - state on which inputs that name is true, and find an input on which it is not;
# - compute what a gate does *between* 0 and 1;
# - build a majority of three from two units.
#
# You need: truth tables. About 35 minutes, of which 24 are exercises.

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

hw = coursework.open("L03")
and_gate = toynets.load("and")

# %% [markdown]
# ## The picture
#
# AND, with one hidden unit: `h1 = relu(x1 + x2 - 1)`, and `y = h1`.

# %%
plots.diagram(and_gate.network)

# %% [markdown]
# ## A worked example: how much of an AND is it?
#
# On the four corners there is no doubt:

# %%
for x in ([0, 0], [0, 1], [1, 0], [1, 1]):
    print(x, "->", exact.run(and_gate.network, x)[0])

# %% [markdown]
# Now let the inputs be anything between 0 and 1: how sure a sensor is, say. What should "x1 and
# x2" be when both are 1/2? There are several answers in use: the smaller of the two, their
# product, or what this network says:

# %%
for x in (["1/2", "1/2"], ["3/4", "1/2"], ["3/4", "3/4"], [1, "1/2"]):
    print(x, "->", exact.run(and_gate.network, x)[0])

# %% [markdown]
# The whole square from above: the darker, the larger `y`. The line is where `h1` begins.

# %%
plots.regions(and_gate.network, domain=toynets.Domain.box("[0,1]^2"))

# %% [markdown]
# At `(1/2, 1/2)` it says 0, where the minimum is 1/2 and the product 1/4. All three agree on the
# corners. So "it computes AND" is true **on the corners**; "it computes `min(x1, x2)`" is true
# there as well, and false inside; "it computes `relu(x1 + x2 - 1)`" is true everywhere. The three
# sentences look alike. The difference is the *domain* on which each holds.

# %%
report = toynets.verify(and_gate.network, and_gate.explanation, and_gate.task.domain)
print(report.verdict, "- on the domain", and_gate.task.domain.text)

# %% [markdown]
# The package says it each time: a verdict comes with its domain. *Exhaustive* means that every
# input of the four was tried, and every removal of a unit. It says nothing about `(1/2, 1/2)`.

# %% [markdown]
# ## Exercise 3.1: Four units (5 points, 5 minutes, easy)
#
# Inputs 0 and 1. Give each of the four units its description.
#
# | unit | computes |
# |---|---|
# | u1 | `relu(x1 + x2 - 1)` |
# | u2 | `relu(1 - x1 - x2)` |
# | u3 | `relu(x1 - x2)` |
# | u4 | `relu(x1 + x2)` |

# %%
# BEGIN SOLUTION
units = {"both are on": ["u1"], "none is on": ["u2"]}
units |= {"only x1 is on": ["u3"], "how many are on": ["u4"]}
# END SOLUTION
# STUB: units = {"both are on": [], "none is on": [], "only x1 is on": []}
# STUB: units |= {"how many are on": [], "at least one is on": []}
hw.check("L03.1", groups=units)

# %% [markdown]
# ## Exercise 3.2: Between the corners (4 points, 5 minutes, medium)
#
# The network `or` computes `y = 1 - relu(1 - x1 - x2)`. What does it say at `(1/2, 1/2)`,
# `(1/4, 1/2)`, `(1/4, 0)` and `(1, 1/2)`?

# %%
# BEGIN SOLUTION
hw.check("L03.2", outputs=[1, "3/4", "1/4", 1])
# END SOLUTION
# STUB: hw.check("L03.2", outputs=[None, None, None, None])

# %% [markdown]
# ## Exercise 3.3: It is the maximum (4 points, 4 minutes, easy)
#
# On the corners OR is the larger of the two inputs, so somebody explains `or` as `max(x1, x2)`.
# Find a point of the square `[0,1]^2` at which that is false.

# %%
# BEGIN SOLUTION
hw.check("L03.3", x=["1/2", "1/2"])
# END SOLUTION
# STUB: hw.check("L03.3", x=[None, None])

# %% [markdown]
# ## Exercise 3.4: Majority (7 points, 10 minutes, hard)
#
# Three inputs, two hidden `relu` units. The output should be 1 if at least two inputs are on,
# else 0, exactly. A `relu` can begin a ramp but not end one: what ends it? Weights not named are
# 0.

# %%
# BEGIN SOLUTION
votes = {f"x{i}->h{k}": 1 for i in (1, 2, 3) for k in (1, 2)}
majority = {**votes, "h1.bias": -1, "h2.bias": -2, "h1->y": 1, "h2->y": -1}
# END SOLUTION
# STUB: majority = {"x1->h1": 1, "x2->h1": 1, "x3->h1": 1, "h1.bias": None}  # and h2, and y
hw.check("L03.4", weights=majority)

# %% [markdown]
# ## Five minutes: and a trained one
#
# `majority-trained` learned the majority of three with two `relu` units. Each unit is printed
# scaled so that its outgoing weight is 1 or -1 (lesson 6 says why that changes nothing):

# %%
from toynets.symmetry import canonical_form

trained = toynets.load("majority-trained").network
for layer in canonical_form(trained).layers:
    rows = [[round(float(w), 3) + 0.0 for w in row] for row in layer.weight]
    print("weights", rows, " biases", [round(float(b), 3) + 0.0 for b in layer.bias])

# %% [markdown]
# Ones into both units, biases -1 and -2, and out with 1 and -1: the network that you built in
# exercise 3.4, found by descent. It is a rare find. Most random starts with only two units end
# elsewhere, and wider networks, which do arrive, arrive at tables that are much harder to read.

# %% [markdown]
# ## What was not shown
#
# - Why this AND and not the minimum: no reason but convenience; one `relu` cannot make a minimum
#   of two numbers (lesson 8 uses two).
# - Proofs between the corners: `toynets.prove` does them; lesson 4 uses one.
# - Gates made of other activations. With `step` units, "between the corners" is all or nothing.
#
# ## Further reading
#
# - W. McCulloch and W. Pitts, "A logical calculus of the ideas immanent in nervous activity",
#   *Bulletin of Mathematical Biophysics* 5, 1943: gates out of threshold units.
# - P. Hájek, *Metamathematics of Fuzzy Logic*, Kluwer 1998: `relu(x1 + x2 - 1)` is Łukasiewicz's
#   conjunction, one of three that are studied there.

# %% [markdown]
# ## Hand in
#
# Every answer was saved as you gave it; `hw.resume()` takes it up again another day. If your
# course collects it, `hw.submit()` writes `L03.claims.json` and says so: that file is what you
# upload. It holds your claims, and no name.

# %%
hw.status()
