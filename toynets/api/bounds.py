"""A bound on an output, such as "y <= 1 + x1/2", read from text."""

from __future__ import annotations

from typing import Any

from toynets.errors import ToynetsError, unknown

SIGNS = ("<=", ">=", "<", ">")
TURNED = {"<=": ">=", ">=": "<=", "<": ">", ">": "<"}
SLIPS = {
    "=<": "<=",
    "=>": ">=",
    "\N{LESS-THAN OR EQUAL TO}": "<=",
    "\N{GREATER-THAN OR EQUAL TO}": ">=",
}


def read_bound(network: Any, said: str) -> tuple[str, str, Any]:
    """Read a bound such as "y <= 1 + x1/2", or "y1 > y2", which says what is decided.

    Returns:
        The output, the sign (<=, <, >= or >), and the expression.

    Raises:
        ToynetsError: no such sign, no output, a name that is no input and no output, or several
            bounds in one.

    >>> from toynets.zoo import load
    >>> output, sign, line = read_bound(load("abs").network, "y >= x1")
    >>> output, sign, str(line)
    ('y', '>=', 'x1')
    """
    from toynets.expressions import parse_expression

    sign = _sign(network, said)
    output, line = (part.strip() for part in said.split(sign, 1))
    if output not in network.outputs:
        if line in network.outputs:
            raise ToynetsError(
                f'"{said}" does not begin with an output.',
                fix=f'write "{line} {TURNED[sign]} {output}".',
            )
        raise ToynetsError(
            unknown("output", output, network.name, network.outputs),
            fix=f'a bound begins with an output: "{example(network)}".',
        )
    names = (*network.inputs, *network.outputs)
    expression = parse_expression(line, names=names)
    # y > x1 > 0 and y > x1 and x1 > 0 would otherwise be read as y > (x1 > 0).
    if parse_expression(said, names=names).label != sign:
        raise ToynetsError(f'"{said}" is more than one bound.', fix="give each bound by itself.")
    return output, sign, expression


def example(network: Any) -> str:
    """Return a bound that can be asked of a network."""
    return f"{network.outputs[0]} <= 1"


def _sign(network: Any, said: str) -> str:
    """Return the first sign of a bound, or say what is written instead of one."""
    for slip, sign in SLIPS.items():
        left, found, _ = said.partition(slip)
        if found and not any(s in left for s in SIGNS):
            raise ToynetsError(
                f'"{said}" has no sign that is known: {slip}.',
                fix=f'write "{said.replace(slip, sign)}".',
            )
    known = next((s for s in SIGNS if s in said), "")
    if known:
        return known
    output, _, line = (part.strip() for part in said.replace("==", "=").partition("="))
    if output in network.outputs and line:
        raise ToynetsError(
            f'"{said}" is no bound but two.',
            fix=f'claim both: --bound "{output} <= {line}" --bound "{output} >= {line}".',
        )
    raise ToynetsError(
        f'"{said}" is no bound.', fix='write for example "y <= 1 + x1/2" or "y1 > y2".'
    )
