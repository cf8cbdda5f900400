"""Causal models: the second program that an explanation is."""

from toynets.causal.functions import FUNCTIONS, Number
from toynets.causal.model import CausalModel, Mechanism

__all__ = ["FUNCTIONS", "CausalModel", "Mechanism", "Number"]
