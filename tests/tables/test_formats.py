"""Tables of weights and units, read back from every format by other code."""

from __future__ import annotations

import csv
import io
import re
from fractions import Fraction
from html.parser import HTMLParser

import pytest
from flint import fmpq

from toynets.errors import ToynetsError
from toynets.tables import FORMATS, Sheet, unit_sheet, weight_sheet, written
from toynets.tables.latex import address, escaped, number
from toynets.zoo import load, names

NASTY = 'a_1 & b% of $2 #3 {x} ~y ^z \\w <v> |u| "t" x1->h1 -- σ ≤ ²\\_'
HOSTILE = Sheet(
    "100% of a_b & c",
    (("name", "name"), ("number", "number"), ("words, all", "words")),
    (
        ("x1->star_bonus", fmpq(-1, 3), NASTY),
        ("h1.2.bias", fmpq(1, 10**9), 'said "so", twice'),
        ("main", fmpq(-2), "a\tb | c *d* `e` <script>"),
    ),
)


@pytest.fixture(scope="module")
def sheets():
    found = [HOSTILE]
    for name in names():
        entry = load(name)
        found += [f(entry.network, entry.explanation) for f in (weight_sheet, unit_sheet)]
    return found


def read_latex(text):
    """The cells of each row of a tabular; refuses what TeX would trip over."""
    assert re.search(r"\\begin\{tabular\}\{((?:[lr]|p\{0\.4\\linewidth\})+)\}", text)
    body = text.split("\\midrule\n")[1].split("    \\bottomrule")[0]
    rows = [line.strip().removesuffix(" \\\\") for line in body.splitlines()]
    for row in rows:
        depth, math, k = 0, False, 0
        while k < len(row):
            sign = row[k]
            if sign == "\\":
                word = re.match(r"\\([A-Za-z]+|.)", row[k:])[0]
                assert math or word in KNOWN, word
                k += len(word)
                continue
            depth += (sign == "{") - (sign == "}")
            math ^= sign == "$"
            assert depth >= 0 and sign not in "#%~", (row, sign)
            assert math or sign not in '_^<>|"' or sign == "$", (row, sign)
            k += 1
        assert depth == 0 and not math, row
    return [re.split(r"(?<!\\) & ", row) for row in rows]


KNOWN = {f"\\{c}" for c in "{}$&#%_"} | {
    "\\textbackslash", "\\textasciitilde", "\\textasciicircum", "\\ldots",
}  # fmt: skip
BACK = (
    (r"\textbackslash{}", "\0"), (r"\textasciitilde{}", "~"), (r"\textasciicircum{}", "^"),
    (r"$\to$", "->"), ("-{}-", "--"), ("$<$", "<"), ("$>$", ">"), ("$|$", "|"), ("''", '"'),
    (r"$\sigma$", "σ"), (r"$\le$", "≤"), ("$^2$", "²"), (r"\ldots{}", "…"), ("$-$", "−"),
    (r"$\neq$", "≠"), (r"$\cdot$", "·"), (r"$\varepsilon$", "ε"),
)  # fmt: skip


def words_back(latex):
    for there, here in BACK:
        latex = latex.replace(there, here)
    return re.sub(r"\\([{}$&#%_])", r"\1", latex).replace("\0", "\\")


def number_back(latex):
    digits, power = re.fullmatch(r"\$(-?[0-9./]+)(?: \\cdot 10\^\{(-?\d+)\})?\$", latex).groups()
    return Fraction(digits) * Fraction(10) ** int(power or 0)


def name_back(latex):
    edge = latex.removeprefix("bias of ")
    edge = edge.strip("$").replace(r" \to ", "->").replace(r"\_", "_")
    edge = re.sub(r"\\mathrm\{([^{}]*)\}", r"\1", edge)
    edge = re.sub(
        r"(?<=[A-Za-z])_\{?(\d+)(?:,(\d+))?\}?", lambda m: ".".join(filter(None, m.groups())), edge
    )
    return edge + ".bias" * latex.startswith("bias of ")


def test_latex_reads_back(sheets):
    for sheet in sheets:
        text = written(sheet, "latex")
        rows = read_latex(text)
        assert len(rows) == len(sheet.rows)
        for cells, row in zip(rows, sheet.rows, strict=True):
            assert len(cells) == len(sheet.columns), cells
            for cell, value, (_, kind) in zip(cells, row, sheet.columns, strict=True):
                if kind == "words":
                    assert words_back(cell) == value
                elif kind == "name":
                    assert name_back(cell) == value
                elif kind == "number":
                    exact = Fraction(int(value.p), int(value.q))
                    assert number_back(cell) == pytest.approx(exact, rel=1e-5)
                elif value is not None:
                    bare = [re.sub(r"[{}$]", "", text) for text in (cell, value.latex())]
                    assert bare[0] == bare[1] and cell[0] == cell[-1] == "$"
        assert text.count("\\toprule") == text.count("\\midrule") == text.count("\\bottomrule") == 1
        assert text.startswith("% needs \\usepackage{booktabs")
        assert ("amsmath" in text) == ("\\operatorname" in text)


def test_every_printable_sign_is_escaped_and_reads_back():
    for code in range(32, 127):
        text = f"a{chr(code)}b"
        latex = escaped(text)
        assert words_back(latex) == text, text
        bare = re.sub(r"\\[A-Za-z]+\{\}|\\.|\$[^$]*\$", "", latex)
        assert not re.search(r'[\\{}$&#%_~^<>|"]', bare), (text, latex)


def test_names_and_numbers_in_mathematics():
    assert address("x1->h1") == r"$x_1 \to h_1$"
    assert address("x12->h1.2") == r"$x_{12} \to h_{1,2}$"
    assert address("both.bias") == r"bias of $\mathrm{both}$"
    assert address("star_bonus->y") == r"$\mathrm{star\_bonus} \to y$"
    assert (number(fmpq(-2)), number(fmpq(-1, 2))) == ("$-2$", "$-1/2$")
    assert number(fmpq(-3, 2 * 10**9)) == r"$-1.5 \cdot 10^{-9}$"


def test_csv_is_that_of_rfc_4180_and_its_numbers_are_the_stored_ones(sheets):
    for sheet in sheets:
        text = written(sheet, "csv")
        assert text.endswith("\r\n") and "\n" not in text.replace("\r\n", "")
        head, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
        assert head == [heading for heading, _ in sheet.columns]
        for cells, row in zip(rows, sheet.rows, strict=True):
            for cell, value, (_, kind) in zip(cells, row, sheet.columns, strict=True):
                if kind == "number":
                    assert float(cell) == int(value.p) / int(value.q)
                else:
                    assert cell == ("" if value is None else str(value))


class Cells(HTMLParser):
    def __init__(self):
        super().__init__()
        self.heads, self.rows, self.caption, self.at = [], [], "", ""

    def handle_starttag(self, tag, attrs):
        assert tag in ("table", "caption", "thead", "tbody", "tr", "th", "td")
        self.at = tag
        if tag == "tr":
            self.rows.append([])
        if tag in ("th", "td"):
            self.rows[-1].append("")
        if tag == "th":
            self.heads.append(dict(attrs)["scope"])

    def handle_data(self, data):
        if self.at == "caption":
            self.caption += data
        else:
            self.rows[-1][-1] += data


def test_html_has_header_cells_with_scopes(sheets):
    for sheet in sheets:
        page = Cells()
        page.feed(written(sheet, "html").rstrip("\n"))
        assert page.heads == ["col"] * len(sheet.columns) + ["row"] * len(sheet.rows)
        assert page.caption == sheet.title
        assert page.rows == [list(sheet.table().columns), *map(list, sheet.table().rows)]


def test_markdown_has_as_many_cells_in_every_line(sheets):
    for sheet in sheets:
        lines = written(sheet, "markdown").splitlines()[2:]
        cells = [re.split(r"(?<!\\)\|", line)[1:-1] for line in lines]
        assert {len(one) for one in cells} == {len(sheet.columns)}
        back = [[re.sub(r"\\(.)", r"\1", c.strip()) for c in one] for one in cells[2:]]
        assert back == [[c.strip() for c in row] for row in sheet.table().rows]


def test_every_weight_is_there_once_with_its_role():
    entry = load("symmetry-trained")
    rows = weight_sheet(entry.network, entry.explanation).records()
    assert [row["weight"] for row in rows] == list(entry.network.numbers)
    for row in rows:
        assert float(Fraction(row["value"])) == float(entry.network[row["weight"]])
        said = entry.explanation.weights[row["weight"]]
        assert (row["role"], row["why"], row["stated"]) == (said.role, said.why, str(said.value))


def test_without_an_explanation_there_are_no_roles():
    sheet = weight_sheet(load("xor-sum").network)
    assert [heading for heading, _ in sheet.columns] == ["weight", "value"]


def test_another_format_is_refused():
    with pytest.raises(ToynetsError, match=r"latx.*latex"):
        written(HOSTILE, "latx")
    assert set(FORMATS) == {"text", "markdown", "latex", "csv", "html"}
