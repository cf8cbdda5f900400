"""Benchmarks: how much faster than what else a user could pick, measured side by side.

`python -m benchmarks` runs every goal and writes a results file; see README.md in this folder. They
use the public API of toynets only, and are no part of the test suite.
"""
