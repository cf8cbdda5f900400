"""What strategies draw is valid, covers what it says, and shrinks to what a person can read."""

from __future__ import annotations

import re
import subprocess
import sys
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from toynets import exact
from toynets import strategies as ts
from toynets.activations import ACTIVATIONS
from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.explanation import Explanation
from toynets.expressions import parse_expression
from toynets.interventions import runs as float_runs
from toynets.names import parse_intervention
from toynets.network import Network
from toynets.rationals import fraction
from toynets.records import Ball
from toynets.symmetry import MOVES
from toynets.tasks import names
from toynets.verification import verify

SHRINK = settings(max_examples=500, database=None, derandomize=True)
RATIONAL = ("relu", "identity", "abs", "square", "step")
TIED = Network.from_layers(
    [([[1, 1], [0.5, 0]], [0, -1], "relu"), ([[1, -2]], [0], "identity")],
    masks=[[[1, 1], [1, 0]], None],
    ties={"w": ["x1->h1", "x2->h1"], "b": ["h1.bias", "y.bias"]},
)


def drawn(strategy, count=600):
    """Many examples of a strategy, nothing shrunk: what comes up at all."""
    found = []

    @settings(
        max_examples=count,
        phases=[Phase.generate],
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(example):
        found.append(example)

    collect()
    return found


def same(a, b):
    if isinstance(a, Ball) or isinstance(b, Ball):
        return abs(float(a) - float(b)) < 1e-9 * max(1.0, abs(float(a)))
    return a == b


# Networks, inputs, domains


@given(st.data())
def test_a_network_has_the_sizes_that_were_asked_for(data):
    net = data.draw(
        ts.networks(inputs=2, layers=(1, 3), width=(2, 3), outputs=(2, 4), dtype="float64")
    )
    assert net.sizes[0] == 2 and 3 <= len(net.sizes) <= 5 and 2 <= net.sizes[-1] <= 4
    assert all(2 <= size <= 3 for size in net.sizes[1:-1])
    assert net.dtype == "float64" and Network.from_dict(net.to_dict()) == net


@given(ts.networks(masks=False, ties=False, biases=True))
def test_a_plain_network_has_all_edges_and_biases_and_no_ties(net):
    assert not net.ties
    assert all(la.mask is None and la.bias is not None for la in net.layers)


def test_everything_that_a_network_can_have_comes_up():
    nets = drawn(ts.networks(), 400)
    hidden = {la.activation for n in nets for la in n.layers[:-1]}
    assert hidden == set(ACTIVATIONS) - {"softmax"}
    assert {n.layers[-1].activation for n in nets} == set(ACTIVATIONS)
    assert {len(n.layers) for n in nets} == {1, 2, 3}
    assert any(n.layers[0].mask is not None for n in nets)
    assert any(n.layers[0].bias is None for n in nets)
    assert {len(n.ties.get("w", ())) for n in nets} == {0, 2, 3}


@given(st.data(), st.sampled_from(["dyadic", "float32", "float64"]))
def test_numbers_are_those_that_were_asked_for(data, kind):
    net = data.draw(ts.networks(numbers=kind, dtype="float64"))
    for value in net.numbers.values():
        bits = Fraction(value).denominator.bit_length() - 1
        assert abs(value) <= 8
        assert kind == "float64" or bits <= {"dyadic": 2, "float32": 149}[kind]


def test_names_of_ones_own_come_up_where_they_are_asked_for():
    nets = drawn(ts.networks(named=True), 60)
    assert {net.inputs[0] for net in nets} == {"a", "x1"}
    named = next(n for n in nets if n.inputs[0] == "a" and len(n.units) > 7 - len(n.inputs))
    assert {"carry", "y_bias"} <= {*named.inputs, *named.units}
    assert Network.from_dict(named.to_dict()) == named
    text = f"{named.inputs[0]} = 1, {named.units[0]}.pre = mean"
    assert named.wiring.resolve(text).text == text
    assert {net.inputs[0] for net in drawn(ts.networks(), 20)} == {"x1"}


def test_a_found_network_is_shrunk_to_what_matters():
    net = find(ts.networks(), lambda n: n.numbers.get("h1->y", 0) < 0, settings=SHRINK)
    assert net.text == "1-1-1 relu" and not net.ties
    assert dict(net.numbers) == {"x1->h1": 0, "h1.bias": 0, "h1->y": -1, "y.bias": 0}


@given(st.data())
def test_inputs_are_rows_of_the_domain_or_points_of_the_box(data):
    net = data.draw(ts.networks(inputs=2))
    listed = data.draw(ts.domains(net))
    assert 2 <= len(listed) <= 4 and listed.dimension == 2
    assert data.draw(ts.inputs(net, listed)) in listed
    box = Domain.box([(-1, 1), (0, "1/2")])
    point = data.draw(ts.inputs(net, box))
    assert point in box and all(isinstance(v, Fraction) for v in point)
    assert len(data.draw(ts.inputs(net))) == 2


def test_what_is_asked_for_wrongly_is_refused():
    with pytest.raises(ToynetsError, match=r"inputs as a number or \(least, most\) from 1"):
        ts.networks(inputs=0)
    with pytest.raises(ToynetsError, match=r"width .*got \(3, 1\)"):
        ts.networks(width=(3, 1))
    with pytest.raises(ToynetsError, match="no activation sine"):
        ts.networks(activations=("sine",))
    with pytest.raises(ToynetsError, match="expected numbers dyadic or float32"):
        ts.networks(numbers="float64", dtype="float32")
    with pytest.raises(ToynetsError, match="text or record, but got 'json'"):
        ts.interventions(TIED, form="json")


# Interventions

FORMS = {
    "an input": r"^x1 = -?\d",
    "a unit": r"^h1 = -?\d",
    "an output": r"^y = ",
    "a pre-activation": r"^h1\.pre = -?\d",
    "a fraction": r"= \d+/\d+",
    "a bias": r"^h2\.bias = ",
    "an edge set": r"^x[12]->h[12] = -?\d",
    "an edge shifted": r"^x[12]->h[12] \+= ",
    "an edge multiplied": r"^x[12]->h[12] \*= ",
    "all that comes in": r"^->h1 = ",
    "all that goes out": r"^h1-> \*= ",
    "a tied group": r"^w = ",
    "a copy of a group": r"^w@2 = ",
    "a copy by its edge": r"^x2->h1@2 = ",
    "a copy by its bias": r"^y@2\.bias = ",
    "mean": r"^h1 = mean",
    "mean of a pre-activation": r"^h1\.pre = mean",
    "resample": r"= resample",
    "worst": r"= worst",
    "a patch from x'": r"^[xh][12] = \(x'\)",
    "a patch written out": r"^[xh][12] = \(-?[\d/]+, -?[\d/]+\)",
    "a patch of another unit": r"^h[12] = [xy]\d?\(x'\)",
    "a patch of a pre-activation": r"^[xh][12] = (h[12]|y)\.pre\(",
    "a patch along one edge": r"^x[12]->h[12] = \(x'\)",
    "several targets": r"^h1, h2 = \d",
    "several clauses": r" [*+]?= .* [*+]?= .* [*+]?= ",
}


def test_every_form_of_the_language_comes_up():
    seen = set()
    for text in drawn(ts.interventions(TIED), 1_200):
        for clause in parse_intervention(text).clauses:
            value = clause.text.rpartition(f" {clause.op} ")[2]
            seen |= {f"{target.text} {clause.op} {value}" for target in clause.targets}
            seen.add(clause.text)
        seen.add(text)
    assert [form for form, look in FORMS.items() if not any(re.search(look, t) for t in seen)] == []


@given(st.data())
@settings(max_examples=25)
def test_an_intervention_is_accepted_and_runs(data):
    net = data.draw(
        ts.networks(
            inputs=2,
            layers=(1, 2),
            width=(1, 2),
            activations=RATIONAL,
            output_activations=("identity", "relu", "softmax"),
        )
    )
    text = data.draw(ts.interventions(net, clauses=(1, 2)))
    given = {"source": data.draw(ts.inputs(net)), "domain": data.draw(ts.domains(net, rows=3))}
    x = data.draw(ts.inputs(net))
    assert text and parse_intervention(text).text == text
    found = exact.runs(net, x, text, **given)
    assert found and len(float_runs(net, x, text, **given)) == len(found)


@given(st.data())
def test_what_a_run_would_lack_can_be_left_out(data):
    text = data.draw(ts.interventions(TIED, domain=False, families=False, source=False))
    assert exact.run(TIED, [1, 0], text) is not None
    assert not data.draw(ts.interventions(TIED, clauses=0))


@given(st.data())
def test_other_spellings_and_records_mean_the_same(data):
    record = data.draw(ts.interventions(TIED, form="record"))
    assert parse_intervention(record.text) == record
    odd = data.draw(ts.interventions(TIED, spellings=True))
    standard = parse_intervention(odd).text
    assert parse_intervention(standard) == parse_intervention(odd)
    assert TIED.wiring.resolve(odd).text == standard


def test_every_spelling_comes_up():
    texts = drawn(ts.interventions(TIED, spellings=True), 200)
    assert all(any(sign in t for t in texts) for sign in ("→", ":", "−", "  ", "h1=", "->"))


# Tasks


@given(ts.tasks())
def test_a_task_has_a_target_for_every_row(task):
    for row in task.training:
        assert len(task.target(row)) == len(task.outputs)
    assert task.domain.dimension == len(task.inputs)


def test_a_task_may_have_several_outputs():
    found = drawn(ts.tasks(inputs=2, outputs=(2, 3), shipped=False), 100)
    assert {len(task.outputs) for task in found} == {2, 3}
    for task in found:
        digits = task.name.removeprefix("table-").split("-")
        assert task.outputs == ("y1", "y2", "y3")[: len(digits)]
        for k, row in enumerate(task.domain):
            assert task.target(row) == tuple(int(table[k]) for table in digits)
        true = sum(any(table[k] == "1" for table in digits) for k in range(4))
        assert task.hidden == (max(true, 1),)  # a unit for each row with a 1


def test_shipped_tasks_and_tables_come_up():
    names_drawn = {t.name for t in drawn(ts.tasks())}
    assert set(names()) <= names_drawn
    assert {"table-01", "table-0110"} <= names_drawn


# Gauge moves


@given(st.data())
def test_a_gauge_move_keeps_the_function(data):
    net = data.draw(ts.networks())
    moved = data.draw(ts.gauge_moves(net, preserving=False))
    assert moved.before is net
    x = data.draw(ts.inputs(net))
    for a, b in zip(exact.run(net, x), exact.run(moved.after, x), strict=True):
        assert same(a, b)


@given(st.data())
def test_a_preserving_move_keeps_every_ablation(data):
    net = data.draw(ts.networks(layers=(1, 2)))
    moved = data.draw(ts.gauge_moves(net))
    assert moved.preserves_ablations
    x, domain = data.draw(ts.inputs(net)), data.draw(ts.domains(net))
    unit = data.draw(st.sampled_from(net.hidden))
    for text in (f"{unit} = 0", f"{unit} = mean"):
        one = exact.run(net, x, text, domain=domain)
        two = exact.run(moved.after, x, text, domain=domain)
        assert all(map(same, one, two))


def test_every_move_comes_up():
    opposite = Network.from_layers([([[1], [-1]], [0, 1], "relu"), ([[1, 1]], [0], "identity")])
    smooth = Network.from_layers([([[1], [2]], [0, 1], "sigmoid"), ([[1, 2]], [0], "identity")])
    classes = Network.from_layers([([[1]], [0], "tanh"), ([[1], [2]], [0, 0], "softmax")])
    kept = {}
    for net in (opposite, smooth, classes):
        for moved in drawn(ts.gauge_moves(net, preserving=False, steps=1), 200):
            kept[moved.steps[0].partition("(")[0]] = moved.preserves_ablations
            assert moved.after != net
    assert kept == {name: move.preserves_ablations for name, move in MOVES.items()}


def test_a_network_that_allows_no_move_is_returned_as_it_is():
    single = Network.from_layers([([[1]], [0], "relu")])
    moved = drawn(ts.gauge_moves(single), 1)[0]
    assert moved.steps == () and moved.after is single


# Explanations and near misses


@given(st.data())
@settings(max_examples=40)
def test_an_explanation_is_true(data):
    net = data.draw(ts.networks(inputs=(1, 2), width=(1, 2), numbers="float32"))
    said = data.draw(ts.explanations(net))
    report = verify(net, said, data.draw(ts.domains(net)), cases=2_000)
    assert report.verdict in ("exhaustive", "sampled", "unknown"), report
    assert not report.failed
    assert {n: str(v) for n, v in said.numbers.items()} == {
        n: str(Fraction(v)) for n, v in net.numbers.items()
    }


@given(st.data())
@settings(max_examples=40)
def test_of_a_rational_network_it_is_exact(data):
    net = data.draw(
        ts.networks(inputs=(1, 2), width=(1, 2), activations=RATIONAL, output_activations=RATIONAL)
    )
    said = data.draw(ts.explanations(net))
    domain = data.draw(ts.domains(net))
    assert verify(net, said, domain).verdict == "exhaustive"
    assert set(said.tolerance.values()) == {0}
    for outcome in said.outcomes:
        for row in domain.rows:
            found = exact.run(net, row, outcome.intervention.text)
            names = {**dict(zip(net.inputs, row, strict=True)), **said.constants}
            for y, (value,) in outcome.outputs.items():
                assert fraction(value.evaluate(names)) == found[y]


def test_a_deep_network_is_explained_without_filling_pages():
    wide = ts.networks(inputs=4, layers=6, width=4, outputs=(1, 3), activations=RATIONAL)
    for net, said in drawn(wide.flatmap(lambda n: ts.explanations(n).map(lambda e: (n, e))), 3):
        assert len(net.layers) == 7 and not said.outcomes
        assert not verify(net, said, Domain.listed([[1, 0, -1, 2]]), cases=200).failed


def test_the_length_of_a_text_is_known_before_it_is_written():
    from toynets.strategies.claimed import LONGEST, _parts, unit_texts

    for net in drawn(ts.networks(inputs=2, layers=(0, 3), biases=True, masks=False), 40):
        texts = unit_texts(net)
        longest = max(len(re.findall(r"[0-9x]+\*|[+-] [0-9/.]+", texts[y])) for y in net.outputs)
        assert longest <= 2 * _parts(net), net.text
    assert LONGEST < 20_000  # which is what an author's expression may have


def test_the_ways_to_say_it_come_up():
    net = Network.from_layers([([[0.5, -0.25]], [0.5], "relu")])
    said = drawn(ts.explanations(net), 200)
    assert {str(e.weights["x2->y"].value) for e in said} == {"-0.25", "-1/4"}
    assert {str(e.weights["y.bias"].value) for e in said} == {"0.5", "1/2", "a"}
    assert min(len(e.outcomes) for e in said) == 0 and max(len(e.outcomes) for e in said) > 2
    hinge = Network.from_layers([([[2]], [1], "relu"), ([[3]], None, "identity")])
    stated = {o.intervention.text for e in drawn(ts.explanations(hinge), 100) for o in e.outcomes}
    values = {"", "h1 = 0", "h1 = 1"}
    edits = {
        f"{a} {edit}" for a in ("x1->h1", "h1.bias", "h1->y") for edit in ("= 0", "*= -1", "+= 1")
    }
    assert stated == values | edits


def test_units_are_explained_by_the_inputs_or_by_the_units_before():
    net = Network.from_layers([([[1]], [0], "relu"), ([[2]], [0], "identity")])
    said = {str(e.units["y"].expression) for e in drawn(ts.explanations(net), 100)}
    assert said == {"2*h1 + 0", "2*relu(1*x1 + 0) + 0"}


def value_on(text, net, row, said):
    """The value of an expression, where names of units stand for what the network computes."""
    trace = exact.trace(net, row)
    names = {**{n: trace[n] for n in (*net.inputs, *net.units)}, **said.constants}
    return parse_expression(text).evaluate(names)


@given(st.data())
@settings(max_examples=80)
def test_a_near_miss_differs_in_one_place_and_is_refuted_unless_it_says_the_same(data):
    net = data.draw(
        ts.networks(
            inputs=(1, 2),
            width=(1, 2),
            activations=RATIONAL,
            output_activations=RATIONAL,
            ties=False,
        )
    )
    said = data.draw(ts.explanations(net))
    miss = data.draw(ts.wrong_explanations(net, said))
    before, after = flat(said.to_dict()), flat(miss.explanation.to_dict())
    assert before.keys() == after.keys()
    assert [k for k in before if before[k] != after[k]] == [tuple(miss.place_keys)]
    assert miss.was != miss.now
    domain = data.draw(ts.domains(net))
    report = verify(net, miss.explanation, domain)
    if report.verdict != "refuted":
        keys = miss.place_keys
        assert keys[0] in ("units", "outcomes"), miss  # numbers are compared themselves
        if keys[-1] == "activation":
            return  # the same on every case that occurs; brute force would be verification again
        for row in domain.rows if keys[0] == "units" else ():
            assert value_on(miss.was, net, row, said) == value_on(miss.now, net, row, said)


def flat(data, path=()):
    """Nested data as path -> text."""
    if isinstance(data, dict | list):
        items = data.items() if isinstance(data, dict) else enumerate(data)
        return {k: v for key, item in items for k, v in flat(item, (*path, key)).items()}
    return {path: data}


SAID = {
    "about": "t",
    "parameters": {"a": "3/2"},
    "weights": {"x1->h1": "a", "x2->h1": "-1", "h1->y": "2", "y.bias": "0"},
    "units": {
        "h1": {"activation": "relu", "expression": "relu(a*x1 - x2)"},
        "y": {"activation": "identity", "expression": "2*h1", "concept": "max(x1, x2) > 0"},
    },
    "outcomes": [{"intervention": "h1 = 0", "outputs": {"y": "0"}}],
}


NEAR = [
    ("number", "parameters/a", "4/2"),
    ("number", "weights/x2->h1/value", "-2"),
    ("number", "outcomes/0/outputs/y", "1"),
    ("sign", "weights/x2->h1/value", "1"),
    ("sign", "weights/h1->y/value", "-2"),
    ("sign", "units/h1/expression", "relu(a*x1 + x2)"),
    ("operator", "units/h1/activation", "abs"),
    ("operator", "units/h1/expression", "abs(a*x1 - x2)"),
    ("operator", "units/y/expression", "2 + h1"),
    ("operator", "units/y/concept", "min(x1, x2) > 0"),
    ("operator", "units/y/concept", "max(x1, x2) >= 0"),
    ("unit", "units/h1/expression", "relu(a*x2 - x2)"),
    ("unit", "units/y/expression", "2*x1"),
]


def test_every_kind_of_near_miss_comes_up_everywhere():
    net = Network.from_layers([([[1.5, -1]], None, "relu"), ([[2]], [0], "identity")])
    misses = drawn(ts.wrong_explanations(net, Explanation.of(**SAID)), 400)
    assert set(NEAR) <= {(m.kind, m.place, m.now) for m in misses}
    assert "weights/y.bias/value" not in {m.place for m in misses if m.kind == "sign"}  # -0 is 0


@given(st.data())
@settings(max_examples=30)
def test_a_certain_miss_is_refuted_for_certain(data):
    net = data.draw(ts.networks(inputs=1, layers=(0, 1), width=1, numbers="float32"))
    said = data.draw(ts.explanations(net))
    if not net.numbers:
        return
    miss = data.draw(ts.wrong_explanations(net, said, certain=True))
    assert miss.place_keys[0] == "weights"
    report = verify(net, miss.explanation, data.draw(ts.domains(net)), cases=300)
    assert report.verdict == "refuted" and "weights" in report.failed


def test_a_certain_miss_is_further_off_than_the_tolerance():
    net = Network.from_layers([([[1.5, -1]], None, "relu"), ([[2]], [0], "identity")])
    rough = Explanation.of(**SAID, tolerance={"weights": "3/4"})
    misses = drawn(ts.wrong_explanations(net, rough, certain=True), 60)
    # 2 -> 3 is off by 1, which another true statement could be, too; 2 -> -2 is off by 4.
    assert {(m.place, m.now) for m in misses} == {
        ("weights/x1->h1/value", "-a"),
        ("weights/x2->h1/value", "1"),
        ("weights/h1->y/value", "-2"),
    }


def test_where_nothing_can_be_swapped_it_says_so():
    net = Network.from_layers([([[1]], None, "identity")])
    said = Explanation.of(about="t", weights={"x1->y": "1"}, units={"y": {"activation": "relu"}})
    with pytest.raises(ToynetsError, match="can be swapped for another unit"):
        ts.wrong_explanations(net, said, kinds=("unit",))


def test_the_package_does_not_import_hypothesis_by_itself():
    code = "import toynets, sys; toynets.load; print('hypothesis' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
