"""`toynets listing`: the weights of a network as a program."""

from __future__ import annotations

from typing import Any

EXAMPLES = """  toynets listing xor-sum             one line a unit, in symbols and in words
  toynets listing dead-weight         dead code is marked
  toynets listing net.json --domain "[-1,1]^2"
"""


def arguments(parser: Any) -> None:
    """Add the arguments."""
    parser.add_argument("name", metavar="NAME", help="a network, or a file of one")
    parser.add_argument("--domain", metavar="D", help="the inputs, for a network of your own")


def run(args: Any, screen: Any) -> int:
    """Run the command."""
    from toynets.api.subject import read_domain, subject
    from toynets.readings import read_as_program

    about = subject(args.name.strip())
    if args.domain:
        about = subject(about.network, read_domain(args.domain, len(about.network.inputs)))
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
