"""`toynets study`: many networks at once; the contest of scores, and the study of a table."""

from __future__ import annotations

from typing import Any

from toynets.cli import numbers

STUDIES = ("contest", "tabular")
EXAMPLES = """  toynets study contest                      which scores predict ablations, over all
  toynets study contest xor-sum dead-weight --of weights
  toynets study contest --plot contest.svg   the same, and a figure
  toynets study tabular --seeds 200          14 inputs, two of which decide: who finds them
  toynets study tabular --task majority-3 --matter x1,x2
"""
# Options of one study alone, with what they are where they are left out.
CONTEST: dict[str, Any] = {"of": None, "truth": "largest", "plot": None, "force": False}
TABULAR: dict[str, Any] = {
    "task": "tabular",
    "seeds": 200,
    "seed": 0,
    "matter": None,
    "hidden": None,
    "steps": 500,
}


def arguments(parser: Any) -> None:
    """Add the arguments."""
    parser.add_argument("study", metavar="STUDY", choices=STUDIES, help="contest or tabular")
    parser.add_argument(
        "names", metavar="NAME", nargs="*", help="contest: networks; none means all"
    )
    own = parser.add_argument_group("contest")
    own.add_argument("--of", choices=("units", "inputs", "weights"), help="default all three")
    own.add_argument(
        "--truth", choices=("largest", "mean"), help="of the |effects|; default largest"
    )
    own.add_argument("--plot", metavar="FILE", help="write a figure there: .svg, .pdf, .png, …")
    own.add_argument("--force", action="store_true", default=None, help="replace the file")
    own = parser.add_argument_group("tabular")
    own.add_argument(
        "--seeds", metavar="N", type=numbers.networks, help="how many networks; default 200"
    )
    own.add_argument("--seed", metavar="N", type=numbers.seed, help="of the population; default 0")
    own.add_argument("--task", metavar="TASK", help="default tabular; another that has classes")
    own.add_argument("--matter", metavar="X,X", help="the inputs that decide, of another task")
    own.add_argument(
        "--hidden", metavar="N", type=numbers.units, help="hidden units; default the task's"
    )
    own.add_argument("--steps", metavar="N", type=numbers.steps, help="of training; default 500")


def run(args: Any, screen: Any) -> int:
    """Run the command."""
    from toynets.errors import ToynetsError

    own, others = (CONTEST, TABULAR) if args.study == "contest" else (TABULAR, CONTEST)
    wrong = [f"--{name}" for name in others if getattr(args, name) is not None]
    wrong += args.names if args.study != "contest" else []
    if wrong:
        raise ToynetsError(f"the study {args.study} takes no {', '.join(wrong)}.")
    given = {k: v if getattr(args, k) is None else getattr(args, k) for k, v in own.items()}
    return (_contest if args.study == "contest" else _tabular)(args.names, given, screen)


def _contest(names: list[str], given: dict[str, Any], screen: Any) -> int:
    import os

    from toynets.api.files import write_new
    from toynets.cli.studied import contest_drawn, refuse_files
    from toynets.errors import ToynetsError
    from toynets.plots.saving import FORMATS, content
    from toynets.studies import contest
    from toynets.studies.joint import KINDS
    from toynets.zoo import load
    from toynets.zoo import names as every

    file = given["plot"]
    stem, ending = os.path.splitext(os.path.basename(file or ""))
    form = ending[1:].lower()
    if file is not None:  # said before the contest, not after it
        if form not in FORMATS:
            raise ToynetsError(
                f"{file} does not end in .{', .'.join(FORMATS)}.", fix="--plot contest.svg"
            )
        if os.path.lexists(file) and not given["force"]:
            raise ToynetsError(
                f"{file} is there already, and nothing is overwritten unasked.",
                fix="give another name, or add --force.",
            )
    refuse_files([name.strip() for name in names])
    entries = [load(name.strip()) for name in names or every()]
    of = [given["of"]] if given["of"] else list(KINDS)
    with screen.progress("contest") as move:
        found = contest(entries, of=of, truth=given["truth"], progress=move)
    if file is not None:
        figure = contest_drawn(found, bool(names), style=None, name=stem)
        write_new(file, content(figure, form), force=given["force"])
    _show(found, [found.table(kind) for kind in of], screen)
    if file is not None and not screen.json:
        screen.say(f"{file} shows it.")
    return 0


def _tabular(names: list[str], given: dict[str, Any], screen: Any) -> int:
    from toynets.studies import tabular_study

    matter = [name.strip() for name in (given["matter"] or "").split(",") if name.strip()]
    keys = {k: given[k] for k in ("seeds", "seed", "hidden", "steps")}
    with screen.progress("tabular") as move:
        found = tabular_study(given["task"], matter=matter, progress=move, **keys)
    _show(found, found.tables(), screen)
    return 0


def _show(found: Any, tables: list[Any], screen: Any) -> None:
    if screen.json:
        screen.data(found.to_dict())
        return
    for table in tables:
        screen.table(table)
        screen.say("")
    for note in found.notes():
        screen.prose(note)
    screen.say(f"{found.seconds:.1f} s")
