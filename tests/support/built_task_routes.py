"""The tasks of networks built by hand once more, on plain numbers and by another route."""

from __future__ import annotations

BUILT = {}
