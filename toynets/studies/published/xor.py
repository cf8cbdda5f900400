"""Claims about networks that compute XOR."""

from __future__ import annotations

from fractions import Fraction

from toynets.exact import run
from toynets.network import Network
from toynets.studies.published.record import Claim, Found, held
from toynets.zoo import load

BOOK = "I. Goodfellow, Y. Bengio and A. Courville, Deep Learning, MIT Press, 2016, section 6.1"
NETWORK = "the 2-2-1 relu network of the book (xor-sum)"
ROWS = ((0, 0), (0, 1), (1, 0), (1, 1))
XOR, OR, NONE = (tuple(map(Fraction, y)) for y in ((0, 1, 1, 0), (0, 1, 1, 1), (0, 0, 0, 0)))


def _outputs(network: Network, text: str | None = None) -> tuple[Fraction, ...]:
    given = () if text is None else (text,)
    return tuple(run(network, row, *given)[0] for row in ROWS)


def _said(values: tuple[Fraction, ...]) -> str:
    return " ".join(map(str, values))


def outputs() -> Found:
    """The four outputs, exactly."""
    found = _outputs(load("xor-sum").network)
    return held(found == XOR, "exhaustive", f"y is {_said(found)} on 00, 01, 10, 11")


def linear_fit() -> Found:
    """The normal equations of least squares, solved exactly."""
    from flint import fmpq_mat

    design = fmpq_mat([[*row, 1] for row in ROWS])
    wanted = fmpq_mat([[int(y)] for y in XOR])
    square = design.transpose() * design
    fit = square.solve(design.transpose() * wanted)
    w1, w2, b = (Fraction(int(fit[k, 0].p), int(fit[k, 0].q)) for k in range(3))
    return held(
        square.rank() == 3 and w1 == w2 == 0 and b == Fraction(1, 2),
        "proved",
        f"the normal equations have one solution, w = ({w1}, {w2}), b = {b}: the line says {b} "
        "to all four inputs",
    )


def or_minus_and() -> Found:
    """What is left without the second unit: OR, if the first were OR."""
    network = load("xor-sum").network
    clean, without = _outputs(network), _outputs(network, "h2 = 0")
    return held(
        clean == XOR and without == OR,
        "exhaustive",
        f"without h2, y is {_said(without)}, and OR would be {_said(OR)}. h1 "
        "counts; every clean output agrees with the tale all the same",
    )


def detectors() -> Found:
    """The same tale of threshold units, under every ablation of a unit."""
    network = Network.from_layers(
        [([[1, 1], [1, 1]], ["-0.5", "-1.5"], "step"), ([[1, -1]], ["-0.5"], "step")],
        name="any and two",
    )
    found = {text: _outputs(network, text) for text in (None, "h2 = 0", "h1 = 0", "h1, h2 = 0")}
    right = list(found.values()) == [XOR, OR, NONE, NONE]
    return held(
        right,
        "exhaustive",
        f"clean {_said(found[None])}; without the detector of two ones {_said(found['h2 = 0'])}, "
        f"which is OR; without that of any ones {_said(found['h1 = 0'])}",
    )


CLAIMS = (
    Claim(
        "dl-xor-outputs",
        "The network gives the right answer for all four inputs: 0, 1, 1, 0.",
        BOOK,
        NETWORK,
        "equality of the exact outputs.",
        outputs,
    ),
    Claim(
        "dl-linear-fit",
        "The linear model that fits XOR best has w = 0 and b = 1/2: it says 1/2 everywhere.",
        BOOK,
        "a linear model of two inputs",
        "the least-squares problem has this solution, and no other.",
        linear_fit,
    ),
    Claim(
        "or-minus-and",
        "One hidden unit computes OR and the other AND, and the output takes AND off: XOR is OR "
        "and not AND.",
        "told of networks for XOR in many courses, for example an answer on "
        "datascience.stackexchange.com, question 25276; here held against relu units",
        NETWORK,
        "then without the AND unit the output is OR.",
        or_minus_and,
    ),
    Claim(
        "any-and-two",
        "The hidden units detect any ones and two ones in the input; the first drives the output "
        "and the second inhibits it.",
        "C. Welty, XOR Network, course pages of Vassar College, 1998 "
        "(cs.vassar.edu/~weltyc/oldcourses/cogsci100.98f/xor.html)",
        "a 2-2-1 network of threshold units, thresholds 1/2, 3/2 and 1/2",
        "clean it is XOR; without the detector of two it is OR; without that of any nothing is on.",
        detectors,
    ),
)
