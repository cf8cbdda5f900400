"""All twelve questions: each number by another route, and the command that is said to show it."""

from __future__ import annotations

import itertools
import math
import shlex
import statistics
from pathlib import Path

import pytest

from toynets.api.asking import answer, asked, questions
from toynets.cli import main
from toynets.errors import ToynetsError
from toynets.studies import ladder
from toynets.zoo import load, names

ROOT = Path(__file__).parents[2]
ACT = {
    "relu": lambda z: max(z, 0.0),
    "identity": lambda z: z,
    "tanh": math.tanh,
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
}


def forward(network, x, edits=None, held=None):
    """Every value of one input, unit by unit, in plain floats."""
    numbers = {a: float(v) for a, v in network.numbers.items()} | (edits or {})
    values = {n: float(v) for n, v in zip(network.inputs, x, strict=True)} | (held or {})
    parents = network.inputs
    for layer in network.layers:
        new = {}
        for unit in layer.units:
            z = numbers.get(f"{unit}.bias", 0.0)
            z += sum(numbers.get(f"{p}->{unit}", 0.0) * values[p] for p in parents)
            new[unit] = ACT[layer.activation](z)
        values |= new | {k: v for k, v in (held or {}).items() if k in new}
        parents = layer.units
    return values


def rows_of(name):
    return [[float(v) for v in row] for row in load(name).task.domain.rows]


def outputs(network, rows, edits=None, held=None):
    return [
        [v[o] for o in network.outputs] for v in (forward(network, x, edits, held) for x in rows)
    ]


def largest(network, rows, **change):
    clean, after = outputs(network, rows), outputs(network, rows, **change)
    return max(
        abs(a - b) for p, q in zip(after, clean, strict=True) for a, b in zip(p, q, strict=True)
    )


def ablations(network):
    """Zeroing, or holding at the mean, any units; cutting or flipping any number."""
    for address, value in network.numbers.items():
        yield address, {"edits": {address: 0.0}}
        yield address, {"edits": {address: -float(value)}}
    for unit in network.hidden:
        yield unit, {"held": {unit: 0.0}}


def check_1(numbers):
    network, rows = load("xor-sum").network, rows_of("xor-sum")
    half = {"x1->h2": 0.5, "x2->h2": 0.5, "h2.bias": -0.5, "h2->y": -4.0}
    for address, change in ablations(network):
        edits = change.get("edits", {})
        factor = 1.0 if not edits else half.get(address, 0) / (float(network[address]) or 1.0)
        moved = {a: v * factor if a in half else v for a, v in edits.items()}
        before = outputs(network, rows, **change)
        held = change.get("held")
        assert outputs(network, rows, edits={**half, **moved}, held=held) == before
    assert numbers == {"before": 1.0, "after": half["x1->h2"], "tried": 27, "differ": 0}
    return "27", "1/2"


def check_2(numbers):
    network = load("xor-sum").network
    after = forward(network, (1, 1), {"h2->y": 2.0})["y"]
    assert (numbers["clean"], numbers["flipped"]) == ("0", f"{after:g}")
    tanh, rows = load("xor-tanh").network, rows_of("xor-tanh")
    own = [a for a in tanh.numbers if "h1" in a]
    turned = {a: -float(tanh[a]) for a in own}
    assert len(own) == numbers["signs"] == 4 and numbers["differ"] == 0
    for unit in ({}, {"h1": 0.0}, {"h2": 0.0}):
        both = zip(outputs(tanh, rows, turned, unit), outputs(tanh, rows, held=unit), strict=True)
        assert all(a == pytest.approx(b) for a, b in both)
    return (f"{after:g}",)


def check_3(numbers):
    network = load("dead-weight").network
    values = {a: abs(float(v)) for a, v in network.numbers.items()}
    first = max(values, key=values.get)
    assert (numbers["weight"], numbers["value"], numbers["rank"]) == (first, values[first], 1)
    assert numbers["effect"] == largest(network, rows_of("dead-weight"), edits={first: 0.0}) == 0
    return ("1024",)


def check_4(numbers):
    network, rows = load("xor-sum").network, rows_of("xor-sum")
    for word, sign in (("negative", -1), ("positive", 1)):
        own = [a for a, v in network.numbers.items() if sign * float(v) > 0]
        effects = [largest(network, rows, edits={a: 0.0}) for a in own]
        assert numbers[f"{word} count"] == len(own)
        assert numbers[f"{word} mean"] == pytest.approx(statistics.mean(effects))
    assert numbers["negative mean"] > numbers["positive mean"]
    return ("effect of cut",)


def check_5(numbers):
    network, rows = load("dead-weight").network, rows_of("dead-weight")
    share = dict.fromkeys(network.inputs, 0.0)
    onward = {h: abs(float(network[f"{h}->y"])) for h in network.hidden}
    for x, h in itertools.product(network.inputs, network.hidden):
        own = [abs(float(network[f"{p}->{h}"])) for p in network.inputs]
        share[x] += abs(float(network[f"{x}->{h}"])) / sum(own) * onward[h] / sum(onward.values())
    first = max(share, key=share.get)
    assert numbers["input"] == first and numbers["share"] == pytest.approx(share[first])
    assert numbers["effect"] == largest(network, rows, held={first: 0.0}) == 0
    assert largest(network, rows, held={numbers["matters"]: 0.0}) == 1
    return "garson", "0.999"


def check_6(numbers):
    network, rows = load("multiplier-trained").network, rows_of("multiplier-trained")
    on_the_way = [a for h in network.hidden for a in (f"a2->{h}", f"{h}->p8")]
    mean = {"a2": statistics.mean(row[0] for row in rows)}
    hang = {}
    for a in on_the_way:
        cut = {a: 0.0}
        runs = [outputs(network, rows, *with_) for with_ in ((cut,), (), (cut, mean), ({}, mean))]
        hang[a] = max(abs(p[0] - q[0] - (r[0] - s[0])) for p, q, r, s in zip(*runs, strict=True))
    assert numbers["between"] == len(on_the_way) and numbers["of"] == len(network.numbers)
    assert numbers["effect"] == pytest.approx(max(hang.values()))
    near = max(hang.values()) * (1 - 1e-6)
    assert set(numbers["first"]) == {a for a, v in hang.items() if v > near}
    return tuple(numbers["first"])


def check_7(numbers):
    first, second = load("xor-relu-1").network, load("xor-relu-2").network
    rows = rows_of("xor-relu-1")
    a, b = outputs(first, rows), outputs(second, rows)
    gap = max(abs(p[0] - q[0]) for p, q in zip(a, b, strict=True))
    assert numbers["clean"] == pytest.approx(gap, abs=1e-12) and gap < 1e-4
    texts = [
        *({"edits": lambda n, a=a: {a: 0.0}} for a in first.numbers),
        *({"edits": lambda n, a=a: {a: -float(n[a])}} for a in first.numbers),
        *({"held": lambda n, s=s: dict.fromkeys(s, 0.0)} for s in (["h1"], ["h2"], ["h1", "h2"])),
        *({"held": lambda n, s=s: means(n, rows, s)} for s in (["h1"], ["h2"], ["h1", "h2"])),
        *({"edits": lambda n, u=u: {f"x{k}->{u}": 0.0 for k in (1, 2)}} for u in ("h1", "h2")),
    ]
    differ = 0
    for text in texts:
        after = [
            outputs(n, rows, **{k: make(n) for k, make in text.items()}) for n in (first, second)
        ]
        differ += max(abs(p[0] - q[0]) for p, q in zip(*after, strict=True)) > 0.5
    # The 27th ablation sets both units' incoming weights to 0 at once.
    both = {f"x{k}->{u}": 0.0 for k in (1, 2) for u in ("h1", "h2")}
    after = [outputs(n, rows, both) for n in (first, second)]
    differ += max(abs(p[0] - q[0]) for p, q in zip(*after, strict=True)) > 0.5
    assert (numbers["differ"], numbers["tried"]) == (differ, len(texts) + 1)
    assert numbers["same"] is False
    return "same up to gauge: no", f"of {len(texts) + 1} differ"


def means(network, rows, units):
    return {u: statistics.mean(forward(network, x)[u] for x in rows) for u in units}


def check_8(numbers):
    network, rows = load("dormant-backup").network, rows_of("dormant-backup")
    edges = [a for a in network.numbers if "->" in a]
    clean = outputs(network, rows)
    kept = [
        set(some)
        for size in range(len(edges) + 1)
        for some in itertools.combinations(edges, size)
        if outputs(network, rows, {a: 0.0 for a in edges if a not in some}) == clean
    ]
    least = [one for one in kept if not any(other < one for other in kept)]
    assert numbers["edges"] == len(edges) and numbers["least"] == min(map(len, least))
    assert numbers["ways"] == len(least) and numbers["shared"] == len(set.intersection(*least))
    # So not just any of them can be dropped: some that are in no way of doing it cannot.
    alone = [a for a in edges if outputs(network, rows, {a: 0.0}) != clean]
    assert sorted(numbers["alone"]) == sorted(alone) and len(alone) > 1
    return ("2", *(f"{{{a}}}" for a in alone))


def check_9(numbers):
    network, rows = load("xor-sum").network, rows_of("xor-sum")
    for unit in ("h1", "h2"):  # two inputs are alike if every input takes either value alike
        values = [forward(network, x)[unit] for x in rows]
        told = {str(outputs(network, rows, held={unit: v})) for v in values}
        assert numbers[unit] == len(told)
    hidden = {tuple(forward(network, x)[u] for u in network.hidden) for x in rows}
    assert (numbers["inputs"], numbers["hidden"], numbers["outputs"]) == (4, len(hidden), 2)
    return "{00} {01, 10} {11}", "3 classes"


def check_10(numbers):
    network = load("symmetry-1986").network
    weights = [float(network[f"{x}->h1"]) for x in network.inputs]
    corners = list(itertools.product((-1, 1), repeat=6))
    best = max(corners, key=lambda x: sum(w * v for w, v in zip(weights, x, strict=True)))
    assert numbers["direction"] == list(best)
    assert numbers["pre"] == pytest.approx(sum(map(abs, weights)), rel=1e-9)
    rows = list(itertools.product((0, 1), repeat=6))
    top = max(rows, key=lambda x: sum(w * v for w, v in zip(weights, x, strict=True)))
    assert numbers["best"] == ["".join(map(str, top))]
    return numbers["best"][0], "50"


def check_11(numbers):
    found = ladder([load(name) for name in names()])
    for rung in ("wiring", "+ signs", "+ magnitudes", "explanation: derived"):
        by_kind = {}
        for one in found.rungs:
            if one.name == rung and one.rank is not None:
                by_kind.setdefault((one.of, one.kind), []).append(one.rank)
        assert numbers[rung] == pytest.approx(
            statistics.mean(statistics.mean(own) for own in by_kind.values())
        )
    assert 0.9 < numbers["signs right"] < 1 and numbers["networks"] == len(names())
    return (f"{numbers['+ magnitudes']:.2f}",)


def check_12(numbers):
    entry = load("dead-weight")
    network, rows = entry.network, rows_of("dead-weight")
    units = [*network.hidden, *network.outputs]
    assert numbers["lines"] == len(units) == len(numbers["code"])
    quiet = [h for h in network.hidden if all(forward(network, x)[h] == 0 for x in rows)]
    assert numbers["dead"] == quiet
    for x in rows:  # the program, run as one
        known = dict(zip(network.inputs, x, strict=True))
        for unit, code in zip(units, numbers["code"], strict=True):
            known[unit] = eval(code, {"relu": ACT["relu"], "__builtins__": {}}, known)
        assert [known[o] for o in network.outputs] == outputs(network, [x])[0]
    return "DEAD", "1024*h2"


CHECKS = {k: globals()[f"check_{k}"] for k in range(1, 13)}


@pytest.mark.parametrize("number", range(1, 13))
def test_every_number_is_that_of_another_route_and_its_command_shows_it(number, capsys):
    found = answer(number)
    assert len(found.lines) == 2 and all(found.lines)
    shown = CHECKS[number](found.numbers)
    words = shlex.split(found.question.command)
    assert words[0] == "toynets"
    assert main([*words[1:], "--table"]) in (0, 1)
    said = capsys.readouterr().out
    assert all(part in said for part in shown), (shown, said)


def test_the_other_commands_are_commands():
    from toynets.cli import COMMANDS, parser_of

    for one in questions():
        for line in (where for what, where in one.places if what != "lesson"):
            program, command, *rest = shlex.split(line)
            assert program == "toynets" and command in COMMANDS, line
            parser_of(command).parse_args(rest)


def test_the_twelve_are_numbered():
    assert [one.number for one in questions()] == list(range(1, 13))
    assert all(one.text.endswith(("?", ".")) for one in questions())


@pytest.mark.parametrize("one", questions(), ids=lambda one: str(one.number))
def test_a_question_names_a_figure_and_a_lesson_that_are_there(one):
    assert (ROOT / "figures" / f"{one.figure}.py").is_file()
    assert (ROOT / "lessons" / f"{one.lesson}.py").is_file()
    places = dict(one.places)
    assert (ROOT / places["lesson"]).is_file()
    assert f" {one.figure} " in places["figure"]


def test_what_is_typed_is_read():
    assert asked(" 7 ") == (7,) and asked("ALL") == tuple(range(1, 13))
    with pytest.raises(ToynetsError, match=r"but got 'what is a bias'\.\n.*no others") as caught:
        asked("what is a bias")
    assert "toynets show NAME says what each weight, bias" in caught.value.fix
    for given in ("", "0", "13", "3.0", "x1", "9" * 20):
        with pytest.raises(ToynetsError, match="numbered 1 to 12, but got"):
            asked(given)


def test_of_a_network_of_ones_own_the_command_is_told():
    for one in questions():
        with pytest.raises(ToynetsError, match=f"question {one.number} is answered with") as caught:
            asked(f"{one.number} net.json")
        assert caught.value.fix in (one.own.replace("NAME", "net.json"), "toynets ask 11")
        assert ("net.json" in caught.value.fix) == (one.number != 11)


def test_a_number_without_a_question():
    with pytest.raises(ToynetsError, match="numbered 1 to 12, but got 13"):
        answer(13)
