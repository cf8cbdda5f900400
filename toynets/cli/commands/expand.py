"""`toynets expand`: what a network is from input to output, for each pattern of units."""

from __future__ import annotations

from typing import Any

from toynets.cli.parsing import add_network, read_subject

EXAMPLES = """  toynets expand xor-sum                     each pattern of units that occurs
  toynets expand xor-sum --paths             with the products of the weights on each path
  toynets expand xor-sum --domain "[0,1]^2"  on a box: each exact linear region
"""


def arguments(parser: Any) -> None:
    """Add the arguments."""
    add_network(parser)
    parser.add_argument("--paths", action="store_true", help="the product along each path as well")


def run(args: Any, screen: Any) -> int:
    """Run the command."""
    from toynets.readings import expand

    about = read_subject(args)
    found = expand(about.network, about.domain)
    if screen.json:
        screen.data(found.to_dict())
        return 0
    screen.table(found.table(paths=args.paths))
    if about.assumed:
        screen.say(about.domain_note)
    return 0
