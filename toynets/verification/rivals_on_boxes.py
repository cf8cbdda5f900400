"""What a prover adds to `separate` on a box: a point that no sample has, or that there is none."""

from __future__ import annotations

from typing import Any

from toynets.domain import Domain, Row
from toynets.verification.proofs.differing import Differing, Run
from toynets.verification.proofs.program import Layers, Unprovable
from toynets.verification.trials import Trial
from toynets.verification.voices import ExplanationVoice, Voice


class BoxProver:
    """The prover of `rivals.search`; see `rivals.Prover`.

    Args:
        network: whose layers the explanations speak of; None for two networks.
        cells, seconds: the limits of one trial.

    Attributes:
        differing: what was settled, trial by trial.
    """

    def __init__(self, network: Any = None, **limits: Any) -> None:
        self.network = network
        self.limits = limits
        self.differing: Differing | None = None

    def __call__(
        self, a: Voice, b: Voice, trial: Trial, domain: Domain, derived: bool = False
    ) -> tuple[Row, Row | None] | bool | None:
        """Return where two sides differ under a trial, True for nowhere, None if it is not known.

        Decisions that are no more than within a tolerance, and both extremes of `worst`, are no
        claims: of them it is not known. The largest of several outputs may differ although every
        output is within the tolerance: that is not known either.
        """
        if "worst" in trial.intervention.words or a.decision.data != b.decision.data:
            return None
        slack = a.slack(trial, derived) + b.slack(trial, derived)
        by_decision = "decision" in (a.metric(trial.kind), b.metric(trial.kind))
        if slack != 0 and (by_decision or "argmax" in a.decision.data):
            return None
        try:
            one = self._run(a, "network", trial, derived)
            other = self._run(b, "others/B", trial, derived)
        except Unprovable:
            return None
        if self.differing is None:
            self.differing = Differing(one.layers.inputs, domain, **self.limits)
        rule = a.decision.data if by_decision else None
        answer = self.differing.ask(one, other, epsilon=slack, rule=rule)
        if answer.verdict == "refuted":
            x, source = self.differing.row(answer)
            return x, source if trial.swaps else None
        return True if answer.verdict == "proved" else None

    def _run(self, voice: Voice, which: str, trial: Trial, derived: bool) -> Run:
        plan, runner = voice.wiring.resolve(trial.intervention), voice.side.runner
        if not isinstance(voice, ExplanationVoice):
            return Run(which, Layers.of_network(voice.network), plan, runner.mean)
        if self.network is None:
            raise Unprovable("the layers that an explanation speaks of are not known")
        layers = Layers.of_explanation(self.network, voice.explanation)
        stated = voice.stated_for(trial, derived)
        values = dict(voice.explanation.parameters)
        said = {o: es[0].substitute(values) for o, es in (stated or {}).items()}
        return Run(which, layers, plan, runner.mean, said)

    def certificate(self, a: Any, b: Any, about: str, made_by: str) -> dict[str, Any] | None:
        """Return the certificate of what was settled of two networks, or None without any claim."""
        from toynets.verification.proofs.certificate import written

        if self.differing is None or not self.differing.ledger.claims:
            return None
        claims = self.differing.ledger.claims
        return written(a, claims, others={"B": b}, about=about, made_by=made_by)
