"""Studies over many networks: the contest of scores, the ladder of a connectome, 14-8-3."""

from __future__ import annotations

from toynets.studies.climbing import Connectome, Rung
from toynets.studies.competing import contest
from toynets.studies.connectome import ladder
from toynets.studies.standings import Contest, Mark, Standing
from toynets.studies.tabular import tabular_study
from toynets.studies.tabular_report import TabularStudy

__all__ = [
    "Connectome",
    "Contest",
    "Mark",
    "Rung",
    "Standing",
    "TabularStudy",
    "contest",
    "ladder",
    "tabular_study",
]
