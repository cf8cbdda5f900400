"""The interventions on which two explanations, or two networks, are compared: cheapest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from toynets.errors import ToynetsError
from toynets.fields import record
from toynets.names import Intervention, parse_intervention
from toynets.verification.tiers import constant_kinds, parameter_texts, subset_texts
from toynets.wiring import Wiring, kind_of

# From the simplest to think of and to do, to the least simple.
SIMPLEST = (
    "clean",
    "zero",
    "cut",
    "flip",
    "pre",
    "incoming",
    "outgoing",
    "mean",
    "set",
    "scale",
    "shift",
    "patch",
    "path",
    "worst",
    "joint",
)


@record(frozen=True)
class Trial:
    """One intervention to compare under.

    Attributes:
        intervention: parsed.
        kind: as `kind_of` names it; `patch` reads the source input.
        targets: how many quantities it changes.
    """

    intervention: Intervention
    kind: str
    targets: int

    @property
    def text(self) -> str:
        """The intervention as it is written; "" for the clean run."""
        return self.intervention.text

    @property
    def swaps(self) -> bool:
        """Whether each other input is a source in turn."""
        return self.intervention.needs_source

    @property
    def cost(self) -> tuple[int, int]:
        """Few changes first, then the simplest kind."""
        return self.targets, SIMPLEST.index(self.kind)


def trials(
    wirings: Sequence[Wiring],
    activations: Sequence[str],
    stated: Iterable[str] = (),
) -> tuple[list[Trial], list[str]]:
    """Return the interventions that all sides understand, cheapest first.

    They are the clean run; each unit at 0, at its mean, and with its incoming weights (or its
    pre-activation) at 0, where that is another thing; each weight and bias cut and flipped; each
    unit taken from every other input; the subsets of units at 0, at their means, without incoming
    weights; and what is stated.

    Args:
        wirings: of the sides.
        activations: of hidden units, of all sides.
        stated: texts of interventions whose outcomes a side states.

    Returns:
        The trials, and the texts that not every side understands.

    >>> w = Wiring(("x1",), ("h1", "y"), ("y",), (("x1", "h1"), ("h1", "y")), frozenset({"h1"}))
    >>> found, left = trials([w, w], ["relu"], ["h1 = 1/2"])
    >>> [t.text for t in found][:5], left
    (['', 'h1 = 0', 'x1->h1 = 0', 'h1.bias = 0', 'h1->y = 0'], [])
    """
    texts = [""]
    for wiring in wirings:
        kinds = constant_kinds(activations, bool(wiring.biased & set(wiring.hidden)))
        texts += parameter_texts(wiring)
        texts += subset_texts(wiring, wiring.hidden, kinds)
        texts += [f"{unit} = {unit}(x')" for unit in wiring.hidden]
    found: dict[Any, Trial] = {}
    left: dict[str, None] = {}
    for text in [*texts, *stated]:
        intervention = parse_intervention(text)
        try:
            plans = [wiring.resolve(intervention) for wiring in wirings]
        except ToynetsError:
            left[intervention.text] = None
            continue
        targets = sum(len(c.targets) for c in intervention.clauses)
        found.setdefault(
            changes_of(intervention), Trial(intervention, kind_of(plans[0]), targets)
        )
    return sorted(found.values(), key=lambda t: t.cost), list(left)


def changes_of(intervention: Intervention) -> Any:
    """Return what makes two interventions the same: clauses act at once, in any order.

    >>> one, other = (parse_intervention(t) for t in ("h1, h2 = 0", "h2 = 0, h1 = 0"))
    >>> changes_of(one) == changes_of(other)
    True
    """
    if "resample" in intervention.words:
        return intervention.text  # a shared clause shares its source
    return frozenset(
        (t.text, c.op, c.text.rpartition(f" {c.op} ")[2])
        for c in intervention.clauses
        for t in c.targets
    )
