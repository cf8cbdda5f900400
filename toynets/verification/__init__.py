"""An explanation held against a network: weights, units, outcomes, every ablation."""

from toynets.verification.checking import match_names, recognise, verify
from toynets.verification.compare import Decision
from toynets.verification.report import Report, Share
from toynets.verification.roles import UNIT_ROLES, WEIGHT_ROLES, Roles
from toynets.verification.witness import Witness

__all__ = [
    "UNIT_ROLES",
    "WEIGHT_ROLES",
    "Decision",
    "Report",
    "Roles",
    "Share",
    "Witness",
    "match_names",
    "recognise",
    "verify",
]
