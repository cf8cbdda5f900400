"""`toynets verify`: an explanation held against its network, case by case."""

from __future__ import annotations

from typing import Any

from toynets.cli import numbers
from toynets.cli.parsing import add_reading, read_subject

EXAMPLES = """  toynets verify                                   all, with their wrong explanations
  toynets verify xor-sum                           one, in full
  toynets verify xor-sum --wrong                   and what refutes each wrong explanation of it
  toynets verify xor-sum --explanation mine.json   an explanation of your own
  toynets verify --explanation mine.json           the same: the file says which network
  toynets verify net.json --explanation mine.json  a network of your own
"""


def arguments(parser: Any) -> None:
    """Add the arguments."""
    parser.add_argument(
        "names",
        metavar="NAME",
        nargs="*",
        help="networks; none means all; with --explanation also a file of one",
    )
    parser.add_argument("--all", action="store_true", help="every network")
    parser.add_argument("--explanation", metavar="FILE", help="an explanation of your own")
    add_reading(parser)
    parser.add_argument("--wrong", action="store_true", help="list the wrong explanations, too")
    parser.add_argument(
        "--cases", metavar="N", type=numbers.count, default=2_000_000, help="budget of cases"
    )
    parser.add_argument("--seed", metavar="N", type=numbers.seed, default=0, help="seed of samples")
    parser.add_argument(
        "--jobs", metavar="N", type=numbers.jobs, help="processes (one for each core)"
    )


def run(args: Any, screen: Any) -> int:
    """Run the command."""
    from toynets.errors import ToynetsError

    if args.all and args.names:
        raise ToynetsError("--all and names together.", fix="leave one of the two out.")
    if args.explanation is not None:
        if args.all or len(args.names) > 1:
            raise ToynetsError(
                "--explanation speaks of one network.", fix="name one network, or none."
            )
        return _own(args, screen)
    if args.domain is not None and (args.wrong or len(args.names) != 1):
        raise ToynetsError(
            "each network, and each of its wrong explanations, has a domain of its own.",
            fix="--domain goes with one NAME, and without --wrong.",
        )
    if len(args.names) == 1:
        return _one(args.names[0].strip(), args, screen)
    return _several(args, screen)


def _one(name: str, args: Any, screen: Any) -> int:
    from toynets.api.files import is_file_name
    from toynets.api.verifying import verify
    from toynets.errors import ToynetsError
    from toynets.zoo import load

    if is_file_name(name):
        raise ToynetsError(
            f"{name} brings no explanation along.",
            cause="a file of a network holds its numbers only.",
            fix=f"toynets new-explanation {name}, fill it in, and add --explanation FILE.",
        )
    entry = load(name)
    domain = read_subject(args, name).domain
    with screen.progress(name) as move:
        report = verify(
            entry,
            domain=domain,
            cases=args.cases,
            seed=args.seed,
            progress=_counted(name, move),
        )
    wrong, status = _wrong(entry, report, args) if args.wrong else ((), report.exit_status)
    if screen.json:
        data = report.to_dict()
        if args.wrong:
            data["wrong_explanations"] = [
                {"name": w.name, "says": w.says, "check": w.check, "failed": list(w.failed)}
                for w in wrong
            ]
        screen.data(data)
        return status
    _print(report, screen)
    for w in wrong:
        state = f"refuted by {', '.join(w.failed)}" if w.failed else "refuted by nothing"
        state += "" if w.refuted else f", and not by {w.check}"
        screen.say("", f"wrong explanation {w.name}: {w.says}", f"  {state}: {w.message}")
    return status


def _wrong(entry: Any, report: Any, args: Any) -> tuple[Any, int]:
    """Try the wrong explanations; return them, and the exit status with them."""
    from toynets.api.overview import Checked, try_wrong

    wrong = try_wrong(entry, cases=args.cases, seed=args.seed)
    return wrong, Checked(entry, report, wrong).exit_status


def _counted(name: str, move: Any) -> Any:
    return None if move is None else lambda done, expected: move(name, done, expected)


def _own(args: Any, screen: Any) -> int:
    from toynets.api.files import read_explanation
    from toynets.api.verifying import verify
    from toynets.errors import ToynetsError

    explanation = read_explanation(args.explanation)
    name = args.names[0].strip() if args.names else explanation.about
    if not name:
        raise ToynetsError(
            f"{args.explanation} does not say which network it is about.",
            fix=f"toynets verify NAME --explanation {args.explanation}",
        )
    about = read_subject(args, name, explanation)
    note = about.domain_note if about.assumed else _of_the_file(about, args)
    if note and not screen.json:
        screen.say(f"{note} Another one: --domain.", "")
    with screen.progress(name) as move:
        report = verify(
            about.network,
            explanation,
            about.domain,
            cases=args.cases,
            seed=args.seed,
            progress=_counted(name, move),
        )
    if screen.json:
        screen.data(report.to_dict())
        return report.exit_status
    _print(report, screen)
    return report.exit_status


def _of_the_file(about: Any, args: Any) -> str:
    """Say where the file's domain takes the place of that of the network's task."""
    if args.domain is not None or about.entry is None:
        return ""
    own = about.entry.task.domain
    if about.domain == own:
        return ""
    return (
        f"domain: {about.domain.text}, as {args.explanation} says; that of {about.name} is "
        f"{own.text}."
    )


def _print(report: Any, screen: Any) -> None:
    text = str(report)
    if not screen.aligned:
        for table in (report.table(), report.contribution_table()):
            text = text.replace(str(table), table.plain())
    for line in text.splitlines():
        style = ""
        if screen.rich and line.startswith(("refuted.", "verdict")):
            from toynets.cli.screen import STYLES

            style = STYLES[report.verdict]
        screen.say(line, style=style)


def _jobs(args: Any, networks: int) -> int:
    """Return how many processes: a few small networks are done before a process has started."""
    import os

    if args.jobs is None:
        return min(os.cpu_count() or 1, networks // 8) or 1
    return min(int(args.jobs), networks)


def _several(args: Any, screen: Any) -> int:
    from toynets.api.overview import verify_all
    from toynets.zoo import names

    chosen = [name.strip() for name in args.names] or names()
    with screen.progress("verify") as move:
        overview = verify_all(
            chosen, cases=args.cases, seed=args.seed, progress=move, jobs=_jobs(args, len(chosen))
        )
    if screen.json:
        screen.data(overview.to_dict())
        return overview.exit_status
    screen.table(overview.table())
    screen.say(*overview.lines())
    return overview.exit_status
