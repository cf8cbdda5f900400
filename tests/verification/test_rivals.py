"""The cheapest run that tells two sides apart, held against an independent brute force."""

from __future__ import annotations

import pytest
from brute import Claim
from brute_interventions import clauses, stated_intervention
from brute_programs import evaluate, exact

from toynets import Domain, Explanation, Network, ToynetsError, separate, zoo
from toynets.names import parse_intervention
from toynets.rationals import rational
from toynets.verification.rivals import _runs
from toynets.verification.trials import Trial

PAIRS = [
    (name, wrong.name)
    for name in ("xor-sum", "xor-difference", "majority-3", "not", "twin-units")
    for wrong in zoo.load(name).wrong
]


class Oracle:
    """What an explanation says, from its JSON by Fractions: stated where stated, else derived."""

    def __init__(self, entry, explanation):
        data = explanation.to_dict()
        self.claim = Claim(entry.network, data, entry.task.domain.rows)
        self.stated = {
            key(o["intervention"]): o["outputs"]
            for o in data["outcomes"]
            if any(o["outputs"].values())
        }
        final = {o: data["units"][o]["expression"] for o in entry.network.outputs}
        self.stated.setdefault(key(""), final)

    def given(self, program, text, source):
        """The arguments of a run of a program under an intervention."""
        if source is not None:
            unit = text.partition(" ")[0]
            return {"fixed": {unit: program.at(source)[unit]}}
        return stated_intervention(text, self.claim.groups)(program)

    def derive(self, text, x, source=None):
        return self.claim.own.out_at(x, **self.given(self.claim.own, text, source))

    def predict(self, text, x, source=None):
        if key(text) in self.stated:
            known = {**self.claim.own.at(x), **self.claim.parameters}
            return [evaluate(self.stated[key(text)][o], known) for o in self.claim.own.outputs]
        return self.derive(text, x, source)

    def measure(self, text, x, source=None):
        return self.claim.net.out_at(x, **self.given(self.claim.net, text, source))


def key(text):
    """`h1, h2 = 0` and `h2 = 0, h1 = 0` are one intervention."""
    return frozenset(clauses(text))


def runs(text, rows):
    if text.endswith("(x')"):
        return [(x, s) for x in rows for s in rows if s != x]
    return [(x, None) for x in rows]


def size(case):
    return sum(v != 0 for x in case if x is not None for v in x)


def cheapest(say, texts, rows):
    """(place in the set, how many inputs are on) of the cheapest run on which two say otherwise."""
    for place, text in enumerate(texts):
        sizes = [size(c) for c in runs(text, rows) if say[0](text, *c) != say[1](text, *c)]
        if sizes:
            return place, min(sizes)
    return None


@pytest.mark.parametrize(("name", "wrong"), PAIRS)
def test_the_run_is_the_cheapest_that_tells_them_apart(name, wrong):
    entry = zoo.load(name)
    found = separate(f"{name}:explanation", f"{name}:{wrong}")
    other = next(w for w in entry.wrong if w.name == wrong).explanation
    a, b = Oracle(entry, entry.explanation), Oracle(entry, other)
    texts, rows = found.search.interventions, a.claim.rows
    predicted = cheapest((a.predict, b.predict), texts, rows)
    derived = cheapest((a.derive, b.derive), texts, rows)
    here = found.experiment
    if here is None:
        assert (predicted, derived, found.verdict) == (None, None, "exhaustive")
        assert found.inside or found.unspoken  # they do differ, but not in what comes out
        return
    case = tuple(None if x is None else tuple(exact(v) for v in x) for x in (here.x, here.source))
    best = min(p for p in (predicted, derived) if p is not None)
    assert (texts.index(here.intervention), size(case)) == best
    say = a.derive if here.a_column == "derived" and best == derived else a.predict
    truth = a.measure(here.intervention, *case)
    assert say(here.intervention, *case) == truth  # A is the right explanation
    assert here.agrees == "A"
    assert [exact(here.network)] == truth


def test_the_set_is_listed_cheapest_first_and_counted():
    found = separate("xor-sum:explanation", "xor-sum:both-excite")
    assert found.search.listing == ("1 clean, 3 zero, 9 cut, 9 flip, 3 incoming, 3 mean, 3 patch")
    assert found.search.interventions[:4] == ("", "h1 = 0", "h2 = 0", "x1->h1 = 0")
    # 28 interventions and h2 = h2(1, 0 …) on 4 inputs, two swaps on 12 pairs each.
    assert found.search.cases == found.search.of == 29 * 4 + 2 * 12
    assert found.unspoken == ("role of h2->y: A inhibits, B excites",)
    assert found.exit_status == 0


def test_stated_and_derived_are_searched_apart():
    found = separate("xor-sum:explanation", "xor-sum:or-minus-and")
    here = found.experiment
    assert (here.a, here.a_column, here.b, here.b_column) == ("2", "stated", "1", "stated")
    assert (here.network, here.agrees, here.where) == ("2", "A", "h2 = 0, input 11")
    assert here.arithmetic[-1] == "y = 1*2 - 2*0 = 2"
    assert (found.derived.experiment, found.derived.verdict) == (None, "exhaustive")
    swapped = separate("xor-sum:or-minus-and", "xor-sum:explanation")
    assert swapped.experiment.agrees == "B"
    # Both state the same outcome of h1 = 0; the other weights make another one of it.
    weights = separate("xor-sum:explanation", "xor-sum:difference")
    assert weights.experiment == weights.derived.experiment
    assert weights.experiment.where == "h1 = 0, input 01"
    assert "Where stated outcomes count first: x1->h1 = 0, input 11: A -1, B 0" in str(weights)


def test_neither_may_be_right():
    data = zoo.load("xor-sum").explanation.to_dict()
    seven = Explanation.from_dict(
        {**data, "outcomes": [{"intervention": "h2 = 0", "outputs": {"y": "7"}}]}
    )
    found = separate("xor-sum:or-minus-and", seven)
    assert (found.experiment.where, found.experiment.agrees) == ("h2 = 0, input 00", "A")
    only = Domain.listed([[1, 1]])
    assert separate("xor-sum:or-minus-and", seven, domain=only).experiment.agrees == "neither"


def test_concepts_and_expressions_are_told_apart_by_looking_inside():
    (one,) = separate("xor-sum:explanation", "xor-sum:counter-is-or").inside
    assert (one.unit, one.what, one.agrees) == ("h1", "concept", "A")
    assert one.experiment == "take h1 from 01 and from 11, on every input"
    assert one.network == "on input 00 it gives 1 and 2"
    (unit,) = separate("xor-sum:or-unit", "xor-sum:explanation").inside
    assert str(unit) == (
        "expression of h1: A says x1 or x2, B says relu(x1 + x2). read h1 on input 11: "
        "A expects 1, B 2; the network: 2: B is right"
    )
    fine = separate("xor-difference:explanation", "xor-difference:h1-is-x1").inside[0]
    assert (fine.network, fine.agrees) == ("no output changes", "A")


def test_tolerances_leave_room():
    changed = zoo.load("xor-sum").explanation.to_dict()
    changed["weights"]["h1->y"]["value"] = "1.01"
    changed["outcomes"] = []
    changed["units"]["y"]["expression"] = ""
    exactly = separate("xor-sum:explanation", Explanation.from_dict(changed))
    assert exactly.experiment.intervention == ""
    changed["tolerance"] = {"clean": "1/50", "ablations": "1/50"}
    roomy = separate("xor-sum:explanation", Explanation.from_dict(changed))
    assert roomy.derived.experiment is None


def test_a_stated_outcome_may_be_off_by_its_own_tolerance_and_that_of_its_weights():
    def says(value):
        data = zoo.load("xor-sum").explanation.to_dict()
        data["tolerance"] = {"ablations": "1/50"}
        data["outcomes"] = [{"intervention": "h1, h2 = 0", "outputs": {"y": value}}]
        return Explanation.from_dict(data)

    assert separate(says("0"), says("0.07")).experiment is None  # 0.04 either way
    assert separate(says("0"), says("0.09")).experiment is not None


def test_what_one_side_alone_states_is_tried_as_well():
    data = zoo.load("xor-sum").explanation.to_dict()
    data["outcomes"].append({"intervention": "h1 = 1/2", "outputs": {"y": "1/2"}})
    other = Explanation.from_dict(data)
    for sides in (("xor-sum:explanation", other), (other, "xor-sum:explanation")):
        found = separate(*sides)
        assert found.experiment.where == "h1 = 1/2, input 11"
        assert found.experiment.network == "-3/2"


def test_the_smallest_pair_of_inputs_is_swapped_first():
    swap = Trial(parse_intervention("h1 = h1(x')"), "patch", 1)
    rows = Domain.boolean(2).rows
    sizes = [sum(map(sum, pair)) for pair in _runs(swap, rows)]
    assert len(sizes) == 12
    assert sizes == sorted(sizes)


def test_two_networks_by_value_and_by_decision():
    found = separate("xor-sum", "xor-difference")
    here = found.experiment
    assert (here.where, here.a, here.b, here.how) == ("h1 = 0, input 01", "0", "1", "decision")
    assert [line for line in here.arithmetic if " y =" in line] == [
        "A: y = 1*0 - 2*0 = 0",
        "B: y = 1*0 + 1*1 = 1",
    ]
    assert separate("xor-sum", "xor-relu-2").experiment.intervention == ""
    decided = separate("xor-sum", "xor-relu-2", level="decision")
    assert decided.experiment.where == "h2 = mean, input 01"  # a tie on one side, hardly not
    near = separate("xor-sum", "xor-relu-2", within="1/1000")
    assert (near.experiment, near.verdict) == (None, "exhaustive")


def test_names_alone_are_said_to_be_names():
    xor = zoo.load("xor-sum").network
    moved = Network.from_layers(
        [([[1, 1], [1, 1]], [-1, 0], "relu"), ([[-2, 1]], [0], "identity")], name="moved"
    )
    found = separate(xor, moved, domain=Domain.boolean(2))
    assert found.experiment.intervention == "h1 = 0"
    assert "equal up to gauge" in found.notes[-1]


def test_networks_of_other_sizes_share_what_both_understand():
    wide = Network.from_layers(
        [([[1, 1], [1, 1], [0, 0]], [0, -1, 0], "relu"), ([[1, -2, 0]], [0], "identity")]
    )
    found = separate("xor-sum", wide)
    assert found.experiment is None
    assert "h3 = 0" in found.search.left
    assert "h3 = 0" not in found.search.interventions
    assert "Left out, as not both understand it: " in str(found)


def test_a_box_is_sampled_unless_a_prover_says_more():
    points = Domain.sampled("[-1,1]", count=5)
    same = separate("abs", "abs", domain=points, prover=lambda *given: None)
    assert (same.verdict, same.exit_status) == ("sampled", 3)
    asked = []

    def proves(a, b, trial, domain, derived):
        asked.append(trial.text)
        return True

    proved = separate("abs", "abs", domain=points, prover=proves)
    assert (proved.verdict, proved.exit_status) == ("proved", 0)
    assert tuple(asked) == proved.search.interventions
    needle = (rational("1/3"),)  # no point of the sample

    def refutes(a, b, trial, domain, derived):
        return (needle, None) if trial.text == "h1 = 0" else True

    assert separate("abs", "abs", domain=points, prover=refutes).experiment.x == needle
    unsure = separate("abs", "abs", domain=points, prover=lambda *given: None)
    assert unsure.verdict == "sampled"
    # On a finite domain there is nothing to ask: every case is compared.
    assert separate("xor-sum", "xor-sum", prover=proves).verdict == "exhaustive"


def test_a_limit_is_unknown():
    found = separate("xor-sum:explanation", "xor-sum:both-excite", cases=98)
    assert (found.verdict, found.search.cases, found.exit_status) == ("unknown", 98, 3)


def test_what_cannot_be_compared_says_why(tmp_path):
    with pytest.raises(ToynetsError, match="no explanation wrong in xor-sum"):
        separate("xor-sum:wrong", "xor-sum")
    with pytest.raises(ToynetsError, match="has the inputs x1, x2; majority-3 x1, x2, x3"):
        separate("xor-sum", "majority-3")
    with pytest.raises(ToynetsError, match="is a network, and the other side is an explanation"):
        separate("xor-sum:explanation", zoo.load("xor-sum").network)
    with pytest.raises(ToynetsError, match="leave the third network out"):
        separate("xor-sum", "xor-difference", network="xor-sum")
    with pytest.raises(ToynetsError, match="expected an explanation or a network"):
        separate(7, "xor-sum")
    with pytest.raises(ToynetsError, match="neither network has a decision rule"):
        separate("abs", "abs-trained", level="decision")
    blank = zoo.load("xor-sum").explanation.to_dict()
    blank["weights"]["x1->h1"]["value"] = ""
    with pytest.raises(ToynetsError, match="1 weights are still blank"):
        separate("xor-sum:explanation", Explanation.from_dict(blank))
