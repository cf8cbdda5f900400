"""`toynets lessons`: the notebooks and pages of the lessons, built from their scripts."""

from __future__ import annotations

from typing import Any

EXAMPLES = """  toynets lessons list                        the lessons of this checkout
  toynets lessons build                       the student notebooks, in place
  toynets lessons build --out built           also solution notebooks and pages
  toynets lessons check                       are the notebooks what their scripts give?
  toynets lessons new L15 "A new lesson"      the frame of a lesson, to be filled in
"""


def arguments(parser: Any) -> None:
    """Add the arguments."""
    parser.add_argument("what", choices=("list", "build", "check", "new"), help="what to do")
    parser.add_argument("id", nargs="?", help="new: the id of the lesson, such as L15")
    parser.add_argument("title", nargs="?", help="new: its title")
    parser.add_argument(
        "--folder", metavar="DIR", help="of the scripts; default that of this checkout"
    )
    parser.add_argument("--check", action="store_true", help="with build: the same as check")
    parser.add_argument("--out", metavar="DIR", help="build: solution notebooks and pages go there")
    parser.add_argument(
        "--no-pages", action="store_true", help="build: run no lesson, write no page"
    )


def run(args: Any, screen: Any) -> int:
    """Run the command."""
    from toynets.coursework.building import checkout_folder, new_lesson
    from toynets.errors import ToynetsError

    folder = args.folder or checkout_folder()
    if args.what == "new":
        if not args.id or not args.title:
            raise ToynetsError(
                "a new lesson has an id and a title.",
                fix='toynets lessons new L15 "A new lesson"',
            )
        path = new_lesson(folder, args.id, args.title)
        if screen.json:
            screen.data({"written": str(path)})
        else:
            screen.say(f"{path} is written: fill it in, then toynets lessons build.")
        return 0
    if args.id:
        raise ToynetsError(f"{args.what} takes no {args.id!r}.", fix="toynets lessons --help")
    if args.what == "check" or args.check:
        return _check(folder, screen)
    if args.what == "build":
        return _build(args, folder, screen)
    return _list(folder, screen)


def _list(folder: Any, screen: Any) -> int:
    from toynets.coursework.building import find
    from toynets.display import Table

    rows = [(lesson.id, lesson.title, lesson.path.name) for lesson in find(folder)]
    table = Table(("lesson", "title", "file"), rows)
    screen.data(table.to_dict()) if screen.json else screen.table(table)
    return 0


def _build(args: Any, folder: Any, screen: Any) -> int:
    from toynets.coursework.building import build, find

    total = len(find(folder))
    with screen.progress("lessons") as move:
        changed, leaks = build(folder, args.out, pages=not args.no_pages, progress=move)
    if screen.json:
        screen.data(
            {
                "lessons": total,
                "changed": [str(path) for path in changed],
                "solution_lines": leaks.lines,
                "leaks": len(leaks.found),
            }
        )
        return 0
    screen.say(f"{total} lessons, {len(changed)} files changed.", str(leaks))
    screen.say(*(f"  {path}" for path in changed))
    return 0


def _check(folder: Any, screen: Any) -> int:
    from toynets.coursework.building import check

    faults, leaks = check(folder)
    status = 1 if faults or leaks.found else 0
    if screen.json:
        found = [f"{name}: {line}" for name, line in leaks.found]
        screen.data({"faults": faults, "solution_lines": leaks.lines, "leaks": found})
        return status
    screen.say(str(leaks))
    if faults:
        screen.say(*faults, "toynets lessons build writes them again.")
    else:
        screen.say("every student notebook is what its script gives.")
    return status
