"""The scores that people use, one row each."""

from __future__ import annotations

from functools import partial

from toynets.errors import ToynetsError, unknown
from toynets.importance import measured, structural
from toynets.importance.scoring import Score

# The moves that change a score. Behind a move: the activations for which it does so.
NOT_STEP = "rescale (relu abs identity square)"  # a step unit passes on the same after it
ODD, EVEN = "flip_sign (tanh identity)", "flip_sign (abs square)"
UNEVEN_SCALE = "rescale (square step)"  # w v does not stay the same product
# These keep the function, but not the unit: what it does is something else after a flip.
UNIT = ("kink_flip", "sigmoid_flip")
# A value in place of another keeps its outcome under h -> 1 - h, so that only kinks matter.
SWAPPED = ("kink_flip",)

_SALIENCY = "K. Simonyan, A. Vedaldi, A. Zisserman, Deep inside convolutional networks, 2014"
_GARSON = "G. D. Garson, Interpreting neural network connection weights, AI Expert 6(4), 1991"
_SHAPLEY = "L. Shapley, A value for n-person games, 1953; S. Lundberg, S. Lee, NeurIPS 2017"
_BANZHAF = "J. Banzhaf, Weighted voting doesn't work, Rutgers Law Review 19, 1965"
_BREIMAN = "L. Breiman, Random forests, Machine Learning 45, 2001"
_ABLATION = "R. Meyes et al., Ablation studies in artificial neural networks, 2019"
_GEVREY = "M. Gevrey, I. Dimopoulos, S. Lek, Ecological Modelling 160, 2003"


def _all(*moves: str) -> dict[str, tuple[str, ...]]:
    return dict.fromkeys(("units", "inputs", "weights"), moves)


SCORES: tuple[Score, ...] = (
    Score(
        "magnitude",
        "|w|",
        "Is it a large number?",
        "Y. LeCun, J. Denker, S. Solla, Optimal brain damage, 1989, who argue against it",
        ("weights",),
        "weights",
        _all("rescale", "shift_logits", *UNIT),
        structural.magnitude,
    ),
    Score(
        "incoming |sum|",
        "sum of |w| over the weights into the unit, without the bias",
        "How much comes in, whatever its sign?",
        "folklore",
        ("units",),
        "weights",
        _all("rescale"),
        partial(structural.incoming, absolute=True),
    ),
    Score(
        "incoming sum",
        "sum of w over the weights into the unit, without the bias",
        "Is it driven up or down on the whole?",
        "folklore",
        ("units",),
        "weights",
        _all("rescale", ODD, "sigmoid_flip"),
        partial(structural.incoming, absolute=False),
    ),
    Score(
        "outgoing |sum|",
        "sum of |w| over the weights out of it (into the last layer: to y alone)",
        "How loudly is it passed on?",
        "folklore",
        ("units", "inputs"),
        "weights",
        _all("rescale", "shift_logits"),
        partial(structural.outgoing, absolute=True),
    ),
    Score(
        "outgoing sum",
        "sum of w over the weights out of it (into the last layer: to y alone)",
        "Does it excite or inhibit on the whole?",
        "folklore",
        ("units", "inputs"),
        "weights",
        _all("rescale", "flip_sign", "shift_logits", *UNIT),
        partial(structural.outgoing, absolute=False),
        -1,
    ),
    Score(
        "garson",
        "sum over h of |w_ih| / sum_i |w_ih| * |v_h| / sum_h |v_h|; layer by layer",
        "What share of the weights' sizes leads from it to y?",
        _GARSON,
        ("units", "inputs"),
        "weights",
        _all(NOT_STEP, "shift_logits"),
        structural.garson,
    ),
    Score(
        "garson (cancelled)",
        "P_ih = |w_ih v_h|; Q_ih = P_ih / sum_i P_ih; share of sum over h of Q_ih: v_h cancels",
        "What share of each hidden unit's input does it make up, all units counted alike?",
        f"{_GEVREY}, after Garson 1991; garson() of NeuralNetTools and caret",
        ("inputs",),
        "weights",
        _all(),
        structural.garson_cancelled,
    ),
    Score(
        "garson (of sums)",
        "|sum over h of w_ih v_h| as a share of its sum over the inputs",
        "What share of the connection weights is its own?",
        "garson() of early versions of NeuralNetTools",
        ("inputs",),
        "weights",
        _all(UNEVEN_SCALE, EVEN, "shift_logits"),
        structural.garson_of_sums,
    ),
    Score(
        "olden",
        "sum over the paths from it to y of the product of the weights",
        "Does y go up or down with it, if every unit were linear?",
        "J. Olden, D. Jackson, Illuminating the black box, Ecological Modelling 154, 2002",
        ("units", "inputs", "weights"),
        "weights",
        {
            "units": ("rescale", EVEN, "shift_logits"),
            "inputs": (UNEVEN_SCALE, EVEN, "shift_logits"),
            "weights": ("rescale", EVEN, "shift_logits", *UNIT),
        },
        structural.olden,
        -1,
    ),
    Score(
        "weight x activation",
        "|w| times the root mean square of what it carries (bias: 1)",
        "How large is what goes through it?",
        "M. Sun, Z. Liu, A. Bair, J. Z. Kolter, A simple and effective pruning approach, ICLR 2024",
        ("weights",),
        "data",
        _all("rescale", "shift_logits", *UNIT),
        measured.weight_times_activation,
    ),
    Score(
        "lek profile",
        "largest minus smallest of 12 median responses, the others at min, quartiles, max",
        "How far does y move while only this input goes over its range?",
        "S. Lek et al., Ecological Modelling 90, 1996",
        ("inputs",),
        "data",
        _all(),
        measured.lek,
    ),
    Score(
        "gradient",
        "mean of |dy/dv|; 0 is the derivative at a kink",
        "How much would y move if it were a little larger?",
        f"{_SALIENCY}; partial derivatives: {_GEVREY}",
        ("units", "inputs", "weights"),
        "data",
        {
            "units": (NOT_STEP, "kink_flip"),
            "inputs": ("kink_flip",),
            "weights": (NOT_STEP, *UNIT),
        },
        partial(measured.gradient_size, times_value=False),
    ),
    Score(
        "gradient x value",
        "mean of |v dy/dv|; 0 is the derivative at a kink",
        "How much would y move if it were a little larger, in proportion?",
        "A. Shrikumar et al., Not just a black box, 2016; for weights N. Lee et al., SNIP, 2019",
        ("units", "inputs", "weights"),
        "data",
        {"units": UNIT, "inputs": ("kink_flip",), "weights": ("shift_logits", *UNIT)},
        partial(measured.gradient_size, times_value=True),
    ),
    Score(
        "integrated gradients",
        "mean of |x_i times the integral of dy/dx_i on the way from 0 to x|",
        "How much of y's change from 0 to x is due to it?",
        "M. Sundararajan, A. Taly, Q. Yan, Axiomatic attribution for deep networks, ICML 2017",
        ("inputs",),
        "data",
        _all("kink_flip"),
        partial(measured.path_integral, what="integrated"),
    ),
    Score(
        "conductance",
        "mean of |integral of dy/dh dh on the way from 0 to x|",
        "How much of y's change from 0 to x goes through it?",
        "K. Dhamdhere, M. Sundararajan, Q. Yan, How important is a neuron?, ICLR 2019",
        ("units",),
        "data",
        _all("kink_flip"),
        partial(measured.path_integral, what="conductance"),
    ),
    Score(
        "internal influence",
        "mean of |integral of dy/dh on the way from 0 to x|",
        "How steeply does y depend on it on the way from 0 to x?",
        "K. Leino et al., Influence-directed explanations, ITC 2018",
        ("units",),
        "data",
        _all(NOT_STEP, "kink_flip"),
        partial(measured.path_integral, what="influence"),
    ),
    Score(
        "permutation",
        "mean squared error with its values dealt out anew, over all permutations, minus without",
        "How much worse is the network when its values belong to other inputs?",
        _BREIMAN,
        ("units", "inputs"),
        "ablations",
        {"units": SWAPPED, "inputs": ()},
        partial(measured.permutation, derangements=False),
    ),
    Score(
        "permutation (derangements)",
        "the same over the permutations that leave no row its own value",
        "How much worse is the network when every value belongs to another input?",
        "A. Fisher, C. Rudin, F. Dominici, JMLR 20, 2019, e_switch",
        ("units", "inputs"),
        "ablations",
        {"units": SWAPPED, "inputs": ()},
        partial(measured.permutation, derangements=True),
    ),
    *(
        Score(
            f"left out ({kind})",
            f"mean of y under {text} minus y, with its sign",
            "Which way does y move on average when it is gone?",
            _ABLATION,
            players,
            "ablations",
            moved,
            partial(measured.left_out, kind=kind),
            1,
        )
        for kind, text, players, moved in (
            ("zero", "v = 0", ("units", "inputs"), {"units": UNIT, "inputs": ()}),
            ("mean", "v = mean", ("units", "inputs"), {"units": SWAPPED, "inputs": ()}),
            ("resample", "v = resample", ("units", "inputs"), {"units": SWAPPED, "inputs": ()}),
            ("cut", "w = 0", ("weights",), {"weights": ("shift_logits", *UNIT)}),
            ("flip", "w *= -1", ("weights",), {"weights": ("shift_logits", *UNIT)}),
        )
    ),
    Score(
        "left out (worst)",
        "mean of the larger |y under v = worst minus y|: both ends of what its values can do",
        "How far can y be moved by any value that it takes?",
        "the ablation kind of this package; for inputs: reach of an interval",
        ("units", "inputs"),
        "ablations",
        {"units": SWAPPED, "inputs": ()},
        partial(measured.left_out, kind="worst"),
    ),
    *(
        Score(
            f"{how} ({kind})",
            f"mean of |{title} value of y|, absent players ablated by {kind}, all 2^n subsets",
            question,
            source,
            players,
            "ablations",
            {
                "units": UNIT if kind == "zero" else SWAPPED,
                "inputs": (),
                "weights": ("shift_logits", *UNIT),
            },
            partial(measured.coalition_value, kind=kind, how=how),
        )
        for how, title, question, source in (
            ("shapley", "Shapley", "What does it add to y, over all orders of joining?", _SHAPLEY),
            ("banzhaf", "Banzhaf", "What does it add to y, over all sets of others?", _BANZHAF),
        )
        for kind, players in (
            ("zero", ("units", "inputs", "weights")),
            ("mean", ("units", "inputs")),
        )
    ),
)


def scores_of(kind: str) -> tuple[Score, ...]:
    """Return the scores that are defined for `units`, `inputs` or `weights`.

    >>> [score.name for score in scores_of("weights")][:3]
    ['magnitude', 'olden', 'weight x activation']
    """
    return tuple(score for score in SCORES if kind in score.players)


def score(name: str) -> Score:
    """Return a score by name.

    Raises:
        ToynetsError: there is no such score; the message lists those there are.

    >>> score("olden").badge("inputs")[:13]
    'changes under'
    """
    for one in SCORES:
        if one.name == name:
            return one
    raise ToynetsError(unknown("score", str(name), "", [s.name for s in SCORES]))
