"""The ten kinds of claim, one file each.

Each file has `ASK` and `NEEDED` (keys of `[ask]`), `FIELDS` and `REQUIRED` (keys of a claim),
`normal` (a claim as exact values that can be compared; refuses what is malformed) and `judge`.
"""

from __future__ import annotations

from types import ModuleType

from toynets.coursework.kinds import (
    choose,
    construct,
    counterexample,
    edit,
    explain,
    group,
    number,
    predict,
    rank,
    separate,
)

KINDS: dict[str, ModuleType] = {
    "predict": predict,
    "explain": explain,
    "construct": construct,
    "counterexample": counterexample,
    "choose": choose,
    "rank": rank,
    "number": number,
    "group": group,
    "separate": separate,
    "edit": edit,
}
