"""Readings of the weights: as a program, expanded, by preferred inputs, beside another network."""

from __future__ import annotations

from toynets.readings.comparison import Comparison, Gap, compare_networks
from toynets.readings.expansion import Expansion, Path, Piece, expand
from toynets.readings.patterns import Pattern, preferred
from toynets.readings.program import Line, ProgramText, read_as_program

__all__ = [
    "Comparison",
    "Expansion",
    "Gap",
    "Line",
    "Path",
    "Pattern",
    "Piece",
    "ProgramText",
    "compare_networks",
    "expand",
    "preferred",
    "read_as_program",
]
