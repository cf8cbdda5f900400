"""The tables of judged edits that are kept beside the tests."""

import pathlib

CONTROLS = pathlib.Path(__file__).parents[1] / "controls"


def kept_table(name, columns):
    """Return the first cells of a table in `tests/controls` as numbers, and its last ones as texts.

    Args:
        name: of the file.
        columns: how many cells are numbers.

    Returns:
        Network -> numbers; network -> the words that follow; the numbers of the sum.
    """
    text = (CONTROLS / name).read_text(encoding="utf-8")
    rows = [line.split() for line in text[text.index("\nnetwork ") :].splitlines()[2:]]
    end = next(k for k, row in enumerate(rows) if row[0] in ("all", "total"))
    skip = 2 if rows[end][0] == "all" else 1  # "all 110"
    found = {row: numbers(cells[:columns]) for row, *cells in rows[:end]}
    words = {row: " ".join(cells[columns:]) for row, *cells in rows[:end]}
    return found, words, numbers(rows[end][skip : skip + columns])


def numbers(cells):
    """Return the numbers of some cells."""
    return [int(cell.replace(",", "")) for cell in cells]
