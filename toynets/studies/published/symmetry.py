"""Claims about the mirror-symmetry network that was printed in 1986."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from toynets.exact import run
from toynets.studies.published.record import Claim, Found, held
from toynets.zoo import load

SOURCE = (
    "D. Rumelhart, G. Hinton and R. Williams, Learning representations by back-propagating errors, "
    "Nature 323 (1986) 533-536, Figure 1 and its caption"
)
NETWORK = "the printed 6-2-1 logistic network (symmetry-1986)"
# As printed, one decimal, into either hidden unit; the zoo stores the nearest float32 numbers.
PRINTED = {
    "h1": ("14.2", "-3.6", "7.2", "-7.2", "3.6", "-14.2"),
    "h2": ("-14.2", "3.6", "-7.1", "7.1", "-3.6", "14.2"),
}
ROWS = tuple(product((0, 1), repeat=6))


def _net(unit: str, row: tuple[int, ...]) -> Fraction:
    """The sum into a hidden unit without its bias, of the printed decimals."""
    return sum((Fraction(w) * x for w, x in zip(PRINTED[unit], row, strict=True)), Fraction(0))


def _label(row: tuple[int, ...]) -> str:
    return "".join(map(str, row))


def detects() -> Found:
    """All 64 outputs, in rigorous balls."""
    network = load("symmetry-1986").network
    half = Fraction(1, 2)
    least, most, wrong = Fraction(1), Fraction(0), []
    for row in ROWS:
        y = run(network, row)[0]
        if row == row[::-1]:
            least = min(least, y.lower)
            wrong += [] if y.lower > half else [row]
        else:
            most = max(most, y.upper)
            wrong += [] if y.upper < half else [row]
    if wrong:
        return Found("refuted", f"wrong on {', '.join(map(_label, wrong))}")
    return Found(
        "exhaustive",
        f"64 of 64: y is at least {float(least):.4f} on the 8 symmetric inputs and at most "
        f"{float(most):.4f} on the 56 others",
    )


def antisymmetric() -> Found:
    """Each pair of mirrored weights, as printed."""
    pairs = [(u, w[k], w[5 - k]) for u, w in PRINTED.items() for k in range(3)]
    bad = [(u, a, b) for u, a, b in pairs if Fraction(a) != -Fraction(b)]
    if bad:
        return Found("refuted", f"{bad[0][1]} and {bad[0][2]} in {bad[0][0]}")
    said = "; ".join(f"{u}: {a} and {b}" for u, a, b in pairs)
    return Found("exhaustive", f"{len(pairs)} of {len(pairs)} pairs: {said}")


def ratio() -> Found:
    """The sizes on one side, by the smallest."""
    said, exact = [], True
    for unit, weights in PRINTED.items():
        sizes = sorted(abs(Fraction(w)) for w in weights[:3])
        parts = [size / sizes[0] for size in sizes]
        exact = exact and parts == [1, 2, 4]
        said.append(f"{unit}: 1 : {float(parts[1]):.3f} : {float(parts[2]):.3f}")
    off = "; ".join(said)
    return held(exact, "exhaustive", f"{off}. Near 1 : 2 : 4, and not on it, as printed")


def unbalanced() -> Found:
    """No difference of mirrored bits sums to 0, in either unit."""
    least: dict[str, tuple[Fraction, tuple[int, ...]]] = {}
    for row in ROWS:
        if row == row[::-1]:
            continue
        for unit in PRINTED:
            size = abs(_net(unit, row))
            if size == 0:
                return Found("refuted", f"{_label(row)} sums to 0 in {unit}")
            if unit not in least or size < least[unit][0]:
                least[unit] = (size, row)
    said = ", ".join(f"{float(v):g} in {u} at {_label(row)}" for u, (v, row) in least.items())
    return Found("exhaustive", f"over the 56 others the smallest sums are {said}")


def bias_alone() -> Found:
    """On each palindrome: both sums are 0, both units below 1/2, the output above."""
    network = load("symmetry-1986").network
    half = Fraction(1, 2)
    biases = [Fraction(float(network[f"{unit}.bias"])) for unit in PRINTED]
    if not all(bias < 0 for bias in biases):  # the sigmoid of it is then below 1/2
        return Found("refuted", f"the biases are {', '.join(map(str, map(float, biases)))}")
    count = 0
    for row in ROWS:
        if row != row[::-1]:
            continue
        if any(_net(unit, row) != 0 for unit in PRINTED):
            return Found("refuted", f"{_label(row)} sends more than the bias")
        y = run(network, row)[0]
        silent = run(network, row, "h1, h2 = 0")[0]
        if not y.lower > half:
            return Found("refuted", f"y is {float(y):.4f} at {_label(row)}")
        count += 1
    return Found(
        "exhaustive",
        f"{count} of {count} palindromes: the weighted inputs sum to exactly 0, so that each unit "
        f"is sigmoid({float(biases[0]):.4g}): below 1/2, but not 0. y is {float(y):.4f}; with both "
        f"units at 0 it would be {float(silent):.4f}",
    )


CLAIMS = (
    Claim(
        "rhw-symmetry",
        "The network detects mirror symmetry of its six inputs.",
        SOURCE,
        NETWORK,
        "y is above 1/2 on the 8 palindromes and below on the other 56 of all 64 inputs.",
        detects,
    ),
    Claim(
        "rhw-antisymmetric",
        "In each hidden unit, weights that are symmetric about the middle are equal in size and "
        "opposite in sign.",
        SOURCE,
        NETWORK,
        "equality of the printed decimals, three pairs in each of two units.",
        antisymmetric,
    ),
    Claim(
        "rhw-ratio",
        "The weights on each side of the middle are in the ratio 1 : 2 : 4.",
        SOURCE,
        NETWORK,
        "equality of the ratios of the printed decimals.",
        ratio,
    ),
    Claim(
        "rhw-no-balance",
        "So no input that is not symmetric can balance: each pattern on a side has a sum of its "
        "own.",
        SOURCE,
        NETWORK,
        "the weighted sum into each hidden unit, without bias, is not 0 on any of the 56 others.",
        unbalanced,
    ),
    Claim(
        "rhw-bias-alone",
        "On a symmetric input both hidden units receive their bias alone and are off, so that the "
        "output, whose bias is positive, is on.",
        SOURCE,
        NETWORK,
        "the sums are exactly 0 on all 8 palindromes; off means below 1/2; y is above 1/2.",
        bias_alone,
    ),
)
