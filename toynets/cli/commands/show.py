"""`toynets show`: every weight, its role, and what happens without it; or one weight's meaning."""

from __future__ import annotations

from typing import Any

from toynets.cli.parsing import add_network, read_subject

EXAMPLES = """  toynets show xor-sum              every weight of a network
  toynets show xor-sum "h2->y"      what one weight means, in five lines
  toynets show xor-sum h2:y         the same, without quotation marks
  toynets show xor-sum h2.bias      a bias
  toynets show mine.json            a network of your own
"""


def arguments(parser: Any) -> None:
    """Add the arguments."""
    add_network(parser)
    parser.add_argument("weight", metavar="WEIGHT", nargs="?", help='one weight, such as "x1->h1"')


def run(args: Any, screen: Any) -> int:
    """Run the command."""
    about = read_subject(args)
    if args.weight:
        return _weight(about, args.weight, screen)
    from toynets.api.showing import show

    shown = show(about)
    if screen.json:
        screen.data(shown.to_dict())
        return 0
    screen.table(shown.weights)
    if screen.aligned:
        screen.say("")
    screen.table(shown.units)
    for note in shown.notes:
        screen.prose(note)
    if shown.story:
        screen.say("")
        screen.prose(shown.story)
    return 0


def _weight(about: Any, address: str, screen: Any) -> int:
    from toynets.api.meaning import meaning

    found = meaning(about, address)
    if screen.json:
        screen.data(found.to_dict())
        return 0
    screen.say(f"{found.weight} = {found.value} in {found.network}", style="bold")
    screen.labelled(found.lines())
    return 0
