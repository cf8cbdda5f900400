"""Courses with networks of their own: who has what, and that nothing graded can be had."""

from __future__ import annotations

import hashlib
import json
import stat
from fractions import Fraction
from pathlib import Path

import pytest
from class_solutions import right_claim

import toynets
from toynets.coursework import judge, open
from toynets.coursework.courses import RELEASED, Course, new_course, read_released
from toynets.coursework.generating import TEMPLATES, VERSION, generated
from toynets.errors import ToynetsError
from toynets.rationals import rational
from toynets.symmetry import canonical_form
from toynets.zoo import load
from toynets.zoo import names as zoo_names

STUDENTS = ("s1", "s2", "ada@u.example")
PACKAGE = Path(toynets.__file__).parent


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    folder = tmp_path_factory.mktemp("private")
    made = new_course(folder / "course")
    data = json.loads((made.folder / "course.json").read_text())
    data["key"] = "5a" * 32  # so that a failure can be seen again
    (made.folder / "course.json").write_text(json.dumps(data))
    (made.folder / "exercises" / "G01.9.toml").write_text(
        'id = "G01.9"\ntitle = "Fixed"\nkind = "number"\npoints = 3\nprompt = "How many?"\n'
        'hints = ["a secret hint"]\n[ask]\n[solution]\nvalue = "98765"\n[[wrong]]\n'
        'claim = {value = "98764"}\nmessage = "One too few."\n',
        encoding="utf-8",
    )
    return Course.read(made.folder)


@pytest.fixture(scope="module")
def released(course, tmp_path_factory):
    return course.release(tmp_path_factory.mktemp("out"), "G01", STUDENTS)


def test_every_solution_passes_and_every_wrong_answer_has_its_message(course):
    for student in STUDENTS:
        exercises = course.exercises(student, "G01")
        assert len(exercises) == len(TEMPLATES) + 1
        for e in exercises:
            found = judge(e, right_claim(e))
            assert found.passed and found.points == found.max_points
            for wrong in e.wrong:
                failed = judge(e, wrong.claim)
                assert failed.passed is False and wrong.message in failed.rationale


def test_each_student_has_their_own_networks_and_always_the_same(course):
    again = Course.read(course.folder)
    hashes = {}
    for student in STUDENTS:
        mine = course.exercises(student, "G01")
        assert [e.network and e.network.hash for e in mine] == [
            e.network and e.network.hash for e in again.exercises(student, "G01")
        ]
        hashes[student] = [e.network.hash for e in mine if e.network]
    assert len({h for found in hashes.values() for h in found}) == 4 * len(STUDENTS)
    # Graded against their own: what is right for one is not for another.
    e, other = (course.exercises(s, "G01")[0] for s in ("s1", "s2"))
    assert not judge(other, {"expression": e.solution["expression"]}).passed
    with pytest.raises(ToynetsError, match="the claim is about network@sha256"):
        pinned = f"network@sha256:{e.network.hash}"
        judge(other, {"expression": e.solution["expression"], "network": pinned})


def test_networks_never_change_between_releases_unless_the_version_says_so():
    """The networks of a running course: if this fails, count VERSION up and change the hash."""
    made = [generated(t, "G01.1", b"k" * 32, "s1") for t in TEMPLATES]
    nets = json.dumps([(one.get("net"), one.get("nets"), one["ask"]) for one in made])
    assert VERSION == 1
    assert hashlib.sha256(nets.encode()).hexdigest() == (
        "b8dfb0f076403e13b25a58af3be965a37048b3d599e7cbbb11fc79ffa77966ad"
    )


def test_a_course_of_other_templates_is_refused(tmp_path):
    made = new_course(tmp_path / "c")
    data = json.loads((made.folder / "course.json").read_text())
    (made.folder / "course.json").write_text(json.dumps({**data, "templates": 0}))
    with pytest.raises(ToynetsError, match="made with version 0 of the templates"):
        Course.read(made.folder)


def test_another_key_gives_other_networks(course, tmp_path):
    other = new_course(tmp_path / "other")
    assert other.key != course.key and len(other.key) == 32
    assert generated("explain", "G01.1", course.key, "s1") != generated(
        "explain", "G01.1", other.key, "s1"
    )


def test_no_network_is_in_the_zoo_and_a_copy_of_its_weights_has_40(course):
    known = {}
    for name in zoo_names():
        network = load(name).network
        if len(network.inputs) <= 3 and len(network.layers) == 2 and not network.ties:
            known[canonical_form(network)] = name
    for number in range(5):
        for e in course.exercises(f"s{number}", "G01"):
            nets = [e.network, *e.networks.values()]
            assert not any(canonical_form(n) in known for n in nets if n is not None)
            assert all(set(n.hidden) <= {"h1", "h2", "h3"} for n in nets if n is not None)
            if e.kind == "explain":
                unit = e.ask["unit"]
                terms = [
                    f"{Fraction(v)}*{a.partition('->')[0]}"
                    for a, v in e.network.numbers.items()
                    if a.endswith(f"->{unit}") and v
                ]
                copy = f"relu({' + '.join(terms)} + {Fraction(e.network[f'{unit}.bias'])})"
                assert judge(e, {"expression": copy.replace("+ -", "- ")}).points == 8


def leaves(value):
    """Yield every text and number in plain data."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from leaves(inner)
    else:
        yield str(value)


def test_nothing_graded_is_in_what_students_receive(course, released):
    """Key, solutions, wrong answers, hints: not as a text, not as a key of the data."""
    checked = 0
    for student, path in zip(STUDENTS, released, strict=True):
        text = path.read_text(encoding="utf-8")
        data = json.loads(text)
        assert data["format"] == RELEASED
        assert course.key.hex() not in text and student not in text.replace(str(path), "")
        given = {key for one in data["exercises"] for key in one}
        assert not given & {"solution", "wrong", "decoy", "hints", "establishes", "leaves_open"}
        assert "98765" not in text and "secret hint" not in text
        for e, shown in zip(course.exercises(student, "G01"), data["exercises"], strict=True):
            said = list(leaves(shown))
            if e.kind == "explain":
                assert not any(e.solution["expression"] in one for one in said)
            if e.kind in ("counterexample", "separate"):
                continue  # any point that does it is right: there is no one value to hide
            checked += 1
            for value in e.solution.values():
                whole = json.dumps(value).replace(" ", "")
                assert len(whole) < 8 or whole not in text.replace(" ", "").replace("\n", "")
    assert checked == len(STUDENTS) * 5


def test_nothing_graded_is_in_the_package(course):
    hidden = [course.key.hex()]
    for student in STUDENTS:
        for e in course.exercises(student, "G01"):
            hidden += [e.network.hash] if e.network else []
    # The numbers themselves: a network's rows as they are written in the released file.
    for path in PACKAGE.rglob("*"):
        if path.is_file() and path.suffix in (".py", ".toml", ".json", ".md", ".csv"):
            text = path.read_text(encoding="utf-8")
            assert not any(one in text for one in hidden), path


def test_a_released_exercise_tells_nothing_about_a_claim(course, released, tmp_path):
    """The honest try to cheat: the notebook says the same of right and wrong claims."""
    hw = open("G01", folder=tmp_path, exercises=released[0])
    mine = {e.id: e for e in course.exercises("s1", "G01")}
    for id, e in mine.items():
        right = hw.check(id, **right_claim(e))
        assert right.passed is None and "waits for the grader" in str(right)
        for wrong in e.wrong:
            said = hw.check(id, **wrong.claim)
            assert str(said) == str(right)
        hw.check(id, **right_claim(e))
    assert right.heading == f"{id} is kept: {right.max_points} points can be had."
    assert {row[5] for row in hw.status().table.rows} == {"waits"}
    assert f"Waiting for the grader: {len(mine)} claims." in str(hw.status())
    assert hw.submit().startswith(str(tmp_path))
    from toynets.coursework.grading import grade_bytes

    graded = grade_bytes(hw.claims_file.read_bytes(), list(mine.values()))
    assert graded.points == graded.max_points
    assert all(e.sealed and not e.solution for e in read_released(released[0]))


def test_what_the_public_package_earns_without_understanding(course, released):
    """An honest try to cheat: the released file, the public package, and no thought.

    Explain: the weights, copied. Predict: run the network. Group: `toynets partition`. Construct: a
    network of small random weights, the best of many. Counterexample and separate: try all.
    """
    from itertools import product

    from toynets import exact
    from toynets.domain import Domain
    from toynets.verification import Decision
    from toynets.verification.classes import partition_of

    cube = Domain.boolean(3)
    claims = {}
    for e in read_released(released[0]):
        if e.kind == "explain":
            unit = e.ask["unit"]
            terms = [f"{Fraction(e.net[f'x{k}->{unit}'])}*x{k}" for k in (1, 2, 3)]
            bias = Fraction(e.net[f"{unit}.bias"])
            claims[e.id] = {"expression": f"relu({' + '.join(terms)} + {bias})".replace("+ -", "-")}
        elif e.kind == "predict":
            runs = (exact.run(e.net, x, e.ask["intervention"]) for x in cube.rows)
            claims[e.id] = {"outputs": [str(r[0]) for r in runs]}
        elif e.kind == "group":
            given = (e.net, cube, e.ask["unit"])
            found = partition_of(*given, level="value", decision=Decision({}, ("y",)))
            claims[e.id] = {"groups": [list(c.inputs) for c in found.classes]}
        elif e.kind == "construct":
            claims[e.id] = {"weights": {"x1->h1": 1, "x2->h1": 1, "h1->y": 2}}
        elif e.kind == "counterexample":
            claims[e.id] = {"x": ["1/2", "1/2"]}
        elif e.kind == "separate":
            a, b = e.networks["A"], e.networks["B"]
            claims[e.id] = next(
                {"intervention": text, "x": [str(v) for v in x]}
                for text, x in product(("h1 = 0", "h2 = 0"), Domain.boolean(2).rows)
                if exact.run(a, x, text)[0] != exact.run(b, x, text)[0]
            )
        else:
            claims[e.id] = {"value": "0"}
    mine = course.exercises("s1", "G01")
    earned = {e.kind: judge(e, claims[e.id]).points for e in mine}
    assert earned == {
        "explain": 8,  # a copy has 40 of 100
        "predict": 2,  # for committing
        "group": 4,  # computed: said in the guide
        "construct": 0,
        "counterexample": 3,  # trying is the exercise
        "separate": 4,  # the same
        "number": 0,
    }


def test_the_key_is_for_its_owner_alone(course):
    mode = (course.folder / "course.json").stat().st_mode
    assert stat.S_IMODE(mode) & 0o077 == 0


def test_points_may_be_set_and_templates_repeated(course, tmp_path):
    made = new_course(tmp_path / "c", lesson="G02", templates=["predict", "predict"])
    data = json.loads((made.folder / "course.json").read_text())
    data["lessons"]["G02"][1] = {"template": "predict", "points": "7/2"}
    (made.folder / "course.json").write_text(json.dumps(data))
    first, second = Course.read(made.folder).exercises("s1", "G02")
    assert (first.points, second.points) == (2, rational("7/2"))
    assert first.network.hash != second.network.hash


def test_wrong_use(course, tmp_path):
    with pytest.raises(ToynetsError, match="holds a course already"):
        new_course(course.folder)
    with pytest.raises(ToynetsError, match="no template essay"):
        new_course(tmp_path / "a", templates=["essay"])
    with pytest.raises(ToynetsError, match="not the name of a lesson"):
        new_course(tmp_path / "a", lesson="../x")
    with pytest.raises(ToynetsError, match=r"has no course\.json"):
        Course.read(tmp_path)
    with pytest.raises(ToynetsError, match="no lesson G07"):
        course.exercises("s1", "G07")
    with pytest.raises(ToynetsError, match="inside the private folder"):
        course.release(course.folder / "out", "G01", ["s1"])
