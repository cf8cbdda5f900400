"""`toynets connectome`: what wiring, signs, magnitudes and the explanation tell of ablations."""

from __future__ import annotations

from typing import Any

EXAMPLES = """  toynets connectome                    the ladder over all, and one by one
  toynets connectome xor-sum xor-veto   of some
  toynets connectome --summary          in sentences, for a page
"""


def arguments(parser: Any) -> None:
    """Add the arguments."""
    parser.add_argument("names", metavar="NAME", nargs="*", help="networks; none means all")
    parser.add_argument("--summary", action="store_true", help="only what it says, in sentences")


def run(args: Any, screen: Any) -> int:
    """Run the command."""
    from toynets.cli.studied import refuse_files
    from toynets.studies import ladder
    from toynets.zoo import load
    from toynets.zoo import names as every

    names = [name.strip() for name in args.names]
    refuse_files(names, "the ladder")
    entries = [load(name) for name in names or every()]
    with screen.progress("connectome") as move:
        found = ladder(entries, progress=move)
    if screen.json:
        screen.data(found.to_dict())
        return 0
    if args.summary:
        screen.say(found.summary())
        return 0
    for table in (found.table(), found.by_network()):
        screen.table(table)
        screen.say("")
    for note in found.notes():
        screen.prose(note)
    screen.say(f"{found.seconds:.1f} s")
    return 0
