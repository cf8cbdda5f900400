"""Verification on a box: what a sample cannot show, the prover finds; what is left is said."""

import pytest

from toynets.domain import Domain
from toynets.explanation import Explanation
from toynets.network import Network
from toynets.verification import verify
from toynets.zoo import load

BOX = Domain.box("[-1,1]")


def changed(name, path, value):
    """An entry's explanation with one thing changed."""
    said = load(name).explanation.to_dict()
    *keys, last = path
    place = said
    for key in keys:
        place = place[key]
    place[last] = value
    return Explanation.from_dict(said)


def needle(width):
    """relu(x1) with a bump of a given width at 11/3 * 2^-6, which no sample hits."""
    at = f"{11 * 2**20 // 3}/{2**26}"
    from toynets.rationals import rational, text

    slope = 1 / rational(width)
    biases = [text(-(rational(at) + k * rational(width)) * slope) for k in (-1, 0, 1)]
    return Network.from_layers(
        [
            ([[1], *[[text(slope)]] * 3], ["0", *biases], "relu"),
            ([[1, 1, -2, 1]], [0], "identity"),
        ],
        dtype="float64",
        name="needle",
    )


def test_a_needle_that_no_sample_hits_is_found_and_shown_as_any_case(transcribe):
    net = needle("1/1048576")
    said = transcribe(net).to_dict()
    said["outcomes"] = [{"intervention": "", "outputs": {"y": "max(x1, 0)"}}]
    for unit in said["units"].values():
        unit.pop("concept", None)
        unit.pop("role", None)
    report = verify(net, Explanation.from_dict(said), BOX)
    assert report.verdict == "refuted" and report.failed == ("clean",)
    assert "found by the prover" in report.domain
    (x,) = report.witness.x
    assert abs(float(x) - 11 / 3 / 64) < 2**-20
    assert report.witness.arithmetic


@pytest.mark.parametrize(
    ("name", "path", "value", "check"),
    [
        ("abs-trained", ("tolerance", "clean"), "0.000011", "clean"),
        ("abs-trained", ("tolerance", "ablations"), "0.00003", "parameters"),
        ("max-trained", ("tolerance", "units"), "0.0007", "units"),
    ],
)
def test_a_tolerance_that_is_a_little_too_small_is_refuted(name, path, value, check):
    entry = load(name)
    report = verify(entry.network, changed(name, path, value), entry.task.domain)
    assert report.verdict == "refuted" and check in report.failed


def test_a_concept_that_is_not_affine_in_its_unit_is_left_sampled_and_said():
    """3*max(x1, 0) is a multiple, 1 + max(x1, 0) a shift; relu of its double is another form."""
    entry = load("abs")
    for concept, verdict in (("3*max(x1, 0)", "proved"), ("1 - max(x1, 0)", "proved")):
        said = changed("abs", ("units", "h1", "concept"), concept)
        assert verify(entry.network, said, entry.task.domain).verdict == verdict
    bent = changed("abs", ("units", "h1", "concept"), "max(x1, 0) + max(x1, 1/2)")
    report = verify(entry.network, bent, entry.task.domain)
    assert report.verdict == "sampled" and report.checks["concepts"].level == "sampled"
    assert report.checks["parameters"].level == "proved"
    assert "not proved: h1 is not proved to be a multiple" in report.checks["concepts"].note


@pytest.mark.parametrize(
    ("concept", "verdict"), [("x1", "refuted"), ("max(x1, 1/8192)", "sampled")]
)
def test_a_concept_that_splits_what_its_unit_cannot_tell_is_refuted_by_a_sample(concept, verdict):
    """relu is 0 on all that is not positive: of two points that show it one is enough."""
    entry = load("abs")
    report = verify(
        entry.network, changed("abs", ("units", "h1", "concept"), concept), entry.task.domain
    )
    assert report.verdict == verdict
    if verdict == "refuted":
        assert report.failed == ("concepts",)
        assert "separates -1 and 0, on which the unit is the same" in report.witness.message


@pytest.mark.parametrize(("name", "said"), [("clip-trained", True), ("abs", False)])
def test_what_a_concept_means_within_a_tolerance_is_said(name, said):
    entry = load(name)
    found = verify(entry.network, entry.explanation, entry.task.domain).checks["concepts"]
    assert found.level == "proved"
    # Between the kinks of both, -0.0000076 and 0, the network of clip-trained is flat.
    assert ("the explanation tells apart everywhere" in found.note) is said


def test_what_was_not_asked_since_a_claim_is_refuted_is_not_called_proved(monkeypatch):
    from toynets.fields import replace
    from toynets.verification.proofs.prover import Prover

    def never(self, name, epsilon, stated=True):
        """Answer that a unit is another one, which no point of the sample will show."""
        answer = self.ranges()
        return [replace(answer, verdict="refuted", claim=name, witness=Point())]

    class Point:
        row = (0,)

    monkeypatch.setattr(Prover, "unit", never)
    entry = load("abs")
    report = verify(entry.network, entry.explanation, entry.task.domain)
    assert report.verdict == "unknown"
    levels = {name: check.level for name, check in report.checks.items()}
    assert "proved" not in levels.values(), levels
    assert "the prover refutes what the sample does not show" in report.checks["units"].note
    assert report.checks["subsets"].note == "not proved: another claim is refuted"


def test_a_role_that_needs_more_than_points_is_proved_or_left():
    entry = load("abs")
    for address, role, verdict in (
        ("h1.bias", "no effect", "proved"),
        ("x1->h1", "scales", "proved"),
    ):
        said = changed("abs", ("weights", address, "role"), role)
        assert verify(entry.network, said, entry.task.domain).verdict == verdict
    said = changed("max-2", ("units", "y", "role"), "corrector")
    entry = load("max-2")
    assert verify(entry.network, said, entry.task.domain).verdict == "refuted"


def test_the_prover_is_not_imported_for_a_finite_domain():
    import subprocess
    import sys

    code = (
        "import sys, toynets; toynets.verify('xor-sum'); "
        "print([m for m in sys.modules if 'proofs' in m or m in ('numpy', 'jax')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
