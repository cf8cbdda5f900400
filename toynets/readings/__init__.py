"""Readings of the weights: as a program, and by the inputs that its units prefer."""

from __future__ import annotations

from toynets.readings.patterns import Pattern, preferred
from toynets.readings.program import Line, ProgramText, read_as_program

__all__ = ["Line", "Pattern", "ProgramText", "preferred", "read_as_program"]
