"""What others have printed about tiny networks, checked: each claim with our verdict and witness.

One file per kind of claim; each has `CLAIMS`. A claim is data with one function, and its verdict
is computed whenever the page is made.
"""

from __future__ import annotations

from toynets.studies.published.page import ClaimsPage, check_claims, claims
from toynets.studies.published.record import Claim, Found

__all__ = ["Claim", "ClaimsPage", "Found", "check_claims", "claims"]
