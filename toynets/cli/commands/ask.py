"""`toynets ask`: the twelve questions of learners, answered with numbers computed now."""

from __future__ import annotations

import argparse
from typing import Any

EXAMPLES = """  toynets ask            the twelve questions
  toynets ask 3          is a large weight an important one?
  toynets ask all        all twelve answers
"""


def arguments(parser: Any) -> None:
    """Add the arguments."""
    parser.add_argument("number", metavar="N", nargs="?", help="1 to 12, or all; none lists them")
    parser.add_argument("more", nargs="*", help=argparse.SUPPRESS)  # a question in words


def run(args: Any, screen: Any) -> int:
    """Run the command."""
    from toynets.api.asking import answer, asked, questions

    every = questions()
    if args.number is None:
        if screen.json:
            screen.data({"questions": [one.to_dict() for one in every]})
            return 0
        screen.labelled([(f"{one.number}", one.text) for one in every])
        screen.say("", "toynets ask 3 answers the third, with a number computed on this machine.")
        return 0
    wanted = asked(" ".join([args.number, *args.more]))
    found = []
    with screen.progress("answers") as move:
        for k, number in enumerate(wanted):
            if move is not None:
                move(f"question {number}", k, len(wanted))
            found.append(answer(number))
    if screen.json:
        data = [one.to_dict() for one in found]
        screen.data({"answers": data} if len(data) > 1 else data[0])
        return 0
    for k, one in enumerate(found):
        if k:
            screen.say("")
        question = one.question
        screen.say(f"{question.number}. {question.text}", style="bold")
        for line in one.lines:
            screen.prose(line)
        screen.labelled(question.places)
    return 0
