"""Claims about single threshold units: what they can, what they cannot, how they learn."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

from toynets.errors import ToynetsError
from toynets.exact import run
from toynets.network import Network
from toynets.rationals import ONE, ZERO, fraction, rational
from toynets.studies.published.record import Claim, Found, held

Row = tuple[int, ...]
PERCEPTRONS = "M. Minsky and S. Papert, Perceptrons, MIT Press, 1969"
ROWS = ((0, 0), (0, 1), (1, 0), (1, 1))


def separation(rows: Sequence[Row], wanted: Sequence[int]) -> tuple[Fraction, list[Fraction]]:
    """Return how far one threshold unit can keep the rows apart, and why not further.

    Weights and bias are between -1 and 1; the linear program is solved in exact arithmetic, and its
    multipliers are checked: their combination of the conditions is the bound.

    Args:
        rows: inputs.
        wanted: 0 or 1 for each.

    Returns:
        The largest margin, and for each row the multiplier of its condition.

    >>> separation(((0,), (1,)), (0, 1))
    (Fraction(1, 2), [Fraction(1, 2), Fraction(1, 2)])
    """
    from toynets.verification.proofs.forms import Form
    from toynets.verification.proofs.simplex import least

    count = len(rows[0])
    margin = count + 1  # atoms: the weights, the bias, the margin
    conditions = []
    for row, y in zip(rows, wanted, strict=True):
        sign = 1 if y else -1
        terms = {k: rational(sign * x) for k, x in enumerate((*row, 1)) if x}
        conditions.append(Form(ZERO, {**terms, margin: -ONE}))
    first = len(conditions)
    conditions += [Form(ONE, {k: -ONE}) for k in range(count + 2)]
    conditions += [Form(ONE, {k: ONE}) for k in range(count + 2)]
    aim = Form(ZERO, {margin: -ONE})
    atoms = list(range(count + 2))
    found = least(aim, conditions, atoms, [first + k for k in atoms])
    # The certificate, checked by itself: aim = value + sum of multiplier * condition.
    total = dict.fromkeys((*atoms, -1), ZERO)
    holds = found.status == "least"
    for number, weight in found.multipliers:
        holds = holds and weight > 0
        for atom, c in conditions[number].terms.items():
            total[atom] += weight * c
        total[-1] += weight * conditions[number].constant
    holds = holds and found.value + total[-1] == 0
    if not holds or any(total[k] != aim.terms.get(k, ZERO) for k in atoms):
        raise ToynetsError("the multipliers of a linear program do not prove its bound.")
    shares = dict(found.multipliers)
    return fraction(-found.value), [fraction(shares.get(k, ZERO)) for k in range(first)]


def _parity(row: Row) -> int:
    return sum(row) % 2


def _sums(rows: Sequence[Row], shares: Sequence[Fraction]) -> str:
    used = [(row, share) for row, share in zip(rows, shares, strict=True) if share]

    def side(odd: int) -> str:
        part = ["".join(map(str, row)) for row, _ in used if _parity(row) == odd]
        return ", ".join(part)

    return f"those on {side(1)} and those on {side(0)}"


def no_xor() -> Found:
    """The linear program of one threshold unit for XOR."""
    best, shares = separation(ROWS, [_parity(row) for row in ROWS])
    return held(
        best == 0,
        "proved",
        f"the largest margin is exactly {best}: with equal shares {_sums(ROWS, shares)} have the "
        "same weighted sum, but one is to be above the threshold and the other not",
    )


def no_parity() -> Found:
    """The same for parity of 3, 4 and 5 bits."""
    margins = {}
    for n in (2, 3, 4, 5):
        rows = tuple(product((0, 1), repeat=n))
        margins[n], _ = separation(rows, [_parity(row) for row in rows])
    return held(
        not any(margins.values()),
        "proved",
        "exact linear programs; the largest margin for "
        + ", ".join(f"{n} bits is {margin}" for n, margin in margins.items())
        + "; and with all bits but two at 0 parity is XOR, which no unit computes",
    )


def gates() -> Found:
    """AND, OR and NOT by one threshold unit each."""
    built = {
        "AND": (([[1, 1]], ["-1.5"]), ROWS, (0, 0, 0, 1)),
        "OR": (([[1, 1]], ["-0.5"]), ROWS, (0, 1, 1, 1)),
        "NOT": (([[-1]], ["0.5"]), ((0,), (1,)), (1, 0)),
    }
    said = []
    right = True
    for name, ((weight, bias), rows, wanted) in built.items():
        network = Network.from_layers([(weight, bias, "step")], name=name)
        found = tuple(run(network, row)[0] for row in rows)
        right = right and found == wanted
        said.append(f"{name}: {' '.join(map(str, found))}")
    return held(right, "exhaustive", "; ".join(said))


def learn(wanted: Sequence[int], epochs: int = 100) -> tuple[int, tuple[int, ...], bool]:
    """Run the learning rule from 0, over 00, 01, 10, 11 in turn.

    Returns:
        How many epochs were run, the weights and bias then, and whether an epoch passed without a
        mistake; if not, the numbers are those of an earlier epoch, so that it goes on for ever.

    >>> learn((0, 1, 1, 1))
    (4, (1, 1, 0), True)
    """
    state = (0, 0, 0)
    seen = {state}
    for epoch in range(1, epochs + 1):
        mistakes = 0
        for row, y in zip(ROWS, wanted, strict=True):
            x = (*row, 1)
            said = int(sum(w * v for w, v in zip(state, x, strict=True)) > 0)
            if said != y:
                mistakes += 1
                moved = [w + (y - said) * v for w, v in zip(state, x, strict=True)]
                state = (moved[0], moved[1], moved[2])
        if not mistakes:
            return epoch, state, True
        if state in seen:
            return epoch, state, False
        seen.add(state)
    raise ToynetsError(f"in {epochs} epochs it neither learned nor came back to where it was.")


def converges() -> Found:
    """The run for AND and for OR."""
    runs = {"AND": learn((0, 0, 0, 1)), "OR": learn((0, 1, 1, 1))}
    said = "; ".join(
        f"{name}: no mistake in epoch {epoch}, w = ({state[0]}, {state[1]}), b = {state[2]}"
        for name, (epoch, state, _) in runs.items()
    )
    return held(all(done for _, _, done in runs.values()), "exhaustive", said)


def cycles() -> Found:
    """The run for XOR comes back to where it was."""
    epoch, state, done = learn((0, 1, 1, 0))
    return held(
        not done,
        "proved",
        f"after epoch {epoch} the numbers are {state} again, as after an earlier one, so the run "
        "repeats itself and never ends",
    )


CLAIMS = (
    Claim(
        "no-unit-for-xor",
        "One threshold unit cannot compute XOR.",
        PERCEPTRONS,
        "any network of two inputs and one threshold unit",
        "no weights and bias have the inputs 01 and 10 above the threshold and 00 and 11 not.",
        no_xor,
    ),
    Claim(
        "no-unit-for-parity",
        "No threshold unit that sees its inputs one by one computes parity.",
        PERCEPTRONS,
        "any single threshold unit of two or more bits",
        "no weights and bias separate the even from the odd inputs: by linear programs for 2 to 5 "
        "bits, and for more because parity of more bits holds XOR.",
        no_parity,
    ),
    Claim(
        "threshold-gates",
        "AND, OR and NOT are each computed by one threshold unit.",
        "W. McCulloch and W. Pitts, A logical calculus of the ideas immanent in nervous activity, "
        "Bulletin of Mathematical Biophysics 5 (1943) 115-133",
        "three networks of one threshold unit",
        "there are such units: each is run on all of its inputs.",
        gates,
    ),
    Claim(
        "perceptron-converges",
        "The learning rule of the perceptron ends after finitely many mistakes where one unit can "
        "do the task.",
        "F. Rosenblatt, Principles of Neurodynamics, Spartan, 1962",
        "one threshold unit of two inputs, trained from 0 on 00, 01, 10, 11 in turn",
        "the runs for AND and for OR from these starts. The theorem itself is not checked.",
        converges,
    ),
    Claim(
        "perceptron-cycles",
        "Where no unit can do the task the rule goes on for ever, and comes back to the same "
        "weights.",
        f"{PERCEPTRONS}, on the behaviour of the learning rule without a solution",
        "one threshold unit of two inputs, trained from 0 on XOR",
        "this run repeats a state. The theorem itself is not checked.",
        cycles,
    ),
)
