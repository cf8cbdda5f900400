"""Planted wrong explanations of XOR are refuted by the check they name; right ones are not."""

import pytest
from brute import Claim

from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.explanation import Explanation
from toynets.network import Network
from toynets.verification import verify


def test_the_right_explanation_holds_and_covers_everything(check):
    report = check()
    assert (report.verdict, report.failed, report.missing) == ("exhaustive", (), ())
    assert {k: str(v) for k, v in report.coverage.items()} == {
        "weights": "9/9",
        "units": "3/3",
        "ablations": "2/2",
    }
    assert report.cases == report.agreed_values == report.agreed_decisions
    assert report.exit_status == 0


WRONG = [
    # (path, what is said, the one check that refutes it, part of the message)
    ("outcomes/h2 = 0", "x1 or x2", "outcomes", "input 11: you say 1, the network gives 2"),
    ("outcomes/h1 = 0", "-(x1 and x2)", "outcomes", "you say -1, the network gives -2"),
    ("outcomes/h2 = mean", "x1 + x2", "outcomes", "input 00: you say 0, the network gives -1/2"),
    ("outcomes/h2.bias = 0", "0", "outcomes", "input 01: you say 0, the network gives -1"),
    ("outcomes/x1 = 0", "x1", "outcomes", "input 01: you say 0, the network gives 1"),
    ("outcomes/h1, h2 = 0", "1", "outcomes", "input 00: you say 1, the network gives 0"),
    ("outcomes/h2 = worst", {"y": ["x1 + x2", "x1 + x2"]}, "outcomes", "the network gives -2"),
    ("outcomes/h2 = worst", {"y": ["x1 + x2 - 2", "x1"]}, "outcomes", "the network gives 1"),
    ("outcomes/h2 = worst", {"y": ["x1 + x2 - 1", "x1 + x2"]}, "outcomes", "gives -2"),
    ("outcomes/h2 = 0", "1/x1", "outcomes", "division by zero in 1/x1 at x1 = 0"),
    ("outcomes/h2 = 0", "(x1 + x2) and 1", "outcomes", "input 11: `and` takes only 0 and 1"),
    ("outcomes/", "x1 or x2", "clean", "input 11: you say 1, the network gives 0"),
    ("outcomes/", "1/x1", "clean", "division by zero"),
    ("units/h1/expression", "x1 or x2", "units", "input 11: you say 1, the network gives 2"),
    ("units/h2/expression", "x1 + x2 - 1", "units", "input 00: you say -1, the network gives 0"),
    ("units/h1/expression", "1/(x1 - x2)", "units", "input 00: division by zero"),
    ("units/h1/expression", "(x1 + x2) and 1", "units", "input 11: `and` takes only 0 and 1"),
    ("units/h1/concept", "x1 or x2", "concepts", "too coarse: it merges 01 and 11"),
    ("units/h2/concept", "x1 + x2", "concepts", "too fine: it separates 00 and 01"),
    ("units/h2/concept", "x1", "concepts", "crossing: it merges 10 and 11"),
    ("units/h2/concept", "0", "concepts", "too coarse: it merges 00 and 11"),
    ("units/y/concept", "x1 and x2", "concepts", "crossing"),
    ("units/h2/concept", "1/x1", "concepts", "division by zero"),
    ("units/h2/concept", "not (x1 + x2)", "concepts", "takes only 0 and 1"),
    ("weights/h2->y/role", "excites", "roles", 'h2->y is not "excites"; what holds: inhibits'),
    ("weights/h1.bias/role", "sets threshold", "roles", "what holds: no effect"),
    ("weights/h2.bias/role", "no effect", "roles", "what holds: inhibits, sets threshold"),
    ("weights/x1->h1/role", "scales", "roles", 'x1->h1 is not "scales"'),
    ("weights/x1->h1/role", "detector", "roles", "x1->h1 is not a detector"),
    ("weights/x1->h1/role", "Inhibits", "roles", "what holds: excites"),
    ("units/h1/role", "corrector", "roles", "h1 is not a corrector"),
    ("units/h1/role", "Dead", "roles", "h1 is not dead"),
    ("units/h1/role", "excites", "roles", 'h1 is not "excites"'),
    ("units/h1/role", "duplicate of h2", "roles", "h1 is not a duplicate of h2"),
    ("units/h1/role", "duplicate of h9", "roles", "no unit h9"),
    ("units/h1/role", "hinge", "roles", "h1 is not a hinge"),
    ("units/h2/role", "hinge at 1", "roles", "several parents"),
    ("units/h2/role", "hinge at here", "roles", "'here' is not a number"),
]


@pytest.mark.parametrize(("path", "text", "name", "message"), WRONG)
def test_a_planted_error_is_refuted_by_its_check_alone(check, path, text, name, message):
    report = check({path: text})
    assert report.verdict == "refuted"
    assert report.failed == (name,)
    assert message in report.witness.message
    assert report.exit_status == 1


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("outcomes/h2 = 0", "x2 + x1"),
        ("outcomes/h1, h2 = 0", "0"),
        ("outcomes/h2 = worst", {"y": ["x1 + x2 - 2", "x1 + x2"]}),
        ("outcomes/h2 = h2(1, 1)", "x1 + x2 - 2"),
        ("outcomes/->h2 = 0", "x1 + x2"),
        ("outcomes/x1:h2 *= -1", "x1 + x2"),
        ("units/h1/concept", "2*x1 + 2*x2 + 1"),
        ("units/h2/concept", "x1*x2"),
        ("units/h2/role", "detector"),
        ("units/h2/role", "HINGE"),
        ("units/h2/role", "takes the pair back"),
        ("units/h1/role", "counts the inputs; not dead"),
        ("weights/h2.bias/role", "inhibits"),
        ("weights/x1->h1/role", " Excites "),
    ],
)
def test_another_true_claim_is_not_refuted(check, path, text):
    assert check({path: text}).verdict == "exhaustive"


WEIGHT_CHANGES = [("x1->h1", "2"), ("h2->y", "-1"), ("h2.bias", "-1/2"), ("y.bias", "1/1000000")]


@pytest.mark.parametrize(("address", "value"), WEIGHT_CHANGES)
def test_a_wrong_number_is_refuted_by_the_weights_and_by_every_other_column(check, address, value):
    report = check({f"weights/{address}/value": value})
    assert "weights" in report.failed
    assert report.checks["weights"].subjects == {address}
    assert {"parameters", "subsets"} & set(report.failed)


def test_a_number_that_differs_in_the_tenth_digit_says_so():
    tiny = Network.from_layers([([["0.1"]], None, "identity")], name="tiny", round=True)
    said = Explanation.of(
        about="tiny", weights={"x1->y": "0.1"}, units={"y": {"activation": "identity"}}
    )
    report = verify(tiny, said, Domain.listed([[1]]))
    assert report.verdict == "refuted"
    assert "They differ by 1.49e-09: state a tolerance" in str(report.witness)


def test_another_activation_is_refuted_even_where_all_values_agree():
    # On {0, 1} relu, abs and square of x1 are the same numbers.
    net = Network.from_layers([([[1]], None, "relu"), ([[1]], None, "identity")], name="net")
    for kind in ("abs", "square"):
        said = Explanation.of(
            about="net",
            weights={"x1->h1": 1, "h1->y": 1},
            units={"h1": {"activation": kind}, "y": {"activation": "identity"}},
        )
        report = verify(net, said, Domain.boolean(1))
        assert "units" in report.failed
        assert f"h1: you say {kind}, the network has relu." in report.witness.message


def test_an_explanation_of_another_network_with_the_same_names_is_refuted(said):
    other = Network.from_layers(
        [([[1, -1], [-1, 1]], [0, 0], "relu"), ([[1, 1]], [0], "identity")], name="xor-difference"
    )
    report = verify(other, said(), Domain.boolean(2))
    # It is XOR as well: every clean output is right, and nothing else is.
    assert "clean" not in report.failed
    assert {"weights", "outcomes", "units", "parameters", "subsets", "interchange"} <= set(
        report.failed
    )


def test_blanks_are_never_explained_and_make_the_verdict_unknown(check):
    report = check({"weights/h2->y/value": ""})
    assert report.verdict == "unknown"
    assert report.exit_status == 3
    assert "h2->y" in report.missing
    assert report.checks["parameters"].skipped == "weights are still blank"
    assert report.progress.startswith("8 of 9 weights, ")
    for path, missing in (
        ("units/h1/expression", "h1"),
        ("units/h1/concept", "h1"),
        ("weights/x1->h1/role", "x1->h1"),
        ("outcomes/h1 = 0", "h1 = 0"),
    ):
        report = check({path: ""})
        assert report.missing == (missing,)
        assert report.exit_status == 3


def test_while_weights_are_blank_what_is_stated_is_held_against_the_network(check):
    wrong = check({"weights/h2->y/value": "", "outcomes/h2 = 0": "x1 or x2"})
    assert wrong.failed == ("outcomes",)
    assert "you say 1, the network gives 2" in wrong.witness.message
    right = check({"weights/h2->y/value": ""})
    assert right.failed == ()
    # Nothing is derived, so that the only cases are the 4 x 4 stated outcomes.
    assert right.cases == 16


def test_free_text_is_no_role_of_a_weight_and_does_not_cover_it(check):
    report = check({"weights/x1->h1/role": "excites the counter"})
    assert report.verdict == "exhaustive"
    assert report.missing == ("x1->h1",)


def test_a_unit_with_a_wrong_role_is_not_explained(check):
    assert "h1" in check({"units/h1/role": "dead"}).missing


def test_an_ablation_counts_only_with_every_output_stated(transcribe):
    net = Network.from_layers([([[1]], None, "relu"), ([[1], [2]], None, "identity")], name="two")
    for outputs, covered in (
        ({"y1": "0", "y2": "0"}, 1),
        ({"y1": "0"}, 0),
        ({"y1": "0", "y2": ""}, 0),
    ):
        said = transcribe(net, outcomes=[{"intervention": "h1 = 0", "outputs": outputs}])
        report = verify(net, said, Domain.boolean(1))
        assert report.failed == ()
        assert report.coverage["ablations"].explained == covered


def test_other_kinds_of_ablation_are_no_stated_zero_ablation(transcribe):
    net = Network.from_layers([([[1]], None, "relu"), ([[1]], None, "identity")], name="one")
    for text in ("h1.pre = 0", "->h1 = 0", "h1-> = 0", "h1 = mean"):
        value = "1/2" if "mean" in text else "0"
        said = transcribe(net, outcomes=[{"intervention": text, "outputs": {"y": value}}])
        report = verify(net, said, Domain.boolean(1))
        assert report.failed == ()
        assert report.coverage["ablations"].explained == 0


def test_a_value_without_a_decided_comparison_is_unknown_not_passed(transcribe):
    # sigmoid is known to 128 bits only: "equal" at tolerance 0 can never be certain.
    net = Network.from_layers([([[1]], None, "sigmoid")], name="s")
    exact = verify(net, transcribe(net), Domain.listed([[1], [2]]))
    assert exact.verdict == "unknown"
    assert exact.checks["clean"].undecided == 2
    near = transcribe(net, tolerance={"clean": "1/100000", "ablations": "1/100000"})
    assert verify(net, near, Domain.listed([[1], [2]])).verdict == "exhaustive"


def test_a_stated_value_that_cannot_be_compared_leaves_its_outcome_open(transcribe):
    net = Network.from_layers([([[1]], None, "relu"), ([[1]], None, "identity")], name="one")
    said = transcribe(
        net, outcomes=[{"intervention": "h1 = 0", "outputs": {"y": "tanh(x1) - tanh(x1)"}}]
    )
    report = verify(net, said, Domain.boolean(1))
    assert report.verdict == "unknown"
    assert report.coverage["ablations"].explained == 0
    said = transcribe(
        net, outcomes=[{"intervention": "h1 = 0", "outputs": {"y": "step(sin(1) - sin(1))"}}]
    )
    report = verify(net, said, Domain.boolean(1))
    assert report.checks["outcomes"].undecided == 2
    assert report.coverage["ablations"].explained == 0


@pytest.mark.parametrize(
    ("epsilon", "failed"), [("1/50", ("concepts",)), ("29/1000", ("concepts",)), ("3/100", ())]
)
def test_a_concept_merges_what_differs_by_the_tolerance_of_ablations_and_no_more(
    transcribe, epsilon, failed
):
    # h1 is 1 on 01 and 1.03 on 10, as measured: "one of two" merges them.
    net = Network.from_layers(
        [([["103/100", "1"]], None, "relu"), ([[1]], None, "identity")], name="n", round=True
    )
    said = transcribe(net, tolerance={"ablations": epsilon}).to_dict()
    said["units"]["h1"]["concept"] = "x1 + x2"
    report = verify(net, Explanation.from_dict(said), Domain.boolean(2))
    assert report.failed == failed
    assert report.concepts["h1"] == ("too coarse by value" if failed else "exact by value")


def test_sharing_a_tied_number_holds_and_a_wrong_one_is_refuted():
    net = Network.from_layers(
        [([[1, 1]], None, "identity")], name="t", ties={"w": ["x1->y", "x2->y"]}
    )
    given = {
        "about": "t",
        "units": {"y": {"activation": "identity"}},
        "ties": {"w": ["x1->y", "x2->y"]},
    }
    right = verify(
        net,
        Explanation.of(**given, weights={"w": {"value": 1, "role": "excites"}}),
        Domain.boolean(2),
    )
    assert right.verdict == "exhaustive"
    assert str(right.coverage["weights"]) == "2/2"
    # Cut and flipped: together and one by one, on 4 inputs.
    assert right.checks["parameters"].cases == 2 * 3 * 4
    wrong = verify(net, Explanation.of(**given, weights={"w": "2"}), Domain.boolean(2))
    assert wrong.checks["weights"].subjects == {"x1->y", "x2->y"}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"explanation": {}}, "expected an Explanation but got dict"),
        ({"domain": [[0, 1]]}, "expected a Domain but got list"),
        ({"domain": Domain.boolean(3)}, "has 3 inputs but the network has 2: x1, x2"),
        ({"cases": 0}, "the budget is a number of cases, but got cases=0"),
    ],
)
def test_what_cannot_be_verified_is_named(said, network, given, message):
    arguments = {"explanation": said(), "domain": Domain.boolean(2), **given}
    with pytest.raises(ToynetsError, match=message):
        verify(network, arguments.pop("explanation"), arguments.pop("domain"), **arguments)


def test_an_expression_speaks_of_units_as_the_explanation_derives_them(transcribe):
    network = Network.from_layers([([[1]], None, "identity"), ([[1]], None, "identity")], name="n")
    said = transcribe(network).to_dict()
    said["weights"]["x1->h1"]["value"] = "1.2"
    for units, failed in (("0.2", ()), ("0.1", ("units",))):
        # y is h1 as it is derived, 1.2, which is 0.2 from what is measured.
        said["tolerance"] = {"clean": "0.2", "units": units, "weights": "0.2", "ablations": "0.2"}
        said["units"]["h1"]["expression"] = "1.1*x1"
        said["units"]["y"]["expression"] = "h1"
        report = verify(network, Explanation.from_dict(said), Domain.boolean(1), only=("units",))
        assert report.failed == failed


def test_a_concept_that_no_output_notices_is_too_fine_where_all_inputs_are_listed(transcribe):
    layers = [([[1]], None, "identity"), ([[1]], [-2], "relu")]
    network = Network.from_layers(layers, name="unheard")
    said = transcribe(network).to_dict()
    said["units"]["h1"]["concept"] = "x1"
    report = verify(network, Explanation.from_dict(said), Domain.boolean(1))
    assert (report.verdict, report.failed) == ("refuted", ("concepts",))


def test_a_detector_is_held_against_its_own_concept(transcribe):
    network = Network.from_layers([([[1, 1]], [-1], "relu"), ([[1]], None, "identity")], name="and")
    said = transcribe(network).to_dict()
    said["units"]["h1"]["role"] = "detector"
    for concept, failed in (("x1 and x2", ()), ("not (x1 and x2)", ("roles",))):
        said["units"]["h1"]["concept"] = concept
        report = verify(network, Explanation.from_dict(said), Domain.boolean(2))
        assert report.failed == failed


@pytest.mark.parametrize(
    ("y1", "y2", "fails"),
    [
        # Derived 0 and 1/50 without h1: y2 by 1/50, which is within the tolerance of 1/10.
        ("0", "1/50", False),
        ("1/20", "1/50", False),  # y1 by 3/100: open as well
        ("1/10", "1/50", False),  # by 2/25
        ("1/10", "-1/50", True),  # by 3/25: a decision, and the wrong one
        ("-1/10", "1/10", False),  # by 1/5, and the right one
        ("1/10 + 1/100", "1/50", True),  # beyond the tolerance
    ],
)
def test_a_stated_outcome_claims_the_decision_that_it_makes(transcribe, y1, y2, fails):
    layers = [([[1]], None, "relu"), ([[1], [0]], [0, 0.02], "identity")]
    network = Network.from_layers(layers, name="two", round=True)
    said = transcribe(network).to_dict() | {"decision": {"argmax": True}}
    said["tolerance"] = dict.fromkeys(("clean", "units", "weights", "ablations"), "1/10")
    said["outcomes"] = [{"intervention": "h1 = 0", "outputs": {"y1": y1, "y2": y2}}]
    report = verify(network, Explanation.from_dict(said), Domain.boolean(1))
    assert report.failed == (("outcomes",) if fails else ())
    bench = Claim(network, said, Domain.boolean(1).rows)
    assert bench.true() is not fails
