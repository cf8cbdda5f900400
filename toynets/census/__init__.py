"""A population of trained networks, sorted into solution families, each with its explanation."""

from __future__ import annotations

from toynets.census.records import Census, Family, Plateau
from toynets.census.running import take_census
from toynets.census.snapping import Snapped, snap

__all__ = ["take_census", "Census", "Family", "Plateau", "snap", "Snapped"]
