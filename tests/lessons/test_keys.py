"""Answers that exercise files state and no engine computes, each found by another route."""

from __future__ import annotations

import itertools
import re
import runpy
from fractions import Fraction
from math import cos, hypot, log, pi

import pytest

import toynets
from toynets import exact
from toynets.coursework import read_folder
from toynets.coursework.building import checkout_folder, find
from toynets.expressions import parse_expression
from toynets.tasks import load as load_task

EXERCISES = {e.id: e for e in read_folder()}
SQUARE = list(itertools.product((0, 1), repeat=2))


def number(id):
    return Fraction(str(EXERCISES[id].solution["value"]))


def groups(id):
    return {k: set(v) for k, v in EXERCISES[id].solution["groups"].items() if v}


def sorted_by(names, key):
    found = {}
    for name in names:
        found.setdefault(key(name), set()).add(name)
    return found


def options(id):
    return dict(o.split(": ", 1) for o in EXERCISES[id].ask["options"])


def relu(z):
    return max(z, 0)


def test_1_3_where_the_line_crosses():
    unit = toynets.Network.from_layers([([[2, 4]], [-2], "step")])
    place = number("L01.3")
    assert exact.trace(unit, [place, 0])["y.pre"] == 0


def test_1_4_gates_by_their_tables():
    given = re.findall(r"([A-F]) \((.+?), (.+?), (.+?)\)", EXERCISES["L01.4"].prompt)
    units = {name: [Fraction(v) for v in numbers] for name, *numbers in given}
    tables = {(0, 0, 0, 1): "AND", (0, 1, 1, 1): "OR", (1, 1, 1, 0): "NAND"}

    def gate(name):
        u, v, b = units[name]
        return tables.get(tuple(int(u * x + v * y + b > 0) for x, y in SQUARE), "none of them")

    assert sorted_by(units, gate) == groups("L01.4")


def test_1_5_no_grid_of_weights_gives_xor():
    grid = [Fraction(k, 2) for k in range(-6, 7)]
    tables = {
        tuple(u * x + v * y + b > 0 for x, y in SQUARE)
        for u, v, b in itertools.product(grid, repeat=3)
    }
    assert len(tables) == 14 and (False, True, True, False) not in tables


def test_2_1_joints():
    joints = {"h1": Fraction(1, 2), "h2": Fraction(-3, -1), "h3": Fraction(1) / Fraction(1, 2)}
    assert sorted(joints, key=joints.get, reverse=True) == EXERCISES["L02.1"].solution["order"]


def test_2_4_edits_that_cannot_be_seen():
    edits = {"a": (2, -2, Fraction(-3, 2)), "b": (2, -1, Fraction(-3, 2)), "c": (-1, 1, 3)}
    edits["d"] = (Fraction(1, 3), Fraction(-1, 3), -9)
    points = [Fraction(k, 4) for k in range(-8, 17)]
    same = [
        k
        for k, (w, b, v) in edits.items()
        if all(v * relu(w * x + b) == -3 * relu(x - 1) for x in points)
    ]
    assert same == EXERCISES["L02.4"].solution["choice"]


def test_3_1_what_units_tell():
    units = dict(re.findall(r"(u\d) = (relu\(.+?\))", EXERCISES["L03.1"].prompt))
    told = {
        (0, 0, 0, 1): "both are on",
        (1, 0, 0, 0): "none is on",
        (0, 0, 1, 0): "only x1 is on",
        (0, 1, 1, 2): "how many are on",
        (0, 1, 1, 1): "at least one is on",
    }

    def tells(name):
        e = parse_expression(units[name])
        return told[tuple(int(e.evaluate({"x1": a, "x2": b})) for a, b in SQUARE)]

    assert sorted_by(units, tells) == groups("L03.1")


def test_5_3_effects_that_add_up():
    def adds(name):
        entry = toynets.load(name)
        network, hidden = entry.network, entry.network.hidden
        if entry.task.domain.finite:
            rows = entry.task.domain.rows
        else:
            rows = list(itertools.product((0, Fraction(1, 2), 1), repeat=len(network.inputs)))

        def effect(x, units):
            text = ", ".join(f"{u} = 0" for u in units)
            return exact.run(network, x, text)[0] - exact.run(network, x)[0]

        good = all(
            effect(x, (a, b)) == effect(x, (a,)) + effect(x, (b,))
            for x in rows
            for a, b in itertools.combinations(hidden, 2)
        )
        return "add up" if good else "do not"

    assert sorted_by(EXERCISES["L05.3"].ask["names"], adds) == groups("L05.3")


def test_6_1_scaled_into_standard_form():
    from toynets.symmetry import canonical_form

    unit = toynets.Network.from_layers(
        [([[4]], [-2], "relu"), ([[Fraction(-1, 2)]], [0], "identity")]
    )
    assert canonical_form(unit).layers[0].weight[0][0] == number("L06.1")


def test_6_2_the_same_network():
    wanted = parse_expression("2*relu(x1 - x2) - 3*relu(x2 - 1)")
    points = [Fraction(k, 3) for k in range(-6, 10)]

    def same(text):
        said = re.sub(r"(\d) (relu|x\d)", r"\1*\2", text)
        e = parse_expression(said)
        grid = itertools.product(points, repeat=2)
        return all(
            e.evaluate({"x1": a, "x2": b}) == wanted.evaluate({"x1": a, "x2": b}) for a, b in grid
        )

    right = [mark for mark, text in options("L06.2").items() if same(text)]
    assert right == EXERCISES["L06.2"].solution["choice"]


def test_7_5_the_two_networks_agree():
    loud = toynets.load("loud-and-quiet").network
    for x1, x2 in itertools.product((0, Fraction(1, 2), 1, 7), repeat=2):
        assert exact.run(loud, [x1, x2])[0] == relu(x1) + Fraction(relu(x2), 1024)


def test_9_4_the_ladder_of_sixteen():
    table = [s % 2 for s in range(17)]
    changes = [table[1] - table[0]]
    changes += [table[k + 1] - 2 * table[k] + table[k - 1] for k in range(1, 16)]
    assert len(changes) == 16 and changes[15] == number("L09.4")


def test_10_1_pieces_of_five_tents():
    def tents(x):
        for _ in range(5):
            x = 1 - abs(2 * x - 1)
        return x

    heights = [tents(Fraction(k, 128)) for k in range(129)]
    slopes = [b - a for a, b in itertools.pairwise(heights)]
    assert 1 + sum(a != b for a, b in itertools.pairwise(slopes)) == number("L10.1")


def test_10_4_stages_of_a_tree():
    bits, stages = 8, 0
    while bits > 1:
        bits, stages = (bits + 1) // 2, stages + 1
    assert stages == number("L10.4")


@pytest.fixture(scope="module")
def lesson_11(tmp_path_factory):
    folder = tmp_path_factory.mktemp("L11")
    (lesson,) = (x for x in find(checkout_folder()) if x.id == "L11")
    (runs,) = (c.source for c in lesson.cells if c.source.startswith("RUNS = ["))
    script = f"import toynets\nfrom toynets import exact\n{runs}\n"
    (folder / "cells.py").write_text(script)
    return runpy.run_path(str(folder / "cells.py"))


def test_11_1_and_2_ten_seeds(lesson_11):
    networks = dict(enumerate(lesson_11["NETWORKS"]))

    def outputs(k):
        return [float(exact.run(networks[k], x)[0]) for x in SQUARE]

    def family(k):
        if max(abs(y - w) for y, w in zip(outputs(k), (0, 1, 1, 0), strict=True)) > 0.01:
            return "stuck"
        points = [
            (Fraction(a, 4), Fraction(b, 4)) for a, b in itertools.product(range(5), repeat=2)
        ]
        gaps = {
            name: max(abs(float(exact.run(networks[k], p)[0]) - f(*map(float, p))) for p in points)
            for name, f in (
                ("difference", lambda a, b: abs(a - b)),
                ("sum", lambda a, b: 1 - abs(a + b - 1)),
            )
        }
        (name,) = (n for n, gap in gaps.items() if gap < 0.01)
        return name

    found = sorted_by(networks, family)
    assert {n: {str(k) for k in v} for n, v in found.items()} == groups("L11.1")
    error = sum((y - w) ** 2 for y, w in zip(outputs(7), (0, 1, 1, 0), strict=True)) / 4
    assert abs(error - float(number("L11.2"))) < 1e-3


def test_11_5_no_decision_changes():
    network = EXERCISES["L11.5"].net
    moved = network.with_numbers({f"h1->{c}": network[f"h1->{c}"] + 20 for c in network.outputs})
    rows = load_task("tabular").domain.rows[::8]
    on = 0

    def decision(net, x):
        scores = exact.run(net, x)
        return max(range(3), key=lambda k: scores[k])

    for x in rows:
        assert decision(network, x) == decision(moved, x)
        on += exact.trace(network, x)["h1"] > 0
    assert on > 20 and all(network[f"h1->{c}"] < 0 for c in network.outputs)
    assert number("L11.5") == 0


def test_12_3_the_margin():
    clock = toynets.load("add-mod-5-clock")
    margins = []
    for k, x in enumerate(clock.task.domain.rows):
        scores = [float(s) for s in exact.run(clock.network, x)]
        right = scores.pop(sum(divmod(k, 5)) % 5)
        margins.append(right - max(scores))
    assert max(margins) - min(margins) < 1e-5
    assert abs(margins[0] - (1 - cos(2 * pi / 5))) < 1e-5
    assert abs(margins[0] - float(number("L12.3"))) < 1e-3


def test_12_5_rows_of_all_or_nothing():
    rows = re.findall(r"([ABC]): ((?:\d/\d ?)+)", EXERCISES["L12.5"].prompt)
    assert len(rows) == 3
    mixed = [
        n
        for n, cells in rows
        if any(c.split("/")[0] not in ("0", c.split("/")[1]) for c in cells.split())
    ]
    assert mixed == [EXERCISES["L12.5"].solution["choice"]]


def test_13_1_and_the_answers_that_are_other_cells():
    movie = toynets.load("movie-rating").network
    assert number("L13.1") == Fraction(movie["romance->thrill"])
    others = [w.claim["value"] for w in EXERCISES["L13.1"].wrong[:2]]
    assert others == [movie["action->date"], movie["romance->date"]]


def test_13_4_what_wiring_signs_and_magnitudes_answer():
    movie = toynets.load("movie-rating").network
    assert movie["length->star_bonus"] == 0  # q1: no path
    reached = {u for u in movie.hidden if movie[f"action->{u}"] != 0}
    assert reached == {"thrill"}  # q5
    # q2, q4: every path of length goes up into bored and down out of it; bored only takes away.
    assert [movie[f"length->{u}"] for u in movie.hidden] == [0, 0, 1, 0]
    assert movie["bored->rating"] < 0
    corners = list(itertools.product((0, 1), repeat=5))
    for x in corners:
        assert exact.run(movie, x, "bored = 0")[0] >= exact.run(movie, x)[0]
    loses = {
        u: max(exact.run(movie, x)[0] - exact.run(movie, x, f"{u} = 0")[0] for x in corners)
        for u in ("thrill", "date")
    }
    gives = max(exact.run(movie, x, "bored = 0")[0] - exact.run(movie, x)[0] for x in corners)
    assert loses["thrill"] == 2 and loses["date"] > gives  # q3, q6: numbers


def test_13_5_the_dead_line():
    corners = list(itertools.product((0, 1), repeat=2))
    dead = [
        mark
        for mark, text in options("L13.5").items()
        if all(parse_expression(text).evaluate({"a": a, "b": b}) == 0 for a, b in corners)
    ]
    assert dead == [EXERCISES["L13.5"].solution["choice"]]  # convex: largest at a corner


def test_14_1_off_the_snow():
    weights = [log(4), log(4), log(4), log(19)]

    def accuracy(snow, used=(1, 1, 1, 1)):
        total = 0.0
        for right in itertools.product((1, -1), repeat=4):
            chance = 1.0
            for r, p in zip(right, (0.8, 0.8, 0.8, snow), strict=True):
                chance *= p if r == 1 else 1 - p
            total += chance * (
                sum(r * w * u for r, w, u in zip(right, weights, used, strict=True)) > 0
            )
        return total

    assert abs(accuracy(0.5) - float(number("L14.1"))) < 1e-9
    listed = [float(w.claim["value"]) for w in EXERCISES["L14.1"].wrong]
    assert abs(listed[0] - accuracy(0.95)) < 1e-9
    assert abs(listed[1] - accuracy(0.95, (1, 1, 1, 0))) < 1e-9


def test_14_3_angles():
    def angle(text):
        x, y = (float(v) for v in text.strip("()").split(","))
        return (3 * x + 4 * y) / (5 * hypot(x, y))

    similar = {mark: angle(text) for mark, text in options("L14.3").items()}
    assert max(similar, key=similar.get) == EXERCISES["L14.3"].solution["choice"]
    assert round(similar["c"], 2) == 0.68 and round(similar["b"], 2) == 0.8


def test_14_4_sizes_that_do():
    given = re.findall(r"([A-F]) (\d), (\d), (\d)", EXERCISES["L14.4"].prompt)
    sizes = {name: [int(v) for v in rest] for name, *rest in given}

    def does(name):
        signs = [s for s in itertools.product((-1, 0, 1), repeat=3) if any(s)]
        sums = (sum(s * v for s, v in zip(sign, sizes[name], strict=True)) for sign in signs)
        return "do" if all(sums) else "are fooled"

    assert sorted_by(sizes, does) == groups("L14.4")
