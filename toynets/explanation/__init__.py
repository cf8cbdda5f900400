"""Explanations: a causal model, the numbers of every weight, and predictions, as data."""

from toynets.explanation.blank import blank_explanation
from toynets.explanation.record import (
    METRIC_KINDS,
    Explanation,
    StatedOutcome,
    StatedUnit,
    StatedWeight,
)

__all__ = [
    "METRIC_KINDS",
    "Explanation",
    "StatedOutcome",
    "StatedUnit",
    "StatedWeight",
    "blank_explanation",
]
