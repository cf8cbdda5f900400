"""Whether a set of units or edges suffices at every point of a box, not only at those tried."""

from __future__ import annotations

import time
from typing import Any

from toynets.domain import Domain
from toynets.rationals import Rational
from toynets.verification.criterion import FoundPoint
from toynets.verification.kept import Kept
from toynets.verification.proofs.differing import Differing, Run
from toynets.verification.proofs.program import Layers

SECONDS = 20.0  # of all sets of one search


class Everywhere:
    """Proves of one set after the other that it suffices on the whole box.

    Args:
        kept: the network and the ablation, on points of the box.
        domain: these points, with the box that they are from.
        criterion: `decisions` or `values`; of `accuracy` nothing is proved.
        decision: the rule of decisions, as data.
        within: how far outputs may move, for `values`.

    Attributes:
        left: why a set is not proved, or "".
        proved: how many are.
    """

    def __init__(
        self, kept: Kept, domain: Domain, criterion: str, decision: Any, within: Rational
    ) -> None:
        network = kept.network
        self.kept = kept
        self.within = within
        self.rule = dict(decision) if criterion == "decisions" else None
        self.layers = Layers.of_network(network)
        self.differing = Differing(network.inputs, domain)
        self.began = time.process_time()
        self.proved = 0
        self.left = "accuracy is a share of the points tried" if criterion == "accuracy" else ""
        if not self.layers.piecewise:
            self.left = "a unit is curved"

    def check(self, mask: int) -> None:
        """Prove that a set suffices, or note that this is not known.

        Raises:
            FoundPoint: it does not.
        """
        if self.left:
            return
        text, carried = self.kept.intervention(mask), self.kept.carried(mask)
        everything = mask == (1 << len(self.kept.players)) - 1
        if everything:
            return  # nothing is ablated
        if not text and not carried:
            self.left = "one of these ablations cannot be written as an intervention"
        elif not all(hasattr(value, "p") for value in carried.values()):
            self.left = "a mean is not rational"
        elif time.process_time() - self.began > SECONDS:
            self.left = f"{SECONDS:g} seconds are over"
        else:
            self._ask(text, carried)

    def _ask(self, text: str, carried: dict[str, Any]) -> None:
        wiring, mean = self.kept.machine.wiring, self.kept.machine.mean
        clean = Run("network", self.layers, wiring.resolve(""))
        left = Run("network", self.layers, wiring.resolve(text), mean, carried=carried)
        answer = self.differing.ask(clean, left, epsilon=self.within, rule=self.rule)
        if answer.verdict == "proved":
            self.proved += 1
        elif answer.verdict == "unknown":
            self.left = f"{text or ', '.join(carried) + ' at their means'}: {answer.limit}"
        else:
            x, source = self.differing.row(answer)
            raise FoundPoint((x,) if source is None else (x, source))
