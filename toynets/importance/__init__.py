"""Importance: every score that people use, each beside what ablation really does.

>>> score("magnitude").badge("weights")
'changes under rescale'
"""

from __future__ import annotations

from toynets.importance.agreement import kendall, ranks, spearman
from toynets.importance.catalogue import SCORES, score, scores_of
from toynets.importance.effects import ABLATIONS, Effect, Effects
from toynets.importance.games import banzhaf_values, shapley_values
from toynets.importance.paths import (
    conductance,
    gradient,
    integrated_gradients,
    internal_influence,
)
from toynets.importance.scoring import Score
from toynets.importance.table import Importance, importance

__all__ = [
    "ABLATIONS",
    "SCORES",
    "Effect",
    "Effects",
    "Importance",
    "Score",
    "banzhaf_values",
    "conductance",
    "gradient",
    "importance",
    "integrated_gradients",
    "internal_influence",
    "kendall",
    "ranks",
    "score",
    "scores_of",
    "shapley_values",
    "spearman",
]
