"""Single modules of the page, held against the package: moves, pieces, questions, files."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from page_browser import under_node

from toynets.api.exploring import points
from toynets.exact import Machine
from toynets.explorer import Shown, rivals
from toynets.explorer.data import page_data, to_json
from toynets.network import Network
from toynets.rationals import rational, text
from toynets.zoo import load

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "toynets" / "explorer" / "page"
NAMES = (
    "xor-sum",
    "parity-6",
    "majority-5",
    "rare-unit",
    "abs",
    "sawtooth-3",
    "max-2",
    "triangle",
    "xor-tanh",
    "disc",
    "dead-weight",
    "deep-linear",
    "add-mod-4-clock",
    "twin-units",
)

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    file = tmp_path_factory.mktemp("modules") / "pages.json"
    pages = []
    for entry in map(load, NAMES):
        shown = Shown(
            entry.network,
            entry.task.domain,
            points(entry.task.domain),
            entry.explanation,
            None,
            entry,
        )
        pages.append(json.loads(to_json(page_data(shown))))
    file.write_text(json.dumps(pages), encoding="utf-8")
    return under_node("modules.mjs", PAGE, file)


@pytest.fixture(scope="module")
def by_name(said: dict[str, Any]) -> dict[str, Any]:
    return {one["name"]: one for one in said["found"]}


def test_moves_change_weights_and_no_outcome(by_name: dict[str, Any]) -> None:
    kinds: set[str] = set()
    for name, one in by_name.items():
        entry = load(name)
        rows = points(entry.task.domain)[:16]
        before = Machine(entry.network)
        for kind, data in one["moves"].items():
            kinds.add(kind)
            moved = Network.from_dict(data)
            assert moved.numbers != entry.network.numbers or kind == "swapped", (name, kind)
            after = Machine(moved)
            for row in rows:
                pairs = zip(before.outcome(row), after.outcome(row), strict=True)
                assert all(abs(a - b) < rational("1/100000000") for a, b in pairs), (name, kind)
    assert kinds == {"rescaled", "flipped", "swapped"}
    # The kink flip of relu is no move, a sigmoid or tanh is not rescaled.
    assert "flipped" not in by_name["xor-sum"]["moves"]
    assert set(by_name["xor-tanh"]["moves"]) == {"flipped", "swapped"}


def test_joints_of_one_input_and_regions_of_two(by_name: dict[str, Any]) -> None:
    assert by_name["abs"]["pieces"] == ["0"]
    # The tent composed three times: 8 pieces, 7 joints at the eighths.
    eighths = [text(rational(f"{k}/8")) for k in range(1, 8)]
    assert by_name["sawtooth-3"]["pieces"] == eighths
    # Two parallel joints cut the square in three; a tie line cuts it in two.
    assert by_name["xor-sum"]["pieces"] == 3
    assert by_name["max-2"]["pieces"] == 2
    assert by_name["disc"]["pieces"] is None  # curved: drawn from points, and said so


@pytest.mark.parametrize("name", ["parity-6", "majority-5", "rare-unit"])
def test_six_questions_on_which_every_wrong_story_fails(by_name: dict[str, Any], name: str) -> None:
    found = by_name[name]["questions"]
    entry = load(name)
    machine = Machine(entry.network, entry.task.domain)
    truth = [
        [text(v) for v in machine.outcome(x, f"{found['unit']} = 0")]
        for x in entry.task.domain.rows
    ]
    assert found["truth"] == truth
    assert len(found["asked"]) == 6 == len(set(found["asked"]))
    wrong = [s for s in found["stories"] if s != truth]
    assert len(wrong) >= 2
    for story in wrong:
        assert any(story[k] != truth[k] for k in found["asked"])


def test_what_a_challenge_is_about_is_there(by_name: dict[str, Any]) -> None:
    for name, one in by_name.items():
        entry = load(name)
        if entry.task.domain.kind == "box":
            continue
        machine = Machine(entry.network, entry.task.domain)
        dead = [
            u
            for u in entry.network.wiring.hidden
            if all(machine.values(x)[u] == 0 for x in entry.task.domain.rows)
        ]
        assert one["dead"] == dead
    assert by_name["dead-weight"]["dead"]
    rare = by_name["parity-6"]["rare"]  # the last unit of six counts is on at 111111 alone
    machine = Machine(load("parity-6").network)
    rows = load("parity-6").task.domain.rows
    moved = [
        k
        for k, x in enumerate(rows)
        if machine.outcome(x) != machine.outcome(x, f"{rare['unit']} = 0")
    ]
    assert moved == [rare["row"]]
    assert by_name["xor-sum"]["importance"] == {"x1->h1": "1", "x2->h1": "1", "x1->h2": "2"}


def test_an_explanation_is_true_of_its_own_network(by_name: dict[str, Any]) -> None:
    for name, one in by_name.items():
        if load(name).hand_built:
            assert one["true_of_itself"] is not False, name
    assert by_name["xor-sum"]["true_of_itself"] is True


def test_a_state_goes_through_the_address_and_back(said: dict[str, Any]) -> None:
    assert said["there"].startswith(
        "#set=x1-%3Eh1+%3D+1%2F10&do=h1+%3D+0%2C+h2.bias+%2B%3D+1&row=11"
    )
    assert said["back"] == [[["x1->h1", "1/10"]], "h1 = 0, h2.bias += 1"]


def test_a_number_that_no_float_holds_is_refused(said: dict[str, Any]) -> None:
    assert said["third"].startswith("x1->h1 = 1/3 is no float: a network cannot hold it.")


def test_bad_files_are_refused_with_a_message(said: dict[str, Any]) -> None:
    told = list(said["files"].values())
    for message, start in zip(
        told,
        (
            "this is not JSON: ",
            "this is not JSON: ",
            "this page reads a network or a saved state, not no format.",
            "this is no network: inputs is no list of names.",
            'this is no network: layer 1 has the activation "rely"; known are identity, relu',
            "this is no network: a row of layer 1 has not 1 numbers.",
            "'0,5' is not a number here: only the point is a decimal sign.",
            "this state is of another network.",
            "there is no weight x9->h1 here.",
            "no unit h9 in xor-sum. Units: h1, h2. Nearest: h2.",
            'this page reads a network or a saved state, not "toynets-claims/1". toynets grade',
        ),
        strict=True,
    ):
        assert message.startswith(start)


def test_rivals_have_the_same_names() -> None:
    found = rivals(load("xor-sum"), [load("and"), load("max-2"), load("xor-ramp"), load("xor-sum")])
    assert [e.name for e in found] == ["xor-ramp", "max-2"]
