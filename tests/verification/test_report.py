import pytest


def test_a_blank_explanation_is_told_nothing_and_given_nothing_away():
    from toynets import zoo
    from toynets.explanation import blank_explanation
    from toynets.verification import verify

    entry = zoo.load("xor-sum")
    network = entry.network
    blank = blank_explanation(
        network.wiring,
        {u: network.activation_of(u) for u in network.units},
        about="xor-sum",
        decision={"threshold": "1/2"},
    )
    report = verify(network, blank, entry.task.domain)
    text = str(report)
    assert report.verdict == "unknown"
    assert "all hold" not in text
    assert "nothing to check" in text
    assert "contribution" not in text
    assert "0 of 9 weights" in report.progress


def test_a_misspelt_role_is_named_and_changes_no_verdict(check):
    right = check()
    assert right.unchecked == () and "not checked" not in str(right)
    report = check(
        {
            "weights/x1->h1/role": "exites",
            "weights/x2->h1/role": "exites",
            "weights/h2.bias/role": "zzz",
            "units/h1/role": "detecter",
            "units/y/role": "the answer",  # free text, which a unit may have
        }
    )
    assert report.unchecked == (
        'role "exites" of x1->h1, x2->h1 (nearest: excites)',
        'role "zzz" of h2.bias (roles: excites, inhibits, sets threshold, scales, no effect)',
        'role "detecter" of h1 (nearest: detector)',
    )
    lines = report.lines()
    assert [f"not checked: {said}" for said in report.unchecked] == [
        line for line in lines if line.startswith("not checked")
    ]
    assert report.to_dict()["unchecked"] == list(report.unchecked)
    assert (report.verdict, report.failed) == (right.verdict, ())
    assert report.missing == ("x1->h1", "x2->h1", "h2.bias") and report.exit_status == 3


def test_a_role_of_a_weight_that_is_declared_as_unexplained_is_free_text(said):
    from toynets.fields import replace
    from toynets.verification.roles import ungraded

    given = said({"weights/x1->h1/role": "copied"})
    assert len(ungraded(given)) == 1
    assert ungraded(replace(given, unexplained=("x1->h1",))) == ()


def test_many_with_one_misspelt_role_are_counted(said):
    from toynets.verification.roles import ungraded

    weights = [f"weights/{x}->{h}/role" for h in ("h1", "h2") for x in ("x1", "x2")]
    given = said(dict.fromkeys([*weights, "weights/h1.bias/role", "weights/y.bias/role"], "exite"))
    (line,) = ungraded(given)
    assert line == 'role "exite" of x1->h1, x2->h1, h1.bias, x1->h2 and 2 more (nearest: excites)'


@pytest.mark.parametrize(
    ("role", "near"),
    [
        ("ded", "dead"),
        ("deed", "dead"),
        ("need", ""),
        ("Detecotr", "detector"),
        ("hing at 1/2", "hinge"),
        ("duplicat of h2", "duplicate"),
        ("hinge at 1/2", ""),
        ("output", ""),
        ("a mixture", ""),
        ("", ""),
    ],
)
def test_a_role_of_a_unit_that_is_a_letter_or_two_away_from_a_word(said, role, near):
    from toynets.verification.roles import ungraded

    found = ungraded(said({"units/h1/role": role}))
    assert found == ((f'role "{role}" of h1 (nearest: {near})',) if near else ())


def test_one_number_is_counted_in_the_singular(check):
    report = check()
    assert "economy   2 numbers stated for 9 weights" in report.lines()
    report.numbers_stated = report.weights_explained = 1
    assert "economy   1 number stated for 1 weight" in report.lines()


def test_margin_ties_and_dead_units_of_a_box_are_said_to_be_of_the_points_tried(transcribe):
    from toynets.domain import Domain
    from toynets.network import Network
    from toynets.verification import verify

    network = Network.from_layers([([[1], [-1]], [0, -2], "relu"), ([[1, 1]], [0], "identity")])
    said = transcribe(network, decision={"threshold": "1/2"})
    box = verify(network, said, Domain.box("[-1,1]"))
    least = min(abs(max(x[0], 0) * 2 - 1) for x in Domain.sampled("[-1,1]", count=48).rows)
    assert box.whole is False and box.verdict == "proved" and box.margin * 2 == least
    assert f"margin    {float(least / 2):.6g} at the 48 points tried; ties at 0 of them" in str(box)
    assert "dead      h2 (at the 48 points tried)" in box.lines()
    listed = verify(network, said, Domain.listed([["1/2"], [1]]))  # 1/2 is a tie
    assert listed.whole is True
    assert {"margin    0; ties on 1 inputs", "dead      h2"} <= set(listed.lines())
