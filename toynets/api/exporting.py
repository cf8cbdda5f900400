"""`export-claim`: a claim as ONNX and VNN-LIB, so that other tools can answer it as well."""

from __future__ import annotations

from math import inf, nextafter
from typing import TYPE_CHECKING, Any

from toynets.api.ranging import CELLS, box_for
from toynets.display import Table
from toynets.errors import ToynetsError
from toynets.fields import field, record
from toynets.rationals import Rational, rational, text, to_float

if TYPE_CHECKING:
    from toynets.explanation import Explanation

SECONDS = 20.0
MARGIN = "1/1024"  # well above the tolerances of tools that decide in floats


@record(frozen=True)
class Exported:
    """A claim in files for other tools.

    Attributes:
        claim: in words.
        question: what a tool is asked, in words.
        onnx: the network of the question, as the bytes of a file.
        vnnlib: the question, as the text of a file.
        network: the same network as a record, float32 where its numbers fit, else float64.
        margin: how far a claim must fail for a tool to find it.
    """

    claim: str
    question: str
    onnx: bytes = field(repr=False)
    vnnlib: str = field(repr=False)
    network: Any = field(repr=False)
    margin: Rational

    def table(self) -> Table:
        """Return what was written."""
        rows = [["claim", self.claim], ["asked", self.question], ["network", self.network.text]]
        return Table(["what", "value"], rows)

    def to_dict(self) -> dict[str, Any]:
        """Return the words as plain data."""
        return {
            "claim": self.claim,
            "asked": self.question,
            "network": self.network.text,
            "margin": text(self.margin),
        }


def export_claim(
    thing: Any,
    explanation: Explanation | None = None,
    box: Any = None,
    *,
    intervention: str = "",
    bound: str | None = None,
    within: Any = None,
    margin: Any = MARGIN,
    round: bool = False,
) -> Exported:
    """Return a claim as a network and a question that other tools read.

    The claim is that network and explanation differ by at most a tolerance under an intervention;
    or a bound on an output. Either becomes one relu network, into which everything goes that the
    claim is about: both sides, the intervention, the difference.

    A tool looks for a point and cannot ask for more or less but only for `at most`; and it decides
    in floats. So it is asked for a point where the claim fails by `margin` or more: `unsat` means
    that the claim holds up to the margin.

    Args:
        thing: a network, an entry of the zoo, a name, or a file.
        explanation: what is said of it; default the entry's own.
        box: "[-1,1]^2", or a `Domain`; default the entry's own.
        intervention: that both undergo, such as "h1 = 0".
        bound: such as "y <= 1 + x1/2", instead.
        within: the tolerance; default the explanation's own.
        margin: more than 0.
        round: round stated numbers that no float holds to float64. By how much that can move the
            outcome is derived, and allowed for in what is asked; it is well below the margin.

    Raises:
        ToynetsError: a unit that is not relu, abs or identity; a number that no float holds; a
            claim that cannot be put as one.

    >>> made = export_claim("max-2", intervention="h1 = 0")
    >>> made.network.text, made.vnnlib.splitlines()[-1]
    ('2-2-2 relu', '(assert (or (and (<= Y_0 -0.0009765625)) (and (<= Y_1 -0.0009765625))))')
    """
    from toynets.api.bounds import read_bound
    from toynets.api.proving import _subject
    from toynets.io import encode
    from toynets.io.vnnlib import write_vnnlib
    from toynets.verification import match_names
    from toynets.verification.proofs.networks import as_network, held

    least = rational(margin)
    if least <= 0:
        raise ToynetsError(
            f"the margin is more than 0, but got {text(least)}.",
            cause="a tool looks for a point where the claim fails; just holding is not told apart.",
        )
    network, said, own = _subject(thing)
    explanation = explanation or said
    where = box_for(network, box, own)
    if bound is not None and intervention:
        raise ToynetsError("a bound is exported without an intervention.", fix="leave one out.")
    if bound is None:
        if explanation is None:
            raise ToynetsError(
                f"{network.name or 'the network'} brings no explanation along.",
                fix='add one, or export a bound: --bound "y <= 1".',
            )
        match_names(network, explanation)
        epsilon = explanation.epsilon("ablations" if intervention else "clean")
        epsilon = epsilon if within is None else rational(within)
        claim = _claim(network, explanation, where, lambda p: p.agree(intervention, epsilon))
    else:
        output, sign, line = read_bound(network, bound)
        claim = _claim(network, None, where, lambda p: p.bounded(output, sign, line))
    forms = [*(goal.form for goal in claim.goals), *claim.program.given]
    title = f"claim about {network.name or 'a network'}"
    made, constants = as_network(claim.program, forms, title, rounded=round)
    goals = len(claim.goals)
    slip = _moved(claim, least) if round else least - least
    fails = [(k, _above(slip - constants[k] - least)) for k in range(goals)]
    holds = [(goals + k, held(-c)) for k, c in enumerate(constants[goals:])]
    ends = [(held(v.low), held(v.high)) for v in claim.program.variables]
    question = f"a point where this fails by {text(least)} or more: {claim.text}"
    names = ", ".join(f"X_{k} = {v.name}" for k, v in enumerate(claim.program.variables))
    notes = [question, f"{names}; network sha256 {network.hash}"]
    if round:
        notes.append(
            f"numbers are rounded to float64, which moves outputs by {to_float(slip):.1g} at most"
        )
    asked = write_vnnlib(ends, fails, holds, notes)
    return Exported(claim.text, question, encode(made, ".onnx"), asked, made, least)


def _above(number: Rational) -> float:
    """Return the float nearest to a number that is not below it."""
    from toynets.rationals import from_float

    value = to_float(number)
    return value if from_float(value) >= number else nextafter(value, inf)


def _moved(claim: Any, margin: Rational) -> Rational:
    """Return how far rounding all numbers to float64 can move the goals of a claim.

    Raises:
        ToynetsError: that is not small against the margin.
    """
    from toynets.rationals import from_float
    from toynets.verification.proofs.enclosing import Enclosure
    from toynets.verification.proofs.flattening import Unfit

    try:
        # The bound on the rounding of everything, weights among it.
        slip = from_float(float(Enclosure(claim.program, claim.goals).slip.max()))
    except Unfit as why:
        raise ToynetsError(f"this claim cannot be rounded to float64: {why}.") from None
    if 4 * slip > margin:
        raise ToynetsError(
            f"rounding can move an output by {to_float(slip):.1g}, too much for a margin of "
            f"{text(margin)}.",
            fix="take a larger margin.",
        )
    return slip


def _claim(network: Any, explanation: Any, box: Any, ask: Any) -> Any:
    """Return a claim of a prover, unsettled; ranges that it speaks of are found, though."""
    from toynets.api.means import SAMPLE
    from toynets.domain import Domain
    from toynets.exact import Machine
    from toynets.verification.proofs.claims import Answer
    from toynets.verification.proofs.prover import Prover

    kept: list[Any] = []

    class Asking(Prover):
        """Keeps claims, and settles ranges alone."""

        def settle(self, claim: Any, kind: str = "") -> Answer:
            if "between" in claim.kind:
                return super().settle(claim, kind)
            kept.append(claim)
            return Answer(claim.text, "unknown")

    means: Any = (None, None)
    if explanation is not None:
        sample = Domain.sampled(box, count=SAMPLE)
        means = (Machine(network, sample).mean, explanation.model(rows=sample.rows).mean)
    prover = Asking(network, box, explanation, means=means, cells=CELLS, seconds=SECONDS)
    answer = ask(prover)
    if not kept:
        raise ToynetsError(f"this is no claim that can be exported: {answer.limit}.")
    return kept[-1]
