"""Tiny neural networks in which every weight is explained, and every explanation is checked.

The public names are listed in `__all__` and imported when they are first read: importing the
package imports neither JAX nor NumPy.

>>> import toynets
>>> xor = toynets.load("xor-sum")
>>> toynets.verify(xor.network, xor.explanation, xor.task.domain).verdict
'exhaustive'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from toynets import exact
    from toynets.api.ablating import Ablation, ablate
    from toynets.api.auditing import audit
    from toynets.api.circuit_finding import circuits
    from toynets.api.exploring import explore
    from toynets.api.listing import list, load
    from toynets.api.partitioning import interchange, partition
    from toynets.api.proving import Proofs, prove
    from toynets.api.ranging import Agreement, Range, equal, range
    from toynets.api.separating import separate
    from toynets.api.showing import show
    from toynets.api.verifying import verify
    from toynets.api.weighing import importance_of
    from toynets.census import Census, Snapped, snap, take_census
    from toynets.citation import VERSION as __version__  # noqa: N811  # the name that tools read
    from toynets.domain import Domain
    from toynets.errors import ParseError, ToynetsError
    from toynets.explanation import Explanation
    from toynets.expressions import parse_expression
    from toynets.interventions import run, runs, trace
    from toynets.io import read, write
    from toynets.names import parse_intervention
    from toynets.network import Network
    from toynets.records import Ball
    from toynets.training import train
    from toynets.verification import Report
    from toynets.verification.proofs.regions import regions

__all__ = [
    "Network",
    "Domain",
    "Explanation",
    "Report",
    "Ablation",
    "Ball",
    "Census",
    "Snapped",
    "ToynetsError",
    "ParseError",
    "load",
    "list",
    "show",
    "explore",
    "read",
    "write",
    "run",
    "runs",
    "trace",
    "exact",
    "ablate",
    "verify",
    "prove",
    "range",
    "equal",
    "regions",
    "Proofs",
    "Range",
    "Agreement",
    "partition",
    "interchange",
    "circuits",
    "separate",
    "audit",
    "importance_of",
    "train",
    "take_census",
    "snap",
    "parse_expression",
    "parse_intervention",
    "__version__",
]

# Public name -> the module that has it. `exact` is a module itself.
_HOME = {
    "Network": "toynets.network",
    "Domain": "toynets.domain",
    "Explanation": "toynets.explanation",
    "Report": "toynets.verification",
    "Ablation": "toynets.api.ablating",
    "Ball": "toynets.records",
    "Census": "toynets.census",
    "Snapped": "toynets.census",
    "ToynetsError": "toynets.errors",
    "ParseError": "toynets.errors",
    "load": "toynets.api.listing",
    "list": "toynets.api.listing",
    "show": "toynets.api.showing",
    "explore": "toynets.api.exploring",
    "read": "toynets.io",
    "write": "toynets.io",
    "run": "toynets.interventions",
    "runs": "toynets.interventions",
    "trace": "toynets.interventions",
    "ablate": "toynets.api.ablating",
    "verify": "toynets.api.verifying",
    "prove": "toynets.api.proving",
    "range": "toynets.api.ranging",
    "equal": "toynets.api.ranging",
    "regions": "toynets.verification.proofs.regions",
    "Proofs": "toynets.api.proving",
    "Range": "toynets.api.ranging",
    "Agreement": "toynets.api.ranging",
    "partition": "toynets.api.partitioning",
    "interchange": "toynets.api.partitioning",
    "circuits": "toynets.api.circuit_finding",
    "separate": "toynets.api.separating",
    "audit": "toynets.api.auditing",
    "importance_of": "toynets.api.weighing",
    "train": "toynets.training",
    "take_census": "toynets.census",
    "snap": "toynets.census",
    "parse_expression": "toynets.expressions",
    "parse_intervention": "toynets.names",
}


# Parts that are reached as they are: `toynets.strategies.networks()`.
_MODULES = ("coursework", "exact", "importance", "strategies", "studies", "testing")


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name in _MODULES:
        return import_module(f"toynets.{name}")
    if name == "__version__":
        return import_module("toynets.citation").VERSION
    if name not in _HOME:
        from toynets.errors import nearest

        near = nearest(name, __all__)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise AttributeError(f"module 'toynets' has no attribute {name!r}.{hint}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value  # found at once from now on
    return value


def __dir__() -> Any:
    return sorted({*globals(), *__all__})
