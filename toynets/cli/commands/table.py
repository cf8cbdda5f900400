"""`toynets table`: every weight or unit with its role, as text, Markdown, LaTeX, CSV or HTML."""

from __future__ import annotations

from typing import Any

from toynets.cli.parsing import add_network, read_subject

EXAMPLES = """  toynets table xor-sum                              every weight, its value and role
  toynets table xor-sum --format latex -o xor.tex    for a paper; needs booktabs
  toynets table xor-sum --of units --format markdown
  toynets table net.json --format csv                numbers that read back the same
"""
FORMATS = ("text", "markdown", "latex", "csv", "html")


def arguments(parser: Any) -> None:
    """Add the arguments."""
    add_network(parser)
    parser.add_argument(
        "--of", choices=("weights", "units"), default="weights", help="default weights"
    )
    parser.add_argument("--format", choices=FORMATS, help="default as other tables are shown")
    parser.add_argument("-o", "--output", metavar="FILE", help="write it there; needs --format")
    parser.add_argument("--force", action="store_true", help="replace the file if it is there")


def run(args: Any, screen: Any) -> int:
    """Run the command."""
    from toynets.api.files import write_new
    from toynets.errors import ToynetsError
    from toynets.tables import unit_sheet, weight_sheet, written

    about = read_subject(args)
    make = weight_sheet if args.of == "weights" else unit_sheet
    sheet = make(about.network, about.explanation)
    if screen.json:
        screen.data(sheet.table().to_dict())
        return 0
    if args.output and not args.format:
        raise ToynetsError(
            f"in which format is {args.output} to be written?",
            fix=f"add --format, one of: {', '.join(FORMATS)}.",
        )
    if not args.format:
        screen.table(sheet.table())
        return 0
    text = written(sheet, args.format)
    if args.output:
        write_new(args.output, text, force=args.force)
        screen.say(f"{args.output} has {len(sheet.rows)} {args.of} of {about.name}.")
        return 0
    print(text, end="")
    return 0
