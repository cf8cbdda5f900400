"""Ways to spoil the certificates written by hand, each with the reason that must be given.

A row is (certificate, what is wrong, how it is done, what the message says).
"""

from __future__ import annotations

from hand_certificates import MINUS_X, TENT, X, network, says


def claim(data, number=0):
    return data["claims"][number]


def node(data, place, number=0):
    return claim(data, number)["cover"][place]


def put(where, key, value):
    where[key] = value


def fact(data, place, number, value, of=0):
    node(data, place, of)["facts"][number] = value


def sentence(data, text, number=0, **names):
    claim(data, number)["program"][-1] = says(text, **names)


def expression(text, **names):
    """Put a text in place of the tent's explanation."""
    return lambda d: put(claim(d)["program"], 1, says(text, **(names or {"x": 0})))


def swapped(data):
    """The nodes 2 and 3 of a cover change places, and their parents are told."""
    cover = claim(data)["cover"]
    cover[2], cover[3] = cover[3], cover[2]
    cover[0]["no"], cover[3]["yes"] = 3, 2


def both(data, text, more):
    """Another sentence about the tent, with more constants and no maps."""
    sentence(data, text, y=3, e=5)
    for place in (1, 2):
        node(data, place).update(maps=[], facts=node(data, place)["facts"] + [["="]] * more)


def layer(data, number=0):
    return data["network"]["layers"][number]


OTHER_TENT = network(([[1], [3]], [0, -1], "relu"), ([[1, -1]], None, "identity"))
SOFT = {**TENT["layers"][0], "activation": "softmax"}
LESS, OVER = "multipliers that prove less", "multipliers that leave a variable over"
LONG = "9" * 4001

SPOILED = [
    # the cover
    ("tent", "a gap: one side of a split is left out",
     lambda d: put(node(d, 0), "no", 1), "bad child 1"),
    ("tent", "a leaf is missing", lambda d: claim(d)["cover"].pop(), r"cover\[0\]: bad child 2"),
    ("tent", "a leaf is no child",
     lambda d: claim(d)["cover"].append(node(d, 1)), "that is no child"),
    ("tent", "a leaf is used twice", lambda d: node(d, 0).update(yes=2), "bad child 2"),
    ("steps", "a split is its own child", lambda d: put(node(d, 2), "yes", 2), "bad child 2"),
    ("steps", "a child comes before", swapped, "bad child 2"),
    ("steps", "a split is below itself", lambda d: put(node(d, 2), "no", 0), "bad child 0"),
    ("tent", "children are swapped",
     lambda d: node(d, 0).update(yes=2, no=1), rf"cover\[1\]: {OVER}"),
    ("tent", "the split is elsewhere",
     lambda d: put(node(d, 0), "split", ["-1/2", [[0, "2"]]]), LESS),
    ("tent", "no cover at all", lambda d: claim(d).pop("cover"), "malformed"),
    ("tent", "an empty cover", lambda d: put(claim(d), "cover", []), "malformed"),
    ("steps", "a closed cell for a step", lambda d: put(node(d, 0), "strict", False), LESS),
    ("steps", "an edge belongs to neither side", lambda d: put(node(d, 2), "split", X), OVER),
    ("tent", "a split over a value",
     lambda d: put(node(d, 0), "split", ["0", [[1, "1"]]]), "indices"),
    ("tent", "a split of the constant",
     lambda d: put(node(d, 0), "split", ["0", [[-1, "1"]]]), "number -1"),
    ("diagonal", "an empty leaf that is not", lambda d: put(node(d, 1), "empty", [[1, "1"]]), OVER),
    ("diagonal", "empty by too little",
     lambda d: put(node(d, 0), "split", ["-1", [[0, "1"], [1, "1"]]]), LESS),
    ("steps", "an empty leaf by closed sides",
     lambda d: put(claim(d)["cover"], 4, {"empty": [[2, "1"], [3, "1"]]}), LESS),
    # facts and multipliers
    ("tent", "a wrong multiplier", lambda d: fact(d, 1, 1, ["+", [[2, "2"]]]), OVER),
    ("tent", "a multiplier off by very little",
     lambda d: fact(d, 1, 1, ["+", [[2, f"1{'0' * 30}1/1{'0' * 31}"]]]), OVER),
    ("tent", "a negative multiplier",
     lambda d: fact(d, 2, 1, ["+", [[2, "-1"]]]), "is not positive"),
    ("tent", "a multiplier 0",
     lambda d: fact(d, 1, 1, ["+", [[0, "0"], [2, "1"]]]), "indices, or a 0"),
    ("tent", "a condition that is not there",
     lambda d: fact(d, 1, 1, ["+", [[3, "1"]]]), "indices, or"),
    ("tent", "a condition twice",
     lambda d: fact(d, 1, 1, ["+", [[2, "1/2"], [2, "1/2"]]]), "indices, or"),
    ("tent", "conditions out of order",
     lambda d: fact(d, 1, 0, ["+", [[2, "1/2"], [1, "1/2"]]]), "indices"),
    ("tent", "the wrong side", lambda d: fact(d, 1, 1, ["-", [[2, "1"]]]), OVER),
    ("tent", "a side by nothing", lambda d: fact(d, 1, 1, ["+", []]), OVER),
    ("tent", "a fact is missing",
     lambda d: node(d, 1)["facts"].pop(), r"cover\[1\]: malformed.*shorter"),
    ("tent", "a fact too many", lambda d: node(d, 1)["facts"].append(["="]), "malformed.*longer"),
    ("tent", "no fact", lambda d: fact(d, 1, 1, ["*", []]), r"no fact of node 2: \['\*'"),
    ("tent", "null for a fact", lambda d: fact(d, 1, 1, None), "no fact of node 2: None"),
    ("tent", "a value that is no constant", lambda d: fact(d, 1, 1, ["="]), "no fact of node 2"),
    ("steps", "the same as itself", lambda d: fact(d, 1, 2, ["same", 4]), "no fact of node 4"),
    ("steps", "the same as a later one", lambda d: fact(d, 1, 0, ["same", 4]), "no fact of node 1"),
    ("steps", "the same as another", lambda d: fact(d, 1, 3, ["same", 1]), "no fact of node 5"),
    ("diagonal", "the same as a sum", lambda d: fact(d, 3, 3, ["same", 4]), "no fact of node 6"),
    ("twins", "the same as another kind",
     lambda d: fact(d, 1, 1, ["same", 1]), "no fact of node 3"),
    ("open sides", "bounds on one side of 0",
     lambda d: fact(d, 0, 0, ["~", "0", [], "2", []]), "no fact"),
    ("open sides", "a lower bound too high",
     lambda d: put(node(d, 0)["facts"][0], 1, "-1/2"), LESS),
    ("open sides", "an upper bound too low", lambda d: put(node(d, 0)["facts"][0], 3, "1"), LESS),
    ("open sides", "a bound by nothing", lambda d: put(node(d, 0)["facts"][0], 4, []), OVER),
    ("open sides", "a corner of the triangle",
     lambda d: sentence(d, "4*h <= 2*x + 3", x=0, h=2), OVER),
    ("open sides", "a chord too low", lambda d: sentence(d, "3*h <= 2*x + 1", x=0, h=2), LESS),
    ("open sides", "a chord of abs too low",
     lambda d: sentence(d, "3*h <= x + 3", 3, x=0, h=2), LESS),
    ("open sides", "h is not above 1/100",
     lambda d: sentence(d, "h >= 1/100", 2, x=0, h=2), LESS),
    ("open sides", "h is not above 1 + x", lambda d: sentence(d, "h >= x + 1", 1, x=0, h=2), LESS),
    ("tent", "a wrong slope",
     lambda d: put(node(d, 2)["maps"][0], 1, ["0", [[0, "2"]]]), "the map of 3"),
    ("tent", "a wrong constant",
     lambda d: put(node(d, 1)["maps"][0], 1, ["1", [[0, "2"]]]), "the map of 2"),
    ("tent", "the map of a variable", lambda d: put(node(d, 1)["maps"][0], 0, 0), "the map of 0"),
    ("tent", "the map of a variable, as if counted from the end",
     lambda d: put(node(d, 1), "maps", [[0, ["1", []]]]), "the map of 0"),
    ("tent", "the map of nothing",
     lambda d: put(node(d, 1)["maps"][0], 0, 99), "malformed, IndexError"),
    # the network
    ("tent", "a wrong hash",
     lambda d: put(d["network"], "hash", "0" * 64), "the hash is not that of"),
    ("tent", "no hash", lambda d: d["network"].pop("hash"), "the hash is not that of"),
    ("tent", "another number",
     lambda d: put(layer(d)["weight"], 0, ["2"]), "the hash is not that of"),
    ("tent", "another activation",
     lambda d: put(layer(d), "activation", "abs"), "the hash is not that"),
    ("tent", "another dtype",
     lambda d: put(d["network"], "dtype", "float64"), "the hash is not that"),
    ("ties", "a bias is dropped",
     lambda d: put(layer(d), "bias", ["0", "0"]), "the hash is not that"),
    ("tent", "a stale claim: the network has changed",
     lambda d: put(d, "network", OTHER_TENT), OVER),
    ("tent", "a number that is no float32",
     lambda d: put(layer(d)["weight"], 0, ["1/3"]), "float32 cannot"),
    ("tent", "a number too large",
     lambda d: put(layer(d)["weight"], 0, ["9" * 50]), "malformed, Overflow"),
    ("tent", "no dtype",
     lambda d: [d["network"].pop(k) for k in ("dtype", "hash", "format")], "without dt"),
    ("tent", "half precision",
     lambda d: put(d["network"], "dtype", "float16"), "malformed, KeyError"),
    ("tent", "another format",
     lambda d: put(d["network"], "format", "toynets-network/2"), "another format"),
    ("tent", "a row too short",
     lambda d: put(layer(d, 1)["weight"], 0, ["1"]), "malformed, ValueError"),
    ("tent", "a row too many", lambda d: layer(d)["weight"].append(["1"]), "malformed, ValueError"),
    ("tent", "a bias too many", lambda d: layer(d)["bias"].append("1"), "malformed, ValueError"),
    ("tent", "a unit twice",
     lambda d: put(layer(d), "units", ["h1", "h1"]), "a faulty name, one twice"),
    ("tent", "a faulty name", lambda d: put(layer(d), "units", ["h1", "h1->y"]), "a faulty name"),
    ("tent", "no layers", lambda d: put(d["network"], "layers", []), "or no units"),
    ("tent", "softmax inside",
     lambda d: put(d["network"]["layers"], 0, SOFT), "softmax before the output"),
    ("edited", "a mask that hides a number",
     lambda d: put(layer(d)["weight"], 0, ["1", "1"]), "faulty mask"),
    ("edited", "an empty mask", lambda d: put(layer(d), "mask", []), "malformed, ValueError"),
    ("edited", "an empty bias", lambda d: put(layer(d), "bias", []), "malformed, ValueError"),
    ("edited", "a mask of numbers", lambda d: put(layer(d)["mask"], 0, [1, 0]), "a faulty mask"),
    ("edited", "no mask", lambda d: layer(d).pop("mask"), "the hash is not that of"),
    ("edited", "a curved model",
     lambda d: put(d["model"]["layers"][0], "activation", "tanh"), "rule for tanh"),
    ("edited", "another model",
     lambda d: put(d["model"]["layers"][1], "bias", ["1/2"]), "sentence is not 1"),
    ("edited", "no model", lambda d: d.pop("model"), r"claims\[2\].program\[0\]: malformed"),
    ("twins", "another name",
     lambda d: put(d["others"], "twin", d["others"].pop("relu twin")), "KeyError"),
    ("twins", "a faulty twin",
     lambda d: put(d["others"]["relu twin"], "hash", "0"), "the hash is not"),
    # the claim
    ("rising", "a larger box", lambda d: put(claim(d)["variables"][1], "low", "-2"), LESS),
    ("tent", "a box to the left", lambda d: put(claim(d)["variables"][0], "low", "-1"), LESS),
    ("tent", "an empty interval",
     lambda d: put(claim(d)["variables"][0], "high", "-1"), "an empty inter"),
    ("tent", "another sentence", lambda d: sentence(d, "y < e", y=3, e=5), "malformed"),
    ("tent", "equal on one side", lambda d: both(d, "y == e + 1", 0), "sentence is not 1"),
    ("tent", "equal on the other", lambda d: both(d, "y == e - 1", 0), "sentence is not 1"),
    ("tent", "and of something false", lambda d: both(d, "y == e and y == e + 1", 3), "is not 1"),
    ("tent", "another value", lambda d: sentence(d, "y == e", y=3, e=4), "no fact of node 6"),
    ("open sides", "a smaller epsilon", lambda d: sentence(d, "h <= 1/2", 6, h=2), LESS),
    ("open sides", "strictly", lambda d: sentence(d, "3*h < 2*x + 2", x=0, h=2), OVER),
    ("tent", "another expression", expression("max(x, 1 - x)"), "no fact of node 6"),
    ("tent", "no sentence",
     lambda d: sentence(d, "y - e", y=3, e=5), "the last part is no sentence"),
    ("tent", "a part after it",
     lambda d: claim(d)["program"].append(says("x", x=0)), "is no sentence"),
    ("tent", "no program", lambda d: put(claim(d), "program", []), "malformed"),
    ("worst", "an edit is dropped",
     lambda d: put(claim(d, 3)["program"][0], "edits", {}), "malformed"),
    ("worst", "an edit of nothing",
     lambda d: put(claim(d, 3)["program"][0], "edits", {"unit h9": 1}), "what is not there.*h9"),
    ("worst", "an edit of no kind",
     lambda d: put(claim(d, 3)["program"][0], "edits", {"h1": 1}), "not there"),
    ("edited", "an edge that is masked out",
     lambda d: put(claim(d)["program"][0]["edits"], "edge x1->h1.2", "1"), "not there"),
    ("worst", "a value to come",
     lambda d: put(claim(d, 3)["program"][0], "edits", {"unit h1": 2}), "no value 2"),
    ("edited", "a weight that is a value",
     lambda d: put(claim(d)["program"][0]["edits"], "weight x2->h1.2", 0), "malformed"),
    ("worst", "a range too small",
     lambda d: put(claim(d, 3)["variables"][1], "high", "-1"), "an empty interval"),
    ("tent", "an input too many",
     lambda d: put(claim(d)["program"][0], "inputs", [0, 0]), "malformed"),
    ("tent", "an input that is not there",
     lambda d: put(claim(d)["program"][0], "inputs", [1]), "no value 1"),
    ("rising", "the condition is dropped",
     lambda d: [claim(d).pop(k) for k in ("given", "inside")], "indices"),
    ("rising", "a condition on a value",
     lambda d: put(claim(d)["given"], 0, ["0", [[2, "1"]]]), "indices"),
    ("rising", "a condition that nothing meets",
     lambda d: put(claim(d)["given"], 0, ["-1", []]), "a point outs"),
    ("rising", "no point inside", lambda d: claim(d).pop("inside"), "malformed"),
    ("rising", "a point not inside",
     lambda d: put(claim(d), "inside", ["1", "0"]), "a point outside"),
    ("worst", "an attained point is wrong",
     lambda d: put(claim(d, 2), "witness", ["1/2"]), "sentence holds"),
    ("tent", "a witness outside",
     lambda d: put(claim(d, 1), "witness", ["3/2"]), r"claims\[1\].*a point outs"),
    ("tent", "a witness of what holds",
     lambda d: put(claim(d, 1), "witness", ["1/4"]), "the sentence holds"),
    ("tent", "a witness too long", lambda d: claim(d, 1)["witness"].append("0"), "malformed"),
    ("tent", "a witness too short", lambda d: put(claim(d, 1), "witness", []), "malformed"),
    ("tent", "proved, with a witness",
     lambda d: put(claim(d, 1), "verdict", "proved"), "no verdict, or a w"),
    ("tent", "refuted, with a cover",
     lambda d: put(claim(d), "verdict", "refuted"), "no verdict, or a wit"),
    ("tent", "another verdict", lambda d: put(claim(d), "verdict", "exhaustive"), "no verdict"),
    # the language
    ("tent", "a product of values", expression("x*x"), "Mult cannot stand here"),
    ("tent", "a quotient of values", expression("1/x"), "Div cannot stand here"),
    ("tent", "a division by 0", expression("x/0"), "Div cannot stand here"),
    ("tent", "a power", expression("x**2"), "Pow cannot stand here"),
    ("tent", "and of what need not be 0 or 1", expression("x and x"), "And cannot stand here"),
    ("tent", "not of what need not be 0 or 1", expression("not x"), "Not cannot stand here"),
    ("tent", "a chain of comparisons", expression("0 < x < 1"), "LtLt cannot stand here"),
    ("tent", "a plus before", expression("+x"), "UAdd cannot stand here"),
    ("tent", "an unknown function", expression("square(x)"), r"square\(\) cannot stand here"),
    ("tent", "an operator as a function", expression("Gt(x, 1)"), r"Gt\(\) cannot stand here"),
    ("tent", "a function of too many", expression("relu(x, x)"), r"relu\(\) cannot stand here"),
    ("tent", "an argument by name", expression("relu(a=x)", x=0, relu=0), "Call cannot stand here"),
    ("tent", "a call of a call", expression("relu(x)(x)"), "malformed, AttributeError"),
    ("tent", "an attribute", expression("x.real"), "Attribute cannot stand here"),
    ("tent", "a text", expression("'a'"), "is no number"),
    ("tent", "true", expression("True"), "True is no number"),
    ("tent", "an exponent", expression("1e99999"), "1e99999 is no number"),
    ("tent", "grouped digits", expression("1_0"), "1_0 is no number"),
    ("tent", "a conditional", expression("x if x else x"), "IfExp cannot stand here"),
    ("tent", "an assignment", expression("(x := x)"), "NamedExpr cannot stand here"),
    ("tent", "a function written out", expression("(lambda: x)()"), "malformed|cannot stand here"),
    ("tent", "an import", expression("__import__('os')"), "is no number|cannot stand here"),
    ("tent", "an unknown name", expression("z"), "malformed, KeyError"),
    ("tent", "a comment", expression("x # or y"), "a faulty text"),
    ("tent", "a claim without words", lambda d: put(claim(d), "text", ["a"]), "is no sentence"),
    ("tent", "a variable without a name",
     lambda d: put(claim(d)["variables"][0], "name", 1), "an empty interval"),
    ("tent", "two lines", expression("x\nx"), "malformed, SyntaxError"),
    ("tent", "letters that look alike", expression("\uff58"), "a faulty text"),
    ("tent", "an endless text", expression("-" * 2**16 + "x"), "a faulty text"),
    ("tent", "a deep text", expression("-" * 20_000 + "x"), "malformed, (Memory|Recursion)Error"),
    ("tent", "a deep sum", expression("+".join("x" * 3_000)), "malformed, RecursionError"),
    # the file
    ("tent", "a huge number",
     lambda d: put(claim(d)["variables"][0], "high", LONG), "of 4,000 characters"),
    ("tent", "a denominator 0",
     lambda d: put(claim(d)["variables"][0], "high", "1/0"), "1/0 is no number"),
    ("tent", "a bare number", lambda d: put(claim(d)["variables"][0], "high", 1), "no value 1"),
    ("tent", "an exponent in a number",
     lambda d: put(claim(d, 1), "witness", ["5e-1"]), "5e-1 is no number"),
    ("tent", "spaces in a number", lambda d: put(claim(d, 1), "witness", [" 1/2"]), "is no number"),
    ("tent", "a list for a number", lambda d: put(claim(d, 1), "witness", [["1/2"]]), "malformed"),
    ("tent", "an unknown key",
     lambda d: put(claim(d), "trust", "me"), "the key trust is missing, or unkn"),
    ("tent", "a key is missing", lambda d: claim(d).pop("program"), "the key program is missing"),
    ("tent", "an unknown key in a leaf",
     lambda d: put(node(d, 1), "goals", []), "the key goals is missing"),
    ("tent", "no claims", lambda d: put(d, "claims", []), "or no claims"),
    ("tent", "another kind of file",
     lambda d: put(d, "format", "toynets-network/1"), "not toynets-certif"),
    ("tent", "a list for a claim", lambda d: put(d["claims"], 0, [1]), "malformed"),
]  # fmt: skip

# Spoiled texts: what is wrong, what is replaced by what (once), what the message says.
SPOILED_TEXTS = [
    ("a key twice", '"verdict": "proved"', '"verdict": "refuted", "verdict": "proved"',
     "key is given twice"),
    ("not a number", '"strict": false', '"strict": NaN', "the bare number NaN"),
    ("infinity", '"strict": false', '"strict": Infinity', "the bare number Infinity"),
    ("a fraction", '"yes": 1', '"yes": 1.0', "the bare number 1.0 is no index"),
    ("a negative index", '"yes": 1', '"yes": -1', "the bare number -1 is no index"),
    ("a long index", '"yes": 1', f'"yes": {LONG}', "is no index"),
    ("cut short", '"verdict": "proved"', '"verdict": ', "cut off or changed: Expecting value:"),
    ("a deep list", '"strict": false', f'"strict": {"[" * 100_000}', "malformed, RecursionError"),
    ("control signs", '"verdict": "proved"', '"verdict\\u001b[2J": "proved"',
     r"the key verdict\?\[2J"),
]  # fmt: skip

assert MINUS_X != X
