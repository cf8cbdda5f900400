"""A deep linear network, trained: four modes of a hierarchy, in a basis that chance has turned."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo import _modes
from toynets.zoo._recipes import recipe
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 238

NETWORK = Network.from_layers(
    [
        (
            [
                [-0.1168447956442833, 0.6090143918991089, -0.5285062193870544, 0.6387261748313904],
                [0.8251293897628784, -0.38363116979599, -0.33864301443099976, 0.3283052146434784],
                [0.8218992948532104, 0.8634276390075684, 0.9016008377075195, 0.5477604866027832],
                [-0.47375234961509705, -0.5752111673355103, 0.6225428581237793, 0.8824090361595154],
            ],
            None,
            "identity",
        ),
        (
            [
                [0.2276807427406311, 0.16296033561229706, 1.1848074197769165, 0.17234952747821808],
                [0.22410085797309875, 0.21191471815109253, 0.6605165004730225, -0.6510742902755737],
                [
                    0.0035827062092721462,
                    -0.0489511601626873,
                    0.5242847800254822,
                    0.8234288692474365,
                ],
                [
                    -0.25087904930114746,
                    0.7103397846221924,
                    0.30949321389198303,
                    -0.27480775117874146,
                ],
                [0.4749801456928253, -0.4984249472618103, 0.3510238826274872, -0.3762683570384979],
                [-0.5818250775337219, -0.35795173048973083, 0.439064621925354, 0.2817798852920532],
                [0.5854077339172363, 0.3089998960494995, 0.08522136509418488, 0.5416461825370789],
            ],
            None,
            "identity",
        ),
    ],
    name="deep-linear-trained",
)

# How much of each mode a unit takes. The four rows are orthonormal, and nothing else is known of
# them: another start gives other rows.
MIXTURES = {
    "h1": ("0.1852", "0.1451", "-0.5133", "-0.8254"),
    "h2": ("0.1325", "0.1717", "0.8547", "-0.4716"),
    "h3": ("0.9636", "0.0896", "-0.0294", "0.2502"),
    "h4": ("0.1402", "-0.9703", "0.0717", "-0.1838"),
}
NAMES = {unit: [f"m{unit[1]}{k}" for k in range(1, 5)] for unit in MIXTURES}
CLEAN = list(_modes.CLEAN)


def _weights() -> dict[str, tuple[str, str, str]]:
    found = {}
    for unit, shares in NAMES.items():
        values = [float(value) for value in MIXTURES[unit]]
        why = f"the modes, as {unit} mixes them"
        for k, leaf in enumerate(_modes.LEAVES):
            role = "excites" if _modes.excites(values, k) else "inhibits"
            found[f"{leaf}->{unit}"] = (_modes.into(shares, k), role, why)
        for k, feature in enumerate(_modes.FEATURES):
            role = "excites" if _modes.speaks_for(values, k) else "inhibits"
            found[f"{unit}->{feature}"] = (_modes.out_of(shares, k), role, why)
    return found


def _at(intervention: str, said: list[str]) -> dict[str, str]:
    pairs = zip(_modes.FEATURES, said, strict=True)
    return {f"outcomes/{intervention}/{y}": text for y, text in pairs}


def _held(unit: str) -> list[str]:
    """All outputs with a unit held at its mean, which its share of mode 1 decides."""
    shares = NAMES[unit]
    mean = f"{shares[0]}*{_modes.INTO[0]}"
    return [
        f"{text} + ({_modes.out_of(shares, j)})*{mean}"
        for j, text in enumerate(_modes.without(shares))
    ]


SAID = state(
    "deep-linear-trained",
    parameters={
        name: value
        for unit, values in MIXTURES.items()
        for name, value in zip(NAMES[unit], values, strict=True)
    },
    inputs=_modes.LEAVES,
    tolerance={"weights": "0.00008", "clean": "0.0002", "units": "0.0002", "ablations": "0.0002"},
    weights=_weights(),
    units={
        **{
            unit: (
                "identity",
                _modes.heard(shares),
                "",
                "a mixture",
                "four modes in a proportion that chance has chosen",
            )
            for unit, shares in NAMES.items()
        },
        **{
            y: ("identity", text, text, "output", "the leaves that have this feature")
            for y, text in zip(_modes.FEATURES, CLEAN, strict=True)
        },
    },
    outcomes=[
        ("", CLEAN, "every feature of every leaf"),
        *(
            (f"{unit} = 0", _modes.without(shares), f"what {unit} takes of each mode is missing")
            for unit, shares in NAMES.items()
        ),
        ("h1, h2, h3, h4 = 0", ["0"] * 7, "nothing reaches the features"),
        ("h3 = mean", _held("h3"), "h3 no longer says which leaf it is"),
        ("x1 = 0", ["x2 + x3 + x4", "x2", "x3 + x4", "0", "x2", "x3", "x4"], "no leaf 1"),
    ],
    unexplained=("h1", "h2", "h3", "h4"),
)

ENTRY = Entry(
    name="deep-linear-trained",
    title="W1 = M sqrt(S) V^T, W2 = U sqrt(S) M^T: four modes, mixed by an orthogonal M",
    story="Two linear layers learn a hierarchy mode by mode: what all share, then the branch, then "
    "the leaves, on a course known in closed form. The product is certain, the basis in between "
    "is chance: h3 is nearly the root mode here, and need not be after another start.",
    task=load("hierarchy"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "root-unit",
            "h3 is the unit of what all share: without it the root is gone, and nothing else.",
            change(SAID, {"outcomes/h3 = 0/y1": "0", "outcomes/h3 = 0/y4": "x1 - 1/4"}),
            check="outcomes",
        ),
        Wrong(
            "a-unit-for-a-mode",
            "Training finds the modes one after the other, and gives each a unit.",
            change(
                SAID,
                {
                    f"parameters/{name}": "1" if name in ("m31", "m42", "m23", "m14") else "0"
                    for names in NAMES.values()
                    for name in names
                },
            ),
            check="weights",
        ),
        Wrong(
            "a-unit-for-a-leaf",
            "Four leaves, four units: h2 stands for leaf 1, the largest weight into it.",
            change(SAID, {"units/h2/concept": "x1"}),
            check="concepts",
        ),
        Wrong(
            "spare",
            "Linear units can stand in for each other: without h1 nothing is lost.",
            change(SAID, _at("h1 = 0", CLEAN)),
            check="outcomes",
        ),
        Wrong(
            "mean-is-zero",
            "Holding h3 at its mean is the same as removing it.",
            change(SAID, _at("h3 = mean", _modes.without(NAMES["h3"]))),
            check="outcomes",
        ),
    ),
    trained=recipe("flow", task="hierarchy", hidden=4, activation="identity", seed=2),
    facts=(
        Fact("It knows every feature.", "", {"1,0,0,0": "1,1,0,1,0,0,0"}, within="0.00001"),
        Fact(
            "Without h3 the root is nearly gone, and more is hurt.",
            "h3 = 0",
            {"0,0,1,0": "-0.068,-0.596,0.527,-0.279,-0.317,0.604,-0.077"},
            within="0.001",
        ),
    ),
    unexplained=("h1", "h2", "h3", "h4"),
    sources=(
        "A. Saxe, J. McClelland and S. Ganguli, A mathematical theory of semantic development in "
        "deep neural networks, PNAS 116 (2019) 11537-11546",
    ),
)
