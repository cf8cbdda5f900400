"""Whether an explanation speaks of what is there, all of it, before anything is compared."""

from __future__ import annotations

from typing import Any

from toynets.errors import ToynetsError, unknown
from toynets.explanation import Explanation


def match_names(network: Any, explanation: Explanation) -> None:
    """Check that an explanation speaks of what is there, all of it.

    Raises:
        ToynetsError: a name too many (with the nearest), names left out, another order of inputs
            or outputs, other tied groups.
    """
    title = network.name or "the network"
    stated = [m for a in explanation.weights for m in explanation.ties.get(a, (a,))]
    for what, plural, said, there in (
        ("input", "inputs", explanation.inputs, network.inputs),
        ("unit", "units", tuple(explanation.units), network.units),
        ("weight", "weights", tuple(stated), tuple(network.numbers)),
    ):
        for name in said:
            if name not in there:
                raise ToynetsError(
                    f"the explanation speaks of {what} {name}: "
                    + unknown(what, name, title, there, plural)
                )
        left = [name for name in there if name not in said]
        if left:
            raise ToynetsError(
                f"the explanation of {title} leaves out {what} {', '.join(left)}.",
                fix="add it, blank if need be: toynets new-explanation writes every name.",
            )
    for what, said, there in (
        ("inputs", explanation.inputs, network.inputs),
        ("outputs", explanation.outputs, network.outputs),
    ):
        if tuple(said) != tuple(there):
            raise ToynetsError(
                f"the explanation has the {what} {', '.join(said)}; the network "
                f"{', '.join(there)}.",
                cause="their order counts." if sorted(said) == sorted(there) else "",
                fix=f'add "{what}" in the network\'s order.',
            )
    ours = {group: tuple(members) for group, members in explanation.ties.items()}
    theirs = {group: tuple(members) for group, members in network.ties.items()}
    if ours != theirs:
        raise ToynetsError(
            f"the explanation ties {_groups(ours)}; the network {_groups(theirs)}.",
            cause="an intervention on a tied name acts on all its copies.",
            fix='give "ties" the groups of the network; for numbers that are equal for another '
            "reason use a parameter.",
        )


def _groups(ties: dict[str, tuple[str, ...]]) -> str:
    return "; ".join(f"{g}: {', '.join(m)}" for g, m in ties.items()) or "nothing"
