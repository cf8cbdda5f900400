"""Claims that a score of weights says what is important, each held against what ablation does."""

from __future__ import annotations

from toynets.domain import Domain
from toynets.importance import Importance, importance
from toynets.network import Network
from toynets.studies.published.record import Claim, Found

SQUARE = Domain.boolean(2)
ABS = ((-1, 0), (-1, 1), (0, 0), (0, 1), (1, 0), (1, 1))


def _scaled() -> Network:
    """y = relu(2^-10 x1) 2^10 + 2^-10 relu(x2): what counts comes through a tiny weight."""
    return Network.from_layers(
        [
            ([["0.0009765625", 0], [0, 1]], [0, 0], "relu"),
            ([[1024, "0.0009765625"]], [0], "identity"),
        ],
        name="scaled",
    )


def _refuted(found: Importance, score: str, kind: str) -> Found:
    """Refute by two players that the score puts in the wrong order."""
    said, true = found.value(score), found.effect(kind)
    first = max(said, key=lambda name: abs(said[name]))
    other = max(true, key=lambda name: true[name])
    if abs(said[first]) <= abs(said[other]) or true[first] >= true[other]:
        return Found("exhaustive", f"{first} is first in both")
    return Found(
        "refuted",
        f"{score} is {said[first]:.6g} for {first} and {said[other]:.6g} for {other}; the largest "
        f"effect of {kind} is {true[first]:.6g} for {first} and {true[other]:.6g} for {other}",
    )


def magnitude() -> Found:
    """The largest and the smallest weight, cut."""
    found = importance(_scaled(), SQUARE, of="weights", scores=["magnitude"], ablations=["cut"])
    sizes, effect = found.value("magnitude"), found.effect("cut")
    small, large = "x1->h1", "x2->h2"
    if sizes[small] >= sizes[large] or effect[small] <= effect[large]:
        return Found("exhaustive", "the larger of the two does more")
    return Found(
        "refuted",
        f"{small} is {sizes[small]:.6g} and {large} is {sizes[large]:g}; cutting the small one "
        f"changes y by up to {effect[small]:g}, the large one by {effect[large]:.6g}",
    )


def sums() -> Found:
    """The sum of |w| out of each input."""
    found = importance(
        _scaled(), SQUARE, of="inputs", scores=["outgoing |sum|"], ablations=["zero"]
    )
    return _refuted(found, "outgoing |sum|", "zero")


def garson() -> Found:
    """Garson's shares, with a large weight from a unit that is never on."""
    network = Network.from_layers(
        [([[1, 0], [0, 1]], [0, -2], "relu"), ([[1, 1024]], [0], "identity")], name="dead"
    )
    found = importance(network, SQUARE, of="inputs", scores=["garson"], ablations=["zero"])
    return _refuted(found, "garson", "zero")


def olden() -> Found:
    """Connection weights of y = |x1| + x2/4, where two paths cancel."""
    network = Network.from_layers(
        [([[1, 0], [-1, 0], [0, 1]], [0, 0, 0], "relu"), ([[1, 1, "0.25"]], [0], "identity")],
        name="abs and a quarter",
    )
    found = importance(
        network, Domain.listed(ABS), of="inputs", scores=["olden"], ablations=["zero"]
    )
    return _refuted(found, "olden", "zero")


CLAIMS = (
    Claim(
        "magnitude-is-saliency",
        "The saliency of a link is just the absolute size of its weight: remove the smallest "
        "first.",
        "SNNS User Manual, on magnitude based pruning; that it is no such thing is argued already "
        "by Y. LeCun, J. Denker and S. Solla, Optimal brain damage, 1989",
        "y = 1024 relu(x1 / 1024) + relu(x2) / 1024 on {0, 1}^2",
        "a larger weight never has a smaller largest effect when it is cut.",
        magnitude,
    ),
    Claim(
        "sums-rank-inputs",
        "The sum of the absolute weights out of an input says how important it is.",
        "a rule of thumb; asked about in question 285676 on stats.stackexchange.com, where it "
        "disagrees with what the asker knows of 14 inputs",
        "y = 1024 relu(x1 / 1024) + relu(x2) / 1024 on {0, 1}^2",
        "the input with the largest sum has the largest effect when it is set to 0.",
        sums,
    ),
    Claim(
        "garson-importance",
        "The weights, shared out by hidden unit and output, give the relative importance of each "
        "input.",
        "G. D. Garson, Interpreting neural network connection weights, AI Expert 6(4), 1991",
        "y = relu(x1) + 1024 relu(x2 - 2) on {0, 1}^2",
        "the input with the largest share has the largest effect when it is set to 0.",
        garson,
    ),
    Claim(
        "olden-best",
        'Sums of the products of raw weights provide "the best methodology for accurately '
        'quantifying variable importance".',
        "J. Olden, M. Joy and R. Death, An accurate comparison of methods for quantifying variable "
        "importance in artificial neural networks using simulated data, Ecological Modelling 178 "
        "(2004) 389-397, abstract",
        "y = |x1| + x2 / 4, with three relu units, on {-1, 0, 1} x {0, 1}",
        "accurate means here: the input with the largest value has the largest effect when it is "
        "set to 0. Whether another method is better is not checked.",
        olden,
    ),
)
