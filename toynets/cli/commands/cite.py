"""`toynets cite`: how to cite the package, and where a network comes from."""

from __future__ import annotations

from typing import Any

EXAMPLES = """  toynets cite             the package, as text and BibTeX
  toynets cite xor-sum     who built or described that network
"""


def arguments(parser: Any) -> None:
    """Add the arguments."""
    parser.add_argument("name", metavar="NAME", nargs="?", help="a network of `toynets list`")


def run(args: Any, screen: Any) -> int:
    """Run the command."""
    from toynets import citation

    if args.name is None:
        if screen.json:
            screen.data(citation.citation())
        else:
            screen.say(citation.text(), "", citation.bibtex())
        return 0
    from toynets.zoo import load

    entry = load(args.name.strip())
    sources = [*entry.sources, *entry.task.sources]
    sources = list(dict.fromkeys(sources))
    if screen.json:
        screen.data({"name": entry.name, "sources": sources})
        return 0
    screen.say(citation.of_sources(f"{entry.name}: {entry.title}", sources))
    if not sources:
        screen.say("built for this package.")
    return 0
