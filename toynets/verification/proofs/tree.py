"""Cuts of a box that floating point proposes."""

from __future__ import annotations

from toynets.fields import field, record
from toynets.rationals import Rational


@record
class Tree:
    """A box cut in halves, and its halves again.

    Attributes:
        cuts: node -> (variable, place of the cut, node of the upper half, of the lower half); a
            node without one is a leaf, 0 is the whole box.
    """

    cuts: dict[int, tuple[int, Rational, int, int]] = field(default_factory=dict)
