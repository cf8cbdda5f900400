"""Assertions for the tests of people's own networks and explanations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from toynets.errors import ToynetsError, unknown
from toynets.explanation import Explanation
from toynets.explanation.record import TOLERANCES
from toynets.fields import replace
from toynets.network import Network
from toynets.rationals import ZERO, rational
from toynets.verification import verify
from toynets.verification.report import ORDER

if TYPE_CHECKING:
    from toynets.domain import Domain
    from toynets.verification import Report

LEVELS = ORDER[2:]


def assert_explains(
    network: Network | Any,
    explanation: Explanation | None = None,
    domain: Domain | Any = None,
    *,
    tolerance: Any = None,
    level: str = "sampled",
    complete: bool = False,
    cases: int = 2_000_000,
    seed: int = 0,
) -> Report:
    """Assert that an explanation holds of a network, on every input and under every ablation.

    Args:
        network: a `Network`; or an entry of the zoo (`toynets.load(name)`), which brings its
            explanation and its domain along.
        explanation: what is said of it; an `Explanation`.
        domain: the inputs that the claim is about: a `Domain`, or a task that has one.
        tolerance: an absolute bound in place of the explanation's own: a number for all rows, or
            a mapping from `clean`, `units`, `weights`, `ablations` to numbers.
        level: the weakest verdict that passes: `sampled`, `exhaustive` or `proved`.
        complete: whether everything must be explained, or declared as unexplained.
        cases: the budget of verification; a tier over it is sampled.
        seed: of samples.

    Returns:
        The `Report`, for further assertions.

    Raises:
        AssertionError: it is refuted, with the smallest counterexample and its arithmetic; or the
            verdict is weaker than `level`; or something is missing and `complete` is asked.
        ToynetsError: no explanation or no domain, names that do not fit, no such level.

    >>> from toynets.domain import Domain
    >>> from toynets.network import Network
    >>> net = Network.from_layers([([[1]], [-1], "relu")], name="hinge")
    >>> said = Explanation.of(about="hinge", weights={"x1->y": 1, "y.bias": 1},
    ...     units={"y": {"activation": "relu", "expression": "relu(x1 + 1)"}})
    >>> assert_explains(net, said, Domain.listed([[0], [1], [2]]))  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    AssertionError: the explanation of hinge is refuted: clean, weights, units, ...
    Smallest counterexample: "clean: relu(x1 + 1)", input 0: you say 1, the network gives 0.
      (right on 0 of 3 clean inputs)
      y.pre = 1*0 - 1 = -1
      y = relu(-1) = 0
    """
    if level not in LEVELS:
        raise ToynetsError(unknown("level", str(level), "", LEVELS))
    network, explanation, domain = _subject(network, explanation, domain)
    if tolerance is not None:
        explanation = replace(explanation, tolerance=_tolerance(tolerance, explanation))
    report = verify(network, explanation, domain, cases=cases, seed=seed)
    about = f"the explanation of {explanation.about}"
    if report.verdict == "refuted":
        raise AssertionError(
            f"{about} is refuted: {', '.join(report.failed)}.\n"
            f"Smallest counterexample: {report.witness}"
        )
    if ORDER.index(report.verdict) < ORDER.index(level):
        raise AssertionError(f"{about} is {report.verdict}, not {level}.{_why(report)}")
    if complete and not report.complete:
        raise AssertionError(
            f"{about} holds, but leaves open: {', '.join(report.missing)}.\n"
            "Explain them, or declare them as unexplained."
        )
    return report


def _subject(network: Any, explanation: Any, domain: Any) -> tuple[Any, Explanation, Any]:
    """Read an entry, a task, or the three things themselves."""
    task = getattr(network, "task", None)
    if task is not None and hasattr(network, "network"):
        explanation = network.explanation if explanation is None else explanation
        domain = task.domain if domain is None else domain
        network = network.network
    if isinstance(network, str):
        raise ToynetsError(
            f"expected a network but got the text {network!r}.",
            fix=f"pass toynets.load({network!r}), which brings explanation and domain along.",
        )
    if not isinstance(network, Network):
        raise ToynetsError(
            f"expected a network but got {repr(network)[:70]} (type={type(network).__name__}).",
            fix="pass a toynets.Network, or an entry: toynets.load(name).",
        )
    if explanation is None:
        raise ToynetsError(
            "assert_explains needs an explanation.",
            cause="only an entry of the zoo brings its own along.",
            fix="assert_explains(network, explanation, domain), or "
            "assert_explains(toynets.load(name)).",
        )
    if domain is None:
        count = len(network.inputs)
        raise ToynetsError(
            "assert_explains needs the inputs that the claim is about.",
            cause="a network knows the names of its inputs, not which of them occur; only an "
            "entry of the zoo has a task.",
            fix=f"pass domain=Domain.boolean({count}) for bits, Domain.listed(rows), or a task, "
            "such as toynets.load(name).task.",
        )
    return network, explanation, getattr(domain, "domain", domain)


def _tolerance(given: Any, explanation: Explanation) -> dict[str, Any]:
    """Return the bound of each row."""
    if isinstance(given, Mapping):
        for row in given:
            if row not in TOLERANCES:
                raise ToynetsError(unknown("row", str(row), "the tolerance", TOLERANCES))
        found = {**explanation.tolerance, **{row: rational(v) for row, v in given.items()}}
    else:
        found = dict.fromkeys(TOLERANCES, rational(given))
    if any(bound < ZERO for bound in found.values()):
        raise ToynetsError("a tolerance is not negative.", fix="write 0 for exact.")
    return found


def _why(report: Report) -> str:
    lines = []
    for name, check in report.checks.items():
        if check.skipped:
            lines.append(f"\n{name}: not checked, {check.skipped}")
        elif check.undecided or check.level == "sampled":
            lines.append(f"\n{name}: {check.undecided} undecided, {check.level}. {check.note}")
    return "".join(lines)
