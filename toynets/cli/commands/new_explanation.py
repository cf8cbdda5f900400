"""`toynets new-explanation`: every weight and unit of a network listed, and blank."""

from __future__ import annotations

from typing import Any

from toynets.cli.parsing import add_network, read_subject

EXAMPLES = """  toynets new-explanation xor-sum                 writes xor-sum-mine.json
  toynets new-explanation xor-sum -o try.json     another file
  toynets new-explanation xor-sum -o -            on the screen
  toynets verify --explanation xor-sum-mine.json  how far you are; blanks are no mistake
"""


def arguments(parser: Any) -> None:
    """Add the arguments."""
    add_network(parser)
    parser.add_argument("-o", "--output", metavar="FILE", help="default NAME-mine.json; - prints")
    parser.add_argument("--force", action="store_true", help="replace the file if it is there")


def run(args: Any, screen: Any) -> int:
    """Run the command."""
    from toynets.api.files import is_file_name, new_name, write_new
    from toynets.explanation import blank_explanation
    from toynets.verification import UNIT_ROLES, WEIGHT_ROLES

    about = read_subject(args)
    network = about.network
    given = args.name.strip()
    name = given if is_file_name(given) else network.name
    blank = blank_explanation(
        network.wiring,
        {unit: network.activation_of(unit) for unit in network.units},
        about=name,
        decision=about.decision,
        domain=about.given,
    )
    if screen.json or args.output == "-":
        print(blank.to_json())
        return 0
    path = args.output or new_name(given, "-mine.json")
    write_new(path, blank.to_json() + "\n", force=args.force)
    units, weights = len(network.units), len(network.numbers)
    screen.say(
        f"{path} lists {weights} weights, {units} units and {len(blank.outcomes)} outcomes, all "
        "blank.",
        "Write numbers and expressions as text: "
        f'"value": "1", "expression": "relu({" + ".join(network.inputs)})".',
        f"Roles of weights: {', '.join(WEIGHT_ROLES)}.",
        f"Roles of units: {', '.join(UNIT_ROLES)}; other words are kept, and not checked.",
        f"How far you are: toynets verify --explanation {path}",
    )
    return 0
