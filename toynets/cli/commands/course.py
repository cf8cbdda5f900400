"""`toynets course`: a course with networks of its own, from a private folder with a key."""

from __future__ import annotations

from typing import Any

from toynets.cli import numbers

EXAMPLES = """  toynets course guide                             the instructor's guide
  toynets course new private --lesson G01          a private folder with a random key
  toynets course new private --templates explain,group,construct
  toynets course release private --lesson G01 --roster roster.csv -o released
  toynets course autograder private --lesson G01 -o autograder.zip     for Gradescope
  toynets course autograder --lesson L04 -o autograder.zip             open exercises
  toynets course otter --lesson L04 -o tests       a test file for each exercise, for otter
Keep the private folder and the zip to yourself; students receive what `release` writes.
"""
WHAT = ("new", "release", "autograder", "otter", "guide")


def arguments(parser: Any) -> None:
    """Add the arguments."""
    parser.add_argument("what", metavar="WHAT", choices=WHAT, help=", ".join(WHAT))
    parser.add_argument("folder", metavar="DIR", nargs="?", help="the private folder")
    parser.add_argument("--lesson", metavar="L", default="G01", help="default G01")
    parser.add_argument("--templates", metavar="T,T", default="", help="new: default one of each")
    parser.add_argument("--title", metavar="TEXT", default="A course", help="new: for people")
    parser.add_argument("--roster", metavar="CSV", help="release: the students, id,name,email")
    parser.add_argument("--wheel", metavar="FILE", help="autograder: of toynets, put into the zip")
    parser.add_argument("--exercises", metavar="DIR", help="autograder: open exercises of your own")
    parser.add_argument(
        "--seconds", metavar="S", type=numbers.seconds, default=20.0, help="autograder"
    )
    parser.add_argument(
        "--visibility",
        choices=("visible", "hidden", "after_due_date", "after_published"),
        default="visible",
        help="autograder: when students see their results",
    )
    parser.add_argument("-o", "--output", metavar="PATH", help="where it is written")
    parser.add_argument("--force", action="store_true", help="replace a file that is there")


def run(args: Any, screen: Any) -> int:
    """Run the command."""
    from pathlib import Path

    from toynets.errors import ToynetsError

    if args.what == "guide":
        from toynets.coursework.guide import guide_text

        screen.say(*guide_text().splitlines())
        return 0
    if args.folder is None and args.what not in ("autograder", "otter"):
        raise ToynetsError(
            f"{args.what} needs the private folder.", fix=f"toynets course {args.what} private"
        )
    folder = None if args.folder is None else Path(args.folder)
    acts = {"new": _new, "release": _release, "autograder": _autograder, "otter": _otter}
    done = acts[args.what](args, folder)
    if screen.json:
        screen.data(done)
    else:
        screen.say(*done["said"])
    return 0


def _new(args: Any, folder: Any) -> dict[str, Any]:
    from toynets.coursework.courses import new_course

    wanted = [t.strip() for t in args.templates.split(",") if t.strip()]
    made = new_course(folder, lesson=args.lesson, templates=wanted, title=args.title)
    items = made.lessons[args.lesson]
    return {
        "folder": str(folder),
        "lesson": args.lesson,
        "exercises": [item.template for item in items],
        "said": [
            f"{folder} is made: {args.lesson} with {len(items)} exercises for each student.",
            "It holds the key: keep it private, and keep a copy. Put roster.csv into it, and "
            "exercise files of your own into exercises/.",
            f"Next: toynets course release {folder} --lesson {args.lesson} --roster roster.csv "
            "-o released",
        ],
    }


def _release(args: Any, folder: Any) -> dict[str, Any]:
    from pathlib import Path

    from toynets.coursework.courses import Course
    from toynets.coursework.roster import read_roster
    from toynets.errors import ToynetsError

    course = Course.read(folder)
    roster = read_roster(Path(args.roster)) if args.roster else course.roster
    if roster is None:
        raise ToynetsError(
            "whose files? There is no roster.",
            fix=f"add --roster, or put roster.csv into {folder}.",
        )
    if args.output is None:
        raise ToynetsError("where to? No folder is given.", fix="add -o released.")
    students = [s.id for s in roster]
    written = course.release(Path(args.output), args.lesson, students, force=args.force)
    return {
        "files": [str(p) for p in written],
        "said": [
            f"{len(written)} files are written to {args.output}, one folder for each student. They "
            "hold no key, no solution and no expected value.",
            f'A student opens theirs with toynets.coursework.open("{args.lesson}", '
            f'exercises="{args.lesson}.exercises.json").',
        ],
    }


def _otter(args: Any, folder: Any) -> dict[str, Any]:
    from pathlib import Path

    from toynets.api.files import write_new
    from toynets.coursework.exercise import FOLDER, read_folder
    from toynets.coursework.notebook_formats import otter_test
    from toynets.errors import ToynetsError

    if args.output is None:
        raise ToynetsError("where to? No folder is given.", fix="add -o tests.")
    found = read_folder(args.exercises or FOLDER, args.lesson)
    if not found:
        raise ToynetsError(f"there are no exercises of the lesson {args.lesson}.")
    out = Path(args.output)
    out.mkdir(parents=True, exist_ok=True)
    names = [str(out / f"{e.id}.py") for e in found]
    for name, exercise in zip(names, found, strict=True):
        write_new(name, otter_test(exercise), force=args.force)
    said = f"{len(names)} files are written to {out}. They look at hw, the homework of a notebook."
    return {"files": names, "said": [said]}


def _autograder(args: Any, folder: Any) -> dict[str, Any]:
    from pathlib import Path

    from toynets.api.files import write_new
    from toynets.citation import VERSION
    from toynets.coursework.autograding import autograder_zip
    from toynets.coursework.courses import Course
    from toynets.coursework.exercise import read_folder
    from toynets.errors import ToynetsError

    if args.output is None:
        raise ToynetsError("where to? No file is given.", fix="add -o autograder.zip.")
    exercises: dict[str, str] = {}
    course: dict[str, str] | None = None
    if folder is not None:
        read = Course.read(folder)
        read.exercises("", args.lesson)  # refuses an unknown lesson
        if read.roster is None:
            raise ToynetsError(
                f"{folder} has no roster.csv: whose network is it?",
                fix=f"put the roster into {folder}: each student is looked up in it.",
            )
        course = {
            p.relative_to(folder).as_posix(): p.read_text(encoding="utf-8")
            for p in (
                folder / "course.json",
                folder / "roster.csv",
                *sorted((folder / "exercises").glob("*.toml")),
            )
        }
    elif args.exercises:
        own = Path(args.exercises)
        found = read_folder(own, args.lesson)
        exercises = {f"{e.id}.toml": (own / f"{e.id}.toml").read_text("utf-8") for e in found}
        if not found:
            raise ToynetsError(f"{own} has no exercises of the lesson {args.lesson}.")
    elif not read_folder(lesson=args.lesson):
        raise ToynetsError(f"there are no exercises of the lesson {args.lesson}.")
    data = autograder_zip(
        args.lesson,
        exercises,
        course=course,
        wheel=Path(args.wheel) if args.wheel else None,
        version=VERSION,
        seconds=args.seconds,
        visibility=args.visibility,
    )
    write_new(args.output, data, force=args.force)
    secret = " It holds the key: upload it, and show it to nobody." if course else ""
    return {"file": args.output, "said": [f"{args.output} is the autograder.{secret}"]}
