"""Hinton's family trees, as far as sums can explain them: nationality, generation and sex."""

from __future__ import annotations

from collections.abc import Sequence

from toynets.network import Network
from toynets.tasks.family_tree import (
    ITALIAN,
    PEOPLE,
    RELATIONS,
    STEPS,
    TASK,
    WOMEN,
    generation,
)
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 97

NONE = [0] * len(PEOPLE)
CODE = {
    "nation": [int(p in ITALIAN) for p in PEOPLE] + [0] * 12,
    "level": [generation(p) for p in PEOPLE] + [0] * 12,
    "shift": NONE + [STEPS[r] for r in RELATIONS],
    "sex": NONE + [int(r in WOMEN) for r in RELATIONS],
}
READS = {"nation": PEOPLE, "level": PEOPLE, "shift": RELATIONS, "sex": RELATIONS}
SENDS = {"italian": ("nation",), "generation": ("level", "shift"), "woman": ("sex",)}

NETWORK = Network.from_layers(
    [
        (list(CODE.values()), None, "identity"),
        ([[int(u in senders) for u in CODE] for senders in SENDS.values()], None, "identity"),
    ],
    inputs=TASK.inputs,
    units=list(CODE),
    outputs=list(SENDS),
    # As printed: persons and relations have codes of their own.
    masks=[
        [[int(x in READS[u]) for x in TASK.inputs] for u in CODE],
        [[int(u in senders) for u in CODE] for senders in SENDS.values()],
    ],
    name="family-tree",
)


def _sum(names: Sequence[str]) -> str:
    return f"({' + '.join(names)})"


MIDDLE = [p for p in PEOPLE if generation(p) == 1]
YOUNG = [p for p in PEOPLE if generation(p) == 2]
UP = [r for r in RELATIONS if STEPS[r] == -1]
FURTHER = [r for r in RELATIONS if STEPS[r] == 1]
NATION = _sum(ITALIAN)
LEVEL = f"({_sum(MIDDLE)} + 2*{_sum(YOUNG)})"
STEP = f"({_sum(FURTHER)} - {_sum(UP)})"
SEX = _sum(WOMEN)
WHAT = {
    "nation": "which of the two families",
    "level": "the generation of the person",
    "shift": "how many generations on from there the relative is",
    "sex": "whether the relation is to a woman",
}


def _weights() -> dict[str, tuple[str, str, str]]:
    found = {}
    for unit, values in CODE.items():
        for name, value in zip(TASK.inputs, values, strict=True):
            if name in READS[unit]:
                role = "excites" if value > 0 else "inhibits" if value < 0 else "no effect"
                found[f"{name}->{unit}"] = (str(value), role, f"{WHAT[unit]}, of {name}")
    for output, senders in SENDS.items():
        for unit in senders:
            role = "scales" if len(senders) == 1 else "excites"
            found[f"{unit}->{output}"] = ("1", role, f"{WHAT[unit]}, handed on")
    return found


def _outputs(
    nation: str = NATION, level: str = LEVEL, step: str = STEP, sex: str = SEX
) -> list[str]:
    return [nation, f"{level} + {step}", sex]


SAID = state(
    "family-tree",
    inputs=TASK.inputs,
    weights=_weights(),
    units={
        "nation": ("identity", NATION, NATION, "detector", WHAT["nation"]),
        "level": ("identity", LEVEL, LEVEL, "detector", WHAT["level"]),
        "shift": ("identity", STEP, STEP, "comparator", WHAT["shift"]),
        "sex": ("identity", SEX, SEX, "detector", WHAT["sex"]),
        "italian": ("identity", "nation", NATION, "output", "the nationality of the relative"),
        "generation": (
            "identity",
            "level + shift",
            f"{LEVEL} + {STEP}",
            "output",
            "the generation of the relative: that of the person, and the step",
        ),
        "woman": ("identity", "sex", SEX, "output", "the sex of the relative"),
    },
    outcomes=[
        ("", _outputs(), "what person and relation say, added up"),
        ("nation = 0", _outputs(nation="0"), "everyone is English"),
        ("level = 0", _outputs(level="0"), "everyone is of the oldest generation"),
        ("shift = 0", _outputs(step="0"), "every relative is of the person's own generation"),
        ("sex = 0", _outputs(sex="0"), "every relative is a man"),
        ("nation, level = 0", _outputs(nation="0", level="0"), "the relation alone is known"),
        ("shift, sex = 0", _outputs(step="0", sex="0"), "the person alone is known"),
        ("nation = mean", _outputs(nation="1/2"), "half of the facts are Italian"),
        ("Sophia->nation = 0", _outputs(nation=f"({NATION} - Sophia)"), "Sophia is English"),
        ("shift-> *= -1", _outputs(step=f"(-{STEP})"), "parents are taken for children"),
    ],
)

ENTRY = Entry(
    name="family-tree",
    title="italian = nation(who), generation = level(who) + shift(whose), woman = sex(whose)",
    story="What Hinton read in his network, built: codes of person and relation that add up to "
    "facts on the relative. They settle who it is in 28 of 104 cases; in 76 two or three "
    "people fit, and no sum of two codes tells them apart. That part is not explained here.",
    task=TASK,
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "generation-of-the-person",
            "The generation of the answer is read off the person: without shift it stays.",
            change(SAID, {"outcomes/shift = 0/generation": f"{LEVEL} + {STEP}"}),
            check="outcomes",
        ),
        Wrong(
            "nationality-from-both",
            "The nationality is spread over person and relation: the relation alone half knows it.",
            change(SAID, {"outcomes/nation, level = 0/italian": f"{NATION}/2"}),
            check="outcomes",
        ),
        Wrong(
            "old-and-young",
            "level tells the young from the rest.",
            change(SAID, {"units/level/concept": _sum(YOUNG)}),
            check="concepts",
        ),
        Wrong(
            "a-person-for-a-unit",
            "Sex is a property of persons: sex reads the person.",
            change(SAID, {"units/sex/concept": _sum(PEOPLE[1::2])}),
            check="concepts",
        ),
        Wrong(
            "uncles-are-brothers",
            "Uncles and aunts are brothers and sisters: no shift.",
            change(SAID, {"weights/uncle->shift/value": "0", "weights/aunt->shift/value": "0"}),
            check="weights",
            right_on_clean=False,
        ),
    ),
    facts=(
        Fact("It knows nationality, generation and sex of all 104 relatives.", "", right=104),
        Fact("Without nation the Italian half is wrong.", "nation = 0", right=52),
        Fact("Without sex the women are wrong.", "sex = 0", right=52),
        Fact("Without shift the own generation is right.", "shift = 0", right=32),
    ),
    sources=(
        "G. Hinton, Learning distributed representations of concepts, Proc. 8th Annual Conference "
        "of the Cognitive Science Society, 1986, 1-12: units for nationality, "
        "generation and branch",
    ),
)
