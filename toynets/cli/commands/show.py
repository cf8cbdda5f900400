"""`toynets show`: every weight, its role, and what happens without it; or one weight or unit."""

from __future__ import annotations

from typing import Any

from toynets.cli.parsing import add_network, read_subject

EXAMPLES = """  toynets show xor-sum              every weight of a network
  toynets show xor-sum "h2->y"      what one weight means, in five lines
  toynets show xor-sum h2:y         the same, without quotation marks
  toynets show xor-sum h2.bias      a bias
  toynets show xor-sum h2           what is known of a unit, or of an input
  toynets show mine.json            a network of your own
"""
OF_WEIGHTS = ("->", "\u2192", ":", ".bias")


def arguments(parser: Any) -> None:
    """Add the arguments."""
    add_network(parser)
    parser.add_argument(
        "part", metavar="PART", nargs="?", help='one weight or unit, such as "x1->h1" or h1'
    )


def run(args: Any, screen: Any) -> int:
    """Run the command."""
    about = read_subject(args)
    part = (args.part or "").strip()
    if part in about.network.ties or any(sign in part for sign in OF_WEIGHTS):
        return _weight(about, part, screen)
    if part:
        return _unit(about, part, screen)
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
    _on_what(about, screen)
    return 0


def _unit(about: Any, name: str, screen: Any) -> int:
    from toynets.api.unit_meaning import unit_meaning

    found = unit_meaning(about, name)
    if screen.json:
        screen.data(found.to_dict())
        return 0
    screen.say(found.title, style="bold")
    screen.labelled(found.lines())
    _on_what(about, screen)
    return 0


def _on_what(about: Any, screen: Any) -> None:
    """Say which inputs it is about, where nobody gave them."""
    if about.assumed:
        screen.say(about.domain_note)
