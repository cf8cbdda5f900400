"""A sheet as text in one of five formats."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from toynets.errors import ToynetsError, unknown
from toynets.rationals import to_float
from toynets.tables.latex import latex

if TYPE_CHECKING:
    from toynets.tables.sheets import Sheet

FORMATS = ("text", "markdown", "latex", "csv", "html")


def written(sheet: Sheet, form: str) -> str:
    """Write a sheet.

    Args:
        sheet: of weights or units.
        form: `text` (aligned columns), `markdown`, `latex` (booktabs), `csv` (RFC 4180: a header
            row, lines that end in CR LF, numbers in decimals that read
            back as the stored ones), or `html` (header cells with scopes).

    Returns:
        Text that ends with a line end.

    Raises:
        ToynetsError: another format.

    >>> from toynets.tables.sheets import weight_sheet
    >>> from toynets.zoo import load
    >>> written(weight_sheet(load("and").network), "csv").splitlines()[:2]
    ['weight,value', 'x1->h1,1']
    """
    if form not in FORMATS:
        raise ToynetsError(unknown("format", str(form), "", FORMATS))
    if form == "latex":
        return latex(sheet)
    if form == "csv":
        return _csv(sheet)
    table = sheet.table()
    text = {"text": table.text, "markdown": table.markdown, "html": table.html}[form]()
    return text + "\n"


def _csv(sheet: Sheet) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([heading for heading, _ in sheet.columns])
    for row in sheet.rows:
        writer.writerow(
            [
                _decimal(value) if kind == "number" else "" if value is None else str(value)
                for value, (_, kind) in zip(row, sheet.columns, strict=True)
            ]
        )
    return out.getvalue()


def _decimal(value: Any) -> str:
    """Write a number so that it reads back as the same float64, which the stored ones are."""
    return str(int(value.p)) if value.q == 1 else repr(to_float(value))
