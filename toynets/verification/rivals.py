"""The decisive experiment: the cheapest intervention on which two explanations differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from toynets import exact
from toynets.domain import Domain, Row, label
from toynets.errors import ToynetsError, Undecided
from toynets.fields import record
from toynets.rationals import text as exact_text
from toynets.verification.compare import shown, size
from toynets.verification.trials import Trial
from toynets.verification.voices import NetworkVoice, Said, Voice, agrees, apart

CASES = 2_000_000

# Where a box is asked about, a prover can say more than a sample of points. It is given the two
# sides, a trial, the domain, and whether what is stated is left aside. It returns a pair (input,
# source or None) on which they differ, True where they are proved never to differ on the whole box,
# or None where it cannot tell.
Prover = Callable[[Voice, Voice, Trial, Domain, bool], "tuple[Row, Row | None] | bool | None"]


@record(frozen=True)
class Experiment:
    """A run on which two sides differ.

    Attributes:
        intervention: its text; "" for the clean run.
        targets: how many quantities it changes.
        kind: its kind.
        x: the input.
        source: the input that is read for a swap, or None.
        a, b: what each side says comes out, in words.
        a_column, b_column: `stated`, `derived` or `computed`.
        how: whether they differ in `value` or in `decision`.
        gap: by how much their outputs differ, at most.
        network: what the network gives, or "".
        agrees: `A`, `B`, `both`, `neither`, or "" without a network.
        arithmetic: the network's calculation, or that of each of two networks.
    """

    intervention: str
    targets: int
    kind: str
    x: Row
    source: Row | None
    a: str
    b: str
    a_column: str
    b_column: str
    how: str
    gap: float
    network: str = ""
    agrees: str = ""
    arithmetic: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """The run in words: `h2 = 0, input 11`."""
        taken = "" if self.source is None else f" with x' = {label(self.source)}"
        return f"{self.intervention or 'no intervention'}, input {label(self.x)}{taken}"

    def to_dict(self) -> dict[str, Any]:
        """Return the experiment as plain data."""
        source = self.source
        return {
            "intervention": self.intervention,
            "targets": self.targets,
            "kind": self.kind,
            "x": [exact_text(v) for v in self.x],
            "source": None if source is None else [exact_text(v) for v in source],
            "a": self.a,
            "b": self.b,
            "a_column": self.a_column,
            "b_column": self.b_column,
            "how": self.how,
            "gap": self.gap,
            "network": self.network,
            "agrees": self.agrees,
            "arithmetic": list(self.arithmetic),
        }


@record(frozen=True)
class Search:
    """What a search through the trials came to.

    Attributes:
        experiment: the cheapest on which the sides differ, or None.
        tried: kind of intervention -> how many there are in the stated set.
        interventions: their texts, cheapest first.
        cases: how many (intervention, input, source) runs were compared.
        of: how many there are in all.
        undecided: in how many a ball straddles, or a stated formula has no value.
        left: interventions that not every side understands.
        verdict: `separated`; or of the statement that none exists: `proved`, `exhaustive`,
            `sampled`, or `unknown` where the limit was reached or something is undecided.
    """

    experiment: Experiment | None
    tried: Mapping[str, int]
    interventions: tuple[str, ...]
    cases: int
    of: int
    undecided: int
    left: tuple[str, ...]
    verdict: str

    @property
    def listing(self) -> str:
        """The stated set in words: `1 clean, 2 zero, 9 cut, …`."""
        return ", ".join(f"{count} {kind}" for kind, count in self.tried.items())


def search(
    a: Voice,
    b: Voice,
    given: Sequence[Trial],
    domain: Domain,
    *,
    left: Sequence[str] = (),
    derived: bool = False,
    network: Any = None,
    cases: int = CASES,
    prover: Prover | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Search:
    """Find the cheapest trial and the smallest input on which two sides differ.

    Args:
        a: one side.
        b: the other.
        given: the stated set, cheapest first.
        domain: finite or sampled; the smallest inputs are tried first.
        left: interventions that were left out of the set.
        derived: leave aside what an explanation states; its weights alone speak.
        network: what the explanations are about, so as to say which of them it agrees with.
        cases: how many runs may be compared.
        prover: for a box; see `Prover`.
        progress: called with (done, of how many) runs.
    """
    rows = sorted(domain.rows, key=_on)
    swaps = len(rows) * (len(rows) - 1)
    total = sum(swaps if trial.swaps else len(rows) for trial in given)
    state: dict[str, Any] = {"cases": 0, "undecided": 0}
    proved = prover is not None and domain.bounds is not None
    experiment = None
    for trial in given:
        case = _differing(a, b, trial, rows, derived, state, cases, progress, total)
        if case is None and proved and prover is not None:
            answer = prover(a, b, trial, domain, derived)
            proved = answer is True
            if isinstance(answer, tuple):
                case = answer
        if case is not None:
            experiment = _experiment(a, b, trial, case, derived, network, domain)
            break
        if state["cases"] >= cases:
            break
    if experiment is not None:
        verdict = "separated"
    elif state["cases"] < total or state["undecided"]:
        verdict = "unknown"
    elif proved:
        verdict = "proved"
    else:
        verdict = "exhaustive" if domain.finite else "sampled"
    return Search(
        experiment,
        dict(Counter(trial.kind for trial in given)),
        tuple(trial.text for trial in given),
        state["cases"],
        total,
        state["undecided"],
        tuple(left),
        verdict,
    )


def _on(x: Row) -> int:
    return sum(1 for v in x if v != 0)


def _runs(trial: Trial, rows: Sequence[Row]) -> Iterator[tuple[Row, Row | None]]:
    """Yield the inputs of a trial, with a source for a swap, the smallest first."""
    if not trial.swaps:
        yield from ((x, None) for x in rows)
        return
    pairs = [(x, source) for x in rows for source in rows if source is not x]
    yield from sorted(pairs, key=lambda pair: _on(pair[0]) + _on(pair[1]))


def _differing(
    a: Voice,
    b: Voice,
    trial: Trial,
    rows: Sequence[Row],
    derived: bool,
    state: dict[str, Any],
    cases: int,
    progress: Callable[[int, int], None] | None,
    total: int,
) -> tuple[Row, Row | None] | None:
    """Return the smallest case on which the sides differ under one trial, or None."""
    for x, source in _runs(trial, rows):
        if state["cases"] >= cases:
            return None
        state["cases"] += 1
        try:
            one, other = (v.say(trial, x, source, derived) for v in (a, b))
            if apart(a, b, trial, one, other):
                return x, source
        except (Undecided, ToynetsError):
            state["undecided"] += 1
    if progress is not None:
        progress(state["cases"], total)
    return None


def _experiment(
    a: Voice,
    b: Voice,
    trial: Trial,
    case: tuple[Row, Row | None],
    derived: bool,
    network: Any,
    domain: Domain,
) -> Experiment:
    x, source = case
    one, other = (v.say(trial, x, source, derived) for v in (a, b))
    truth, who = "", ""
    arithmetic: tuple[str, ...] = ()
    outputs = a.wiring.outputs
    if network is not None:
        found = NetworkVoice(network, domain, a.decision).say(trial, x, source)
        truth = _words(found, outputs, trial)
        true = [agrees(v, trial, said, found.values) for v, said in ((a, one), (b, other))]
        who = {(True, False): "A", (False, True): "B", (True, True): "both"}.get(
            (true[0], true[1]), "neither"
        )
        arithmetic = _calculated(network, trial, x, source, domain)
    elif isinstance(a, NetworkVoice) and isinstance(b, NetworkVoice):
        for name, side in (("A", a), ("B", b)):
            lines = _calculated(side.network, trial, x, source, domain)
            arithmetic += tuple(f"{name}: {line}" for line in lines)
    gap = max(size(abs(u - v)) for u, v in zip(one.values, other.values, strict=True))
    return Experiment(
        trial.text,
        trial.targets,
        trial.kind,
        x,
        source,
        _words(one, outputs, trial),
        _words(other, outputs, trial),
        one.column,
        other.column,
        apart(a, b, trial, one, other),
        gap,
        truth,
        who,
        arithmetic,
    )


def _words(said: Said, outputs: Sequence[str], trial: Trial) -> str:
    values = [shown(v) for v in said.values]
    if "worst" in trial.intervention.words:
        values = [f"{low} to {high}" for low, high in zip(values[::2], values[1::2], strict=True)]
    if len(values) == 1:
        return values[0]
    return ", ".join(f"{name} = {v}" for name, v in zip(outputs, values, strict=True))


def _calculated(
    network: Any, trial: Trial, x: Row, source: Row | None, domain: Domain
) -> tuple[str, ...]:
    if trial.intervention.is_family:
        return ()
    trace = exact.trace(network, x, trial.text, source=source, domain=domain)
    return tuple(trace.arithmetic)
