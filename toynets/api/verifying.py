"""`toynets.verify`: an explanation held against a network."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from toynets.api.files import is_file_name, read_network
from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.verification import Report
from toynets.verification import verify as hold
from toynets.zoo import Entry, load

if TYPE_CHECKING:
    from toynets.explanation import Explanation

CASES = 2_000_000

Progress = Callable[[int, int], None]


def verify(
    network: Any,
    explanation: Explanation | None = None,
    domain: Domain | None = None,
    *,
    cases: int = CASES,
    seed: int = 0,
    progress: Progress | None = None,
) -> Report:
    """Hold an explanation against a network: every weight, unit and outcome, every ablation.

    Args:
        network: a `Network`, or a file of one; or an entry of the zoo or its name, which brings
            explanation and domain along.
        explanation: what is said of it.
        domain: the inputs that the claim is about; default those that the explanation says it is
            of, else the entry's.
        cases: the budget; a tier over it is sampled, and the report says so.
        seed: of samples.
        progress: called with (done, expected) cases.

    Returns:
        `Report`: `.verdict` is `exhaustive`, `sampled`, `unknown` or `refuted`; `.witness` is the
        smallest counterexample, or None; `.to_json()`.

    Raises:
        ToynetsError: an explanation or a domain is missing, or they do not fit the network.

    >>> verify("xor-sum").verdict
    'exhaustive'
    """
    if isinstance(network, str):
        network = read_network(network) if is_file_name(network) else load(network)
    if isinstance(network, Entry):
        explanation = explanation or network.explanation
        if domain is None:  # a box has no truth value
            domain = network.task.domain if explanation.domain is None else explanation.domain
        network = network.network
    if domain is None and explanation is not None:
        domain = explanation.domain
    if explanation is None or domain is None:
        missing = "an explanation" if explanation is None else "a domain"
        raise ToynetsError(
            f"a verification needs {missing} as well.",
            cause="a claim is about a network, what is said of it, and the inputs it is said of.",
            fix="verify(network, explanation, domain), or verify(toynets.load(name)).",
        )
    return hold(network, explanation, domain, cases=cases, seed=seed, progress=progress)
