"""`toynets prove`, `range` and `equal`: output, exit status, certificates, errors."""

import json

import pytest
from proof_cases import accepted

from toynets.network import Network
from toynets.zoo import load, names


# Every box of the zoo: tests/certificate_checker/test_of_the_prover.py.
@pytest.mark.parametrize("name", ["abs", "max-trained", "dead-on-the-square"])
def test_all_claims_of_a_box_are_proved_with_a_certificate(toynets, tmp_path, name):
    path = tmp_path / "proof.json"
    done = toynets("prove", name, "-o", str(path), "--json")
    assert done.status == 0 and done.data["verdict"] == "proved"
    assert {claim["certificate"] for claim in done.data["claims"]} == {True}
    certificate = json.loads(path.read_text("utf-8"))
    assert len(accepted(certificate)) >= len(done.data["claims"])
    texts = [claim["claim"] for claim in done.data["claims"]]
    hidden = load(name).network.hidden
    over = f"(the mean over 48 points of {load(name).task.domain.text}, seed 0)"
    for unit in hidden:
        for kind in ("= 0", f"= mean {over}", f"= {unit}(x')", "= worst"):
            assert any(text.endswith(f"under {unit} {kind}") for text in texts)
    again = toynets("prove", name, "-o", str(path))
    assert again.status == 2 and "is there already" in again.err


def test_concepts_and_roles_are_said_to_be_left_out(toynets, tmp_path):
    counted = toynets("verify", "abs", "--json").data["checks"]
    left = {kind: counted[kind]["cases"] for kind in ("concepts", "roles")}
    done = toynets("prove", "abs")
    line = f"{left['concepts']} concepts and {left['roles']} roles; `toynets verify` holds those"
    assert done.status == 0 and f"not among these claims: {line}" in done.out
    assert toynets("prove", "abs", "--json").data["left_out"] == left
    assert "not among" not in toynets("prove", "abs", "--rising", "x1").out

    said = json.loads(load("abs").explanation.to_json())
    for part in (*said["weights"].values(), *said["units"].values()):
        part.pop("role", None)
        part.pop("concept", None)
    path = tmp_path / "bare.json"
    path.write_text(json.dumps(said), "utf-8")
    bare = toynets("prove", "abs", "--explanation", str(path))
    assert bare.status == 0 and "not among" not in bare.out
    said["units"]["h1"]["concept"] = "0"  # false, and not looked at
    path.write_text(json.dumps(said), "utf-8")
    false = toynets("prove", "abs", "--explanation", str(path))
    line = "not among these claims: 1 concept; `toynets verify` holds that against the network."
    assert false.status == 0 and line in false.out
    assert toynets("verify", "abs", "--explanation", str(path)).status == 1


def test_range_prints_exactly_what_is_promised(toynets):
    done = toynets("range", "abs", "--box", "[-1/3,2]", "--json")
    assert done.status == 0
    assert done.data == {"outputs": [["0", "2"]], "attained": [[True, True]], "verdict": "proved"}
    done = toynets("range", "max-2", "--box", "[0,1]x[-2,2]", "--under", "h2 = 0", "--json")
    assert done.data["outputs"] == [["0", "3"]]


def test_range_writes_a_certificate_of_the_bounds_and_of_a_point_for_each_end(toynets, tmp_path):
    path = tmp_path / "range.json"
    done = toynets("range", "max-2", "--box", "[0,1]x[0,2]", "--certificate", str(path))
    assert done.status == 0 and "least: 0; greatest: 2" in done.out
    bounds, *ends = json.loads(path.read_text("utf-8"))["claims"]
    assert bounds["program"][-1]["expression"] == "y_network >= 0 and y_network <= 2"
    assert [(c["verdict"], c["program"][-1]["expression"]) for c in ends] == [
        ("refuted", "y_network > 0"),
        ("refuted", "y_network < 2"),
    ]
    checked = toynets("check-certificate", str(path))
    assert checked.status == 0 and "accepted: 3 claims" in checked.out


def test_range_of_a_step_is_approached(toynets, tmp_path):
    net = Network.from_layers(
        [([[1], [1], [-1]], [0, 0, 0], ("step")), ([[1, 0, 0]], [0], "identity")], name="jump"
    )
    # y = step(x1) alone takes both ends; scaled by a ramp it does not.
    path = tmp_path / "jump.json"
    path.write_text(net.to_json(), "utf-8")
    done = toynets("range", str(path), "--box", "[-1,1]")
    assert done.status == 0 and "least: 0; greatest: 1" in done.out


def test_an_unknown_range_has_outer_bounds_and_status_3(toynets):
    done = toynets("range", "xor-tanh", "--box", "[0,1]^2", "--json")
    assert done.status == 3 and done.data["verdict"] == "unknown"
    assert done.data["attained"] == [[False, False]]


def test_equal_says_where_not_and_replays_it(toynets):
    done = toynets("equal", "abs", "abs-trained")
    assert done.status == 1 and "refuted: abs equals abs-trained on [-1, 1]" in done.out
    assert "in float32" in done.out
    assert toynets("equal", "abs", "abs-trained", "--within", "1/50000").status == 0
    done = toynets("equal", "xor-sum", "xor-relu-1", "--box", "[0,1]^2", "--decision", "1/2")
    assert done.status in (0, 1)


def test_equal_writes_a_certificate_of_both(toynets, tmp_path):
    path = tmp_path / "equal.json"
    done = toynets("equal", "abs", "abs-trained", "--under", "h1 = h1(x')", "-o", str(path))
    assert done.status == 1
    certificate = json.loads(path.read_text("utf-8"))
    assert certificate["claims"][0]["verdict"] == "refuted"
    assert accepted(certificate) == [0]


def test_one_claim_needs_no_explanation(toynets):
    done = toynets("prove", "max-2", "--rising", "x1", "--rising", "x2", "--json")
    assert done.status == 0 and len(done.data["claims"]) == 2
    done = toynets("prove", "max-2", "--never-active", "h1")
    assert done.status == 1 and "refuted: h1 is never active" in done.out


def test_what_is_decided_is_a_bound_between_outputs_and_a_tie_is_shown(toynets):
    done = toynets("prove", "sort-2", "--bound", "larger >= smaller", "--under", "x1 = worst")
    assert done.status == 0 and "1 of 1 claims proved" in done.out
    tie = toynets("prove", "sort-2", "--bound", "larger > smaller", "--json")
    (claim,) = tie.data["claims"]
    assert tie.status == 1 and len(set(claim["witness"]["point"].values())) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("prove", "abs", "--under", "h1 = 0"), "under every intervention that it speaks of"),
        (("prove", "xor-sum"), "which is finite: over which box?"),
        (("range", "abs", "--box", "[-1,1]^2"), "has 2 inputs but abs has 1"),
        (("equal", "abs", "max-2"), "abs is 1-2-1 relu, max-2 is 2-2-1 relu"),
        (("prove", "abs", "--rising", "x9"), "no input x9 in abs"),
        (("prove", "abs", "--never-active", "h9"), "no unit h9 in abs"),
        (("equal", "abs", "abs", "--within", "-1"), "wanted is a number of at least 0"),
        (("range", "xor-tanh", "--box", "[0,1]^2", "-o", "x.json"), "no certificate to write"),
        (("prove", "abs", "--cells", "0"), "--cells: wanted is a whole number from 1"),
        (("prove", "--all", "--seconds", "-1"), "wanted is a number of seconds above 0"),
        (("range", "abs", "--seconds", "nan"), "wanted is a number of seconds above 0"),
        (("equal", "abs", "abs", "--cells", "-3"), "wanted is a whole number from 1"),
        (("equal", "abs", "abs", "--within", "1", "--decision", "sign"), "is one of values"),
        (("range", "abs", "--mean-over", "0;1"), "there is none to take"),
        (("prove", "--all", "--mean-over", "0;1"), "leave the rest out"),
        (("prove", "abs", "--bound", "0 <= y"), 'write "y >= 0"'),
    ],
)
def test_what_cannot_be_asked_is_said(toynets, arguments, said):
    done = toynets(*arguments)
    assert done.status == 2 and said in done.err


def test_weights_are_held_against_the_network_on_another_box(toynets):
    done = toynets("prove", "xor-sum", "--box", "[0,1]^2")
    assert done.status == 0 and "the stated outcomes are about another domain" in done.out


def test_bounds_by_floats_say_that_they_leave_no_certificate(toynets, tmp_path):
    path = tmp_path / "proof.json"
    asked = ("prove", "max-2", "--box", "[0,1]^2", "--bound", "y <= 3/2")
    done = toynets(*asked, "--floats", "--json")
    (claim,) = done.data["claims"]
    assert done.status == 0 and (claim["method"], claim["certificate"]) == ("floats", False)
    none = toynets(*asked, "--floats", "-o", str(path))
    assert none.status == 2 and "no claim was settled with one" in none.err and not path.exists()
    assert toynets(*asked, "-o", str(path)).status == 0
    assert accepted(json.loads(path.read_text("utf-8")))
    false = toynets("prove", "max-2", "--box", "[0,1]^2", "--bound", "y <= x1", "--floats")
    assert false.status == 1 and "refuted: y <= x1" in false.out


def test_a_claim_is_written_for_other_tools(toynets, tmp_path):
    folder = tmp_path / "claim"
    asked = ("export-claim", "max-2", "--intervention", "h1 = 0", "-o", str(folder))
    done = toynets(*asked, "--json")
    assert done.status == 0 and done.data["claim"] == "|network - explanation| <= 0 under h1 = 0"
    assert [path.name for path in sorted(folder.iterdir())] == ["claim.onnx", "claim.vnnlib"]
    assert "(declare-const X_1 Real)" in (folder / "claim.vnnlib").read_text("utf-8")
    again = toynets(*asked)
    assert again.status == 2 and "is there already" in again.err
    assert toynets(*asked, "--force").status == 0


def test_all_takes_no_name_and_without_it_a_name_is_asked_for(toynets):
    done = toynets("prove")
    assert done.status == 2 and "name a network, or write --all" in done.err
    for more in (("abs",), ("--box", "[0,1]"), ("--rising", "x1"), ("--floats",)):
        done = toynets("prove", "--all", *more)
        assert done.status == 2 and "on its own box" in done.err


@pytest.mark.long
def test_every_box_of_the_zoo_has_a_row_and_is_accepted(toynets):
    done = toynets("prove", "--all", "--json")
    rows = {row["network"]: row for row in done.data["networks"]}
    boxes = [name for name in names() if load(name).task.domain.kind == "box"]
    assert list(rows) == boxes
    open_ = {name for name, row in rows.items() if row["verdict"] != "proved"}
    assert open_ == {n for n in boxes if "square" in str(load(n).network.layers)}
    assert {row["checker"] for name, row in rows.items() if name not in open_} == {"accepted"}


def test_a_mean_over_inputs_that_are_named(toynets):
    """By hand: h1 of max-2 is relu(x1 - x2); over 10 and 00 its mean is 1/2, and y = h1 + x2."""
    mean = ("--under", "h1 = mean", "--mean-over", "1,0; 0,0")
    done = toynets("range", "max-2", *mean, "--json")
    assert done.data["outputs"] == [["1/2", "3/2"]]
    told = toynets("prove", "max-2", "--bound", "y >= 1/2", *mean)
    assert told.status == 0
    wrong = toynets("equal", "max-2", "max-2", *mean, "--within", "0")
    assert wrong.status == 0 and "(the mean over (1, 0), (0, 0))" in wrong.out


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        (("--bound", "y <= 2"), "y <= 2 under {}"),
        (("--rising", "x1"), "no output falls as x1 rises under {}"),
        (("--falling", "x1"), "no output rises as x1 rises under {}"),
        (("--never-active", "h2"), "h2 is never active under {}"),
    ],
)
def test_what_is_proved_is_repeated_with_its_mean_and_its_box(toynets, claim, said):
    """Both units of abs are replaced by constants: of the mean over 1 and 2 h2 is 0."""
    mean = ("--under", "h1, h2 = mean", "--mean-over", "1;2")
    done = toynets("prove", "abs", *claim, *mean)
    over = "h1, h2 = mean (the mean over (1), (2))"
    assert done.status == 0
    assert f"proved: {said.format(over)}, at every point of [-1, 1]" in done.out.splitlines()


def test_what_is_refuted_is_not_said_to_be_proved(toynets):
    done = toynets("prove", "abs", "--bound", "y <= 1", "--bound", "y < 1", "--under", "h1 = mean")
    told = [line for line in done.out.splitlines() if line.startswith(("proved", "refuted"))]
    over = "under h1 = mean (the mean over 48 points of [-1, 1], seed 0)"
    assert [line.partition(",")[0] for line in told[:2]] == [
        f"refuted: y {sign} 1 {over}".partition(",")[0] for sign in ("<=", "<")
    ]


def test_one_proof_by_floats_is_counted_in_the_singular(toynets):
    done = toynets("prove", "abs", "--bound", "y < 2", "--floats")
    line = "1 of the proofs is by rigorous floating point, with no certificate."
    assert line in done.out.splitlines()


def test_how_to_go_on_is_said_in_the_words_of_the_command(toynets, tmp_path):
    path = tmp_path / "net.json"
    path.write_text(load("abs").network.to_json(), "utf-8")
    unboxed = toynets("prove", str(path))
    assert unboxed.status == 2 and 'give one: --box "[0,1]".' in unboxed.err
    silent = toynets("prove", str(path), "--box", "[0,1]")
    assert silent.status == 2 and "add one, --explanation FILE, or ask one thing" in silent.err
    assert '--bound "y <= 1", --rising x1' in silent.err
    wide = toynets("range", "abs", "--box", "[-1,1]^2")
    assert 'fix: write "[0,1]".' in wide.err
    narrow = toynets("range", "max-2", "--box", "[0,1]")
    assert "the box [0, 1] has 1 input but max-2 has 2" in narrow.err
    assert 'fix: write "[0,1]^2", or an interval per input' in narrow.err


@pytest.mark.parametrize(
    ("name", "over", "said", "fix"),
    [
        ("abs", "0,1", "2 numbers each, but abs has 1 input.", '1 number each: --mean-over "0; 1"'),
        ("max-2", "0;1", "1 number each, but max-2 has 2 inputs.", '--mean-over "0,0; 1,1"'),
    ],
)
def test_a_mean_over_other_inputs_is_refused_with_a_set_that_fits(toynets, name, over, said, fix):
    done = toynets("range", name, "--under", "h1 = mean", "--mean-over", over)
    assert done.status == 2 and said in done.err and fix in done.err
