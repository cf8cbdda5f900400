"""What `toynets` alone says: what there is to do, as commands that can be typed."""

from __future__ import annotations

from toynets.cli import COMMANDS, GROUPS

STEPS = (
    ("toynets list", "the networks, each with every weight explained"),
    ("toynets show xor-sum", "every weight, its role, and what happens without it"),
    ('toynets show xor-sum "h2->y"', "what one number means, in five lines"),
    ("toynets trace xor-sum 1,1", "the arithmetic of one input"),
    ('toynets ablate xor-sum "h2 = 0"', "take a unit away"),
    ('toynets ablate xor-sum "h2 = 0" --predict 0,1,1,1', "but say first what will come out"),
    ("toynets verify xor-sum", "the explanation held against the network, every case"),
    ("toynets new-explanation xor-sum", "write your own, and have it checked"),
)
HEAD = (
    "toynets: tiny neural networks in which every weight is explained, and every explanation is "
    "checked."
)
SHELL = (
    "Put interventions in quotation marks, because > is a redirection to the shell; or write "
    "x1:h2=0."
)


def run(json: bool = False) -> int:
    """Print the tour."""
    if json:
        import json as form

        print(form.dumps({"commands": COMMANDS, "tour": [c for c, _ in STEPS]}, indent=1))
        return 0
    wide = max(len(command) for command, _ in STEPS) + 2
    print(HEAD, "", *(f"  {c:<{wide}}{what}" for c, what in STEPS), "", SHELL, sep="\n")
    print("All commands: toynets --help. One of them: toynets COMMAND --help.")
    return 0


def overview() -> str:
    """Return the text of `toynets --help`."""
    wide = max(map(len, COMMANDS)) + 2
    lines = [
        "usage: toynets COMMAND …",
        "",
        HEAD,
        *(
            line
            for group, commands in GROUPS.items()
            for line in ("", f"{group}:", *(f"  {c:<{wide}}{what}" for c, what in commands.items()))
        ),
        "",
        "Each has --help with examples, --json, --plain (one labelled line per row, which is also",
        "what comes where output is no terminal or NO_COLOR is set) and --table (aligned columns).",
        "toynets --version prints the version.",
        "",
        "exit status: 0 everything holds; 1 something is refuted; 2 wrong use; 3 nothing is",
        "refuted, but something is unknown, or unexplained and not declared.",
    ]
    return "\n".join(lines)
