"""Every weight and every unit as a table: text, Markdown, LaTeX, CSV, HTML."""

from __future__ import annotations

from toynets.tables.sheets import Sheet, unit_sheet, weight_sheet
from toynets.tables.writing import FORMATS, written

__all__ = ["FORMATS", "Sheet", "unit_sheet", "weight_sheet", "written"]
