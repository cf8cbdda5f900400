"""Readings of the weights: as a program, by preferred inputs, and beside another network's."""

from __future__ import annotations

from toynets.readings.comparison import Comparison, Gap, compare_networks
from toynets.readings.patterns import Pattern, preferred
from toynets.readings.program import Line, ProgramText, read_as_program

__all__ = [
    "Comparison",
    "Gap",
    "Line",
    "Pattern",
    "ProgramText",
    "compare_networks",
    "preferred",
    "read_as_program",
]
