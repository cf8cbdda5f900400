"""The names that other people's code calls, from outside: `import toynets` and nothing else."""

from __future__ import annotations

from fractions import Fraction

import pytest

import toynets


@pytest.fixture
def xor():
    return toynets.load("xor-sum")


def test_every_public_name_can_be_read():
    for name in toynets.__all__:
        assert getattr(toynets, name) is not None
    assert set(toynets.__all__) <= set(dir(toynets))


def test_a_name_that_is_not_there_is_answered_with_the_nearest():
    with pytest.raises(AttributeError, match="has no attribute 'abblate'"):
        toynets.abblate  # the access is what fails


def test_a_network_is_built_from_layers():
    net = toynets.Network.from_layers(
        [([[1, 1], [1, 1]], [0, -1], "relu"), ([[1, -2]], [0], "identity")],
        inputs=["a", "b"],
        units=["any", "both"],
        outputs=["y"],
    )
    assert net["both->y"] == -2
    assert toynets.exact.run(net, [1, 1], "both = 0") == 2


def test_an_entry_has_network_explanation_task_and_domain(xor):
    assert xor.network.text == "2-2-1 relu"
    assert isinstance(xor.explanation, toynets.Explanation)
    assert xor.task.domain == toynets.Domain.boolean(2)


def test_the_first_five_minutes_in_python(xor):
    assert "x1->h1" in str(xor)
    without = toynets.ablate(xor, "h2 = 0")
    assert without.outcomes == ((0,), (1,), (1,), (2,))
    assert without.effects == ((0,), (0,), (0,), (2,))
    assert toynets.run(xor.network, [0.5, 0.5]) == 1.0
    other = toynets.load("xor-difference")
    assert toynets.run(other.network, [0.5, 0.5]) == 0.0
    report = toynets.verify(xor.network, xor.explanation, xor.task.domain)
    assert report.verdict == "exhaustive"
    assert report.witness is None
    assert '"verdict": "exhaustive"' in report.to_json()


def test_run_is_float32_and_exact_run_is_rational(xor):
    import numpy

    assert isinstance(toynets.run(xor.network, [1, 0])[0], numpy.float32)
    assert isinstance(toynets.exact.run(xor.network, [1, 0])[0], Fraction)
    tanh = toynets.load("xor-tanh")
    assert isinstance(toynets.exact.run(tanh.network, [1, 0])[0], toynets.Ball)


def test_source_and_domain_are_keywords_on_both_sides(xor):
    domain = xor.task.domain
    for side in (toynets, toynets.exact):
        assert side.run(xor.network, [1, 1], "h2 = h2(x')", source=[0, 1]) == 2
        assert side.run(xor.network, [1, 1], "h2 = mean", domain=domain) == Fraction(3, 2)
        assert len(side.runs(xor.network, [1, 1], "h1 = resample", domain=domain)) == 3
        assert side.trace(xor.network, [1, 1])["h1"] == 2


def test_domains_of_every_kind_can_be_made():
    assert len(toynets.Domain.boolean(3)) == 8
    assert len(toynets.Domain.listed([[0, 1], [1, 1]])) == 2
    assert toynets.Domain.box("[-1,1]^2").dimension == 2
    assert toynets.Domain.sampled("[-1,1]^2", seed=1).seed == 1


def test_an_explanation_round_trips(xor):
    again = toynets.Explanation.from_json(xor.explanation.to_json())
    assert again.to_dict() == xor.explanation.to_dict()


def test_expressions_and_interventions_are_parsed():
    assert str(toynets.parse_expression("x1 + x2")) == "x1 + x2"
    assert toynets.parse_intervention("x1:h2=0").text == "x1->h2 = 0"
    with pytest.raises(toynets.ParseError, match="column 4"):
        toynets.parse_intervention("h2 0")


def test_verify_takes_a_name_an_entry_or_all_three(xor):
    assert toynets.verify("xor-sum").cases == toynets.verify(xor).cases > 100
    with pytest.raises(toynets.ToynetsError, match="needs an explanation as well"):
        toynets.verify(xor.network)
    with pytest.raises(toynets.ToynetsError, match="needs a domain as well"):
        toynets.verify(xor.network, xor.explanation)


def test_an_explanation_that_says_its_domain_is_held_there(xor):
    edge = toynets.Domain.listed([[0, 0], [1, 0]])
    said = toynets.Explanation.from_dict(xor.explanation.to_dict() | {"domain": edge.to_dict()})
    found = [toynets.verify(about, said).domain for about in (xor, "xor-sum", xor.network)]
    assert found == ["2 listed inputs"] * 3
    assert toynets.verify(xor, said, toynets.Domain.boolean(2)).domain == "{0, 1}^2"


def test_a_refuted_report_has_a_witness(xor):
    report = toynets.verify(xor.network, xor.wrong[0].explanation, xor.task.domain)
    assert report.verdict == "refuted"
    assert "input 11: you say 1, the network gives 2" in report.witness.message


def test_training_returns_a_network_the_curve_and_the_recipe():
    found = toynets.train("and", hidden=1, activation="relu", seed=1, steps=5)
    assert found.network.sizes == (2, 1, 1)
    assert found.losses.shape == (5,)
    assert found.recipe["seed"] == 1


@pytest.mark.parametrize(
    "record",
    [
        lambda: toynets.load("xor-sum"),
        lambda: toynets.load("xor-sum").network,
        lambda: toynets.load("xor-sum").explanation,
        lambda: toynets.list(),
        lambda: toynets.show("xor-sum"),
        lambda: toynets.ablate("xor-sum", "h2 = 0"),
        lambda: toynets.verify("xor-sum"),
        lambda: toynets.exact.trace(toynets.load("xor-sum").network, [1, 1]),
    ],
    ids=["entry", "network", "explanation", "list", "show", "ablate", "verify", "trace"],
)
def test_records_show_themselves_in_notebooks(record):
    shown = record()
    html = shown._repr_html_()
    assert "<script" not in html
    assert 'scope="col"' in html
    assert "|" in shown._repr_markdown_()
    assert isinstance(shown.to_dict(), dict)
    assert str(shown)


def test_the_citation_agrees_with_the_citation_file():
    import re
    from pathlib import Path

    from toynets import citation

    text = (Path(__file__).parents[1] / "CITATION.cff").read_text(encoding="utf-8")
    stated = dict(re.findall(r'^([a-z-]+): *"?([^"\n]+)"?$', text, re.MULTILINE))
    assert stated["title"] == citation.TITLE
    assert stated["abstract"] == citation.ABSTRACT
    assert stated["version"] == citation.VERSION == toynets.__version__
    assert stated["date-released"] == citation.RELEASED
    assert stated["license"] == citation.LICENCE
    assert tuple(re.findall(r'^  - name: "(.*)"$', text, re.MULTILINE)) == citation.AUTHORS
