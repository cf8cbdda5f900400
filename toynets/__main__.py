"""`python -m toynets` is the same program as `toynets`."""

from __future__ import annotations

import sys

from toynets.cli import main

if __name__ == "__main__":
    sys.exit(main())
