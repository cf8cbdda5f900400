"""`toynets draft-explanation`: a first draft, from the numbers alone."""

from __future__ import annotations

from typing import Any

from toynets.cli import numbers
from toynets.cli.parsing import add_network, read_subject

EXAMPLES = """  toynets draft-explanation net.json                  writes net-draft.json
  toynets draft-explanation net.npz --activation relu --domain "[-1,1]^2"
  toynets draft-explanation net.json --within 1/20    fewer digits, wider tolerances
  toynets verify net.json --explanation net-draft.json
"""


def arguments(parser: Any) -> None:
    """Add the arguments."""
    add_network(parser)
    parser.add_argument(
        "--within",
        metavar="E",
        type=numbers.distance,
        default="1/1000",
        help="how near numbers are",
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="default NAME-draft.json; - prints")
    parser.add_argument("--force", action="store_true", help="replace the file if it is there")


def run(args: Any, screen: Any) -> int:
    """Run the command."""
    from toynets.api.drafting import draft_explanation
    from toynets.api.files import new_name, write_new

    about = read_subject(args)
    found = draft_explanation(about, within=args.within)
    if screen.json or args.output == "-":
        print(found.explanation.to_json())
        return 0
    path = args.output or new_name(args.name.strip(), "-draft.json")
    write_new(path, found.explanation.to_json() + "\n", force=args.force)
    exact = found.numbers - found.rounded
    screen.say(
        f"{path} states {found.numbers} numbers, {exact} of them exactly, and what each unit "
        "computes.",
        *found.notes,
        "It is a copy, not yet an explanation: say what each unit stands for (concept), its role "
        "and why.",
        f"Then: toynets verify {args.name.strip()} --explanation {path}"
        + _again(args, found.explanation.domain is not None),
    )
    if about.assumed:
        screen.say(f"{about.domain_note} It is not kept in the file.")
    return 0


def _again(args: Any, kept: bool) -> str:
    """Write the options on how the file is read once more; a domain that it keeps is none."""
    import shlex

    given = {
        "--domain": None if kept else args.domain,
        "--activation": args.activation,
        "--output-activation": args.output_activation,
        "--orientation": args.orientation,
    }
    return "".join(f" {name} {shlex.quote(v)}" for name, v in given.items() if v)
