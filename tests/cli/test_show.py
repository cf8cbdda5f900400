"""`toynets show`, `list`, `roles`, `trace`, `cite`, the tour and the help."""

from __future__ import annotations

import io
import re

import pytest

from toynets.api.showing import show
from toynets.citation import VERSION
from toynets.cli import COMMANDS
from toynets.cli.screen import Screen
from toynets.display import Table

XOR_TABLE = """\
xor-sum   2-2-1 relu   y = relu(x1 + x2) - 2 relu(x1 + x2 - 1)   hand-built, 9 numbers
weight   value  role                                               without it, y on 00 01 10 11   (clean 0 1 1 0)
x1->h1       1  excites the counter h1                                               0  1  0 -1
x2->h1       1  excites the counter h1                                               0  0  1 -1
h1.bias      0  no effect: counting starts at 0                                      0  1  1  0   nothing changes: it is already 0
x1->h2       1  excites the corrector h2                                             0  1  1  2
x2->h2       1  excites the corrector h2                                             0  1  1  2
h2.bias     -1  sets the threshold of h2: one input is not enough                    0 -1 -1 -2
h1->y        1  excites: one per input that is on                                    0  0  0 -2
h2->y       -2  inhibits: takes back both when both are on                           0  1  1  2
y.bias       0  no effect: nothing on, nothing said                                  0  1  1  0   nothing changes: it is already 0
"""  # noqa: E501  # printed as it is on the screen


def test_show_prints_every_weight_with_its_outcomes(toynets):
    done = toynets("show", "xor-sum", "--table")
    assert done.status == 0
    assert done.out.startswith(XOR_TABLE)
    assert done.out == f"{show('xor-sum')}\n"  # str() is what the command line prints


def test_where_output_is_no_terminal_there_is_one_labelled_line_per_row(toynets):
    lines = toynets("show", "xor-sum").out.splitlines()
    assert lines[1] == (
        "weight: x1->h1; value: 1; role: excites the counter h1; "
        "without it, y on 00 01 10 11 (clean 0 1 1 0): 0 1 0 -1"
    )
    assert lines == toynets("show", "xor-sum", "--plain", "--table").out.splitlines()


def test_show_has_all_numbers_as_data(toynets):
    data = toynets("show", "xor-sum", "--json").data
    assert data["clean"] == [["0"], ["1"], ["1"], ["0"]]
    cut = {row["weight"]: [y for (y,) in row["without"]] for row in data["weights"]}
    assert cut["h2->y"] == ["0", "1", "1", "2"]
    assert [row["weight"] for row in data["weights"] if not row["changes"]] == ["h1.bias", "y.bias"]


@pytest.mark.parametrize("weight", ["h2->y", "h2:y", "h2 -> y", "h2\u2192y"])
def test_five_lines_say_what_one_weight_means(toynets, weight):
    lines = toynets("show", "xor-sum", weight).out.splitlines()
    assert lines[:5] == [
        "h2->y = -2 in xor-sum",
        "multiplies: h2, on its way into y; active on 11: there y would differ without it",
        "role: inhibits: takes back both when both are on; stated -2; the network has -2",
        "+1 in h2: y - 2 everywhere",
        "without it: y on 00 01 10 11 is 0 1 1 2 (clean 0 1 1 0); "
        "smallest input that shows it: 11, y = 2 instead of 0",
    ]
    assert lines[5].startswith("unchanged: h2 can be scaled by any s > 0")
    assert len(lines) == 6


def test_what_is_known_of_a_unit_is_said_in_some_lines(toynets):
    lines = toynets("show", "xor-sum", "h2").out.splitlines()
    assert lines == [
        "h2, a hidden unit (relu) of xor-sum",
        "enters: x1->h2 = 1, x2->h2 = 1, h2.bias = -1",
        "computes: relu(x1 + x2 - 1): 0 0 0 1 on 00 01 10 11",
        "stands for: x1 and x2",
        "role: corrector: on iff both are on, where counting is wrong",
        "roles that hold: detector, corrector, counter, hinge",
        "without it: (h2 = 0) y on 00 01 10 11 is 0 1 1 2 (clean 0 1 1 0); "
        "smallest input that shows it: 11, y = 2 instead of 0",
        "goes to: h2->y = -2",
    ]
    table = toynets("show", "xor-sum", "h2", "--table").out.splitlines()
    assert table[7] == "goes to          h2->y = -2"
    data = toynets("show", "xor-sum", " h2 ", "--json").data
    assert data["incoming"] == {"x1->h2": "1", "x2->h2": "1", "h2.bias": "-1"}
    assert data["holds"]["corrector"] == "opposes the other contributions on 11, and only there"


def test_what_a_step_does_is_said_region_by_region(toynets):
    data = toynets("show", "xor-sum", "x1:h2", "--json").data
    assert data["slope"] == (
        "y - 2 where h2 is on (11), and where h2 is at its kink (01, 10); "
        "nothing where h2 is off (00)"
    )


def test_the_list_names_every_network(toynets):
    from toynets.zoo import names

    assert [n["name"] for n in toynets("list", "--json").data["networks"]] == names()
    assert toynets("list").out.splitlines()[0].startswith("network: and; sizes: 2-1-1 relu")


def test_the_list_reads_no_explanation(toynets, monkeypatch):
    from toynets.zoo import Entry, names

    def read(entry):
        raise AssertionError(f"the explanation of {entry.name} was read")

    monkeypatch.setattr(Entry, "explanation", property(read))
    assert len(toynets("list").out.splitlines()) == len(names())
    with pytest.raises(AssertionError, match="of and was read"):
        toynets("list", "--json")  # it prints the claim of each


def test_the_tasks_are_listed(toynets):
    from toynets.tasks import names

    rows = toynets("list", "--tasks", "--json").data["tasks"]
    assert [row["task"] for row in rows] == names()
    assert rows[names().index("xor")] == {
        "task": "xor",
        "inputs": "{0, 1}^2",
        "outputs": "y",
        "what it wants": "exactly one of two bits",
    }


def test_roles_are_given_with_their_reasons(toynets):
    rows = {r["name"]: r for r in toynets("roles", "xor-sum", "--json").data["roles"]}
    assert rows["h2"]["stated"] == "corrector"
    assert "only there" in rows["h2"]["holds"]["corrector"]
    assert set(rows["h2.bias"]["holds"]) == {"inhibits", "sets threshold"}


def test_each_labelled_row_of_roles_says_whose_it_is(toynets):
    title, *lines = toynets("roles", "xor-sum").out.splitlines()
    assert title == "xor-sum: roles that hold on {0, 1}^2"
    assert all(line.startswith("name: ") for line in lines)
    assert lines[1] == (
        "name: h1; stated: counter; holds: counter; because: never falls as the sum x1 + x2 rises"
    )
    table = toynets("roles", "xor-sum", "--table").out.splitlines()
    assert " ".join(table[3].split()) == "counter never falls as the sum x1 + x2 rises"
    assert len(table) == len(lines) + 2


def test_the_arithmetic_is_written_out(toynets):
    done = toynets("trace", "xor-sum", "1,1", "h2=0")
    assert done.out.splitlines() == [
        "xor-sum  x1 = 1, x2 = 1   with h2 = 0",
        "h1.pre = 1*1 + 1*1 = 2",
        "h1 = relu(2) = 2",
        "h2.pre = 1*1 + 1*1 - 1 = 1",
        "h2 = 0 (replaced; it was 1)",
        "y = 1*2 - 2*0 = 2",
        "without the intervention: y = 0",
        "the task, exactly one of two bits, wants y = 0",
    ]


@pytest.mark.parametrize("x", ["1,0", "1 0", "10", "(1, 0)", "1.0,0/1"])
def test_an_input_is_read_in_every_usual_form(toynets, x):
    assert toynets("trace", "xor-sum", x, "--json").data["x"] == {"x1": "1", "x2": "0"}


def test_a_negative_input_is_no_option(toynets):
    assert toynets("trace", "abs", "-1/2", "--json").data["outputs"] == {"y": "1/2"}


def test_a_source_is_read_from_its_option(toynets):
    done = toynets("trace", "xor-sum", "1,1", "h2 = h2(x')", "--source", "0,1", "--json")
    assert done.data["outputs"] == {"y": "2"}


def test_an_intervention_that_changes_nothing_on_an_input_says_so(toynets):
    assert "nothing changes on this input." in toynets("trace", "xor-sum", "0,1", "h2 = 0").out


def test_the_package_is_cited_as_text_and_bibtex(toynets):
    said = f"The toynets developers (2026). toynets, version {VERSION}."
    assert toynets("cite").out.startswith(said)
    assert "@software{toynets," in toynets("cite").out
    assert toynets("cite", "--json").data["title"] == "toynets"


def test_the_sources_of_a_network_are_cited(toynets):
    assert "[1] I. Goodfellow" in toynets("cite", "xor-sum").out
    assert toynets("cite", "xor-sum", "--json").data["sources"][0].startswith("I. Goodfellow")


def test_the_tour_names_commands_that_work(toynets):
    import shlex

    done = toynets()
    assert done.status == 0
    steps = toynets("--json").data["tour"]
    assert all(step in done.out for step in steps)
    for step in steps[:-1]:  # the last one writes a file
        assert toynets(*shlex.split(step)[1:]).status == 0


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_examples(toynets, command):
    done = toynets(command, "--help")
    assert done.status == 0
    assert f"  toynets {command}" in done.out.partition("examples:\n")[2] or command == "completion"
    assert "--json" in done.out and "--plain" in done.out
    assert toynets("help", command).out == done.out


def test_the_help_lists_every_command_and_the_exit_status(toynets):
    done = toynets("--help")
    assert all(f"  {command} " in done.out for command in COMMANDS)
    assert "exit status: 0 everything holds" in done.out


def test_the_version_is_that_of_the_project(toynets):
    assert toynets("--version").out == f"toynets {VERSION}\n"


class Terminal(io.StringIO):
    """Standard output that says it is a terminal of so many columns."""

    def __init__(self, monkeypatch, columns: int) -> None:
        super().__init__()
        monkeypatch.setattr("sys.stdout", self)
        monkeypatch.setenv("COLUMNS", str(columns))
        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.delenv("NO_COLOR", raising=False)

    def isatty(self) -> bool:
        return True


def test_prose_is_wrapped_alike_on_every_terminal_that_is_wide_enough(monkeypatch):
    said = {}
    for columns in (101, 110, 112, 200, 60):
        out = Terminal(monkeypatch, columns)
        Screen().labelled([("role", "excites " * 30), ("unchanged", "nothing")])
        said[columns] = out.getvalue().splitlines()
    assert said[101] == said[110] == said[112] == said[200]
    assert max(map(len, said[101])) == 98  # 11 for the headings, 11 words of 8 less a space
    assert 50 < max(map(len, said[60])) < 60


@pytest.mark.parametrize("part", ["h1", "x1", "y", "x1->h1", "h2.bias"])
def test_one_part_of_a_file_is_said_to_be_on_an_assumed_domain(toynets, tmp_path, part):
    from toynets.zoo import load

    file = tmp_path / "mine.json"
    file.write_text(load("xor-sum").network.to_json())
    note = "domain: {0, 1}^2 is assumed, because none was given."
    assert toynets("show", str(file), part).out.splitlines()[-1] == note
    assert "assumed" not in toynets("show", str(file), part, "--domain", "xor").out
    assert "assumed" not in toynets("show", "xor-sum", part).out


def test_roles_of_a_file_say_that_the_domain_is_assumed(toynets, tmp_path):
    from toynets.zoo import load

    file = tmp_path / "mine.json"
    file.write_text(load("xor-sum").network.to_json())
    assert (
        toynets("roles", str(file))
        .out.splitlines()[-1]
        .endswith("^2 is assumed, because none was given.")
    )
    assert "assumed" not in toynets("roles", "xor-sum").out


def test_table_keeps_the_columns_on_a_terminal_that_is_too_narrow(monkeypatch):
    names = [f"number {k}" for k in range(9)]
    wide = Table(names, [[f"{k}.25" for k in range(9)]], title="wide", right=names)
    said = {}
    for given in ({"table": True}, {}, {"table": True, "plain": True}):
        out = Terminal(monkeypatch, 60)
        Screen(**given).table(wide)
        said[str(given)] = re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue()).splitlines()
    columns, *others = said.values()
    assert columns == ["wide", "  ".join(names), "  ".join(f"{k}.25".rjust(8) for k in range(9))]
    line = "; ".join(f"number {k}: {k}.25" for k in range(9))
    assert others == [["wide", line], ["wide", line]]
