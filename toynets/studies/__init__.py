"""Studies over many networks: the contest of scores over the zoo, the 14-8-3 study."""

from __future__ import annotations

from toynets.studies.competing import contest
from toynets.studies.standings import Contest, Mark, Standing
from toynets.studies.tabular import tabular_study
from toynets.studies.tabular_report import TabularStudy

__all__ = ["Contest", "Mark", "Standing", "TabularStudy", "contest", "tabular_study"]
