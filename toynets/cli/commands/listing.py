"""`toynets listing`: the weights of a network as a program."""

from __future__ import annotations

from typing import Any

from toynets.cli.parsing import add_network, read_subject

EXAMPLES = """  toynets listing xor-sum             one line a unit, in symbols and in words
  toynets listing dead-weight         dead code is marked
  toynets listing net.json --domain "[-1,1]^2"
"""


def arguments(parser: Any) -> None:
    """Add the arguments."""
    add_network(parser)


def run(args: Any, screen: Any) -> int:
    """Run the command."""
    from toynets.readings import read_as_program

    about = read_subject(args)
    found = read_as_program(about.network, about.domain, about.explanation)
    if screen.json:
        screen.data(found.to_dict())
        return 0
    if screen.aligned and not screen.rich:
        screen.say(str(found))
    else:
        screen.table(found.table())
    if about.assumed:
        screen.say(about.domain_note)
    return 0
