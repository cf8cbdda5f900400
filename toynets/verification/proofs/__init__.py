"""Proofs over boxes: claims about every real input, in exact rationals, with certificates.

The parts, from the bottom up; floating point may propose (which unit to split), rationals decide:

- `forms`, `simplex`: affine functions, and their exact extremes on a polytope with the multipliers
  (Farkas) that prove them.
- `regions`: the linear regions of a network with one or two inputs, as intervals and polygons.
- `program`: networks, stated models and expressions as one program of nodes.
- `cells`, `search`: what is proved on one cell, and branch and bound over all of them.
- `flattening`, `enclosing`, `scout`, `floats`: bounds in floating point that hold in exact
  arithmetic, many boxes at once. They propose where to cut, or are a proof of their own, without a
  certificate.
- `networks`: a claim as one relu network, for other tools to read.
- `claims`, `questions`: what can be asked; `certificate` writes the answers.
"""
