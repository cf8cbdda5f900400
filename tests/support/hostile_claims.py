"""Claims files that mean harm, or are damaged: each must be refused, fast and in little memory.

`FILES` are refused as a whole; `CLAIMS` are well-formed files in which one claim is refused.
"""

from __future__ import annotations

import json

HEAD = '{"format": "toynets-claims/1", "lesson": "L04", "claims": ['


def file_of(*claims):
    """Return the bytes of a claims file."""
    return (HEAD + ", ".join(json.dumps(c) for c in claims) + "]}").encode()


def raw(claim):
    """Return a file around the text of one claim, as it stands."""
    return (HEAD + claim + "]}").encode()


def outputs(value):
    """Return a file that predicts: the text of a number, as it stands."""
    return raw('{"id": "L04.2", "outputs": [0, 1, 1, ' + value + "]}")


WHOLE = file_of({"id": "L04.2", "outputs": [0, 1, 1, 2]})

FILES = {
    "empty": b"",
    "blank": b"   \n",
    "nul bytes": b"\x00" * 100,
    "cut short": WHOLE[:-5],
    "two documents": WHOLE + WHOLE,
    "a comment": b"// mine\n" + WHOLE,
    "trailing comma": raw('{"id": "L04.2", "outputs": [0, 1, 1, 2,]}'),
    "single quotes": WHOLE.replace(b'"', b"'"),
    "a list": b"[1, 2, 3]",
    "a text": b'"toynets-claims/1"',
    "a number": b"7",
    "null": b"null",
    "true": b"true",
    "UTF-16": WHOLE.decode().encode("utf-16"),
    "UTF-32": WHOLE.decode().encode("utf-32"),
    "latin-1": WHOLE.replace(b"L04.2", b"L04.2\xe9"),
    "overlong UTF-8": WHOLE.replace(b"L04.2", b"L04.\xc0\xb2"),
    "a lone surrogate": raw('{"id": "L04.2", "outputs": ["\\ud800", 1, 1, 2]}'),
    "an escape sequence": raw('{"id": "L04.2", "outputs": ["\\u001b[2J", 1, 1, 2]}'),
    "a bidirectional override": raw('{"id": "L04.2", "outputs": ["\\u202e1", 1, 1, 2]}'),
    "65 KB of spaces": WHOLE + b" " * 65 * 1024,
    "a megabyte": WHOLE + b" " * 1024**2,
    "10,000 lists": b"[" * 10_000 + b"]" * 10_000,
    "30,000 open lists": b"[" * 30_000,
    "10,000 tables": b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    "deep in a claim": raw('{"id": "L04.2", "outputs": ' + "[" * 50 + "]" * 50 + "}"),
    "brackets inside text": raw('{"id": "L04.2", "x": "' + "[" * 9000 + '"}') + b"]" * 99,
    "a text that never ends": b'{"a": "' + b'\\"' * 32_000,
    "quotation marks alone": b'"' * 64_000,
    "a key twice": raw('{"id": "L04.2", "id": "L04.3", "outputs": [0, 1, 1, 2]}'),
    "claims twice": WHOLE[:-1] + b', "claims": []}',
    "NaN": outputs("NaN"),
    "Infinity": outputs("Infinity"),
    "minus Infinity": outputs("-Infinity"),
    "another format": WHOLE.replace(b"claims/1", b"claims/2"),
    "no format": WHOLE.replace(b'"format": "toynets-claims/1", ', b""),
    "a format that is a list": WHOLE.replace(b'"toynets-claims/1"', b"[]"),
    "no claims": b'{"format": "toynets-claims/1", "lesson": "L04"}',
    "claims that are a table": b'{"format": "toynets-claims/1", "lesson": "L04", "claims": {}}',
    "a claim that is a text": raw('"L04.2"'),
    "a claim without an id": raw('{"outputs": [0, 1, 1, 2]}'),
    "an id that is a number": raw('{"id": 4, "outputs": [0, 1, 1, 2]}'),
    "an id that is a path": raw('{"id": "../../L04.2", "outputs": [0, 1, 1, 2]}'),
    "an id that is a format": raw('{"id": "{0.__class__}", "outputs": [0, 1, 1, 2]}'),
    "the same exercise twice": file_of(*[{"id": "L04.2", "outputs": [0, 1, 1, 2]}] * 2),
    "2,000 claims": file_of(*[{"id": f"L04.{k % 99}"} for k in range(2_000)]),
    "another lesson": WHOLE.replace(b'"L04"', b'"L05"'),
    "a lesson that is a path": WHOLE.replace(b'"L04"', b'"../secret"'),
    "an unknown key": WHOLE[:-1] + b', "score": 100}',
    "a name in it": WHOLE[:-1] + b', "student": "Ada"}',
    "a zip": b"PK\x03\x04" + b"\x00" * 60,
    "a pickle": b"\x80\x04cos\nsystem\n(S'true'\ntR.",
    "YAML": b"!!python/object/apply:os.system ['true']",
}

LONG = "9" * 70_000
DEEP = "(" * 190 + "x1" + ")" * 190
SUM = "+".join(["x1"] * 130)
EXPLAIN, ID = "expression", "L04.1"


def said(expression):
    """Return a claim that explains h2."""
    return {"id": ID, EXPLAIN: expression, "role": "corrector"}


CLAIMS = {
    "1e999": outputs("1e999"),
    "1e100000000": outputs("1e100000000"),
    "1e100000000 as text": outputs('"1e100000000"'),
    "5,000 digits": outputs("9" * 5_000),
    "a fraction of 5,000 digits": outputs('"1/' + "9" * 5_000 + '"'),
    "1/0": outputs('"1/0"'),
    "0x10": outputs('"0x10"'),
    "1_000": outputs('"1_000"'),
    "a decimal comma": outputs('"0,5"'),
    "nan as text": outputs('"nan"'),
    "inf as text": outputs('"inf"'),
    "arabic digits": outputs('"\u0662"'),
    "code": outputs("\"__import__('os')\""),
    "true for a number": outputs("true"),
    "null for a number": outputs("null"),
    "a table for a number": outputs("{}"),
    "a list for a number": outputs("[[2]]"),
    "three outputs": file_of({"id": "L04.2", "outputs": [0, 1, 1]}),
    "25,000 outputs": raw('{"id": "L04.2", "outputs": [' + "0," * 25_000 + "0]}"),
    "outputs that are a text": file_of({"id": "L04.2", "outputs": "0112"}),
    "an unknown field": file_of({"id": "L04.2", "outputs": [0, 1, 1, 2], "points": 4}),
    "another kind": file_of({"id": "L04.2", "kind": "explain", "expression": "x1"}),
    "another network": file_of(
        {"id": "L04.2", "outputs": [0, 1, 1, 2], "network": "xor-sum@sha256:0"}
    ),
    "another intervention": file_of(
        {"id": "L04.2", "outputs": [0, 1, 1, 2], "intervention": "h1 = 0"}
    ),
    "an intervention bomb": file_of(
        {"id": "L04.2", "outputs": [0, 1, 1, 2], "intervention": "h1," * 130 + "h2 = 0"}
    ),
    "401 characters": file_of(said("x1 + " * 99 + "x1")),
    "130 nodes": file_of(said(SUM)),
    "depth 190": file_of(said(DEEP)),
    "depth by minus": file_of(said("-" * 150 + "x1")),
    "depth by calls": file_of(said("relu(" * 60 + "x1" + ")" * 60)),
    "a power": file_of(said("x1**x2")),
    "a tower of powers": file_of(said("9^9^9^9")),
    "20 squares": file_of(said("square(" * 20 + "x1 + 9" + ")" * 20)),
    "a function without a value": file_of(said("sin(x1)")),
    "a curved function": file_of(said("tanh(x1)")),
    "pi": file_of(said("pi*x1")),
    "an attribute": file_of(said("x1.__class__")),
    "a call of eval": file_of(said("eval(x1)")),
    "a lambda": file_of(said("(lambda: 0)()")),
    "a comprehension": file_of(said("[x1 for x1 in x2]")),
    "an unknown name": file_of(said("h2")),
    "the output in it": file_of(said("relu(y)")),
    "an assignment": file_of(said("x1 = 0")),
    "a number of 400 digits": file_of(said("9" * 399 + "e")),
    "an exponent": file_of(said("1e9*x1")),
    "division by zero": file_of(said("x1/0")),
    "division by an input less itself": file_of(said("1/(x1 - x1)")),
    "an expression that is a list": file_of(said(["x1"])),
    "an expression that is a table": file_of(said({})),
    "a role of 500 letters": file_of({**said("x1"), "role": "a" * 500}),
    "weights of a path": file_of({"id": "L04.4", "weights": {"../../x": 1}}),
    "weights that are a list": file_of({"id": "L04.4", "weights": [1, 2]}),
    "a weight that no float32 holds": file_of({"id": "L04.4", "weights": {"x1->h1": "1/3"}}),
    "a weight beyond floats": file_of({"id": "L04.4", "weights": {"x1->h1": "9" * 60}}),
    "a matrix of another shape": file_of({"id": "L04.4", "weights": {"W1": [[1, 2, 3]]}}),
    "x outside of the domain": file_of({"id": "L04.5", "x": [2, 2]}),
    "x of another length": file_of({"id": "L04.5", "x": [1]}),
    "x that is a table": file_of({"id": "L04.5", "x": {"x1": 1}}),
}
