"""`group`: names put into classes.

`[ask]`: `names`, `classes` (their names; absent: classes are lists without names), or `unit` and
`level` (`value` or `decision`, with `decision`): the names are then the inputs of the domain, and
the right classes are the causal partition of the unit, computed. A claim: `groups`, an object from
class to list of names, or a list of lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toynets.coursework.exercise import Exercise
from toynets.coursework.kinds.finding import Finding, Limits
from toynets.coursework.untrusted import Numeral, short_list
from toynets.errors import ToynetsError, Undecided, unknown

ASK = ("names", "classes", "unit", "level", "decision")
NEEDED = ()
FIELDS = ("groups",)
REQUIRED = ("groups",)


def members(exercise: Exercise) -> list[str]:
    """Return the names that are to be grouped."""
    if "unit" in exercise.ask:
        return list(exercise.domain.labels)
    if "names" not in exercise.ask:
        raise ToynetsError("[ask] of a group exercise has names, or unit.")
    return [str(n) for n in exercise.ask["names"]]


def normal(exercise: Exercise, claim: Mapping[str, Any]) -> Any:
    """Return name -> class (by name), or the set of classes."""
    names, classes = members(exercise), exercise.ask.get("classes")
    given = claim["groups"]
    if classes is not None:
        if not isinstance(given, Mapping):
            raise ToynetsError(
                f"groups gives each class its list: {', '.join(map(str, classes))}.",
                fix=f'write {{"{classes[0]}": ["{names[0]}"]}}.',
            )
        for key in given:
            if key not in classes:
                raise ToynetsError(unknown("class", str(key), exercise.id, classes, "classes"))
        parts = list(given.items())
    else:
        lists = list(given.values()) if isinstance(given, Mapping) else short_list(given, "groups")
        parts = [("", one) for one in lists]
    placed: dict[str, str] = {}
    found = []
    for title, listing in parts:
        group = []
        for name in short_list(listing, "a group"):
            text = str(name) if isinstance(name, str | Numeral | int) else ""
            if text not in names:
                raise ToynetsError(unknown("name", str(name), exercise.id, names))
            if text in placed:
                raise ToynetsError(f"groups has {text} twice.")
            placed[text] = title
            group.append(text)
        if group:
            found.append((title, tuple(sorted(group))))
    missing = [n for n in names if n not in placed]
    if missing:
        raise ToynetsError(f"groups leaves out {', '.join(missing[:12])}.")
    return tuple(sorted(found))


def right_groups(exercise: Exercise) -> Any:
    """Return the right classes: the causal partition of a unit, or as stated."""
    unit = exercise.ask.get("unit")
    if unit is None:
        return normal(exercise, exercise.solution)
    from toynets.verification import Decision
    from toynets.verification.classes import partition_of

    found = partition_of(
        exercise.net,
        exercise.domain,
        unit,
        level=exercise.ask.get("level", "value"),
        decision=Decision(exercise.ask.get("decision", {}), exercise.net.outputs),
    )
    if found.verdict == "unknown":
        raise Undecided(f"{exercise.id}: the partition is unknown: {found.why}.")
    return tuple(sorted(("", tuple(sorted(c.inputs))) for c in found.classes))


def judge(exercise: Exercise, claim: Mapping[str, Any], limits: Limits) -> Finding:
    """Compare classes; one name or pair that stands wrong is named."""
    mine, right = normal(exercise, claim), right_groups(exercise)
    told = "; ".join((f"{t}: " if t else "") + ", ".join(g) for t, g in mine)
    if mine == right:
        return Finding(True, level="exhaustive" if "unit" in exercise.ask else "", actual=told)
    names = members(exercise)
    if exercise.ask.get("classes") is not None:
        ours = {n: t for t, group in mine for n in group}
        theirs = {n: t for t, group in right for n in group}
        wrong = [n for n in names if ours[n] != theirs[n]]
        good = f"{len(names) - len(wrong)} of {len(names)} names right"
        return Finding(False, good, (f"{wrong[0]} is not {ours[wrong[0]]}.",), actual=told)
    ours_of = {n: g for _, g in mine for n in g}
    theirs_of = {n: g for _, g in right for n in g}
    pairs = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
    bad = [(a, b) for a, b in pairs if (b in ours_of[a]) != (b in theirs_of[a])]
    a, b = bad[0]
    apart = (
        "are told apart, but you have them together"
        if b in ours_of[a]
        else ("are not told apart, but you have them apart")
    )
    good = f"{len(pairs) - len(bad)} of {len(pairs)} pairs right"
    return Finding(False, good, (f"{a} and {b} {apart}.",), actual=told)
