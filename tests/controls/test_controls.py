"""Everything stated is edited in one place; what is false must be refuted, what is true not."""

import pytest
from controls import Bench, slack, spread
from every_edit import judge_all, table
from kept_tables import kept_table

from toynets import zoo
from toynets.verification.check import Check
from toynets.verification.claims import Claims

# Edits of each explanation, and as many of its network, that are judged, evenly spread over all:
# in the default run, and under `-m gate`. Of the smallest networks all are judged there. An edit
# takes 0.003 to 5 seconds; of networks where it takes long, fewer. All of all, in an hour or two:
# python tests/support/every_edit.py
FEW, MANY = 5, 10
HEAVY_FEW, HEAVY_MANY = 1, 2
HEAVY = (
    "s3", "family-tree", "edges", "table-trained", "bars-trained", "rare-unit", "add-mod-5-clock",
    "sparse-parity-trained", "encoder-8-3-8-trained", "deep-linear-trained",
)  # fmt: skip  # a table


def small(entry):
    """Whether all edits of an entry are judged under `-m gate`."""
    domain = entry.task.domain
    return domain.finite and len(domain.rows) <= 8 and len(entry.network.numbers) <= 9


def judged(name, most):
    entry = zoo.load(name)
    bench = Bench(entry)
    counts, behaviour = bench.judged(bench.spread(most))
    for found in (counts, behaviour):
        assert found.survivors == []
        assert found.accused == []
        # Of a box, points beside the listed ones may tell apart what a concept separates.
        assert found.ambiguous == 0 or not bench.domain.finite
    assert counts.caught > 0
    return entry, counts


@pytest.mark.parametrize("name", zoo.names())
def test_a_few_edits_are_judged_as_brute_force_judges_them(name):
    entry, counts = judged(name, HEAVY_FEW if name in HEAVY else FEW)
    assert set(counts.free) <= set(entry.explanation.slack)


@pytest.mark.gate
@pytest.mark.parametrize("name", zoo.names())
def test_more_edits_are_judged_as_brute_force_judges_them(name):
    every = small(zoo.load(name))
    entry, counts = judged(name, None if every else HEAVY_MANY if name in HEAVY else MANY)
    # Numbers on which no behaviour depends are declared, with the reason, and no others are.
    free, declared = set(counts.free), set(entry.explanation.slack)
    assert free == declared if every else free <= declared


def same_either_way(name, most):
    """Whether edits of words are judged alike by their part of the claim and by the whole."""
    part = Bench(zoo.load(name))
    whole = Bench(zoo.load(name), whole=True)
    words = [k for k, (_, _, data) in enumerate(part.edits[: part.words]) if part.part(data)]
    chosen = spread(words, most)
    one_by_one = [part.verdict(*part.edits[k][1:])[0] for k in chosen]
    together = [refuted for refuted, *_ in part.verdicts([part.edits[k] for k in chosen])]
    assert one_by_one == together
    assert together == [whole.verdict(*whole.edits[k][1:])[0] for k in chosen]
    return together


@pytest.mark.parametrize("name", ["xor-sum", "xor-tanh", "twin-units", "xor-relu-2", "max-2"])
def test_an_edit_of_words_is_judged_by_its_part_as_by_the_whole(name):
    found = same_either_way(name, 30)
    assert True in found and False in found


@pytest.mark.parametrize("check", ["units", "concepts", "outcomes", "clean"])
def test_a_part_leaves_an_edit_to_the_check_that_the_whole_leaves_it_to(monkeypatch, check):
    """With one check blind, an edit of words passes by its part if and only if by the whole."""
    part, whole = Bench(zoo.load("and")), Bench(zoo.load("and"), whole=True)
    words = [edit for edit in part.edits[: part.words] if part.part(edit[2])]
    monkeypatch.setattr(Claims, check, lambda *given: Check(check))
    found = [refuted for refuted, *_ in part.verdicts(words)]
    assert found == [refuted for refuted, *_ in whole.verdicts(words)]
    assert True in found and False in found


@pytest.mark.gate
@pytest.mark.parametrize("name", [name for name in zoo.names() if name not in HEAVY])
def test_more_edits_of_words_are_judged_by_their_part_as_by_the_whole(name):
    assert same_either_way(name, 6)


def other_edits_are_judged(name, most):
    """Judge smaller tolerances, and the numbers, signs and edges in stated interventions."""
    bench = Bench(zoo.load(name))
    counts, behaviour = bench.judged(spread(bench.edits[bench.others :], most))
    for found in (counts, behaviour):
        assert found.survivors == []
        assert found.accused == []
        assert found.ambiguous == 0
    assert counts.caught + counts.equivalent == min(most, len(bench.edits) - bench.others)


@pytest.mark.parametrize("name", ["xor-sum", "xor-relu-2", "xor-tanh", "or-trained", "digon"])
def test_other_edits_are_judged_as_brute_force_judges_them(name):
    other_edits_are_judged(name, 20)


@pytest.mark.gate
@pytest.mark.parametrize("name", [name for name in zoo.names() if name not in HEAVY])
def test_more_other_edits_are_judged_as_brute_force_judges_them(name):
    other_edits_are_judged(name, 8)


def test_every_edit_is_judged_once_and_a_stopped_run_goes_on(tmp_path):
    save = tmp_path / "edits.jsonl"
    bench = Bench(zoo.load("nand"))
    once, behaviour = bench.judged(bench.edits)
    found = judge_all(["nand"], processes=1, save=save)
    assert found == {"nand": (once, behaviour)}
    lines = save.read_text().splitlines()
    save.write_text("\n".join(lines[:3]) + "\n")
    assert judge_all(["nand"], processes=1, save=save) == found
    assert len(save.read_text().splitlines()) == len(lines)
    *_, mine, total = table(found)
    assert mine.split()[1:] == total.split()[2:]
    assert int(mine.split()[1]) == len(bench.edits) == once.caught + once.equivalent


def test_the_record_of_every_edit_is_of_the_zoo_as_it_is():
    rows, free, total = kept_table("every_edit.txt", 12)
    assert list(rows) == sorted(zoo.names())
    for name, text in free.items():
        assert set(filter(None, text.split(", "))) == set(zoo.load(name).explanation.slack)
    assert total == [sum(column) for column in zip(*rows.values(), strict=True)]
    assert total[5] == total[11] == 0  # none wrong
    for name in ("nand", "xor-sum", "xor-tanh", "max-2", "digon", "rnn-parity"):
        bench = Bench(zoo.load(name))
        assert rows[name][0] == sum(rows[name][1:6]) == len(bench.edits)
        # What a saved run is known by leaves these out.
        assert all(data["slack"] == bench.data["slack"] for *_, data in bench.edits)


def test_a_wrong_verdict_is_named_in_the_table():
    bench = Bench(zoo.load("nand"))
    counts, behaviour = bench.judged(bench.edits[:5])
    counts.add("h1 moved", False, False, ())
    counts.add("h2 moved", True, True, ("outcomes",))
    counts.add("h3 moved", False, False, (), left=True)  # said to be open, so not wrong
    lines = list(table({"nand": (counts, behaviour)}))
    assert lines[2].split()[6] == "2"
    assert lines[3:5] == ["    WRONG h1 moved", "    WRONG h2 moved: outcomes"]


def test_exact_claims_have_no_slack_and_declared_ones_do():
    found = slack(zoo.load("xor-sum"), halvings=8)
    assert found["x1->h1 = 1"] == ["none", "none"]
    assert found["h2->y = -2"] == ["none", "none"]
    # Any threshold between 0 and 1 gives the same decisions.
    assert found["threshold = 1/2"] != ["none", "none"]
