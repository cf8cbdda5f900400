"""`toynets.separate`: the decisive experiment between two explanations, or two networks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from toynets.api.files import is_file_name, read_either, read_network
from toynets.api.limits import check_cases, tolerance
from toynets.api.partitioning import listed_domain
from toynets.api.separation import Separation
from toynets.api.subject import Subject, assumed_note, subject
from toynets.domain import Domain
from toynets.errors import ToynetsError, unknown
from toynets.explanation import Explanation
from toynets.network import Network
from toynets.rationals import ZERO, workprec
from toynets.zoo import Entry, Wrong, load

if TYPE_CHECKING:
    from toynets.verification.rivals import Prover
    from toynets.verification.trials import Trial

CASES = 2_000_000
RIGHT = "explanation"


def separate(
    a: Any,
    b: Any,
    *,
    network: Any = None,
    domain: Domain | None = None,
    level: str = "value",
    within: Any = ZERO,
    cases: int = CASES,
    prover: Prover | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Separation:
    """Find the cheapest intervention and the smallest input on which two sides differ.

    Two explanations differ where what they say cannot both be true: stated outcomes where they
    state them, else those that their own weights and mechanisms derive, by more than both
    tolerances together. Two networks differ where they give other outputs.

    Args:
        a: an explanation: an `Explanation`, a file of one, `NAME:WRONG` for a wrong explanation of
            an entry, `NAME:explanation` for its right one; or a network: a `Network`, a file of
            one. A name, or an `Entry`, is whichever the other side is; of two names, networks.
        b: the other side.
        network: for explanations, what they are about: a name, a file, a `Network`; default the
            entry of the zoo that they name.
        domain: the inputs; default the task's, or all bits. Of a box 48 points are tried, and
            `mean` is the mean over these points; where nothing differs on them it is then proved
            on the box.
        level: for networks, whether outputs (`value`) or only decisions (`decision`) count.
        within: for networks, how far outputs may be apart that count as the same.
        cases: how many runs may be compared.
        prover: for a box, what can say more than a sample of its points; default exact proofs.
        progress: called with (done, of how many) runs.

    Returns:
        `Separation`: `.experiment`, or None with `.verdict` saying how sure that is.

    Raises:
        ToynetsError: an explanation beside a network, other inputs or outputs, blank weights.

    >>> found = separate("xor-sum:explanation", "xor-sum:or-minus-and")
    >>> found.experiment.where, found.experiment.agrees
    ('h2 = 0, input 11', 'A')
    """
    check_cases(cases)
    near = tolerance(within)
    left, right = _read(a), _read(b)
    options: dict[str, Any] = {"cases": cases, "prover": prover, "progress": progress}
    names = _title(a, left), _title(b, right)
    if isinstance(left, Explanation) or isinstance(right, Explanation):
        if near or level != "value":
            raise ToynetsError(
                "explanations are compared as they say themselves: by their metric, and within "
                "their tolerances.",
                fix="leave level and within out.",
            )
        sides = tuple(_as_explanation(s, n) for s, n in zip((left, right), names, strict=True))
        if domain is None:
            domain = next((side.domain for side in sides if side.domain is not None), None)
        about = _about(sides[0], sides[1], (a, b), network, domain)
        with workprec():
            return _explanations(sides[0], sides[1], names, about, domain, options)
    if network is not None:
        raise ToynetsError(
            "two networks are compared with each other.", fix="leave the third network out."
        )
    first, second = subject(left, domain), subject(right, domain)
    with workprec():
        return _networks(first, second, names, domain, level, near, options)


def inputs_of(side: str) -> int:
    """Return how many inputs a side speaks of.

    >>> inputs_of("xor-sum:or-minus-and")
    2
    """
    read = _read(side)
    return len(read.network.inputs if isinstance(read, Entry) else read.inputs)


def _read(side: Any) -> Any:
    """Read what a side is: an `Explanation`, a `Network` or an `Entry`."""
    if isinstance(side, Wrong):
        return side.explanation
    if isinstance(side, Explanation | Network | Entry):
        return side
    if isinstance(side, Subject):
        return side.entry or side.network
    if not isinstance(side, str):
        raise ToynetsError(
            f"expected an explanation or a network but got {repr(side)[:70]}.",
            fix='write for example "xor-sum:or-minus-and", or pass an Explanation.',
        )
    if is_file_name(side):
        return read_either(side)
    name, colon, which = side.partition(":")
    entry = load(name)
    if not colon:
        return entry
    there: dict[str, Any] = {RIGHT: entry, **{w.name: w for w in entry.wrong}}
    if which not in there:
        raise ToynetsError(unknown("explanation", which, name, there))
    found: Explanation = there[which].explanation
    return found


def _title(given: Any, read: Any) -> str:
    if isinstance(given, str):
        return given
    if isinstance(given, Explanation):
        return f"an explanation of {given.about}"
    return str(getattr(given, "name", "") or getattr(read, "name", "") or "a network")


def _as_explanation(side: Any, name: str) -> Explanation:
    if isinstance(side, Entry):
        return side.explanation
    if isinstance(side, Explanation):
        return side
    raise ToynetsError(
        f"{name} is a network, and the other side is an explanation.",
        fix=f"toynets verify {name} --explanation FILE holds one against the other.",
    )


def _about(
    a: Explanation, b: Explanation, given: tuple[Any, Any], network: Any, domain: Domain | None
) -> Subject | None:
    """Return the network that both explanations are about, or None where none is known."""
    if network is not None:
        if isinstance(network, str) and is_file_name(network):
            network = read_network(network)
        return subject(network, domain)
    for side in given:
        name = side.partition(":")[0] if isinstance(side, str) and ":" in side else ""
        if name and not is_file_name(name):
            return subject(name, domain)
        if isinstance(side, Entry):
            return subject(side, domain)
    from toynets.zoo import names

    if a.about == b.about and a.about in names():
        return subject(a.about, domain)
    return None


def _explanations(
    a: Explanation,
    b: Explanation,
    names: tuple[str, str],
    about: Subject | None,
    domain: Domain | None,
    options: dict[str, Any],
) -> Separation:
    from toynets.verification.inside import differences
    from toynets.verification.matching import match_names
    from toynets.verification.rivals import search
    from toynets.verification.trials import trials
    from toynets.verification.voices import ExplanationVoice

    _same_ends(a, b, names)
    inputs, assumed = _domain(a, about, domain)
    network = None if about is None else about.network
    if network is not None:
        for side in (a, b):
            match_names(network, side)
    one, other = (ExplanationVoice(side, inputs, a.outputs) for side in (a, b))
    activations = [u.activation for side in (a, b) for u in side.units.values()]
    stated = [*one.stated, *other.stated]
    given, left = trials([one.wiring, other.wiring], activations, stated)
    options |= {"left": left, "network": network}
    _with_prover(options, inputs, network)
    found = search(one, other, given, inputs, **options)
    weights = search(one, other, given, inputs, derived=True, **options)
    return Separation(
        "explanations",
        *names,
        found,
        inputs.text,
        network=_named(network),
        derived=weights,
        inside=tuple(differences(one, other, inputs, network)),
        unspoken=_unspoken(a, b),
        notes=_notes(inputs, about, network, given),
        assumed=assumed_note(inputs) if assumed else "",
    )


def _with_prover(options: dict[str, Any], inputs: Domain, network: Any = None) -> Any:
    """Put a prover into the options where the domain is a box and none was given; return it."""
    if options["prover"] is not None or inputs.bounds is None:
        return None
    from toynets.verification.rivals_on_boxes import BoxProver

    options["prover"] = BoxProver(network)
    return options["prover"]


def _certificate(
    kept: Any, a: Network, b: Network, names: tuple[str, str], inputs: Domain
) -> dict[str, Any] | None:
    from toynets.citation import VERSION

    about = f"{names[0]} and {names[1]} on {inputs.text}"
    found: dict[str, Any] | None = kept.certificate(a, b, about, f"toynets {VERSION}")
    return found


def _named(network: Any) -> str:
    return "" if network is None else network.name or network.text


def _same_ends(a: Any, b: Any, names: tuple[str, str]) -> None:
    for what in ("inputs", "outputs"):
        one, other = getattr(a, what), getattr(b, what)
        if tuple(one) != tuple(other):
            raise ToynetsError(
                f"{names[0]} has the {what} {', '.join(one)}; {names[1]} {', '.join(other)}.",
                cause="only what speaks of the same inputs and outputs can be told apart by a run.",
            )


def _domain(a: Explanation, about: Subject | None, domain: Domain | None) -> tuple[Domain, bool]:
    if about is not None:
        return listed_domain(about), about.assumed
    if domain is not None:
        return (Domain.sampled(domain) if domain.kind == "box" else domain), False
    from toynets.api.subject import MOST_ASSUMED

    if len(a.inputs) > MOST_ASSUMED:
        raise ToynetsError(
            f"no domain is given, and there are {len(a.inputs)} inputs: too many to assume bits.",
            fix="pass domain=Domain.listed(rows), or --domain on the command line.",
        )
    return Domain.boolean(len(a.inputs)), True


def _unspoken(a: Explanation, b: Explanation) -> tuple[str, ...]:
    """Return what differs and no run can show: roles."""
    pairs: list[tuple[Any, Any]] = [(a.weights, b.weights), (a.units, b.units)]
    return tuple(
        f"role of {name}: A {one[name].role or 'none'}, B {other[name].role or 'none'}"
        for one, other in pairs
        for name in one
        if name in other and one[name].role != other[name].role
    )


def _notes(
    inputs: Domain, about: Subject | None, network: Any, given: Sequence[Trial]
) -> tuple[str, ...]:
    notes = []
    if about is not None and about.domain.kind == "box":
        mean = any("mean" in trial.intervention.words for trial in given)
        notes.append(
            f"domain: {about.domain.text}; tried are {len(inputs)} of its points"
            + (", and `mean` is the mean over them." if mean else ".")
        )
    if network is None:
        notes.append("no network is known, so that nobody can be said to be right: --network.")
    return tuple(notes)


def _networks(
    first: Subject,
    second: Subject,
    names: tuple[str, str],
    domain: Domain | None,
    level: str,
    within: Any,
    options: dict[str, Any],
) -> Separation:
    from toynets.symmetry import equal_up_to_gauge
    from toynets.verification.classes import LEVELS
    from toynets.verification.compare import Decision
    from toynets.verification.rivals import search
    from toynets.verification.trials import trials
    from toynets.verification.voices import NetworkVoice

    if level not in LEVELS:
        raise ToynetsError(unknown("level", str(level), "", LEVELS))
    if level == "decision" and within:
        raise ToynetsError(
            "decisions are the same or not: a tolerance is one of values.",
            fix="leave within out, or compare by value.",
        )
    _same_ends(first.network, second.network, names)
    about = first if domain is not None or not first.assumed else second
    inputs = listed_domain(about)
    rule = first.decision or second.decision
    decision = Decision(rule, first.network.outputs)
    if level == "decision" and not decision:
        raise ToynetsError("neither network has a decision rule.", fix="compare by value.")
    one, other = (
        NetworkVoice(s.network, inputs, decision, level, within / 2) for s in (first, second)
    )
    hidden = [la.activation for s in (first, second) for la in s.network.layers[:-1]]
    given, left = trials([one.wiring, other.wiring], hidden)
    kept = _with_prover(options, inputs)
    found = search(one, other, given, inputs, left=left, **options)
    notes = list(_notes(inputs, about, first.network, given))
    a, b = first.network, second.network
    if a.hash == b.hash:
        notes.append("the hash is the same: every number, activation and mask is.")
    elif a.sizes == b.sizes and equal_up_to_gauge(a, b):
        notes.append(
            "equal up to gauge: apart from order, scale and sign of units, one network. What tells "
            "them apart here are the names of the units."
        )
    return Separation(
        "networks",
        *names,
        found,
        inputs.text,
        level=level,
        notes=tuple(notes),
        certificate=None if kept is None else _certificate(kept, a, b, names, inputs),
        assumed=assumed_note(inputs) if about.assumed else "",
    )
