"""Laws of verification, on random small networks."""

from __future__ import annotations

import itertools

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from toynets import exact
from toynets.domain import Domain
from toynets.explanation import Explanation
from toynets.network import Network
from toynets.rationals import from_float, rational, workprec
from toynets.verification import verify

EIGHTHS = st.integers(-24, 24).map(lambda n: n / 8)
RATIONAL = ("identity", "relu", "abs", "square", "step")
SIZES = st.sampled_from([(2, 1), (1, 2, 1), (2, 2, 1), (2, 2, 2), (2, 2, 2, 1)])


@st.composite
def networks(draw, hidden=RATIONAL, last=("identity", "relu", "softmax")):
    sizes = draw(SIZES)
    layers, masks = [], []
    for depth, (m, n) in enumerate(itertools.pairwise(sizes)):
        kinds = hidden if depth < len(sizes) - 2 else last
        bias = draw(st.one_of(st.none(), st.lists(EIGHTHS, min_size=n, max_size=n)))
        mask = draw(
            st.one_of(
                st.none(),
                st.lists(st.lists(st.booleans(), min_size=m, max_size=m), min_size=n, max_size=n),
            )
        )
        weight = draw(st.lists(st.lists(EIGHTHS, min_size=m, max_size=m), min_size=n, max_size=n))
        if mask is not None:
            weight = [
                [w if keep else 0.0 for w, keep in zip(row, kept, strict=True)]
                for row, kept in zip(weight, mask, strict=True)
            ]
        layers.append((weight, bias, draw(st.sampled_from(kinds))))
        masks.append(mask)
    return Network.from_layers(layers, masks=masks, name="random")


def transcription(network, **changes):
    """Every number as a literal, and nothing else."""
    data = {
        "about": network.name,
        "inputs": list(network.inputs),
        "outputs": list(network.outputs),
        "weights": {w.name: str(w.exact) for w in network.weights()},
        "units": {u: {"activation": network.activation_of(u)} for u in network.units},
    }
    return Explanation.of(**{**data, **changes})


def square(network):
    return Domain.boolean(len(network.inputs))


@given(networks())
def test_a_network_never_refutes_its_own_transcription(network):
    report = verify(network, transcription(network), square(network))
    assert report.failed == ()
    assert report.verdict == "exhaustive"
    assert report.cases == report.agreed_values
    assert report.worst == 0


@given(networks(hidden=("tanh", "sigmoid", "relu", "step"), last=("identity", "sigmoid", "tanh")))
def test_nor_one_of_balls_within_any_tolerance(network):
    near = dict.fromkeys(("clean", "ablations", "units"), "1/1000000000")
    report = verify(network, transcription(network, tolerance=near), square(network))
    assert report.failed == ()
    assert report.verdict in ("exhaustive", "unknown")  # a step of a ball around 0


@given(networks(), st.data())
def test_any_single_change_beyond_the_tolerance_is_refuted_and_any_within_is_not(network, data):
    assume(network.numbers)
    address = data.draw(st.sampled_from(sorted(network.numbers)))
    epsilon = data.draw(st.sampled_from(["0", "1/8", "3/10"]))
    shift = data.draw(st.integers(-40, 40)) / rational(80)
    stated = {w.name: str(w.exact) for w in network.weights()}
    exact_value = from_float(network.numbers[address])
    stated[address] = str(exact_value + shift)
    huge = dict.fromkeys(("clean", "ablations", "units"), "1000000")
    said = transcription(network, weights=stated, tolerance={**huge, "weights": epsilon})
    report = verify(network, said, square(network))
    assert report.failed == (("weights",) if abs(shift) > rational(epsilon) else ())


INTERVENTIONS = (
    "{u} = 0",
    "{u}.pre = 1/2",
    "{u} = mean",
    "{u}.pre = mean",
    "{u} = {u}(x')",
    "{u} = {v}.pre(x')",
    "{x} = 3/2",
    "{x} = mean",
    "{w} *= -1",
    "{w} = 2",
    "{e} = (x')",
    "{u} = resample",
    "{u}, {x} = resample",
    "{u} = worst",
    "{u}.pre = worst",
    "{x} = worst",
    "{w} += 1/2, {u} = mean",
)


@settings(max_examples=200)
@given(networks(hidden=("relu", "abs", "identity", "step")), st.data())
def test_the_explanation_derives_what_the_exact_twin_measures(network, data):
    edges = [a for a in network.numbers if "->" in a]
    assume(edges)
    draw = {
        "u": data.draw(st.sampled_from(network.units)),
        "v": data.draw(st.sampled_from(network.units)),
        "x": data.draw(st.sampled_from(network.inputs)),
        "w": data.draw(st.sampled_from(sorted(network.numbers))),
        "e": data.draw(st.sampled_from(edges)),
    }
    text = data.draw(st.sampled_from(INTERVENTIONS)).format(**draw)
    domain = square(network)
    rows = domain.rows
    x, source = data.draw(st.sampled_from(rows)), data.draw(st.sampled_from(rows))
    model = transcription(network).model(rows=rows)
    machine = exact.Machine(network, domain)
    ours, theirs = model.plan(text), machine.plan(text)
    with workprec():
        if "worst" in text:
            assert model.worst(x, ours) == machine.worst(x, theirs)
            return
        for draws in machine.draws(x, theirs):
            given_now = {"source": source, "draws": draws}
            assert model.values(x, ours, **given_now) == machine.values(x, theirs, **given_now)


@given(networks(hidden=("relu", "abs"), last=("identity",)), st.data())
def test_scaling_a_unit_by_a_power_of_two_on_both_sides_changes_no_verdict(network, data):
    assume(network.hidden and network.numbers)
    unit = data.draw(st.sampled_from(network.hidden))
    factor = 2.0 ** data.draw(st.integers(-3, 3))
    moved = network.with_numbers(
        {
            **{a: v * factor for a, v in network.numbers.items() if belongs(a, unit)},
            **{a: v / factor for a, v in network.numbers.items() if a.startswith(f"{unit}->")},
        }
    )
    wrong = data.draw(st.sampled_from(["0", "1/8"]))
    for net in (network, moved):
        stated = {
            w.name: f"{w.exact} + {wrong}" if w.name == first(net) else str(w.exact)
            for w in net.weights()
        }
        report = verify(net, transcription(net, weights=stated), square(net))
        if net is network:
            verdict = report.verdict
    # The same absolute error is refuted before and after; without one neither is.
    assert report.verdict == verdict == ("refuted" if wrong != "0" else "exhaustive")
    before = verify(network, transcription(moved), square(network))
    # The moved numbers are other numbers, but no ablation of a unit tells them apart.
    assert set(before.failed) <= {"weights"}


def belongs(address, unit):
    return address.endswith(f"->{unit}") or address == f"{unit}.bias"


def first(network):
    return next(iter(network.numbers))


@given(networks(last=("identity",)), st.data())
def test_renaming_and_reordering_units_changes_no_verdict(network, data):
    assume(len(network.layers) == 2 and network.numbers)
    order = data.draw(st.permutations(range(len(network.hidden))))
    layer, last = network.layers
    names = [f"unit_{k + 1}" for k in order]

    def pick(rows):
        return None if rows is None else [rows[k] for k in order]

    def columns(matrix):
        return None if matrix is None else [[row[k] for k in order] for row in matrix]

    renamed = Network.from_layers(
        [
            (pick(layer.weight), pick(layer.bias), layer.activation),
            (columns(last.weight), last.bias, last.activation),
        ],
        units=[names],
        outputs=list(network.outputs),
        masks=[pick(layer.mask), columns(last.mask)],
        name="renamed",
    )
    address = data.draw(st.sampled_from(sorted(network.numbers)))
    shift = data.draw(st.sampled_from(["0", "1/8"]))

    def said(net, translate):
        wrong = translate(address)
        stated = {
            w.name: f"{w.exact} + {shift}" if w.name == wrong else str(w.exact)
            for w in net.weights()
        }
        return verify(net, transcription(net, weights=stated), square(net))

    new = dict(zip((network.hidden[k] for k in order), names, strict=True))

    def translate(text):
        source, arrow, target = text.partition("->")
        if not arrow:
            unit = text.removesuffix(".bias")
            return f"{new.get(unit, unit)}.bias"
        return f"{new.get(source, source)}->{new.get(target, target)}"

    one, other = said(network, str), said(renamed, translate)
    assert (one.verdict, one.failed, one.cases) == (other.verdict, other.failed, other.cases)
    assert one.worst == other.worst
    assert {n: c.failed for n, c in one.checks.items()} == {
        n: c.failed for n, c in other.checks.items()
    }
