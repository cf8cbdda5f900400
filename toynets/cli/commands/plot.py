"""`toynets plot`: a figure of any network, or of many, with its numbers, caption and alt text."""

from __future__ import annotations

from typing import Any

from toynets.cli import numbers
from toynets.cli.parsing import add_reading, read_said, read_subject
from toynets.cli.studied import add_studied
from toynets.cli.styling import add_style, chosen_style

EXAMPLES = """  toynets plot diagram xor-sum                        every weight on its edge
  toynets plot matrix net.json -o net.pdf             the weights of your own network
  toynets plot ablation-table net.json --explanation mine.json -o table.svg
  toynets plot diagram xor-sum --style dark --style slide -o slide.svg
  toynets plot lattice twin-units --x 1                one input, every subset of units removed
  toynets plot contest xor-sum abs parity-3 --of units -o contest.svg
  toynets plot atlas xor --runs 1000 -o atlas.pdf      the ways in which training solves a task
  toynets plot rank-stability --seeds 50 --setting "raw, no decay" --bait v2
  toynets plot learning-curves xor --seeds 6 -o loss.svg
  toynets plot --kinds                                what each kind shows
"""
# Options on how one network is read and drawn, which kinds of many networks do not take.
OF_ONE = ("explanation", "x", "units", "shape", "domain", "output_activation", "orientation")


def arguments(parser: Any) -> None:
    """Add the arguments."""
    parser.add_argument("kind", metavar="KIND", nargs="?", help="what is drawn; see --kinds")
    parser.add_argument(
        "names",
        metavar="NAME",
        nargs="*",
        help="a network of `toynets list`, or a file of one; contest: several, or none for all; "
        "atlas, rank-stability, learning-curves: a task",
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
    add_studied(parser)


def run(args: Any, screen: Any) -> int:
    """Run the command."""
    from toynets.api.files import write_new
    from toynets.cli.studied import STUDIED, draw_studied
    from toynets.plots.saving import content

    if args.kinds:
        return _kinds(screen)
    path, stem, ending = _target(args)
    given = _fitting(args)
    if args.kind in STUDIED:
        style = chosen_style(args)
        figure = draw_studied(args.kind, args.names, given, style, stem, screen)
    else:
        figure = _of_one(args, stem)
    write_new(path, content(figure, ending), force=args.force)
    if screen.json:
        screen.data({"file": path, **figure.data()})
        return 0
    screen.say(f"{path}: {figure.alt}")
    screen.prose(figure.caption)
    if ending == "pdf":
        screen.say(rf"in LaTeX: \includegraphics{{{path}}}")
    return 0


def _target(args: Any) -> tuple[str, str, str]:
    """Return path, name and ending of the file; what cannot be drawn is said before the work."""
    import os

    from toynets.api.files import new_name
    from toynets.cli.studied import STUDIED
    from toynets.errors import ToynetsError, unknown
    from toynets.plots.kinds import KINDS
    from toynets.plots.saving import FORMATS

    every = [*KINDS, *STUDIED]
    if args.kind is None or (args.kind in KINDS and len(args.names) != 1):
        raise ToynetsError(
            "a figure is of a kind and of a network.",
            cause=f"{args.kind} is drawn of one network, but got {len(args.names)}."
            if args.kind
            else "",
            fix=f"toynets plot KIND NAME, with KIND one of: {', '.join(every)}.",
        )
    if args.kind not in every:
        raise ToynetsError(
            unknown("kind", args.kind, "", every), fix="toynets plot --kinds says what each shows."
        )
    args.names = [name.strip() for name in args.names]
    one = args.names[0] if len(args.names) == 1 else "networks" if args.names else "all"
    path = args.output or new_name(one, f"-{args.kind}.svg")
    stem, ending = os.path.splitext(os.path.basename(path))
    if ending[1:].lower() not in FORMATS:
        raise ToynetsError(
            f"{path} does not end in .{', .'.join(FORMATS)}.", fix=f"-o {stem or 'figure'}.svg"
        )
    if os.path.lexists(path) and not args.force:
        raise ToynetsError(
            f"{path} is there already, and nothing is overwritten unasked.",
            fix="give another name with -o, or add --force.",
        )
    return path, stem, ending[1:].lower()


def _fitting(args: Any) -> dict[str, Any]:
    """Return the options of kinds of many networks that were given; each kind takes its own."""
    from toynets.cli.studied import OPTIONS, STUDIED, TAKES
    from toynets.errors import ToynetsError

    takes = TAKES.get(args.kind, ("activation",))
    others = (*OPTIONS, *(OF_ONE if args.kind in STUDIED else ()))
    wrong = [name for name in others if name not in takes and getattr(args, name) is not None]
    if wrong:
        said = ", ".join(f"--{name.replace('_', '-')}" for name in wrong)
        theirs = [kind for kind, options in TAKES.items() if set(wrong) & set(options)]
        raise ToynetsError(
            f"the kind {args.kind} takes no {said}.",
            cause=f"it belongs to {', '.join(theirs)}."
            if theirs
            else "it is of one network and its inputs.",
            fix="leave it out; toynets plot --help says what each kind takes.",
        )
    return {k: getattr(args, k) for k in takes if getattr(args, k) is not None}


def _of_one(args: Any, stem: str) -> Any:
    """Return the figure of one network."""
    from toynets.plots.kinds import draw

    said = read_said(args)
    about = read_subject(args, args.names[0], said)
    return draw(
        args.kind,
        about.network,
        said or about.explanation,
        style=chosen_style(args),
        domain=about.domain,
        name=stem,
        **_options(args, about),
    )


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
    from toynets.cli.studied import STUDIED
    from toynets.display import Table
    from toynets.plots.kinds import KINDS

    rows = [[kind, says] for kind, (_, _, says) in KINDS.items()]
    rows += [[kind, says] for kind, says in STUDIED.items()]
    table = Table(["kind", "shows"], rows)
    if screen.json:
        screen.data(table.to_dict())
    else:
        screen.table(table)
    return 0
