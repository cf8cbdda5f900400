"""The brute force that labels edits: its three arithmetics agree, and decimals decide ties."""

import math

import controls
import pytest
from brute import Claim
from brute_numbers import DECIMALS, EXACT, FLOATS, Ambiguous, exact
from brute_programs import NoValueError, evaluate
from controls import Bench

from toynets import zoo


@pytest.mark.parametrize("z", ["0", "1/3", "-7/5", "12", "-30"])
def test_functions_of_decimals_are_those_of_floats(z):
    known = float(exact(z))
    for text, truth in (
        (f"tanh({z})", math.tanh(known)),
        (f"sigmoid({z})", 1 / (1 + math.exp(-known))),
        (f"sin({z})", math.sin(known)),
        (f"cos({z})", math.cos(known)),
        (f"sqrt(abs({z}))", math.sqrt(abs(known))),
        (f"pi*({z})", math.pi * known),
        (f"mod({z}, 2)", known % 2),
    ):
        assert float(evaluate(text, {}, DECIMALS)) == pytest.approx(truth, rel=1e-14, abs=1e-14)
        assert evaluate(text, {}, FLOATS) == pytest.approx(truth, rel=1e-14, abs=1e-14)


def test_known_digits():
    pi = "3.14159265358979323846264338327950288419716939937510"  # the first 50 places
    assert str(evaluate("pi", {}, DECIMALS))[:52] == pi[:52]
    root = "1.41421356237309504880168872420969807856967187537694"
    assert str(evaluate("sqrt(2)", {}, DECIMALS))[:52] == root[:52]
    e = "2.71828182845904523536028747135266249775724709369995"
    found = evaluate("1/sigmoid(-1) - 1", {}, DECIMALS)
    assert str(found)[:52] == e[:52]


@pytest.mark.parametrize(
    "text",
    [
        "sqrt(3)*sqrt(3) == 3",
        "cos(pi/3) == 1/2",
        "sin(pi) <= 0",
        "step(sqrt(2)/2 - sqrt(1/2)) == 0",
    ],
)
def test_what_is_equal_compares_as_equal_in_decimals(text):
    assert evaluate(text, {}, DECIMALS) == 1


def test_what_is_not_equal_is_told_apart_in_decimals():
    assert evaluate("sqrt(2) > 1.41421356237309504880168872", {}, DECIMALS) == 1
    assert evaluate("sqrt(2) > 1.41421356237309504880168873", {}, DECIMALS) == 0


@pytest.mark.parametrize("arithmetic", [EXACT, FLOATS, DECIMALS])
def test_an_expression_without_a_value_is_said(arithmetic):
    with pytest.raises(NoValueError):
        evaluate("1/(x1 - x1)", {"x1": arithmetic.number(exact("1/2"))}, arithmetic)


@pytest.mark.parametrize("name", ["xor-sum", "parity-3", "mux-2", "xor-square", "and"])
def test_labels_in_decimals_are_those_of_exact_numbers(name):
    bench = Bench(zoo.load(name))
    assert bench.claim.arithmetic is EXACT
    rows, finite = bench.domain.rows, bench.domain.finite
    truths = []
    for _, network, data in bench.spread(40):
        truths.append(bench.label(network, data))
        try:
            fine = Claim(network, data, rows, finite, arithmetic=DECIMALS).true()
        except NoValueError:
            fine = False
        assert fine == truths[-1]
    assert True in truths and False in truths


@pytest.mark.parametrize("name", ["xor-tanh", "tanh-sign", "encoder-4-2-4-trained"])
def test_labels_in_decimals_are_those_of_floats_where_these_tell(name):
    bench = Bench(zoo.load(name))
    assert bench.claim.arithmetic is FLOATS
    told = 0
    for _, network, data in bench.spread(25):
        claim = Claim(network, data, bench.domain.rows, bench.domain.finite)
        try:
            truth = claim.true()
        except Ambiguous:
            continue
        told += 1
        assert claim.finer().true() == truth
    assert told > 20


def test_a_claim_that_shares_what_it_has_in_common_is_labelled_as_one_on_its_own():
    for name in ("xor-sum", "xor-tanh", "parity-3"):
        bench = Bench(zoo.load(name))
        for _, network, data in bench.spread(60):
            alone = Claim(network, data, bench.domain.rows, bench.domain.finite)
            for given in ({}, {"weights": False}):
                try:
                    truth = alone.true(**given)
                except Ambiguous:
                    truth = alone.finer().true(**given)
                assert bench.label(network, data, **given) == truth


def test_a_comparison_that_floats_do_not_decide_has_no_label_in_them():
    known = {"x1": "3/10", "x2": "1/10", "x3": "1/5", "h": "1/3"}
    floats = {k: FLOATS.number(exact(v)) for k, v in known.items()}
    for text in ("x1 - x2 > x3", "step(x1 - x2 - x3)", "mod(x1/x2, 1)", "0 <= x1 - x2 < x3"):
        with pytest.raises(Ambiguous):
            evaluate(text, floats, FLOATS)
    assert evaluate("x1 - x2 > x3", {k: DECIMALS.number(exact(v)) for k, v in known.items()}) == 0
    # Inputs that are equal are equal; what comes out of a tanh may only seem to be.
    assert evaluate("x1 == x1", floats, FLOATS) == 1
    for text in ("h >= x1 + 1/30", "tanh(30*x1/x1) == 1"):
        with pytest.raises(Ambiguous):
            evaluate(text, floats, FLOATS, bent=["h"])
    assert evaluate("tanh(30) == 1", {}, DECIMALS) == 0


def floating(**said):
    entry = zoo.load("xor-tanh")
    data = {**entry.explanation.to_dict(), **said}
    made = Claim(entry.network, data, entry.task.domain.rows)
    assert made.arithmetic is FLOATS
    return made


def test_an_open_case_at_the_tolerance_has_no_label_in_floats_whatever_others_say():
    made = floating(metric={"default": "decision"})
    derived, measured = [FLOATS.array(["0.55", "5"])], [FLOATS.array(["0.65", "9"])]
    with pytest.raises(Ambiguous):  # the first case claims no decision, so its value
        made.agree("zero", derived, measured, exact("1/10"))
    assert made.agree("zero", derived, [FLOATS.array(["0.6", "9"])], exact("1/10"))
    assert not made.agree("zero", derived, [FLOATS.array(["0.7", "9"])], exact("1/10"))
    # One that is clearly over decides; so does one of another output.
    both = floating(metric={"default": "value"}, decision={})
    near, over = FLOATS.array(["0.1"]), FLOATS.array(["3"])
    zero = FLOATS.array(["0"])
    assert not both.agree("zero", [near, over], [zero, zero], exact("1/10"))
    with pytest.raises(Ambiguous):
        both.agree("zero", [near, zero], [zero, zero], exact("1/10"))


def test_decimals_round_a_bound_and_a_threshold_as_they_round_what_is_compared():
    for bound in ("2/3", "1/3", "1/7"):
        gap = DECIMALS.array([exact(bound)])
        assert DECIMALS.all_within(gap, exact(bound))
        assert not DECIMALS.all_within(gap + DECIMALS.number(exact("1e-90")), exact(bound))
    entry = zoo.load("xor-tanh")
    data = {**entry.explanation.to_dict(), "decision": {"threshold": "2/3"}}
    fine = Claim(entry.network, data, entry.task.domain.rows, arithmetic=DECIMALS)
    outputs = [DECIMALS.rounded(DECIMALS.array([exact("2/3"), exact("0.67"), exact("0.66")]))]
    assert fine.choices(outputs) == [[0], [1], [-1]]
    assert fine.along("sqrt(3)*sqrt(3) - 7/3", {}).tolist() == [outputs[0][0]] * 4


def test_values_of_a_concept_that_floats_do_not_tell_apart_have_no_label():
    with pytest.raises(Ambiguous):
        FLOATS.told(FLOATS.array([0.3, 0.1 + 0.2, 1]))
    values = FLOATS.array([0, 1, 1, 0])
    assert FLOATS.told(values) is values


def test_what_floats_cannot_compute_is_labelled_in_decimals():
    bench = Bench(zoo.load("xor-tanh"))
    units = bench.data["units"]
    for text, truth in (
        ("sigmoid(-1000)*0 + {}", True),
        ("sqrt(sqrt(2)*sqrt(2) - 2) + {}", True),
        ("1/(sqrt(2)*sqrt(2) - 2) + {}", False),
    ):
        h1 = {**units["h1"], "expression": text.format(units["h1"]["expression"])}
        assert bench.label(bench.network, {**bench.data, "units": {**units, "h1": h1}}) is truth


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [(["--help"], 0, "NAME"), (["xor-sun"], 2, "no network xor-sun in the zoo. Nearest: xor-sum.")],
)
def test_a_name_that_is_none_is_refused_before_anything_is_judged(capsys, arguments, status, said):
    with pytest.raises(SystemExit) as stopped:
        controls.main(arguments)
    captured = capsys.readouterr()
    assert stopped.value.code == status
    assert said in captured.out + captured.err
