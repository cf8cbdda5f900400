"""Tables: aligned text, one line per row, Markdown, HTML, plain data."""

from __future__ import annotations

import pytest

from toynets.display import Table, escape, one_line, width
from toynets.errors import ToynetsError

TABLE = Table(
    ["unit", "y"], [["h1", "0"], ["数", "-12"]], title="outcomes", right=["y"], records=None
)


def test_columns_are_aligned_by_what_a_terminal_shows():
    assert TABLE.text().split("\n") == ["outcomes", "unit    y", "h1      0", "数    -12"]
    assert str(TABLE) == repr(TABLE) == TABLE.text()


def test_plain_is_one_labelled_line_per_row_without_empty_cells():
    table = Table(["weight", "from", ""], [["y.bias", "", "new"]])
    assert table.plain() == "weight: y.bias; new"


def test_markdown_has_a_rule_with_alignment_and_escapes_what_markdown_reads():
    table = Table(["what", "y"], [["a|b <script> *x*", "1"]], title="t_1", right=["y"])
    assert table.markdown().split("\n") == [
        "**t\\_1**",
        "",
        "| what | y |",
        "| --- | ---: |",
        "| a\\|b \\<script> \\*x\\* | 1 |",
    ]


def test_html_has_scopes_and_nothing_that_runs():
    page = Table(["<b>", "y"], [['<img onerror="x">', "&"]], title="<t>").html()
    assert '<th scope="col">&lt;b&gt;</th>' in page
    assert '<th scope="row">&lt;img onerror=&quot;x&quot;&gt;</th><td>&amp;</td>' in page
    assert "<caption>&lt;t&gt;</caption>" in page
    assert TABLE._repr_html_() == TABLE.html() and TABLE._repr_markdown_() == TABLE.markdown()


def test_a_cell_stays_on_its_line_and_does_not_steer_the_terminal():
    table = Table(["why"], [["a\nb\x1b[2J\u202e"]], title="x\ny")
    assert table.text().split("\n") == ["x y", "why", "a b [2J"]
    assert one_line("h1 → h2") == "h1 → h2"


def test_to_dict_gives_cells_or_the_records_handed_in():
    assert TABLE.to_dict() == {
        "title": "outcomes",
        "columns": ["unit", "y"],
        "rows": [{"unit": "h1", "y": "0"}, {"unit": "数", "y": "-12"}],
    }
    records = [{"unit": "h1", "y": 0}]
    assert Table(["unit", "y"], [["h1", "0"]], records=records).to_dict()["rows"] == records


def test_a_row_of_another_length_is_refused():
    with pytest.raises(ToynetsError, match="row 2 of a table has 1 cells for 2 columns"):
        Table(["a", "b"], [["1", "2"], ["3"]])


def test_an_empty_table_has_its_heading():
    table = Table(["a", "b"], [])
    assert table.text() == "a  b" and len(table) == 0 and table.plain() == ""


def test_width_counts_wide_and_combining_characters():
    assert (width("ab"), width("数"), width("e\u0301"), width("")) == (2, 2, 1, 0)


def test_escape_leaves_no_tag_or_quote():
    assert escape('<a b="c">&') == "&lt;a b=&quot;c&quot;&gt;&amp;"
