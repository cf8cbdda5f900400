"""Laws of row 0: what is printed is read back, and no text does more harm than a ToynetsError."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction

from flint import fmpq
from hypothesis import example, given, settings
from hypothesis import strategies as st

from toynets.domain import Domain
from toynets.errors import ToynetsError, nearest
from toynets.names import (
    RESERVED,
    Clause,
    Intervention,
    Patch,
    Target,
    check_name,
    parse_intervention,
)
from toynets.network import Network
from toynets.rationals import fraction, from_float, nearest_float, rational, text, to_float
from toynets.wiring import Wiring

plain_names = st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,5}", fullmatch=True)
names = st.one_of(plain_names, st.from_regex(r"h[1-9]\.[0-9]{1,3}", fullmatch=True)).filter(
    lambda name: name not in RESERVED
)
numbers = st.one_of(
    st.fractions(max_denominator=10**6),
    st.fractions(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-3, 3),
).map(rational)
copies = st.integers(0, 12)
patches = st.builds(
    lambda unit, pre, point: Patch(unit, pre and bool(unit), point),
    st.just("") | names,
    st.booleans(),
    st.none() | st.lists(numbers, min_size=1, max_size=3).map(tuple),
)


@st.composite
def targets(draw, kinds):
    kind = draw(st.sampled_from(kinds))
    copy = draw(copies) if kind in ("name", "bias", "edge") else 0
    return Target(kind, draw(names), draw(names) if kind == "edge" else "", copy)


@st.composite
def clauses(draw):
    form = draw(st.sampled_from(("number", "word", "patch", "change")))
    kinds, values = {
        "number": (("name", "pre", "bias", "edge", "incoming", "outgoing"), numbers),
        "change": (("name", "bias", "edge", "incoming", "outgoing"), numbers),
        "word": (("name", "pre"), st.sampled_from(("mean", "resample", "worst"))),
        "patch": (("name", "pre", "edge"), patches),
    }[form]
    acting = draw(st.lists(targets(kinds), min_size=1, max_size=3))
    if form == "patch":  # a patch acts on an edge, not on one copy of its number
        acting = [Target(t.kind, t.name, t.source) for t in acting]
    op = draw(st.sampled_from(("+=", "*="))) if form == "change" else "="
    return Clause(tuple(acting), op, draw(values))


interventions = st.lists(clauses(), max_size=4).map(lambda found: Intervention(tuple(found)))


@given(interventions)
def test_parse_undoes_print(intervention):
    again = parse_intervention(intervention.text)
    assert again == intervention
    assert again.text == intervention.text


@given(interventions, st.data())
def test_arrows_and_spaces_do_not_matter(intervention, data):
    arrow = data.draw(st.sampled_from((":", "→", " -> ", "\n->\t")))
    respelt = intervention.text.replace("->", arrow).replace(",", " , ")
    assert parse_intervention(respelt) == intervention


@given(interventions)
def test_columns_point_at_the_targets(intervention):
    shown = parse_intervention(intervention.text)
    for clause in shown.clauses:
        for target in clause.targets:
            assert shown.source_text[target.column - 1 :].startswith(target.text)


XOR = Network.from_layers([([[1, 1], [1, 1]], [0, -1], "relu"), ([[1, -2]], [0], "identity")])
SIGNS = "x1 h1 h2 y -> : → = += *= . .pre .bias , ( ) x' ' 0 1 -1 1/2 0.5 mean worst @ @1 - + /"
PIECES = st.sampled_from(SIGNS.split())
nearly = st.lists(PIECES, max_size=12).map("".join) | st.lists(PIECES, max_size=12).map(" ".join)


@given(st.text() | nearly)
@settings(max_examples=300)
@example("h" + "9" * 5000 + " = 0")
@example("w@" + "9" * 5000 + " = 0")
@example("h1 = " + "9" * 60_000)
@example("\ud800 = 0")
def test_any_text_is_read_or_refused_with_a_toynets_error(junk):
    for use in (parse_intervention, XOR.wiring.resolve, rational, check_name, Domain.box):
        with suppress(ToynetsError):
            use(junk)
    for use in (XOR.__getitem__, Network.from_json, lambda name: XOR.with_numbers({name: 0})):
        with suppress(ToynetsError):
            use(junk)


@given(st.binary(max_size=60))
def test_bytes_read_as_text_are_read_or_refused(junk):
    for encoding in ("latin-1", "utf-16-le"):
        with suppress(ToynetsError):
            parse_intervention(junk.decode(encoding, errors="replace"))


@given(nearly)
@settings(max_examples=300)
def test_what_is_read_is_read_again_from_its_standard_form(junk):
    with suppress(ToynetsError):
        standard = parse_intervention(junk).text
        assert parse_intervention(standard).text == standard


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(st.data())
def test_a_network_file_with_one_value_replaced_is_read_or_refused(data):
    content = XOR.to_dict()
    holder = content
    while True:
        key = data.draw(
            st.sampled_from(sorted(holder) if isinstance(holder, dict) else range(len(holder)))
        )
        if not isinstance(holder[key], dict | list) or data.draw(st.integers(0, 3)) == 0:
            holder[key] = data.draw(json_values)
            break
        holder = holder[key]
    with suppress(ToynetsError):
        network = Network.from_dict(content)
        assert Network.from_json(network.to_json()) == network


@given(json_values, json_values)
def test_a_network_made_of_junk_is_refused_with_a_toynets_error(weight, bias):
    for make in (
        lambda: Network.from_layers(weight),
        lambda: Network.from_layers([(weight, bias, "relu")]),
        lambda: Network.from_layers([([[1]], [0], bias)]),
        lambda: Network.from_layers(
            [([[1]], [0], "relu")], inputs=weight, units=bias, outputs=bias
        ),
        lambda: Network.from_layers([([[1]], [0], "relu")], masks=weight, ties=bias),
        lambda: Network.from_layers([([[1]], [0], "relu")], dtype=weight),
        lambda: Domain.listed(weight),
        lambda: Domain.box(weight),
        lambda: Domain.from_dict(weight),
    ):
        with suppress(ToynetsError):
            make()


@given(st.fractions())
def test_a_rational_is_written_and_read_back(value):
    q = fmpq(value.numerator, value.denominator)
    with suppress(ToynetsError):  # over 400 digits
        assert rational(text(q)) == q
    assert fraction(q) == value and isinstance(fraction(q), Fraction)
    assert rational(value) == q


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_float_is_written_and_read_back(value):
    assert to_float(rational(text(from_float(value)))) == value


@given(st.decimals(allow_nan=False, allow_infinity=False, places=8))
def test_a_decimal_is_read_exactly(value):
    shown = f"{value:f}"
    assert fraction(rational(shown)) == Fraction(shown)


def floats_around(value: Fraction, dtype: str) -> list[Fraction]:
    """The neighbours of a rational in a dtype, found by NumPy, as rationals."""
    import numpy as np

    kind = np.dtype(dtype).type
    with np.errstate(all="ignore"):
        near = kind(float(value))
        largest = np.finfo(kind).max
        near = min(max(near, -largest), largest)
        both = (near, np.nextafter(near, -largest), np.nextafter(near, largest))
    return [Fraction(float(v)) for v in both]


close_to_ties = st.builds(
    lambda f, k, hair: Fraction(f) + Fraction(f) * Fraction(1, 2**24) * k + hair,
    st.floats(width=32, allow_nan=False, allow_infinity=False),
    st.sampled_from((0, 1, -1)),
    st.sampled_from((0, Fraction(1, 2**200), -Fraction(1, 2**200))),
)


@given(st.fractions() | close_to_ties, st.sampled_from(("float32", "float64")))
@settings(max_examples=300)
def test_no_number_of_the_dtype_is_nearer_than_the_nearest(value, dtype):
    stored = nearest_float(fmpq(value.numerator, value.denominator), dtype)
    if abs(stored) == float("inf"):
        assert abs(value) >= (2**128 - 2**103 if dtype == "float32" else 2**1024 - 2**970)
        return
    distance = abs(Fraction(stored) - value)
    assert all(distance <= abs(other - value) for other in floats_around(value, dtype))


@given(st.floats(width=32, allow_nan=False, allow_infinity=False))
def test_a_number_of_the_dtype_is_its_own_nearest(value):
    assert nearest_float(from_float(value), "float32") == value
    assert Network.from_layers([([[value]], [0], "relu")])["x1->y"] == value


@given(st.text(max_size=12), st.lists(st.text(max_size=8), max_size=5))
def test_the_nearest_is_one_of_the_candidates(name, candidates):
    found = nearest(name, candidates, 2)
    assert set(found) <= set(candidates) and len(found) <= 2
    assert name not in candidates or found[:1] == [name] or found[0].casefold() == name.casefold()


@given(st.lists(clauses(), min_size=1, max_size=3), st.data())
def test_a_resolved_plan_changes_no_quantity_twice(found, data):
    net = Wiring(
        ("x1", "x2"),
        ("h1", "h2", "y"),
        ("y",),
        tuple(
            (s, t) for s, t in (("x1", "h1"), ("x2", "h2"), ("x1", "h2"), ("h1", "y"), ("h2", "y"))
        ),
        frozenset({"h1", "y"}),
        {"w": ("x1->h1", "x2->h2")},
    )
    there = st.sampled_from((*net.units, *net.inputs, "w"))
    moved = [
        Clause(
            tuple(
                Target(t.kind, data.draw(there), data.draw(there) if t.source else "", t.copy % 3)
                for t in clause.targets
            ),
            clause.op,
            clause.value,
        )
        for clause in found
    ]
    with suppress(ToynetsError):
        plan = net.resolve(parse_intervention(Intervention(tuple(moved)).text))
        changed = [e.name for e in plan.edits] + [(p.source, p.target) for p in plan.paths]
        replaced = [r.name for r in plan.replacements]
        assert len(set(changed)) == len(changed) and len(set(replaced)) == len(replaced)
