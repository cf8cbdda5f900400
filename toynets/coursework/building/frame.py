"""The first cell that every lesson has, and the frame of a new one."""

from __future__ import annotations

# Installs the released version, and only where there is none. What is installed already is held at
# its version by a file of constraints: a hosted notebook's own jax and numpy are never touched.
FIRST_CELL = """\
try:
    import toynets
except ModuleNotFoundError:  # a hosted notebook: fetch the released version once
    import importlib.metadata as installed
    import pathlib
    import subprocess
    import sys

    kept = [d for d in ("jax", "jaxlib", "numpy") if list(installed.distributions(name=d))]
    held = pathlib.Path("toynets-constraints.txt")  # what is there already stays as it is
    held.write_text("".join(f"{d}=={installed.version(d)}\\n" for d in kept))
    pip = [sys.executable, "-m", "pip", "install", "--quiet"]
    subprocess.run([*pip, "--constraint", str(held), "toynets"], check=True)
    import toynets"""


def frame(id: str, title: str) -> str:
    """Return the script of a lesson that is still to be written, in the order that all have."""
    return f'''\
# %% [markdown]
# # {id[1:].lstrip("0") or "0"}. {title}
#
# **When you have done this lesson, you can** …

# %%
{FIRST_CELL}

# %%
from toynets import coursework, plots

hw = coursework.open("{id}")
network = toynets.load("xor-sum")

# %% [markdown]
# ## The picture

# %%
plots.diagram(network)

# %% [markdown]
# ## A worked example

# %%
print(toynets.show(network))

# %% [markdown]
# ## Exercise {id}.1: … (4 points, 5 minutes, easy)

# %%
# BEGIN SOLUTION
hw.check("{id}.1", outputs=[0, 1, 1, 2])
# END SOLUTION
# STUB: hw.check("{id}.1", outputs=[None, None, None, None])

# %% [markdown]
# ## What was not shown
#
# ## Further reading
#
# ## Hand in

# %%
hw.status()
'''
