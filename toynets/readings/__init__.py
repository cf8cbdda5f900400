"""Readings of the weights: as a program, by wiring and signs alone, by preferred patterns."""

from __future__ import annotations

from toynets.readings.program import Line, ProgramText, read_as_program

__all__ = ["Line", "ProgramText", "read_as_program"]
