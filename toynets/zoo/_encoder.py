"""What the encoders share: a code of signs, from which every statement follows.

Pattern i is known by its code, a string of + and -, one sign for each hidden unit. The weight from
x_i to a unit has the sign of the unit in the code, and so has the weight from the unit to y_i.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Code = Mapping[int, str]
SIGN = {"+": "", "-": "-"}
WORD = {"+": ("excites", "high"), "-": ("inhibits", "low")}


def signed(terms: Sequence[tuple[str, str]]) -> str:
    """Write a sum of signed names.

    >>> signed([("-", "h1"), ("+", "h2"), ("-", "h3")])
    '-h1 + h2 - h3'
    """
    first, *rest = terms
    return SIGN[first[0]] + first[1] + "".join(f" {sign} {name}" for sign, name in rest)


def bits(code: Code) -> range:
    """Return the numbers of the hidden units."""
    return range(1, len(code[1]) + 1)


def weights(code: Code) -> dict[str, tuple[str, str, str]]:
    """State every weight: w into a unit and v out of it, each with the sign of the code."""
    found = {}
    for k in bits(code):
        for i, signs in code.items():
            role, level = WORD[signs[k - 1]]
            value = SIGN[signs[k - 1]] + "w"
            found[f"x{i}->h{k}"] = (value, role, f"bit {k} of pattern {i} is {level}")
        found[f"h{k}.bias"] = ("0", "no effect", "as many patterns are high as are low")
    for i, signs in code.items():
        for k in bits(code):
            role, level = WORD[signs[k - 1]]
            value = SIGN[signs[k - 1]] + "v"
            found[f"h{k}->y{i}"] = (value, role, f"speaks for pattern {i} if bit {k} is {level}")
        found[f"y{i}.bias"] = ("0", "no effect", "no pattern is preferred")
    return found


def units(code: Code) -> dict[str, tuple[str, str, str, str, str]]:
    """State every unit: a hidden one is a bit, an output counts the bits that agree."""
    found = {}
    for k in bits(code):
        high = [f"x{i}" for i, signs in code.items() if signs[k - 1] == "+"]
        found[f"h{k}"] = (
            "tanh",
            bit(code, k),
            " + ".join(high),
            "comparator",
            f"bit {k}: high for {', '.join(high)}",
        )
    for i in code:
        why = f"the bits that agree with the code of pattern {i}, less those that do not"
        terms = signed([(code[i][k - 1], f"h{k}") for k in bits(code)])
        found[f"y{i}"] = ("softmax", f"v*({terms})", agreement(code, i), "output", why)
    return found


def bit(code: Code, k: int) -> str:
    """Write what a hidden unit computes.

    >>> bit({1: "+-", 2: "--"}, 1)
    'tanh(w*(x1 - x2))'
    """
    return f"tanh(w*({signed([(signs[k - 1], f'x{i}') for i, signs in code.items()])}))"


def output(code: Code, i: int, replaced: Mapping[int, str] | None = None) -> str:
    """Write the output of a pattern, with other texts for some bits ("" for none).

    >>> output({1: "+-"}, 1, {1: "", 2: "1"})
    'v*(-1)'
    """
    said = {k: bit(code, k) for k in bits(code)} | dict(replaced or {})
    terms = [(code[i][k - 1], text) for k, text in said.items() if text]
    return f"v*({signed(terms)})" if terms else "0"


def outputs(code: Code, replaced: Mapping[int, str] | None = None) -> list[str]:
    """Write all outputs, with other texts for some bits."""
    return [output(code, i, replaced) for i in code]


def agreement(code: Code, i: int) -> str:
    """Write how many bits of the pattern shown agree with those of pattern i.

    >>> agreement({1: "+-", 2: "--", 3: "-+", 4: "++"}, 1)
    '(x1 + x4) + (x1 + x2)'
    """
    groups = [[f"x{j}" for j in code if code[j][k - 1] == code[i][k - 1]] for k in bits(code)]
    return " + ".join(f"({' + '.join(names)})" for names in groups)
