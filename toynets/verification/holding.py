"""Which check refutes a claim first: an explanation held against many networks, or many of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from toynets import exact
from toynets.domain import Domain
from toynets.errors import ToynetsError, Undecided
from toynets.explanation import Explanation
from toynets.verification.check import Check, Comparer, Side
from toynets.verification.claims import Claims
from toynets.verification.compare import Decision
from toynets.verification.partition import Swaps
from toynets.verification.tiers import Bench, constant_kinds, parameter_texts, subset_texts

# From cheap to dear; what comes early is what a reader would look at first, too.
ORDER = (
    "weights",
    "clean",
    "units",
    "outcomes",
    "roles",
    "parameters",
    "subsets",
    "interchange",
    "concepts",
)
CASES = 2_000_000


class Holding:
    """One explanation held against one network, check by check, up to the first that refutes.

    The checks are those of `verify`, on the same cases.

    Args:
        network: a `toynets.Network` with the names that the explanation speaks of.
        explanation: without blank weights.
        domain: finite or sampled.
        like: an earlier one of the same network; its evaluator is used again. Where the stated
            weights are the same as well, so are its causal model and the swaps that it has run.

    Attributes:
        telling: interventions that refuted before; they are tried first.
    """

    def __init__(
        self,
        network: Any,
        explanation: Explanation,
        domain: Domain,
        like: Holding | None = None,
    ) -> None:
        self.network = network
        self.explanation = explanation
        self.rows = domain.rows
        self.swaps: dict[str, Swaps] = {}
        self.telling: list[str] = []
        machine: Any = None
        model: Any = None
        if like is not None:
            machine, self.telling = like.measured.runner, like.telling
            if explanation.numbers == like.explanation.numbers:
                model, self.swaps = like.derived.runner, like.swaps
        if model is None:
            model = explanation.model(rows=self.rows, outputs=network.outputs)
        self.measured: Side = Side(machine or exact.Machine(network, domain), network.wiring)
        self.derived: Side = Side(model, model.wiring)
        decision = Decision(explanation.decision, network.outputs)
        self.claims = Claims(
            network, explanation, self.rows, self.measured, self.derived, decision, domain.finite
        )
        comparer = Comparer(decision, explanation.metric_of, explanation.epsilon("ablations"))
        self.bench = Bench(
            self.measured, self.derived, self.rows, comparer, CASES, 0, lambda count: None
        )

    def fails(self, name: str) -> bool:
        """Whether one check refutes.

        Args:
            name: of `ORDER`.
        """
        makers: dict[str, Callable[[], bool]] = {
            "parameters": lambda: self._tier(parameter_texts(self.network.wiring)),
            "subsets": self._subsets,
            "interchange": self._interchange,
        }
        try:
            if name in makers:
                return makers[name]()
            if name == "concepts":
                return self._concepts()
            made: Check = getattr(self.claims, name)()
        except Undecided:
            return False  # nothing certain is wrong
        return made.failed > 0

    def _tier(self, texts: Iterable[str]) -> bool:
        check = Check("tier")
        known = list(texts)
        first = [text for text in self.telling if text in known]
        for text in [*first, *known]:
            self.bench.run(check, [text])
            if check.failed:
                if text not in self.telling:
                    self.telling.append(text)
                return True
        return False

    def _subsets(self) -> bool:
        network = self.network
        kinds = constant_kinds(
            [layer.activation for layer in network.layers[:-1]],
            any(f"{u}.bias" in network.numbers for u in network.hidden),
        )
        return self._tier(subset_texts(network.wiring, network.hidden, kinds))

    def _interchange(self) -> bool:
        check = Check("interchange")
        for unit in self.network.units:
            self.swaps[unit] = self.bench.interchange(check, [unit])[unit]
            if check.failed:
                return True
        return False

    def _concepts(self) -> bool:
        if not self.swaps:
            self._interchange()
        return self.claims.concepts(self.swaps).failed > 0

    def first_failing(self, skip: Collection[str] = (), only: Sequence[str] = ORDER) -> str:
        """Return the name of the first check that refutes, or "".

        Args:
            skip: checks that are left out.
            only: checks that are made, in this order.
        """
        for name in only:
            if name not in skip and self.fails(name):
                return name
        return ""


def first_failing(
    network: Any,
    explanation: Explanation,
    domain: Domain,
    *,
    skip: Collection[str] = (),
    only: Sequence[str] = ORDER,
    like: Holding | None = None,
) -> str:
    """Return the first check that refutes an explanation, "" for none, `refused` where none can.

    Args: as for `Holding` and its method.
    """
    try:
        held = Holding(network, explanation, domain, like)
        return held.first_failing(skip, only)
    except Undecided:
        return ""
    except ToynetsError:
        return "refused"
