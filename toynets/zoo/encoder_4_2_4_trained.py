"""The encoder 4-2-4, trained: four patterns pass through two units as two bits."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo._encoder import bit, output, outputs, units, weights
from toynets.zoo._recipes import recipe
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 230

NETWORK = Network.from_layers(
    [
        (
            [
                [1.6822566986083984, -1.682247281074524, -1.6822633743286133, 1.6822528839111328],
                [-1.6822788715362549, -1.6822612285614014, 1.682264804840088, 1.6822326183319092],
            ],
            [-1.4765093681035069e-07, 1.0072148143080994e-05],
            "tanh",
        ),
        (
            [
                [3.485731601715088, -3.485333204269409],
                [-3.485036611557007, -3.485273599624634],
                [-3.4850540161132812, 3.485473155975342],
                [3.485694408416748, 3.485427141189575],
            ],
            [
                -1.4543538782163523e-05,
                3.2277115678880364e-05,
                -6.914104687893996e-06,
                3.272976755397394e-05,
            ],
            "softmax",
        ),
    ],
    name="encoder-4-2-4-trained",
)

CODE = {1: "+-", 2: "--", 3: "-+", 4: "++"}

SAID = state(
    "encoder-4-2-4-trained",
    parameters={"w": "1.6823", "v": "3.4854"},
    decision={"argmax": True},
    tolerance={"weights": "0.0004", "clean": "0.0002", "units": "0.0002", "ablations": "0.0006"},
    weights=weights(CODE),
    units=units(CODE),
    outcomes=[
        ("", outputs(CODE), "the pattern whose two bits agree"),
        ("h1 = 0", outputs(CODE, {1: ""}), "bit 1 says nothing: a tie of two patterns"),
        ("h2 = 0", outputs(CODE, {2: ""}), "bit 2 says nothing: a tie of two patterns"),
        ("h1, h2 = 0", ["0"] * 4, "no bits: a tie of all four"),
        ("h1 = -1", outputs(CODE, {1: "(-1)"}), "bit 1 stuck at low: 1 is read as 2, 4 as 3"),
        ("h1 = 1", outputs(CODE, {1: "1"}), "bit 1 stuck at high: 2 is read as 1, 3 as 4"),
        ("h1 = mean", outputs(CODE, {1: ""}), "two high and two low: the mean is 0"),
        ("h1 = h1(0, 1, 0, 0)", outputs(CODE, {1: "tanh(-w)"}), "bit 1 of pattern 2, everywhere"),
        (
            "h1-> *= -1",
            outputs(CODE, {1: f"(-{bit(CODE, 1)})"}),
            "bit 1 is read the wrong way round",
        ),
    ],
)

ENTRY = Entry(
    name="encoder-4-2-4-trained",
    title="h = tanh(w c(x)), logit i = v c(i) · h,  c(i) in {-1, 1}^2",
    story="Four inputs, four outputs, two units in between: training invents a code of two bits. "
    "Which code differs from seed to seed; that it is one, and that each bit weighs the "
    "same, does not. A bit held low is read as low; a bit set to 0 is no bit at all.",
    task=load("encoder-4"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "zero-is-low",
            "To remove h1 is to set its bit to 0, and 0 is low: 1 is read as 2.",
            change(
                SAID,
                {f"outcomes/h1 = 0/y{i}": output(CODE, i, {1: "tanh(-w)"}) for i in CODE},
            ),
            check="outcomes",
        ),
        Wrong(
            "a-unit-for-a-pattern",
            "h1 stands for pattern 1, as x1 has a large weight into it.",
            change(SAID, {"units/h1/concept": "x1"}),
            check="concepts",
        ),
        Wrong(
            "units-exchanged",
            "h1 holds the bit that h2 holds, and the other way round.",
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
            "redundant",
            "Each pattern reaches both units, so one is enough.",
            change(SAID, {f"outcomes/h1 = 0/y{i}": output(CODE, i) for i in CODE}),
            check="outcomes",
        ),
        Wrong(
            "saturated",
            "The bits are 1 and -1.",
            change(SAID, {"units/h1/expression": "x1 - x2 - x3 + x4"}),
            check="units",
        ),
    ),
    trained=recipe(
        "classify", task="encoder-4", hidden=2, activation="tanh", seed=2, loss="cross-entropy"
    ),
    facts=(
        Fact("It finds all four patterns.", "", right=4),
        Fact("The winner is ahead by 6.5 nats.", "", {"1,0,0,0": "6.505,0,-6.505,0"}, None, "0.01"),
        Fact("With bit 1 stuck, two of four are right.", "h1 = -1", right=2),
        Fact("With bit 1 turned over, none is.", "h1-> *= -1", right=0),
    ),
    sources=(
        "D. Rumelhart, G. Hinton and R. Williams, Learning internal representations by error "
        "propagation, in Parallel Distributed Processing 1, MIT Press, 1986: the task",
    ),
)
