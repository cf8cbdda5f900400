"""`toynets claims`: published claims about tiny networks, each with our verdict and witness."""

from __future__ import annotations

from typing import Any

EXAMPLES = """  toynets claims                      every claim, checked now
  toynets claims rhw-ratio            one, in full
  toynets claims -o checked.md        as a page
A claim that is refuted is a finding about its source: the exit status is 0 all the same.
"""


def arguments(parser: Any) -> None:
    """Add the arguments."""
    parser.add_argument("names", metavar="CLAIM", nargs="*", help="claims; none means all")
    parser.add_argument("-o", "--output", metavar="FILE", help="write a page in Markdown there")
    parser.add_argument("--force", action="store_true", help="replace the file if it is there")


def run(args: Any, screen: Any) -> int:
    """Run the command."""
    import os

    from toynets.api.files import write_new
    from toynets.errors import ToynetsError
    from toynets.studies.published import check_claims

    if args.output and os.path.lexists(args.output) and not args.force:
        raise ToynetsError(  # said before the work, not after it
            f"{args.output} is there already, and nothing is overwritten unasked.",
            fix="give another name with -o, or add --force.",
        )
    with screen.progress("claims") as move:
        found = check_claims([name.strip() for name in args.names], progress=move)
    if args.output:
        write_new(args.output, found.markdown(), force=args.force)
    if screen.json:
        screen.data(found.to_dict())
        return 0
    for claim, one in found.found:
        screen.say(f"{claim.name}: {one.verdict}", style="bold")
        rows = [("claim", claim.text), ("source", claim.source)]
        if args.names:
            rows += [("network", claim.network), ("checked as", claim.reading)]
        screen.labelled([*rows, ("witness", one.witness)])
        screen.say("")
    screen.say(found.summary())
    if args.output:
        screen.say(f"{args.output} is the page.")
    return 0
