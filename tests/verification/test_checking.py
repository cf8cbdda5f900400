"""The verdict, the coverage and the report as a whole."""

import json

import pytest

from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.explanation import Explanation, blank_explanation
from toynets.network import Network
from toynets.verification import verify
from toynets.verification.report import LEVELS, Share, weakest


def test_a_wrong_table_is_answered_in_words_that_a_student_understands(check):
    lines = str(check({"outcomes/h2 = 0": "x1 or x2"})).splitlines()
    assert lines[0] == (
        'refuted. Smallest counterexample: "without h2: x1 or x2", input 11: '
        "you say 1, the network gives 2."
    )
    assert lines[1] == "  (right on every clean input, 4 of 4; wrong in 1 of 4 inputs without h2)"
    assert lines[2:7] == [
        "  h1.pre = 1*1 + 1*1 = 2",
        "  h1 = relu(2) = 2",
        "  h2.pre = 1*1 + 1*1 - 1 = 1",
        "  h2 = 0 (replaced; it was 1)",
        "  y = 1*2 - 2*0 = 2",
    ]
    assert lines[7] == "  Your table is OR; without h2 the network counts."


@pytest.mark.parametrize(
    ("outcome", "text", "hint"),
    [
        ("h2 = 0", "x1 + x2 - 1/2", "right for another ablation: h2 set to its mean."),
        ("h2 = mean", "x1 + x2", "right for another ablation: h2 set to 0."),
        ("h1 = 0", "x1 + x2", "Your table is the one without h2."),
        ("h2 = 0", "x1 != x2", "Your table is the clean one: as if nothing had been removed."),
        ("h2 = 0", "x1 and x2", "Your table is AND; without h2 the network counts."),
        ("", "x1 and x2", "Your table is AND; clean the network gives XOR."),
    ],
)
def test_a_wrong_table_is_recognised(check, outcome, text, hint):
    assert hint in check({f"outcomes/{outcome}": text}).witness.hint


def test_the_smallest_counterexample_comes_first(check):
    # Wrong on 01, 10 and 11, under one unit and under two: one unit, one input on.
    report = check({"outcomes/h1, h2 = 0": "x1", "outcomes/h2 = 0": "0"})
    assert report.witness.message.startswith('"without h2: 0", input 01: you say 0')
    assert report.witness.intervention == "h2 = 0"


def test_only_the_checks_that_are_asked_for_are_made(check):
    wrong = {"weights/h2->y/value": "-1", "units/h1/concept": "x1"}
    report = check(wrong, only=("clean", "concepts"))
    assert report.failed == ("clean", "concepts", "interchange")  # whose swaps grade concepts
    skipped = {name: found.skipped for name, found in report.checks.items() if found.skipped}
    left = ("outcomes", "weights", "units", "roles", "parameters", "subsets")
    assert skipped == dict.fromkeys(left, "not asked for")


def test_concepts_alone_are_graded_by_the_swaps_of_the_units_that_have_one(check):
    bare = {"units/h2/concept": None, "units/y/concept": None}
    cases = {
        only: check(bare, only=only).checks["interchange"].cases
        for only in [("concepts",), ("concepts", "interchange")]
    }
    # h1 has 3 activations (0, 1, 2), h2 and y have 2, each taken into 4 inputs.
    assert list(cases.values()) == [3 * 4, (3 + 2 + 2) * 4]


def test_a_part_of_the_checks_proves_nothing(check):
    assert check(only=("clean", "weights")).verdict == "unknown"
    assert check({"weights/h2->y/value": "-1"}, only=("weights",)).verdict == "refuted"
    assert check({"weights/h2->y/value": "-1"}, only=("roles",)).verdict == "unknown"


def test_a_check_that_is_not_there_is_answered_with_those_there_are(check):
    with pytest.raises(ToynetsError, match=r"no check roels.*Nearest: roles"):
        check(only=("roels",))


def test_first_stops_at_the_first_check_that_refutes(check):
    wrong = {"weights/h2->y/value": "-1", "units/h1/concept": "x1"}
    stopped, full = check(wrong, first=True), check(wrong)
    assert stopped.verdict == full.verdict == "refuted"
    assert stopped.failed == ("weights",)
    assert set(full.failed) > {"weights", "clean"}
    assert stopped.checks["interchange"].skipped == "another check refutes already"
    assert check(first=True).verdict == "exhaustive"
    assert "not checked: another check" in str(stopped)


def test_a_sample_is_never_exhaustive_and_a_curve_is_only_sampled_on_a_box(transcribe):
    sample = Domain.sampled("[-1,1]", count=10, seed=5)
    for kind, domain, name in (
        ("square", Domain.box("[-1,1]"), "48 points of [-1, 1], seed 3"),
        ("relu", sample, "10 points of [-1, 1], seed 5"),
    ):
        net = Network.from_layers([([[1]], [0], kind), ([[1]], [0], "identity")], name="ramp")
        report = verify(net, transcribe(net), domain, seed=3)
        assert report.verdict == "sampled"
        assert report.domain == name
        assert {report.checks[n].level for n in ("parameters", "subsets", "interchange")} == {
            "sampled"
        }


def test_a_piecewise_linear_claim_about_a_box_is_proved(transcribe):
    net = Network.from_layers([([[1]], [0], "relu"), ([[1]], [0], "identity")], name="ramp")
    report = verify(net, transcribe(net), Domain.box("[-1,1]"), seed=3)
    assert report.verdict == "proved"
    assert report.domain == "[-1, 1], every point; counts are of 48 points of [-1, 1], seed 3"
    assert {check.level for check in report.checks.values()} == {"proved"}


def test_on_a_box_a_concept_that_is_too_fine_for_the_sample_alone_is_unknown(transcribe):
    ramp = [([[1]], [0], "relu"), ([[1]], [0], "identity")]
    unheard = [([[1]], [0], "identity"), ([[1]], [-2], "relu")]  # no output notices any swap
    for layers, concept, verdict in (
        (ramp, "max(x1, 0)", "proved"),
        (ramp, "x1", "refuted"),  # it separates inputs on which the unit is the same
        (ramp, "x1 > 0", "refuted"),
        (unheard, "x1", "unknown"),
    ):
        net = Network.from_layers(layers)
        said = transcribe(net).to_dict()
        said["units"]["h1"]["concept"] = concept
        report = verify(net, Explanation.from_dict(said), Domain.box("[-1,1]"))
        assert report.verdict == verdict, (concept, report.witness)


def test_roles_that_a_sample_does_not_show_are_unknown(transcribe):
    net = Network.from_layers([([[1]], [-2], "relu"), ([[1]], [0], "identity")], name="ramp")
    said = transcribe(net).to_dict()
    said["weights"]["x1->h1"]["role"] = "excites"
    assert verify(net, Explanation.from_dict(said), Domain.box("[-1,1]")).verdict == "unknown"
    listed = verify(net, Explanation.from_dict(said), Domain.listed([[-1], [1]]))
    assert listed.failed == ("roles",)


def test_the_claim_says_what_is_promised(check):
    assert check().claim == "value exact"
    assert check({"tolerance": {"clean": "1/100"}}).claim == "value ≤ 1/100"
    assert check({"metric": {"default": "decision"}}).claim == "decision"
    assert check({"metric": {"zero": "decision"}}).claim == "value exact, some decision"
    near = {"metric": {"default": "decision"}, "tolerance": {"ablations": "1/4"}}
    assert check(near).claim == "decision, open within 1/4"


def test_a_decision_claim_forgives_values_and_no_decision(check, transcribe, network):
    said = {"metric": {"default": "decision"}, "units/h1/concept": "x1 or x2"}
    right = check({**said, "outcomes/h2 = 0": "x1 or x2"})
    assert right.verdict == "exhaustive"
    assert right.agreed_values == right.agreed_decisions  # of derived values, which are exact
    wrong = check({**said, "outcomes/h2 = 0": "x1 and x2"})
    assert wrong.failed == ("outcomes",)
    assert "the other decision: you say 0, the network gives 1" in wrong.witness.message
    # One kind alone: by value a wrong table of zero ablation is caught, of mean ablation not.
    mean = {"metric": {"mean": "decision"}, "outcomes/h1 = mean": "not (x1 and x2)"}
    assert check({**mean, "metric": {}}).failed == ("outcomes",)
    assert check(mean).verdict == "exhaustive"
    assert check({**mean, "outcomes/h2 = 0": "x1 or x2"}).failed == ("outcomes",)


@pytest.mark.parametrize(
    ("metric", "concept", "grade", "refuted"),
    [
        ("value", "x1 + x2", "exact by value", False),
        ("value", "x1 or x2", "too coarse by value", True),
        ("decision", "x1 or x2", "exact by decision", False),
        ("decision", "x1 + x2", "too fine by decision", True),
        ("either", "x1 + x2", "exact by value", False),
        ("either", "x1 or x2", "exact by decision", False),
        ("either", "x1 and x2", "too coarse by value", True),
    ],
)
def test_a_concept_is_graded_at_the_level_that_is_claimed(check, metric, concept, grade, refuted):
    changes = {"metric": {"concepts": metric}, "units/h1/concept": concept}
    # The other two concepts hold at both levels.
    report = check(changes)
    assert report.concepts["h1"] == grade
    assert report.failed == (("concepts",) if refuted else ())
    assert ("h1" in report.missing) is refuted


def test_a_decision_that_is_always_the_same_proves_nothing(check):
    # With the threshold at 5 every output is "0", and so is every wrong one.
    vacuous = {
        "decision": {"threshold": "5"},
        "metric": {"default": "decision", "concepts": "value"},
        "outcomes/h2 = 0": "x1 or x2",
        "units/h2/role": "",
    }
    report = check(vacuous)
    assert report.verdict == "unknown"
    assert "the decision is the same on every input" in report.checks["clean"].note
    assert check({**vacuous, "metric": {}}).failed == ("outcomes",)


def test_the_tolerances_of_all_rows_are_printed(check):
    report = check({"tolerance": {"weights": "1/8", "units": "0"}})
    assert report.to_dict()["tolerances"] == {"weights": "1/8"}
    assert "tolerance weights 1/8" in str(report).splitlines()
    assert "tolerance " not in str(check())


def test_open_cases_are_counted_and_not_as_agreed(check):
    report = check({"tolerance": {"ablations": "1/2", "clean": "1/2"}})
    # All clean outputs are 1/2 away from the threshold.
    assert report.checks["clean"].open == 4
    assert report.checks["clean"].agreed_decisions == 0
    assert report.checks["clean"].agreed_values == 4
    assert "too near a tie to claim a decision" in str(report)


@pytest.mark.parametrize(
    ("row", "path", "name"),
    [
        ("clean", "outcomes/", "clean"),
        ("ablations", "outcomes/h2 = 0", "outcomes"),
        ("units", "units/h1/expression", "units"),
    ],
)
def test_a_tolerance_is_a_bound_for_its_own_row_and_is_attained(check, row, path, name):
    right = {
        "clean": "x1 + x2 - 2*(x1 and x2)",
        "ablations": "x1 + x2",
        "units": "relu(x1 + x2)",
    }[row]
    for shift, failed in (("1/8", ()), ("-1/8", ()), ("126/1000", (name,)), ("1/4", (name,))):
        report = check({path: f"{right} + {shift}", "tolerance": {row: "1/8"}})
        assert report.failed == failed, shift
    others = {r: "1/8" for r in ("clean", "ablations", "units", "weights") if r != row}
    assert check({path: f"{right} + 1/8", "tolerance": others}).failed == (name,)


def test_stated_may_be_off_from_measured_by_two_tolerances_and_that_is_reported(transcribe):
    net = Network.from_layers([([["1"]], None, "identity")], name="id")
    said = transcribe(net).to_dict()
    said["weights"]["x1->y"]["value"] = "9/8"
    said["outcomes"] = [{"intervention": "", "outputs": {"y": "5/4*x1"}}]
    said["tolerance"] = dict.fromkeys(("clean", "ablations", "weights", "units"), "1/8")
    report = verify(net, Explanation.from_dict(said), Domain.boolean(1))
    assert report.verdict == "exhaustive"
    assert (report.worst, report.worst_stated) == (0.125, 0.25)
    said["outcomes"][0]["outputs"]["y"] = "11/8*x1"
    assert verify(net, Explanation.from_dict(said), Domain.boolean(1)).failed == ("clean",)


def test_what_is_unexplained_is_listed_and_may_be_declared(check):
    blank = {"units/h1/concept": ""}
    assert (check(blank).missing, check(blank).exit_status) == (("h1",), 3)
    declared = check({**blank, "unexplained": ["h1"]})
    assert (declared.declared, declared.exit_status, declared.complete) == (("h1",), 0, True)
    assert "missing   h1 (declared)" in str(declared)


def test_a_blank_explanation_is_work_in_progress(network):
    blank = blank_explanation(
        network.wiring,
        {u: network.activation_of(u) for u in network.units},
        about="xor-sum",
        decision={"threshold": "1/2"},
    )
    report = verify(network, blank, Domain.boolean(2))
    assert (report.verdict, report.exit_status, report.cases) == ("unknown", 3, 0)
    assert report.progress == (
        "0 of 9 weights, 0 of 3 units, 0 of 2 ablations explained; next blank: x1->h1"
    )


def test_the_report_is_plain_data_and_text(check):
    report = check()
    data = json.loads(report.to_json())
    assert data["verdict"] == "exhaustive"
    assert data["coverage"] == {"weights": 1.0, "units": 1.0, "ablations": 1.0}
    assert set(data["checks"]) == set(report.checks)
    assert data["contributions"] == {"h1": ["0", "1", "1", "2"], "h2": ["0", "0", "0", "-2"]}
    assert data["concepts"] == {
        "h1": "exact by value",
        "h2": "exact by value",
        "y": "exact by value",
    }
    assert (data["margin"], data["ties"], data["witness"]) == ("1/2", 0, None)
    assert report.hash[:12] in str(report)
    wrong = check({"outcomes/h2 = 0": "x1 or x2"})
    witness = json.loads(wrong.to_json())["witness"]
    assert (witness["x"], witness["stated"], witness["measured"]) == (["1", "1"], "1", "2")
    assert "without h2" in wrong._repr_html_()
    assert wrong._repr_markdown_().startswith("**xor-sum**: refuted.")


def test_dead_constant_and_duplicate_units_and_ties_are_reported(transcribe):
    net = Network.from_layers(
        [
            ([[1], [1], [0], [-1]], [0, 0, 1, 0], "relu"),
            ([[1, 1, 1, 1]], [0], "identity"),
        ],
        name="facts",
    )
    said = transcribe(net, decision={"threshold": "1"})
    report = verify(net, said, Domain.boolean(1))
    assert report.facts == {"dead": ["h4"], "constant": ["h3 = 1"], "duplicate": ["h2 = h1"]}
    assert (report.ties, report.to_dict()["margin"]) == (1, "0")


def test_without_a_rule_nothing_is_said_of_decisions(transcribe):
    net = Network.from_layers([([[1]], [0], "identity")], name="id")
    report = verify(net, transcribe(net), Domain.boolean(1))
    assert "in decision" not in str(report)
    assert report.agreed_decisions == report.agreed_values == report.cases


def test_progress_reaches_what_was_expected(check):
    seen = []
    check(progress=lambda done, expected: seen.append((done, expected)))
    assert [d for d, _ in seen] == sorted(d for d, _ in seen)
    assert 0 < seen[-1][0] <= seen[-1][1]


def test_the_weakest_verdict_counts():
    assert weakest(["exhaustive", "unknown", "sampled"]) == "unknown"
    assert weakest(["refuted", "unknown"]) == "refuted"
    assert weakest(["proved", "exhaustive"]) == "exhaustive"
    assert set(LEVELS) == {"refuted", "unknown", "sampled", "exhaustive", "proved"}
    assert (Share(0, 0).fraction, Share(1, 4).fraction, str(Share(1, 4))) == (1.0, 0.25, "1/4")
