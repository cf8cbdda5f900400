"""`toynets grade`: one claims file, or a whole class of them."""

from __future__ import annotations

from typing import Any

from toynets.cli import numbers

EXAMPLES = """  toynets grade L04.claims.json              one file, with the feedback in full
  toynets grade L04.claims.json --deadline 2026-11-30T23:59 --late-per-day 10
  toynets grade handed-in/ --lesson L04      every JSON file of a folder, in parallel
  toynets grade handed-in/ --lesson L04 --layout canvas --roster roster.csv --output marks
  toynets grade handed-in/ --lesson G04 --course private    each against their own networks
  toynets grade handed-in/ --lesson L04 --output marks --regrade marks-before/marks.csv
The exit status is 0 when everything was graded, whatever the marks; 1 for one file with a wrong
claim; 2 for one file that is no claims file; 3 when a submission of a class could not be judged.
"""


def arguments(parser: Any) -> None:
    """Add the arguments."""
    parser.add_argument("path", metavar="FILE|FOLDER", help="what was handed in")
    parser.add_argument("--lesson", metavar="L", help="its exercises; default: as the file says")
    parser.add_argument("--exercises", metavar="DIR", help="a folder of exercise files of your own")
    parser.add_argument("--course", metavar="DIR", help="a private folder of `toynets course new`")
    parser.add_argument("--student", metavar="ID", default="", help="whose file it is, in a course")
    budget = parser.add_argument_group("budget of each student")
    budget.add_argument(
        "--seconds", metavar="S", type=numbers.seconds, default=20.0, help="default 20"
    )
    budget.add_argument(
        "--cells", metavar="N", type=numbers.count, default=4000, help="of a proof on a box"
    )
    budget.add_argument(
        "--jobs", metavar="N", type=numbers.jobs, help="students at once; default all cores"
    )
    late = parser.add_argument_group("what is late: one file, or a class")
    late.add_argument("--deadline", metavar="T", help="such as 2026-11-30T23:59; file times")
    late.add_argument(
        "--late-per-day",
        metavar="P",
        type=numbers.percent,
        default="0",
        help="percent taken off for each day begun",
    )
    of_class = parser.add_argument_group("a class")
    of_class.add_argument(
        "--layout",
        choices=("plain", "canvas", "moodle", "gradescope"),
        default="plain",
        help="how the system names its files; default plain: student.json",
    )
    of_class.add_argument("--roster", metavar="CSV", help="id,name,email; default: the course's")
    of_class.add_argument("--regrade", metavar="CSV", help="an old marks.csv: show what changed")
    of_class.add_argument(
        "-o", "--output", metavar="DIR", help="write tables, gradebook and feedback there"
    )
    of_class.add_argument("--force", action="store_true", help="replace files that are there")


def run(args: Any, screen: Any) -> int:
    """Run the command."""
    from pathlib import Path

    from toynets.errors import ToynetsError

    path = Path(args.path.strip())
    _check_late(args)
    if path.is_dir():
        if args.student.strip():
            raise ToynetsError(
                f"--student says whose a file is, but {path} is a folder.",
                fix="name the file, or leave --student out: the files' names say whose they are.",
            )
        return _class(args, screen, path)
    of_class = {
        "--layout": args.layout != "plain",
        "--regrade": args.regrade is not None,
        "--output": args.output is not None,
        "--force": args.force,
    }
    if any(of_class.values()) and path.exists():
        said = ", ".join(name for name, given in of_class.items() if given)
        raise ToynetsError(
            f"{said}: for a class, but {path} is one file.",
            cause="the feedback on one file is printed, and no table is written.",
            fix="grade the folder that it lies in.",
        )
    return _file(args, screen, path)


def _check_late(args: Any) -> None:
    """Refuse a percentage that is none, and one that nothing would be taken off for."""
    from toynets.coursework.marks import per_day
    from toynets.errors import ToynetsError

    late = per_day(args.late_per_day)
    if late and args.deadline is None and args.layout != "canvas":
        raise ToynetsError(
            "--late-per-day takes nothing off without a deadline.",
            fix="add --deadline, such as 2026-11-30T23:59.",
        )


def _task(args: Any, lesson: str) -> Any:
    from toynets.coursework.class_grading import Task

    made = Task(lesson, args.exercises or "", args.course or "", args.seconds, args.cells)
    if args.jobs:
        made.jobs = args.jobs
    return made


def _roster(args: Any) -> Any:
    """Return the class: the roster that is given, else that of the course, or None."""
    from pathlib import Path

    if args.roster:
        from toynets.coursework.roster import read_roster

        return read_roster(Path(args.roster))
    if args.course:
        from toynets.coursework.courses import Course

        return Course.read(args.course).roster
    return None


def _file(args: Any, screen: Any, path: Any) -> int:
    from toynets.coursework.claims import read_claims
    from toynets.coursework.class_grading import grade_class
    from toynets.coursework.handing_in import one_file
    from toynets.coursework.marks import Marks
    from toynets.coursework.roster import Student
    from toynets.coursework.untrusted import MAX_BYTES
    from toynets.errors import ToynetsError, unknown
    from toynets.io.limits import read_bytes

    if args.course and not args.student.strip():
        raise ToynetsError(
            f"whose file is {path.name}?",
            cause="in a course each student has networks of their own.",
            fix="add --student ID, the id under which the exercises were released.",
        )
    lesson, student = args.lesson, args.student.strip()
    roster = _roster(args)
    if roster is not None and student:
        known = roster.find(student)
        if known is None:
            raise ToynetsError(unknown("student", student, "the roster", [s.id for s in roster]))
        student = known.id
    data = read_bytes(str(path), **({"most": MAX_BYTES} if lesson is None else {}))
    found = one_file(path, Student(student), deadline=args.deadline)
    said = read_claims(data, path.name)  # what is no claims file is refused here, once
    if lesson is None:
        lesson = said.lesson
    report = grade_class(found.submissions, _task(args, lesson))
    marks = Marks(report, found, roster, args.late_per_day)
    (graded,) = report.graded
    claims = graded.get("claims", [])
    if screen.json:
        (one,) = marks.to_dict()["submissions"]
        screen.data({**graded, **{key: one[key] for key in ("late", "note", "mark")}})
    else:
        _show(screen, graded, claims)
        screen.say(*([f"{found.submissions[0].note}."] if found.submissions[0].note else []))
        screen.say(*([marks.sum(0)] if claims else []))
    if graded.get("fault"):
        return 3
    if graded["problem"] or not all(c["passed"] for c in claims):
        return 3 if not graded["problem"] and not any(c["passed"] is False for c in claims) else 1
    return 0


def _show(screen: Any, graded: Any, claims: Any) -> None:
    from toynets.coursework.judging import decimal
    from toynets.rationals import rational

    styles = {True: "green", False: "bold red", None: "yellow"}
    words = {True: "right", False: "not yet", None: "undecided"}
    if graded["problem"]:
        screen.say(graded["problem"], style="bold red")
    for one in claims:
        got, most = (decimal(rational(one[k])) for k in ("points", "max_points"))
        head = f"{one['name']}: {words[one['passed']]}, {got} of {most} points"
        screen.say(head, style=styles[one["passed"]])
        screen.say(*(f"  {line}" for line in one["rationale"]))
        if one["review"]:
            screen.say(f"  For the grader: {one['review']}.", style="yellow")


def _class(args: Any, screen: Any, folder: Any) -> int:
    from pathlib import Path

    from toynets.coursework.class_grading import grade_class
    from toynets.coursework.handing_in import found_in
    from toynets.coursework.marks import (
        Marks,
        changed,
        read_marks,
        refuse_marks,
        write_all,
    )
    from toynets.errors import ToynetsError

    if args.lesson is None:
        raise ToynetsError("a folder is graded for one lesson.", fix="add --lesson L04.")
    roster = _roster(args)
    # What would be refused at the end is refused before a class is graded.
    before = read_marks(Path(args.regrade)) if args.regrade else None
    if args.output and not args.force:
        refuse_marks(Path(args.output))
    found = found_in(
        folder, args.layout, roster, deadline=args.deadline, lesson=args.lesson.strip()
    )
    if not found.submissions:
        strange = f" Of nobody in the roster: {', '.join(found.unknown[:8])}." * bool(found.unknown)
        raise ToynetsError(
            f"there is nothing to grade in {folder}.{strange}",
            cause="the files lie in folders of their own, or the archive is not unpacked.",
            fix="plain is FOLDER/ID.json; see --layout for the exports of learning platforms.",
        )
    with screen.progress("grade") as move:
        report = grade_class(found.submissions, _task(args, args.lesson), progress=move)
    marks = Marks(report, found, roster, args.late_per_day)
    table = None if before is None else changed(before, marks)
    if screen.json:
        data = marks.to_dict()
        screen.data(data if table is None else {**data, "changed": table.to_dict()})
    else:
        screen.table(marks.table())
        screen.say("")
        screen.table(report.summary())
        screen.say(*marks.notes())
        if table is not None:
            screen.say("", f"Changed marks: {len(table)}.")
            screen.table(table)
    if args.output:
        names = write_all(Path(args.output), marks, args.layout, table, force=args.force)
        if not screen.json:
            screen.say(f"Written to {args.output}: {', '.join(names)}.")
    return 3 if report.faults or report.unjudged else 0
