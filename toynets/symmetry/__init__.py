"""Gauge: changes of the parameters that leave the function unchanged, and what they leave over.

Moves take a network and give a network; `MOVES` says of each whether it also leaves every ablation
unchanged. `canonical_form` divides by the moves that do, and by no others. `reduce` is another
operation: it takes redundancy out, and says what is lost.
"""

from __future__ import annotations

from toynets.symmetry.canonical import (
    CanonicalForm,
    CanonicalLayer,
    canonical_form,
    equal_up_to_gauge,
)
from toynets.symmetry.flips import kink_flip, sigmoid_flip
from toynets.symmetry.moves import MOVES, Move, flip_sign, permute, rescale, shift_logits
from toynets.symmetry.reduction import Reduction, Step, reduce
from toynets.symmetry.words import what_no_move_changes, what_would_not_change

__all__ = [
    "MOVES",
    "CanonicalForm",
    "CanonicalLayer",
    "Move",
    "Reduction",
    "Step",
    "canonical_form",
    "equal_up_to_gauge",
    "flip_sign",
    "kink_flip",
    "permute",
    "reduce",
    "rescale",
    "shift_logits",
    "sigmoid_flip",
    "what_no_move_changes",
    "what_would_not_change",
]
