"""How entries are found, loaded and written."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from toynets import zoo
from toynets.errors import ToynetsError
from toynets.explanation import Explanation
from toynets.rationals import rational
from toynets.zoo.entry import Fact, change, state

SAID = state(
    "pair",
    parameters={"a": "1"},
    weights={"x1->h1": ("a", "excites", ""), "h1->y": ("1", "excites", "")},
    units={
        "h1": ("relu", "relu(x1)", "x1", "", ""),
        "y": ("identity", "h1", "x1", "", ""),
    },
    outcomes=[("", "x1", ""), ("h1 = 1/2", "1/2", "")],
)


def imported(code: str) -> set[str]:
    """The modules that a program has imported."""
    code += "\nimport sys, json; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_loading_one_network_imports_neither_the_others_nor_arrays():
    modules = imported("from toynets import zoo; zoo.load('xor-sum').explanation")
    found = {m for m in modules if m.startswith("toynets.zoo.")}
    assert found == {"toynets.zoo.entry", "toynets.zoo.xor_sum"}
    assert not {"jax", "numpy", "toynets.tasks.abs"} & modules


def test_listing_the_names_imports_no_network():
    modules = imported("from toynets import zoo; assert 'xor-sum' in zoo.names()")
    assert {m for m in modules if m.startswith("toynets.zoo.")} == {"toynets.zoo.entry"}
    assert "toynets.network" not in modules


def test_names_come_in_teaching_order_and_a_dropped_file_is_found(tmp_path, monkeypatch):
    for file, text in {
        "late_one.py": "ORDER = 9",
        "later.py": "ORDER = 10  # where `toynets list` shows it",
        "last.py": "ORDER = 11# close to it",
        "early_.py": "ORDER = 1",
        "unordered.py": "",
        "_shared.py": "ORDER = 0",
        "entry.py": "",
        "notes.txt": "",
    }.items():
        (tmp_path / file).write_text(text)
    monkeypatch.setattr(zoo, "_HERE", str(tmp_path))
    assert zoo.names() == ["early", "late-one", "later", "last", "unordered"]


def test_each_place_in_the_teaching_order_is_given_once_and_can_be_read():
    for name in zoo.names():
        zoo.load(name)
    places = {file: sys.modules[f"toynets.zoo.{file}"].ORDER for file in zoo._files().values()}
    unread = [file for file, place in places.items() if zoo._place(file) != place]
    assert unread == [], "ORDER cannot be read there: write it on a line of its own, `ORDER = 900`"
    taken = list(places.values())
    twice = [file for file, place in places.items() if taken.count(place) > 1]
    assert twice == [], "these have the same ORDER: choose a number that is free"


@pytest.mark.parametrize("name", ["xor-sun", "xor_sum", "../entry", "entry", ""])
def test_an_unknown_network_is_answered_with_how_many_there_are(name):
    with pytest.raises(ToynetsError, match=r"no network .* in the zoo\. There are \d+ networks"):
        zoo.load(name)


def test_an_unknown_network_is_answered_with_the_nearest_and_the_command_that_lists_all():
    with pytest.raises(ToynetsError, match=r"Nearest: xor-sum, .*\.\n  fix: toynets list"):
        zoo.load("xor-sun")


SLIPS = [
    ("Fact('a', at='0')", "Fact has no field at. Fields: text, intervention, outputs, right"),
    ("Fact('a', text='b')", "Fact() got text twice (TypeError)."),
    ("Fact('a',", "'(' was never closed (SyntaxError)."),
    ("FACT", "name 'FACT' is not defined (NameError)."),
    ("change({'about': 'slip'}, {'a/b/c': '1'})", "the path 'a/b/c' leads nowhere in"),
    ("parse_expression('2 x1')", "there is no sign between 2 and x1."),
    ("import toynets.nothing", "No module named 'toynets.nothing' (ModuleNotFoundError)."),
    ("assert False", "no reason given (AssertionError)."),
]
HEAD = """from toynets.expressions.parser import parse_expression
from toynets.zoo.entry import Fact, change

"""


def dropped(folder, monkeypatch, text):
    """Let the zoo be a folder with one file, slip.py."""
    (folder / "slip.py").write_text(HEAD + text)
    monkeypatch.setattr(zoo, "_HERE", str(folder))
    monkeypatch.setattr(zoo, "__path__", [str(folder)])


@pytest.mark.parametrize(("line", "said"), SLIPS, ids=[line for line, _ in SLIPS])
def test_a_slip_in_a_file_is_answered_with_its_line(tmp_path, monkeypatch, line, said):
    dropped(tmp_path, monkeypatch, line)
    with pytest.raises(ToynetsError) as caught:
        zoo.load("slip")
    assert caught.value.message.startswith(f"toynets/zoo/slip.py, line 4: {said}")


def test_a_file_without_an_entry_is_answered_with_what_it_misses(tmp_path, monkeypatch):
    dropped(tmp_path, monkeypatch, "ORDER = 1\n")
    with pytest.raises(
        ToynetsError, match=r"slip\.py defines no ENTRY\.\n  fix: end it with ENTRY"
    ):
        zoo.load("slip")
    del sys.modules["toynets.zoo.slip"], zoo.slip


def test_change_says_one_thing_otherwise_and_leaves_the_rest():
    other = change(SAID, {"weights/x1->h1/value": "2", "outcomes/h1 = 1/2/y": "1"})
    assert other["weights"]["x1->h1"]["value"] == "2"
    assert [o["outputs"]["y"] for o in other["outcomes"]] == ["x1", "1"]
    assert SAID["weights"]["x1->h1"]["value"] == "a"
    assert [o["outputs"]["y"] for o in SAID["outcomes"]] == ["x1", "1/2"]


def test_change_adds_an_outcome_that_is_not_there_yet():
    other = change(SAID, {"outcomes/h1 = 0/y": "0"})
    assert other["outcomes"][-1] == {"intervention": "h1 = 0", "outputs": {"y": "0"}}


@pytest.mark.parametrize(
    "path",
    ["weights/x9->h1/value", "weights/x1->h1/valeu", "parameters/b", "colour/blue", "weights"],
)
def test_a_change_that_changes_nothing_is_refused(path):
    with pytest.raises(ToynetsError, match="leads nowhere in the explanation of pair"):
        change(SAID, {path: "1"})


TWO = {
    "weights": {"x1->big": ("1", "", ""), "x2->big": ("-1", "", ""), "x2->small": ("1", "", "")},
    "units": {
        "big": ("identity", "x1 - x2", "", "", ""),
        "small": ("identity", "x2", "", "", ""),
    },
}


def test_several_outputs_are_stated_in_order():
    said = state("two", **TWO, outcomes=[("", ["x1 - x2", "x2"], ""), ("x2 = 0", ("x1", "0"), "")])
    assert [o["outputs"] for o in said["outcomes"]] == [
        {"big": "x1 - x2", "small": "x2"},
        {"big": "x1", "small": "0"},
    ]
    assert Explanation.from_dict(said).outputs == ("big", "small")
    named = [("", {"small": "x2", "big": "x1 - x2"}, "")]  # by name, in any order
    assert state("two", **TWO, outcomes=named)["outcomes"][0]["outputs"] == {
        "big": "x1 - x2",
        "small": "x2",
    }
    other = state("two", **TWO, outcomes=[("", {"bigger": "x1"}, "")])
    with pytest.raises(ToynetsError, match=r"no output bigger in .*Nearest: big"):
        Explanation.from_dict(other)


@pytest.mark.parametrize("said", ["x1", ["x1"], ["x1", "x2", "0"]])
def test_an_outcome_with_too_few_or_too_many_outputs_is_refused(said):
    with pytest.raises(ToynetsError, match=r'outcome of "" has . texts for 2 outputs: big, small'):
        state("two", **TWO, outcomes=[("", said, "")])


def test_the_order_of_inputs_can_be_given_where_the_weights_have_another():
    said = state("two", **TWO, outcomes=[], inputs=("x2", "x1"))
    assert Explanation.from_dict(said).inputs == ("x2", "x1")


def test_tied_weights_are_stated_once():
    said = state(
        "tied",
        ties={"w": ("x1->h1", "x2->h1")},
        weights={"w": ("2", "excites", ""), "h1->y": ("1", "excites", "")},
        units={
            "h1": ("relu", "relu(2*x1 + 2*x2)", "", "", ""),
            "y": ("identity", "h1", "", "", ""),
        },
        outcomes=[("w = 0", "0", "")],
    )
    explanation = Explanation.from_dict(said)
    assert explanation.inputs == ("x1", "x2")
    assert {k: int(v) for k, v in explanation.numbers.items()} == {
        "x1->h1": 2,
        "x2->h1": 2,
        "h1->y": 1,
    }


def test_a_fact_gives_one_word_for_each_input_and_commas_between_outputs():
    rows = [(0,), (1,)]
    assert Fact("in order", "", "0,1 1,1/2").cases(rows) == [
        ((0,), (0, 1)),
        ((1,), (1, rational("1/2"))),
    ]
    assert Fact("chosen", "", {"3": "4, 5"}).cases() == [((3,), (4, 5))]


def test_a_fact_with_too_few_outputs_is_refused():
    with pytest.raises(ToynetsError, match='the fact "short" gives 1 outputs for 2 inputs'):
        Fact("short", "", "1").cases([(0,), (1,)])


def test_an_entry_shows_every_weight_with_value_stated_value_and_reason():
    shown = str(zoo.load("xor-sum"))
    assert "h2->y" in shown and "takes back both when both are on" in shown
    assert "<table" in zoo.load("xor-sum")._repr_html_()
    assert "| h2->y" in zoo.load("xor-sum")._repr_markdown_()
    assert repr(zoo.load("xor-relu-1")).endswith("2-2-1 relu, trained>")
