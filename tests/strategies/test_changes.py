"""Interventions that are drawn: every form of the language, accepted, in every spelling."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from strategy_cases import RATIONAL, TIED, drawn

from toynets import exact
from toynets import strategies as ts
from toynets.interventions import runs as float_runs
from toynets.names import parse_intervention

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
    assert not re.search(r"mean|resample|worst|x'", text)
    assert exact.run(TIED, [1, 0], text).names == ("y",)  # and so it runs with nothing else
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
