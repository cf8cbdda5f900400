"""Every network on its own box: a row each, with what its certificate weighs and takes."""

import pytest

from toynets.api.proving import prove
from toynets.api.proving_all import BoxProof, BoxProofs, prove_all
from toynets.certificate_checker import check
from toynets.errors import ToynetsError
from toynets.verification.proofs.certificate import as_json


def checked(raw):
    return f"{len(check(raw)['leaves'])} claims"


def test_a_row_is_what_the_certificate_and_the_checker_say():
    seen = []
    found = prove_all(["clip"], check=checked, progress=lambda *told: seen.append(told))
    (row,) = found.rows
    alone = prove("clip")
    raw = as_json(alone.certificate).encode()
    assert (row.bytes, row.written) == (len(raw), len(alone.certificate["claims"]))
    assert row.leaves == sum(check(raw)["leaves"]) and row.checker == f"{row.written} claims"
    assert row.claims == row.proved == len(alone.answers) and seen == [("clip", 0, 1)]
    assert "1 of 1 networks proved" in found.lines()[-2]
    assert "Concepts and roles are not among these claims" in found.lines()[-3]


def test_a_finite_domain_is_no_box():
    with pytest.raises(ToynetsError, match="the domain of xor-sum is"):
        prove_all(["xor-sum"])


@pytest.mark.parametrize(
    ("verdict", "checker", "status"),
    [
        ("proved", "accepted", 0),
        ("proved", "claims[0]: the sentence is not 1 here", 1),
        ("refuted", "accepted", 1),
        ("unknown", "", 3),
    ],
)
def test_one_row_that_is_not_proved_and_accepted_decides_the_status(verdict, checker, status):
    good = BoxProof("a", "[0, 1]", 1, 1, 1, 1, 9, 0.1, 0.1, "proved", "accepted")
    other = BoxProof("b", "[0, 1]", 1, 0, 1, 1, 9, 0.1, 0.1, verdict, checker, "why")
    found = BoxProofs((good, other))
    assert found.exit_status == status
    assert found.table().to_dict()["rows"][1]["network"] == "b"
    assert ("refused: b" in str(found)) == ("claims[0]" in checker)
