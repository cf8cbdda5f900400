"""`toynets figures`: the figures of the textbook, built, checked and listed."""

from __future__ import annotations

from typing import Any

from toynets.cli.styling import add_style, chosen_style

ACTIONS = ("list", "build", "check")
EXAMPLES = """  toynets figures list                       what there is, and of which networks
  toynets figures build --all --out figs     PDF, SVG, JSON and TEX of each, and index.html
  toynets figures build xor_ablation_table --out figs --png
  toynets figures build --all --out slides --style dark --style slide
  toynets figures check --all                each of the 25 properties, for every figure
  toynets figures check --all --json > figures.json
"""


def arguments(parser: Any) -> None:
    """Add the arguments."""
    parser.add_argument("action", metavar="ACTION", choices=ACTIONS, help="list, build or check")
    parser.add_argument("names", metavar="NAME", nargs="*", help="of figures")
    parser.add_argument("--all", action="store_true", help="every figure")
    parser.add_argument("--out", metavar="DIR", help="build: the folder for the files")
    parser.add_argument("--png", action="store_true", help="build: a picture of each as well")
    parser.add_argument(
        "--sheets",
        action="store_true",
        help="build: contact sheets as seen without one kind of cone, and in grey",
    )
    parser.add_argument("--force", action="store_true", help="build: replace files that are there")
    parser.add_argument(
        "--before", metavar="DIR", help="check: an earlier build, to compare what has changed"
    )
    add_style(parser)


def run(args: Any, screen: Any) -> int:
    """Run the command."""
    from toynets.errors import ToynetsError

    if args.action == "list":
        return _list(screen)
    if not args.names and not args.all:
        raise ToynetsError(
            f"which figures are to be {'built' if args.action == 'build' else 'checked'}?",
            fix="name some of toynets figures list, or write --all.",
        )
    if args.names and args.all:
        raise ToynetsError("either some figures are named, or --all is given.")
    return _build(args, screen) if args.action == "build" else _check(args, screen)


def _list(screen: Any) -> int:
    from toynets.display import Table
    from toynets.plots.scripts import names, summary

    rows = []
    for name in names():
        says, networks = summary(name)
        rows.append([name, says, ", ".join(networks)])
    table = Table(["figure", "shows", "networks"], rows)
    if screen.json:
        screen.data(table.to_dict())
    else:
        screen.table(table)
    return 0


def _build(args: Any, screen: Any) -> int:
    from toynets.display import Table
    from toynets.errors import ToynetsError
    from toynets.plots.building import build
    from toynets.plots.properties import FILES

    if not args.out:
        raise ToynetsError("into which folder?", fix="add --out figs.")
    formats = (*FILES, "png") if args.png else FILES
    with screen.progress("figures") as move:
        made = build(
            args.names,
            args.out,
            style=chosen_style(args),
            formats=formats,
            force=args.force,
            sheets=args.sheets,
            progress=move,
        )
    if screen.json:
        screen.data(
            {
                "folder": args.out,
                "figures": [
                    {
                        "name": one.figure.name,
                        "files": one.paths,
                        "seconds": round(one.seconds, 3),
                        "caption": one.figure.caption,
                        "alt": one.figure.alt,
                    }
                    for one in made
                ],
            }
        )
        return 0
    rows = [[b.figure.name, f"{b.seconds:.2f} s", _includes(b, args.out)] for b in made]
    screen.table(Table(["figure", "time", "in LaTeX"], rows, right=["time"]))
    total = sum(b.seconds for b in made)
    screen.say(
        f"{len(made)} figures in {total:.1f} s of a processor; {args.out}/index.html shows them.",
        rf"In LaTeX: \input{{{args.out}/NAME.tex}} once, then \includegraphics as above; "
        f"cd {args.out} && pdflatex book.tex sets all of them.",
    )
    return 0


def _includes(built: Any, out: str) -> str:
    return rf"\includegraphics{{{out.rstrip('/')}/{built.figure.name}.pdf}}"


def _check(args: Any, screen: Any) -> int:
    from toynets.display import Table
    from toynets.plots.building import check_all
    from toynets.plots.properties import PROPERTIES

    with screen.progress("figures") as move:
        found = check_all(
            args.names, style=chosen_style(args), before=args.before or "", progress=move
        )
    total = len(found) * len(PROPERTIES)
    passed = sum(len(one.passed) for one in found)
    status = 0 if passed == total else 1
    if screen.json:
        screen.data(
            {
                "properties": [{"number": p.number, "name": p.name, "says": p.says}
                               for p in PROPERTIES],
                "figures": [
                    {
                        "name": one.name,
                        "seconds": round(one.seconds, 3),
                        "passed": one.passed,
                        "failed": one.faults,
                    }
                    for one in found
                ],
                "passed": passed,
                "of": total,
            }
        )  # fmt: skip
        return status
    rows = [
        [
            one.name,
            f"{len(one.passed)} of {len(PROPERTIES)}",
            f"{one.seconds:.2f} s",
            "; ".join(f"{name}: {fault}" for name, fault in one.faults.items()),
        ]
        for one in found
    ]
    screen.table(Table(["figure", "passed", "time", "faults"], rows, right=["passed", "time"]))
    screen.say(f"{passed} of {total} properties hold ({len(found)} figures).")
    return status
