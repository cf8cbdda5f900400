"""What every network of the zoo must fulfil: adding a file to the folder adds its tests."""

from __future__ import annotations

import functools
import itertools
import json
from fractions import Fraction

import pytest

from toynets import exact, zoo
from toynets.domain import label
from toynets.explanation import Explanation
from toynets.rationals import rational
from toynets.records import Ball
from toynets.verification import Decision, verify
from toynets.zoo.entry import change

NAMES = zoo.names()
TRAINED = [name for name in NAMES if zoo.load(name).trained is not None]
BUILT = [name for name in NAMES if name not in TRAINED]
ROWS = ("weights", "clean", "units", "ablations")
TOLERANT = [(n, row) for n in NAMES for row in ROWS if zoo.load(n).explanation.epsilon(row) > 0]
WRONG = [(name, wrong.name) for name in NAMES for wrong in zoo.load(name).wrong]
FACTS = [(name, fact.text) for name in NAMES for fact in zoo.load(name).facts]
CHECKS = ("weights", "clean", "units", "concepts", "roles", "outcomes")


@functools.cache
def report(name):
    entry = zoo.load(name)
    return verify(entry.network, entry.explanation, entry.task.domain)


def rows(entry):
    """The inputs of a finite domain, or a grid with corners, middle and kinks of a box."""
    domain = entry.task.domain
    return domain.rows if domain.finite else entry.task.training.rows


def distance(value, wanted):
    """How far an exact value, or any point of a ball, is from a number, at most."""
    ends = (value.lower, value.upper) if isinstance(value, Ball) else (value,)
    return max(abs(end - Fraction(str(wanted))) for end in ends)


def decide(entry, values):
    """The decision on the outputs; the values themselves where the task has none."""
    ends = [(v.lower, v.upper) if isinstance(v, Ball) else (v,) for v in values]
    decision = Decision(entry.task.decision, entry.network.outputs)
    corners = [tuple(rational(end) for end in corner) for corner in itertools.product(*ends)]
    choices = {decision(corner)[0] if decision else corner for corner in corners}
    assert len(choices) == 1, "a ball straddles the threshold"
    return choices.pop()


def scores(entry):
    """Whether outputs only have to be on the right side: by their loss, or as a sigmoid."""
    return entry.task.loss != "mse" or entry.network.layers[-1].activation == "sigmoid"


# Boxes that stay sampled: their units are squares, which have no certificate in rationals.
SAMPLED = ("disc", "ring")


@pytest.mark.parametrize("name", NAMES)
def test_the_explanation_is_verified_as_strongly_as_the_domain_allows(name):
    entry, found = zoo.load(name), report(name)
    assert found.failed == (), f"toynets verify {name} says why"
    box = "sampled" if name in SAMPLED else "proved"
    assert found.verdict == ("exhaustive" if entry.task.domain.finite else box)


@pytest.mark.parametrize("name", NAMES)
def test_coverage_is_full_or_exactly_what_is_declared_is_missing(name):
    entry, found = zoo.load(name), report(name)
    assert set(found.missing) == set(entry.unexplained)
    assert set(entry.explanation.unexplained) == set(entry.unexplained)
    if not entry.unexplained:
        assert [share.explained - share.of for share in found.coverage.values()] == [0, 0, 0]


@pytest.mark.parametrize("name", NAMES)
def test_everything_has_a_reason_in_words(name):
    said = zoo.load(name).explanation
    parts = [*said.weights.items(), *said.units.items()]
    bare = [address for address, part in parts if not (part.why and part.role)]
    assert bare == [], "these lack a role or a reason (why)"
    bare = [o.intervention.text for o in said.outcomes if not o.why]
    assert bare == [], "these outcomes lack a reason (why)"


@pytest.mark.parametrize("name", NAMES)
def test_removing_each_hidden_unit_and_something_else_has_a_stated_outcome(name):
    entry = zoo.load(name)
    stated = [o.intervention.text for o in entry.explanation.outcomes]
    single = {f"{unit} = 0" for unit in entry.network.hidden}
    missing = {"", *single} - set(stated)
    assert not missing, 'state these outcomes, too ("" is the clean network)'
    assert len(stated) == len(set(stated)), "an outcome is stated twice"
    assert len(stated) >= len(single) + 3, "state hidden units + 3 outcomes or more"


@pytest.mark.parametrize("name", NAMES)
def test_the_explanation_rests_on_fewer_numbers_than_weights(name):
    copied = zoo.load(name).explanation.transcribed
    assert not copied, "as many numbers as weights: name one that occurs often in parameters="


@pytest.mark.parametrize("name", NAMES)
def test_the_network_does_its_task(name):
    entry = zoo.load(name)
    tolerance = Fraction(str(entry.explanation.epsilon("clean")))
    assert set(entry.misses) <= {label(row) for row in rows(entry)}
    for row in rows(entry):
        values, wanted = exact.run(entry.network, row), entry.task.target(row)
        gap = max(distance(value, want) for value, want in zip(values, wanted, strict=True))
        if label(row) in entry.misses:  # a training that failed, and says where
            assert gap > 100 * tolerance, row
            continue
        if entry.task.decision:
            assert decide(entry, values) == decide(entry, wanted), row
        if not scores(entry):
            assert gap <= tolerance, row


@pytest.mark.parametrize("name", NAMES)
def test_the_explanation_reads_back_from_its_json(name):
    entry = zoo.load(name)
    again = Explanation.from_json(entry.explanation.to_json())
    assert again == entry.explanation
    assert again.to_dict() == entry.explanation.to_dict()


@pytest.mark.parametrize("name", NAMES)
def test_the_entry_is_plain_data_and_its_names_agree(name):
    entry = zoo.load(name)
    data = json.loads(json.dumps(entry.to_dict()))
    assert data["name"] == entry.network.name == entry.explanation.about == name
    assert data["hash"] == entry.network.hash
    assert data["explanation"]["decision"] == entry.task.decision
    assert type(entry.network).from_dict(data["network"]).hash == data["hash"]


@pytest.mark.parametrize("name", NAMES)
def test_the_story_is_short_and_the_sources_are_named(name):
    entry = zoo.load(name)
    assert 100 < len(entry.story) <= 320, "a story has more than 100 and at most 320 characters"
    assert entry.story.endswith("."), "a story ends with a full stop"
    assert len(entry.title) <= 100, "a title has at most 100 characters"
    assert entry.sources != (), "name a source in sources="


@pytest.mark.parametrize("name", NAMES)
def test_at_least_three_are_wrong_of_two_kinds_and_one_is_right_on_clean(name):
    wrong = zoo.load(name).wrong
    assert len(wrong) >= 3, "bring at least three wrong explanations"
    assert len({w.name for w in wrong}) == len(wrong), "two of them have one name"
    assert len({w.check for w in wrong}) >= 2, "at least two different checks refute them"
    assert any(w.right_on_clean for w in wrong), "one of them is right on every clean input"


@pytest.mark.parametrize(("name", "wrong"), WRONG, ids=[" ".join(pair) for pair in WRONG])
def test_a_wrong_explanation_is_refuted_by_the_check_that_it_names(name, wrong):
    entry = zoo.load(name)
    case = next(w for w in entry.wrong if w.name == wrong)
    assert case.check in CHECKS, f"check= is one of {', '.join(CHECKS)}"
    assert case.explanation != entry.explanation
    asked = ("clean", case.check)
    found = verify(entry.network, case.explanation, entry.task.domain, only=asked)
    assert found.verdict == "refuted"
    assert case.check in found.failed
    assert ("clean" not in found.failed) == case.right_on_clean
    assert found.witness is not None


@pytest.mark.parametrize("name", NAMES)
def test_each_entry_has_facts_of_the_clean_and_of_a_changed_network(name):
    facts = zoo.load(name).facts
    assert len({fact.text for fact in facts}) == len(facts), "two facts have one text"
    kinds = {bool(fact.intervention) for fact in facts}
    assert kinds == {True, False}, "give a fact of the clean and one of a changed network"
    bare = [fact.text for fact in facts if not fact.outputs and fact.right is None]
    assert bare == [], "these facts lack outputs= or right="


@pytest.mark.parametrize(("name", "text"), FACTS, ids=[" ".join(pair) for pair in FACTS])
def test_a_fact_holds_in_exact_arithmetic(name, text):
    entry = zoo.load(name)
    fact = next(f for f in entry.facts if f.text == text)
    domain = entry.task.domain
    given = {"domain": domain} if domain.finite else {}
    for row, wanted in fact.cases(domain.rows if domain.finite else ()):
        values = exact.run(entry.network, row, fact.intervention, **given)
        pairs = zip(values, wanted, strict=True)
        assert all(distance(value, want) <= Fraction(fact.within) for value, want in pairs), row
    if fact.right is not None:
        right = sum(
            decide(entry, exact.run(entry.network, row, fact.intervention, **given))
            == decide(entry, entry.task.target(row))
            for row in domain.rows
        )
        assert right == fact.right


@pytest.mark.parametrize("name", BUILT)
def test_a_network_of_dyadic_weights_is_explained_exactly(name):
    entry = zoo.load(name)
    assert (entry.claim == "value exact") == (entry.network.rounded == ())


@pytest.mark.parametrize("name", TRAINED)
def test_a_trained_network_has_the_recipe_that_repeats_it(name):
    entry = zoo.load(name)
    made = entry.trained
    assert made["task"] == entry.task.name
    assert tuple(made["hidden"]) == entry.network.sizes[1:-1]
    if entry.network.hidden:
        assert made["activation"] == entry.network.layers[0].activation
    assert isinstance(made["seed"], int)
    assert made["steps"] == sum(phase["steps"] for phase in made["phases"])
    assert {"jax", "optax"} <= set(made["made_with"])


@pytest.mark.parametrize(("name", "row"), TOLERANT, ids=[" ".join(pair) for pair in TOLERANT])
def test_no_tolerance_is_twice_what_is_needed(name, row):
    # A tolerance is the worst difference rounded up to one digit, so half of it is too little.
    entry = zoo.load(name)
    half = entry.explanation.epsilon(row) / 2
    tight = Explanation.from_dict(change(entry.stated, {f"tolerance/{row}": str(half)}))
    checks = {"ablations": ("outcomes", "parameters", "subsets", "interchange")}.get(row, (row,))
    found = verify(entry.network, tight, entry.task.domain, only=checks, first=True)
    assert set(found.failed) <= set(checks)
    assert found.failed


def test_the_zoo_holds_what_was_promised():
    assert len(NAMES) >= 68
    assert len(TRAINED) >= 5
    promised = (
        "and or nand not xor-sum xor-difference xor-ramp xor-veto xor-square majority-5 "
        "exactly-one-of-3 at-least-2-of-4 parity-3-minterms parity-4 parity-6 symmetry-1986 "
        "symmetry-built less-than full-adder adder adder-carry multiplier mux-2 mux-4 and-of-ors "
        "seven-segment max-2 min-2 sort-2 median-3 abs clip tent sawtooth-3 encoder-4-2-4 "
        "encoder-8-3-8 add-mod-5 add-mod-5-clock movie-rating rnn-parity "
        # The pitfalls.
        "constant-unit twin-units dead-weight dormant-backup clip-flipped abs-ramp loud-and-quiet "
        "cancelling-signs opposed-units dead-on-the-square tanh-sign sigmoid-flip code-plus-minus "
        "rare-unit"
    )
    assert set(promised.split()) <= set(NAMES)


def test_the_two_trained_xor_networks_are_of_two_families():
    # Each is refuted under the other's explanation, and not by its numbers alone.
    one, two = zoo.load("xor-relu-1"), zoo.load("xor-relu-2")
    for network, said in ((one.network, two.explanation), (two.network, one.explanation)):
        failed = verify(network, said, one.task.domain).failed
        assert {"weights", "outcomes", "subsets"} <= set(failed)
