"""`toynets plot`: a figure of any network, with its numbers, caption and alt text."""

from __future__ import annotations

from typing import Any

from toynets.cli import numbers
from toynets.cli.parsing import add_reading, read_subject
from toynets.cli.styling import add_style, chosen_style

EXAMPLES = """  toynets plot diagram xor-sum                        every weight on its edge
  toynets plot matrix net.json -o net.pdf             the weights of your own network
  toynets plot ablation-table net.json --explanation mine.json -o table.svg
  toynets plot diagram xor-sum --style dark --style slide -o slide.svg
  toynets plot lattice twin-units --x 1                one input, every subset of units removed
  toynets plot --kinds                                what each kind shows
"""


def arguments(parser: Any) -> None:
    """Add the arguments."""
    parser.add_argument("kind", metavar="KIND", nargs="?", help="what is drawn; see --kinds")
    parser.add_argument(
        "name", metavar="NAME", nargs="?", help="a network of `toynets list`, or a file of one"
    )
    parser.add_argument("--kinds", action="store_true", help="say what each kind shows")
    parser.add_argument(
        "--explanation", metavar="FILE", help="verified first; nothing refuted is drawn"
    )
    parser.add_argument(
        "-o", "--output", metavar="FILE", help=".svg, .pdf, .png, .json or .tex; default svg"
    )
    parser.add_argument("--force", action="store_true", help="replace the file if it is there")
    parser.add_argument("--x", metavar="X", help="lattice: the input, as 1,0")
    parser.add_argument("--units", metavar="U,U", help="lattice, hidden-space, pictures: of these")
    parser.add_argument(
        "--shape", metavar="R,C", type=numbers.sizes, help="pictures: rows and columns of the image"
    )
    add_style(parser)
    add_reading(parser)


def run(args: Any, screen: Any) -> int:
    """Run the command."""
    import os

    from toynets.api.files import new_name, read_explanation, write_new
    from toynets.errors import ToynetsError, unknown
    from toynets.plots.kinds import KINDS, draw
    from toynets.plots.saving import FORMATS, content

    if args.kinds:
        return _kinds(screen)
    if args.kind is None or args.name is None:
        raise ToynetsError(
            "a figure is of a kind and of a network.",
            fix=f"toynets plot KIND NAME, with KIND one of: {', '.join(KINDS)}.",
        )
    if args.kind not in KINDS:
        raise ToynetsError(
            unknown("kind", args.kind, "", KINDS), fix="toynets plot --kinds says what each shows."
        )
    path = args.output or new_name(args.name, f"-{args.kind}.svg")
    stem, ending = os.path.splitext(os.path.basename(path))
    if ending[1:].lower() not in FORMATS:
        raise ToynetsError(
            f"{path} does not end in .{', .'.join(FORMATS)}.", fix=f"-o {stem or 'figure'}.svg"
        )
    if os.path.lexists(path) and not args.force:  # said before the work, not after it
        raise ToynetsError(
            f"{path} is there already, and nothing is overwritten unasked.",
            fix="give another name with -o, or add --force.",
        )
    about = read_subject(args)
    explanation = about.explanation
    if args.explanation:
        explanation = read_explanation(args.explanation)
    figure = draw(
        args.kind,
        about.network,
        explanation,
        style=chosen_style(args),
        domain=about.domain,
        name=stem,
        **_options(args, about),
    )
    write_new(path, content(figure, ending[1:].lower()), force=args.force)
    if screen.json:
        screen.data({"file": path, **figure.data()})
        return 0
    screen.say(f"{path}: {figure.alt}")
    screen.prose(figure.caption)
    if ending.lower() == ".pdf":
        screen.say(rf"in LaTeX: \includegraphics{{{path}}}")
    return 0


def _options(args: Any, about: Any) -> dict[str, Any]:
    """Return what some kinds take besides."""
    from toynets.api.subject import read_point

    found: dict[str, Any] = {}
    if args.x is not None:
        found["x"] = read_point(args.x, about.network, "--x")
    if args.units:
        found["units"] = [unit.strip() for unit in args.units.split(",")]
    if args.shape:
        found["shape"] = args.shape
    return found


def _kinds(screen: Any) -> int:
    from toynets.display import Table
    from toynets.plots.kinds import KINDS

    rows = [[kind, says] for kind, (_, _, says) in KINDS.items()]
    table = Table(["kind", "shows"], rows)
    if screen.json:
        screen.data(table.to_dict())
    else:
        screen.table(table)
    return 0
