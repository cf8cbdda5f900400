"""What an explanation or a network says comes out: two of them can then be told apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from toynets import exact
from toynets.domain import Domain, Row
from toynets.explanation import Explanation
from toynets.fields import record
from toynets.rationals import ZERO, Rational
from toynets.verification.check import Side
from toynets.verification.compare import Decision, bound, compare
from toynets.verification.trials import Trial, changes_of
from toynets.wiring import Wiring


@record(frozen=True)
class Said:
    """What one side says of one run.

    Attributes:
        values: one per output; for `worst` the least and the greatest of each.
        column: `stated`, `derived` or `computed`.
        slack: how far the truth may be from it, by its own tolerance.
    """

    values: tuple[Any, ...]
    column: str
    slack: Rational


class NetworkVoice:
    """A network: what it computes.

    Args:
        network: a `toynets.Network`.
        domain: finite or sampled.
        decision: from outputs to a choice.
        by: `value` or `decision`.
        within: how far outputs may be apart that count as the same, in value.
    """

    def __init__(
        self,
        network: Any,
        domain: Domain,
        decision: Decision,
        by: str = "value",
        within: Rational = ZERO,
    ) -> None:
        self.network = network
        self.side = Side(exact.Machine(network, domain), network.wiring)
        self.decision = decision
        self.by = by
        self.within = within

    @property
    def wiring(self) -> Wiring:
        """Its names and edges."""
        return self.side.wiring  # type: ignore[no-any-return]  # of either side

    def metric(self, kind: str) -> str:
        """How outcomes of a kind of intervention are compared."""
        return self.by

    def slack(self, trial: Trial, derived: bool = False) -> Rational:
        """Return how far the truth may be from what it says."""
        return self.within

    def say(self, trial: Trial, x: Row, source: Row | None, derived: bool = False) -> Said:
        """Return what comes out."""
        return Said(_outcome(self.side, trial, x, source), "computed", self.within)


class ExplanationVoice:
    """An explanation: what it states, and what its stated weights make of everything else.

    Args:
        explanation: without blank weights.
        domain: finite or sampled.
        outputs: names in order.

    Raises:
        ToynetsError: a weight is still blank.
    """

    def __init__(self, explanation: Explanation, domain: Domain, outputs: Sequence[str]) -> None:
        self.explanation = explanation
        self.outputs = tuple(outputs)
        model = explanation.model(rows=domain.rows, outputs=self.outputs)
        self.side = Side(model, model.wiring)
        self.decision = Decision(explanation.decision, self.outputs)
        self._stated: dict[Any, Any] = {}
        final = {o: explanation.units[o].expression for o in self.outputs}
        if all(e is not None for e in final.values()):
            self._stated[frozenset()] = {o: (e,) for o, e in final.items()}
        for outcome in explanation.outcomes:
            if all(outcome.outputs.get(o) for o in self.outputs):
                self._stated[changes_of(outcome.intervention)] = outcome.outputs

    @property
    def wiring(self) -> Wiring:
        """Its names and edges."""
        return self.side.wiring  # type: ignore[no-any-return]  # of either side

    @property
    def stated(self) -> list[str]:
        """The interventions whose outcomes it states in full."""
        return [o.intervention.text for o in self.explanation.outcomes if any(o.outputs.values())]

    def metric(self, kind: str) -> str:
        """How outcomes of a kind of intervention are compared."""
        return self.explanation.metric_of("resample" if kind == "patch" else kind)

    def known(self, x: Row) -> dict[str, Any]:
        """Return what its formulas may speak of."""
        values = self.side.runner.values(x)
        names = (*self.explanation.inputs, *self.explanation.units)
        return {**{n: values[n] for n in names}, **self.explanation.constants}

    def say(self, trial: Trial, x: Row, source: Row | None, derived: bool = False) -> Said:
        """Return what it says of a run: stated where it states that, else derived.

        Args:
            trial: the intervention.
            x: the input.
            source: the input that x' names.
            derived: leave aside what is stated.

        Raises:
            Undecided: a ball straddles.
            ToynetsError: a stated formula has no value.
        """
        slack, stated = self.slack(trial, derived), self.stated_for(trial, derived)
        if stated is not None:
            known = self.known(x)
            values = tuple(e.evaluate(known) for o in self.outputs for e in stated[o])
            return Said(values, "stated", slack)
        return Said(_outcome(self.side, trial, x, source), "derived", slack)

    def stated_for(self, trial: Trial, derived: bool = False) -> Mapping[str, Any] | None:
        """Return the expressions that it states of each output, or None where it derives them."""
        return None if derived else self._stated.get(changes_of(trial.intervention))

    def slack(self, trial: Trial, derived: bool = False) -> Rational:
        """Return how far the truth may be from what it says."""
        epsilon = self.explanation.epsilon("ablations" if trial.text else "clean")
        # |stated - derived| and |derived - measured| are at most epsilon each.
        return epsilon if self.stated_for(trial, derived) is None else 2 * epsilon


Voice = NetworkVoice | ExplanationVoice


def _outcome(side: Side, trial: Trial, x: Row, source: Row | None) -> tuple[Any, ...]:
    plan = side.plan(trial.intervention)
    if "worst" not in trial.intervention.words:
        return side.outcome(x, plan, source=source)
    return tuple(v for pair in side.runner.worst(x, plan) for v in pair)


def apart(a: Voice, b: Voice, trial: Trial, one: Said, other: Said) -> str:
    """Return `value` or `decision`, in which what two sides say cannot both be true, or "".

    Values are apart by more than both tolerances together. Decisions count where a side claims no
    more, and where both are sure of theirs.
    """
    if "worst" not in trial.intervention.words:
        first, margin = a.decision(one.values)
        second, other_margin = b.decision(other.values)
        sure = (
            bool(first) and bool(second)
            and (one.slack == 0 or bool(margin > one.slack))
            and (other.slack == 0 or bool(other_margin > other.slack))
        )
        if sure and first != second:
            return "decision"
        if "decision" in (a.metric(trial.kind), b.metric(trial.kind)):
            return ""
    limit = bound(one.slack + other.slack)
    pairs = zip(one.values, other.values, strict=True)
    return "value" if any(compare(u, v, limit)[1] is False for u, v in pairs) else ""


def agrees(voice: Voice, trial: Trial, said: Said, truth: tuple[Any, ...]) -> bool:
    """Return whether what a side says of a run is true of the network, as that side claims it.

    Args:
        voice: the side.
        trial: the intervention.
        said: what it says.
        truth: the outputs of the network.
    """
    if voice.metric(trial.kind) == "decision" and "worst" not in trial.intervention.words:
        return bool(voice.decision(said.values)[0] == voice.decision(truth)[0])
    limit = bound(said.slack)
    return all(compare(u, v, limit)[1] is True for u, v in zip(said.values, truth, strict=True))
