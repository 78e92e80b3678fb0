"""The Open Contracting Data Standard, version 1.1: its files checked, and the chain written in it."""

from pledgeline.exchange.ocds.check import OcdsCheck, check
from pledgeline.exchange.ocds.standard import Standard, load_standard

__all__ = ["OcdsCheck", "Standard", "check", "load_standard"]
