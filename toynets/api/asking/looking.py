"""Answers about whole networks: other trainings, circuits, units, patterns, programs."""

from __future__ import annotations

from toynets.api.asking.record import Found
from toynets.zoo import load, names


def two_trainings() -> Found:
    """Two trained networks for one task, compared by every ablation."""
    from toynets.readings import compare_networks

    first, second = load("xor-relu-1"), load("xor-relu-2")
    found = compare_networks(first.network, second.network, first.task.domain)
    # Trained numbers are near their tables, not on them: by decisions the clean outputs agree.
    differ = sum(1 for gap in found.gaps if gap.intervention and gap.largest > 0.5)
    clean = max((gap.largest for gap in found.gaps if not gap.intervention), default=0.0)
    gauge = "are" if found.same_gauge else "are not"
    return Found(
        (
            f"There are several ways to do it: xor-relu-1 and xor-relu-2 learned XOR from two "
            f"starts. Clean they differ by at most {clean:.2g}; under {differ} of {found.tried} "
            "ablations by more than 1/2.",
            f"And one way has many looks: order and scale of the units are free. These two {gauge} "
            "the same up to that; a census counts the ways.",
        ),
        {"clean": clean, "differ": differ, "tried": found.tried, "same": found.same_gauge},
    )


def dropped_weights() -> Found:
    """Circuits of a network with a backup: what suffices, and what is in all of them."""
    from toynets.api.circuit_finding import circuits

    found = circuits("dormant-backup", of="edges", ablation="zero")
    sets = [set(one) for one in found.sufficient]
    every = {name for one in sets for name in one}
    shared = set.intersection(*sets)
    edges = len(found.players)
    least = min(len(one) for one in sets)
    alone = [one.members[0] for one in found.necessary if len(one.members) == 1]
    return Found(
        (
            f"No: {least} of the {edges} weights of dormant-backup suffice, in {len(sets)} ways, "
            f"which have {len(shared)} weights in common.",
            f"Which can go depends on what has gone: each of {len(every)} has its work in one of "
            f"the ways, and with all others there, cutting {' or '.join(alone)} loses the answer.",
        ),
        {
            "edges": edges,
            "least": least,
            "ways": len(sets),
            "shared": len(shared),
            "alone": alone,
        },
    )


def a_hidden_unit() -> Found:
    """What each unit of XOR tells apart."""
    from toynets.api.partitioning import partition

    classes = {unit: partition("xor-sum", unit) for unit in ("h1", "h2")}
    entry = load("xor-sum")
    inputs = len(entry.task.domain.rows)
    layers = _layers(entry)
    shown = " ".join("{" + ", ".join(c.inputs) + "}" for c in classes["h1"].classes)
    counts = {unit: len(found.classes) for unit, found in classes.items()}
    return Found(
        (
            f"What it tells apart: h1 of xor-sum tells {counts['h1']} classes of its {inputs} "
            f"inputs, {shown}, and h2 {counts['h2']}.",
            f"From layer to layer differences are dropped: {inputs} inputs, {layers[0]} patterns "
            f"of the hidden layer, {layers[1]} outputs.",
        ),
        {"inputs": inputs, **counts, "hidden": layers[0], "outputs": layers[1]},
    )


def _layers(entry: object) -> list[int]:
    """Return how many different patterns each layer has on the domain."""
    from toynets.exact import Machine

    network, domain = entry.network, entry.task.domain  # type: ignore[attr-defined]  # an Entry
    machine = Machine(network, domain)
    values = [machine.values(x) for x in domain.rows]
    return [len({tuple(v[u] for u in layer.units) for v in values}) for layer in network.layers]


def a_pattern() -> Found:
    """The preferred input of a unit that was trained in 1986."""
    from toynets.readings import preferred

    entry = load("symmetry-1986")
    found = preferred(entry.network, "h1", entry.task.domain, norm="inf")
    signs = " ".join(f"{v:+g}" for v in found.direction)
    pre = 0.0 if found.pre is None else found.pre
    return Found(
        (
            f"The one that is most like its weights: of inputs between -1 and 1, h1 of "
            f"symmetry-1986 is highest at {signs}, with {pre:.3g} before its bias.",
            f"Of its own {len(entry.task.domain.rows)} inputs it likes {', '.join(found.best)} "
            "best. Another measure of length has another favourite, so name the measure.",
        ),
        {"direction": list(found.direction), "pre": pre, "best": list(found.best)},
    )


def wiring_signs_magnitudes() -> Found:
    """The ladder over the whole zoo."""
    from toynets.studies import ladder
    from toynets.studies.climbing import DERIVED
    from toynets.studies.ladder import SIGNS, SIZES, WIRING

    found = ladder([load(name) for name in names()])
    ranks = {rung: found.mean(rung, "rank") or 0.0 for rung in (WIRING, SIGNS, SIZES, DERIVED)}
    signs = found.mean(SIGNS, "sign") or 0.0
    told = ", ".join(f"{value:.2f}" for value in ranks.values())
    return Found(
        (
            f"What ablations do is told, as a rank correlation over {len(found.networks)} "
            f"networks, by wiring, signs, magnitudes and the explanation at {told}.",
            f"Signs tell which way an output moves, {100 * signs:.0f} % right; how much it moves "
            "takes the magnitudes, and what they are multiplied with.",
        ),
        {**ranks, "signs right": signs, "networks": len(found.networks)},
    )


def a_program() -> Found:
    """A network as a program, dead code marked."""
    from toynets.readings import read_as_program

    entry = load("dead-weight")
    found = read_as_program(entry.network, entry.task.domain, entry.explanation)
    code = "; ".join(f"{line.unit} = {line.code}" for line in found.lines)
    dead = [line.unit for line in found.lines if line.dead]
    return Found(
        (
            f"Yes, one line a unit. dead-weight in {len(found.lines)} lines: {code}.",
            f"And like a program it may have dead code: {len(dead)} line, {', '.join(dead)}, never "
            "does anything on the inputs that occur.",
        ),
        {"lines": len(found.lines), "dead": dead, "code": [line.code for line in found.lines]},
    )
