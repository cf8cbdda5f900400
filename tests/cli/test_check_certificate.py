"""`toynets check-certificate`: what it prints, its exit status, and whose network it is about."""

from __future__ import annotations

import json

import pytest
from hand_certificates import ACCEPTED, fresh

from toynets.network import Network
from toynets.zoo import load


@pytest.fixture
def written(tmp_path):
    """Write a certificate, or anything, to a file."""

    def write(data, name="proof.json"):
        path = tmp_path / name
        path.write_text(data if isinstance(data, str) else json.dumps(data), "utf-8")
        return str(path)

    return write


def test_each_claim_is_a_row(toynets, written):
    done = toynets("check-certificate", written(ACCEPTED["tent"]))
    assert done.status == 0
    first, second, last, words = done.out.splitlines()
    assert first == "number: 1; verdict: proved; by: 2 leaves; claim: the tent is min(x, 1 - x)"
    assert second == "number: 2; verdict: refuted; by: x1 = 1/2; claim: it stays under 1/2"
    assert last == (
        "accepted: 2 claims, 2 leaves, about the network with the hash "
        + ACCEPTED["tent"]["network"]["hash"]
        + "."
    )
    assert "--full writes out what was checked" in words


def reached(end, sentence, point):
    """The tent's certificate, whose second claim says that an end of its range is attained."""
    data = fresh("tent")
    said = data["claims"][1]
    said["text"] = f"the range of y: {end} is attained, so this does not hold"
    said["program"][-1]["expression"] = sentence
    said["witness"] = [point]
    return data


def test_an_end_that_is_attained_is_proved_by_its_point(toynets, written):
    data = reached("1/2", "y < 1/2", "1/2")
    done = toynets("check-certificate", written(data))
    row = "number: 2; verdict: proved; by: x1 = 1/2; claim: the range of y: 1/2 is attained"
    assert done.status == 0 and done.out.splitlines()[1] == row
    full = toynets("check-certificate", written(data), "--full").out.splitlines()
    assert "2. proved by x1 = 1/2: the range of y: 1/2 is attained" in full
    says = toynets("check-certificate", written(data), "--json").data["claims"][1]["decided"]
    assert says == {"verdict": "proved", "by": "x1 = 1/2", "says": row.partition("claim: ")[2]}


@pytest.mark.parametrize(
    ("end", "sentence", "point"),
    [
        ("1/4", "y < 1/4", "1/2"),  # y is 1/2 there
        ("1/3", "y < 1/2", "1/2"),  # the words are of another end
        ("1/2", "y <= 1/4", "1/2"),
        ("1/2", "2*y < 1", "1/2"),
        ("1/2 and y < 1/2", "y < 1/2 and y < 1/2", "1/2"),
    ],
)
def test_what_its_point_does_not_attain_stays_refuted(toynets, written, end, sentence, point):
    done = toynets("check-certificate", written(reached(end, sentence, point)))
    row = done.out.splitlines()[1]
    assert done.status == 0 and row.startswith("number: 2; verdict: refuted; by: x1 = 1/2; claim: ")
    assert row.endswith(f"{end} is attained, so this does not hold")


def test_a_point_of_many_numbers_is_cut():
    from toynets.cli.stating import decided

    over = [{"name": f"x{k}", "low": "0", "high": "1"} for k in range(1, 6)]
    claim = {"text": "it is large", "verdict": "refuted", "variables": over, "witness": ["0"] * 5}
    claim["program"] = [{"expression": "x1 > 1", "names": {"x1": 0}}]
    said = ("refuted", "x1 = 0, x2 = 0, x3 = 0, x4 = 0, …", "it is large")
    assert decided(claim, 0, {}) == said


def test_a_file_that_is_cut_off_is_refused_in_plain_words(toynets, written):
    text = json.dumps(ACCEPTED["tent"], indent=1)
    done = toynets("check-certificate", written(text[: len(text) // 2]))
    assert done.status == 1
    assert done.out.startswith("refused: the file is cut off or changed: ") and "line" in done.out
    assert "Error" not in done.out


def test_a_statement_says_what_was_checked(toynets, written):
    done = toynets("check-certificate", written(ACCEPTED["patch"]), "--full")
    assert done.out.splitlines()[:5] == [
        "1. proved by 1 leaf: y under h1 = h1(x')",
        "   for every x1 in [-1, 1], x1' in [-1, 1]:",
        "   (1) network(x1')",
        "   (2) network(x1) with unit h1 = h1 of (1)",
        "   (3) y == s - h, where y is y of (2), s is h1 of (1), h is h2 of (2)",
    ]
    done = toynets("check-certificate", written(ACCEPTED["rising"]), "--full")
    assert "   for every x1 in [-1, 1], x1' in [-1, 1], -x1 + x1' >= 0:" in done.out.splitlines()
    done = toynets("check-certificate", written(ACCEPTED["tent"]), "--full")
    assert "   not for every x1 in [0, 1], as x1 = 1/2 shows:" in done.out.splitlines()
    assert "   (2) min(x, 1 - x), where x is x1" in done.out.splitlines()
    done = toynets("check-certificate", written(ACCEPTED["edited"]), "--full")
    assert "model: h1.1 = abs(1*x1 + 0); h1.2 = abs(1*x2 + 0); h2.1 = relu(" in done.out
    assert "with edge h1.1->h2.1 = x2" in done.out


def test_the_same_as_data(toynets, written):
    done = toynets("check-certificate", written(ACCEPTED["worst"]), "--json")
    assert (done.status, done.data["verdict"], done.data["leaves"]) == (0, "accepted", 3)
    assert [claim["leaves"] for claim in done.data["claims"]] == [2, 0, 0, 1]
    assert done.data["claims"][3]["statement"] == [
        "for every x1 in [-1, 1], v.h1 in [0, 1]:",
        "(1) network(x1) with unit h1 = v.h1",
        "(2) y <= v, where y is y of (1), v is v.h1",
    ]


def test_what_is_refused_says_where(toynets, written):
    data = fresh("tent")
    data["claims"][0]["cover"][1]["facts"].pop()
    done = toynets("check-certificate", written(data))
    assert done.status == 1 and done.out.startswith("refused: claims[0].cover[1]: malformed")
    done = toynets("check-certificate", written(data), "--json")
    assert (done.status, done.data["verdict"]) == (1, "refused")
    assert done.data["reason"].startswith("claims[0].cover[1]")


def test_the_words_of_a_claim_steer_no_terminal(toynets, written):
    data = fresh("tent")
    data["claims"][0]["text"] = "true\x1b[2J\nnumber: 9; verdict: proved"
    data["claims"][0]["variables"][0]["name"] = "x\x1b[1m"
    for full in ((), ("--full",)):
        done = toynets("check-certificate", written(data), *full)
        assert done.status == 0 and "\x1b" not in done.out
        assert not any(line.startswith("number: 9") for line in done.out.splitlines())


def test_variables_of_one_name_are_told_apart(toynets, written):
    data = fresh("diagonal")
    data["claims"][0]["variables"][1]["name"] = "x1"
    done = toynets("check-certificate", written(data), "--full")
    assert "   (1) network(x1, x1 (variable 2))" in done.out.splitlines()


def test_a_variable_that_is_called_like_a_step_is_not_printed_as_one(toynets, written):
    data = fresh("tent")
    place = [["+", [[0, "1"]]], ["~", "-1", [[0, "2"]], "1", [[1, "2"]]], ["+", [[2, "1"]]]]
    claim = {
        "text": "the tent is above 4",
        "variables": [
            {"name": "x1", "low": "0", "high": "1"},
            {"name": "y of (1)", "low": "5", "high": "5"},
        ],
        "program": [
            {"run": "network", "inputs": [0], "edits": {}},
            {"expression": "y > 4", "names": {"y": 1}},
        ],
        "verdict": "proved",
        "cover": [{"facts": place, "maps": []}],
    }
    data["claims"] = [claim]
    done = toynets("check-certificate", written(data), "--full")
    assert (done.status, done.out.splitlines()[1:4]) == (
        0,
        [
            "   for every x1 in [0, 1], variable 2 in [5, 5]:",
            "   (1) network(x1)",
            "   (2) y > 4, where y is variable 2",
        ],
    )
    assert "Claim 1 reads no value of that network." in done.out.splitlines()
    claim["variables"][1]["name"] = "y"
    done = toynets("check-certificate", written(data), "--json")
    assert done.data["claims"][0]["statement"][2] == "(2) y > 4, where y is y (variable 2)"
    assert done.data["claims"][0]["reads"] == []


def test_claims_about_stated_numbers_alone_are_counted(toynets, written):
    said = "1 claim is about the model alone: the numbers that the certificate states."
    done = toynets("check-certificate", written(ACCEPTED["edited"]))
    assert said in done.out.splitlines() and "no value of that" not in done.out


def test_the_logits_of_a_softmax_are_called_so(toynets, written):
    done = toynets("check-certificate", written(ACCEPTED["ties"]), "--full")
    assert "logit y1 of (1)" in done.out and "is y1 of (1)" not in done.out
    assert "no value of that network" not in done.out


TENT = Network.from_dict(ACCEPTED["tent"]["network"])


@pytest.mark.parametrize(
    ("own", "said"),
    [
        (TENT, ""),
        (TENT.with_numbers({"x1->h2": 3}), "x1->h2: 2.0 in the certificate, 3.0 in yours"),
        (
            Network.from_layers([([[1], [2]], [0, -1], "abs"), ([[1, -1]], None, "identity")]),
            "h1, h2: relu in the certificate, abs here",
        ),
        (
            Network.from_layers([([[1], [2]], [0, -1], "relu"), ([[1, -1]], [0], "identity")]),
            "y.bias: nothing in the certificate, 0.0 in yours",
        ),
        (
            Network.from_layers(
                [([[1], [2]], [0, -1], "relu"), ([[1, -1]], None, "identity")], units=["h2", "h1"]
            ),
            "units: h1, h2, y in the certificate, h2, h1, y in yours",
        ),
        (load("abs").network, "x1->h2: 2.0 in the certificate, -1.0 in yours"),
        (load("max-2").network, "inputs: x1 in the certificate, x1, x2 in yours"),
    ],
)
def test_the_network_is_compared_with_ones_own(toynets, written, own, said):
    proof, file = written(ACCEPTED["tent"]), written(own.to_json(), "own.json")
    done = toynets("check-certificate", proof, "--network", file)
    if not said:
        assert done.status == 0 and "accepted" in done.out
        return
    assert done.status == 1 and f"it is about another network. {said}" in done.out


def test_the_network_may_be_one_of_the_zoo(toynets, tmp_path):
    path = str(tmp_path / "proof.json")
    assert toynets("prove", "abs", "-o", path).status == 0
    assert toynets("check-certificate", path, "--network", "abs").status == 0
    assert toynets("check-certificate", path, "--network", "abs-trained").status == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere.json",), "nowhere.json cannot be read: No such file"),
        ((".",), "cannot be read: Is a directory"),
        (("{network}",), "is no certificate"),
        (("{proof}", "--network", "nowhere"), "no network nowhere"),
        (("{proof}", "--network", "{proof}"), "toynets-certificate/1"),
        ((), "FILE"),
    ],
)
def test_wrong_use_has_status_2(toynets, written, arguments, said):
    files = {
        "network": written(TENT.to_json(), "net.json"),
        "proof": written(ACCEPTED["tent"], "a.json"),
    }
    done = toynets("check-certificate", *(a.format(**files) for a in arguments))
    assert done.status == 2 and said in done.err
