"""`python -m toynets` is the same program as `toynets`."""

from __future__ import annotations

from toynets.cli import program

if __name__ == "__main__":
    program()
