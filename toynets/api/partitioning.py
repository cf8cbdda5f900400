"""`toynets.partition`: which inputs a unit tells apart, and whether its concept says the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from toynets.api.limits import check_cases, tolerance
from toynets.api.subject import Subject, subject
from toynets.domain import Domain
from toynets.errors import ToynetsError, unknown
from toynets.rationals import ZERO, workprec

if TYPE_CHECKING:
    from toynets.explanation import Explanation
    from toynets.verification.classes import Partition
    from toynets.verification.concept_model import Interchanged


def partition(
    thing: Any,
    unit: str,
    *,
    level: str = "value",
    domain: Domain | None = None,
    explanation: Explanation | None = None,
    concept: str | None = None,
    within: Any = None,
    cases: int = 2_000_000,
) -> Partition:
    """Return the causal partition of a unit.

    Two inputs are alike if the outcome on every input of the domain is the same whichever of the
    two the unit's activation is taken from: the same outputs (by value), or the same decisions.

    Args:
        thing: an entry of the zoo or its name, a `Network`, or a file of one.
        unit: a hidden unit or an output.
        level: `value` or `decision`.
        domain: the inputs; default the task's, or all bits. Of a box some points are taken.
        explanation: what is said of the network; default that of the entry. Its concept of the
            unit is graded, and its tolerance of ablations holds.
        concept: a formula to be graded in place of the concept of the explanation.
        within: by value, how far outputs may be apart that count as the same; default the
            tolerance of the explanation, else 0.
        cases: how many swaps may be run; over it the verdict is `unknown`.

    Returns:
        `Partition`: `.classes`, `.name`, `.grade` (`exact`, `too fine`, `too coarse`, `crossing`),
        `.arithmetic`, `.relation`, `.verdict`.

    Raises:
        ToynetsError: no such unit or level, no decision rule, or a concept without a value.

    >>> [c.inputs for c in partition("xor-sum", "h1").classes]
    [('00',), ('01', '10'), ('11',)]
    >>> partition("xor-sum", "h1", level="decision").name
    'OR'
    """
    from toynets.expressions import parse_expression
    from toynets.verification.classes import LEVELS, partition_of
    from toynets.verification.compare import Decision

    check_cases(cases)
    about = _about(thing, domain, explanation)
    network = about.network
    if unit not in network.units:
        raise ToynetsError(unknown("unit", str(unit), about.name, network.units))
    if level not in LEVELS:
        raise ToynetsError(unknown("level", str(level), "", LEVELS))
    said = about.explanation
    model = about.model
    stated = said.units.get(unit) if said is not None else None
    formula = None if stated is None else stated.concept
    constants = said.constants if said is not None else {}
    if concept is not None:
        formula = parse_expression(concept, names=(*network.inputs, *network.units, *constants))
    with workprec():
        return partition_of(
            network,
            listed_domain(about),
            unit,
            level=level,
            decision=Decision(about.decision, network.outputs),
            within=_within(within, said),
            concept=formula,
            model=model,
            constants=constants,
            cases=cases,
        )


def interchange(
    thing: Any,
    formulas: str | Mapping[str, str],
    *,
    level: str | None = None,
    domain: Domain | None = None,
    within: Any = ZERO,
) -> Interchanged:
    """Hold a claim in concepts against a network: on clean inputs, and under every swap of a unit.

    Args:
        thing: an entry of the zoo or its name, a `Network`, or a file of one.
        formulas: what units and outputs are: `{"h1": "x1 != x2", "y": "h1"}`, or as a text
            `h1: x1 != x2; y: h1`. Units that it does not name are ignored: swapping them must
            change nothing.
        level: `value` or `decision`; default by decision where there is a rule.
        domain: the inputs; default the task's, or all bits.
        within: by value, how far outputs may be apart.

    >>> interchange("xor-sum", "h1: x1 != x2; y: h1").refuted_by
    'interchange'
    """
    from toynets.verification.classes import LEVELS
    from toynets.verification.compare import Decision
    from toynets.verification.concept_model import ConceptModel, hold, read_formulas

    about = _about(thing, domain, None)
    network = about.network
    decision = Decision(about.decision, network.outputs)
    near = tolerance(within)
    by = level or ("decision" if decision else "value")
    if by not in LEVELS:
        raise ToynetsError(unknown("level", str(level), "", LEVELS))
    if by == "decision" and not decision:
        raise ToynetsError(f"{about.name} has no decision rule.", fix="compare by value.")
    given = read_formulas(formulas) if isinstance(formulas, str) else formulas
    model = ConceptModel(network.inputs, network.units, network.outputs, given)
    with workprec():
        return hold(network, model, listed_domain(about), decision, by=by, within=near)


def _about(thing: Any, domain: Domain | None, explanation: Explanation | None) -> Subject:
    about = subject(thing, domain)
    if explanation is None:
        return about
    from toynets.verification.matching import match_names

    match_names(about.network, explanation)
    return Subject(about.network, about.domain, explanation, about.entry, about.assumed)


def listed_domain(about: Subject) -> Domain:
    """Return the domain of a subject with inputs that can be listed: of a box some points."""
    from toynets.api.subject import BOX_POINTS

    if about.domain.kind == "box":
        return Domain.sampled(about.domain, count=BOX_POINTS)
    return about.domain


def _within(given: Any, said: Explanation | None) -> Any:
    if given is not None:
        return tolerance(given)
    return ZERO if said is None else said.epsilon("ablations")
