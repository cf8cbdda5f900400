"""The encoder 8-3-8, trained: eight patterns, three bits, and every code used once."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo._encoder import bit, output, outputs, units, weights
from toynets.zoo._recipes import recipe
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 231

NETWORK = Network.from_layers(
    [
        (
            [
                [
                    1.6139358282089233,
                    -1.6139328479766846,
                    1.6139357089996338,
                    -1.613935112953186,
                    -1.613938331604004,
                    1.6139423847198486,
                    1.6139394044876099,
                    -1.6139417886734009,
                ],
                [
                    1.6139377355575562,
                    1.613937258720398,
                    -1.6139336824417114,
                    -1.6139317750930786,
                    -1.6139349937438965,
                    -1.6139373779296875,
                    1.6139429807662964,
                    1.6139516830444336,
                ],
                [
                    1.613931655883789,
                    -1.6139336824417114,
                    1.613935947418213,
                    1.6139283180236816,
                    -1.6139447689056396,
                    -1.6139403581619263,
                    -1.6139426231384277,
                    1.6139440536499023,
                ],
            ],
            [-8.666825692671409e-07, -4.19717753175064e-06, 2.5637577891757246e-06],
            "tanh",
        ),
        (
            [
                [3.1878042221069336, 3.187777042388916, 3.187859535217285],
                [-3.1878230571746826, 3.1877427101135254, -3.18776798248291],
                [3.1878199577331543, -3.1879005432128906, 3.1878364086151123],
                [-3.1878578662872314, -3.1878809928894043, 3.1878445148468018],
                [-3.1878371238708496, -3.1879332065582275, -3.1878247261047363],
                [3.187822103500366, -3.1879093647003174, -3.187828302383423],
                [3.187852621078491, 3.1877522468566895, -3.1878104209899902],
                [-3.1878607273101807, 3.187782049179077, 3.1879007816314697],
            ],
            [
                -6.138804565125611e-06,
                2.7176265575690195e-05,
                -1.2766115560225444e-06,
                9.599592885933816e-06,
                -2.930651680799201e-05,
                -1.3312770533957519e-05,
                -2.431869324936997e-05,
                -4.426029045134783e-05,
            ],
            "softmax",
        ),
    ],
    name="encoder-8-3-8-trained",
)

CODE = {1: "+++", 2: "-+-", 3: "+-+", 4: "--+", 5: "---", 6: "+--", 7: "++-", 8: "-++"}
PLAIN = {1: "---", 2: "--+", 3: "-+-", 4: "-++", 5: "+--", 6: "+-+", 7: "++-", 8: "+++"}

SAID = state(
    "encoder-8-3-8-trained",
    parameters={"w": "1.6139", "v": "3.1878"},
    decision={"argmax": True},
    tolerance={"weights": "0.0002", "clean": "0.0003", "units": "0.0003", "ablations": "0.0003"},
    weights=weights(CODE),
    units=units(CODE),
    outcomes=[
        ("", outputs(CODE), "the pattern whose three bits agree"),
        ("h1 = 0", outputs(CODE, {1: ""}), "bit 1 says nothing: a tie of two patterns"),
        ("h2 = 0", outputs(CODE, {2: ""}), "bit 2 says nothing: a tie of two patterns"),
        ("h3 = 0", outputs(CODE, {3: ""}), "bit 3 says nothing: a tie of two patterns"),
        ("h1, h2 = 0", outputs(CODE, {1: "", 2: ""}), "one bit is left: a tie of four"),
        ("h1 = -1", outputs(CODE, {1: "(-1)"}), "bit 1 stuck at low: 1 is read as 8"),
        ("h1 = 1", outputs(CODE, {1: "1"}), "bit 1 stuck at high: 8 is read as 1"),
        ("h1 = mean", outputs(CODE, {1: ""}), "four high and four low: the mean is 0"),
        ("h1-> *= -1", outputs(CODE, {1: f"(-{bit(CODE, 1)})"}), "bit 1 is read the wrong way"),
    ],
)

ENTRY = Entry(
    name="encoder-8-3-8-trained",
    title="h = tanh(w c(x)), logit i = v c(i) · h,  c(i) in {-1, 1}^3",
    story="Three units for eight patterns: exactly enough, if each unit is a bit and every code is "
    "used once. With a little weight decay all 64 starts that were tried end so, to four "
    "digits: two numbers explain 59 weights. A stuck bit confuses patterns in pairs.",
    task=load("encoder-8"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "binary-numbers",
            "The code is that of the binary numbers: pattern 1 is 000, pattern 8 is 111.",
            change(
                SAID,
                {
                    f"weights/{address}/value": text
                    for address, (text, _, _) in weights(PLAIN).items()
                },
            ),
            check="weights",
            right_on_clean=False,
        ),
        Wrong(
            "zero-is-low",
            "To remove h1 is to set its bit to 0, and 0 is low: 1 is read as 8.",
            change(
                SAID,
                {f"outcomes/h1 = 0/y{i}": output(CODE, i, {1: "tanh(-w)"}) for i in CODE},
            ),
            check="outcomes",
        ),
        Wrong(
            "spread-thin",
            "Every pattern is spread over all units, so that one of three can be spared.",
            change(SAID, {f"outcomes/h1 = 0/y{i}": output(CODE, i) for i in CODE}),
            check="outcomes",
        ),
        Wrong(
            "units-exchanged",
            "h1 holds the bit that h3 holds, and the other way round.",
            change(
                SAID,
                {
                    f"weights/{address}/value": text
                    for address, (text, _, _) in weights(
                        {i: signs[::-1] for i, signs in CODE.items()}
                    ).items()
                },
            ),
            check="weights",
        ),
        Wrong(
            "a-unit-for-a-pattern",
            "h1 stands for pattern 1, as x1 has a large weight into it.",
            change(SAID, {"units/h1/concept": "x1"}),
            check="concepts",
        ),
    ),
    trained=recipe(
        "classify", task="encoder-8", hidden=3, activation="tanh", seed=0, loss="cross-entropy"
    ),
    facts=(
        Fact("It finds all eight patterns.", "", right=8),
        Fact("With bit 1 stuck, four of eight are right.", "h1 = -1", right=4),
        Fact("With two bits stuck, two of eight are right.", "h1 = -1, h2 = 1", right=2),
        Fact("With bit 1 turned over, none is.", "h1-> *= -1", right=0),
    ),
    sources=(
        "D. Ackley, G. Hinton and T. Sejnowski, A learning algorithm for Boltzmann machines, "
        "Cognitive Science 9 (1985) 147-169: the task, with four patterns and with eight",
        "D. Rumelhart, G. Hinton and R. Williams, Learning internal representations by error "
        "propagation, in Parallel Distributed Processing 1, MIT Press, 1986: by back-propagation",
    ),
)
