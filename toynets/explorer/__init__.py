"""One offline page for any tiny network: every weight can be touched, every ablation predicted."""

from toynets.explorer.bundle import Page, make_page
from toynets.explorer.data import Shown, rivals
from toynets.explorer.index import make_index

__all__ = ["Page", "Shown", "make_index", "make_page", "rivals"]
