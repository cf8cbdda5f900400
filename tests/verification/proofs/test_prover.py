"""What is proved of an explanation, by another route: the exact machine on many points."""

import random

import pytest
import tiny_checker
from proof_cases import accepted, certificate, network, program

from toynets.domain import Domain
from toynets.exact import Machine
from toynets.explanation import Explanation
from toynets.expressions import parse_expression
from toynets.network import Network
from toynets.rationals import ONE, ZERO, rational
from toynets.verification.proofs.claims import between, settle
from toynets.verification.proofs.program import Unprovable
from toynets.verification.proofs.prover import Prover

TEXTS = (
    "h1 = 0",
    "h1.pre = -1/2",
    "h2 = 3/2, x1->h1 *= -1",
    "->h1 = 0",
    "h1-> = 0",
    "x1 = 1/4",
    "x1->h1 = (x')",
    "h1 = h1(x')",
    "h1 = h2.pre(x')",
    "h1.pre = h1.pre(x')",
    "h1, h2 = resample",
    "h1 = h1(1, -1), h2.bias += 1/2",
)


def wide(seed):
    return network(random.Random(seed), [2, 3, 2], ("relu", "softmax"))


def limited(net, explanation=None, **keys):
    return Prover(net, Domain.box("[-1,1]^2"), explanation, cells=2_000, seconds=30, **keys)


@pytest.mark.parametrize("text", TEXTS)
def test_the_range_under_an_intervention_holds_on_every_point_tried(text):
    """Against the machine, which knows nothing of programs; the ends are met by their places."""
    draw = random.Random(text)
    net = wide(2)
    prover = limited(net)
    answer = prover.ranges(text)
    assert answer.verdict == "proved"
    machine = Machine(net)
    plan = net.wiring.resolve(text)

    def outcome(row):
        x, sources = tuple(row[:2]), [tuple(row[k : k + 2]) for k in range(2, len(row), 2)]
        draws = dict(zip(plan.groups, sources, strict=False)) if plan.groups else None
        source = sources[0] if sources and not plan.groups else None
        return machine.outcome(x, plan, source=source, draws=draws)

    size = len(answer.data["variables"])
    for _ in range(40):
        row = [rational(draw.randint(-8, 8)) / 8 for _ in range(size)]
        for value, (low, high, _, _) in zip(outcome(row), answer.ends, strict=True):
            assert low <= value <= high
    for k, places in enumerate(answer.data["kind"]["attained"]):
        for place, end in zip(places, answer.ends[k][:2], strict=True):
            assert outcome([rational(v) for v in place])[k] == end
    assert accepted(prover.certificate())


@pytest.mark.parametrize("text", ["y1 = 1/2", "y1.pre = 2", "h1 = 0, y2 = 0"])
def test_an_output_of_softmax_is_replaced_as_the_machine_replaces_it(text):
    net = wide(3)
    prover = limited(net)
    answer = prover.ranges(text)
    machine, x = Machine(net), (rational("1/2"), rational("-1/4"))
    expected = machine.outcome(x, net.wiring.resolve(text))
    for value, (low, high, _, _) in zip(expected, answer.ends, strict=True):
        assert low <= value <= high
    assert accepted(prover.certificate())


def test_worst_runs_over_the_proved_range(transcribe_plain):
    net = wide(1)
    prover = limited(net, transcribe_plain(net))
    answer = prover.agree("h1 = worst", ZERO)
    assert answer.verdict == "proved"
    variable = answer.data["variables"][2]
    low, high = Machine(net, Domain.box("[-1,1]^2")).interval("h1")
    assert (variable["low"], variable["high"]) == (str(low), str(high))
    assert variable["range_of"] == {"claim": 0, "value": 0}
    assert accepted(prover.certificate())


def test_where_the_ranges_differ_each_side_runs_over_its_own(transcribe_plain):
    """h1 is scaled up and its way out scaled down: the same outcomes, other values of h1."""
    net = Network.from_layers([([[1, 0]], [0], "relu"), ([[2]], [0], "identity")])
    said = transcribe_plain(net).to_dict()
    said["weights"]["x1->h1"]["value"], said["weights"]["h1->y"]["value"] = "2", "1"
    prover = limited(net, Explanation.from_dict(said))
    answer = prover.agree("h1 = worst", ZERO)
    assert answer.verdict == "proved" and answer.data["variables"][2]["name"] == "share.h1"
    assert accepted(prover.certificate())


@pytest.fixture
def transcribe_plain():
    """An explanation that copies a network's numbers."""

    def made(net):
        return Explanation.of(
            about="net",
            weights={a: str(rational(v)) for a, v in net.numbers.items()},
            units={u: {"activation": net.activation_of(u)} for u in net.units},
            outputs=list(net.outputs),
            inputs=list(net.inputs),
        )

    return made


def test_the_mean_is_a_number_from_a_named_set(transcribe_plain):
    net = wide(4)
    sample = Domain.sampled("[-1,1]^2", count=7)
    machine, model = Machine(net, sample), transcribe_plain(net).model(rows=sample.rows)
    prover = limited(net, transcribe_plain(net), means=(machine.mean, model.mean))
    answer = prover.agree("h1 = mean", ZERO)
    assert answer.verdict == "proved"
    (edit,) = answer.data["program"][0]["edits"]
    assert edit == {"unit": "h1", "to": str(machine.mean("h1"))}
    bare = limited(net, transcribe_plain(net)).agree("h1 = mean", ZERO)
    assert bare.verdict == "unknown" and "finite set" in bare.limit


def test_a_patch_of_more_inputs_than_six_is_not_attempted():
    net = Network.from_layers([([[1] * 7], [0], "relu"), ([[1]], [0], "identity")])
    prover = Prover(net, Domain.box("[0,1]^7"), cells=10, seconds=1)
    answer = prover.ranges("h1 = h1(x')")
    assert answer.verdict == "unknown" and "at most 6 inputs" in answer.limit


def test_four_inputs_and_their_patch_are_eight_variables():
    net = network(random.Random(5), [4, 3, 1], ("relu", "identity"))
    prover = Prover(net, Domain.box("[-1,1]^4"), cells=2_000, seconds=30)
    answer = prover.ranges("h2 = h2(x')")
    assert answer.verdict == "proved" and len(answer.data["variables"]) == 8
    assert accepted(prover.certificate())


def test_monotone_and_never_active():
    net = Network.from_layers([([[1, -1], [-1, -2]], [0, -4], "relu"), ([[1, 5]], [0], "identity")])
    prover = limited(net)
    assert prover.monotone("x1").verdict == "proved"
    assert prover.monotone("x2", rising=False).verdict == "proved"
    wrong = prover.monotone("x2")
    assert wrong.verdict == "refuted"
    (_, before), (_, after) = wrong.witness.values
    assert after < before and wrong.witness.point["x2 later"] >= wrong.witness.point["x2"]
    assert prover.never_active("h2").verdict == "proved"
    assert prover.never_active("h1").verdict == "refuted"
    assert accepted(prover.certificate())


def test_claims_of_one_thing_under_an_intervention():
    """By hand: y = relu(x1 - x2) + 5 relu(-x1 - 2 x2 - 4) on [-1, 1]^2; h2 is on with its bias."""
    net = Network.from_layers([([[1, -1], [-1, -2]], [0, -4], "relu"), ([[1, 5]], [0], "identity")])
    prover = limited(net)
    bound = parse_expression("x1 - x2 + 2")
    for answer, verdict in (
        (prover.never_active("h2", "h2.bias = -3"), "proved"),
        (prover.never_active("h2", "h2.bias = -2"), "refuted"),
        (prover.monotone("x1", True, "x1->h1 *= -1"), "refuted"),
        (prover.monotone("x1", False, "x1->h1 *= -1"), "proved"),
        (prover.monotone("x1", True, "h1 = worst"), "proved"),
        (prover.monotone("x1", True, "h1 = h1(x')"), "proved"),
        (prover.bounded("y", "<=", bound), "proved"),
        (prover.bounded("y", "<=", bound, "h1 = h1(x')"), "refuted"),
        (prover.bounded("y", "<", parse_expression("2"), "h1 = 0"), "proved"),
        (prover.bounded("y", "<", parse_expression("2")), "refuted"),  # 2 is reached at (1, -1)
        (prover.bounded("y", "<=", parse_expression("2"), "h1 = worst"), "proved"),
        (prover.bounded("y", ">", parse_expression("0"), "y.bias = 1/64"), "proved"),
        (prover.bounded("y", ">", parse_expression("0")), "refuted"),
    ):
        assert answer.verdict == verdict, answer.claim
        assert "under" in answer.claim or answer.kind == "bound"
    assert accepted(prover.certificate())


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("x1*x2", "no sum of multiples"),
        ("x1 and x2", "need not be 0 or 1"),
        ("mod(x1, 2)", "not piecewise linear"),
        ("pi*x1", "not rational"),
    ],
)
def test_what_cannot_be_written_is_said_and_leaves_nothing_behind(expression, why):
    from toynets.expressions import parse_expression

    made, _ = program(wide(0))
    before = (len(made.nodes), len(made.parts))
    with pytest.raises(Unprovable, match=why):
        made.express(parse_expression(expression), {"x1": 0, "x2": 1})
    assert (len(made.nodes), len(made.parts)) == before


EXPRESSIONS = (
    "max(x1, x2, 1/3) - min(x1, -x2)",
    "0.25*abs(x1 - x2)/2 + relu(-x1)",
    "(x1 > x2) + 2*(x1 <= 0.5) - (x2 != 0)",
    "(x1 == x2) or not x1 < 0 and x2 >= 0",
    "step(x1 + x2)*3 - (x1 > 0 and (x2 > 0 and x1 != x2))",
    "square(3)*x1 - 4/7",
)


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_an_expression_is_worth_what_it_evaluates_to(expression):
    """Also through the certificate: a checker that parses the text itself gets the same range."""
    from toynets.expressions import parse_expression

    said = parse_expression(expression)
    made, _ = program(wide(0))
    index = made.express(said, {"x1": 0, "x2": 1})
    draw = random.Random(1)
    for _ in range(60):
        point = [rational(draw.randint(-4, 4)) / 4 for _ in range(2)]
        value = said.evaluate({"x1": point[0], "x2": point[1]})
        assert made.values(point)[index] == value
    answer = settle(between("range", made, [index]))
    assert answer.verdict == "proved"
    tiny_checker.check(certificate(wide(0), [answer]))


def test_dotted_names_are_renamed():
    from toynets.expressions import parse_expression

    net = network(random.Random(0), [2, 2, 2, 1], ("relu", "relu", "identity"))
    made, _ = program(net)
    index = made.express(parse_expression("h1.2 - x1"), {"h1.2": 3, "x1": 0})
    values = made.values([ONE, ONE])
    assert values[index] == values[3] - 1
    assert made.parts[-1]["names"] == {"h1_2": 3, "x1": 0}
